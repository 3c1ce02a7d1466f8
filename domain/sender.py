"""The sender: the company in whose name messages go out."""

from domain.frozen import Frozen
from domain.language import Text


class Sender(Frozen):
    """What the law and courtesy put under a message."""

    name: Text
    legal_name: Text
    address: Text
    phone: str
    hours: Text
    site: str
    """https URL of the company's own site; links in copy stay on its registrable domain or the offer's."""

"""Where a message goes and why it is sent."""

from domain.word import Word


class Channel(Word):
    """A way to reach a customer."""

    EMAIL = "email"
    SMS = "sms"
    PUSH = "push"
    LINE = "line"
    WEB = "web"
    APP = "app"
    AD = "ad"
    SIGNAGE = "signage"
    CALL = "call"


class Purpose(Word):
    """Why a message is sent; marketing where nobody says otherwise."""

    MARKETING = "marketing"
    TRANSACTIONAL = "transactional"
    SERVICE = "service"


PUSHED = frozenset({Channel.EMAIL, Channel.SMS, Channel.PUSH, Channel.LINE})
PUBLIC = frozenset({Channel.AD, Channel.SIGNAGE})


def is_pushed(channel: Channel, direction: str | None = None) -> bool:
    """Whether the message goes to the customer unasked; a call is pushed unless the customer called us."""
    return channel in PUSHED or (channel is Channel.CALL and direction != "inbound")

"""An instant as others write it: a time with its offset (RFC 3339), never a number, which may mean anything."""

import re
from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, BeforeValidator, TypeAdapter, ValidationError

WRITTEN = re.compile(r"\d{4}-\d\d-\d\d[Tt ]")
READER: TypeAdapter[datetime] = TypeAdapter(AwareDatetime)


def read_instant(told: object) -> object:
    """The instant that is written; raises ValueError for a number, and for a time of nobody knows which zone."""
    if isinstance(told, datetime):
        return told
    if isinstance(told, str) and WRITTEN.match(told):
        try:
            return READER.validate_python(told)
        except ValidationError:
            pass
    raise ValueError("give a time with its offset, like 2026-11-24T10:00:00+09:00")


Instant = Annotated[AwareDatetime, BeforeValidator(read_instant)]

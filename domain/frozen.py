"""The base of every noun: read once at the door, never changed afterwards."""

from collections.abc import Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A value: unknown fields are refused and no field is ever reassigned."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with some fields replaced; what was worked out from the old ones is worked out anew."""
        copied = super().model_copy(update=update, deep=deep)
        if update:
            for worked_out in copied.__dict__.keys() - type(self).model_fields.keys():
                del copied.__dict__[worked_out]
        return copied

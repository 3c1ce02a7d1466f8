"""The base of every noun: read once at the door, never changed afterwards."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A value: unknown fields are refused and no field is ever reassigned."""

    model_config = ConfigDict(frozen=True, extra="forbid")

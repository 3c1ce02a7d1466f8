"""Shapes: which parts of a message a model writes on each channel, as JSON schemas with an end to every string."""

from collections.abc import Mapping
from types import MappingProxyType

from pydantic import JsonValue

from domain.channel import Channel
from tools.model import Shape

PARTS: Mapping[Channel, Mapping[str, int]] = {
    Channel.EMAIL: {"subject": 120, "preheader": 160, "opening": 1200, "closing": 300, "action": 40},
    Channel.SMS: {"body": 240},
    Channel.PUSH: {"title": 60, "body": 160},
    Channel.LINE: {"body": 500, "action": 40},
    Channel.WEB: {"title": 60, "body": 240},
    Channel.APP: {"body": 300},
    Channel.AD: {"title": 60, "body": 160},
    Channel.SIGNAGE: {"title": 60, "body": 120},
    Channel.CALL: {"body": 500, "closing": 200},
}
"""The parts by channel, each with the characters after which a model is stopped; rules of length are tighter.

Greeting, name, the offer's card, button and link, footer and way out are put in by template and are no parts.
"""

MAY_BE_EMPTY = frozenset({"closing", "action"})


def _shape(channel: Channel, parts: Mapping[str, int]) -> Shape:
    schema: dict[str, JsonValue] = {
        "type": "object",
        "properties": {name: {"type": "string", "maxLength": most} for name, most in parts.items()},
        "required": list(parts),
        "additionalProperties": False,
    }
    return Shape(f"{channel.value}_copy", schema)


SHAPES: Mapping[Channel, Shape] = MappingProxyType(
    {channel: _shape(channel, parts) for channel, parts in PARTS.items()}
)

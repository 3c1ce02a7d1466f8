"""Canonical: a model as it is written down; the same meaning always gives the same bytes."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Annotated, TypeVar

from pydantic import BaseModel, PlainSerializer

from domain.span import write_span


def canonical(model: BaseModel) -> str:
    """A model as JSON with sorted keys and sorted sets, defaults left out."""
    return json.dumps(_plain(model), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def plain(model: BaseModel) -> dict[str, object]:
    """The same as values of JSON, for whoever reads single fields."""
    found: dict[str, object] = json.loads(canonical(model))
    return found


M = TypeVar("M", bound=BaseModel)
Written = Annotated[M, PlainSerializer(plain)]
"""A rule or an audience in an answer, which says it as it is written down."""


def _plain(value: object) -> object:
    match value:
        case BaseModel():
            return {name: _plain(inner) for name, inner in _said(value)}
        case Mapping():
            return {str(key): _plain(inner) for key, inner in value.items()}
        case frozenset() | set():
            return sorted((_plain(inner) for inner in value), key=str)
        case tuple() | list():
            return [_plain(inner) for inner in value]
        case Decimal():
            return str(value)
        case date() | time():
            return value.isoformat()
        case timedelta():
            return write_span(value)
        case _:
            return value


def _said(model: BaseModel) -> Iterator[tuple[str, object]]:
    """The fields of a model as they are written, without those that are at their default; a type is always told."""
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if name == "type" or field.is_required() or value != field.get_default(call_default_factory=True):
            yield field.alias or name, value

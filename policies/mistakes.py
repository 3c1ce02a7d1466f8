"""Mistakes: what is wrong with a document, as sentences with the place, the field and a suggestion."""

import difflib
import re
import typing
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from domain.errors import shortened
from domain.language import phrase
from policies.slip import Slip

Where = tuple[str | int, ...]
QUOTED = re.compile(r"'([^']*)'")
SHAPES = {
    "frozen_set_type": ("一覧で書きます。例：[vip, b2b]", "is written as a list, such as [vip, b2b]"),
    "string_pattern_mismatch": (
        "英小文字・数字・_ を使い、英小文字で始めます。",
        "is written in small letters, digits and _, letters first",
    ),
    "set_type": ("一覧で書きます。例：[email, line]", "is written as a list, such as [email, line]"),
    "tuple_type": ("一覧で書きます。例：[a, b]", "is written as a list, such as [a, b]"),
    "model_type": ("項目ごとに書きます（キー: 値）。", "is written with keys of its own (key: value)"),
    "mapping_type": ("項目ごとに書きます（キー: 値）。", "is written with keys of its own (key: value)"),
    "dict_type": ("項目ごとに書きます（キー: 値）。", "is written with keys of its own (key: value)"),
    "time_parsing": ('時刻は "21:00" のように書きます。', 'is a time of day such as "21:00"'),
    "date_from_datetime_parsing": ("日付は 2026-12-31 のように書きます。", "is a date such as 2026-12-31"),
    "date_parsing": ("日付は 2026-12-31 のように書きます。", "is a date such as 2026-12-31"),
    "string_type": ("文字で書きます。数字なら引用符で囲みます。", "is text; put a number in quotes"),
    "int_parsing": ("整数で書きます。", "is a whole number"),
    "int_type": ("整数で書きます。", "is a whole number"),
    "int_from_float": ("整数で書きます。", "is a whole number"),
    "decimal_parsing": ("数で書きます。", "is a number"),
    "decimal_type": ("数で書きます。", "is a number"),
    "float_parsing": ("数で書きます。", "is a number"),
    "bool_parsing": ("true か false で書きます。", "is true or false"),
    "too_short": (
        "空にはできません。使わないなら行ごと消します。",
        "may not be empty; leave the line out if it is not needed",
    ),
}
LIMITS = {
    "greater_than_equal": ("ge", "{}以上にします。", "must be {} or more"),
    "greater_than": ("gt", "{}より大きくします。", "must be more than {}"),
    "less_than_equal": ("le", "{}以下にします。", "must be {} or less"),
    "less_than": ("lt", "{}より小さくします。", "must be less than {}"),
}


def sentences(
    error: ValidationError, models: Mapping[str, type[BaseModel]], language: str, noun: str | None = None
) -> list[tuple[Where, str]]:
    """Each mistake of a validation with its place.

    `models` are the types that the first piece of a place names; where there is but one, `noun` is its name.
    """
    found = []
    for one in error.errors(include_url=False):
        where = (*(() if noun is None else (noun,)), *one["loc"])
        found.append((where, _sentence({**one, "loc": where}, models, language)))
    return found


def _sentence(one: Any, models: Mapping[str, type[BaseModel]], language: str) -> str:
    kind, name, where = one["type"], _field(one["loc"]), tuple(one["loc"])
    if kind == "extra_forbidden":
        return _unknown_field(name, where, models, language)
    if kind == "missing":
        return phrase(language, ja=f"{name} がありません。書き足してください。", en=f"{name} is missing. Add it.")
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return _unknown_type(one, models, language)
    if kind in ("enum", "literal_error"):
        return _unknown_value(name, one, language)
    return _misfit(kind, name, one, language)


def _misfit(kind: str, name: str, one: Any, language: str) -> str:
    shown = shortened(one["input"])
    if one["input"] is None and kind != "value_error":
        return phrase(
            language,
            ja=f"{name} の値がありません。書き足すか、行ごと消してください。",
            en=f"{name} has no value. Write one, or remove the line.",
        )
    if kind in SHAPES:
        ja, en = SHAPES[kind]
        if (plain := _in_plain_digits(one["input"])) is not None:
            ja, en = f"半角で {plain} と書きます。", f"is written in plain digits, {plain}"
        return phrase(language, ja=f"{name} の {shown} は読めません。{ja}", en=f"{name} {en}, not {shown}.")
    if kind in LIMITS:
        key, ja, en = LIMITS[kind]
        limit = one["ctx"][key]
        return phrase(
            language,
            ja=f"{name} の {shown} は使えません。{ja.format(limit)}",
            en=f"{name} {en.format(limit)}, not {shown}.",
        )
    slip = one.get("ctx", {}).get("error")
    if isinstance(slip, Slip):
        said = phrase(language, ja=slip.ja, en=slip.en).rstrip(".。")
        return phrase(language, ja=f"{name}：{said}。", en=f"{name}: {said}.")
    said = str(one["msg"]).removeprefix("Value error, ").rstrip(".")
    return phrase(language, ja=f"{name}：{said}。", en=f"{name}: {said}.")


def _in_plain_digits(given: object) -> str | None:
    """The number that full-width digits stand for, None for anything else."""
    plain = unicodedata.normalize("NFKC", given) if isinstance(given, str) else ""
    return plain if plain != given and re.fullmatch(r"[-+]?[0-9]+(\.[0-9]+)?", plain) else None


def _unknown_field(name: str, where: Where, models: Mapping[str, type[BaseModel]], language: str) -> str:
    model = model_at(where[:-1], models)
    owner = next((str(piece) for piece in reversed(where[:-1]) if isinstance(piece, str)), None)
    guess = _guess(name, fields_of(model) if model else (), language)
    belongs = (
        phrase(language, ja=f"{owner} の項目", en=f"a field of {owner}")
        if owner
        else phrase(language, ja="項目", en="a field here")
    )
    said = phrase(language, ja=f"{name!r} は {belongs}ではありません。", en=f"{name!r} is not {belongs}. ")
    return said + guess


def _unknown_type(one: Any, models: Mapping[str, type[BaseModel]], language: str) -> str:
    if one["type"] == "union_tag_not_found":
        known = ", ".join(models)
        return phrase(
            language,
            ja=f"type がありません。次のどれかを書きます：{known}",
            en=f"type is missing. Write one of {known}.",
        )
    tag = str(one["ctx"]["tag"])
    guess = _guess(tag, models, language)
    return phrase(
        language, ja=f"{tag!r} というルールの種類はありません。{guess}", en=f"There is no type of rule {tag!r}. {guess}"
    )


def _unknown_value(name: str, one: Any, language: str) -> str:
    known = QUOTED.findall(one["ctx"]["expected"])
    given = one["input"]
    guess = _guess(given if isinstance(given, str) else "", known, language)
    return phrase(
        language,
        ja=f"{name} に {shortened(given)} は書けません。{guess}",
        en=f"{name} cannot be {shortened(given)}. {guess}",
    )


def _guess(given: str, known: Iterable[str], language: str) -> str:
    known = list(known)
    close = difflib.get_close_matches(unicodedata.normalize("NFKC", given).lower(), known, 1, 0.6)
    if close:
        return phrase(language, ja=f"{close[0]!r} のことですか。", en=f"Did you mean {close[0]!r}?")
    if not known:
        return phrase(language, ja="この行を消してください。", en="Remove it.")
    return phrase(language, ja=f"書けるのは次のものです：{', '.join(known)}", en=f"Known are {', '.join(known)}.")


def _field(where: Iterable[object]) -> str:
    named = [piece for piece in where if isinstance(piece, str)]
    return named[-1] if named else "the entry"


def fields_of(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a model as they are written."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


def model_at(where: Where, models: Mapping[str, type[BaseModel]]) -> type[BaseModel] | None:
    """The model that holds the place: the first piece names a type, the others are fields on the way."""
    pieces = [piece for piece in where if isinstance(piece, str)]
    model = models.get(pieces[0]) if pieces else None
    for piece in pieces[1:]:
        if model is None:
            return None
        model = _inner(model, piece) or model
    return model


def _inner(model: type[BaseModel], written: str) -> type[BaseModel] | None:
    for name, field in model.model_fields.items():
        if written in (field.alias, name):
            return next(_models_in(field.annotation), None)
    return None


def _models_in(annotation: Any) -> typing.Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in typing.get_args(annotation):
        yield from _models_in(part)

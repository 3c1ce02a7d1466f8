"""Mistakes: what in a mapping does not fit the kind of table or the file, each with its place and a suggestion."""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.customer import IDENTIFIER_KINDS
from tools.exchange import cells
from tools.exchange.fields import FIELDS, FREE, NEEDED, Kind, field_of
from tools.exchange.mapping import EVIDENCE, Column, LoadMapping
from tools.exchange.trouble import Trouble


class Mistake(NamedTuple):
    """One thing in a mapping that cannot be, and the place where it stands."""

    where: tuple[str | int, ...]
    ja: str
    en: str


def mistakes(mapping: LoadMapping, kind: Kind, header: Sequence[str]) -> Iterator[Mistake]:
    """Everything in a mapping that does not fit the kind of table or this file."""
    if mapping.as_ is not None and mapping.as_ != kind:
        yield Mistake(
            ("as",),
            f"このマッピングは {mapping.as_} 用です。--as {mapping.as_} を付けるか、ほかのマッピングを使ってください。",
            f"this mapping is for {mapping.as_}. Load with --as {mapping.as_}, or take another mapping.",
        )
        return
    yield from _in_columns(mapping, kind, header)
    yield from _in_fields(mapping, kind)
    yield from _in_values(mapping, kind)
    yield from _missing(mapping, kind)


def _in_columns(mapping: LoadMapping, kind: Kind, header: Sequence[str]) -> Iterator[Mistake]:
    """Columns that the file does not have, or has twice."""
    named: list[tuple[tuple[str | int, ...], str]] = [(("columns", name), name) for name in mapping.columns]
    named += [
        (("joined", field, "columns", place), name)
        for field, joined in mapping.joined.items()
        for place, name in enumerate(joined.columns)
    ]
    for where, name in named:
        if name not in header:
            guess_ja, guess_en = _guess(name, header)
            yield Mistake(
                where, f"列 {name!r} はファイルにありません。{guess_ja}", f"the file has no column {name!r}. {guess_en}"
            )
        elif list(header).count(name) > 1:
            yield Mistake(
                where,
                f"列 {name!r} がファイルに2つ以上あります。見出しを変えてください。",
                f"the file has the column {name!r} more than once. Rename one of them.",
            )


def _in_fields(mapping: LoadMapping, kind: Kind) -> Iterator[Mistake]:
    """Fields that the kind of table does not have, or that come from two places."""
    seen: dict[str, str] = {}
    for where, name in _named_fields(mapping):
        if field_of(kind, name) is None:
            guess_ja, guess_en = _guess(name, (*FIELDS[kind], *_free(kind)))
            yield Mistake(
                where,
                f"{kind} に {name!r} という項目はありません。{guess_ja}",
                f"{kind} have no field {name!r}. {guess_en}",
            )
        elif name in seen:
            yield Mistake(
                where,
                f"{name} は {seen[name]!r} からも入ります。どちらかにするか、joined でつないでください。",
                f"{name} is filled from {seen[name]!r} too. Keep one of them, or join them under joined.",
            )
        seen.setdefault(name, str(where[1]))


def _in_values(mapping: LoadMapping, kind: Kind) -> Iterator[Mistake]:
    """Columns that say no field or two, and values and constants that no field has."""
    for name, one in mapping.columns.items():
        if (one.to is None) == (not one.into) or (one.into and not one.split):
            yield Mistake(
                ("columns", name),
                "to（ひとつの項目）か、into（複数の項目）と split（区切り）のどちらかを書きます。",
                "give either to with one field, or into with several fields and split with the sign between them.",
            )
        if one.values and one.to is not None and (found := field_of(kind, one.to)) is not None:
            yield from _values(name, one, found.read)
    for name, value in mapping.constants.items():
        if (known := field_of(kind, name)) is not None:
            try:
                known.read(value, SOMETIME if known.read is cells.counted else SOMEWHERE)
            except Trouble as trouble:
                yield Mistake(
                    ("constants", name), f"{name} の {value!r}：{trouble.ja}", f"{name} {value!r}: {trouble.en}"
                )


def _values(name: str, column: Column, read: cells.Reader) -> Iterator[Mistake]:
    """What cells are said to mean has to be a value of the field."""
    for said, meant in column.values.items():
        if meant == "":
            continue
        try:
            read(meant, SOMEWHERE)
        except Trouble as trouble:
            yield Mistake(
                ("columns", name, "values", said),
                f"{said} → {meant!r}：{trouble.ja}",
                f"{said} -> {meant!r}: {trouble.en}",
            )


def _missing(mapping: LoadMapping, kind: Kind) -> Iterator[Mistake]:
    """What the kind of table cannot do without."""
    known = mapping.fields()
    for some in NEEDED[kind]:
        if not known.intersection(some):
            names = ", ".join(some)
            yield Mistake(
                ("columns",),
                f"{names} のどれかが必要です。対応する列を書き足してください。",
                f"one of {names} is needed. Add the column that holds it.",
            )
    if kind not in ("offers",) and mapping.identify not in ("id", *IDENTIFIER_KINDS):
        names = ", ".join(("id", *IDENTIFIER_KINDS))
        yield Mistake(
            ("identify",),
            f"identify に書けるのは {names} です。",
            f"identify is one of {names}, not {mapping.identify!r}.",
        )
    elif "identify" in mapping.model_fields_set and mapping.identify not in known:
        yield Mistake(
            ("identify",),
            f"identify の {mapping.identify} に入る列がありません。",
            f"no column fills {mapping.identify}, by which customers are to be found. Add one.",
        )
    yield from _without_evidence(known)
    if known & {"stock", "in_stock"} and "stock_at" not in known and kind == "offers":
        yield Mistake(
            ("columns",),
            "在庫には、いつの在庫かが必要です。stock_at の列か、constants に stock_at（今なら now）を書いてください。",
            "stock needs its time. Add a column for stock_at, or state it under constants (now: when it is loaded).",
        )


def _without_evidence(known: frozenset[str]) -> Iterator[Mistake]:
    """Consents that nobody can prove are not taken."""
    lacking = [name for name in EVIDENCE if name not in known]
    if lacking and ("granted" in known or any(name.startswith("consent.") for name in known)):
        names = ", ".join(lacking)
        yield Mistake(
            ("columns",),
            f"許諾には証拠（どう・どこで・いつ得たか）が必要です。{names} を列か constants で示してください。",
            f"a consent needs its evidence: {names} is missing (how, where and when it was given). "
            "Name the columns, or state it under constants.",
        )


def _named_fields(mapping: LoadMapping) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for name, one in mapping.columns.items():
        for field in (one.to,) if one.to else one.into:
            if field:
                yield ("columns", name), field
    for field in mapping.joined:
        yield ("joined", field), field
    for field in mapping.constants:
        yield ("constants", field), field


def _free(kind: Kind) -> tuple[str, ...]:
    return (f"{FREE[kind]}…",) if FREE[kind] else ()


def _guess(given: str, known: Iterable[str]) -> tuple[str, str]:
    named = list(dict.fromkeys(known))
    by_key = {cells.key(name): name for name in named}
    close = difflib.get_close_matches(cells.key(given), by_key, 1, 0.6)
    if close:
        return f"{by_key[close[0]]!r} のことですか。", f"Did you mean {by_key[close[0]]!r}?"
    return f"あるのは {', '.join(named)} です。", f"There are {', '.join(named)}."


SOMEWHERE = cells.Local(ZoneInfo("UTC"), "JP")
SOMETIME = SOMEWHERE._replace(now=datetime.fromtimestamp(0, UTC))

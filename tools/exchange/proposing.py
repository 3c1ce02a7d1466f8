"""A first mapping, proposed from the header of a file and a few of its rows: people correct it, nobody starts blank."""

import json
import re
from collections.abc import Sequence

from domain.language import phrase
from tools.exchange.cells import key
from tools.exchange.fields import FIELDS, FREE, Field, Kind
from tools.exchange.mapping import EVIDENCE
from tools.exchange.tables import Table

PARTS = (
    ("姓", "名"),
    ("氏", "名"),
    ("last name", "first name"),
    ("lastname", "firstname"),
    ("family name", "given name"),
)
KANA_PARTS = (("セイ", "メイ"), ("姓カナ", "名カナ"), ("姓(カナ)", "名(カナ)"), ("せい", "めい"))
ADDRESS_PARTS = ("都道府県", "市区町村", "番地", "建物名", "住所1", "住所2")


def propose(table: Table, kind: Kind, language: str) -> str:
    """The mapping as YAML text; what nobody can guess is written as a comment for the reader."""
    taken: dict[str, str] = {}
    free: list[str] = []
    joined = _joined(table.header, kind)
    in_joined = {name for columns in joined.values() for name in columns}
    for name in dict.fromkeys(filter(None, table.header)):
        if name in in_joined:
            continue
        found = _meaning(name, kind, {*taken.values(), *joined})
        if found is None:
            free.append(name)
        else:
            taken[name] = found
    return _written(table, kind, taken, joined, free, language)


def _written(
    table: Table,
    kind: Kind,
    taken: dict[str, str],
    joined: dict[str, tuple[str, ...]],
    free: Sequence[str],
    language: str,
) -> str:
    lines = [f"as: {kind}"]
    identify = next(
        (name for name in ("id", "loyalty_id", "email", "phone", "line_id") if name in taken.values()), None
    )
    if identify and identify != "id" and kind != "offers":
        lines.append(f"identify: {identify}")
    lines.append("columns:")
    lines += [f"  {_quoted(name)}: {target}" for name, target in taken.items()]
    if FREE[kind]:
        lines += [f"  # {_quoted(name)}: {FREE[kind]}{_slug(name, place)}" for place, name in enumerate(free, 1)]
    if joined:
        lines.append("joined:")
        for target, columns in joined.items():
            glue = '""' if target == "address" else '" "'
            lines.append(f"  {target}: {{columns: [{', '.join(map(_quoted, columns))}], with: {glue}}}")
    lines += _constants({*taken.values(), *joined}, kind, language)
    if free:
        lines.append(f"ignore: [{', '.join(map(_quoted, free))}]")
    return "\n".join((*_preamble(table, language), *lines)) + "\n"


def _preamble(table: Table, language: str) -> list[str]:
    said = phrase(
        language,
        ja=f"見出しからの提案です（{table.told}）。左が列、右が項目です。直してから --check で確かめてください。",
        en=f"Proposed from the header ({table.told}). Columns on the left, fields on the right. "
        "Correct it, then look at --check.",
    )
    return [f"# {said}"]


def _constants(known: set[str], kind: Kind, language: str) -> list[str]:
    lines = []
    if kind == "offers":
        defaults = {"kind": "product", "currency": "JPY", "stock_at": "now", "tax_included": "true"}
        wanted = {"stock_at": bool(known & {"stock", "in_stock"}), "currency": "price" in known}
        wanted["tax_included"] = "price" in known
        lines += [
            f"  {name}: {value}" for name, value in defaults.items() if name not in known and wanted.get(name, True)
        ]
    if "granted" in known or any(name.startswith("consent.") for name in known):
        note = phrase(
            language,
            ja="許諾の証拠：どう・どこで・いつ同意を得たか。埋めないと読み込めません。",
            en="evidence of consent: how, where and when it was given. Nothing is loaded without it.",
        )
        lines += [f"  {name}: # {note}" for name in EVIDENCE if name not in known]
    return ["constants:", *lines] if lines else []


def _meaning(name: str, kind: Kind, taken: set[str]) -> str | None:
    for target, field in FIELDS[kind].items():
        if target not in taken and _fits(name, target, field):
            return target
    return None


def _fits(name: str, target: str, field: Field) -> bool:
    return _bare(name) in {_bare(target), *map(_bare, field.headers)}


def _bare(name: str) -> str:
    return re.sub(r"[\s_\-・:：()（）]+", "", key(name))


def _joined(header: Sequence[str], kind: Kind) -> dict[str, tuple[str, ...]]:
    """Names and addresses that stand in several columns."""
    if kind != "customers":
        return {}
    known = {_bare(name): name for name in header}
    found: dict[str, tuple[str, ...]] = {}
    for target, choices in (("display_name", PARTS), ("name_kana", KANA_PARTS)):
        pair = next((pair for pair in choices if all(_bare(part) in known for part in pair)), None)
        if pair:
            found[target] = tuple(known[_bare(part)] for part in pair)
    address = tuple(known[_bare(part)] for part in ADDRESS_PARTS[1:] if _bare(part) in known)
    if len(address) > 1:
        found["address"] = address
    return found


def _slug(name: str, place: int) -> str:
    return re.sub(r"[^a-z0-9]+", "_", key(name)).strip("_") or f"field_{place}"


def _quoted(name: str) -> str:
    plain = re.fullmatch(r"[^\W\d][\w ぁ-んァ-ン一-龥々ー]*", name) and name.lower() not in (
        "yes", "no", "on", "off", "true", "false", "null", "y", "n",
    )  # fmt: skip
    return name if plain else json.dumps(name, ensure_ascii=False)

"""The verifier: it trusts no reading and looks for the numbers, quotes and scope words of a clause in its rules."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from policies.audience import Bounds
from policies.directives.atom import Atom
from policies.directives.frame import Said
from policies.directives.sentences import QUOTED
from policies.rules import AnyRule

FIGURE = re.compile(r"(?<![a-z\d])\d[\d,]*(?:\.\d+)?")
STAMP = re.compile(r"(\d{4})-(\d{2})-(\d{2})|(\d{2}):(\d{2})(?::\d{2})?")
RESTRICTING = re.compile(
    r"禁止|ない|ません|不可|\bnever\b|\bno\b|\bnot\b|n't\b|\bonly\b|だけ|のみ|限[りるっ]|以内|まで|at "
    r"most|no more than|maximum|\bmax\b",
    re.IGNORECASE,
)
HEADED = re.compile(r"\s*【[^【】]*】(?!\s*[をとのはがでにもか」])")
"""What a line is about or how to take it, in front of it."""
OWN = ("id", "name", "source", "layer", "owner", "note", "type", "severity")


def unverified(rules: Sequence[AnyRule], atoms: Iterable[Atom], text: str) -> Said | None:
    """What of the clause cannot be found again in its rules; None where all can."""
    dumps = [rule.model_dump(mode="json", exclude=set(OWN), exclude_defaults=True) for rule in rules]
    values = list(_leaves(dumps))
    missing = [*_numbers(text, values), *_quotes(text, values), *_scopes(atoms, rules, values)]
    if not rules and RESTRICTING.search(text):
        missing.append(text)
    if not missing:
        return None
    named = "".join(f"「{word}」" for word in missing[:3])
    quoted = ", ".join(f'"{word}"' for word in missing[:3])
    return (
        f"読み取った内容に{named}が見当たらないため、確かめられません。書き方を変えてください。",
        f"The reading does not account for {quoted}, so it cannot be trusted. Put it another way.",
    )


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from _leaves(inner)
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from _leaves(inner)
    elif value is not None:
        yield str(value)


def _numbers(text: str, values: list[str]) -> list[str]:
    known = _known(values)
    bare = re.sub(r"(\d)\.(?=\d\d\s?[ap]\.?m)", r"\1:", QUOTED.sub(" ", text))
    bare = re.sub(r"^\s*(?:\(?\d{1,2}[.)）](?!\d)|[①-⑳])", " ", bare)
    missing = []
    for found in FIGURE.finditer(bare):
        number = Decimal(found[0].replace(",", ""))
        if not any(number * scale in known for scale in (1, 1000, 10000)):
            missing.append(found[0])
    return missing


def _known(values: list[str]) -> set[Decimal]:
    """Every number in the rules and every form in which a marketer may have written it."""
    found: set[Decimal] = {Decimal(1)}
    for value in values:
        for stamp in STAMP.finditer(value):
            year, month, day, hour, minute = stamp.groups()
            found.update(Decimal(part) for part in (year, month, day, hour, minute) if part)
            if hour:
                found.update(
                    Decimal(form)
                    for form in (int(hour) - 12, int(hour) + 12, int(hour) + 24, int(hour) or 12, int(hour) or 24)
                )
            if year:
                found.update((Decimal(year) + 1, Decimal(day) + 1, Decimal(day) - 1))
        if re.fullmatch(r"-?\d+(?:\.\d+)?", value):
            found.update(_forms(Decimal(value)))
    found.update(_lengths(values))
    return found


def _forms(number: Decimal) -> Iterator[Decimal]:
    cent = Decimal("0.01")
    for one in (number, number + 1, number - 1, number + cent, number - cent):
        yield one.normalize()
        yield (one / 10).normalize()
        yield ((100 - one) / 10).normalize()
        yield (100 - one).normalize()
    for divisor in (7, 24, 30, 60, 365, 14, 9):
        if number % divisor == 0:
            yield (number / divisor).normalize()
    if number % 365 == 0:
        yield (number / 365 * 12).normalize()
    yield from (
        (number * 24).normalize(),
        (number * 60).normalize(),
        (number + 9).normalize(),
        (number - 9).normalize(),
        (number - 9 + 9).normalize(),
    )


def _lengths(values: list[str]) -> Iterator[Decimal]:
    """Days, hours and minutes of a gap as one length."""
    sizes = {"days": 1440, "hours": 60, "minutes": 1}
    total = sum(
        Decimal(values[place + 1]) * sizes[value]
        for place, value in enumerate(values[:-1])
        if value in sizes and values[place + 1].isdigit()
    )
    for size in (1, 60, 1440, 10080, 43200):
        if total and total % size == 0:
            yield (total / size).normalize()


def _quotes(text: str, values: list[str]) -> list[str]:
    joined, text = "\n".join(values).lower(), HEADED.sub("", text, count=1)
    return [found[0] for found in QUOTED.finditer(text) if found[0].strip("「」『』\"' 【】") not in joined]


def _scopes(atoms: Iterable[Atom], rules: Sequence[AnyRule], values: list[str]) -> list[str]:
    """Words for whom and what whose meaning is in no rule; a word that may mean something else is let through."""
    if not rules:
        return []
    known = set(values)
    missing = []
    for atom in atoms:
        senses = [sense for sense in atom.senses if sense.kind in ("who", "what")]
        if not senses or len(senses) < len(atom.senses):
            continue
        if not any(_kept(sense.values, sense.bounds, known) for sense in senses):
            missing.append(atom.text)
    return missing


def _kept(wanted: frozenset[str], bounds: Bounds | None, known: set[str]) -> bool:
    if bounds is not None:
        limits = bounds.model_dump(exclude_none=True).values()
        return all(str(limit) in known for limit in limits)
    return bool(wanted & known) or bool(wanted & {"true", "false", "marketing"})

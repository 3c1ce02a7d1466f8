"""Linking: customers who may be one person are compared, joined where that is certain, else shown to people."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib import import_module
from typing import NamedTuple

from agent.stores import Stores
from domain.customer import Customer
from domain.errors import Malformed, Unavailable
from domain.language import Language, Text, phrase
from domain.newcomer import is_household
from records import matching, merging, profiles, sharing
from records.cleansing import addresses, dates, names
from records.connection import Connection
from records.identifiers import compared as written
from records.matching import Match, Pair, pair
from records.members import person_of

PAGE, AT_ONCE = 1000, 200
AUTOMATIC, WORTH_A_LOOK = 0.999, 0.5
"""Fixed beforehand: joined without a person at a thousand to one, shown to people where it is likelier than not."""
BY = "tact"

Values = dict[str, str | None]

FIELDS: Mapping[str, Text] = {
    "family": Text(ja="姓", en="family name"),
    "given": Text(ja="名", en="given name"),
    "born": Text(ja="生年月日", en="date of birth"),
    "area": Text(ja="住所（町名まで）", en="address (area)"),
    "numbers": Text(ja="番地", en="street number"),
    "phone": Text(ja="電話番号", en="telephone number"),
    "email": Text(ja="メールアドレス", en="e-mail address"),
}
KINDS: Mapping[str, Text] = {
    "email": FIELDS["email"],
    "phone": FIELDS["phone"],
    "loyalty_id": Text(ja="会員番号", en="loyalty number"),
    "line_id": Text(ja="LINEアカウント", en="LINE account"),
    "id": Text(ja="お客様ID", en="customer id"),
}
AGREEMENTS: Mapping[str, Text] = {
    "same": Text(ja="一致", en="the same"),
    "close": Text(ja="ほぼ一致", en="nearly the same"),
    "different": Text(ja="不一致", en="different"),
    "unknown": Text(ja="片方または両方が不明", en="not known of both"),
}


class Judged(NamedTuple):
    """Two customers, how likely they are one, how each field agrees, and whether that is certain enough."""

    pair: Pair
    probability: float
    agreement: Mapping[str, str]
    automatic: bool

    @property
    def evidence(self) -> str:
        """What is kept of the comparison: how fields agree, not what they say."""
        return json.dumps({"fields": dict(self.agreement)})


@dataclass(frozen=True, slots=True)
class Linked:
    """What a comparison of everybody came to."""

    compared: int
    merged: tuple[Judged, ...]
    queued: tuple[Judged, ...]


def link(stores: Stores, *, check: bool = False, progress: Callable[[str], None] = lambda step: None) -> Linked:
    """Compares all customers; with `check` nothing is written."""
    progress("reading")
    rows = list(everybody(stores))
    progress("comparing")
    found = judged(rows)
    decided = stores.read(lambda c: frozenset(one.pair for one in found if matching.is_decided(c, one.pair)))
    found = [one for one in found if one.pair not in decided]
    merged, queued = parted(found, {str(row["id"]): row for row in rows})
    if not check:
        progress("writing")
        now = stores.clock.now()
        for some in _pieces(merged):
            stores.write(partial(_merge, some=some, now=now))
        for some in _pieces(queued):
            stores.write(partial(_queue, some=some, now=now))
    return Linked(len(rows), tuple(merged), tuple(queued))


def everybody(stores: Stores) -> Iterator[Values]:
    """Each person of whom enough is known to compare them."""
    shared = frozenset((one.kind, one.value) for one in stores.read(sharing.everything))
    after = ""
    while page := stores.read(partial(profiles.page, limit=PAGE, after=after)):
        after = page[-1].id
        for customer in page:
            row = values(customer, shared)
            if not is_household(customer.id) and sum(value is not None for value in row.values()) > 2:
                yield row


def values(customer: Customer, shared: frozenset[tuple[str, str]] = frozenset()) -> Values:
    """What is compared of a customer, each in its one form; identifiers that several people use say nothing."""
    known = {name: value for name, value in customer.attributes.items() if isinstance(value, str) and value.strip()}
    family, given = known.get("family_name"), known.get("given_name")
    if not (family and given) and customer.display_name:
        family, given = names.parted(customer.display_name)
    family_kana, given_kana = known.get("family_kana"), known.get("given_kana")
    if not (family_kana and given_kana) and "name_kana" in known:
        family_kana, given_kana = names.parted(known["name_kana"])
    place = addresses.address(known["address"]) if "address" in known else None
    reach: Values = {}
    for kind in ("phone", "email"):
        value = customer.identifiers.get("phone" if kind == "phone" else "email")
        form = written(kind, value) if value else None
        reach[kind] = None if form is None or (kind, form) in shared else form
    return {
        "id": customer.id,
        "family": names.folded(family) if family else None,
        "given": names.folded(given) if given else None,
        "family_kana": names.kana(family_kana) if family_kana else None,
        "given_kana": names.kana(given_kana) if given_kana else None,
        "born": _day(known.get("birth_date")),
        "area": place.area or None if place else None,
        "numbers": place.numbers or None if place else None,
        **reach,
    }


def judged(rows: Sequence[Values]) -> list[Judged]:
    """The pairs that are worth a look, likeliest first; families who share everything but the name are none."""
    try:
        linkage = import_module("tools.linkage")
    except ImportError as error:
        why = "the extra `identity` is not installed; see docs/identity.md"
        raise Unavailable("The comparison", why, mends_itself=False) from error
    found = linkage.compared(linkage.CUSTOMERS, rows, None, WORTH_A_LOOK)
    return [
        Judged(pair(one.left, one.right), one.probability, one.agreement, is_certain(one.probability, one.agreement))
        for one in found
        if not is_family(one.agreement)
    ]


def is_certain(probability: float, agreement: Mapping[str, str]) -> bool:
    """Whether two are joined without a person: same names, something that one person has, no other birthday."""
    named = agreement["family"] == agreement["given"] == "same"
    own = any(agreement[field] == "same" for field in ("born", "phone", "email"))
    return probability >= AUTOMATIC and named and own and agreement["born"] != "different"


def is_family(agreement: Mapping[str, str]) -> bool:
    """Whether these are rather two people of one home: another given name, and no day of birth that says otherwise."""
    return agreement["given"] == "different" and agreement["born"] != "same"


def parted(found: Iterable[Judged], rows: Mapping[str, Values]) -> tuple[list[Judged], list[Judged]]:
    """Those to join and those to show; a chain of joins may not bring two days of birth together."""
    groups: dict[str, set[str]] = {}
    merged, queued = [], []
    for one in found:
        together = groups.get(one.pair.left, {one.pair.left}) | groups.get(one.pair.right, {one.pair.right})
        born = {rows[id]["born"] for id in together} - {None}
        if one.automatic and len(born) < 2:
            merged.append(one)
            groups |= dict.fromkeys(together, together)
        else:
            queued.append(one)
    return merged, queued


def reasons(match: Match, language: Language) -> tuple[str, ...]:
    """Why the two may be one person, a line for each reason."""
    told = json.loads(match.evidence) if match.evidence else {}
    if "identifier" in told:
        kind = KINDS.get(told["identifier"][0], Text(ja="識別子", en="identifier")).either(language)
        return (phrase(language, ja=f"{kind}：どちらのお客様も使っています", en=f"{kind}: both use the same one"),)
    return said(told.get("fields", {}), language)


def said(agreement: Mapping[str, str], language: Language) -> tuple[str, ...]:
    """How each field agrees that is known of both."""
    colon = "：" if language == "ja" else ": "
    return tuple(
        f"{FIELDS[name].either(language)}{colon}{AGREEMENTS[how].either(language)}"
        for name, how in agreement.items()
        if name in FIELDS and how in AGREEMENTS and how != "unknown"
    )


def _day(value: str | None) -> str | None:
    """The date of birth, None where it cannot be read."""
    try:
        return dates.calendar_date(value).isoformat() if value else None
    except Malformed:
        return None


def _merge(c: Connection, some: Sequence[Judged], now: datetime) -> None:
    """Joins pairs and notes that nobody was asked."""
    for one in some:
        survivor, gone = merging.elder(c, person_of(c, one.pair.left), person_of(c, one.pair.right))
        if survivor != gone:
            merging.merge(c, survivor, gone, kind="link", by=BY, now=now, score=one.probability, evidence=one.evidence)
        matching.merged(c, one.pair, one.probability, one.evidence, now)


def _queue(c: Connection, some: Sequence[Judged], now: datetime) -> None:
    matching.scored(c, [(one.pair, one.probability, one.evidence) for one in some], now)


def _pieces(found: Sequence[Judged]) -> Iterator[Sequence[Judged]]:
    for begin in range(0, len(found), AT_ONCE):
        yield found[begin : begin + AT_ONCE]

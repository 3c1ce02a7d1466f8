"""Permissions from files: lines for the ledger of consents, never older than what it says, never twice."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from agent.exchange.writer import Counts, Means, remembered_people, somebody, unknown
from domain.channel import Purpose
from domain.consent import AHEAD, Consent, Evidence
from records import consents, withdrawal
from records.connection import Connection
from tools.exchange.rows import Row

PREFIX = "consent."


class ConsentWriter:
    """Rows of which each is one permission."""

    def __init__(self, means: Means) -> None:
        self.means = means

    def write(self, c: Connection, rows: Sequence[Row]) -> Counts:
        """Appends what is new to the ledger."""
        counts = Counts()
        for row in sorted(remembered_people(c, rows, self.means, counts), key=lambda row: _at(row, self.means.now)):
            customer_id = somebody(c, row, self.means.mapping.identify)
            if customer_id is None:
                unknown(row)
                continue
            topic, purpose = str(row.values.get("channel", "")), str(row.values.get("purpose", Purpose.MARKETING))
            if not topic or "granted" not in row.values:
                row.fault("granted", ja="許諾の値が空です。", en="the cell is empty. Say yes or no.")
                continue
            given = line_of(row, customer_id, topic, purpose, bool(row.values["granted"]), self.means.now)
            if given is not None:
                append(c, [given], counts)
        return counts


def lines_of(row: Row, customer_id: str, now: datetime) -> Iterator[Consent]:
    """The permissions that stand beside other fields of a customer."""
    for name, value in row.values.items():
        if name.startswith(PREFIX):
            topic, _, purpose = name.removeprefix(PREFIX).partition(".")
            given = line_of(row, customer_id, topic, purpose or _usual(topic), bool(value), now)
            if given is not None:
                yield given


def line_of(row: Row, customer_id: str, topic: str, purpose: str, granted: bool, now: datetime) -> Consent | None:
    """One line of the ledger; a yes without evidence is none, a no counts whoever says it."""
    at, method = row.values.get("evidence.at"), row.values.get("evidence.method")
    source = row.values.get("evidence.source")
    if granted and not (isinstance(at, datetime) and method and source):
        lacking = [name for name in ("evidence.method", "evidence.source", "evidence.at") if not row.values.get(name)]
        row.fault(
            lacking[0],
            ja="許諾の証拠がありません。どう・どこで・いつ同意を得たかを書いてください。",
            en="the consent has no evidence. Say how, where and when it was given.",
        )
        return None
    when = at if isinstance(at, datetime) else now
    if when > now + AHEAD:
        row.fault("evidence.at", ja="未来の日時です。確かめてください。", en="this lies in the future. Check it.")
        return None
    version = row.values.get("evidence.text_version")
    evidence = Evidence(
        method=str(method or "load"),
        at=at if isinstance(at, datetime) else None,
        text_version=str(version) if version else None,
        source=str(source) if source else None,
    )
    shape = {"customer_id": customer_id, "topic": topic, "purpose": purpose, "granted": granted}
    return Consent.model_validate({**shape, "evidence": evidence, "at": min(when, now)})


def append(c: Connection, given: Iterable[Consent], counts: Counts) -> None:
    """Writes the lines that say something new: neither known already nor older than the last word."""
    for one in given:
        said = [line for line in consents.ledger(c, one.customer_id) if _same_matter(line, one)]
        newest = max((line.at for line in said), default=None)
        if any(line.granted == one.granted and _same_time(line, one) for line in said):
            counts["known consents"] += 1
        elif newest is not None and (newest > one.at or (newest == one.at and one.granted)):
            counts["older consents"] += 1
        elif not one.granted and one.evidence.at is None and said and not said[-1].granted:
            counts["known consents"] += 1
        else:
            withdrawal.append(c, [one])
            counts["consents"] += 1


def _same_matter(line: Consent, one: Consent) -> bool:
    return (line.topic, str(line.purpose)) == (one.topic, str(one.purpose))


def _same_time(line: Consent, one: Consent) -> bool:
    return line.at == one.at and line.evidence == one.evidence


def _usual(topic: str) -> str:
    return "*" if topic == "location" else Purpose.MARKETING.value


def _at(row: Row, now: datetime) -> datetime:
    at = row.values.get("evidence.at")
    return at if isinstance(at, datetime) else now

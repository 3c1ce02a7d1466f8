"""Clocks: times of day with from and until, as stretches of a day."""

from dataclasses import dataclass

from policies.directives.draft import Draft
from policies.directives.frame import Said, Trouble
from policies.directives.lexicon.logic import DEFINITE

DAY = 1440
ENDINGS = ("stop", "stops", "cease", "halt", "pause")
TO_MIDNIGHT: Said = (
    "終わりの時刻がないので、24時（深夜0時）までと読みました。",
    "No end is given; it was read as until midnight.",
)
FROM_MIDNIGHT: Said = (
    "始まりの時刻がないので、0時からと読みました。",
    "No start is given; it was read as from midnight.",
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of a day in minutes, `high` exclusive; over midnight where it is not later."""

    low: int
    high: int


def take_stretches(draft: Draft, notes: list[Said]) -> list[Stretch]:
    found = [Stretch((sense.low or 0) % DAY, _end(sense.high or 0)) for sense in draft.take("hours")]
    for place in parts_of_day(draft):
        sense = draft.atoms[place].sense("daypart")
        if sense is not None and sense.low is not None and sense.high is not None:
            draft.use((place,))
            found.append(Stretch(sense.low, sense.high))
            notes.append(_part_of_day(draft.atoms[place].text, sense.low, sense.high))
    found += [_half_open(draft, place, notes) for place in draft.places("time")]
    halves = [(one.low == 0, one.high == DAY) for one in found if one.low == 0 or one.high == DAY]
    if len(halves) != len(set(halves)):
        raise Trouble(
            "「まで」や「以降」の時刻が二つあります。対象ごとに文を分けてください。",
            "There are two times of one kind. Write one sentence for each.",
            weight=4,
        )
    return found if draft.has("days") else _closed(found)


def between(found: list[Stretch]) -> list[Stretch]:
    """After nine and before five, where messages may go out, is one stretch."""
    late = [one for one in found if one.high == DAY and one.low > 0]
    early = [one for one in found if one.low == 0 and one.high < DAY]
    if len(late) == len(early) == 1 and len(found) == 2 and late[0].low < early[0].high:
        return [Stretch(late[0].low, early[0].high)]
    return found


def parts_of_day(draft: Draft) -> list[int]:
    """Where a part of the day is named that may be read: any for a wish, a definite one for a rule."""
    return [place for place in draft.places("daypart") if draft.soft or _definite(draft, place)]


def _definite(draft: Draft, place: int) -> bool:
    sense = draft.atoms[place].sense("daypart")
    return sense is not None and sense.name in DEFINITE


def _part_of_day(word: str, low: int, high: int) -> Said:
    stretch = f"{low // 60:02d}:{low % 60:02d}"
    end = f"{high // 60:02d}:{high % 60:02d}"
    return f"「{word}」は{stretch}〜{end}と読みました。", f'"{word}" was read as {stretch} to {end}.'


def _end(high: int) -> int:
    return high if high <= DAY else high - DAY


def _half_open(draft: Draft, place: int, notes: list[Said]) -> Stretch:
    """A single time with from or until."""
    atom = draft.atoms[place]
    sense = atom.sense("time")
    minute = (sense.low or 0) if sense else 0
    if sense and sense.name in ("unclear", "open"):
        raise Trouble(
            f"「{atom.text}」は午前か午後かはっきりしません。24時間制で書いてください。",
            f'It is not clear whether "{atom.text}" is morning or evening. Add am or pm.',
            weight=6,
        )
    marker = _marker(draft, place)
    if marker is None:
        raise Trouble(
            f"「{atom.text}」から、または、まで、のどちらでしょうか。「以降」「より前」などを足してください。",
            f'From "{atom.text}" on, or until then? Add "after" or "before".',
            weight=5,
        )
    draft.use((place, marker))
    word = draft.atoms[marker]
    until = word.has("until") and not (word.has("from") and not word.text.isascii())
    if until:
        notes.append(FROM_MIDNIGHT)
        return Stretch(0, minute)
    notes.append(TO_MIDNIGHT)
    return Stretch(minute % DAY, DAY)


def _marker(draft: Draft, place: int) -> int | None:
    """The from or until that belongs to a time: after it in Japanese, before it in English, or "onwards" after it."""
    japanese = not draft.atoms[place].text.isascii() or (
        place + 1 < len(draft.atoms) and not draft.atoms[place + 1].text.isascii()
    )
    after = next(
        (
            at
            for at in range(place + 1, min(place + 3, len(draft.atoms)))
            if at not in draft.used and draft.atoms[at].has("from", "until")
        ),
        None,
    )
    before = next(
        (
            at
            for at in range(place - 1, max(place - 3, -1), -1)
            if at not in draft.used and draft.atoms[at].has("from", "until")
        ),
        None,
    )
    if japanese:
        return after
    late = after is not None and draft.atoms[after].text.lower() in (
        "onwards",
        "onward",
        "or later",
        "and later",
        "or earlier",
        "and earlier",
        "on",
        "at the latest",
    )
    if late and after is not None:
        if before is not None and draft.atoms[before].has("from"):
            draft.use((before,))
        return after
    return before if before is not None else _ending(draft, place)


def _ending(draft: Draft, place: int) -> int | None:
    """The "at" of what stops at eight: from then on."""
    at = place - 1
    stops = any(draft.atoms[one].text.lower() in ENDINGS for one in draft.bans())
    return at if stops and at >= 0 and at not in draft.used and draft.atoms[at].text.lower() == "at" else None


def _closed(found: list[Stretch]) -> list[Stretch]:
    """An evening that runs to midnight and a morning that begins there are one night."""
    late = [one for one in found if one.high == DAY and one.low > 0]
    early = [one for one in found if one.low == 0 and one.high < DAY]
    if len(late) == len(early) == 1 and len(found) == 2 and early[0].high <= late[0].low:
        return [Stretch(late[0].low, early[0].high)]
    return found

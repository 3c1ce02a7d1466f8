"""Stretches: two times or two dates, and the words that tie them, as one."""

from datetime import date

from policies.directives.atom import Atom, Sense, merged

AFTER_RANGE = (
    "まで",
    "までの間",
    "までは",
    "の間",
    "の間は",
    "期間",
    "の期間",
    "期間は",
    "期間中",
    "期間中は",
    "のあいだ",
    "のあいだは",
)
TIE = ("から", "より", "~", "-", "—", "to", "and", "until", "till", "through", "、")


def numbers_as_hours(atoms: list[Atom], read: str) -> list[Atom]:
    """From 8 to 17: bare numbers that can only be hours."""
    found: list[Atom] = []
    place = 0
    while place < len(atoms):
        five = atoms[place : place + 4]
        if (
            len(five) == 4
            and five[0].text.lower() in ("from", "between")
            and five[2].text.lower() in ("to", "and", "until", "till", "-")
            and _hour(five[1]) is not None
            and _hour(five[3]) is not None
        ):
            low, high = _hour(five[1]) or 0, _hour(five[3]) or 0
            if low < high and high > 12:
                found.append(merged(five, read, Sense("hours", low=low * 60, high=high * 60)))
                place += 4
                continue
        found.append(atoms[place])
        place += 1
    return found


def _hour(atom: Atom) -> int | None:
    sense = atom.sense("number")
    if sense is None or sense.number is None or not 0 <= sense.number <= 24 or not atom.text.isdigit():
        return None
    return int(sense.number)


def hours_tied(atoms: list[Atom], read: str) -> list[Atom]:
    """A time, a word that ties and a second time become one stretch of the day."""
    found: list[Atom] = []
    place = 0
    while place < len(atoms):
        end = _second(atoms, place, "time")
        if end is None:
            found.append(atoms[place])
            place += 1
            continue
        start, last = place, end
        if found and found[-1].text.lower() in ("between", "from"):
            found.pop()
        while last + 1 < len(atoms) and atoms[last + 1].text in (
            "まで",
            "までの間",
            "の間",
            "の",
            "までは",
            "までに",
            "間",
        ):
            last += 1
        low, high = _pair(atoms[start].sense("time"), atoms[end].sense("time"))
        found.append(merged(atoms[start : last + 1], read, Sense("hours", low=low, high=high)))
        place = last + 1
    return found


def _pair(first: Sense | None, second: Sense | None) -> tuple[int, int]:
    low, high = (first.low or 0) if first else 0, (second.low or 0) if second else 0
    if first and first.name == "open" and low <= 720:
        later = low % 720 + 720
        if high > 720 and later < high and low >= high - 720:
            low = later
        elif high <= 720 < low:
            low = low % 720
    if second and second.name == "midnight" and high == 0:
        high = 1440
    return low, high


def _second(atoms: list[Atom], place: int, kind: str) -> int | None:
    """Where the second of a pair stands, if this atom begins one."""
    if not atoms[place].has(kind):
        return None
    at = place + 1
    tied = False
    while at < len(atoms):
        word = atoms[at].text.lower()
        if atoms[at].has(kind) and tied:
            if word in ("and",):
                return None
            return at if _ties(atoms, place, at) else None
        if word in TIE:
            tied = True
        elif word not in ("の", "まで", "in", "the", "morning"):
            return None
        at += 1
    return None


def _ties(atoms: list[Atom], first: int, second: int) -> bool:
    between = [atom.text.lower() for atom in atoms[first + 1 : second]]
    before = atoms[first - 1].text.lower() if first else ""
    if "and" in between:
        return before == "between"
    return "、" not in between


def dates_tied(atoms: list[Atom], read: str) -> list[Atom]:
    """Two dates tied together, or a date with from or until, become one stretch of days."""
    found: list[Atom] = []
    place = 0
    while place < len(atoms):
        sense = atoms[place].sense("dates")
        if sense is None or sense.name == "relative":
            found.append(atoms[place])
            place += 1
            continue
        end = place if sense.name == "range" else _second(atoms, place, "dates")
        if end is None:
            place = _half_open(atoms, place, found, read)
            continue
        if found and found[-1].text.lower() in ("between", "from"):
            found.pop()
        other = atoms[end].sense("dates") or sense
        last = _closing(atoms, end)
        found.append(merged(atoms[place : last + 1], read, _stretch(sense.first, other.last)))
        place = last + 1
    return found


def _closing(atoms: list[Atom], place: int) -> int:
    """The last of the small words that close a stretch of days: まで, の間."""
    while place + 1 < len(atoms) and atoms[place + 1].text in AFTER_RANGE:
        place += 1
    return place


def _stretch(first: date | None, last: date | None) -> Sense:
    if first and last and last < first:
        last = date(first.year + 1, last.month, last.day) if last.month <= first.month else last
        if last < first:
            last = date(first.year + 1, last.month, last.day)
    return Sense("dates", "range", first=first, last=last)


BEFORE_DAY = ("より前", "前", "よりも前", "前に", "前の", "before", "prior to", "ahead of", "earlier than")
AFTER_DAY = ("過ぎ", "を過ぎ", "より後", "after", "later than", "past")


def _half_open(atoms: list[Atom], place: int, found: list[Atom], read: str) -> int:
    """From a date on, or until a date: the word stands after it in Japanese and before it in English."""
    after = atoms[place + 1] if place + 1 < len(atoms) else None
    if after is not None and not after.text.isascii() and after.has("from", "until") and after.text != "より":
        found.append(merged(atoms[place : place + 2], read, _bounded(atoms[place], after)))
        return place + 2
    before = found[-1] if found else None
    tied = before is not None and before.has("from", "until") and before.text.lower() not in ("by", "to")
    if before is not None and tied and before.text.isascii():
        found.pop()
        found.append(merged([before, atoms[place]], read, _bounded(atoms[place], before)))
        return place + 1
    found.append(atoms[place])
    return place + 1


def _bounded(day: Atom, word: Atom) -> Sense:
    """The days from a date on, or up to it; "before" and "after" leave the date itself out."""
    sense = day.sense("dates")
    first, last = (sense.first, sense.last) if sense else (None, None)
    text = word.text.lower()
    if word.has("until") and not (word.has("from") and not word.text.isascii()):
        early = text in BEFORE_DAY
        return Sense("dates", "until", last=_shift(first if early else last, -1 if early else 0))
    late = text.startswith(AFTER_DAY)
    return Sense("dates", "from", first=_shift(last if late else first, 1 if late else 0))


def _shift(day: date | None, days: int) -> date | None:
    return None if day is None else date.fromordinal(day.toordinal() + days)

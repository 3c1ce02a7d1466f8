"""Hours: times of day as marketers write them: 夜9時, 25時, 21:30, 9 pm, noon; in minutes from midnight."""

import re

from policies.directives.amounts import E, N, value
from policies.directives.atom import Sense

BEFORE = (
    r"(?:(?:午前|午後|翌朝|翌日の?|翌|早朝の?|朝の?|夜の?|夕方の?|深夜の?|未明の?|お昼の?|昼の?|晩の?|当日の?)\s?)*"
)
JA = re.compile(
    rf"(?P<pre>{BEFORE})(?:(?P<h>{N})時(?!間)(?:(?P<half>半)|(?P<m>{N})分)?|(?P<h2>\d{{1,2}})"
    rf":(?P<m2>\d{{2}})|(?P<fixed>正午|零時))"
)
OPEN = re.compile(rf"(?P<pre>{BEFORE})(?P<h>\d{{1,2}})(?=\s?(?:~|-|から|より|、)\s?{BEFORE}(?:{N}時(?!間)|正午))")
EN = re.compile(
    r"(?P<h>\d{1,2})(?:[:.h](?P<m>\d{2}))?\s?(?P<half>[ap])\.?m\b\.?|(?P<h2>\d{1,2}):(?P<m2>\d{2})"
    r"(?:\s?h(?![a-z]))?|(?P<fixed>noon|midday|midnight)(?![a-z])"
)
SPOKEN = re.compile(
    rf"(?P<h>{E})(?:[:.](?P<m>\d{{2}}))?(?:\s?(?:o'clock|o’clock))?\s+(?P<part>in the (?:morning|"
    rf"afternoon|evening)|at night|(?:this|that|the same) evening)(?![a-z])"
)
WHOLE = re.compile(rf"(?P<pre>{BEFORE})(?P<h>{N})時台")
"""An hour by its name: 7時台 is from seven until eight."""
PAST = re.compile(
    rf"(?P<word>half past|quarter past|quarter to|a quarter past|a quarter to) (?P<h>{E})"
    rf"(?:\s?(?P<half>[ap])\.?m\b\.?|\s+(?P<part>in the (?:morning|afternoon|evening)|at night))?(?![a-z])"
)
MINUTES_PAST = {"half past": 30, "quarter past": 15, "quarter to": -15}
CONTINENTAL = re.compile(r"(?P<a>\d{1,2})h?\s?(?:-|~|to)\s?(?P<b>\d{1,2})h(?![a-z0-9])")
"""11-19h: an end after noon shows that the hours are those of a day of 24."""
CLOCK = re.compile(rf"(?P<h>{E})\s?(?:o'clock|o’clock|hours(?= local))")
OPEN_EN = re.compile(
    r"(?P<h>\d{1,2})(?=\s?(?:-|~|to|and|until|till)\s?\d{1,2}(?::\d{2})?"
    r"\s?(?:[ap]\.?m\b|o'clock|h\b|in the (?:morning|afternoon|evening)\b|at night\b))"
)
FIXED = {"正午": 720, "零時": 0, "noon": 720, "midday": 720, "midnight": 0}
DAY = 1440
HALF_DAY = 720
PART = re.compile(r"\s*in the (?:morning|afternoon|evening)\b|\s*at night\b")


def time(text: str, at: int) -> tuple[int, Sense] | None:
    """A time of day; `name` is "half" where morning or evening is not said and could be either."""
    for reader in (_whole, _japanese, _past, _continental, _spoken, _english, _clock, _open):
        found = reader(text, at)
        if found is not None:
            return found
    return None


def _whole(text: str, at: int) -> tuple[int, Sense] | None:
    found = WHOLE.match(text, at)
    sense = _of_day(found["pre"], int(value(found["h"])), 0) if found else None
    if found is None or sense is None or sense.low is None:
        return None
    return found.end(), Sense("hours", low=sense.low, high=sense.low + 60)


def _past(text: str, at: int) -> tuple[int, Sense] | None:
    found = PAST.match(text, at)
    if found is None or not 1 <= int(value(found["h"])) <= 12:
        return None
    hour, minutes = int(value(found["h"])), MINUTES_PAST[found["word"].removeprefix("a ")]
    if found["half"]:
        hour = _meridiem(hour, found["half"])
    elif found["part"]:
        hour = _in_part(hour, found["part"])
    said = "" if found["half"] or found["part"] else "unclear"
    return _made(found.end(), _sense((hour * 60 + minutes) % DAY, said))


def _continental(text: str, at: int) -> tuple[int, Sense] | None:
    found = CONTINENTAL.match(text, at)
    if found is None:
        return None
    low, high = int(found["a"]), int(found["b"])
    return (found.end(), Sense("hours", low=low * 60, high=high * 60)) if low < high and 12 < high <= 24 else None


def _sense(minute: int, name: str = "") -> Sense | None:
    return Sense("time", name, low=minute) if 0 <= minute <= 30 * 60 else None


def _made(end: int, sense: Sense | None) -> tuple[int, Sense] | None:
    return None if sense is None else (end, sense)


def _japanese(text: str, at: int) -> tuple[int, Sense] | None:
    found = JA.match(text, at)
    if found is None:
        return None
    if found["h2"] and not found["pre"]:
        return None
    if found["fixed"]:
        return _made(found.end(), _sense(FIXED[found["fixed"]]))
    hour = int(value(found["h"] or found["h2"]))
    minute = 30 if found["half"] else int(value(found["m"])) if found["m"] else int(found["m2"] or 0)
    return _made(found.end(), _of_day(found["pre"], hour, minute))


def _of_day(before: str, hour: int, minute: int) -> Sense | None:
    if hour == 12 and "午後" in before:
        return _sense(hour * 60 + minute, "unclear")
    hour = _late(before, hour)
    if hour == 12 and "午前" in before:
        return _sense(minute, "unclear")
    if "昼" in before and hour < 6:
        hour += 12
    name = "next" if "翌" in before else ""
    return _sense(hour * 60 + minute, name)


def _late(before: str, hour: int) -> int:
    """The hour on a 24-hour clock: 夜9時 is 21, 夜12時 24, 深夜1時 1."""
    if "深夜" in before or "夜" in before or "晩" in before:
        return hour + 12 if 5 <= hour <= 12 else hour
    return hour + 12 if hour < 12 and ("午後" in before or "夕方" in before) else hour


def _meridiem(hour: int, letter: str) -> int:
    return hour % 12 + (12 if letter == "p" else 0)


def _english(text: str, at: int) -> tuple[int, Sense] | None:
    found = EN.match(text, at)
    if found is None:
        return None
    if found["fixed"]:
        return _made(found.end(), _sense(FIXED[found["fixed"]], "midnight" if found["fixed"] == "midnight" else ""))
    if found["h2"]:
        hour, end = int(found["h2"]), found.end()
        part = PART.match(text, end)
        if part:
            return _made(part.end(), _sense(_in_part(hour, part[0]) * 60 + int(found["m2"])))
        return _made(end, _sense(hour * 60 + int(found["m2"])))
    end = found.end()
    part = PART.match(text, end)
    if 1 <= int(found["h"]) <= 12:
        return _made(
            part.end() if part else end, _sense(_meridiem(int(found["h"]), found["half"]) * 60 + int(found["m"] or 0))
        )
    return _made(end, _sense(int(found["h"]) * 60 + int(found["m"] or 0)))


def _in_part(hour: int, part: str) -> int:
    return hour + 12 if hour < 12 and "morning" not in part else hour


def _spoken(text: str, at: int) -> tuple[int, Sense] | None:
    found = SPOKEN.match(text, at)
    if found is None:
        return None
    hour = int(value(found["h"]))
    return _made(found.end(), _sense(_in_part(hour, found["part"]) * 60 + int(found["m"] or 0)))


def _clock(text: str, at: int) -> tuple[int, Sense] | None:
    found = CLOCK.match(text, at)
    if found is None:
        return None
    hour = int(value(found["h"]))
    return _made(found.end(), _sense(hour * 60, "unclear" if hour <= 12 else ""))


def _open(text: str, at: int) -> tuple[int, Sense] | None:
    found = OPEN.match(text, at) or OPEN_EN.match(text, at)
    if found is None or int(found["h"]) > 30:
        return None
    if "pre" in found.groupdict():
        return _made(found.end(), _of_day(found["pre"], int(found["h"]), 0))
    return _made(found.end(), _sense(int(found["h"]) * 60, "open"))

"""Windows: the stretch in which messages are counted, heard as it is said."""

import re
from typing import cast

from policies.readback.kinds import Kind
from policies.windows import Window

JA = re.compile(r"(?P<clock>時計の)?(?P<calendar>暦の)?(?P<count>\d+)(?P<unit>日間|日|週|か月|時間|分間)")
EN = re.compile(
    r"(?:a|in (?P<any>any )?(?P<count>\d+)) ?(?:(?P<calendar>calendar|clock) )?(?P<unit>minute|hour|day|week|month)s?"
)
UNITS_JA = {"日間": "day", "日": "day", "週": "week", "か月": "month", "時間": "hour", "分間": "minute"}


def _japanese(words: str) -> dict[str, object] | None:
    found = JA.fullmatch(words)
    if found is None:
        return None
    rolling = found["unit"] in ("日間", "分間") or (found["unit"] == "時間" and not found["clock"])
    return {
        "kind": "rolling" if rolling else "calendar",
        "unit": UNITS_JA[found["unit"]],
        "length": int(found["count"]),
    }


def heard_window(words: str, language: str) -> dict[str, object]:
    """The window that was said; raises ValueError where none was."""
    if language == "ja":
        window = _japanese(words)
        if window is None:
            raise ValueError(f"{words!r} is no stretch of time")
        return window
    found = EN.fullmatch(words)
    if found is None or not (found["any"] or found["calendar"]):
        raise ValueError(f"{words!r} is no stretch of time")
    kind = "calendar" if found["calendar"] else "rolling"
    return {"kind": kind, "unit": found["unit"], "length": int(found["count"] or 1)}


EACH = {
    "ja": r"(?:時計の|暦の)?\d+(?:日間|日|週|か月|時間|分間)",
    "en": r"(?:a|in (?:any )?\d+) ?(?:calendar |clock )?\w+",
}
WINDOW = Kind(lambda value, language: cast(Window, value).each(language), heard_window)

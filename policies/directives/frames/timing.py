"""When: hours, weekdays, holidays and dates on which messages go out or do not."""

from collections.abc import Sequence
from datetime import date, timedelta

from policies.directives.days import KEYS
from policies.directives.draft import Draft, idle
from policies.directives.frame import Days, Frame, Pick, Said, Scopes, Trouble
from policies.directives.frames.besides import TIMES, comes_on_top, permitted_too
from policies.directives.frames.clocks import DAY, Stretch, between, parts_of_day, take_stretches
from policies.directives.scopes import alternatives_of, family, group_after, group_before, take_scopes

FREE = (
    "noun",
    "send",
    "do",
    "use",
    "contain",
    "verb_channel",
    "offer",
    "window",
    "quiet",
    "must",
    "tone_noun",
    "soft",
    "but",
    "length",
    "cap",
    "per",
    "vague_time",
)
EITHER = frozenset(("or", "nor", "and", "や", "と", "または", "及び", "および", "もしくは"))
LOCAL: Said = ("時刻はお客様の時間帯で判断します。", "Times are on the customer's clock.")
WORKDAYS: Said = (
    "平日・営業日は、祝日を除く月〜金と読みました。",
    "Business days are Monday to Friday without national holidays.",
)
WEEKDAYS: Said = (
    "weekdays は祝日を含む月〜金と読みました。",
    "Weekdays are Monday to Friday, national holidays included.",
)
END_OPEN: Said = ("終わりの時刻ちょうどは含みません。", "The end of a window is exclusive.")
AS_WINDOW: Said = ("この時間帯・曜日だけに送る、と読みました。", "It was read as: at these times only.")


def hours(draft: Draft) -> Frame | None:
    """Hours or weekdays with a no, an only, or the name of a window."""
    if not draft.has("time", "hours", "days") and not parts_of_day(draft):
        return None
    if any(by_date(draft, place) for place in draft.places("only", "outside", "except")) or _on_others(draft):
        raise _pairs()
    _one_pair(draft)
    _not_either(draft)
    if comes_on_top(draft):
        return permitted_too(draft)
    conditional = _days_first(draft)
    dates = take_dates(draft)
    notes: list[Said] = []
    stretches = take_stretches(draft, notes)
    days, holiday = _all_but(draft, stretches) or _days(draft)
    reserved = _reserved(draft)
    forbids = True if reserved else _polarity(draft, notes)
    scopes = take_scopes(draft)
    scopes = Scopes(scopes.alternatives, (*scopes.excepted, *reserved))
    stretches = stretches if forbids else between(stretches)
    if holiday == "work":
        notes.append(WORKDAYS)
    notes += [LOCAL] if stretches else []
    notes += [END_OPEN] if any(one.low < one.high < DAY for one in stretches) else []
    values = {
        "stretches": tuple(stretches),
        "days": days,
        "holiday": holiday,
        "forbids": forbids,
        "dates": dates,
        "conditional": conditional and not forbids,
    }
    if values["conditional"] and holiday not in ("", "work"):
        raise _pairs()
    return Frame("hours", scopes, values, notes=tuple(notes))


def _one_pair(draft: Draft) -> None:
    """Days and hours that could be paired in two ways are asked about: 土日祝と平日の18時以降."""
    days, times = draft.senses("days"), len(draft.places("time", "hours"))
    if len(days) > 1 and (times > 1 or (times and any(sense.name == "work" for sense in days))):
        raise _pairs()


def _not_either(draft: Draft) -> None:
    """Never on Mondays or before 10: the days and the hours are two rules, not one."""
    for place, atom in enumerate(draft.atoms):
        if atom.text.lower() not in EITHER:
            continue
        before = next((one for one in reversed(draft.atoms[:place]) if one.has(*TIMES, "who")), None)
        after = next((one for one in draft.atoms[place + 1 :] if one.has(*TIMES, "who")), None)
        timed = before is not None and after is not None and before.has(*TIMES) and after.has(*TIMES)
        if timed and before is not None and after is not None and before.has("days") != after.has("days"):
            raise _pairs()


def _on_others(draft: Draft) -> bool:
    """On any channel but SMS, and never after 8 pm: the channels are a rule of their own."""
    first = next(iter(draft.bans()), len(draft.atoms))
    return any("channel" in draft.atoms[at].text.lower() and at < first for at in draft.places("except"))


def _pairs() -> Trouble:
    return Trouble(
        "曜日と時刻の組み合わせが二通りに読めます。組み合わせごとに文を分けてください。",
        "Days and hours can be paired in two ways. Write one sentence for each pair.",
        weight=4,
    )


def _reserved(draft: Draft) -> tuple[Pick, ...]:
    """The customers for whom these times are reserved: only VIPs get calls after 8 pm."""
    for place in draft.places("only"):
        group = _audience_at(draft, place)
        if group:
            picks = alternatives_of(draft, group)
            draft.use((*group, *draft.places("only", "may")))
            return picks
    return ()


def _audience_at(draft: Draft, place: int) -> list[int]:
    """The customers that an only belongs to, if it belongs to customers and not to the times."""
    near = draft.after(place) if draft.atoms[place].text.isascii() else draft.before(place)
    sense = draft.atoms[near].scope if near is not None else None
    if sense is None or family(sense) != "audience":
        return []
    return group_after(draft, place) if draft.atoms[place].text.isascii() else group_before(draft, place)


def _days(draft: Draft) -> tuple[frozenset[str], str]:
    chosen: frozenset[str] = frozenset()
    holiday = ""
    for place in draft.places("days"):
        sense = draft.atoms[place].sense("days")
        if sense is not None:
            chosen |= sense.values
            holiday = _joined(holiday, sense.name)
    draft.take("days")
    return chosen, holiday


def _all_but(draft: Draft, stretches: Sequence[Stretch]) -> tuple[frozenset[str], str] | None:
    """Hours on all days but some: 土日祝を除く10時〜17時."""
    places = draft.places("days")
    outside = _outside(draft)
    if not stretches or draft.bans() or len(places) != 1 or outside is None:
        return None
    sense = draft.atoms[places[0]].sense("days")
    if sense is None or sense.name == "work" or not _stands_by(draft, outside, places[0]):
        return None
    draft.use((outside, places[0]))
    return frozenset(KEYS) - sense.values, "work" if sense.name else ""


def _stands_by(draft: Draft, outside: int, days: int) -> bool:
    """Whether the exception is that of the days, and no hour stands between."""
    low, high = sorted((outside, days))
    before = draft.atoms[outside].text.isascii() == (outside < days)
    return before and not any(atom.has("hours", "time") or atom.scope for atom in draft.atoms[low:high])


def _joined(old: str, new: str) -> str:
    return "free" if {old, new} & {"holiday", "free"} and old != new and old else new or old


def _polarity(draft: Draft, notes: list[Said]) -> bool:
    """Whether the times are forbidden; otherwise they are the only ones."""
    bans, outside = draft.bans(), _outside(draft)
    only = draft.places("only") or [at for at in draft.places("rest") if _of_times(draft, at)]
    if draft.has("quiet"):
        draft.take("quiet")
        draft.use(bans[:1])
        return True
    if outside is not None:
        draft.use((outside, *bans[:1]))
        if not bans:
            raise Trouble(
                "除いた時間帯をどうするのかが書かれていません。「送らない」などを足してください。",
                "It is not said what happens outside these hours.",
                weight=4,
            )
        return False
    if only:
        draft.use((*only, *draft.places("may")))
        draft.use(bans[:1] if _shika(draft, only) else ())
        return False
    return _forbidden(draft, bans) if bans else _implied(draft, notes)


def _forbidden(draft: Draft, bans: list[int]) -> bool:
    if _in_two(draft):
        raise Trouble(
            "送る時間と送らない時間が一文に入っています。文を分けてください。",
            "The sentence says both when to send and when not to. Write two sentences.",
            weight=4,
        )
    draft.use((*bans[:1], *idle(draft, bans)))
    return True


def _implied(draft: Draft, notes: list[Said]) -> bool:
    """Times at which messages go out, with no word for only: they are a window if anything is said to go out."""
    said = draft.has("send", "do", "noun", "window", "may", "must", "verb_channel", "what", "who") or draft.soft
    unfinished = draft.atoms[-1].text in ("、", ",") and not draft.has("do", "may", "send", "window")
    if not said or unfinished:
        raise Trouble(
            "この時間・曜日に送るのか、送らないのかが書かれていません。",
            "It is not said whether messages go out at these times or not.",
            weight=3,
        )
    draft.take("may")
    notes.append(AS_WINDOW)
    return False


def _in_two(draft: Draft) -> bool:
    """Whether the order to send stands before a comma and the no after it."""
    commas = {at - 1 for at, atom in enumerate(draft.atoms) if atom.text in ("、", ",")}
    orders = [at for at in draft.places("do") if at in commas]
    return bool(orders) and orders[0] < draft.bans()[0]


def _of_times(draft: Draft, place: int) -> bool:
    sense = draft.atoms[place].sense("rest")
    return sense is not None and sense.name == "rest"


def _shika(draft: Draft, only: list[int]) -> bool:
    return any(draft.atoms[place].text == "しか" for place in only)


def _outside(draft: Draft) -> int | None:
    """An "except" that belongs to the times, not to people."""
    for place in draft.places("outside", "except"):
        near = (
            draft.atoms[place + 1 : place + 3]
            if draft.atoms[place].has("except") and draft.atoms[place].text.isascii()
            else draft.atoms[max(0, place - 2) : place]
        )
        if any(atom.has("hours", "time", "days") for atom in near):
            return place
    return None


def _days_first(draft: Draft) -> bool:
    """Whether the weekdays only say when the hours hold: 平日は20時まで; on weekends, SMS only from 10 to 17."""
    days = next(iter(draft.places("days")), None)
    time = next((place for place in draft.places("time", "hours") if days is not None and place > days), None)
    if days is None or time is None:
        return False
    between = draft.atoms[days + 1 : time]
    return any(atom.scope or atom.text in ("は", "には", ":") for atom in between)


def by_date(draft: Draft, place: int) -> bool:
    """Whether an only or an except belongs to a day: only on 24 December, 12月24日のみ."""
    closes = all(atom.has("mark") for atom in draft.atoms[place + 1 :])
    step = 1 if draft.atoms[place].text.isascii() and not closes else -1
    at = place + step
    while 0 <= at < len(draft.atoms) and not draft.atoms[at].has("dates"):
        if draft.atoms[at].scope or not draft.atoms[at].has("glue"):
            return False
        at += step
    return 0 <= at < len(draft.atoms)


def take_dates(draft: Draft) -> Days | None:
    """The stretch of days that is named, noted as used."""
    found = draft.senses("dates")
    if not found:
        return None
    if len(found) > 1:
        raise Trouble(
            "日付が二つ以上あります。期間ごとに文を分けてください。",
            "There is more than one date. Write one sentence for each period.",
            weight=4,
        )
    draft.take("dates")
    draft.use(place for place in draft.places("span") if draft.atoms[place].text in ("期間",))
    return found[0].first, found[0].last


def outside(days: Sequence[Days]) -> tuple[Days, ...]:
    """All days but these, as stretches."""
    found: list[Days] = []
    start: date | None = None
    open_start = True
    for first, last in sorted(days, key=lambda one: one[0] or date.min):
        if first is not None and (open_start or (start is not None and start < first)):
            found.append((start, first - timedelta(1)))
        open_start = False
        if last is None:
            return tuple(found)
        start = last + timedelta(1)
    return (*found, (start, None))


def resolved(dates: Days) -> Said:
    """The days as they were understood."""
    first, last = dates
    if first and last and first == last:
        return f"日付は{first:%Y-%m-%d}です。", f"The day is {first:%Y-%m-%d}."
    start, end = (f"{first:%Y-%m-%d}" if first else ""), (f"{last:%Y-%m-%d}" if last else "")
    return (
        f"期間は{start}〜{end}（両端を含みます）です。",
        f"The period is {start or 'now'} to {end or 'further notice'}, both days included.",
    )

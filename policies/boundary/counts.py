"""Counts: the last message that a cap takes and the one too many, the shortest gap, and campaigns side by side."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from domain.channel import Channel, is_pushed
from domain.contact import Contact
from domain.language import Text
from policies.boundary.case import Case, before, case, instant, timed
from policies.boundary.setting import Setting
from policies.boundary.typical import Typical
from policies.boundary.words import NOUNS
from policies.predicate import Full
from policies.rules.exclusivity import Exclusivity
from policies.rules.frequency_cap import FrequencyCap
from policies.rules.min_gap import MinGap
from policies.windows import Counting, Window, calendar_spans
from policies.wording import duration
from policies.zones import MINUTE

COUNTABLE = frozenset(("email", "sms", "push", "line"))
WITHIN_EN = {"hour": "that hour", "day": "that day", "week": "that calendar week", "month": "that calendar month"}
WITHIN_JA = {"hour": "同じ1時間", "day": "同じ日", "week": "同じ週", "month": "同じ月"}


def capped(rule: FrequencyCap, base: Typical) -> Iterator[Case]:
    """The last message that the cap takes, the one before, the one too many, and the first once there is room."""
    counting = rule.counts.seen_by(rule.scope, *base.setting.facts())
    full = Full(counting, rule.window, rule.max)
    for held in sorted({max(rule.max - 2, 0), max(rule.max - 1, 0), rule.max}):
        setting = _after(base.setting, full, held)
        if setting is not None:
            yield from _counted(base, setting, full, held)
    if rule.max:
        yield from _reopened(base, full)


def _counted(base: Typical, setting: Setting, full: Full, held: int) -> list[Case]:
    window, counting = full.window, full.counting
    if full.most == 0:
        return case(base, setting)
    thing_ja, some = _several(counting, held)
    ja, en = f"{passing_ja(window)}に{thing_ja}{held:,}通受け取った", f"who already received {some} {within(window)}"
    if held == 0:
        ja = f"{passing_ja(window)}にまだ{thing_ja.removesuffix('を')}{'を' if thing_ja else '何も'}受け取っていない"
        en = f"who received {some} {within(window)} so far"
    return case(base, setting, (), whom=Text(ja=ja, en=en))


def _after(setting: Setting, full: Full, held: int) -> Setting | None:
    """The customer after so many counted messages in the window; None where that cannot be."""
    if held == 0:
        return setting
    room = _room(setting, full)
    step = max(room // (held + 1) // MINUTE * MINUTE, 1) if room // (held + 1) >= MINUTE else room // (held + 1)
    sent = [before(setting.at, step * place) for place in range(1, held + 1)]
    return _having(setting, full.counting, sent)


def _room(setting: Setting, full: Full) -> int:
    """How far before the message its window surely begins."""
    if full.window.kind == "rolling":
        return full.window.micros
    spans = calendar_spans(full.zones(setting.situation().zones), full.calendar, setting.micros // MINUTE)
    return setting.micros - max(start for zone in spans for start, _ in zone)


def _having(setting: Setting, counting: Counting, sent: list[datetime]) -> Setting | None:
    contacts = tuple(_contact(setting, counting, at) for at in sent)
    after = replace(setting, contacts=contacts)
    return after if len(after.situation().times(counting)) == len(sent) else None


def _contact(setting: Setting, counting: Counting, at: datetime) -> Contact:
    """A message like this one, as far as the count takes such."""
    channel = setting.channel
    if counting.channels is not None and channel not in counting.channels:
        channel = min(counting.channels)
    elif counting.channels is None and not is_pushed(channel):
        channel = Channel.EMAIL
    offer = setting.offer or {}
    return Contact(
        channel=channel,
        at=at,
        purpose=setting.purpose if setting.purpose in counting.purposes else min(counting.purposes),
        scene=_one(setting.scene, counting.scenes),
        offer_id=_one(offer.get("id"), counting.offers),
        offer_category=_one(offer.get("category"), counting.categories),
        offer_kind=_one(offer.get("kind"), counting.kinds),
        pushed=is_pushed(channel),
        state="delivered",
    )


def _one(own: object, wanted: frozenset[str] | None) -> str | None:
    if wanted is not None and own not in wanted:
        return min(wanted)
    return None if own is None else str(own)


def _reopened(base: Typical, full: Full) -> Iterator[Case]:
    """The first message that goes again once the window is over."""
    setting, window = base.setting, full.window
    if window.kind == "rolling":
        step = window.micros // full.most // MINUTE * MINUTE
        sent = [before(setting.at, window.micros - step * place) for place in range(full.most)]
        after = _having(setting, full.counting, sent) if step else None
        thing_ja, some = _several(full.counting, full.most)
        ago_ja, ago_en = f"ちょうど{_length(window, 'ja')}前", f"exactly {_length(window, 'en')} ago"
        ja = f"{ago_ja}{'に' if full.most == 1 else 'から'}{thing_ja}{full.most:,}通受け取った"
        en = f"who received {some}{' ' if full.most == 1 else ', the first '}{ago_en}"
        yield from case(base, after, (), whom=Text(ja=ja, en=en))
        return
    after = _after(setting, full, full.most)
    if after is None or window.length > 1:
        return
    spans = calendar_spans(full.zones(setting.situation().zones), full.calendar, setting.micros // MINUTE)
    opening = instant(max(end for zone in spans for _, end in zone))
    unit = {"hour": "時間", "day": "日", "week": "週", "month": "月"}[window.unit]
    thing_ja, some = _several(full.counting, full.most)
    whom = Text(
        ja=f"前の{unit}に{thing_ja}{full.most:,}通受け取った", en=f"who received {some} in the {window.unit} before"
    )
    yield from timed(replace(base, setting=after), opening.astimezone(setting.at.tzinfo), whom=whom)


def _several(counting: Counting, count: int) -> tuple[str, str]:
    """What is counted, before its number in Japanese, and with it in English."""
    lines = (counting.channels, counting.scenes, counting.categories, counting.kinds, counting.offers)
    others, (channel, *more) = lines[1:], sorted(counting.channels or ("",))
    number = {0: "no", 1: "one"}.get(count, f"{count:,}")
    if channel in COUNTABLE and not more and others == (None,) * len(others):
        ja, en = NOUNS[channel]
        return f"{ja}を", f"{number} {en}{'' if count == 1 else 's'}"
    noun = f"{number} message{'' if count == 1 else 's'}"
    if lines == (None,) * len(lines):
        return "", noun if count else "nothing"
    return "対象の配信を", f"{noun} that {'counts' if count == 1 else 'count'}"


def _length(window: Window, language: str) -> str:
    return duration(window.micros // MINUTE, language)


def passing_ja(window: Window) -> str:
    """The window in Japanese, as it is spoken of in passing: 「直近7日間」, 「同じ週」."""
    named = window.kind == "calendar" and window.length == 1
    return WITHIN_JA[window.unit] if named else window.now()


def within(window: Window) -> str:
    """The window in English, as it is spoken of in passing: "within 7 days", "this calendar week"."""
    if window.kind == "rolling":
        return f"within {_length(window, 'en')}"
    return WITHIN_EN[window.unit] if window.length == 1 else window.each("en")


def gapped(rule: MinGap, base: Typical) -> Iterator[Case]:
    """A minute too early, just in time, and a minute later."""
    counting = rule.counts.seen_by(rule.scope, *base.setting.facts())
    for length in (rule.length - 1, rule.length, rule.length + 1):
        if length:
            setting = _having(base.setting, counting, [before(base.setting.at, length * MINUTE)])
            ja = f"前の配信から{_spelled(length, 'ja')}後の"
            en = f"{_spelled(length, 'en')} after the previous message"
            yield from case(base, setting, (), when=Text(ja=ja, en=en))


def _spelled(total: int, language: str) -> str:
    """A length of time in days, hours and minutes."""
    days, rest = divmod(total, 1440)
    parts = ((days * 1440) if days else 0, rest // 60 * 60, rest % 60)
    said = [duration(part, language) for part in parts if part]
    return ("" if language == "ja" else " ").join(said)


def exclusive(rule: Exclusivity, base: Typical) -> Iterator[Case]:
    """A campaign alone, beside another, and once the other's window is over."""
    mine, other = rule.groups[0], rule.groups[1]
    counting = other.counts.seen_by(rule.scope, *base.setting.facts())
    full = Full(counting, rule.window, 1)
    ja, en = other.name.either("ja"), other.name.either("en")
    now, passing = passing_ja(rule.window), within(rule.window)
    none = Text(ja=f"「{ja}」を受け取っていない", en=f'who received no "{en}"')
    one = Text(ja=f"{now}に「{ja}」を受け取った", en=f'who received "{en}" {passing}')
    what = Text(ja=f"「{mine.name.either('ja')}」の", en=f'for "{mine.name.either("en")}"')
    yield from case(base, base.setting, (), whom=none, what=what)
    yield from case(base, _after(base.setting, full, 1), (), whom=one, what=what)
    if rule.window.kind == "rolling":
        over = _having(base.setting, counting, [before(base.setting.at, rule.window.micros)])
        past = Text(
            ja=f"ちょうど{_length(rule.window, 'ja')}前に「{ja}」を受け取った",
            en=f'who received "{en}" exactly {_length(rule.window, "en")} ago',
        )
        yield from case(base, over, (), whom=past, what=what)

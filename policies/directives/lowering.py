"""Lowering: a frame becomes typed rules, one for each alternative of its scope."""

import hashlib
import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import cast

from domain.channel import Channel
from domain.language import Text
from policies.counting import Counts, Line
from policies.directives import promises
from policies.directives.atom import AUDIENCE, Sense
from policies.directives.frame import Days, Frame, Pick
from policies.directives.frames.clocks import DAY
from policies.directives.scoping import OFFER_DIMENSIONS, Common, audience_of, scope_of
from policies.directives.timetables import timetable
from policies.rule import Source
from policies.rules import AnyRule
from policies.rules.approval import Approval
from policies.rules.audience_exclusion import AudienceExclusion
from policies.rules.budget import Budget
from policies.rules.channel_permit import ChannelPermit
from policies.rules.channel_priority import ChannelPriority
from policies.rules.consent import ConsentRule
from policies.rules.discount_ceiling import DiscountCeiling
from policies.rules.forbidden_phrase import ForbiddenPhrase
from policies.rules.frequency_cap import FrequencyCap
from policies.rules.length import Length
from policies.rules.min_gap import MinGap
from policies.rules.offer_eligibility import OfferEligibility
from policies.rules.required_phrase import RequiredPhrase
from policies.rules.sensitive_attribute import SensitiveAttribute
from policies.rules.tone import Tone
from policies.rules.volume_cap import VolumeCap
from policies.scope import Scope
from policies.windows import Window

MINUTES = {"minute": 1, "hour": 60, "day": DAY, "week": 7 * DAY, "month": 30 * DAY, "year": 365 * DAY}


ABOUT: frozenset[Line] = frozenset(("scenes", "categories", "kinds"))
"""What a message may have been about that the other one waits after."""


def rules_of(whole: Frame, directive: int, start: int, end: int, text: str, japanese: bool) -> tuple[AnyRule, ...]:
    """The rules of a frame, with the words and the place that they come from."""
    found: list[AnyRule] = []
    for number, (frame, pick) in enumerate(itertools.product(_periods(whole), whole.scopes.alternatives)):
        common = provenance(directive, (start, end), text, f"{frame.kind}:{number}", japanese=japanese)
        if frame.soft:
            common["severity"] = "soft"
        found += LOWERINGS[frame.kind](frame, pick, common) if frame.kind in LOWERINGS else ()
    return tuple(_apart(found))


def _periods(frame: Frame) -> tuple[Frame, ...]:
    """The frame for each stretch of days that it names; most name none or one."""
    further = cast("tuple[Days, ...]", frame.values.get("further") or ())
    rest = {name: value for name, value in frame.values.items() if name != "further"}
    return (frame, *(replace(frame, values={**rest, "dates": days}) for days in further))


def provenance(directive: int, span: tuple[int, int], text: str, kind: str, *, japanese: bool) -> Common:
    """Where a rule is from: its id, its name in the marketer's words, the clause and the layer."""
    name, _, number = kind.partition(":")
    mark = hashlib.sha256(f"{directive}:{span[0]}:{text}:{number or 0}".encode("utf-8", "surrogatepass")).hexdigest()[
        :8
    ]
    shown = text if len(text) <= 80 else f"{text[:79]}…"
    return {
        "id": f"directive-{directive + 1}-{name}-{mark}",
        "name": Text(ja=shown) if japanese else Text(en=shown),
        "source": Source(directive=str(directive), clause=text, span=span),
        "layer": "directive",
    }


def _apart(rules: list[AnyRule]) -> Iterator[AnyRule]:
    """Rules of one clause under ids of their own."""
    for number, rule in enumerate(rules):
        yield rule if number == 0 else rule.model_copy(update={"id": f"{rule.id}-{number + 1}"})


def _cap(frame: Frame, pick: Pick, common: Common) -> Iterator[AnyRule]:
    span = cast(Sense, frame.values["span"])
    window = window_of(span)
    for part in _split(pick, bool(frame.values.get("each"))):
        yield FrequencyCap.model_validate(
            {
                **common,
                "scope": scope_of(frame, part),
                "max": frame.values["max"],
                "window": window,
                "counts": _counts(part),
            }
        )


def _counts(pick: Pick) -> Counts:
    return Counts.model_validate({"kinds": pick["kinds"]}) if "kinds" in pick else Counts()


def _split(pick: Pick, each: bool) -> Iterator[Pick]:
    """Each channel, kind of message or category for itself, where that was said."""
    name = next(
        (
            name
            for name in ("channels", "scenes", "categories")
            if isinstance(pick.get(name), frozenset) and len(cast("frozenset[str]", pick[name])) > 1
        ),
        None,
    )
    if not each or name is None:
        yield pick
        return
    for value in sorted(cast("frozenset[str]", pick[name])):
        yield {**pick, name: frozenset((value,))}


def window_of(span: Sense) -> Window:
    """The window of a period: days on the calendar, weeks and months rolling, unless the calendar is named."""
    length = int(span.number or 1)
    if span.name == "year":
        return Window(kind="rolling", unit="day", length=365 * length)
    if span.name == "day" or span.low:
        return Window(kind="calendar", unit=span.name, length=length)  # type: ignore[arg-type]  # units of the tables
    return Window(kind="rolling", unit=span.name, length=length)  # type: ignore[arg-type]  # units of the tables


def _gap(frame: Frame, pick: Pick, common: Common) -> Iterator[AnyRule]:
    span = cast(Sense, frame.values["span"])
    after = cast("frozenset[str]", frame.values.get("after") or frozenset())
    if span.name == "day" and span.high == 2:
        window = Window(kind="calendar", unit="day", length=int(span.number or 1))
        yield FrequencyCap.model_validate({**common, "scope": scope_of(frame, pick), "max": 1, "window": window})
        return
    minutes = int((span.number or 1) * MINUTES[span.name])
    days, rest = divmod(minutes, DAY)
    counts = Counts(channels=frozenset(map(Channel, after)), any=ABOUT & pick.keys()) if after else Counts()
    length = {name: value for name, value in (("days", days), ("hours", rest // 60), ("minutes", rest % 60)) if value}
    yield MinGap.model_validate({**common, "scope": scope_of(frame, pick), "counts": counts, **length})


def _ban(frame: Frame, pick: Pick, common: Common) -> Iterator[AnyRule]:
    """A full no: by channel, by offer or by audience, whichever is spoken of."""
    excepted = frame.scopes.excepted
    for_purpose = bool(frame.values.get("only")) and any("purposes" in one for one in excepted)

    def within(*without: str) -> Scope:
        return scope_of(frame, pick, without=frozenset(without), every_purpose=for_purpose)

    wanted = excepted[0] if len(excepted) == 1 else {}
    if set(wanted) == {"channels"} and "channels" not in pick:
        yield ChannelPermit.model_validate({**common, "scope": within("excepted"), "allow": wanted["channels"]})
    elif wanted and set(wanted) <= set(AUDIENCE) and set(pick) & set(OFFER_DIMENSIONS) and not audience_of(pick):
        fields = {"scope": within("excepted"), "audience": audience_of(wanted)}
        yield OfferEligibility.model_validate({**common, **fields})
    elif "channels" in pick:
        yield ChannelPermit.model_validate({**common, "scope": within("channels"), "deny": pick["channels"]})
    elif audience := audience_of(pick):
        yield AudienceExclusion.model_validate({**common, "scope": within("audience"), "audience": audience})
    else:
        yield ChannelPermit.model_validate({**common, "scope": within(), "deny": frozenset(Channel)})


def _discount(frame: Frame, pick: Pick, common: Common) -> Iterator[AnyRule]:
    values = frame.values
    limit: Common = (
        {"max_percent": values["percent"]}
        if "percent" in values
        else {"max_amount": {cast(str, values["currency"]): values["amount"]}}
    )
    below = {"below": True} if values.get("below") else {}
    yield DiscountCeiling.model_validate({**common, "scope": scope_of(frame, pick), **limit, **below})


def _offer(frame: Frame, pick: Pick, common: Common) -> Iterator[AnyRule]:
    conditions: dict[str, Common] = {
        "stock": {"in_stock": True},
        "margin": {"min_margin_percent": frame.values.get("margin")},
        "price": {"min_price": frame.values.get("min"), "max_price": frame.values.get("max")},
    }
    yield OfferEligibility.model_validate({**common, "scope": scope_of(frame, pick), **conditions[frame.kind]})


def _consent(frame: Frame, pick: Pick, common: Common) -> Iterator[AnyRule]:
    yield ConsentRule.model_validate({**common, "scope": scope_of(frame, pick)})


def _forbid(frame: Frame, pick: Pick, common: Common) -> Iterator[AnyRule]:
    yield ForbiddenPhrase.model_validate(
        {
            **common,
            "scope": scope_of(frame, pick, every_purpose=True),
            "phrases": frame.values["phrases"],
            **_part_of(frame),
        }
    )


def _part_of(frame: Frame) -> Common:
    return {"part": frame.values["part"]} if frame.values.get("part") else {}


def _require(frame: Frame, pick: Pick, common: Common) -> Iterator[AnyRule]:
    yield RequiredPhrase.model_validate(
        {
            **common,
            "scope": scope_of(frame, pick),
            "phrases": frame.values["phrases"],
            "position": frame.values["position"],
            **_part_of(frame),
        }
    )


def _disclose(frame: Frame, pick: Pick, common: Common) -> Iterator[AnyRule]:
    told = {"disclosures": frame.values["disclosures"], **_part_of(frame)}
    yield RequiredPhrase.model_validate({**common, "scope": scope_of(frame, pick), **told})


def _length(frame: Frame, pick: Pick, common: Common) -> Iterator[AnyRule]:
    part = frame.values.get("part") or "body"
    if part == "subject" and "channels" not in pick:
        pick = {**pick, "channels": frozenset(("email",))}
    yield Length.model_validate(
        {
            **common,
            "scope": scope_of(frame, pick, every_purpose=True),
            "part": part,
            "max": max(1, cast(int, frame.values["max"])),
        }
    )


def _tone(frame: Frame, pick: Pick, common: Common) -> Iterator[AnyRule]:
    styles = cast("frozenset[str]", frame.values["styles"])
    measured: Common = {"polite_share": 0.9} if "polite" in styles else {}
    if "few_emoji" in styles:
        measured["emoji_max"] = 1
    yield Tone.model_validate(
        {**common, "scope": scope_of(frame, pick, every_purpose=True), "severity": "soft", "styles": styles, **measured}
    )


def _priority(frame: Frame, pick: Pick, common: Common) -> Iterator[AnyRule]:
    yield ChannelPriority.model_validate(
        {**common, "scope": scope_of(frame, pick), "severity": "soft", "order": frame.values["order"]}
    )


def _volume(frame: Frame, pick: Pick, common: Common) -> Iterator[AnyRule]:
    yield VolumeCap.model_validate(
        {**common, "scope": scope_of(frame, pick), "max": frame.values["max"], "per": frame.values["per"]}
    )


def _budget(frame: Frame, pick: Pick, common: Common) -> Iterator[AnyRule]:
    money = {name: frame.values[name] for name in ("amount", "currency", "per")}
    yield Budget.model_validate({**common, "scope": scope_of(frame, pick), **money})


def _approval(frame: Frame, pick: Pick, common: Common) -> Iterator[AnyRule]:
    lines = {name: frame.values[name] for name in ("discount_over", "audience_larger_than") if name in frame.values}
    when = {"when": lines} if lines else {}
    yield Approval.model_validate({**common, "scope": scope_of(frame, pick), **when})


def _sensitive(frame: Frame, pick: Pick, common: Common) -> Iterator[AnyRule]:
    scope = scope_of(frame, pick, every_purpose=True)
    yield SensitiveAttribute.model_validate({**common, "scope": scope, "topics": frame.values["topics"]})


def _marks(frame: Frame, pick: Pick, common: Common) -> Iterator[AnyRule]:
    kinds = cast("frozenset[str]", frame.values["kinds"])
    limits = {f"{kind}_max": frame.values["max"] for kind in sorted(kinds)}
    scope = scope_of(frame, pick, every_purpose=True)
    yield Tone.model_validate({**common, "scope": scope, "severity": "soft" if frame.soft else "hard", **limits})


LOWERINGS: Mapping[str, Callable[[Frame, Pick, Common], Iterator[AnyRule]]] = {
    "cap": _cap,
    "gap": _gap,
    "hours": timetable,
    "ban": _ban,
    "discount": _discount,
    "stock": _offer,
    "margin": _offer,
    "price": _offer,
    "consent": _consent,
    "forbid": _forbid,
    "require": _require,
    "disclose": _disclose,
    "length": _length,
    "tone": _tone,
    "priority": _priority,
    "volume": _volume,
    "budget": _budget,
    "approval": _approval,
    "sensitive": _sensitive,
    "marks": _marks,
    "claims": promises.claims,
    "links": promises.links,
    "language": promises.language,
    "sample": promises.sample,
    "order": promises.order,
}

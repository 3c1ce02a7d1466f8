"""Stricter: whether a changed rule surely forbids all that it forbade before; what is not known counts as looser."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.channel import PUSHED, Channel
from policies.audience import Audience
from policies.rule import Rule
from policies.rules import AnyRule
from policies.scope import DateRange, Offers, Scope

SAID = frozenset(("id", "name", "note", "owner", "source", "on_block", "weight", "better", "type"))
"""Fields that change what is said, counted as preferred or done next, never what is forbidden."""

Test = Callable[[Any, Any], bool]
"""Whether the second value forbids at least what the first forbids."""


def lower(old: Any, new: Any) -> bool:
    """A smaller limit forbids more; a limit that comes or goes may mean something else."""
    return old is not None and new is not None and new <= old


def higher(old: Any, new: Any) -> bool:
    """A larger demand forbids more."""
    return new is not None and (old is None or new >= old)


def more(old: Any, new: Any) -> bool:
    """A longer list of what is forbidden forbids more."""
    return set(old or ()) <= set(new or ())


def fewer(old: Any, new: Any) -> bool:
    """A shorter list of what is let through forbids more."""
    return set(new or ()) <= set(old or ())


def _fewer_or_new(old: Any, new: Any) -> bool:
    return new is not None and (old is None or set(new) <= set(old))


def _limits(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Limits by currency: one that is gone forbids that currency, a new one lets it through."""
    return all(currency in old and limit <= old[currency] for currency, limit in new.items())


STRICTER: Mapping[tuple[str, str], Test] = {
    ("frequency_cap", "max"): lower,
    ("volume_cap", "max"): lower,
    ("budget", "amount"): lower,
    ("length", "max"): lower,
    ("creepiness", "most"): lower,
    ("label", "within"): lower,
    ("label", "words"): fewer,
    ("holdout", "share"): higher,
    ("sample_review", "first"): higher,
    ("sample_review", "share"): higher,
    ("claim_evidence", "concepts"): more,
    ("claim_evidence", "phrases"): more,
    ("sensitive_attribute", "topics"): more,
    ("required_phrase", "disclosures"): more,
    ("llm_data", "fields"): fewer,
    ("audience_exclusion", "audience"): lambda old, new: _audience(old, new),
    ("discount_ceiling", "max_percent"): lower,
    ("discount_ceiling", "max_amount"): _limits,
    ("forbidden_phrase", "phrases"): more,
    ("forbidden_phrase", "exceptions"): fewer,
    ("forbidden_phrase", "unless_fact"): lambda old, new: new is None,
    ("suppression", "tags"): more,
    ("suppression", "segments"): more,
    ("url_allow", "domains"): fewer,
    ("consent", "needs"): lambda old, new: new == "yes",
    ("quiet_hours", "days"): more,
    ("quiet_hours", "holidays"): lambda old, new: bool(new),
    ("channel_permit", "deny"): more,
    ("channel_permit", "allow"): _fewer_or_new,
    ("offer_eligibility", "min_margin_percent"): higher,
    ("offer_eligibility", "min_price"): higher,
    ("offer_eligibility", "max_price"): lambda old, new: new is not None and (old is None or new <= old),
    ("offer_eligibility", "in_stock"): lambda old, new: old is None,
    ("offer_eligibility", "tags"): _fewer_or_new,
    ("offer_eligibility", "without_tags"): more,
}
"""What is known of single fields; a field that is not here counts as looser as soon as it changes."""


SHARED: Mapping[str, Test] = {
    "severity": lambda old, new: bool(new == "hard"),
    "layer": lambda old, new: bool(old != "law"),
    "valid_from": lambda old, new: new is None or (old is not None and new <= old),
    "valid_until": lambda old, new: new is None or (old is not None and new >= old),
}
"""The same for fields that all rules have."""


def loosened(old: AnyRule, new: AnyRule) -> tuple[str, ...]:
    """The fields of `new` by which it may let through what `old` forbids; none where it is at least as strict."""
    if old.severity == "soft":
        return ()
    if type(old) is not type(new):
        return ("type",)
    return tuple(name for name in type(old).model_fields if name not in SAID and not _holds(name, old, new))


def differs(old: AnyRule, new: AnyRule) -> tuple[str, ...]:
    """The fields in which two versions of a rule differ."""
    if type(old) is not type(new):
        return ("type",)
    return tuple(name for name in type(old).model_fields if getattr(old, name) != getattr(new, name))


def _holds(name: str, old: AnyRule, new: AnyRule) -> bool:
    before, after = getattr(old, name), getattr(new, name)
    if before == after:
        return True
    if name in SHARED:
        return SHARED[name](before, after)
    if name == "scope":
        return covers(before, after, old.reach)
    if old.kind == "min_gap" and name in ("days", "hours", "minutes"):
        return bool(getattr(new, "length", 0) >= getattr(old, "length", 0))
    if old.kind == "quiet_hours" and name in ("start", "end"):
        return _minutes(old) <= _minutes(new)
    test = STRICTER.get((old.kind, name))
    return test is not None and test(before, after)


def _minutes(rule: Rule) -> set[int]:
    """The minutes of a daily window, counted from the midnight before it begins, so that weekdays stay with it."""
    start, end = (getattr(rule, name) for name in ("start", "end"))
    first, last = start.hour * 60 + start.minute, end.hour * 60 + end.minute
    return set(range(first, last if last > first else last + 1440))


def covers(old: Scope, new: Scope, reach: str) -> bool:
    """Whether `new` applies wherever `old` does."""
    return (
        _channels(old.channels, new.channels, reach)
        and new.purposes >= old.purposes
        and _wider(old.scenes, new.scenes)
        and _wider(old.languages, new.languages)
        and _offers(old.offers, new.offers)
        and _audience(old.audience, new.audience)
        and all(one in old.excepted for one in new.excepted)
        and _dates(old.dates, new.dates)
    )


def _wider(old: frozenset[Any] | None, new: frozenset[Any] | None) -> bool:
    return new is None or (old is not None and new >= old)


def _channels(old: frozenset[Channel] | None, new: frozenset[Channel] | None, reach: str) -> bool:
    """Left out means every channel, or every pushed one where the rule reaches only those."""
    if new is None:
        return reach == "any" or old is None or old <= PUSHED | {Channel.CALL}
    if old is None:
        return new >= (frozenset(Channel) if reach == "any" else PUSHED | {Channel.CALL})
    return new >= old


def _offers(old: Offers | None, new: Offers | None) -> bool:
    if new is None or old is None:
        return new is None
    if old.discounted != new.discounted and new.discounted is not None:
        return False
    sets = [name for name in Offers.model_fields if name != "discounted"]
    return all(_wider(getattr(old, name), getattr(new, name)) for name in sets)


def _audience(old: Audience | None, new: Audience | None) -> bool:
    if new is None or old is None:
        return new is None
    return all(_audience_line(name, getattr(old, name), getattr(new, name)) for name in Audience.model_fields)


def _audience_line(name: str, old: Any, new: Any) -> bool:
    if old == new:
        return True
    if name.startswith("without_"):
        return new is None or (old is not None and new <= old)
    if isinstance(old, frozenset) or isinstance(new, frozenset):
        return _wider(old, new)
    return new is None or new == {}


def _dates(old: DateRange | None, new: DateRange | None) -> bool:
    if new is None or old is None:
        return new is None or (new.first is None and new.last is None)
    begins = new.first is None or (old.first is not None and new.first <= old.first)
    return begins and (new.last is None or (old.last is not None and new.last >= old.last))

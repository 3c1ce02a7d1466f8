"""Shapes: the JSON schema of the rules that a clause may become, for a reader that is not the grammar."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args

from pydantic import TypeAdapter

from policies.rule import Rule
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
from policies.rules.priority import Priority
from policies.rules.quiet_hours import QuietHours
from policies.rules.required_phrase import RequiredPhrase
from policies.rules.send_window import SendWindow
from policies.rules.sensitive_attribute import SensitiveAttribute
from policies.rules.suppression import Suppression
from policies.rules.tone import Tone
from policies.rules.volume_cap import VolumeCap

SAYABLE: tuple[type[Rule], ...] = (
    Approval,
    AudienceExclusion,
    Budget,
    ChannelPermit,
    ChannelPriority,
    ConsentRule,
    DiscountCeiling,
    ForbiddenPhrase,
    FrequencyCap,
    Length,
    MinGap,
    OfferEligibility,
    Priority,
    QuietHours,
    RequiredPhrase,
    SendWindow,
    SensitiveAttribute,
    Suppression,
    Tone,
    VolumeCap,
)
"""Types that a directive may become; each of them only ever forbids, or prefers."""
GIVEN = frozenset(("id", "name", "note", "owner", "layer", "source", "on_block", "weight", "from", "until"))
"""What is not the reader's to say: whose a rule is, what it is called, and what becomes of it."""
FOR_PEOPLE = frozenset(("title", "description", "default", "discriminator"))
TYPES: Mapping[str, type[Rule]] = {kind.model_fields["type"].default: kind for kind in SAYABLE}
Node = dict[str, Any]


@cache
def rule_schema() -> Node:
    """The schema of one rule, with everything that it leans on under `$defs`."""
    whole = TypeAdapter(AnyRule).json_schema()
    names = {kind.__name__ for kind in get_args(get_args(AnyRule)[0])}
    sayable = {kind.__name__ for kind in SAYABLE}
    defined = {
        name: _rule(plain) if name in names else plain
        for name, node in whole["$defs"].items()
        if (plain := _plain(node)) and (name not in names or name in sayable)
    }
    used = set[str]()
    for name in sorted(sayable):
        _reach(name, defined, used)
    any_of = [{"$ref": f"#/$defs/{name}"} for name in sorted(sayable)]
    return {"anyOf": any_of, "$defs": {name: defined[name] for name in sorted(used)}}


def _plain(node: Any) -> Any:
    """The schema without what is written for people."""
    if isinstance(node, list):
        return [_plain(one) for one in node]
    if not isinstance(node, dict):
        return node
    return {
        name: {inner: _plain(one) for inner, one in value.items()} if name == "properties" else _plain(value)
        for name, value in node.items()
        if name not in FOR_PEOPLE
    }


def _rule(node: Node) -> Node:
    """The schema of a type without what is not the reader's to say."""
    kept = {name: one for name, one in node["properties"].items() if name not in GIVEN}
    needed = ["type", *(name for name in node.get("required", ()) if name in kept and name != "type")]
    return {**node, "properties": kept, "required": needed}


def _reach(name: str, defined: Mapping[str, Node], used: set[str]) -> None:
    if name not in used:
        used.add(name)
        for other in _references(defined[name]):
            _reach(other, defined, used)


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for one in node:
            yield from _references(one)
    elif isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"].rpartition("/")[2]
        for one in node.values():
            yield from _references(one)

"""Lines: those of a directive that read a rule back are heard as that rule, whatever stands around them."""

import re
from collections.abc import Iterator

from policies.audience import Audience
from policies.directives.dangers import sensitive
from policies.directives.lowering import provenance
from policies.directives.text import is_japanese
from policies.readback.heard import heard
from policies.rules import AnyRule
from policies.rules.offer_eligibility import OfferEligibility

LINE = re.compile(r"[^\n]+")
DOT = re.compile(r"\s*(?:[・\-*]\s*)?")
OWN = {"id", "name", "source", "layer", "owner", "note"}


def lines_of(directive: int, text: str) -> Iterator[tuple[int, int, AnyRule | None]]:
    """The stretches of a directive: each line that is a rule, and between them the text that is read as prose."""
    prose = 0
    for line in LINE.finditer(text):
        start = line.start() + len(DOT.match(line[0])[0])  # type: ignore[index]  # the pattern matches nothing at least
        end = line.start() + len(line[0].rstrip())
        rule = _rule(directive, start, end, text[start:end])
        if rule is not None:
            if text[prose:start].strip():
                yield prose, line.start(), None
            yield start, end, rule
            prose = end
    if text[prose:].strip() or prose == 0:
        yield prose, len(text), None


def _rule(directive: int, start: int, end: int, sentence: str) -> AnyRule | None:
    japanese = is_japanese(sentence)
    common = provenance(directive, (start, end), sentence, "rule", japanese=japanese)
    rule = heard(sentence, common)
    return None if isinstance(rule, OfferEligibility) and rule.audience and _delicate(rule.audience) else rule


def _delicate(audience: Audience) -> bool:
    """Whether customers are chosen by what nobody should know of them, under whatever name."""
    held = (audience.tags, audience.segments, audience.attributes)
    return any(sensitive(word.lower()) for names in held for word in names or ())


def same_meaning(one: AnyRule, other: AnyRule) -> bool:
    """Whether two rules differ in nothing but whose they are and how they are called."""
    if one.kind != other.kind:
        return False
    return all(getattr(one, name) == getattr(other, name) for name in type(one).model_fields if name not in OWN)

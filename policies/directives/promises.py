"""Promises: what is pledged about copy and about who looks at it, as typed rules."""

from collections.abc import Iterator

from policies.directives.frame import Frame, Pick
from policies.directives.scoping import Common, scope_of
from policies.rules import AnyRule
from policies.rules.claim_evidence import ClaimEvidence
from policies.rules.language import InLanguage
from policies.rules.priority import Priority
from policies.rules.sample_review import SampleReview
from policies.rules.url_allow import UrlAllow


def claims(frame: Frame, pick: Pick, common: Common) -> Iterator[AnyRule]:
    """Proof for claims."""
    told = {name: frame.values[name] for name in ("concepts", "phrases")}
    yield ClaimEvidence.model_validate({**common, "scope": scope_of(frame, pick, every_purpose=True), **told})


def links(frame: Frame, pick: Pick, common: Common) -> Iterator[AnyRule]:
    """Links to our own site alone."""
    yield UrlAllow.model_validate({**common, "scope": scope_of(frame, pick, every_purpose=True)})


def language(frame: Frame, pick: Pick, common: Common) -> Iterator[AnyRule]:
    """Copy in the customer's language."""
    yield InLanguage.model_validate({**common, "scope": scope_of(frame, pick, every_purpose=True)})


def sample(frame: Frame, pick: Pick, common: Common) -> Iterator[AnyRule]:
    """The first messages before people."""
    yield SampleReview.model_validate({**common, "scope": scope_of(frame, pick), "first": frame.values["first"]})


def order(frame: Frame, pick: Pick, common: Common) -> Iterator[AnyRule]:
    """Which scenes come first; a wish."""
    ranked = {"severity": "soft", "scenes": frame.values["scenes"]}
    yield Priority.model_validate({**common, "scope": scope_of(frame, pick), **ranked})

"""Inspection: every rule about copy, on the words as they will be read."""

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

from domain.message import Message
from domain.sender import Sender
from policies.facts import Action, Situation
from policies.finding import Finding
from policies.inspection.claims import unproven
from policies.inspection.comparisons import unproven_comparisons
from policies.inspection.grounded import ungrounded
from policies.inspection.leaks import leaked
from policies.inspection.lengths import too_long
from policies.inspection.manner import out_of_tone
from policies.inspection.reading import Reader, Reading
from policies.inspection.remarks import too_near
from policies.inspection.required import missing, unlabelled
from policies.inspection.sensitive import ascribing
from policies.inspection.sites import foreign_links
from policies.inspection.tongue import in_other_words
from policies.inspection.words import ForbiddenWords
from policies.python import Clause, compile_station
from policies.rules import AnyRule
from policies.rules.claim_evidence import ClaimEvidence
from policies.rules.creepiness import Creepiness
from policies.rules.grounding import Grounding
from policies.rules.label import Label
from policies.rules.language import InLanguage
from policies.rules.length import Length
from policies.rules.pii_leak import PiiLeak
from policies.rules.reference_price import ReferencePrice
from policies.rules.required_phrase import RequiredPhrase
from policies.rules.sensitive_attribute import SensitiveAttribute
from policies.rules.tone import Tone
from policies.rules.url_allow import UrlAllow

CHECKS: Mapping[type, Callable[..., Iterator[Finding]]] = {
    Length: too_long,
    Grounding: ungrounded,
    UrlAllow: foreign_links,
    PiiLeak: leaked,
    ClaimEvidence: unproven,
    SensitiveAttribute: ascribing,
    Creepiness: too_near,
    InLanguage: in_other_words,
    RequiredPhrase: missing,
    Label: unlabelled,
    Tone: out_of_tone,
    ReferencePrice: unproven_comparisons,
}
"""What each type of rule looks for, as `(rule, reading) -> findings`; phrases are searched all at once."""


class Inspector:
    """The copy rules of one book, compiled once: its hard rules, or its soft ones."""

    def __init__(
        self,
        rules: Sequence[AnyRule],
        sender: Sender,
        severity: Literal["hard", "soft"] = "hard",
        reader: Reader | None = None,
    ) -> None:
        chosen = [rule for rule in rules if "inspect" in rule.stations and rule.severity == severity]
        clauses = [Clause(bit, f"{rule.id} ({rule.type})", rule.looks_at()) for bit, rule in enumerate(chosen)]
        self._applies = compile_station("inspect", clauses, certain=severity == "soft")
        self._checks = tuple((bit, CHECKS[type(rule)], rule) for bit, rule in enumerate(chosen) if type(rule) in CHECKS)
        self.reader = reader or Reader(sender)
        self._words = ForbiddenWords(chosen)

    @property
    def source(self) -> str:
        """The generated function that says which copy rules apply."""
        return self._applies.source

    def inspect(self, s: Situation, a: Action, message: Message) -> tuple[Finding, ...]:
        """Everything the rules object to, each finding once."""
        if a.language != message.language:
            a = dataclasses.replace(a, language=message.language)
        bits = self._applies.test(s, a)
        if not bits:
            return ()
        faces = (self.reader.read(s, a, face) for face in message.faces())
        return tuple(dict.fromkeys(found for reading in faces for found in self._found(bits, reading)))

    def _found(self, bits: int, reading: Reading) -> Iterator[Finding]:
        yield from self._words.findings(bits, reading)
        for bit, check, rule in self._checks:
            if bits >> bit & 1:
                yield from check(rule, reading)

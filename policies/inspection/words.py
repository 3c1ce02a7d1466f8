"""Words: the forbidden phrases of a book, looked for in one pass over each part."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from domain.language import Text
from policies.finding import Finding
from policies.inspection.entries import Forbidden
from policies.inspection.morphology import AVAILABLE, JAPANESE
from policies.inspection.phrases import Hit, PhraseIndex
from policies.inspection.reading import Part, Reading, finding
from policies.rules import AnyRule
from policies.rules.forbidden_phrase import ForbiddenPhrase


class ForbiddenWords:
    """Every forbidden phrase of some rules; a rule is known by its place among them."""

    def __init__(self, rules: Sequence[AnyRule]) -> None:
        self._rules: Mapping[int, ForbiddenPhrase] = {
            place: rule for place, rule in enumerate(rules) if isinstance(rule, ForbiddenPhrase)
        }
        self._index = PhraseIndex(
            [Forbidden(place, rule.phrases, rule.exceptions, rule.match) for place, rule in self._rules.items()]
        )

    def findings(self, bits: int, reading: Reading) -> Iterator[Finding]:
        """Phrases that stand in the message, of the rules whose bits are set."""
        facts = reading.a.offer.facts if reading.a.offer is not None else {}
        if not AVAILABLE:
            yield from self._unread(bits, reading)
        for part in reading.parts:
            for hit, fresh in self._hits(part):
                rule = self._rules[hit.rule]
                if not (fresh if rule.part is None else rule.part == part.name):
                    continue
                if bits >> hit.rule & 1 and not facts.get(rule.unless_fact or ""):
                    yield finding(rule, part.name, hit.text, _reason(rule, hit))

    def _hits(self, part: Part) -> Iterator[tuple[Hit, bool]]:
        """Phrases in a part, and whether no earlier part has shown the same line."""
        for line in part.every:
            for hit in self._index.in_line(line):
                yield hit, line in part.lines
        for one, two in pairwise(part.every):
            for hit in self._index.across(one, two):
                yield hit, True

    def _unread(self, bits: int, reading: Reading) -> Iterator[Finding]:
        """Without a dictionary nobody can say that Japanese words keep to these rules."""
        for part in reading.parts:
            if JAPANESE.search(part.text):
                for place in self._index.needs_words:
                    if bits >> place & 1:
                        yield finding(self._rules[place], part.name, part.text[:40], NO_DICTIONARY)
                return


NO_DICTIONARY = Text(
    ja="日本語の辞書がないため、文面を検査できません。sudachipy と sudachidict_core（extra: ja）を入れてください。",
    en="Japanese cannot be inspected without its dictionary. Install sudachipy and sudachidict_core (the extra `ja`).",
)


def _reason(rule: ForbiddenPhrase, hit: Hit) -> Text:
    better_ja, better_en = (rule.better.ja or "", rule.better.en or "") if rule.better else ("", "")
    return Text(
        ja=f"「{hit.phrase}」は使わない決まりです（{rule.name.either('ja')}）。{better_ja}",
        en=f'"{hit.phrase}" is not used here ({rule.name.either("en")}). {better_en}'.strip(),
    )

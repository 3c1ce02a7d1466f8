"""Endings: the forms of every verb of the tables, with what each of them says."""

from collections.abc import Iterator

from policies.directives import verbs
from policies.directives.atom import Sense, words
from policies.directives.lexicon import messages


def forms() -> Iterator[tuple[str, Sense]]:
    """Every form with what it says."""
    yield from _conjugated("send", verbs.SEND)
    yield from _conjugated("use", verbs.USE)
    yield from _conjugated("contain", verbs.CONTAIN)
    yield from ((form, Sense("priority")) for verb in verbs.PRIORITISE.split() for form in verbs.affirmatives(verb))
    for verb in verbs.OPEN.split():
        for link in verbs.OPEN_WITH:
            yield from ((link + form, Sense("ban", "use")) for form in verbs.negatives(verb))
            yield from ((link + form, Sense("opening")) for form in verbs.negatives(verb))
    for verb in verbs.EXCEED.split():
        for link in ("", "を", "が"):
            yield from ((link + form, Sense("most", "negated")) for form in verbs.negatives(verb))
            yield from ((link + form, Sense("above")) for form in verbs.affirmatives(verb))
    for verb in verbs.RESTRAIN.split():
        yield from ((form, Sense("ban")) for form in (*verbs.affirmatives(verb), *verbs.obligations(verb)))
    for verb in verbs.EXCLUDE.split():
        yield from ((form, Sense("outside")) for form in verbs.affirmatives(verb))
    for verb in verbs.PERMIT.split():
        yield from ((form, Sense("may")) for form in verbs.affirmatives(verb))
        yield from ((form, Sense("ban")) for form in verbs.negatives(verb))
    yield from ((word, Sense("send")) for word in words(messages.FORMS_EN))


def _conjugated(name: str, listed: str) -> Iterator[tuple[str, Sense]]:
    for verb in listed.split():
        yield from ((form, Sense("ban", name)) for form in verbs.negatives(verb))
        yield from ((form, Sense("do", name)) for form in verbs.affirmatives(verb))
        for form in verbs.obligations(verb):
            yield form, Sense("do", name)
            yield form, Sense("must")
        for form in verbs.permissions(verb):
            yield form, Sense("may", name)

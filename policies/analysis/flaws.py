"""Flaws: everything that can be found wrong with a playbook by looking at its rules alone."""

from collections.abc import Iterator, Sequence
from datetime import date

from domain.channel import Channel
from domain.scene import Scene
from policies.analysis.cover import closed
from policies.analysis.effects import dead_packs, idle_exceptions
from policies.analysis.flaw import Flaw
from policies.analysis.lowering import lowered
from policies.analysis.phrases import at_odds, without_room
from policies.analysis.shadow import shadowed
from policies.analysis.silence import caps_of_zero, expired, never_fires
from policies.book import Playbook
from policies.exception import loosen


def flaws(playbook: Playbook, today: date | None = None) -> tuple[Flaw, ...]:
    """Every flaw, the gravest kinds first; `today` also finds what is over, and closes what is closed on that day."""
    return tuple(_found(playbook, today))


def _found(playbook: Playbook, today: date | None) -> Iterator[Flaw]:
    rules = lowered(loosen(playbook.rules, playbook.exceptions))
    silent = [*never_fires(rules), *(expired(rules, today) if today is not None else ())]
    dumb = {flaw.rules[0] for flaw in silent}
    speaking = [one for one in rules if one.rule.id not in dumb]
    yield from closed(speaking, used(playbook.scenes), today)
    yield from at_odds(speaking, playbook.sender)
    yield from without_room(speaking)
    yield from silent
    yield from shadowed(speaking)
    yield from caps_of_zero(speaking)
    yield from idle_exceptions(playbook)
    yield from dead_packs(playbook, dumb)


def used(scenes: Sequence[Scene]) -> frozenset[Channel]:
    """The channels on which some scene plays; all of them where there are no scenes."""
    return frozenset(channel for scene in scenes for channel in scene.channels) or frozenset(Channel)

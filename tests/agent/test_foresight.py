"""Foresight: an event that makes a message likely has its words written ahead, and the intake never waits for it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from agent.foresight import Foresight
from domain.arrival import Arrival
from domain.channel import Channel
from domain.errors import Busy
from domain.journey import Due, cause_id
from evals.stub_scripts import writes
from records import prepared
from records.intake import Taken
from tests.agent.living import MAIL, SCENE, Living, living
from tests.agent.stage import run


@pytest.fixture
def play(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Living]:
    """A stage with a model that writes."""
    with living(tmp_path_factory.mktemp("home"), channels=frozenset({Channel.EMAIL}), trigger=None) as lived:
        lived.play(writes(MAIL))
        yield lived


def due(play: Living, guest: str, **more: object) -> Due:
    """A scene that an event starts."""
    now = play.scenery.clock.now()
    id, later = cause_id(SCENE, guest, "day"), now + timedelta(hours=1)
    known = Due(id, guest, SCENE, "day", later, later + timedelta(days=1), now, now)
    return known._replace(**more)  # type: ignore[arg-type]  # fields of a due


def followed(play: Living, foresight: Foresight, *dues: Due) -> None:
    """What a request brings, and then nothing under way any more."""

    async def all_of_it() -> None:
        foresight.follow(Taken(dues=dues))
        await foresight.rest()
        await play.scenery.parts.conductor.rest()

    run(all_of_it())


def ready(play: Living, guest: str) -> int:
    """How many words are ready for the guest."""
    stores, now = play.scenery.parts.stores, play.scenery.clock.now()
    return len(stores.read(lambda c: prepared.found(c, stores.vault, guest, SCENE, now)))


def foresight_of(play: Living) -> Foresight:
    """One of its own."""
    parts = play.scenery.parts
    return Foresight(parts.conductor, parts.instruments)


def test_words_are_ready_before_anybody_asks(play: Living) -> None:
    foresight, guest = foresight_of(play), play.guest()
    followed(play, foresight, due(play, guest))
    assert ready(play, guest) == 1


def test_one_occasion_is_begun_once_and_what_is_far_off_not_at_all(play: Living) -> None:
    foresight, guest, later = foresight_of(play), play.guest(), play.guest()
    far = play.scenery.clock.now() + timedelta(days=3)
    for _ in range(2):
        followed(play, foresight, due(play, guest), due(play, later, at=far), due(play, later, scene="nowhere"))
    assert len(play.requests) == 1
    play.scenery.clock.move(timedelta(minutes=11))
    followed(play, foresight, due(play, guest))
    assert len(play.requests) == 2


def test_a_house_that_is_full_is_left_alone(play: Living, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(ask: object) -> bool:
        raise Busy(64)

    foresight, guest = foresight_of(play), play.guest()
    monkeypatch.setattr(play.scenery.parts.conductor, "prepare_soon", full)
    followed(play, foresight, due(play, guest))
    assert ready(play, guest) == 0


def test_the_intake_sets_it_going(play: Living) -> None:
    parts, guest = play.scenery.parts, play.guest()
    seen: list[Taken] = []
    parts.intake.follow.append(seen.append)
    viewed = Arrival("m1", "track", play.scenery.clock.now(), "shop", user_id=guest, name="Product Added")
    run(parts.intake.take([viewed]))
    assert [one.scene for one in seen[0].dues] == ["cart_abandonment"]

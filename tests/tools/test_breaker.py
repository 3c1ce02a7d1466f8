"""The breaker: it opens after failures in a row, tries one request after a rest, and rests longer each time."""

import pytest

from domain.errors import ModelBusy
from tools.breaker import Breaker


class Watch:
    """A clock for the breaker."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def failed(breaker: Breaker, times: int = 1) -> None:
    """So many requests in a row that fail."""
    for _ in range(times):
        breaker.enter().failed()


def refused(breaker: Breaker) -> float:
    """How long a request is told to wait."""
    with pytest.raises(ModelBusy) as busy:
        breaker.enter()
    return busy.value.retry_after


def test_only_failures_in_a_row_open_it() -> None:
    breaker = Breaker(3, Watch())
    failed(breaker, 2)
    breaker.enter().succeeded()
    failed(breaker, 3)
    assert breaker.is_open
    assert refused(breaker) == 2.0


def test_after_a_rest_one_request_finds_out() -> None:
    watch = Watch()
    breaker = Breaker(1, watch)
    failed(breaker)
    watch.now = 2.5
    probe = breaker.enter()
    refused(breaker)
    probe.succeeded()
    assert not breaker.is_open
    breaker.enter()


def test_each_rest_is_longer_up_to_a_minute() -> None:
    watch = Watch()
    breaker, rests = Breaker(1, watch), []
    for _ in range(8):
        failed(breaker)
        rests.append(refused(breaker))
        watch.now += 61
    assert rests == [2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0, 60.0]


def test_many_that_fail_together_are_one_outage() -> None:
    breaker = Breaker(5, Watch())
    many = [breaker.enter() for _ in range(65)]
    for one in many[:64]:
        one.failed()
    assert refused(breaker) == 2.0
    many[64].failed(20.0)
    assert refused(breaker) == 20.0


def test_a_server_may_ask_for_a_longer_rest() -> None:
    breaker = Breaker(1, Watch())
    breaker.enter().failed(20.0)
    assert refused(breaker) == 20.0


def test_a_request_that_is_given_up_makes_way_for_the_next() -> None:
    watch = Watch()
    breaker = Breaker(1, watch)
    failed(breaker)
    watch.now = 3.0
    breaker.enter().left()
    breaker.enter()


def test_it_can_be_turned_off() -> None:
    breaker = Breaker(0, Watch())
    failed(breaker, 100)
    breaker.enter()


def test_whoever_has_little_time_shuts_out_nobody_who_has_more() -> None:
    breaker = Breaker(3, Watch())
    for _ in range(3):
        breaker.enter(0.2).ran_out()
    assert breaker.is_open
    with pytest.raises(ModelBusy):
        breaker.enter(0.3)
    breaker.enter(3.0).succeeded(0.25)
    with pytest.raises(ModelBusy):
        breaker.enter(0.2)
    breaker.enter(3.0).ran_out()
    with pytest.raises(ModelBusy):
        breaker.enter(3.0)


def test_an_answer_in_the_time_that_the_others_had_ends_it_for_all() -> None:
    watch = Watch()
    breaker = Breaker(1, watch)
    breaker.enter(0.2).ran_out()
    watch.now = 2.5
    breaker.enter(0.2).succeeded(0.1)
    assert not breaker.is_open
    breaker.enter(0.01)


def test_answers_that_take_long_do_not_excuse_those_that_do_not_come() -> None:
    breaker = Breaker(3, Watch())
    for _ in range(3):
        breaker.enter(0.2).ran_out()
        breaker.enter(3.0).succeeded(0.25)
    assert breaker.is_open


def test_a_server_that_is_away_is_away_for_the_patient_too() -> None:
    breaker = Breaker(1, Watch())
    failed(breaker)
    with pytest.raises(ModelBusy):
        breaker.enter(1000.0)


def test_whoever_was_on_the_way_before_says_nothing_of_the_one_that_finds_out() -> None:
    watch = Watch()
    breaker = Breaker(1, watch)
    straggler = breaker.enter()
    failed(breaker)
    watch.now = 2.5
    probe = breaker.enter()
    straggler.failed()
    straggler.left()
    refused(breaker)
    probe.succeeded()
    assert not breaker.is_open

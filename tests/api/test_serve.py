"""serve: what is set up before the first request."""

import gc
import os

import pytest

from agent.settings import Settings
from api.commands.serve import pin_to, settle_memory
from domain.errors import Malformed


def test_a_process_can_be_pinned_to_a_core_that_exists() -> None:
    before = os.sched_getaffinity(0)
    try:
        pin_to(min(before))
        assert os.sched_getaffinity(0) == {min(before)}
        with pytest.raises(Malformed, match="TACT_CORE"):
            pin_to(4095)
    finally:
        os.sched_setaffinity(0, before)
    assert Settings().core is None


def test_what_lives_long_is_out_of_the_collectors_rounds() -> None:
    thresholds = gc.get_threshold()
    try:
        settle_memory()
        assert gc.get_freeze_count() > 0 and gc.get_threshold()[0] > thresholds[0]
    finally:
        gc.unfreeze()
        gc.set_threshold(*thresholds)

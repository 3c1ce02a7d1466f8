"""Broken copy: what is no text for this channel and language is passed over like copy that a rule forbids."""

from dataclasses import replace
from typing import Any

import pytest

from agent.conductor import Conductor
from agent.delivery import Delivery
from agent.graph import through_nodes
from agent.rendering import LONGEST
from domain.channel import Channel
from domain.decision import Decision
from domain.errors import Unreadable
from domain.message import Message
from domain.variant import Variant
from tests.agent.stage import Scenery, question, run
from tools.copywriting import Copywriter, Slots, load_variants


class Broken(Copywriter):
    """Writes like the house, and then something happens to the message."""

    changed: dict[str, Any] | None = None

    def write(self, variant: Variant, slots: Slots) -> Message:
        message = super().write(variant, slots)
        if self.changed is None:
            raise Unreadable(["the template does not compile"])
        return message.model_copy(update=self.changed)


def asked(stage: Scenery, changed: dict[str, Any] | None) -> Decision:
    """An ask whose every draft is changed so; None is a template that does not compile."""
    writer = Broken(load_variants(), stage.parts.shelf.load()[0].sender)
    writer.changed = changed
    instruments = replace(stage.parts.instruments, copywriter=writer)
    conductor = Conductor(instruments, Delivery(instruments), through_nodes(instruments))
    return run(conductor.next_message(question("anna", "app"), language="en")).decision


@pytest.mark.parametrize(
    "changed",
    [
        {"body": "half a character: \ud800"},
        {"body": "a code: \x00"},
        {"body": "an escape: \x1b[31m"},
        {"url": "https://shop.example.com/\ud800"},
        {"channel": Channel.EMAIL},
        {"language": "ja"},
        {"body": "a" * (LONGEST + 1)},
        None,
    ],
)
def test_broken_copy_is_held_and_named(stage: Scenery, changed: dict[str, Any] | None) -> None:
    decision = asked(stage, changed)
    assert decision.hold and {reason.type for reason in decision.hold.reasons} == {"broken_copy"}


def test_whole_copy_is_sent(stage: Scenery) -> None:
    assert asked(stage, {}).outcome == "message"

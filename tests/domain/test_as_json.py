"""JSON as it is written in a hurry is, byte for byte, what pydantic writes: seals made of either hold for ever."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.channel import Channel
from domain.clock import from_micros
from domain.decision import CopyOrigin, Decision, Explanation, Hold, Reason, WhyNot
from domain.envelope import Envelope
from domain.frozen import as_json
from domain.message import Block, Cite, Item, Message, OfferLine, Picture

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
WORDS = some.text(some.characters(exclude_categories=["Cs"]), max_size=20)
ZONES = some.sampled_from([UTC, ZoneInfo("Europe/London"), timezone(timedelta(hours=-3, minutes=-30))])
MOMENTS = some.builds(lambda micros, zone: from_micros(micros).astimezone(zone), some.integers(0, 7 * 10**15), ZONES)


@given(WORDS, some.floats(0, 1e21), MOMENTS)
def test_every_word_number_and_instant_is_written_as_pydantic_does(text: str, number: float, at: datetime) -> None:
    message = Message(
        channel=Channel.EMAIL,
        language="ja",
        subject=text,
        headlines=(text,) if text else (),
        headers={text: text},
        image=Picture(url=text, alt=text),
        blocks=(Block(id="b", text=text, html=text),),
        items=(Item(offer="o", title=text),),
        offer=OfferLine(id="o", kind="product", discount_percent=number),
        cites=(Cite(text=text, distance="trace"),),
    )
    explanation = Explanation(summary=text, why_not=(WhyNot(candidate="o/email", reason=text),))
    copy = CopyOrigin(origin="model", model=text)
    decision = Decision(
        decision_id="d",
        outcome="message",
        message=message,
        explanation=explanation,
        copy_=copy,
        propensity=number,
        policy_version=1,
        send_at=at,
    )
    assert all((message.faces(), message.words() or not text)), "what is worked out is not written"
    assert decision.spoken == decision.model_dump_json(by_alias=True, exclude={"message": {"cites"}}).encode()
    assert as_json(message) == message.model_dump_json().encode()


@pytest.mark.parametrize("at", [None, NOON, NOON.replace(microsecond=500)])
def test_so_is_a_hold(at: datetime | None) -> None:
    hold = Hold(reasons=(Reason(rule="cap", type="frequency_cap", text="通知は週3件まで"),), retry_at=at)
    decision = Decision(
        decision_id="d", outcome="hold", hold=hold, explanation=Explanation(summary="–"), policy_version=1
    )
    assert decision.spoken == decision.model_dump_json(by_alias=True).encode()


def test_a_seal_covers_what_it_always_covered() -> None:
    envelope = Envelope(
        decision_id="d",
        customer_id="c",
        channel=Channel.EMAIL,
        message=Message(channel=Channel.EMAIL, language="ja", subject="秋の「新作」"),
        digest="0a",
        policy_version=3,
        verdicts="3:0",
        reservation=None,
        send_at=NOON,
        valid_until=NOON + timedelta(minutes=15),
        seal="ff",
    )
    assert envelope.sealed_bytes() == envelope.model_dump_json(exclude={"message", "seal"}).encode()
    assert envelope.message.digest() == "8e1c6c14698118f0f5232dc67b5e9ae9466120e56051effa980d4368b4c1e00b"

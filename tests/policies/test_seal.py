"""Nothing opens but what was sealed: forged, altered, copied and old envelopes are refused."""

import copy
import pickle
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.channel import Channel
from domain.envelope import Envelope
from domain.errors import SealBroken
from domain.message import Message
from policies.seal import Seal

KEY = bytes(range(32))
NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)
MESSAGE = Message(channel=Channel.EMAIL, language="ja", subject="冬の器市", text="12月4日から開きます。")
SEAL = Seal(KEY)


def sealed(**changes: Any) -> Envelope:
    """An envelope for customer c-1, valid for ten minutes, changed after sealing."""
    envelope = SEAL.close("d-1", "c-1", MESSAGE, 3, "0", "r-1", NOW, NOW + timedelta(minutes=10))
    return envelope.model_copy(update=changes)


def opened(envelope: Envelope, **expected: Any) -> Message:
    """The message, as delivery asks for it."""
    return SEAL.open(envelope, **{"decision_id": "d-1", "customer_id": "c-1", "now": NOW, **expected})


def test_a_whole_envelope_opens() -> None:
    assert opened(sealed()) == MESSAGE
    assert opened(Envelope.model_validate_json(sealed().model_dump_json())) == MESSAGE


@pytest.mark.parametrize(
    "changes",
    [
        {"seal": "0" * 64},
        {"seal": ""},
        {"seal": "é\ud800"},
        {"message": MESSAGE.model_copy(update={"subject": "半額"})},
        {"digest": "0" * 64},
        {"customer_id": "c-2"},
        {"decision_id": "d-2"},
        {"channel": Channel.SMS},
        {"policy_version": 4},
        {"policy_version": 2**64},
        {"verdicts": "\ud800"},
        {"message": MESSAGE.model_copy(update={"subject": "\ud800"})},
        {"verdicts": "ff"},
        {"reservation": None},
        {"send_at": NOW + timedelta(days=1)},
        {"valid_until": NOW + timedelta(days=1)},
    ],
)
def test_an_altered_envelope_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(SealBroken):
        opened(sealed(**changes))


@pytest.mark.parametrize("version", [-1, 2**63])
def test_a_version_that_no_rules_can_have_is_not_read(version: int) -> None:
    with pytest.raises(ValidationError):
        Envelope.model_validate({**sealed().model_dump(), "policy_version": version})


def test_a_copied_envelope_is_refused() -> None:
    with pytest.raises(SealBroken, match="made for another customer"):
        opened(sealed(), customer_id="c-2")
    with pytest.raises(SealBroken, match="belongs to decision 'd-1'"):
        opened(sealed(), decision_id="d-2")


def test_an_old_envelope_is_refused() -> None:
    assert opened(sealed(), now=NOW + timedelta(minutes=10) - timedelta(microseconds=1))
    with pytest.raises(SealBroken, match="it was valid until 2026-11-25T02:10:00"):
        opened(sealed(), now=NOW + timedelta(minutes=10))


def test_another_key_opens_nothing() -> None:
    with pytest.raises(SealBroken, match="its seal is not ours"):
        Seal(bytes(32)).open(sealed(), decision_id="d-1", customer_id="c-1", now=NOW)


def test_a_message_of_another_channel_is_refused_even_with_our_seal() -> None:
    other = sealed(channel=Channel.SMS)
    forged = other.model_copy(update={"seal": SEAL.sign(other.sealed_bytes())})
    with pytest.raises(SealBroken, match="sealed for sms, not email"):
        opened(forged)


def test_a_message_swapped_under_our_seal_is_refused() -> None:
    with pytest.raises(SealBroken, match="altered after sealing"):
        opened(sealed(message=MESSAGE.model_copy(update={"text": "全品半額"})))


@given(st.binary(), st.binary())
def test_a_signature_fits_its_data_alone(one: bytes, other: bytes) -> None:
    assert SEAL.check(one, SEAL.sign(one))
    assert SEAL.check(other, SEAL.sign(one)) == (one == other)


def test_the_key_never_shows() -> None:
    shown = repr(SEAL) + str(SEAL) + repr([SEAL])
    assert shown == "Seal(…)Seal(…)[Seal(…)]"
    with pytest.raises(TypeError, match="not copied or stored"):
        pickle.dumps(SEAL)
    with pytest.raises(TypeError, match="not copied or stored"):
        copy.copy(SEAL)
    with pytest.raises(ValueError, match="at least 32 bytes"):
        Seal(b"short")

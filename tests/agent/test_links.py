"""Links: signed for one customer and channel, valid for ever, useless when changed."""

import pytest

from agent.links import read_unsubscribe, unsubscribe_url
from domain.channel import Channel
from domain.errors import Malformed
from policies.seal import Seal

LINKS = Seal(b"k" * 32)


@pytest.mark.parametrize("customer_id", ["anna", "顧客-1", 'with "quotes" and / slashes'])
def test_a_link_leads_back_to_its_customer_and_channel(customer_id: str) -> None:
    url = unsubscribe_url("https://tact.example.com/", LINKS, customer_id, Channel.EMAIL)
    assert url.startswith("https://tact.example.com/u/") and url.isascii()
    assert read_unsubscribe(LINKS, url.rsplit("/", 1)[1]) == (customer_id, Channel.EMAIL)


@pytest.mark.parametrize("token", ["", ".", "abc", "abc.def", "WyJhIl0.0000", "é.ü", "!!!.???"])
def test_any_other_token_is_refused(token: str) -> None:
    with pytest.raises(Malformed, match="token"):
        read_unsubscribe(LINKS, token)


def test_a_token_for_one_customer_does_not_fit_another_or_another_key() -> None:
    token = unsubscribe_url("", LINKS, "anna", Channel.EMAIL).rsplit("/", 1)[1]
    payload, signature = token.split(".")
    other = unsubscribe_url("", LINKS, "hana", Channel.EMAIL).rsplit("/", 1)[1].split(".")[0]
    for forged in (f"{other}.{signature}", f"{payload}.{signature[:-1]}0x"):
        with pytest.raises(Malformed):
            read_unsubscribe(LINKS, forged)
    with pytest.raises(Malformed):
        read_unsubscribe(Seal(b"x" * 32), token)

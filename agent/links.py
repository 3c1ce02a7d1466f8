"""Links that customers get: signed, and bound to the customer and to what they are for.

The way out is valid for ever. What shows something of a customer is valid for 90 days, as a mail may lie around.
"""

import base64
import binascii
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from domain.channel import Channel
from domain.errors import Malformed
from policies.seal import Seal

VALID_FOR = timedelta(days=90)
EPOCH = date(1970, 1, 1)


class Shown(NamedTuple):
    """What a link shows: something of this customer, about this decision where it is about one, until a day."""

    customer_id: str
    decision_id: str | None
    until: date

    def is_over(self, now: datetime) -> bool:
        """Whether the link shows nothing any more."""
        return now.astimezone(UTC).date() > self.until


def unsubscribe_url(public_url: str, links: Seal, customer_id: str, channel: Channel) -> str:
    """The one-click address that withdraws a customer's consent for a channel."""
    return _signed(public_url, links, "u", "unsubscribe", [customer_id, channel.value])


def preferences_url(public_url: str, links: Seal, customer_id: str, now: datetime) -> str:
    """Where a customer sees and changes what they receive and what is remembered."""
    return _signed(public_url, links, "p", "preferences", [customer_id, _until(now)])


def why_url(public_url: str, links: Seal, customer_id: str, decision_id: str, now: datetime) -> str:
    """Where a customer reads why they got a message."""
    return _signed(public_url, links, "why", "why", [customer_id, decision_id, _until(now)])


def read_unsubscribe(links: Seal, token: str) -> tuple[str, Channel]:
    """Customer and channel of a token that we signed; raises Malformed for any other."""
    customer_id, channel = _read(links, "unsubscribe", token)
    return customer_id, Channel(channel)


def read_preferences(links: Seal, token: str) -> Shown:
    """What a token of preferences shows; raises Malformed for one that is not ours."""
    customer_id, until = _read(links, "preferences", token)
    return Shown(customer_id, None, EPOCH + timedelta(days=until))


def read_why(links: Seal, token: str) -> Shown:
    """What a token of an explanation shows; raises Malformed for one that is not ours."""
    customer_id, decision_id, until = _read(links, "why", token)
    return Shown(customer_id, decision_id, EPOCH + timedelta(days=until))


def _until(now: datetime) -> int:
    return ((now + VALID_FOR).astimezone(UTC).date() - EPOCH).days


def _signed(public_url: str, links: Seal, path: str, purpose: str, content: list[str | int]) -> str:
    payload = json.dumps(content, separators=(",", ":")).encode()
    text = base64.urlsafe_b64encode(payload).decode().rstrip("=")
    return f"{public_url.rstrip('/')}/{path}/{text}.{links.sign(purpose.encode() + b':' + payload)}"


def _read(links: Seal, purpose: str, token: str) -> Any:
    encoded, _, signature = token.partition(".")
    try:
        payload = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
    except (binascii.Error, ValueError):
        payload = b""
    if not payload or not links.check(purpose.encode() + b":" + payload, signature):
        raise Malformed("token", token, "it is not one of ours, or was cut off. Use the whole link.")
    return json.loads(payload)

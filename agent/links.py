"""Links that customers get: signed, bound to one customer and channel, and valid for ever."""

import base64
import binascii
import json

from domain.channel import Channel
from domain.errors import Malformed
from policies.seal import Seal


def unsubscribe_url(public_url: str, links: Seal, customer_id: str, channel: Channel) -> str:
    """The one-click address that withdraws a customer's consent for a channel."""
    payload = json.dumps([customer_id, channel.value], separators=(",", ":")).encode()
    return f"{public_url.rstrip('/')}/u/{_text(payload)}.{links.sign(b'unsubscribe:' + payload)}"


def read_unsubscribe(links: Seal, token: str) -> tuple[str, Channel]:
    """Customer and channel of a token that we signed; raises Malformed for any other."""
    encoded, _, signature = token.partition(".")
    try:
        payload = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
    except (binascii.Error, ValueError):
        payload = b""
    if not payload or not links.check(b"unsubscribe:" + payload, signature):
        raise Malformed("token", token, "it is not one of ours, or was cut off. Use the whole link.")
    customer_id, channel = json.loads(payload)
    return customer_id, Channel(channel)


def _text(payload: bytes) -> str:
    return base64.urlsafe_b64encode(payload).decode().rstrip("=")

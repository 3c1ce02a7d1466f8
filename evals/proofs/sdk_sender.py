"""Sends events of every call with the Segment SDK for Python, as it is published; imports nothing else of ours."""

import json
import sys
from collections.abc import Mapping
from itertools import count
from time import sleep

from segment.analytics.client import Client  # type: ignore[import-untyped]  # it brings no types

USERS = 97
CALLS = 7
"""How many kinds of events there are; every such place is an order."""


def send(port: int, token: str, each: int, pause_ms: int) -> Mapping[str, int]:
    """Sends events of every call with the Segment SDK for Python, as it is published."""
    failed = count()
    client = Client(
        token,
        host=f"http://127.0.0.1:{port}",
        gzip=True,
        upload_size=50,
        upload_interval=0.2,
        max_retries=20,
        on_error=lambda _, batch: [next(failed) for _ in batch],
    )
    for number in range(each):
        one(client, number)
        if number % 50 == 49:
            sleep(pause_ms / 1000)
    client.shutdown()
    return {"failed": next(failed)}


def one(client: Client, number: int) -> None:
    """The event of that number."""
    id, user, browser = f"py-{number}", f"py-user-{number % USERS}", f"py-browser-{number % USERS}"
    order = {"order_id": f"py-order-{number}", "revenue": 1200, "currency": "JPY", "note": "ご注文ありがとうございます"}
    calls = (
        lambda: client.track(user, "Order Completed", order, message_id=id),
        lambda: client.track(user, "Product Viewed", {"product_id": "coat"}, message_id=id),
        lambda: client.identify(user, {"plan": "pro"}, message_id=id),
        lambda: client.page(user, name="Top", properties={"path": "/"}, message_id=id),
        lambda: client.screen(anonymous_id=browser, name="Start", message_id=id),
        lambda: client.group(user, "acme", {"industry": "food"}, message_id=id),
        lambda: client.alias(browser, user, message_id=id),
    )
    calls[number % CALLS]()


if __name__ == "__main__":
    print(json.dumps(send(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))))

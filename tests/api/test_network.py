"""The service behind a real server on loopback: uploads that are refused, slow bodies, and asks that overlap."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from api.commands.serve import server_config
from api.limits import BodyLimit
from tests.api.house import ASK, House
from tests.patience import PATIENCE

HEAD = (
    "POST /v1/next-message HTTP/1.1\r\nHost: tact.test\r\nContent-Type: application/json\r\n"
    "Content-Length: {length}\r\n{more}\r\n"
)


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The service on a free port of loopback."""
    config = server_config(app, "127.0.0.1", 0)
    config.log_level = "error"
    config.lifespan = "off"
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture
def address(house: House) -> Iterator[str]:
    """Where the service listens."""
    with served(house.app) as url:
        yield url


def authorized(house: House) -> dict[str, str]:
    """The headers of a channel."""
    return {"Authorization": f"Bearer {house.keys['channel']}"}


def test_an_ask_over_the_network(house: House, address: str) -> None:
    with httpx.Client(base_url=address, headers=authorized(house), timeout=PATIENCE) as client:
        answers = [client.post("/v1/next-message", json={**ASK, "dry_run": True}) for _ in range(3)]
    assert {one.status_code for one in answers} == {200}
    assert "server" not in answers[0].headers


def test_a_declared_upload_is_refused_unread_and_the_connection_lives_on(house: House, address: str) -> None:
    with httpx.Client(base_url=address, headers=authorized(house), timeout=PATIENCE) as client:
        refused = client.post("/v1/next-message", content=b" " * 10_000_000)
        assert (refused.status_code, refused.json()["type"]) == (413, "urn:tact:problem:body-too-large")
        assert client.post("/v1/next-message", json={**ASK, "dry_run": True}).status_code == 200


def test_an_upload_without_a_length_is_cut_off(house: House, address: str) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while sent < 1_000_000_000:
            sent += 65_536
            yield b" " * 65_536

    headers = {**authorized(house), "Content-Type": "application/json"}
    refused = httpx.post(f"{address}/v1/next-message", content=endless(), headers=headers, timeout=PATIENCE)
    assert refused.status_code == 413
    assert sent < 100_000_000


def test_without_a_key_no_body_is_read(house: House, address: str) -> None:
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as line:
        line.sendall(HEAD.format(length=100_000, more="").encode())
        assert line.recv(1000).startswith(b"HTTP/1.1 401")


def test_a_body_has_to_arrive_in_time(house: House) -> None:
    app = FastAPI()
    app.mount("/", BodyLimit(house.app, seconds=0.2))
    app.state = house.app.state
    with served(app) as address:
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=PATIENCE) as line:
            key = f"Authorization: Bearer {house.keys['channel']}\r\n"
            line.sendall(HEAD.format(length=9, more=key).encode() + b"{")
            assert line.recv(1000).startswith(b"HTTP/1.1 408")


def test_sixty_four_asks_at_once_for_one_customer_with_a_cap(house: House, address: str) -> None:
    answers: list[httpx.Response] = []

    def ask() -> None:
        answers.append(httpx.post(f"{address}/v1/next-message", json=ASK, headers=authorized(house), timeout=PATIENCE))

    threads = [threading.Thread(target=ask) for _ in range(64)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    outcomes = [one.json()["outcome"] for one in answers]
    assert outcomes.count("message") + outcomes.count("hold") == 64
    assert 1 <= outcomes.count("message") < 10
    held = next(one.json() for one in answers if one.json()["outcome"] == "hold")
    assert any(reason["type"] in ("frequency_cap", "min_gap") for reason in held["hold"]["reasons"])

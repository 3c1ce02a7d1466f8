"""Wires: connections to a model, plain and encrypted, as the HTTP client needs them."""

import asyncio
import datetime
import gc
import ipaddress
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.patience import PATIENCE, soon
from tools.wire import over_wires

NAME = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
ANSWER = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi"


class Listener:
    """Notes each packet as it comes in, and answers when a request is whole."""

    def __init__(self, answer: bytes = ANSWER, *, closes: bool = False) -> None:
        self.packets: list[bytes] = []
        self.connections = self.ended = 0
        self._answer, self._closes = answer, closes

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            # Cancelled only when everything ends; asyncio would report a cancelled task of its own making.
            with suppress(ConnectionError, ssl.SSLError, asyncio.CancelledError):
                await self._answer_all(reader, writer)
        finally:
            writer.close()
            self.ended += 1

    async def _answer_all(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard = b""
        while packet := await reader.read(1 << 20):
            self.packets.append(packet)
            heard += packet
            head, parted, body = heard.partition(b"\r\n\r\n")
            declared = next((line for line in head.lower().split(b"\r\n") if b"content-length" in line), b":0")
            if parted and len(body) >= int(declared.split(b":")[1]):
                heard = b""
                writer.write(self._answer)
                await writer.drain()
                if self._closes:
                    break


@asynccontextmanager
async def listening(listener: Listener, secure: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """A server on this machine; gives its address."""
    server = await asyncio.start_server(listener, "127.0.0.1", 0, ssl=secure)
    port = server.sockets[0].getsockname()[1]
    try:
        yield f"{'https' if secure else 'http'}://127.0.0.1:{port}/v1"
    finally:
        server.close()
        await asyncio.sleep(0.02)  # Whoever was connected hears that the client has left.


def client(trusted: ssl.SSLContext | None = None, seconds: float = PATIENCE) -> httpx2.AsyncClient:
    """A client over wires."""
    transport = over_wires(trusted or ssl.create_default_context())
    assert transport is not None
    return httpx2.AsyncClient(transport=transport, timeout=seconds)


def certified(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server shows and what a client trusts."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    signed = (
        x509.CertificateBuilder()
        .subject_name(NAME)
        .issuer_name(NAME)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    plain, secret = serialization.NoEncryption(), serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, secret, plain))
    (folder / "cert.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    shows = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shows.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return shows, ssl.create_default_context(cafile=str(folder / "cert.pem"))


def test_head_and_body_go_out_together_and_the_connection_is_used_again() -> None:
    listener = Listener()

    async def ask() -> list[str]:
        async with listening(listener) as url, client() as http:
            return [(await http.post(url, content=b"x" * 500)).text for _ in range(3)]

    assert asyncio.run(ask()) == ["hi"] * 3
    assert len(listener.packets) == 3
    assert listener.connections == 1


def test_a_long_body_arrives_whole() -> None:
    listener = Listener()

    async def ask() -> int:
        async with listening(listener) as url, client() as http:
            return (await http.post(url, content=b"x" * 3_000_000)).status_code

    assert asyncio.run(ask()) == 200
    assert sum(len(packet) for packet in listener.packets) > 3_000_000


def test_an_encrypted_connection_is_encrypted_and_checked(tmp_path: Path) -> None:
    shows, trusts = certified(tmp_path)

    async def ask(trusted: ssl.SSLContext | None) -> str:
        async with listening(Listener(), shows) as url, client(trusted) as http:
            return (await http.post(url, content=b"{}")).text

    assert asyncio.run(ask(trusts)) == "hi"
    with pytest.raises(httpx2.ConnectError, match="certificate"):
        asyncio.run(ask(None))


def test_a_connection_that_the_server_closed_is_not_used_again() -> None:
    listener = Listener(closes=True)

    async def ask() -> list[str]:
        async with listening(listener) as url, client() as http:
            first = (await http.post(url, content=b"{}")).text
            assert await soon(lambda: listener.ended)
            await asyncio.sleep(0.05)
            return [first, (await http.post(url, content=b"{}")).text]

    assert asyncio.run(ask()) == ["hi", "hi"]
    assert listener.connections == 2


def test_silence_and_a_broken_answer_are_named() -> None:
    async def ask(answer: bytes, closes: bool, wait: float = PATIENCE) -> None:
        timeout = httpx2.Timeout(PATIENCE, read=wait)
        async with listening(Listener(answer, closes=closes)) as url, client() as http:
            await http.post(url, content=b"{}", timeout=timeout)

    with pytest.raises(httpx2.ReadTimeout):
        asyncio.run(ask(b"", False, 0.1))
    with pytest.raises(httpx2.RemoteProtocolError):
        asyncio.run(ask(ANSWER[:-1], True))


def test_who_leaves_while_it_connects_leaves_no_socket_behind() -> None:
    async def leave(port: int, after: int) -> None:
        async with client() as http:
            going = asyncio.create_task(http.post(f"http://127.0.0.1:{port}/v1", content=b"{}"))
            for _ in range(after):
                await asyncio.sleep(0)
            going.cancel()
            with suppress(asyncio.CancelledError):
                await going

    with socket.create_server(("127.0.0.1", 0), backlog=100) as silent:
        for steps in range(60):
            asyncio.run(leave(silent.getsockname()[1], steps))
    gc.collect()  # A socket that nobody closed says so now.


def test_nobody_there_is_named() -> None:
    async def ask() -> None:
        async with listening(Listener()) as url:
            gone = url
        async with client() as http:
            await http.post(gone, content=b"{}")

    with pytest.raises(httpx2.ConnectError):
        asyncio.run(ask())


def test_where_the_environment_names_a_proxy_the_client_finds_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    assert over_wires(ssl.create_default_context()) is None

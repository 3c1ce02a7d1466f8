"""Who is at the door: bearer keys, the person behind each, and which roles a route takes."""

import binascii
import hashlib
from base64 import b64decode
from collections.abc import Callable, Collection
from dataclasses import dataclass
from time import monotonic
from typing import Literal, Protocol

from starlette.requests import Request

from api.problems import Problem
from domain.channel import Channel
from domain.errors import NotPermitted
from records.keys import Key, Role

CACHE_SECONDS = 2.0
CACHE_ENTRIES = 4096
LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever makes a request: the key, its person and what it may do; no person where keys are switched off."""

    key_id: str
    person: str | None
    role: str | None
    channels: frozenset[Channel] | None = None

    def may_use(self, channels: Collection[Channel], action: str) -> None:
        """Raises NotPermitted when the key is limited to other channels."""
        if self.channels is not None and not self.channels.issuperset(channels):
            allowed = ", ".join(sorted(self.channels))
            raise NotPermitted(action, self.role, [f"channel (this key is limited to {allowed})"])

    def must_be_somebody(self, action: str) -> str:
        """The person; raises NotPermitted where keys are switched off, since then nobody can answer for it."""
        if self.person is None:
            raise NotPermitted(f"{action} while TACT_AUTH=off", self.role, ["approver"])
        return self.person


ANYBODY = Caller("local", None, None)
"""The caller where keys are switched off."""


class FindKey(Protocol):
    """Looks a plaintext key up."""

    async def __call__(self, token: str) -> Key | None: ...


class Guard:
    """Checks keys; a looked-up key is remembered for two seconds, so that a revoked one works no longer than that."""

    def __init__(self, find: FindKey, auth: Literal["on", "off"], now: Callable[[], float] = monotonic) -> None:
        self._find, self._auth, self._now = find, auth, now
        self._known: dict[bytes, tuple[float, Caller | None]] = {}

    async def admit(self, request: Request, roles: frozenset[str], action: str) -> Caller:
        """The caller of `request`, or a refusal: 401 without a valid key, 403 with one of another role."""
        if self._auth == "off":
            return local_caller(request)
        caller = await self._caller(token_of(request, basic="ingest" in roles))
        if caller is None:
            raise no_key("The key is not known, or no longer valid.")
        if caller.role not in roles:
            raise NotPermitted(action, caller.role, sorted(roles))
        return caller

    async def _caller(self, token: str) -> Caller | None:
        digest = hashlib.sha256(token.encode()).digest()
        known = self._known.get(digest)
        if known is not None and known[0] > self._now():
            return known[1]
        if len(self._known) >= CACHE_ENTRIES:
            self._known.clear()
        expires = self._now() + CACHE_SECONDS
        key = await self._find(token)
        caller = None if key is None else Caller(key.id, key.person, key.role, key.channels or None)
        self._known[digest] = (expires, caller)
        return caller


def expand(roles: Collection[Role]) -> frozenset[str]:
    """The roles a route takes; an approver is also a marketer."""
    return frozenset(roles) | ({"approver"} if "marketer" in roles else frozenset())


def local_caller(request: Request) -> Caller:
    """The caller where keys are switched off: anybody, as long as they are on this machine."""
    if request.client is not None and request.client.host not in LOOPBACK:
        raise no_key("TACT_AUTH=off serves this machine only.")
    return ANYBODY


def token_of(request: Request, basic: bool) -> str:
    """The key in the Authorization header; ingestion also takes it as the user name of HTTP Basic."""
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    token = credentials.strip()
    if scheme.lower() == "basic" and basic:
        token = user_name(token)
    elif scheme.lower() != "bearer":
        raise no_key("There is no key in the request.")
    if not token or len(token) > 200 or not token.isascii():
        raise no_key("The key in the Authorization header cannot be read.")
    return token


def user_name(credentials: str) -> str:
    """The user name in HTTP Basic credentials."""
    try:
        return b64decode(credentials, validate=True).decode().partition(":")[0]
    except (binascii.Error, ValueError) as error:
        raise no_key("The Basic credentials cannot be read.") from error


def no_key(why: str) -> Problem:
    """The refusal of a request without a valid key."""
    detail = f"{why} Send 'Authorization: Bearer KEY'; ./tact keys add makes a key."
    return Problem(401, "key-missing", detail, headers={"WWW-Authenticate": 'Bearer realm="tact"'})


def caller_of(request: Request) -> Caller:
    """The caller that the door admitted."""
    caller: Caller = request.state.caller
    return caller

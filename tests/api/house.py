"""A whole service over the stage of the agent's tests, with a key for every role, asked without a network."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from agent.parts import Parts
from api.app import create_app
from domain.channel import Channel
from records import keys
from records.keys import ROLES, Role
from tests.agent.stage import Scenery, set_up
from tests.clock import FrozenClock

ASK: dict[str, Any] = {"customer": {"id": "anna"}, "channels": ["email"], "deadline_ms": 10_000}


@dataclass
class House:
    """The service, its parts, and one key a role, each of a person of that name."""

    scenery: Scenery
    app: FastAPI
    keys: dict[str, str] = field(default_factory=dict)
    runner: asyncio.Runner = field(default_factory=asyncio.Runner)

    @property
    def parts(self) -> Parts:
        """What the service was built from."""
        return self.scenery.parts

    @property
    def clock(self) -> FrozenClock:
        """The service's clock."""
        return self.scenery.clock

    def key(self, role: Role, person: str, *channels: Channel) -> str:
        """Another key."""
        return self.parts.stores.write(lambda c: keys.add(c, role, person, channels, self.clock.now()))

    def request(self, method: str, path: str, role: str | None = None, **more: Any) -> httpx.Response:
        """One request with the key of `role`, or with `key`, or without any."""
        return self.runner.run(self.send(method, path, role, **more))

    def get(self, path: str, role: str | None = None, **more: Any) -> httpx.Response:
        """A GET."""
        return self.request("GET", path, role, **more)

    def post(self, path: str, role: str | None = None, json: Any = None, **more: Any) -> httpx.Response:
        """A POST, of JSON unless `content` is given."""
        return self.request("POST", path, role, **(more if "content" in more else {"json": json, **more}))

    def together(self, count: int, method: str, path: str, role: str, **more: Any) -> list[httpx.Response]:
        """The same request `count` times at once."""

        async def all_at_once() -> list[httpx.Response]:
            return await asyncio.gather(*(self.send(method, path, role, **more) for _ in range(count)))

        return self.runner.run(all_at_once())

    async def send(self, method: str, path: str, role: str | None, **more: Any) -> httpx.Response:
        """One request through the ASGI door; failures come back as they would over the network."""
        token = more.pop("key", None) or (self.keys[role] if role else None)
        headers = {**({"Authorization": f"Bearer {token}"} if token else {}), **more.pop("headers", {})}
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://tact.test") as client:
            return await client.request(method, path, headers=headers, **more)

    def close(self) -> None:
        """Ends everything."""
        self.runner.close()
        self.parts.close()


def open_house(home: Path, clock: FrozenClock) -> House:
    """A service in `home`."""
    scenery = set_up(home, clock)
    house = House(scenery, create_app(scenery.parts))
    house.keys = {role: house.key(role, role) for role in ROLES}
    return house

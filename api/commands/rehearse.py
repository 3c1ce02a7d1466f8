"""rehearse: the service as the benchmark compares it: the walk, its steps alone, the floor, a peer, all in one."""

from typing import Annotated, Literal

import typer
from fastapi import Request, Response

from agent.graph import Through, through_graph, through_nodes
from agent.instruments import Instruments
from agent.parts import Parts, build_parts
from agent.state import Walk
from api.app import create_app
from api.commands.opening import read_settings
from api.commands.serve import run_service
from evals.bench.floor import through_floor
from evals.bench.intake import EventFloor
from evals.bench.peers import through_peer

Kind = Literal["graph", "nodes", "floor", "sequential", "parallel"]


class Switch:
    """Lets one of several walks answer, so that all are measured in one process, turn by turn."""

    def __init__(self) -> None:
        self.kind: Kind = "graph"
        self._walks: dict[Kind, Through] = {}

    def __call__(self, instruments: Instruments) -> Through:
        """The walk that follows the switch."""
        self._walks = {
            "graph": through_graph(instruments),
            "nodes": through_nodes(instruments),
            "floor": through_floor(instruments),
        }
        if instruments.model is not None:
            self._walks["sequential"] = through_peer(instruments, "sequential")
            self._walks["parallel"] = through_peer(instruments, "parallel")

        async def through(walk: Walk) -> Walk:
            return await self._walks[self.kind](walk)

        return through


def rehearse(port: Annotated[int, typer.Option(help="The port to listen on.", min=0, max=65535)] = 8000) -> None:
    """Starts the service for `make bench`, on this machine only; not for customers."""
    switch = Switch()
    parts: Parts = build_parts(read_settings(), through=switch)
    app = create_app(parts)

    @app.post("/rehearse/{kind}", include_in_schema=False)
    async def turn(kind: Kind) -> Response:
        switch.kind = kind
        return Response("{}", media_type="application/json")

    floor = EventFloor(parts.stores)

    @app.post("/rehearse/events/floor", include_in_schema=False)
    async def events(request: Request) -> Response:
        await floor.take(await request.body())
        return Response('{"success": true}', media_type="application/json")

    run_service(app, parts, "127.0.0.1", port)

"""serve: the service on a port."""

import asyncio
import gc
import ipaddress
import os
import socket
import sys
from typing import Annotated

import typer
import uvicorn
from fastapi import FastAPI

from agent.parts import Parts, build_parts
from agent.settings import Settings
from agent.warming import warm_up
from api.app import create_app
from api.commands.opening import misspelt, read_settings
from api.commands.printing import notes
from domain.errors import Malformed, Refused

GRACE_SECONDS = 15
GC_THRESHOLDS = (20_000, 20, 100)
SWITCH_SECONDS = 0.001
"""How long one thread may keep the others waiting; the usual 5 ms made a read of the store wait for the event loop."""


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=0, max=65535)] = 8000,
) -> None:
    """Starts the service and runs until it is told to stop (Ctrl-C or SIGTERM); open asks are finished first."""
    settings = read_settings()
    refuse_open_doors(settings, host)
    refuse_taken_port(host, port)
    for unknown in misspelt(os.environ):
        notes.print(f"{unknown} Nobody reads it.", markup=False, style="yellow")
    if settings.auth == "off":
        notes.print("Keys are off (TACT_AUTH=off): this machine only, and nothing can be approved.")
    parts = build_parts(settings)
    run_service(create_app(parts, journeys=settings.journeys == "on"), parts, host, port)


def run_service(app: FastAPI, parts: Parts, host: str, port: int) -> None:
    """Warms up, says where it is, and answers until it is told to stop."""
    sys.setswitchinterval(SWITCH_SECONDS)
    if parts.settings.core is not None:
        pin_to(parts.settings.core)
    asyncio.run(warm_up(parts))
    settle_memory()
    place = f"http://{host}:{port}"
    notes.print(f"Tact on {place} with the data in {parts.settings.home}. The routes: {place}/docs")
    uvicorn.Server(server_config(app, host, port)).run()


def pin_to(core: int) -> None:
    """Keeps the process on one core, where its threads find each other's data in the cache."""
    if not hasattr(os, "sched_setaffinity"):
        raise Malformed("TACT_CORE", core, "this system cannot pin a process to a core. Leave it out.")
    try:
        os.sched_setaffinity(0, {core})
    except OSError as error:
        allowed = ", ".join(map(str, sorted(os.sched_getaffinity(0))))
        raise Malformed("TACT_CORE", core, f"there is no such core here. Choose one of {allowed}.") from error


def settle_memory() -> None:
    """Takes what lives as long as the service out of the garbage collector's rounds, and makes the rounds rarer."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)


def server_config(app: FastAPI, host: str, port: int) -> uvicorn.Config:
    """How uvicorn runs: the fast loop and parser, no line a request, and time to finish what is under way."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        http="httptools",
        ws="none",
        access_log=False,
        log_level="info",
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


def refuse_open_doors(settings: Settings, host: str) -> None:
    """Keys may be off only where nobody else can connect."""
    if settings.auth == "off" and not is_loopback(host):
        raise Refused(
            f"TACT_AUTH=off would open {host!r} to everybody who can reach it. "
            "Listen on 127.0.0.1, or leave TACT_AUTH out and make keys with ./tact keys add."
        )


def refuse_taken_port(host: str, port: int) -> None:
    """Somebody else may listen there: found out before everything is opened."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind(address)
    except (OSError, UnicodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "this is no name of a host"
        raise Malformed(
            "--host and --port", f"{host}:{port}", f"{why}. Stop who listens there, or choose others."
        ) from error


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

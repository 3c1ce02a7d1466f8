"""The service: every router, the error handlers and the middleware, in one visible place."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from agent.parts import Parts
from api import VERSION, problems
from api.background import Background
from api.limits import Admission, BodyLimit
from api.metrics import Metrics, Timing
from api.model_metrics import ModelMetrics
from api.routes import (
    catalogue,
    consents,
    customers,
    decisions,
    desk,
    directives,
    messages,
    operations,
    policies,
    prepare,
    proposals,
    reviews,
    scenes,
    segments,
    simulation,
    stop,
    unsubscribe,
    variants,
)
from api.security import Guard
from records import keys
from records.keys import Key

DESCRIPTION = "Tact decides whether to speak to a customer now, on which channel, about what and in which words."
ROUTERS = (
    messages.router,
    prepare.router,
    decisions.router,
    reviews.router,
    customers.router,
    consents.router,
    catalogue.router,
    scenes.router,
    variants.router,
    policies.router,
    simulation.router,
    proposals.router,
    directives.router,
    desk.router,
    segments.router,
    stop.router,
    unsubscribe.router,
    operations.router,
)


def figures_of(parts: Parts) -> tuple[ModelMetrics, ...]:
    """What there is to watch of the model, where the settings name one."""
    return () if parts.meter is None else (ModelMetrics(parts.meter),)


def create_app(parts: Parts) -> FastAPI:
    """Builds the service over `parts`, which it closes when it ends."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await app.state.background.leave()
        await parts.leave()

    async def find_key(token: str) -> Key | None:
        return await parts.read(lambda connection: keys.find(connection, token))

    app = FastAPI(
        title="Tact",
        version=VERSION,
        description=DESCRIPTION,
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    admission = Admission(parts.settings.max_waiting)
    metrics = Metrics(admission, *figures_of(parts))
    app.state.parts, app.state.admission, app.state.metrics = parts, admission, metrics
    app.state.background = Background()
    app.state.guard = Guard(find_key, parts.settings.auth)
    for router in ROUTERS:
        app.include_router(router)
    problems.install(app)
    app.add_middleware(BodyLimit)
    app.add_middleware(Timing, metrics=metrics)
    return app

"""The service: every router, the error handlers and the middleware, in one visible place."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI

from agent.parts import Parts
from agent.retention import Retaining
from api import VERSION, problems
from api.access import Looks
from api.background import Background
from api.carrying import carry_on
from api.framing import LostLink, on_lost_link
from api.heads import Heads
from api.limits import Admission, BodyLimit
from api.metrics import Metrics, Timing
from api.model_metrics import ModelMetrics
from api.naming import EncodedSlashes
from api.reference import describe
from api.routes import (
    briefs,
    catalogue,
    consents,
    customers,
    dead_letters,
    decisions,
    desk,
    directives,
    events,
    identity,
    inventory,
    messages,
    operations,
    outbox,
    policies,
    preferences,
    prepare,
    privacy,
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
    events.router,
    dead_letters.router,
    decisions.router,
    outbox.router,
    reviews.router,
    customers.router,
    briefs.router,
    identity.router,
    privacy.router,
    consents.router,
    catalogue.router,
    scenes.router,
    inventory.router,
    variants.router,
    policies.router,
    simulation.router,
    proposals.router,
    directives.router,
    desk.router,
    segments.router,
    stop.router,
    unsubscribe.router,
    preferences.router,
    operations.router,
)


def figures_of(parts: Parts) -> tuple[ModelMetrics, ...]:
    """What there is to watch of the model, where the settings name one."""
    return () if parts.meter is None else (ModelMetrics(parts.meter),)


def create_app(parts: Parts, *, journeys: bool = False) -> FastAPI:
    """Builds the service over `parts`, which it closes when it ends; `journeys` says whether it carries them out."""

    async def find_key(token: str) -> Key | None:
        return await parts.read(lambda connection: keys.find(connection, token))

    app = FastAPI(
        title="Tact",
        version=VERSION,
        description=DESCRIPTION,
        lifespan=partial(lifespan, parts=parts, journeys=journeys),
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    admission = Admission(parts.settings.max_waiting)
    metrics = Metrics(admission, *figures_of(parts))
    app.state.parts, app.state.admission, app.state.metrics = parts, admission, metrics
    app.state.intake_admission = Admission(parts.settings.intake_waiting)
    app.state.background = Background()
    app.state.looks = Looks(parts.stores)
    app.state.guard = Guard(find_key, parts.settings.auth)
    for router in ROUTERS:
        app.include_router(router)
    app.state.routes = [route for router in ROUTERS for route in router.routes]
    app.openapi = partial(describe, app)  # type: ignore[method-assign]  # how FastAPI is given a document of one's own
    problems.install(app)
    app.add_exception_handler(LostLink, on_lost_link)
    app.add_middleware(Heads)
    app.add_middleware(EncodedSlashes)
    app.add_middleware(BodyLimit)
    app.add_middleware(Timing, metrics=metrics)
    return app


@asynccontextmanager
async def lifespan(app: FastAPI, parts: Parts, journeys: bool) -> AsyncIterator[None]:
    """What goes on beside the requests, from the start of the service to its end."""
    app.state.background.start(parts.follower.run(), "the follower")
    app.state.background.start(Retaining(parts).run(), "letting go of what is old")
    if journeys:
        app.state.background.start(carry_on(parts, app.state.metrics), "journeys")
    yield
    await app.state.background.leave()
    app.state.looks.write()
    await parts.leave()

"""For operators: is it alive, is it ready, what does it count, what can it do."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from agent.parts import Parts
from api import checkup
from api.checkup import Readiness
from api.door import parts_of
from api.faults import FieldProblem
from api.metrics import MEDIA_TYPE, Metrics
from api.problems import document
from api.reference import describe, reference
from domain.frozen import Frozen

router = APIRouter(tags=["operations"])


class Health(Frozen):
    """The process answers."""

    status: str = "ok"


@router.get("/healthz", response_model=Health, summary="is the process alive")
async def healthz() -> Health:
    """Answers as long as the process runs; asks no store."""
    return Health()


@router.get("/readyz", response_model=Readiness, summary="can it answer asks", responses={503: {}})
async def readyz(request: Request) -> Response:
    """Asks every store; 503 with the ones that fail when an ask could not be answered."""
    parts = parts_of(request)
    found = await parts.instruments.pool.run(lambda: ready(parts))
    if found.ready:
        return JSONResponse(found.model_dump())
    failing = [FieldProblem(check.name, f"{check.found}. {check.advice}") for check in found.checks if not check.ok]
    names = ", ".join(name for name, _ in failing)
    headers = {"Retry-After": "5"}
    return document(503, "not-ready", "Asks cannot be answered", f"Not well: {names}.", failing, headers)


@router.get("/metrics", summary="figures for Prometheus", response_class=Response)
async def metrics(request: Request) -> Response:
    """All figures in the text format of Prometheus."""
    figures: Metrics = request.app.state.metrics
    return Response(figures.page(), media_type=MEDIA_TYPE)


@router.get("/openapi.json", summary="the API as an OpenAPI document", response_class=JSONResponse)
async def openapi(request: Request) -> Response:
    """Every route, parameter and schema as data."""
    return JSONResponse(describe(request.app))


@router.get("/docs", summary="the API as a page", response_class=HTMLResponse)
async def docs(request: Request) -> Response:
    """Every route on one page that needs no network."""
    return reference(describe(request.app))


def ready(parts: Parts) -> Readiness:
    """What an ask needs, looked at now."""
    return checkup.of(
        (
            checkup.attempt("database", lambda: checkup.schema(parts.stores)),
            checkup.attempt("policies", lambda: parts.stores.read(checkup.policies)),
            checkup.attempt("secret", lambda: checkup.secret(parts.stores)),
            checkup.disk(parts.settings),
            checkup.attempt("context", lambda: checkup.context(parts.context)),
        )
    )

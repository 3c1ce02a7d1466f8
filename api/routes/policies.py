"""The policy book: the rules in force, every version there was, and trying rules while nothing is stored."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from pydantic import AwareDatetime

from agent.rulebook import compared, examined
from agent.secondreading import second_of_trial
from agent.trial import Trial, TrialRequest, trial
from agent.vocabulary import words_of
from api.door import Door, answer, book_of, language_of, parts_of, roles
from api.paging import Cursor, Limit, Page, cut, position
from api.views import ChangeView, FindingView, change_views, finding_views
from domain.frozen import Frozen
from policies.book import Playbook
from policies.boundary.reach import said_whole
from policies.facts import Home
from policies.schema import Document, schema_of
from records import book as versions

router = APIRouter(route_class=Door, tags=["policies"])

Version = Annotated[int, Path(ge=1, le=1 << 53, description="The number of a version.")]


class RuleView(Frozen):
    """A rule: what it says to a marketer, and its parameters."""

    id: str
    type: str
    severity: str
    layer: str
    name: str
    says: str
    parameters: dict[str, Any]


class ExceptionView(Frozen):
    """An exception: where a rule gives way, to what, and until when."""

    id: str
    rule: str
    name: str | None
    until: date | None
    parameters: dict[str, Any]


class BookView(Frozen):
    """A book: its rules with exceptions worked in, its packs, exceptions and scenes."""

    version: int
    packs: tuple[str, ...]
    rules: tuple[RuleView, ...]
    exceptions: tuple[ExceptionView, ...]
    scenes: tuple[str, ...]


class VersionView(Frozen):
    """Who wrote a version, and who let it in."""

    version: int
    author: str
    approver: str | None
    note: str
    created_at: AwareDatetime


class VersionPage(Page[VersionView]):
    """Versions, newest first."""


class DifferenceView(Frozen):
    """What changes from one version to another, and whether it loosens anything."""

    before: int
    after: int
    loosens: bool
    changes: tuple[ChangeView, ...]


class FindingsView(Frozen):
    """What is probably not meant in the book in force."""

    version: int
    findings: tuple[FindingView, ...]


@router.get("/v1/policies", response_model=BookView, summary="read the policy book", **roles("marketer", "analyst"))
async def read_book(request: Request) -> Response:
    """Every rule in force in the reader's language."""
    book = await book_of(request)
    language = language_of(request)
    rules = tuple(
        RuleView(
            id=rule.id,
            type=rule.kind,
            severity=rule.severity,
            layer=rule.layer,
            name=rule.name.either(language),
            says=said_whole(rule, language),
            parameters=rule.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"id", "type"}),
        )
        for rule in book.rules
    )
    view = BookView(
        version=book.version,
        packs=book.playbook.packs,
        rules=rules,
        exceptions=exceptions_of(book.playbook, language),
        scenes=tuple(sorted(book.scenes)),
    )
    return answer(view, request)


@router.get(
    "/v1/policies/versions", response_model=VersionPage, summary="list policy versions", **roles("marketer", "analyst")
)
async def list_versions(request: Request, limit: Limit = 50, cursor: Cursor = "") -> Response:
    """Every version with its author and approver."""
    before = position(cursor) or 1 << 53
    found = await parts_of(request).read(lambda c: versions.page(c, limit + 1, before))
    items, following = cut(found, limit, lambda one: str(one.version))
    return answer(VersionPage(items=tuple(VersionView(**shown(one)) for one in items), next=following), request)


@router.get(
    "/v1/policies/versions/{n}/diff/{m}",
    response_model=DifferenceView,
    summary="compare two policy versions",
    responses={404: {}},
    **roles("marketer", "analyst"),
)
async def diff(request: Request, n: Version, m: Version) -> Response:
    """What changes from version n to version m, in the reader's words."""
    parts = parts_of(request)
    old, new = await parts.read(lambda c: (versions.get(c, n), versions.get(c, m)))
    found = await parts.instruments.pool.run(lambda: compared(old.document, new.document))
    told = change_views(found.changes, language_of(request))
    return answer(DifferenceView(before=n, after=m, loosens=found.loosens, changes=told), request)


@router.get(
    "/v1/policies/findings",
    response_model=FindingsView,
    summary="read what is wrong with the rules",
    **roles("marketer", "analyst"),
)
async def findings(request: Request) -> Response:
    """Rules that never speak, windows that are empty, customers whom nobody may reach, and how many those are."""
    parts, book = parts_of(request), await book_of(request)
    found = await parts.instruments.pool.run(lambda: examined(parts.stores, book.to_document()))
    told = finding_views(found, language_of(request))
    return answer(FindingsView(version=book.version, findings=told), request)


@router.get(
    "/v1/policies/schema",
    response_model=dict[str, Any],
    summary="read the schema of rule files",
    **roles("marketer", "analyst", "admin"),
)
async def schema(request: Request, document: Document = "house") -> dict[str, Any]:
    """The JSON Schema of house.yaml, of a scene or of a pack: editors complete and check files by it."""
    return schema_of(document)


@router.post("/v1/policies/try", response_model=Trial, summary="try rules", **roles("marketer"))
async def try_rules(request: Request, asked: TrialRequest) -> Response:
    """What directives, packs and rules in YAML say of one situation; nothing is stored."""
    parts = parts_of(request)
    settings, now = parts.settings, parts.clock.now()
    home = Home(settings.home_country, settings.home_timezone, settings.public_url)
    language = asked.language or language_of(request)
    words = await parts.read(words_of)
    second = await second_of_trial(parts.instruments, asked, home, now, words)
    heads = parts.instruments.heads
    found = await parts.instruments.pool.run(lambda: trial(asked, home, now, language, words, heads, second))
    return answer(found, request)


def exceptions_of(playbook: Playbook, language: str) -> tuple[ExceptionView, ...]:
    """The exceptions of a playbook as a reader sees them."""
    return tuple(
        ExceptionView(
            id=one.id,
            rule=one.rule,
            name=one.name.either(language) if one.name else None,
            until=one.until,
            parameters=one.model_dump(mode="json", by_alias=True, exclude_defaults=True, include={"scope", "instead"}),
        )
        for one in playbook.exceptions
    )


def shown(one: versions.PolicyVersion) -> dict[str, Any]:
    """The fields of a version that a list shows."""
    return {name: getattr(one, name) for name in VersionView.model_fields}

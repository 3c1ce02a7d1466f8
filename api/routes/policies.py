"""The policy book: the rules in force, and every version there was."""

from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime

from api.door import Door, answer, book_of, language_of, parts_of, roles
from api.paging import Cursor, Limit, Page, cut, position
from domain.frozen import Frozen
from records import book as versions

router = APIRouter(route_class=Door, tags=["policies"])


class RuleView(Frozen):
    """A rule: what it says to a marketer, and its parameters."""

    id: str
    type: str
    severity: str
    says: str
    parameters: dict[str, Any]


class BookView(Frozen):
    """The book in force."""

    version: int
    rules: tuple[RuleView, ...]
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
            says=rule.say(language),
            parameters=rule.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"id", "type"}),
        )
        for rule in book.rules
    )
    return answer(BookView(version=book.version, rules=rules, scenes=tuple(sorted(book.scenes))), request)


@router.get(
    "/v1/policies/versions", response_model=VersionPage, summary="list policy versions", **roles("marketer", "analyst")
)
async def list_versions(request: Request, limit: Limit = 50, cursor: Cursor = "") -> Response:
    """Every version with its author and approver."""
    before = position(cursor) or 1 << 53
    found = await parts_of(request).read(lambda c: versions.page(c, limit + 1, before))
    items, following = cut(found, limit, lambda one: str(one.version))
    return answer(VersionPage(items=tuple(VersionView(**shown(one)) for one in items), next=following), request)


def shown(one: versions.PolicyVersion) -> dict[str, Any]:
    """The fields of a version that a list shows."""
    return {name: getattr(one, name) for name in VersionView.model_fields}

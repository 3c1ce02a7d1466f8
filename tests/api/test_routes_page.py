"""docs/routes.md says what the service does."""

from typing import Any

from api.limits import BODY_BYTES, DEFAULT_BYTES
from api.problems import HTTP_TITLES, MEANINGS, TYPE_PREFIX
from domain.errors import TactError
from tests.api.house import House
from tests.api.routes_page import Row, parts_by_channel, problems, rows

SIZES = {"": 0, "32 KiB": 32 * 1024, "256 KiB": DEFAULT_BYTES, "500 KiB": 500 * 1024, "4 MiB": 4 * 1024 * 1024}


def described(shared: House) -> dict[tuple[str, str], dict[str, Any]]:
    """Every operation of the OpenAPI document by method and path."""
    paths = shared.get("/openapi.json").json()["paths"]
    return {(method.upper(), path): one for path, methods in paths.items() for method, one in methods.items()}


def test_the_page_lists_every_route_and_no_other(shared: House) -> None:
    assert {(row.method, row.path) for row in rows()} == set(described(shared))


def test_roles_paging_and_statuses_agree(shared: House) -> None:
    operations = described(shared)
    for row in rows():
        operation = operations[row.method, row.path]
        parameters = {parameter["name"] for parameter in operation.get("parameters", ())}
        said = Row(
            row.method,
            row.path,
            frozenset(operation["x-roles"]),
            {"limit", "cursor"} <= parameters,
            row.body,
            frozenset(operation["responses"]),
        )
        assert said == row


def test_body_limits_agree(shared: House) -> None:
    operations = described(shared)
    for row in rows():
        takes_body = "requestBody" in operations[row.method, row.path] or row.path.startswith(("/u/", "/p/"))
        expected = BODY_BYTES.get(row.path, DEFAULT_BYTES) if takes_body and row.method == "POST" else 0
        assert SIZES[row.body] == expected, row


def test_every_problem_is_on_the_page() -> None:
    kinds = {error: meaning.status for error, meaning in MEANINGS.items() if error is not TactError}
    foreseen = {TYPE_PREFIX + error.code: status for error, status in kinds.items()}
    page = problems()
    assert set(foreseen) | {TYPE_PREFIX + code for code in HTTP_TITLES} | {TYPE_PREFIX + "not-ready"} == set(page)
    assert all(status in page[problem] for problem, status in foreseen.items())


def test_every_error_of_the_tree_has_its_own_row_or_an_ancestors() -> None:
    for error in everything_below(TactError):
        assert any(kind in MEANINGS for kind in error.__mro__[:-3]), error


def everything_below(kind: type[TactError]) -> list[type[TactError]]:
    """All subclasses."""
    return [found for below in kind.__subclasses__() for found in (below, *everything_below(below))]


def test_a_list_gives_limit_and_next(shared: House) -> None:
    for row in (row for row in rows() if row.paged):
        path = row.path.replace("{id}", "anna")
        role = "marketer" if "marketer" in row.roles else min(row.roles)
        answered = shared.get(path, role, params={"limit": 1, "customer": "anna"})
        assert list(answered.json()) == ["items", "next"], row
        assert len(answered.json()["items"]) <= 1
        refused = shared.get(path, role, params={"limit": 0, "customer": "anna"})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "limit")


def test_pages_together_are_the_whole_list(shared: House) -> None:
    for path in ("/v1/customers", "/v1/offers", "/v1/scenes"):
        whole = shared.get(path, "marketer", params={"limit": 200}).json()["items"]
        found, cursor = [], ""
        while True:
            page = shared.get(path, "marketer", params={"limit": 2, "cursor": cursor}).json()
            found += page["items"]
            cursor = page["next"]
            if cursor is None:
                break
        assert found == whole


def test_a_message_has_no_parts_but_those_of_its_channel(shared: House) -> None:
    for channel, allowed in parts_by_channel().items():
        moment = {"direction": "inbound"} if channel == "call" else {}
        ask = {
            "customer": {"id": "anna"},
            "channels": [channel],
            "moment": moment,
            "dry_run": True,
            "deadline_ms": 10_000,
        }
        answer = shared.post("/v1/next-message", "channel", ask).json()
        message = answer["message"] or {}
        found = {part for part, value in message.items() if value} - {"channel", "language", "offer"}
        assert found <= allowed, (channel, found - allowed)
        assert message or answer["hold"]["reasons"]

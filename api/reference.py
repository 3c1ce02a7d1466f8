"""The API described: the OpenAPI document, and the same as a page that needs no network."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse

from api.pages import page
from api.problems import MEDIA_TYPE
from api.security import expand

Node = dict[str, Any]

PROBLEM: Node = {
    "type": "object",
    "description": "What went wrong, in the form of RFC 9457.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": "A stable name of the kind of problem."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What happened, and what to do."},
        "instance": {"type": "string", "description": "The id under which the log holds the cause."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "detail"],
                "properties": {"field": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
REFERENCE = re.compile(r'"#/components/schemas/([\w.-]+)"')
MEANINGS = {
    "400": "An event cannot be used, or there is none; the fields are named.",
    "401": "There is no valid key.",
    "403": "The key has another role, or another person is needed.",
    "404": "There is no such thing.",
    "409": "The first request under this key is still running, or an envelope is no longer valid.",
    "410": "The customer was erased; the seal of the decision can still be verified.",
    "413": "The body is too large.",
    "415": "The body is not JSON.",
    "422": "The request cannot be read; the fields are named.",
    "429": "Too many requests are waiting; Retry-After says when to come back.",
    "503": "A store cannot answer; Retry-After says when to come back.",
}


def describe(app: FastAPI) -> Node:
    """The OpenAPI document, with keys, roles and problems written in; built once."""
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        components = document.setdefault("components", {})
        components.setdefault("schemas", {})["Problem"] = PROBLEM
        components["securitySchemes"] = {
            "key": {"type": "http", "scheme": "bearer"},
            "keyAsUserName": {"type": "http", "scheme": "basic"},
        }
        for _, _, operation in operations(document):
            complete(operation)
        named = named_schemas(document)
        components["schemas"] = {name: node for name, node in components["schemas"].items() if name in named}
        app.openapi_schema = document
    return app.openapi_schema


def named_schemas(document: Node) -> frozenset[str]:
    """The schemas that an operation names, and those that these name; FastAPI lists every model that it ever saw."""
    found, told = frozenset[str](), json.dumps(document["paths"])
    while new := frozenset(REFERENCE.findall(told)) - found:
        found |= new
        told = json.dumps([document["components"]["schemas"][name] for name in sorted(new)])
    return found


def operations(document: Node) -> Iterator[tuple[str, str, Node]]:
    """Every (path, method, operation) of the document."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method.upper(), operation


def complete(operation: Node) -> None:
    """Adds who may call an operation and which problems it answers."""
    roles = operation["x-roles"] = sorted(expand(operation.get("x-roles", ())))
    operation["security"] = [{"key": []}] if roles else []
    if "ingest" in roles:
        operation["security"].append({"keyAsUserName": []})
    for status in problems_of(operation):
        # FastAPI's own words for 422 are none of ours; a page for customers is.
        told = operation["responses"].get(status, {}).get("content", {})
        also = {media: shape for media, shape in told.items() if media == "text/html"}
        operation["responses"][status] = {
            "description": MEANINGS[status],
            "content": {**also, MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }


def problems_of(operation: Node) -> Iterator[str]:
    """The statuses of the problems that an operation can answer."""
    declared = operation["responses"]
    yield from (status for status in MEANINGS if status in declared)
    if operation["x-roles"]:
        yield from ("401", "403", "503")
    if "requestBody" in operation:
        yield from ("413", "415", "422")


def reference(document: Node) -> HTMLResponse:
    """The page that shows every route."""
    tags: dict[str, list[str]] = {}
    for path, method, operation in operations(document):
        tags.setdefault(operation.get("tags", ["other"])[0], []).append(entry(path, method, operation, document))
    routes = "\n".join(f"<h2>{html.escape(tag)}</h2>\n" + "\n".join(entries) for tag, entries in tags.items())
    texts = {
        "title": f"{document['info']['title']} {document['info']['version']}",
        "sentence": "Every route. The same as data: GET /openapi.json. Errors are application/problem+json.",
    }
    return page("reference", texts, routes=routes)


def entry(path: str, method: str, operation: Node, document: Node) -> str:
    """One route as a line that opens."""
    roles = ", ".join(operation["x-roles"]) or "no key needed"
    parts = [f"<p>{html.escape(operation.get('description', ''))}</p>", parameters(operation)]
    bodies = operation.get("requestBody", {}).get("content", {}).values()
    parts += [shape("Request", media.get("schema", {}), document) for media in bodies]
    for status, response in operation["responses"].items():
        parts.append(f"<p><b>{html.escape(status)}</b> {html.escape(response.get('description', ''))}</p>")
        if media := response.get("content", {}).get("application/json"):
            parts.append(shape("Response", media.get("schema", {}), document))
    return (
        f"<details><summary><b>{method}</b> <code>{html.escape(path)}</code> {html.escape(operation['summary'])}"
        f' <span class="roles">({html.escape(roles)})</span></summary>{"".join(parts)}</details>'
    )


def parameters(operation: Node) -> str:
    """The parameters of a route as a table."""
    rows = "".join(
        f"<tr><td><code>{html.escape(each['name'])}</code></td><td>{html.escape(each['in'])}</td>"
        f"<td>{html.escape(each.get('description', ''))}</td></tr>"
        for each in operation.get("parameters", ())
    )
    return f"<table>{rows}</table>" if rows else ""


def shape(name: str, schema: Node, document: Node) -> str:
    """A schema, with the one it refers to written out."""
    reference_to = schema.get("$ref", "")
    found = document["components"]["schemas"].get(reference_to.rpartition("/")[2], schema)
    return f"<p>{name}</p><pre>{html.escape(json.dumps(found, indent=1, ensure_ascii=False))}</pre>"

"""Pages for people: plain HTML without anything from elsewhere."""

import html
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from string import Template

from fastapi.responses import HTMLResponse

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


@lru_cache
def template(name: str) -> Template:
    """The page `name` of this folder."""
    return Template((Path(__file__).parent / f"{name}.html").read_text(encoding="utf-8"))


def page(name: str, texts: Mapping[str, str], status: int = 200, **ready: str) -> HTMLResponse:
    """The page `name` with `texts` escaped into it; `ready` is HTML of our own making."""
    escaped = {key: html.escape(text) for key, text in texts.items()}
    return HTMLResponse(template(name).substitute(escaped, **ready), status, HEADERS)

"""Framing: the page that a customer sees, with who sends it, how to reach them, and the way to the other language."""

from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from api.door import book_of, parts_of, preferred
from api.pages import page
from api.preferences import paragraphs
from api.problems import problem_of
from domain.errors import NotFound
from domain.language import LANGUAGES, Language, phrase

LOST: dict[int | str, dict[str, Any]] = {404: {"content": {"text/html": {}}}}
"""What a route for customers says of a link that leads nowhere."""


class LostLink(NotFound):
    """A link for customers that we did not make, or of which a mail program lost a part."""

    def __init__(self, token: str) -> None:
        super().__init__("link", token)


async def framed(request: Request, language: Language, title: str, content: str, status: int = 200) -> HTMLResponse:
    """The page with its sender, how to reach them, and the way to the other language."""
    sender = (await book_of(request)).sender
    texts = {
        "language": language,
        "title": title,
        "sender": phrase(language, ja="　", en=", ").join(
            (sender.legal_name.either(language), sender.address.either(language))
        ),
        "contact": phrase(
            language,
            ja=f"お問い合わせ：{sender.phone}（{sender.hours.either(language)}）",
            en=f"Contact: {sender.phone} ({sender.hours.either(language)})",
        ),
    }
    other = phrase(
        language, ja='<a href="?lang=en" lang="en">English</a>', en='<a href="?lang=ja" lang="ja">日本語</a>'
    )
    made = page("customer", texts, content=content, other=other)
    made.status_code = status
    return made


def asked_language(request: Request) -> Language | None:
    """The language asked for in the address."""
    wish = request.query_params.get("lang")
    return next((one for one in LANGUAGES if one == wish), None)


async def on_lost_link(request: Request, error: Exception) -> Response:
    """A kind word for whoever reads the answer in a browser, a problem document for everybody else."""
    assert isinstance(error, LostLink)
    if "text/html" not in request.headers.get("accept", ""):
        return problem_of(error)
    wished = asked_language(request) or preferred(request.headers.get("accept-language", ""))
    language = wished or parts_of(request).settings.language
    title = phrase(language, ja="このページを開けませんでした", en="This page could not be opened")
    ja = (
        "リンクの一部が途中で切れているようです。"
        "お手数ですが、メールにあるリンクをもう一度お開きいただくか、リンク全体を写してお開きください。"
    )
    en = (
        "A part of the link seems to be missing. Please open the link in the mail once more, "
        "or copy the whole of it into your browser."
    )
    reach = phrase(
        language,
        ja="うまくいかない場合や、配信の停止をお急ぎの場合は、下のお問い合わせ先までご連絡ください。",
        en="If that does not help, or you want to hear from us no more, call us at the number below.",
    )
    return await framed(request, language, title, paragraphs(phrase(language, ja=ja, en=en), reach), 404)

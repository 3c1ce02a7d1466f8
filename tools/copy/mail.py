"""A mail from one set of words: the same parts become its text and its HTML, so the two cannot differ.

A template's body is paragraphs with blank lines between them; a paragraph that is `[card]`, `[button]` or `[offers]`
stands for the offer's facts, the one action, or the ranked list.
"""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from domain.message import Block
from prompts.render import compile_html, trusted

LAYOUT = Path(__file__).parent / "layout"
_BLOCK = compile_html((LAYOUT / "block.html").read_text(encoding="utf-8"), "layout/block.html")
_MAIL = compile_html((LAYOUT / "mail.html").read_text(encoding="utf-8"), "layout/mail.html")

PartKind = Literal["words", "card", "button", "list", "footer"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a part, with its link if it has one."""

    words: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph, card, button, list or footer."""

    kind: PartKind
    lines: tuple[Line, ...]
    name: str | None = None
    """The block that it belongs to, where it is a content block of its own."""

    def text(self) -> str:
        """The part as plain text: a link stands on a line of its own under its words."""
        return "\n".join(f"{line.words}\n{line.url}" if line.url else line.words for line in self.lines)


def words_part(paragraph: str) -> Part:
    """A paragraph of words."""
    return Part("words", tuple(Line(line) for line in paragraph.split("\n")))


def footer_part(words: str, links: Collection[str]) -> Part:
    """The footer; the line before one of its `links` is the words of that link."""
    lines: list[Line] = []
    for line in words.split("\n"):
        if line in links and lines:
            lines[-1] = Line(lines[-1].words, line)
        else:
            lines.append(Line(line))
    return Part("footer", tuple(lines))


def block(block_id: str, parts: list[Part]) -> Block:
    """Some parts as one block that stands alone inside another tool's mail."""
    return Block(id=block_id, text="\n\n".join(part.text() for part in parts), html=str(_BLOCK.render(parts=parts)))


def page(
    language: str, subject: str, preheader: str, blocks: list[Block], footer: Part, image: tuple[str, str] | None
) -> str:
    """The whole HTML mail around blocks that are already HTML."""
    return str(
        _MAIL.render(
            language=language,
            subject=subject,
            preheader=preheader,
            blocks=[trusted(each.html) for each in blocks],
            footer=footer,
            image=image,
        )
    )

"""Copy made ready: a variant, and the frame of a language, with every template compiled."""

from collections.abc import Mapping

from domain.language import Language
from domain.variant import Passage, Variant
from prompts.render import Template, compile_text
from tools.copy.library import load_frame


class Written:
    """A variant with its templates compiled."""

    __slots__ = ("action", "body", "headlines", "passages", "preheader", "subject", "title", "variant")

    def __init__(self, variant: Variant) -> None:
        copy = variant.copy_
        self.variant = variant
        self.body = compile_text(copy.body, variant.id)
        self.subject, self.preheader = _maybe(copy.subject, variant.id), _maybe(copy.preheader, variant.id)
        self.title, self.action = _maybe(copy.title, variant.id), _maybe(copy.action, variant.id)
        self.headlines = tuple(compile_text(headline, variant.id) for headline in copy.headlines)
        self.passages = tuple((passage, compile_text(passage.body, variant.id)) for passage in copy.blocks)

    @property
    def is_service(self) -> bool:
        return self.variant.tone == "service"


class Framing:
    """The words around a message in one language, compiled."""

    def __init__(self, language: Language) -> None:
        frame = load_frame(language)
        name = f"{language}/frame"
        self.dear = compile_text(frame.dear, name)
        self.item = compile_text(frame.item, name)
        self.mail_footer = compile_text(frame.mail_footer, name)
        self.service_footer = compile_text(frame.service_footer, name)
        self.line_footer = compile_text(frame.line_footer, name)
        self.sms_footer = compile_text(frame.sms_footer, name)
        self.cards: Mapping[str, Template] = {kind: compile_text(card, name) for kind, card in frame.cards.items()}
        self.actions: Mapping[str, Template] = {kind: compile_text(text, name) for kind, text in frame.actions.items()}


def _maybe(source: str | None, name: str) -> Template | None:
    return compile_text(source, name) if source is not None else None


def words_memory(variant: Variant | Passage) -> bool:
    return any(need.startswith("memory.") for need in variant.needs)

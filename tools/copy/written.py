"""Copy made ready: a variant, and the frame of a language, with every template compiled."""

from collections.abc import Mapping

from domain.language import Language
from domain.variant import Passage, Variant
from prompts.render import Template, compile_text
from tools.copy.library import load_frame


class Written:
    """A variant with its templates compiled, and what of it is looked at for each message."""

    __slots__ = (
        "action",
        "body",
        "headlines",
        "kinds",
        "needs",
        "passages",
        "personal",
        "placement",
        "preheader",
        "recalls",
        "speaks_of_cart",
        "subject",
        "title",
        "variant",
    )

    def __init__(self, variant: Variant) -> None:
        copy = variant.copy_
        self.variant = variant
        self.kinds, self.placement = variant.kinds, variant.placement
        self.needs, self.personal = variant.needs, variant.personal
        self.recalls, self.speaks_of_cart = words_memory(variant), speaks_of_cart(variant)
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


def words_memory(words: Variant | Passage) -> bool:
    """Whether the words recall something of the customer."""
    return any(need.startswith("memory.") for need in words.needs)


def speaks_of_cart(words: Variant | Passage) -> bool:
    """Whether the words are about what lies in the customer's cart."""
    return any(need.startswith("cart.") for need in words.needs)

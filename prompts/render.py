"""Templates: compiled once, rendered strictly; the only file that imports jinja2.

Most are taken apart into pieces, which say the same for a fraction of the cost; the engine renders the others.

A template may only state facts that it is given: one that is missing is an error that names it, never an empty gap in a
sentence. `is known` asks first: `{% if offer.price is known %}…{% endif %}`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from itertools import zip_longest
from typing import Any, TypeVar

from jinja2 import StrictUndefined, TemplateSyntaxError, Undefined, UndefinedError, nodes
from jinja2 import Template as JinjaTemplate
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from domain.errors import MissingFact, Unreadable
from prompts.pieces import Choice, Fact, How, Pieces, Question, filled

T = TypeVar("T")

PLACE = re.compile(r"\{\{ ([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?) \}\}")
"""A fact by its name alone."""
RESERVED = frozenset({"true", "false", "none", "not", "range", "dict", "lipsum", "cycler", "joiner", "namespace"})
"""Names that mean something to the engine."""
SPECIAL = RESERVED | {"self", "format", "format_map"}
"""The same, and names that it gives a meaning of its own where it finds nothing under them, or finds it in a text."""


class Missing(StrictUndefined):
    """A fact that was not given; its message is the fact's own name, such as `offer.price`."""

    @property
    def _undefined_message(self) -> str:
        owner = getattr(self._undefined_obj, "fact", None)
        return f"{owner}.{self._undefined_name}" if isinstance(owner, str) else str(self._undefined_name)


def _is_known(value: object) -> bool:
    return value is not None and not isinstance(value, Undefined)


class FactsOnly(ImmutableSandboxedEnvironment):
    """A template may read facts and nothing behind them, because approved copy can come from a model."""

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        return not attr.startswith("_") and not callable(value)

    def getattr(self, obj: Any, attribute: str) -> Any:
        # What is plainly a fact is no method either: most reads need none of the engine's further questions.
        value = getattr(obj, attribute, None)
        if value is None or callable(value) or attribute.startswith("_"):
            return super().getattr(obj, attribute)
        return value

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        # The engine's own chain of maps is walked twice a render, which costs more than the words.
        return {**self.globals, **(d or {})}


def environment(*, html: bool = False) -> FactsOnly:
    """The engine as it is set up here."""
    engine = FactsOnly(undefined=Missing, autoescape=html, trim_blocks=html, lstrip_blocks=html)
    engine.tests["known"] = _is_known
    return engine


_TEXT = environment(html=False)
_HTML = environment(html=True)


class Template:
    """A compiled template; `render` fills in the facts."""

    __slots__ = ("_compiled", "_html", "name", "source")

    def __init__(self, source: str, name: str, *, html: bool = False) -> None:
        self.source, self.name, self._html = source, name, html
        pieces = None if html else pieces_of(source, name)
        self._compiled = self._compile() if pieces is None else pieces

    def _compile(self) -> Pieces | JinjaTemplate:
        engine = _HTML if self._html else _TEXT
        try:
            parsed = engine.parse(self.source)
            pieces = None if self._html else taken_apart(parsed, self.name)
            return engine.from_string(parsed) if pieces is None else pieces
        except TemplateSyntaxError as error:
            raise Unreadable(
                [f"{self.name}, line {error.lineno}: {error.message}. Correct the template and load it again."]
            ) from error

    def render(self, **facts: object) -> str:
        """The template with `facts` filled in; HTML comes back as Markup, so that it may be put into other HTML."""
        return self.filled(facts)

    def filled(self, facts: Mapping[str, object]) -> str:
        """The same with the facts of a mapping, of which only those are looked up that the template asks for."""
        if isinstance(self._compiled, tuple):
            return filled(self._compiled, facts)
        try:
            words = self._compiled.render({name: value for name, value in facts.items() if value is not None})
        except UndefinedError as error:
            raise MissingFact(str(error), self.name) from error
        except SecurityError as error:
            raise Unreadable([f"{self.name}: {error}. A template may only read facts."]) from error
        return Markup(words) if self._html else words


def pieces_of(source: str, name: str = "template") -> Pieces | None:
    """Words, fact, words, … of a template that only fills facts in; None for one that has to be parsed.

    It is ready fifty times sooner, which counts for words drafted a moment ago.
    """
    pieces = PLACE.split(source.removesuffix("\n"))
    words, names = pieces[::2], pieces[1::2]
    plain = not any(sign in text for text in words for sign in ("{{", "{%", "{#", "\r"))
    plain = plain and not any(text.endswith("{") for text in words[:-1])
    if not plain or not RESERVED.isdisjoint(names):
        return None
    facts = (Fact(name, *fact.split(".")) for fact in names)
    return tuple(piece for pair in zip_longest(words, facts) for piece in pair if piece)


def taken_apart(parsed: nodes.Template, name: str = "template") -> Pieces | None:
    """The pieces of a parsed template; None for one that only the engine can fill in."""
    return _pieces(parsed.body, name)


def _pieces(body: Sequence[nodes.Node], name: str) -> Pieces | None:
    return _all(piece for node in body for piece in _pieces_in(node, name))


def _pieces_in(node: nodes.Node, name: str) -> Iterator[str | Fact | Choice | None]:
    match node:
        case nodes.Output():
            for part in node.nodes:
                yield part.data if isinstance(part, nodes.TemplateData) else _fact(part, name)
        case nodes.If():
            yield _choice(node, name)
        case _:
            yield None


def _choice(node: nodes.If, name: str) -> Choice | None:
    ways = _all(_way(one, name) for one in (node, *node.elif_))
    otherwise = _pieces(node.else_, name)
    return None if ways is None or otherwise is None else Choice((*ways, ((), otherwise)))


def _way(node: nodes.If, name: str) -> tuple[tuple[Question, ...], Pieces] | None:
    questions, said = _all(_questions(node.test, name)), _pieces(node.body, name)
    return None if questions is None or said is None else (questions, said)


def _questions(test: nodes.Node, name: str) -> Iterator[Question | None]:
    match test:
        case nodes.And():
            yield from _questions(test.left, name)
            yield from _questions(test.right, name)
        case nodes.Test(name="known", args=[], kwargs=[], dyn_args=None, dyn_kwargs=None):
            yield _question(test.node, name, "known")
        case nodes.Compare(ops=[nodes.Operand(op="eq" | "ne" as how, expr=nodes.Const(value=value))]):
            yield _question(test.expr, name, how, value)
        case _:
            yield _question(test, name, "true")


def _question(node: nodes.Node, name: str, how: How, value: object = None) -> Question | None:
    fact = _fact(node, name)
    return None if fact is None else Question(fact, how, value)


def _fact(node: nodes.Node, name: str) -> Fact | None:
    match node:
        case nodes.Name(name=group) if group not in SPECIAL:
            return Fact(name, group)
        case nodes.Getattr(node=nodes.Name(name=group), attr=attr) if not (
            attr.startswith("_") or {group, attr} & SPECIAL
        ):
            return Fact(name, group, attr)
        case _:
            return None


def _all(found: Iterable[T | None]) -> tuple[T, ...] | None:
    """All of them, or None where one is wanting: a template is taken apart whole."""
    each = tuple(found)
    whole = tuple(one for one in each if one is not None)
    return whole if len(whole) == len(each) else None


def compile_text(source: str, name: str = "template") -> Template:
    """A template of plain text."""
    return Template(source, name)


def compile_html(source: str, name: str = "template") -> Template:
    """A template of HTML: every fact is escaped unless it is rendered HTML itself."""
    return Template(source, name, html=True)


def trusted(html: str) -> str:
    """HTML that was rendered here before, marked so that it is not escaped a second time."""
    return Markup(html)

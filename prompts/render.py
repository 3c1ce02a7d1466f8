"""Templates: compiled once, rendered strictly; the only file that imports jinja2.

A template may only state facts that it is given: one that is missing is an error that names it, never an empty gap in a
sentence. `is known` asks first: `{% if offer.price is known %}…{% endif %}`.
"""

from jinja2 import StrictUndefined, TemplateSyntaxError, Undefined, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from domain.errors import MissingFact, Unreadable


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


def _environment(*, html: bool) -> FactsOnly:
    environment = FactsOnly(undefined=Missing, autoescape=html, trim_blocks=html, lstrip_blocks=html)
    environment.tests["known"] = _is_known
    return environment


_TEXT = _environment(html=False)
_HTML = _environment(html=True)


class Template:
    """A compiled template; `render` fills in the facts."""

    __slots__ = ("_html", "_template", "name", "source")

    def __init__(self, source: str, name: str, *, html: bool = False) -> None:
        self.source, self.name, self._html = source, name, html
        try:
            self._template = (_HTML if html else _TEXT).from_string(source)
        except TemplateSyntaxError as error:
            raise Unreadable(
                [f"{name}, line {error.lineno}: {error.message}. Correct the template and load it again."]
            ) from error

    def render(self, **facts: object) -> str:
        """The template with `facts` filled in; HTML comes back as Markup, so that it may be put into other HTML."""
        given = {name: value for name, value in facts.items() if value is not None}
        try:
            words = self._template.render(given)
        except UndefinedError as error:
            raise MissingFact(str(error), self.name) from error
        except SecurityError as error:
            raise Unreadable([f"{self.name}: {error}. A template may only read facts."]) from error
        return Markup(words) if self._html else words


def compile_text(source: str, name: str = "template") -> Template:
    """A template of plain text."""
    return Template(source, name)


def compile_html(source: str, name: str = "template") -> Template:
    """A template of HTML: every fact is escaped unless it is rendered HTML itself."""
    return Template(source, name, html=True)


def trusted(html: str) -> str:
    """HTML that was rendered here before, marked so that it is not escaped a second time."""
    return Markup(html)

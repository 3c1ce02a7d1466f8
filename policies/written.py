"""Written YAML: the data of a text, the line of everything in it, and what YAML takes otherwise than was meant."""

import math
import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from domain.language import Language, phrase
from policies.mistakes import Where
from policies.traps import (
    Said,
    colon_trap,
    curly_trap,
    hash_trap,
    number_trap,
    parse_trap,
    sign_trap,
    space_trap,
    word_trap,
)

NUMBERS = {"tag:yaml.org,2002:int": int, "tag:yaml.org,2002:float": float}
BOOL, NULL = "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null"
PLAIN_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
MOST_LEVELS, LONGEST_NUMBER = 40, 20
SIGNS = (("*", "alias"), ("&", "anchor"), ("\t", "'\\t'"), ("%", "'%'"), ("@", "'@'"), ("`", "'`'"))
NO_KEY = re.compile(r"\s*(?:-\s+)?['\"]?(?P<key>\w+)['\"]?\s*(?P<sign>：|:\u3000|:(?=[^\s/]))", re.ASCII)
CURLY = re.compile(r"[“”„＂‘’＇].*[“”„＂‘’＇]", re.DOTALL)


class Deep(yaml.composer.ComposerError):
    """The text nests deeper than anybody writes by hand."""


class Loader(yaml.SafeLoader):
    """Reads plain data: no aliases, which could hold each other or grow without end, and no bottomless nesting."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._levels = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """The next node; raises ComposerError for an alias and Deep for too many levels."""
        mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # the stubs leave it out
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(None, None, "found alias", mark)
        if self._levels >= MOST_LEVELS:
            raise Deep(None, None, "nested too deeply", mark)
        self._levels += 1
        node = super().compose_node(parent, index)
        self._levels -= 1
        return node


@dataclass(slots=True)
class Written:
    """One YAML text as people write it; every mistake found is kept with its line."""

    language: Language
    name: str
    text: str
    problems: list[tuple[int, str]] = field(default_factory=list)
    lines: dict[Where, int] = field(default_factory=dict)
    trapped: set[Where] = field(default_factory=set)
    data: Any = None

    def __post_init__(self) -> None:
        try:
            node = yaml.compose(self.text, Loader=Loader)
        except yaml.MarkedYAMLError as error:
            self._cannot_be_parsed(error)
        except yaml.reader.ReaderError as error:
            self.tell(
                self.text.count("\n", 0, error.position) + 1,
                ja="読めない文字があります。書き直してください。",
                en="there is a character that no text may hold. Retype it.",
            )
        else:
            self.data = self._value(node, ()) if node is not None else None

    def told(self) -> list[str]:
        """Every mistake with file and line, from top to bottom."""
        line = phrase(self.language, ja="{}、{}行目：{}", en="{}, line {}: {}")
        return [line.format(self.name, number, said) for number, said in sorted(self.problems)]

    def tell(self, line: int, *, ja: str, en: str) -> None:
        """Notes a mistake."""
        self.problems.append((line, phrase(self.language, ja=ja, en=en)))

    def line(self, place: Where) -> int:
        """The line of a place, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def place(self, within: Where, where: Where) -> Where:
        """The written path of a mistake; pieces that pydantic adds, such as the type, are not in the file."""
        for piece in where:
            if (*within, piece) in self.lines:
                within = (*within, piece)
        return within

    def _value(self, node: yaml.Node, at: Where) -> object:
        self.lines.setdefault(at, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, at)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(inner, (*at, number)) for number, inner in enumerate(node.value)]
        return self._scalar(node, at)

    def _mapping(self, node: yaml.MappingNode, at: Where) -> dict[object, object]:
        found: dict[object, object] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = self._scalar(key_node, (*at, "?")) if isinstance(key_node, yaml.ScalarNode) else None
            if not isinstance(key, str):
                key = str(key_node.value)
            if key in found:
                self.tell(
                    line,
                    ja=f"{key!r} が2回書かれています（1回目は{self.lines[(*at, key)]}行目）。片方を消してください。",
                    en=f"{key!r} is written twice, first in line {self.lines[(*at, key)]}. Keep one of them.",
                )
                continue
            self.lines[(*at, key)] = line
            if node.flow_style and value_node.tag == NULL and not value_node.value:
                self._comma_trap(key, line)
                continue
            found[key] = self._value(value_node, (*at, key))
        return found

    def _comma_trap(self, key: str, line: int) -> None:
        self.tell(
            line,
            ja=f"{key!r} の前のコンマで文が切れています。文全体を引用符で囲んでください。",
            en=f"the comma before {key!r} ends the text there. Put the whole text in quotes.",
        )

    def _scalar(self, node: yaml.Node, at: Where) -> object:
        text, tag, line = str(node.value), node.tag, node.start_mark.line + 1
        if tag.startswith("!"):
            self._trap(line, at, *sign_trap("!"))
        if isinstance(node, yaml.ScalarNode) and node.style is None:
            self._plain_traps(node, at)
        if tag == NULL:
            return None
        if tag == BOOL:
            return self._yes_or_no(text, line, at)
        return self._number(text, tag, line, at) if tag in NUMBERS else text

    def _yes_or_no(self, text: str, line: int, at: Where) -> object:
        if text.lower() in ("true", "false"):
            return text.lower() == "true"
        self._trap(line, at, *word_trap(text))
        return text

    def _number(self, text: str, tag: str, line: int, at: Where) -> object:
        if PLAIN_NUMBER.fullmatch(text) and len(text) <= LONGEST_NUMBER and math.isfinite(float(text)):
            return NUMBERS[tag](text)
        read = None if len(text) > LONGEST_NUMBER else yaml.safe_load(text)
        self._trap(line, at, *number_trap(text, read))
        return text

    def _plain_traps(self, node: yaml.ScalarNode, at: Where) -> None:
        """What was meant as a key, a quote or a text with # in it, but is none to YAML."""
        text, line = node.value, node.start_mark.line + 1
        rest = self.text[node.end_mark.index :].partition("\n")[0]
        if re.match(r"[ \t]+#\S", rest):
            self._trap(line, at, *hash_trap(rest.strip()))
        elif CURLY.fullmatch(text):
            self._trap(line, at, *curly_trap(text))
        elif (not at or isinstance(at[-1], int)) and (found := NO_KEY.match(text)):
            self._trap(line, at, *colon_trap(found["key"], found["sign"]))
        elif "\u3000" in text[:1]:
            self._trap(line, at, *space_trap())

    def _trap(self, line: int, at: Where, ja: str, en: str) -> None:
        self.trapped.add(at)
        self.tell(line, ja=ja, en=en)

    def _cannot_be_parsed(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        problem = f"{error.context or ''} {error.problem or ''}"
        sign = next((sign for sign, name in SIGNS if name in problem), None)
        if error.context_mark and "quoted scalar" in problem:
            line = error.context_mark.line + 1
        said = sign_trap(sign) if sign else None
        line, (ja, en) = (line, said) if said else self._width_trap(line) or (line, parse_trap(problem))
        self.tell(line, ja=ja, en=en)

    def _width_trap(self, line: int) -> tuple[int, Said] | None:
        """Full-width signs, or a missing space, in or just above the line where reading ends."""
        written = self.text.splitlines()
        for above in (line - 1, line - 2):
            row = written[above] if 0 <= above < len(written) else ""
            if row.lstrip(" ").startswith("\u3000"):
                return above + 1, space_trap()
            if found := NO_KEY.match(row):
                return above + 1, colon_trap(found["key"], found["sign"])
        return None

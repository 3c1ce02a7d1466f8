"""Documents: YAML that marketers write, read into rules, with every mistake named at once."""

import re
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from domain.errors import Unreadable, shortened
from domain.language import Language, phrase
from domain.scene import Scene
from domain.sender import Sender
from policies.book import Playbook
from policies.mistakes import Where, sentences
from policies.rules import AnyRule

PLAYBOOK = Path(__file__).parent / "playbook"
RULES: TypeAdapter[AnyRule] = TypeAdapter(AnyRule)
RULE_TYPES: Mapping[str, type[BaseModel]] = {
    kind.model_fields["type"].default: kind for kind in typing.get_args(typing.get_args(AnyRule)[0])
}
NUMBERS = {"tag:yaml.org,2002:int": int, "tag:yaml.org,2002:float": float}
BOOL, NULL = "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null"
PLAIN_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
Model = TypeVar("Model", bound=BaseModel)


def read_playbook(folder: Path = PLAYBOOK, language: Language = "en") -> Playbook:
    """The playbook in a folder: sender and rules in house.yaml, one file per scene; all mistakes are told at once."""
    house = Page(language, "house.yaml", (folder / "house.yaml").read_text(encoding="utf-8"))
    rules, sender = house.rules(), house.sender()
    files = sorted((folder / "scenes").glob("*.yaml"))
    pages = [Page(language, path.name, path.read_text(encoding="utf-8")) for path in files]
    scenes = [scene for page in pages if (scene := page.scene()) is not None]
    problems = [problem for page in (house, *pages) for problem in page.told()]
    if problems or sender is None:
        raise Unreadable(problems)
    return Playbook(rules=rules, scenes=tuple(scenes), sender=sender)


def read_rules(text: str, name: str = "policy.yaml", language: Language = "en") -> tuple[AnyRule, ...]:
    """The rules in a YAML text: a list, or a mapping with a list under `rules`."""
    page = Page(language, name, text)
    rules = page.rules()
    if page.problems:
        raise Unreadable(page.told())
    return rules


def read_data(text: str, name: str) -> object:
    """Plain data in a YAML text, under the same care: example files and suites."""
    page = Page("en", name, text)
    if page.problems:
        raise Unreadable(page.told())
    return page.data


@dataclass(slots=True)
class Page:
    """One YAML file: its data, the line of everything in it, and the mistakes found so far."""

    language: Language
    name: str
    text: str
    problems: list[tuple[int, str]] = field(default_factory=list)
    lines: dict[Where, int] = field(default_factory=dict)
    trapped: set[Where] = field(default_factory=set)
    data: Any = None

    def __post_init__(self) -> None:
        try:
            node = yaml.compose(self.text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            self._cannot_be_parsed(error)
        except yaml.reader.ReaderError as error:
            line = self.text.count("\n", 0, error.position) + 1
            self._tell(
                line,
                ja="読めない文字があります。書き直してください。",
                en="there is a character that no text may hold. Retype it.",
            )
        else:
            self.data = self._value(node, ()) if node is not None else None

    def told(self) -> list[str]:
        """Every mistake with file and line, from top to bottom."""
        line = phrase(self.language, ja="{}、{}行目：{}", en="{}, line {}: {}")
        return [line.format(self.name, number, said) for number, said in sorted(self.problems)]

    def rules(self) -> tuple[AnyRule, ...]:
        """The rules on the page that can be read."""
        within: Where = ("rules",) if isinstance(self.data, dict) else ()
        given = self.data.get("rules") if isinstance(self.data, dict) else self.data
        if not isinstance(given, list):
            if not self.problems:
                self._tell(
                    self._line(within),
                    ja="ルールは「- 」で始まる一覧で書きます。",
                    en='rules are a list, each begins with "- ".',
                )
            return ()
        if isinstance(self.data, dict):
            self._only(("sender", "rules"))
        self._each_id_once(given, within)
        read = [self._rule(rule, (*within, number)) for number, rule in enumerate(given)]
        return tuple(rule for rule in read if rule is not None)

    def sender(self) -> Sender | None:
        """The sender on the page."""
        if not isinstance(self.data, dict) or "sender" not in self.data:
            if not self.problems:
                self._tell(
                    1,
                    ja="sender（送信者）がありません。",
                    en="the sender is missing. Add sender: with name, address and phone.",
                )
            return None
        return self._model(Sender, self.data["sender"], ("sender",))

    def scene(self) -> Scene | None:
        """The scene on the page, None where it cannot be read."""
        if self.data is None:
            if not self.problems:
                self._tell(1, ja="ファイルが空です。", en="the file is empty. Write a scene, or remove the file.")
            return None
        return self._model(Scene, self.data, ())

    def _rule(self, given: object, within: Where) -> AnyRule | None:
        try:
            return RULES.validate_python(given)
        except ValidationError as error:
            self._mistaken(error, within, RULE_TYPES)
            return None

    def _model(self, model: type[Model], given: object, within: Where) -> Model | None:
        try:
            return model.model_validate(given)
        except ValidationError as error:
            noun = model.__name__.lower()
            found = sentences(error, {noun: model}, self.language, noun)
            self._add(found, within)
            return None

    def _mistaken(self, error: ValidationError, within: Where, models: Mapping[str, type[BaseModel]]) -> None:
        self._add(sentences(error, models, self.language), within)

    def _add(self, found: list[tuple[Where, str]], within: Where) -> None:
        for where, said in found:
            place = self._place(within, where)
            if place not in self.trapped:
                self.problems.append((self._line(place), said))

    def _place(self, within: Where, where: Where) -> Where:
        """The written path of a mistake; pieces that pydantic adds, such as the type, are not in the file."""
        place = within
        for piece in where:
            if (*place, piece) in self.lines:
                place = (*place, piece)
        return place

    def _line(self, place: Where) -> int:
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def _tell(self, line: int, *, ja: str, en: str) -> None:
        self.problems.append((line, phrase(self.language, ja=ja, en=en)))

    def _only(self, known: tuple[str, ...]) -> None:
        for key in self.data:
            if key not in known:
                self._tell(
                    self._line((key,)),
                    ja=f"{key!r} はここには書けません。書けるのは {'、'.join(known)} です。",
                    en=f"{key!r} is not known here. Known are {', '.join(known)}.",
                )

    def _each_id_once(self, given: list[object], within: Where) -> None:
        first: dict[object, int] = {}
        for number, rule in enumerate(given):
            identifier = rule.get("id") if isinstance(rule, dict) else None
            line = self._line((*within, number, "id"))
            if isinstance(identifier, str) and first.setdefault(identifier, line) != line:
                self._tell(
                    line,
                    ja=f"id {identifier!r} は{first[identifier]}行目で使われています。別の名前にしてください。",
                    en=f"the id {identifier!r} is taken in line {first[identifier]}. Choose another.",
                )

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
                self._tell(
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
        self._tell(
            line,
            ja=f"{key!r} の前のコンマで文が切れています。文全体を引用符で囲んでください。",
            en=f"the comma before {key!r} ends the text there. Put the whole text in quotes.",
        )

    def _scalar(self, node: yaml.Node, at: Where) -> object:
        text, tag, line = str(node.value), node.tag, node.start_mark.line + 1
        if tag == NULL:
            return None
        if tag == BOOL:
            return self._yes_or_no(text, line, at)
        if tag in NUMBERS:
            if PLAIN_NUMBER.fullmatch(text):
                return NUMBERS[tag](text)
            self._number_trap(text, line, at)
        return text

    def _yes_or_no(self, text: str, line: int, at: Where) -> object:
        if text.lower() in ("true", "false"):
            return text.lower() == "true"
        meant = "true" if text.lower() in ("yes", "on", "y") else "false"
        self._trap(
            line,
            at,
            ja=f'{text} は引用符がないと {meant} と読まれます。文字なら "{text}"、そうでなければ {meant} と書きます。',
            en=f'{text} without quotes means {meant} in YAML. Write "{text}" in quotes, or {meant} if that is meant.',
        )
        return text

    def _number_trap(self, text: str, line: int, at: Where) -> None:
        read = yaml.safe_load(text)
        self._trap(
            line,
            at,
            ja=f'{text} は引用符がないと数の {read} と読まれます。"{text}" と引用符で囲んでください。',
            en=f'{text} without quotes is read as the number {read}. Write "{text}" in quotes.',
        )

    def _trap(self, line: int, at: Where, *, ja: str, en: str) -> None:
        self.trapped.add(at)
        self._tell(line, ja=ja, en=en)

    def _cannot_be_parsed(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        problem = f"{error.context or ''} {error.problem or ''}"
        for sign, name in (("*", "alias"), ("&", "anchor"), ("\t", "'\\t'"), ("%", "'%'"), ("@", "'@'"), ("`", "'`'")):
            if name in problem:
                self._sign_trap(sign, line)
                return
        self._tell(
            line,
            ja=f"YAMLとして読めません（{shortened(error.problem)}）。字下げ・コロン・引用符を確かめてください。",
            en=f"this is not YAML ({error.problem}). Check indentation, colons and quotes just above.",
        )

    def _sign_trap(self, sign: str, line: int) -> None:
        if sign == "\t":
            self._tell(
                line, ja="字下げにタブは使えません。空白にしてください。", en="a tab cannot indent a line. Use spaces."
            )
            return
        self._tell(
            line,
            ja=f'{sign} はYAMLで特別な意味を持ちます。"{sign}" のように引用符で囲んでください。',
            en=f'{sign} has a meaning of its own in YAML. Put the value in quotes, such as "{sign}".',
        )

"""Documents: YAML that marketers write, read into rules, with every mistake named at once."""

import typing
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from domain.errors import Unreadable
from domain.frozen import Frozen
from domain.language import Language
from domain.scene import Scene
from domain.sender import Sender
from domain.stages import Stages
from policies.book import Playbook
from policies.exception import RuleException, loosen
from policies.mistakes import Where, sentences
from policies.pack import PACKS, Pack, pack_names
from policies.rules import AnyRule
from policies.slip import Slip
from policies.written import Written

PLAYBOOK = Path(__file__).parent / "playbook"
RULES: TypeAdapter[AnyRule] = TypeAdapter(AnyRule)
RULE_TYPES: Mapping[str, type[BaseModel]] = {
    kind.model_fields["type"].default: kind for kind in typing.get_args(typing.get_args(AnyRule)[0])
}
Model = TypeVar("Model", bound=BaseModel)


class Policy(Frozen):
    """What one text of rules says: the packs that are on, the rules, and the exceptions from them."""

    packs: tuple[str, ...] = ()
    rules: tuple[AnyRule, ...] = ()
    exceptions: tuple[RuleException, ...] = ()


def read_playbook(folder: Path = PLAYBOOK, language: Language = "en") -> Playbook:
    """The playbook in a folder: house.yaml with its packs, one file per scene, and stages.yaml where there is one."""
    house = (folder / "house.yaml").read_text(encoding="utf-8")
    files, stages = sorted((folder / "scenes").glob("*.yaml")), folder / "stages.yaml"
    own = stages.read_text(encoding="utf-8") if stages.exists() else None
    return compose_playbook(house, {path.name: path.read_text(encoding="utf-8") for path in files}, language, own)


def compose_playbook(
    house: str, scenes: Mapping[str, str], language: Language = "en", stages: str | None = None
) -> Playbook:
    """The playbook in these texts; all mistakes of all of them are told at once."""
    return _composed(house, tuple(scenes.items()), language, stages)


@lru_cache(maxsize=8)
def _composed(house: str, scenes: tuple[tuple[str, str], ...], language: Language, stages: str | None) -> Playbook:
    """Reading takes a tenth of a second, and the same texts are read again by every look at them."""
    page = Page(language, "house.yaml", house)
    policy, sender = page.policy(), page.sender()
    pages = [Page(language, name, text) for name, text in scenes]
    read = [scene for each in pages if (scene := each.scene()) is not None]
    standing = Page(language, "stages.yaml", "{}" if stages is None else stages)
    defined = standing.stages()
    problems = [problem for each in (page, *pages, standing) for problem in each.told()]
    if problems or sender is None:
        raise Unreadable(problems)
    return Playbook(
        rules=(*policy.rules, *(rule for name in policy.packs for rule in read_pack(name).rules)),
        scenes=tuple(read),
        sender=sender,
        packs=policy.packs,
        exceptions=policy.exceptions,
        stages=defined or Stages(),
    )


def read_policy(
    text: str,
    name: str = "policy.yaml",
    language: Language = "en",
    field: str = "document",
    among: tuple[AnyRule, ...] = (),
) -> Policy:
    """The rules, packs and exceptions in a YAML text that lies `among` other rules, which it may except from."""
    page = Page(language, name, text)
    policy = page.policy(among)
    if page.problems:
        raise Unreadable(page.told(), field)
    return policy


def read_rules(text: str, name: str = "policy.yaml", language: Language = "en") -> tuple[AnyRule, ...]:
    """The rules in a YAML text: a list, or a mapping with a list under `rules`."""
    return read_policy(text, name, language).rules


def read_data(text: str, name: str) -> object:
    """Plain data in a YAML text, under the same care: example files and suites."""
    page = Page("en", name, text)
    if page.problems:
        raise Unreadable(page.told())
    return page.data


@cache
def read_pack(name: str) -> Pack:
    """The pack of that name; its rules are law, which no exception loosens."""
    page = Page("en", f"{name}.yaml", (PACKS / f"{name}.yaml").read_text(encoding="utf-8"))
    pack = page.pack()
    if page.problems or pack is None:
        raise Unreadable(page.told())
    return pack


class Page(Written):
    """One YAML file of a playbook."""

    def policy(self, among: tuple[AnyRule, ...] = ()) -> Policy:
        """Packs, rules and exceptions on the page, as far as they can be read."""
        if isinstance(self.data, dict):
            self._only(("sender", "packs", "rules", "exceptions"))
        packs = self._packs()
        shipped = tuple(rule for name in packs for rule in read_pack(name).rules)
        rules = self.rules(rule.id for rule in shipped)
        return Policy(packs=packs, rules=rules, exceptions=self._exceptions((*rules, *shipped, *among)))

    def rules(self, taken: Iterable[str] = ()) -> tuple[AnyRule, ...]:
        """The rules on the page that can be read; ids in `taken` belong to the packs that are on."""
        within: Where = ("rules",) if isinstance(self.data, dict) else ()
        given = self._list(within, required=not (isinstance(self.data, dict) and "packs" in self.data))
        self._each_id_once(given, within, frozenset(taken))
        read = [self._rule(rule, (*within, number)) for number, rule in enumerate(given)]
        return tuple(rule for rule in read if rule is not None)

    def sender(self) -> Sender | None:
        """The sender on the page."""
        if not isinstance(self.data, dict) or "sender" not in self.data:
            if self._readable(("sender",)):
                self.tell(
                    1,
                    ja="sender（送信者）がありません。",
                    en="the sender is missing. Add sender: with name, address and phone.",
                )
            return None
        return self._model(Sender, self.data["sender"], ("sender",))

    def scene(self) -> Scene | None:
        """The scene on the page, None where it cannot be read."""
        if self.data is None:
            if self._readable(()):
                self.tell(1, ja="ファイルが空です。", en="the file is empty. Write a scene, or remove the file.")
            return None
        return self._model(Scene, self.data, ())

    def stages(self) -> Stages | None:
        """The stages on the page, None where they cannot be read."""
        if self.data is None:
            if self._readable(()):
                self.tell(1, ja="ファイルが空です。", en="the file is empty. Write stages, or remove the file.")
            return None
        return self._model(Stages, self.data, ())

    def pack(self) -> Pack | None:
        """The pack on the page, its rules marked as law."""
        stamped = tuple(rule.model_copy(update={"layer": "law", "owner": "law"}) for rule in self.rules())
        told = {key: value for key, value in self.data.items() if key != "rules"} if self.data else {}
        return self._model(Pack, {**told, "rules": stamped}, ())

    def _packs(self) -> tuple[str, ...]:
        found, known = [], ", ".join(pack_names())
        for number, name in enumerate(self._list(("packs",))):
            if name in pack_names():
                found.append(str(name))
                continue
            self.tell(
                self.line(("packs", number)),
                ja=f"{name!r} というパックはありません。書けるのは {known} です。",
                en=f"there is no pack {name!r}. Known are {known}.",
            )
        return tuple(dict.fromkeys(found))

    def _exceptions(self, rules: tuple[AnyRule, ...]) -> tuple[RuleException, ...]:
        found: list[RuleException] = []
        for number, given in enumerate(self._list(("exceptions",))):
            place = ("exceptions", number)
            exception = self._model(RuleException, given, place)
            if exception is None:
                continue
            try:
                loosen(rules, (exception,))
            except Slip as slip:
                ja, en = slip.ja.rstrip("。"), slip.en.rstrip(".")
                self.tell(self.line(place), ja=f"{exception.id}：{ja}。", en=f"{exception.id}: {en}.")
            except ValidationError as error:
                kind = next(rule.kind for rule in rules if rule.id == exception.rule)
                self._add(sentences(error, RULE_TYPES, self.language, kind), (*place, "instead"))
            else:
                found.append(exception)
        return tuple(found)

    def _list(self, within: Where, required: bool = False) -> list[Any]:
        given = self.data.get(within[0]) if within and isinstance(self.data, dict) else None if within else self.data
        if isinstance(given, list):
            return given
        if (required or given is not None) and self._readable(within):
            noun_ja, noun_en = ("ルール", "rules") if not within or within == ("rules",) else (within[0], within[0])
            self.tell(
                self.line(within),
                ja=f"{noun_ja}は「- 」で始まる一覧で書きます。",
                en=f'{noun_en} are a list, each begins with "- ".',
            )
        return []

    def _readable(self, place: Where) -> bool:
        """Whether a mistake there is one of its own, and does not follow from one that was told already."""
        return place not in self.trapped and () not in self.trapped and (self.data is not None or not self.problems)

    def _rule(self, given: object, within: Where) -> AnyRule | None:
        if isinstance(given, dict) and given.get("layer") in ("law", "directive"):
            self.tell(
                self.line((*within, "layer")),
                ja="law（法令）と directive（配信の指示）の layer はファイルに書けません。この行を消してください。",
                en="the layers law (packs) and directive (instructions) are not written in files. Remove this line.",
            )
        try:
            return RULES.validate_python(given)
        except ValidationError as error:
            self._add(sentences(error, RULE_TYPES, self.language), within)
            return None

    def _model(self, model: type[Model], given: object, within: Where) -> Model | None:
        try:
            return model.model_validate(given)
        except ValidationError as error:
            noun = model.__name__.lower().removeprefix("rule")
            self._add(sentences(error, {noun: model}, self.language, noun), within)
            return None

    def _add(self, found: list[tuple[Where, str]], within: Where) -> None:
        for where, said in found:
            place = self.place(within, where)
            if place not in self.trapped:
                self.problems.append((self.line(place), said))

    def _only(self, known: tuple[str, ...]) -> None:
        for key in (key for key in self.data if key not in known):
            self.tell(
                self.line((key,)),
                ja=f"{key!r} はここには書けません。書けるのは {'、'.join(known)} です。",
                en=f"{key!r} is not known here. Known are {', '.join(known)}.",
            )

    def _each_id_once(self, given: list[Any], within: Where, taken: frozenset[str]) -> None:
        first: dict[object, int] = {}
        for number, rule in enumerate(given):
            identifier = rule.get("id") if isinstance(rule, dict) else None
            line = self.line((*within, number, "id"))
            if identifier in taken:
                self.tell(
                    line,
                    ja=f"id {identifier!r} は書き換えられないパックのルールです。別の名前にしてください。",
                    en=f"the id {identifier!r} belongs to a pack, whose rules cannot be rewritten. Choose another.",
                )
            if isinstance(identifier, str) and first.setdefault(identifier, line) != line:
                self.tell(
                    line,
                    ja=f"id {identifier!r} は{first[identifier]}行目で使われています。別の名前にしてください。",
                    en=f"the id {identifier!r} is taken in line {first[identifier]}. Choose another.",
                )

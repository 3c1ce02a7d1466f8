"""Changes: what differs between two playbooks, in words, and whether it can loosen anything."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeVar

from pydantic import BaseModel

from domain.frozen import Frozen
from domain.language import LANGUAGES, Text
from domain.scene import Scene
from policies.book import Playbook
from policies.canonical import canonical, plain
from policies.exception import RuleException
from policies.rules import AnyRule
from policies.stricter import SAID, differs, loosened

Kind = Literal["added", "removed", "changed"]
Noun = Literal["book", "rule", "exception", "pack", "scene", "sender", "stages"]
Model = TypeVar("Model", bound=BaseModel)
WORDS_OF_A_SCENE = frozenset(("name", "card", "goal"))


class Change(Frozen):
    """One difference: what was added, removed or changed, and whether something may now leave that could not before."""

    kind: Kind
    noun: Noun
    id: str
    loosens: bool
    text: Text
    fields: tuple[str, ...] = ()


FIRST = Change(
    kind="added",
    noun="book",
    id="book",
    loosens=True,
    text=Text(ja="最初のルールです。", en="These are the first rules."),
)


def changes(old: Playbook, new: Playbook) -> tuple[Change, ...]:
    """Every difference between two playbooks, packs first."""
    return (
        *_packs(old, new),
        *_rules(_alone(old, new), _alone(new, old)),
        *_exceptions(old, new),
        *_scenes(old, new),
        *_sender(old, new),
        *_stages(old, new),
    )


def _alone(one: Playbook, other: Playbook) -> Mapping[str, AnyRule]:
    """The rules that are compared one by one: those of a pack that comes or goes change with it."""
    moved = {name for name in one.packs if name not in other.packs}
    return {rule.id: rule for rule in one.rules if rule.layer != "law" or rule.id.partition(".")[0] not in moved}


def _packs(old: Playbook, new: Playbook) -> Iterator[Change]:
    for name in sorted({*old.packs, *new.packs}):
        if name not in new.packs:
            text = Text(ja=f"パック「{name}」を外します。", en=f"The pack {name!r} is switched off.")
            yield Change(kind="removed", noun="pack", id=name, loosens=True, text=text)
        elif name not in old.packs:
            text = Text(ja=f"パック「{name}」を加えます。", en=f"The pack {name!r} is switched on.")
            yield Change(kind="added", noun="pack", id=name, loosens=False, text=text)


def _rules(old: Mapping[str, AnyRule], new: Mapping[str, AnyRule]) -> Iterator[Change]:
    for identifier in dict.fromkeys((*old, *new)):
        before, after = old.get(identifier), new.get(identifier)
        if after is None and before is not None:
            yield _gone(before)
        elif before is None and after is not None:
            yield _come(after)
        elif before is not None and after is not None and before != after:
            yield _altered(before, after)


def _gone(rule: AnyRule) -> Change:
    text = Text(ja=f"なくなります：{_named(rule, 'ja')}", en=f"No longer holds: {_named(rule, 'en')}")
    return Change(kind="removed", noun="rule", id=rule.id, loosens=rule.severity == "hard", text=text)


def _come(rule: AnyRule) -> Change:
    text = Text(ja=f"加わります：{_named(rule, 'ja')}", en=f"New: {_named(rule, 'en')}")
    return Change(kind="added", noun="rule", id=rule.id, loosens=rule.kind in PERMITTING, text=text)


def _named(rule: AnyRule, language: str) -> str:
    """A rule by its name and its sentence."""
    name, said = rule.name.either(language), rule.say(language)
    return f"「{name}」{said}" if language == "ja" else f"{name} – {said}"


PERMITTING = frozenset(("llm_data",))
"""Types of rules that open something; every other rule only ever forbids."""


def _altered(old: AnyRule, new: AnyRule) -> Change:
    fields, loose = differs(old, new), loosened(old, new)
    shown = [name for name in fields if name not in SAID] or list(fields)
    told = {language: _said(old, new, shown, language) for language in LANGUAGES}
    return Change(kind="changed", noun="rule", id=new.id, loosens=bool(loose), text=Text(**told), fields=tuple(shown))


def _said(old: AnyRule, new: AnyRule, fields: Sequence[str], language: str) -> str:
    """Both sentences; where they are the same, what was written."""
    before, after = old.say(language), new.say(language)
    if before != after:
        return f"{before} → {after}"
    first, second = plain(old), plain(new)
    written = [_field(type(new), name) for name in fields]
    told = [f"{name}: {_shown(first.get(name))} → {_shown(second.get(name))}" for name in written]
    return f"{after}（{'、'.join(told)}）" if language == "ja" else f"{after} ({', '.join(told)})"


def _field(model: type[BaseModel], name: str) -> str:
    field = model.model_fields.get(name)
    return (field.alias if field else None) or name


def _shown(value: object) -> str:
    return "–" if value is None else json.dumps(value, ensure_ascii=False)


def _exceptions(old: Playbook, new: Playbook) -> Iterator[Change]:
    before, after = _by_id(old.exceptions), _by_id(new.exceptions)
    for identifier in dict.fromkeys((*before, *after)):
        one, other = before.get(identifier), after.get(identifier)
        if one == other:
            continue
        kind: Kind = "added" if one is None else "removed" if other is None else "changed"
        yield Change(
            kind=kind, noun="exception", id=identifier, loosens=other is not None, text=_excepted(other or one, kind)
        )


def _by_id(exceptions: Sequence[RuleException]) -> Mapping[str, RuleException]:
    return {exception.id: exception for exception in exceptions}


def _excepted(exception: RuleException | None, kind: str) -> Text:
    rule = exception.rule if exception is not None else ""
    named = exception.name if exception is not None else None
    ja = {"added": "ができます", "removed": "がなくなります", "changed": "が変わります"}[kind]
    en = {"added": "New", "removed": "Gone", "changed": "Changed"}[kind]
    ja_name, en_name = (f"「{named.either('ja')}」", f" ({named.either('en')})") if named else ("", "")
    return Text(ja=f"ルール {rule} の例外{ja_name}{ja}。", en=f"{en}: an exception from the rule {rule}{en_name}.")


def _scenes(old: Playbook, new: Playbook) -> Iterator[Change]:
    before, after = ({scene.id: scene for scene in book.scenes} for book in (old, new))
    for identifier in dict.fromkeys((*before, *after)):
        one, other = before.get(identifier), after.get(identifier)
        if other is None and one is not None:
            yield _scene_moved(one, "removed")
        elif one is None and other is not None:
            yield _scene_moved(other, "added")
        elif one is not None and other is not None and one != other:
            yield _scene(one, other)


def _scene_moved(scene: Scene, kind: Literal["added", "removed"]) -> Change:
    ja, en = scene.name.either("ja"), scene.name.either("en")
    new = kind == "added"
    said = Text(ja="始めます", en="New use case") if new else Text(ja="やめます", en="Use case gone")
    text = Text(ja=f"施策「{ja}」を{said.ja}。", en=f"{said.en}: {en}.")
    return Change(kind=kind, noun="scene", id=scene.id, loosens=new, text=text)


def _scene(old: Scene, new: Scene) -> Change:
    fields = tuple(name for name in Scene.model_fields if getattr(old, name) != getattr(new, name))
    loose = [name for name in fields if name not in WORDS_OF_A_SCENE and not _tighter(name, old, new)]
    ja, en = new.name.either("ja"), new.name.either("en")
    text = Text(
        ja=f"施策「{ja}」が変わります（{'、'.join(fields)}）。", en=f"Use case {en} changes: {', '.join(fields)}."
    )
    return Change(kind="changed", noun="scene", id=new.id, loosens=bool(loose), text=text, fields=fields)


def _tighter(name: str, old: Scene, new: Scene) -> bool:
    if name in ("channels", "kinds"):
        return bool(getattr(new, name) <= getattr(old, name))
    return name == "review" and new.review


def _sender(old: Playbook, new: Playbook) -> Iterator[Change]:
    if old.sender != new.sender:
        fields = tuple(
            name for name in type(new.sender).model_fields if getattr(old.sender, name) != getattr(new.sender, name)
        )
        text = Text(
            ja=f"送信者の表示が変わります（{'、'.join(fields)}）。", en=f"The sender changes: {', '.join(fields)}."
        )
        yield Change(kind="changed", noun="sender", id="sender", loosens=True, text=text, fields=fields)


def _stages(old: Playbook, new: Playbook) -> Iterator[Change]:
    """Other stages are other audiences: somebody may come into one that is told more."""
    if old.stages == new.stages:
        return
    before, after = (tuple(map(canonical, book.stages.stages)) for book in (old, new))
    moved = [one for one in dict.fromkeys((*before, *after)) if before.count(one) != after.count(one)]
    names = tuple(dict.fromkeys(str(json.loads(one)["stage"]) for one in moved)) or ("usual_gap_days",)
    text = Text(
        ja=f"顧客ステージの決め方が変わります（{'、'.join(names)}）。",
        en=f"Stages are told apart anew: {', '.join(names)}.",
    )
    yield Change(kind="changed", noun="stages", id="stages", loosens=True, text=text, fields=names)

"""The shelf of approved copy: YAML templates in tools/copy/{ja,en}/ read into variants and frames."""

from collections import Counter
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, ValidationError

from domain.channel import Channel
from domain.errors import Unreadable
from domain.frozen import Frozen
from domain.language import LANGUAGES, Language
from domain.memory import Distance
from domain.offer import OfferKind
from domain.variant import Angle, Copy, Variant

FOLDER = Path(__file__).parent
FRAME = "frame.yaml"
PLAIN = "plain"
"""The scene of copy that serves any scene."""
ALWAYS = "offer.name"
"""Every template needs the name of its offer in its own language."""
Tone = Literal["polite", "service"]


class Frame(Frozen):
    """The words around a message in one language: greeting, cards and actions by kind, footers."""

    dear: str
    cards: dict[OfferKind, str]
    actions: dict[OfferKind, str]
    item: str
    mail_footer: str
    service_footer: str
    line_footer: str
    sms_footer: str


class Entry(Frozen):
    """One template as it is written: everything but what its file and folder already say."""

    id: str = Field(pattern="^[a-z0-9_.]+$")
    channel: Channel
    angle: Angle = "plain"
    placement: str | None = None
    kinds: frozenset[OfferKind] = frozenset()
    needs: frozenset[str] = frozenset()
    personal: frozenset[Distance] = frozenset()
    copy_: Copy = Field(alias="copy")


class Sheet(Frozen):
    """One file: the templates of one scene in one language."""

    scene: str
    tone: Tone = "polite"
    templates: tuple[Entry, ...]


def load_variants(folder: Path = FOLDER) -> tuple[Variant, ...]:
    """Every template of every language; within a scene, the order of the file is the order of preference."""
    files = [
        path for language in LANGUAGES for path in sorted((folder / language).glob("*.yaml")) if path.name != FRAME
    ]
    variants = [variant for path in files for variant in _variants(path)]
    counts = Counter(variant.id for variant in variants)
    twice = [name for name, count in counts.items() if count > 1]
    if twice:
        raise Unreadable([f"The template id {name!r} is used twice. Give each its own." for name in twice])
    return tuple(variants)


def load_frame(language: Language, folder: Path = FOLDER) -> Frame:
    """The frame of one language."""
    path = folder / language / FRAME
    try:
        return Frame.model_validate(_read(path))
    except ValidationError as error:
        raise _unreadable(path, error) from error


def _variants(path: Path) -> list[Variant]:
    try:
        sheet = Sheet.model_validate(_read(path))
    except ValidationError as error:
        raise _unreadable(path, error) from error
    return [_variant(sheet, entry, path.parent.name) for entry in sheet.templates]


def _variant(sheet: Sheet, entry: Entry, language: str) -> Variant:
    return Variant.model_validate(
        {
            **entry.model_dump(exclude={"copy_"}),
            "id": f"{language}.{sheet.scene}.{entry.id}",
            "scene": sheet.scene,
            "language": language,
            "tone": sheet.tone,
            "needs": entry.needs | {ALWAYS},
            "copy": entry.copy_,
        }
    )


def _read(path: Path) -> object:
    try:
        content: object = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise Unreadable([f"{path.name}: {error}. Correct the file and load it again."]) from error
    return content


def _unreadable(path: Path, error: ValidationError) -> Unreadable:
    return Unreadable(
        [
            f"{path.parent.name}/{path.name}: {'.'.join(str(step) for step in problem['loc'])}: {problem['msg']}. "
            f"A template has the fields {', '.join(sorted(Entry.model_fields))}."
            for problem in error.errors()
        ]
    )

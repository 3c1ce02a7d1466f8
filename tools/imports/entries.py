"""The sample's files, read and checked: every mistake at once, each with its file and entry."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import yaml
from pydantic import AwareDatetime, BaseModel, BeforeValidator, TypeAdapter, ValidationError

from domain.channel import Channel
from domain.consent import Consent
from domain.contact import Contact
from domain.customer import Customer
from domain.decision import Ask
from domain.errors import Unreadable, shortened
from domain.features import Features, Habit, Habits
from domain.frozen import Frozen
from domain.memory import Memory
from domain.offer import Offer
from tools.imports.shifting import shifted

T = TypeVar("T", bound=BaseModel)
BY_TOPIC = TypeAdapter(dict[str, Habit])


def _in_columns(features: object) -> object:
    """Habits stand under their topics in a file that people read."""
    if not isinstance(features, Mapping) or not isinstance(features.get("habits"), Mapping):
        return features
    return {**features, "habits": Habits.of(BY_TOPIC.validate_python(features["habits"]))}


class Person(Frozen):
    """One customer of the sample with everything that is known."""

    customer: Customer
    note: str | None = None
    consents: tuple[Consent, ...] = ()
    memories: tuple[Memory, ...] = ()
    features: Annotated[Features, BeforeValidator(_in_columns)] = Features()
    contacts: tuple[Contact, ...] = ()


class Expectation(Frozen):
    """What must hold of the answer to an ask; what is left out may be anything."""

    outcome: Literal["message", "hold"] | None = None
    channel: Channel | None = None
    offer: str | None = None
    not_offers: tuple[str, ...] = ()
    language: str | None = None
    says: tuple[str, ...] = ()
    """Phrases that a part of the message must contain."""
    never: tuple[str, ...] = ()
    """Phrases that no part of the message may contain."""
    hold: str | None = None
    """The type of a reason that the hold must name."""
    retry_at: AwareDatetime | None = None
    """When the hold must say that it could change."""


class SampleAsk(Frozen):
    """One question about a customer of the sample, with what must hold."""

    name: str
    ask: Ask
    story: int | None = None
    directives: tuple[str, ...] = ()
    expect: Expectation = Expectation()


def read_people(folder: Path, days: int) -> tuple[Person, ...]:
    """The customers of the sample, moved by `days`."""
    people = _read(folder / "customers.yaml", Person, days)
    problems = [*_doubles(folder / "customers.yaml", [one.customer.id for one in people]), *_strangers(folder, people)]
    if problems:
        raise Unreadable(problems)
    return people


def read_offers(folder: Path, days: int) -> tuple[Offer, ...]:
    """The offers of the sample, moved by `days`."""
    offers = _read(folder / "offers.yaml", Offer, days)
    if problems := list(_doubles(folder / "offers.yaml", [offer.id for offer in offers])):
        raise Unreadable(problems)
    return offers


def read_asks(folder: Path, days: int) -> tuple[SampleAsk, ...]:
    """The questions of the sample, moved by `days`."""
    return _read(folder / "asks.yaml", SampleAsk, days)


def _read(path: Path, kind: type[T], days: int) -> tuple[T, ...]:
    found: list[T] = []
    problems: list[str] = []
    for number, entry in enumerate(_entries(path), start=1):
        try:
            found.append(kind.model_validate(shifted(entry, days)))
        except ValidationError as error:
            problems += [f"{path.name}, entry {number}{_name(entry)}: {text}" for text in _sentences(error)]
    if problems:
        raise Unreadable(problems)
    return tuple(found)


def _entries(path: Path) -> list[object]:
    try:
        content: object = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Unreadable([f"{path.name} is not in {str(path.parent)!r}. Give the folder of a sample."]) from None
    except yaml.YAMLError as error:
        raise Unreadable([f"{path.name} is not YAML: {' '.join(str(error).split())}. Correct it there."]) from error
    if not isinstance(content, list):
        raise Unreadable([f"{path.name} holds no list. Begin every entry with '- '."])
    return content


def _sentences(error: ValidationError) -> Iterator[str]:
    for each in error.errors(include_url=False):
        place = ".".join(map(str, each["loc"])) or "the entry"
        yield f"{place} {shortened(each['input'])}: {each['msg']}. Correct it there."


def _name(entry: object) -> str:
    """The id or name of an entry in brackets, where it has one."""
    if not isinstance(entry, dict):
        return ""
    customer = entry.get("customer")
    own = customer.get("id") if isinstance(customer, dict) else entry.get("id", entry.get("name"))
    return f" ({own})" if isinstance(own, str) else ""


def _doubles(path: Path, ids: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for number, one in enumerate(ids, start=1):
        if one in seen:
            yield f"{path.name}, entry {number} ({one}): the id is taken by an earlier entry. Give it another."
        seen.add(one)


def _strangers(folder: Path, people: Iterable[Person]) -> Iterator[str]:
    """Consents and memories that name another customer than the entry they stand in."""
    path = folder / "customers.yaml"
    for number, person in enumerate(people, start=1):
        own = person.customer.id
        belongings: tuple[Consent | Memory, ...] = (*person.consents, *person.memories)
        for owned in belongings:
            if owned.customer_id != own:
                what = type(owned).__name__.lower()
                other = shortened(owned.customer_id)
                yield f"{path.name}, entry {number} ({own}): a {what} belongs to {other}. Write {own!r}."

"""Inspection: every rule about copy, on the words as they will be read."""

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import regex  # type: ignore[import-untyped]  # it ships no stubs

from domain.language import Text
from domain.message import Message
from domain.offer import Offer
from domain.sender import Sender
from policies.facts import Action, Situation
from policies.finding import Finding
from policies.inspection import links
from policies.inspection.numbers import untrue
from policies.inspection.phrases import PhraseIndex
from policies.inspection.text import lines, plain, seen
from policies.inspection.truths import Truths, of_facts, of_offer, of_sender, together
from policies.python import Clause, compile_station
from policies.rules import AnyRule
from policies.rules.forbidden_phrase import ForbiddenPhrase
from policies.rules.grounding import Grounding
from policies.rules.length import PARTS_JA, Length
from policies.rules.pii_leak import PiiLeak
from policies.rules.url_allow import UrlAllow
from policies.zones import known_zone

GRAPHEME = regex.compile(r"\X")
REMEMBERED = 4096
CURRENCY_AT_HOME = {"JP": "JPY", "US": "USD", "GB": "GBP", "DE": "EUR", "FR": "EUR", "IT": "EUR", "ES": "EUR"}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the message in plain text; `lines` are those that no earlier part has shown."""

    name: str
    text: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A message as it is read, with all that is true around it."""

    s: Situation
    a: Action
    message: Message
    parts: tuple[Part, ...]
    links: tuple[tuple[str, str], ...]
    """(part, address) of every link."""
    truths: Truths
    today: date


class Inspector:
    """The copy rules of one book, compiled once."""

    def __init__(self, rules: Sequence[AnyRule], sender: Sender) -> None:
        chosen = [rule for rule in rules if "inspect" in rule.stations and rule.severity == "hard"]
        self._rules = tuple(chosen)
        clauses = [Clause(bit, f"{rule.id} ({rule.type})", rule.violation()) for bit, rule in enumerate(chosen)]
        self._applies = compile_station("inspect", clauses)
        self._sender = sender
        self._of_sender = of_sender(sender)
        phrases = [
            (bit, rule.phrases, rule.exceptions) for bit, rule in enumerate(chosen) if isinstance(rule, ForbiddenPhrase)
        ]
        self._phrases = PhraseIndex(phrases)
        self._offers: dict[int, tuple[Offer, Truths]] = {}
        self._checks: Mapping[type, Callable[..., Iterator[Finding]]] = {
            Length: _too_long,
            Grounding: _untrue,
            UrlAllow: self._foreign,
            PiiLeak: self._leaked,
        }

    @property
    def source(self) -> str:
        """The generated function that says which copy rules apply."""
        return self._applies.source

    def inspect(self, s: Situation, a: Action, message: Message) -> tuple[Finding, ...]:
        """Everything the rules object to, each finding once."""
        if a.language != message.language:
            a = dataclasses.replace(a, language=message.language)
        bits = self._applies.test(s, a)
        if not bits:
            return ()
        reading = self._read(s, a, message)
        found = list(self._forbidden(bits, reading))
        for bit, rule in enumerate(self._rules):
            check = self._checks.get(type(rule))
            if check is not None and bits >> bit & 1:
                found += check(rule, reading)
        return tuple(dict.fromkeys(found))

    def _read(self, s: Situation, a: Action, message: Message) -> Reading:
        parts, links_found = _parts(message)
        zone = s.zones[0] if len(s.zones) == 1 else s.home.timezone
        return Reading(s, a, message, parts, links_found, self._truths(s, a), a.at.astimezone(known_zone(zone)).date())

    def _truths(self, s: Situation, a: Action) -> Truths:
        currency = CURRENCY_AT_HOME.get(s.home.country)
        offers = [offer for offer in (a.offer, *a.items) if offer is not None]
        own = a.offer.currency if a.offer is not None and a.offer.currency else currency
        known = [self._of_sender, *(self._of_offer(offer, currency) for offer in offers)]
        known.append(of_facts({**s.attributes, **a.facts}, own))
        return together(known, own)

    def _of_offer(self, offer: Offer, currency: str | None) -> Truths:
        held = self._offers.get(id(offer))
        if held is not None and held[0] is offer:
            return held[1]
        if len(self._offers) >= REMEMBERED:
            self._offers.clear()
        truths = of_offer(offer, currency)
        self._offers[id(offer)] = (offer, truths)
        return truths

    def _forbidden(self, bits: int, reading: Reading) -> Iterator[Finding]:
        facts = reading.a.offer.facts if reading.a.offer is not None else {}
        read: set[str] = set()
        for part in reading.parts:
            if part.text in read:
                continue
            read.add(part.text)
            for hit in self._phrases.find(part.text):
                rule = self._rules[hit.rule]
                if isinstance(rule, ForbiddenPhrase) and bits >> hit.rule & 1 and not facts.get(rule.unless_fact or ""):
                    yield _finding(rule, part.name, hit.text, _phrase_reason(rule, hit.phrase))

    def _foreign(self, rule: UrlAllow, reading: Reading) -> Iterator[Finding]:
        a, home = reading.a, reading.s.home
        own = links.sites([self._sender.site, *(offer.url for offer in (a.offer, *a.items) if offer is not None)])
        allowed = own | {links.registrable(domain) for domain in rule.domains}
        exact = frozenset([home.public_url.rstrip("/")] if home.public_url else [])
        found = list(reading.links)
        for part in reading.parts:
            found += [(part.name, url) for url in links.urls_in("\n".join(part.lines))]
        for name, url in dict.fromkeys(found):
            if links.foreign(url, allowed, exact):
                why = Text(
                    ja=f"「{url}」は自社のサイトでもオファーのサイトでもありません。",
                    en=f"{url} is neither our own site nor the offer's.",
                )
                yield _finding(rule, name, url, why)

    def _leaked(self, rule: PiiLeak, reading: Reading) -> Iterator[Finding]:
        known = _contacts(reading, self._sender)
        for part in reading.parts:
            fresh = "\n".join(part.lines)
            for contact in (*links.mails_in(fresh), *links.phones_in(fresh)):
                if contact not in known:
                    why = Text(
                        ja=f"「{contact}」は、このお客様のものでも自社の連絡先でもありません。",
                        en=f"{contact} belongs neither to this customer nor to us.",
                    )
                    yield _finding(rule, part.name, contact, why)


def _finding(rule: AnyRule, part: str, text: str, why: Text) -> Finding:
    return Finding(rule.id, rule.type, part, text.strip(), why)


def _phrase_reason(rule: ForbiddenPhrase, phrase: str) -> Text:
    better_ja, better_en = (rule.better.ja or "", rule.better.en or "") if rule.better else ("", "")
    return Text(
        ja=f"「{phrase}」は使わない決まりです（{rule.name.either('ja')}）。{better_ja}",
        en=f'"{phrase}" is not used here ({rule.name.either("en")}). {better_en}'.strip(),
    )


def _parts(message: Message) -> tuple[tuple[Part, ...], tuple[tuple[str, str], ...]]:
    """Every part in plain text, HTML as a reader sees it, and every link."""
    shown: list[tuple[str, str]] = []
    addresses = [("url", message.url)] if message.url else []
    addresses += [("image", message.image.url)] if message.image else []
    addresses += [(f"items[{item.offer}]", item.url) for item in message.items if item.url]
    html = [("html", message.html)] if message.html else []
    html += [(f"blocks[{block.id}].html", block.html) for block in message.blocks]
    shown += [(name, text) for name, text in message.words() if name != "html"]
    for name, source in html:
        visible = seen(source)
        shown.append((name, visible.text))
        addresses += [(name, url) for url in visible.links]
    known: set[str] = set()
    parts = []
    for name, text in shown:
        read = plain(text)
        fresh = tuple(line for line in lines(read) if line not in known)
        known.update(fresh)
        parts.append(Part(name, read, fresh))
    return tuple(parts), tuple(addresses)


def _too_long(rule: Length, reading: Reading) -> Iterator[Finding]:
    text = getattr(reading.message, rule.part)
    if not text or len(text) <= rule.max:
        return
    length = len(GRAPHEME.findall(text))
    if length > rule.max:
        why = Text(
            ja=f"{PARTS_JA[rule.part]}が{length}文字あります（上限{rule.max}文字）。",
            en=f"The {rule.part} has {length} characters; {rule.max} are allowed.",
        )
        yield _finding(rule, rule.part, text[:40], why)


def _untrue(rule: Grounding, reading: Reading) -> Iterator[Finding]:
    for part in reading.parts:
        for line in part.lines:
            for token, why in untrue(links.without_urls(line), reading.truths, reading.today):
                yield _finding(rule, part.name, token.text, why)


def _contacts(reading: Reading, sender: Sender) -> frozenset[str]:
    """The e-mail addresses and phone numbers that may be shown."""
    offers = [offer for offer in (reading.a.offer, *reading.a.items) if offer is not None]
    texts = [sender.phone, *reading.s.own]
    for offer in offers:
        for value in offer.facts.values():
            texts += [value.ja or "", value.en or ""] if isinstance(value, Text) else [str(value)]
    texts += [str(value) for value in reading.a.facts.values() if isinstance(value, str)]
    known: set[str] = set()
    for text in texts:
        read = plain(text)
        known.update(links.mails_in(read), links.phones_in(read), [links.DIGITS.sub("", read)])
    return frozenset(known)

"""Copy: what each type of rule about words asks of a sheet, by the checker's own means."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from policies.checking import addresses
from policies.checking.desk import Desk
from policies.checking.fault import Fault, in_copy
from policies.checking.grounds import ungrounded
from policies.checking.history import unproven_comparisons
from policies.checking.lengths import MEASURES
from policies.checking.manner import manner
from policies.checking.phrases import forbidden
from policies.checking.proof import claims_without_proof
from policies.checking.remarks import secrets_asked, sensitive, too_near
from policies.checking.required import labelled, missing
from policies.checking.tongue import in_another_language
from policies.rules.claim_evidence import ClaimEvidence
from policies.rules.creepiness import Creepiness
from policies.rules.forbidden_phrase import ForbiddenPhrase
from policies.rules.grounding import Grounding
from policies.rules.label import Label
from policies.rules.language import InLanguage
from policies.rules.length import Length
from policies.rules.pii_leak import PiiLeak
from policies.rules.reference_price import ReferencePrice
from policies.rules.required_phrase import RequiredPhrase
from policies.rules.sensitive_attribute import SensitiveAttribute
from policies.rules.tone import Tone
from policies.rules.url_allow import UrlAllow

Check = Callable[[Any, Desk], Iterator[Fault]]


def phrases(rule: ForbiddenPhrase, desk: Desk) -> Iterator[Fault]:
    """Nothing says a forbidden phrase, in any disguise or form."""
    offer = desk.a.offer
    if rule.unless_fact and offer is not None and offer.facts.get(rule.unless_fact):
        return
    pieces = [(piece.name, piece.text) for piece in desk.pieces if rule.part in (None, piece.name)]
    for part, words in forbidden(rule.phrases, rule.exceptions, pieces, inflect=rule.match != "literal"):
        yield in_copy(rule.id, rule.type, part, words, "使わない言葉です", "is a phrase that is not used")


def lengths(rule: Length, desk: Desk) -> Iterator[Fault]:
    """No part is longer than its channel takes."""
    text = getattr(desk.message, rule.part) or ""
    if MEASURES[rule.unit](text) > rule.max:
        yield in_copy(rule.id, rule.type, rule.part, text, f"{rule.max}より長いです", f"is longer than {rule.max}")


def links(rule: UrlAllow, desk: Desk) -> Iterator[Fault]:
    """Every link leads to ourselves or to the offer."""
    own = (*addresses.own_addresses(desk.sender, desk.a), *rule.domains)
    for part, link in addresses.links_of(desk.sheet):
        if addresses.strange(link, own, desk.s.home.public_url):
            yield in_copy(rule.id, rule.type, part, link, "自社のサイトではありません", "does not lead to our own site")


def contacts(rule: PiiLeak, desk: Desk) -> Iterator[Fault]:
    """No contact details but the reader's own and ours, and no question for anything secret."""
    known = addresses.known_contacts(desk.sender, desk.s, desk.a)
    for part, contact in addresses.contacts_of(desk.pieces):
        if contact not in known:
            yield in_copy(rule.id, rule.type, part, contact, "ほかの方の連絡先です", "are contact details of others")
    for piece in desk.pieces:
        for words in secrets_asked(piece.text):
            yield in_copy(rule.id, rule.type, piece.name, words, "秘密の番号を尋ねています", "asks for a secret")


CHECKS: Mapping[type, Check] = {
    ForbiddenPhrase: phrases,
    Grounding: ungrounded,
    ReferencePrice: unproven_comparisons,
    Length: lengths,
    UrlAllow: links,
    PiiLeak: contacts,
    RequiredPhrase: missing,
    Label: labelled,
    ClaimEvidence: claims_without_proof,
    SensitiveAttribute: sensitive,
    Creepiness: too_near,
    InLanguage: in_another_language,
    Tone: manner,
}

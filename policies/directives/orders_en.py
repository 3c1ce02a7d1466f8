"""Orders in English: who bought in the last 7 days, for 14 days after a purchase, no order for 90 days."""

import re

from policies.directives.amounts import E
from policies.directives.purchase import AFTER, BOUGHT, NOBODY_YET, Read, bounded, days_in, read

STARTS = frozenset("abcdefghijlmnoprstuvw0123456789")
UNIT = "(?:hours?|days?|weeks?|months?|years?|fortnights?|quarters?)"
SPAN = rf"(?:(?P<n>{E})[ -]?|(?:an? |one )?)(?P<unit>{UNIT})(?![a-z])"
US = r"(?: (?:something|anything|from us|with us|at all))*"
DID = (
    r"(?:have |has )?(?:bought|ordered|purchased|shopped|made (?:a|any) purchase|"
    rf"placed (?:an|any) orders?|made (?:an|any) orders?){US}"
)
DID_NOT = (
    r"(?:have not|has not|haven't|hasn't|did not|didn't)(?: yet)? "
    r"(?:bought|ordered|purchased|shopped|buy|order|purchase|shop|made? (?:a|any) purchases?|"
    rf"placed? (?:an|any) orders?){US}"
)
WHO = r"(?P<who>(?:who|that)(?:'ve)? )?"
THEY = r"(?:they|he|she|(?:the|a) customer|customers|somebody|someone|anybody|anyone|people)"
IS_WHO = re.compile(rf"\b(?:(?:who|that)(?:'ve)?|(?:if|unless) {THEY}(?:'ve)?)\s$")
"""Purchases are somebody's: "products bought in the last 30 days" are none of ours."""
BACK = 24
"""How far back somebody is looked for."""
IS_SOMEBODY = re.compile(
    r"\b(?:customers?|any(?:one|body)|every(?:one|body)|some(?:one|body)|people|members?|those|vips?|users?|shoppers?)\s$"
)
RECENT = r"(?:the )?(?:last|past|previous|preceding|most recent)"
COMPARED = {
    "less than": "below",
    "fewer than": "below",
    "under": "below",
    "more than": "above",
    "over": "above",
    "longer than": "above",
    "at least": "at_least",
    "at most": "at_most",
    "no more than": "at_most",
    "up to": "at_most",
}
COMPARE = "|".join(COMPARED)
MORE = r"(?P<more> or (?:more|longer)(?: ago)?| or (?:less|fewer)(?: ago)?)?"
THEIR = r"(?:(?:a|an|the|their|his|her|any|each|every|your|its|last|latest|most recent|previous) )*"
PLAINLY = r"(?! (?:of|after|before|or (?:more|longer|less|fewer)|from (?!all|any|every|receiving|getting|our)))"
"""No days of December, and none from registration."""
WITHIN = re.compile(
    rf"(?:{WHO}{DID}|(?P<has>with an? (?:purchase|order))) "
    rf"(?:within(?: {RECENT})?|(?:in|during|over) {RECENT}) {SPAN}{PLAINLY}"
)
WITHOUT = re.compile(
    rf"(?:{WHO}{DID_NOT}|(?P<has>with(?:out an?|out any| no) (?:purchases?|orders?))) "
    rf"(?:for|in|within|during|over) (?:(?P<compare>at least|more than|over) )?(?:(?P<lately>{RECENT}) )?{SPAN}{MORE}"
)
AGO = re.compile(
    rf"(?:{WHO}(?:{DID}|last ordered|last bought|have ordered before but last)|"
    rf"(?P<has>whose {THEIR}(?:purchase|order) (?:was|is))) "
    rf"(?:(?P<compare>{COMPARE}) {SPAN}(?: ago| back)?|(?P<m>{E}) or (?P<way>more|fewer|less) (?P<units>{UNIT}) ago|"
    rf"(?P<k>{E}|an?) (?P<unit_k>{UNIT}) ago(?P<more> or (?:more|longer|less|fewer)))"
)
WAS_WITHIN = re.compile(rf"whose {THEIR}(?:purchase|order) (?:was|is) (?:within(?: {RECENT})?|in {RECENT}) {SPAN}")
EVENT = (
    rf"{THEIR}(?:purchases?|orders?|(?:they|the customer|he|she|someone|somebody)(?:'ve| have| has)? "
    r"(?:buys?|bought|orders?|ordered|purchases?|purchased)|buying|ordering|purchasing)"
    rf"{US}(?: (?:is placed|was placed|date))?"
)
CLOSED = (
    r"(?=\s*(?:$|[,.;:!?)]|(?:and|or|but|send|only|do|don't|please|we|they|customers?|no|never|nothing|gets?|"
    r"must|should|may|can|are|is|will|by|via|unless|except|who)\b))"
)
"""No purchase of something, somewhere or of some amount."""
SINCE = re.compile(
    rf"(?P<how>{COMPARE}|within|for|during|in|until) (?:the )?(?:first )?{SPAN} "
    rf"(?P<tie>after|following|of|from|since) {EVENT}{CLOSED}"
)
UNTIL = re.compile(rf"until {SPAN} (?:have|has) passed (?:since|after) {EVENT}{CLOSED}")
BETWEEN = re.compile(
    rf"between (?P<low>{E})(?: (?P<of_low>{UNIT}))? and (?P<n>{E}) (?P<unit>{UNIT}) "
    rf"(?:after|following|since) {EVENT}{CLOSED}"
)
AFTER_IT = re.compile(rf"(?:after|following|once) {EVENT}{CLOSED}")
NEVER = (
    r"(?:(?:have|has) )?(?:never|not yet) (?:bought|ordered|purchased|shopped|made an? purchase|placed an? order)|"
    r"(?:have|has) yet to (?:buy|order|purchase)|(?:haven't|hasn't) ever (?:bought|ordered|purchased)"
)
NO_HISTORY = r"with(?:out (?:a|any)| no)(?: previous| prior| past)? (?:purchase history|order history|purchases|orders)"
NEVER_BOUGHT = re.compile(rf"(?:{WHO}(?:{NEVER}){US}(?: before)?|(?P<has>{NO_HISTORY})){CLOSED}")
AT_SOME_TIME = re.compile(rf"{WHO}(?:recently |just |already )?{DID}(?: recently| before)?{CLOSED}")


def ordered(text: str, at: int) -> Read:
    """How long ago the last order was, in the words that begin here."""
    if at and text[at - 1].isascii() and text[at - 1].isalnum():
        return None
    if (found := WITHOUT.match(text, at)) and _is_somebodys(found, text, at):
        above = found["compare"] in ("more than", "over") or (found["lately"] and not found["more"])
        days = days_in(found["n"], found["unit"])
        return read(found.end(), bounded(above=days) if above else bounded(at_least=days))
    if (found := WITHIN.match(text, at)) and _is_somebodys(found, text, at):
        return read(found.end(), bounded(at_most=days_in(found["n"], found["unit"])))
    if found := WAS_WITHIN.match(text, at):
        return read(found.end(), bounded(at_most=days_in(found["n"], found["unit"])))
    if (found := AGO.match(text, at)) and (found["has"] or _is_somebodys(found, text, at)):
        return _ago(found)
    if (found := NEVER_BOUGHT.match(text, at)) and _is_somebodys(found, text, at):
        return found.end(), NOBODY_YET
    return _since(text, at) or _undated(text, at)


def _is_somebodys(found: re.Match[str], text: str, at: int) -> bool:
    """Whether it is told of people that they bought, or did not."""
    before = text[max(0, at - BACK) : at]
    return IS_SOMEBODY.search(before) is not None if found["has"] else bool(found["who"] or IS_WHO.search(before))


def _ago(found: re.Match[str]) -> Read:
    """Less than 10 days ago, 90 or more days ago, 90 days ago or more."""
    if found["compare"]:
        return read(found.end(), bounded(**{COMPARED[found["compare"]]: days_in(found["n"], found["unit"])}))
    if found["m"]:
        way, days = found["way"], days_in(found["m"], found["units"])
    else:
        number = None if found["k"] in ("a", "an") else found["k"]
        way, days = found["more"].rsplit(" ", 1)[1], days_in(number, found["unit_k"])
    return read(found.end(), bounded(**{"at_least" if way in ("more", "longer") else "at_most": days}))


def _since(text: str, at: int) -> Read:
    """For 14 days after a purchase, within 30 days of it, more than 30 days since it."""
    if found := UNTIL.match(text, at):
        return read(found.end(), bounded(below=days_in(found["n"], found["unit"])))
    if found := BETWEEN.match(text, at):
        low, high = days_in(found["low"], found["of_low"] or found["unit"]), days_in(found["n"], found["unit"])
        return read(found.end(), bounded(at_least=low, at_most=high))
    found = SINCE.match(text, at)
    if found is None:
        return None
    how, days = found["how"], days_in(found["n"], found["unit"])
    if how in ("for", "during", "in", "until"):
        return read(found.end(), bounded(below=days)) if found["tie"] != "of" else None
    return read(found.end(), bounded(**{COMPARED.get(how, "at_most"): days}))


def _undated(text: str, at: int) -> Read:
    """Who bought, after a purchase: nobody says how long ago, or for how long."""
    if (found := AT_SOME_TIME.match(text, at)) and (found["who"] or IS_WHO.search(text[max(0, at - BACK) : at])):
        return found.end(), (BOUGHT,)
    found = AFTER_IT.match(text, at)
    return (found.end(), AFTER) if found else None

"""Orders: how long ago somebody last bought: 購入後14日間, 90日以上購入のない, who bought in the last 7 days.

Only words about any purchase count: a purchase of something, in some place or of some amount is another question.
"""

from policies.directives import orders_en, orders_ja
from policies.directives.atom import WHO, Atom, Sense, merged
from policies.directives.frame import Said
from policies.directives.purchase import NAME, ORDERED, UNORDERED, Read, bounded, days_of

COUNTED: Said = (
    "購入からの日数は、最後の注文（店舗・オンラインとも）から、24時間を1日として数えます。"
    "返品があっても注文は数えます。",
    "Days since a purchase are counted from the last order, in a shop or online, as 24 hours each; "
    "a refunded order counts.",
)
ONCE_BOUGHT: Said = (
    "一度も注文のないお客様は含みません。含めるなら「未購入のお客様には〜」の文を足してください。",
    "Customers who never ordered are not meant; if they are, add a sentence about customers who never ordered.",
)
NEVER_BOUGHT: Said = (
    "一度も注文のないお客様は、「注文したことのあるお客様以外」と読みました。注文の有無がわからないお客様も含みます。",
    "Customers who never ordered were read as all but those who did: one of whom nobody knows is meant too.",
)
OTHERWISE = ("count", "times", "gap", "per")
"""With one of these the stretch of time may be something else than that after the purchase."""


def ordered(text: str, at: int) -> Read:
    """How long ago the last order was; an event without its days (after a purchase) is undefined."""
    sign = text[at]
    if sign in orders_ja.STARTS and (found := orders_ja.ordered(text, at)):
        return found
    return orders_en.ordered(text, at) if sign in orders_en.STARTS else None


def ordered_notes(atoms: list[Atom]) -> tuple[Said, ...]:
    """What is assumed of orders, where a clause speaks of them."""
    bounds = [sense.bounds for atom in atoms if (sense := atom.sense(WHO)) and sense.name == NAME and sense.bounds]
    if not bounds:
        return ()
    if any(one.at_least == 0 for one in bounds):
        return (NEVER_BOUGHT,)
    once = any(one.at_most is None and one.below is None for one in bounds)
    return (COUNTED, ONCE_BOUGHT) if once else (COUNTED,)


def orders_tied(atoms: list[Atom], read: str) -> list[Atom]:
    """After a purchase, ... for 14 days: the event and its days, wherever both stand in the sentence."""
    events = [place for place, atom in enumerate(atoms) if atom.has(ORDERED)]
    spans = [place for place, atom in enumerate(atoms) if atom.has("span")]
    if len(events) != 1 or len(spans) != 1 or any(atom.has(*OTHERWISE) for atom in atoms):
        return atoms
    event, place = events[0], spans[0]
    span = atoms[place].sense("span")
    lasts = atoms[place].text.endswith("間") or (place > 0 and atoms[place - 1].text.lower() == "for")
    sense = bounded(below=days_of(span.number, span.name)) if span and span.number and not span.low and lasts else None
    if sense is None:
        return atoms
    found = list(atoms)
    found[event] = merged([atoms[event]], read, sense)
    found[place] = merged([atoms[place]], read, Sense("glue"))
    return found


def unordered(atoms: list[Atom], read: str) -> list[Atom]:
    """Who never ordered: all but who ever did, where no other customers are named beside them."""
    places = [place for place, atom in enumerate(atoms) if atom.has(UNORDERED)]
    others = any(atom.has(WHO, "outside", "except", "exempt", "only", "rest") for atom in atoms)
    if len(places) != 1 or others:
        return atoms
    atom, place = atoms[places[0]], places[0]
    cut = atom.end - 1 if not atom.text.isascii() else atom.start + 1
    japanese = cut == atom.end - 1
    ever, but = bounded(at_least=0.0), Sense("outside" if japanese else "except")
    first, second = (ever, but) if japanese else (but, ever)
    if first is None or second is None:
        return atoms
    return [
        *atoms[:place],
        Atom(atom.start, cut, read[atom.start : cut], (first,)),
        Atom(cut, atom.end, read[cut : atom.end], (second,)),
        *atoms[place + 1 :],
    ]

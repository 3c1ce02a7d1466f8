"""Joins: neighbouring atoms that mean one thing together: a rank and above, a tag in quotes, from nine to five."""

from domain.customer import Tier
from policies.audience import Bounds
from policies.directives.ages import MINOR
from policies.directives.atom import WHAT, WHO, Atom, Sense, merged
from policies.directives.brackets import spelled
from policies.directives.inclusion import included
from policies.directives.occasions import occasions
from policies.directives.orders import orders_tied, unordered
from policies.directives.stretches import dates_tied, hours_tied, numbers_as_hours

RANKS = tuple(str(tier) for tier in Tier)
TAGS = ("タグ", "tag", "tags", "tagged", "tagged with", "フラグ", "マーク")
SEGMENTS = ("セグメント", "segment", "segments", "リスト", "list")


def joined(atoms: list[Atom], read: str) -> list[Atom]:
    """The atoms with every group that means one thing put together."""
    for join in (
        occasions,
        included,
        _minors,
        _ages_up,
        spelled,
        _until_settled,
        _glossed,
        _reasons,
        _a_line,
        _adverts,
        _ranks,
        _marks,
        numbers_as_hours,
        hours_tied,
        dates_tied,
        orders_tied,
        unordered,
    ):
        atoms = join(atoms, read)
    return atoms


def _skip(atoms: list[Atom], place: int, words: tuple[str, ...] = ()) -> int:
    """The next place that is not a small word."""
    while place < len(atoms) and (
        atoms[place].text.lower() in words
        or atoms[place].text
        in (
            "の",
            "は",
            "を",
            "が",
            "会員",
            "ランク",
            "tier",
            "rank",
            "members",
            "member",
            "the",
            "customers",
            "お客様",
            "a",
            "than",
        )
    ):
        place += 1
    return place


def _minors(atoms: list[Atom], read: str) -> list[Atom]:
    """Minors are under 18, but for alcohol and tobacco under 20, as the law of the home country has it."""
    drugs = any((sense := atom.scope) and sense.values & {"alcohol", "tobacco"} for atom in atoms)
    under = Sense(WHO, "age", bounds=Bounds(below=20))
    return [merged([atom], read, under) if drugs and MINOR.match(atom.text.lower()) else atom for atom in atoms]


def _glossed(atoms: list[Atom], read: str) -> list[Atom]:
    """A vague part of the day that brackets make exact: 夜間（22時〜翌7時）."""
    found = list(atoms)
    for place in range(len(atoms) - 2):
        if (
            atoms[place].has("daypart", "vague")
            and atoms[place + 1].text == "("
            and atoms[place + 2].has("time", "hours", "dates")
        ):
            found[place] = merged([atoms[place]], read, Sense("glue"))
            found[place + 1] = merged([atoms[place + 1]], read, Sense("bracket"), Sense("glue"))
            closing = next((at for at in range(place + 2, len(atoms)) if atoms[at].text == ")"), None)
            if closing is not None:
                found[closing] = merged([atoms[closing]], read, Sense("bracket"), Sense("glue"))
    return found


def _ages_up(atoms: list[Atom], read: str) -> list[Atom]:
    """People in their sixties and older: a decade that is open to one side."""
    found: list[Atom] = []
    for atom in atoms:
        decade = found[-1].sense(WHO) if found else None
        if atom.has("least") and atom.text.lower().startswith(("and ", "or ")) and decade and _is_decade(decade):
            low = decade.bounds.at_least if decade.bounds else None
            found[-1] = merged([found[-1], atom], read, Sense(WHO, "age", bounds=Bounds(at_least=low)))
        else:
            found.append(atom)
    return found


def _is_decade(sense: Sense) -> bool:
    bounds = sense.bounds
    return sense.name == "age" and bounds is not None and bounds.at_least is not None and bounds.at_most is not None


def _reasons(atoms: list[Atom], read: str) -> list[Atom]:
    """An unknown word that is only a reason: ブラックフライデーのため."""
    found = list(atoms)
    for place, atom in enumerate(atoms[:-2]):
        if not atom.senses and atoms[place + 1].text == "の" and atoms[place + 2].text in ("ため", "ために"):
            found[place] = merged([atom], read, Sense("glue"))
    return found


def _a_line(atoms: list[Atom], read: str) -> list[Atom]:
    """The line "Please drink responsibly" is a line of text, and no channel."""
    return [
        merged([atom], read, Sense("word"))
        if atom.text == "line" and place + 1 < len(atoms) and atoms[place + 1].has("quote")
        else atom
        for place, atom in enumerate(atoms)
    ]


def _until_settled(atoms: list[Atom], read: str) -> list[Atom]:
    """Until it is resolved, of customers with an open ticket: the mark goes when the ticket does."""
    if not any((sense := atom.scope) and "open_ticket" in sense.values for atom in atoms):
        return atoms
    return [merged([atom], read, Sense("glue")) if atom.has("settled") else atom for atom in atoms]


def _adverts(atoms: list[Atom], read: str) -> list[Atom]:
    """An ad for something is a message; ads alone are the channel."""
    goods = any((sense := atom.scope) and sense.name in ("categories", "kinds", "brands") for atom in atoms)
    sense = Sense("noun") if goods else Sense(WHAT, "channels", frozenset(("ad",)))
    return [merged([atom], read, sense) if atom.has("advert") and not atom.scope else atom for atom in atoms]


def _ranks(atoms: list[Atom], read: str) -> list[Atom]:
    found: list[Atom] = []
    place = 0
    while place < len(atoms):
        end, chosen = _rank_at(atoms, place)
        if chosen is None:
            found.append(atoms[place])
            place += 1
            continue
        found.append(merged(atoms[place:end], read, Sense(WHO, "tiers", chosen)))
        place = end
    return found


BELOW_RANK = frozenset(("以下", "以下に", "以下は", "or below", "and below", "or lower", "and under", "or under"))
OVER_RANK = frozenset(("より上", "超", "より上位"))


def _rank_at(atoms: list[Atom], place: int) -> tuple[int, frozenset[str] | None]:
    """A rank with a bound before or after it: gold and above, シルバー未満, below silver."""
    after = _skip(atoms, place + 1)
    if after >= len(atoms):
        return place + 1, None
    if sense := _tier(atoms[place]):
        chosen = _bound_after(atoms[after], RANKS.index(next(iter(sense.values))))
    elif (sense := _tier(atoms[after])) and atoms[place].text.isascii():
        chosen = _bound_before(atoms[place], RANKS.index(next(iter(sense.values))))
    else:
        chosen = None
    return (after + 1, chosen) if chosen is not None else (place + 1, None)


def _bound_after(word: Atom, rank: int) -> frozenset[str] | None:
    if word.has("least") and word.text.lower() not in ("minimum", "at least", "min"):
        return frozenset(RANKS[rank:])
    if word.has("below") and not word.text.isascii() and word.text[0] != "を":
        return frozenset(RANKS[:rank])
    if word.text in BELOW_RANK:
        return frozenset(RANKS[: rank + 1])
    return frozenset(RANKS[rank + 1 :]) if word.text in OVER_RANK else None


def _bound_before(word: Atom, rank: int) -> frozenset[str] | None:
    if word.has("below"):
        return frozenset(RANKS[:rank])
    if word.text.lower() in ("above", "higher than", "over"):
        return frozenset(RANKS[rank + 1 :])
    return frozenset(RANKS[rank:]) if word.text.lower() == "at least" else None


def _tier(atom: Atom) -> Sense | None:
    sense = atom.sense(WHO)
    return sense if sense and sense.name == "tiers" and len(sense.values) == 1 else None


def _marks(atoms: list[Atom], read: str) -> list[Atom]:
    """Quoted tags, segments and brands: 「wholesale」タグ, tagged "wholesale", the segment "coffee"."""
    found: list[Atom] = []
    for place, atom in enumerate(atoms):
        quote = atom.sense("quote")
        name = _mark_name(atoms, place) if quote else None
        if quote is None or name is None:
            found.append(atom)
            continue
        kind = WHAT if name == "brands" else WHO
        found.append(merged([atom], read, Sense(kind, name, frozenset((quote.name,)))))
    if any((sense := atom.scope) and sense.name == "brands" for atom in found):
        found = [
            merged([atom], read, Sense("glue")) if atom.has("brand") and not atom.scope else atom for atom in found
        ]
    return found


def _mark_name(atoms: list[Atom], place: int) -> str | None:
    before = _nearest(atoms, place, -1)
    after = _nearest(atoms, place, 1)
    for word in (after if after and not after.isascii() else None, before):
        if word in TAGS:
            return "tags"
        if word in SEGMENTS:
            return "segments"
        if word in ("ブランド", "brand", "brands"):
            return "brands"
    if after in SEGMENTS or after in TAGS:
        return "segments" if after in SEGMENTS else "tags"
    if place >= 2 and atoms[place - 1].has("and") and atoms[place - 2].sense("quote"):
        return _mark_name(atoms, place - 2)
    return None


def _nearest(atoms: list[Atom], place: int, step: int) -> str | None:
    at = place + step
    while 0 <= at < len(atoms):
        word = atoms[at].text.lower()
        if word not in ("the", "a", "の", "という", "as", "with", "in", "called", "are", "is", "customers", ":"):
            return word
        at += step
    return None

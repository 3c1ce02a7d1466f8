"""Limits: at most, under, no more than, 以内, 未満, 3通以上は送らない: one bound out of comparing words and a no."""

from decimal import Decimal
from typing import Literal

from policies.directives.draft import Draft
from policies.directives.frame import Said, Trouble

Limit = Literal["most", "below", "none"]
LEADING = ("lead with", "open with", "opens with", "start with", "begin with", "start", "begin", "opening with")
NOT_FIRST: Said = (
    "「〜から入らない」「最初から〜しない」は、一切しない、と読みました。二通目からはよい、という順番の決まりはありません。",
    "Not to begin with it was read as not at all: no rule can put it off to a later message.",
)


def take_limit(draft: Draft) -> Limit:
    """How the number of this clause is meant as an upper bound; raises Trouble for a lower one."""
    bans = draft.bans()
    _only_of_the_number(draft)
    if draft.has("most"):
        return _most(draft, bans)
    if draft.has("below"):
        return _below(draft, bans)
    if draft.has("above"):
        if not bans:
            raise _floor(draft)
        draft.use((*draft.places("above"), *bans[:1]))
        return "most"
    if draft.has("least"):
        if not bans:
            raise _floor(draft)
        draft.use((*draft.places("least"), *bans[:1]))
        return "below"
    if draft.has("only"):
        draft.take("only")
        draft.use(bans[:1])
        return "most"
    return "none"


def _only_of_the_number(draft: Draft) -> None:
    """An only that belongs to customers or channels is no limit; what holds for the others stays open."""
    for place in draft.places("only"):
        near = _neighbour(draft, place)
        if near is not None and draft.atoms[near].scope is not None:
            raise Trouble(
                f"「{draft.atoms[near].text}」だけ、とすると、ほかのお客様やチャネルはどうなりますか。"
                f"それぞれ文を分けて書いてください。",
                f'With "{draft.atoms[place].text}" it stays open what holds for all others. Write one sentence for '
                f"each.",
                weight=6,
            )


SKIPPED = ("glue", "mark", "topic", "people", "and", "noun", "send")


def _neighbour(draft: Draft, place: int) -> int | None:
    """The word that an only belongs to: the one before it in Japanese and at the end of a sentence, else the next."""
    before = next((at for at in range(place - 1, -1, -1) if not draft.atoms[at].has(*SKIPPED)), None)
    if not draft.atoms[place].text.isascii():
        return before
    following = next((at for at in range(place + 1, len(draft.atoms)) if not draft.atoms[at].has(*SKIPPED)), None)
    return before if following is None else following


def _most(draft: Draft, bans: list[int]) -> Limit:
    if bans and draft.has("only"):
        draft.take("only")
        draft.use(bans[:1])
    elif draft.has("only"):
        draft.take("only")
    draft.use(place for place in bans if draft.atoms[place].text.lower() == "hold")
    draft.take("most", "above")
    return "most"


def _below(draft: Draft, bans: list[int]) -> Limit:
    if draft.has("only") and bans:
        draft.take("only")
        draft.use(bans[:1])
    elif bans:
        raise Trouble(
            "「未満にしない」は下限に読めます。上限なら「〜まで」、下限なら「〜以上」と書いてください。",
            'A no together with "less than" reads like a lower limit. Write "at most" for an upper limit.',
            weight=4,
        )
    draft.take("below")
    return "below"


def _floor(draft: Draft) -> Trouble:
    words = [draft.atoms[place].text for place in draft.places("least", "above")]
    word = words[0] if words else ""
    return Trouble(
        f"「{word}」は下限（必ず送る数など）に読めます。ルールにできるのは上限です。「〜まで」という意味ですか。",
        f'"{word}" reads like a lower limit or a promise to send. Rules can hold upper limits. Do you mean "at most"?',
        weight=5,
    )


def whole(number: Decimal, limit: Limit) -> int:
    """The largest whole number that the limit lets through; raises Trouble where it is not whole."""
    if number != number.to_integral_value():
        raise Trouble(
            f"{number}は整数ではありません。回数や文字数は整数で書いてください。",
            f"{number} is not a whole number. Write a whole number.",
            weight=4,
        )
    return int(number) - (1 if limit == "below" else 0)


def comes_first(draft: Draft) -> bool:
    """Whether it is said that something must not come first: 値引きから入らない, never lead with a discount."""
    places = [at for at in draft.places("start") if draft.atoms[at].text.lower() in LEADING]
    places += draft.places("opening")
    draft.use(places)
    return bool(places)

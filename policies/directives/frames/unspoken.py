"""What copy never words: a thing that may decide, but is not spoken of; enforced by the words that would tell it."""

from policies.directives.draft import Draft
from policies.directives.frame import Frame, Said, Trouble
from policies.directives.frames.wording import part_of
from policies.directives.lexicon.unspoken import SPEAKING_EN, SPEAKING_JA, THINGS
from policies.directives.scopes import take_scopes

FREE = (
    "noun",
    "send",
    "do",
    "use",
    "contain",
    "word",
    "part",
    "must",
    "topic_noun",
    "trace",
    "soft",
    "but",
    "tone_noun",
    "verb_channel",
)
IDLE = ("noun", "send", "glue", "people", "do", "use", "contain", "offer", "mark", "and", "all", "only", "ban", "per")
"""Words that may also stand beside a no about sending; a name, an address or a phrase is of what is written."""
HOLDING = frozenset(
    (
        "include",
        "included",
        "contain",
        "contains",
        "carry",
        "carries",
        "put",
        "insert",
        "state",
        "show",
        "shown",
        "display",
        "displayed",
        "appear",
        "appears",
        "add",
        "use",
        "used",
    )
)
"""What copy does with words: never include an address in a push."""
AS_WORDS: Said = (
    "文面にこれらの言葉を入れない、と読みました。これらを使わない言いかえまでは止められません。"
    "配信するかどうかの判断に使うことは妨げません。",
    "It was read as: no copy carries these words. Copy that says it in quite other words is not caught, and the fact "
    "may still be used to decide.",
)


def unspoken(draft: Draft) -> Frame | None:
    """A thing with words of its own that copy never says: 料金ページの閲覧には触れない."""
    things = draft.senses("thing")
    bans = draft.bans()
    if not things or len(bans) != 1 or not is_about_words(draft):
        return None
    if draft.has("quote", "percent", "count", "number", "time", "hours", "days", "span", "only"):
        return None
    draft.use(bans)
    draft.take("thing")
    told = dict.fromkeys(phrase for sense in things for phrase in THINGS[sense.name][1])
    phrases = tuple(sorted(told, key=lambda phrase: phrase.isascii() == draft.japanese))
    part = part_of(draft, several=True)
    return Frame("forbid", take_scopes(draft), {"phrases": phrases, "part": part}, notes=(AS_WORDS,))


def is_about_words(draft: Draft) -> bool:
    """Whether a no is about what is written, not about what is sent."""
    if any(draft.atoms[place].scope is None for place in draft.places("part")):
        return True
    for place, atom in enumerate(draft.atoms[:-1]):
        if atom.text in ("話題", "話") and draft.atoms[place + 1].text in ("に", "は", "を", "も"):
            return True
    holds = any(atom.text.lower() in HOLDING for atom in draft.atoms)
    for atom in draft.atoms:
        text = atom.text.lower()
        if holds and atom.scope is None and atom.has("word", "tone_noun") and not atom.has(*IDLE):
            return True
        if (atom.has("ban") and text.startswith(SPEAKING_JA)) or (text in SPEAKING_EN and atom.has("use", "contain")):
            return True
    return False


def of_which_words(draft: Draft) -> Trouble:
    """Asks for the words, where it is not known which would tell it."""
    if draft.has("near"):
        return Trouble(
            "閲覧の時刻や回数、いまの居場所、社内の点数は、種類が creepiness の決まり"
            "（同梱の決まりでは「近づきすぎない」）が文面に書かせません。それで足りますか。"
            "ほかにも止める言葉があれば、かぎかっこで示してください（例：「閲覧履歴」とは書かない）。",
            "Times and counts of views, where somebody is and internal scores are kept out of copy by a rule of the "
            'type creepiness (among the shipped rules: "Near but not too near"). Is that enough? To forbid more, quote '
            'the words, as in: never write "browsing history".',
            weight=5,
        )
    return Trouble(
        "文面に書かない、という決まりは、言葉があるかどうかで確かめます。書かない言葉をかぎかっこで示してください"
        "（例：「料金ページ」とは書かない）。",
        "What must not be said is checked by its words, and it is not clear which they are. Quote them, as in: "
        'never write "pricing page".',
        weight=5,
    )

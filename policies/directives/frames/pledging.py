"""What is pledged: proof for claims, own links, own language, samples for people; and what is no directive at all."""

from decimal import Decimal

from policies.directives.draft import Draft
from policies.directives.frame import Frame, Said, Trouble
from policies.directives.frames.limits import whole
from policies.directives.frames.wording import FREE as WORDING_FREE
from policies.directives.frames.wording import part_of
from policies.directives.scopes import take_scopes
from policies.rules.claim_evidence import CONCEPTS

FREE = (*WORDING_FREE, "verb_channel", "topic_noun", "needs", "volume")
LISTS = ("span", "time", "hours", "days", "money", "chars")
FIRST = ("最初", "最初の", "はじめ", "first", "the first")
OFFERS_TOO: Said = (
    "オファーのサイトと、決まりに挙げたサイトへのリンクは通します。",
    "Links to the offer's own site are let through as well.",
)


def claims(draft: Draft) -> Frame | None:
    """Claims of a kind, or words, that stand only where something proves them."""
    proven, unproven, bans = draft.places("proven"), draft.places("unproven"), draft.bans()
    if len(proven) + len(unproven) != 1 or draft.has(*LISTS, "count", "number", "percent", "price"):
        return None
    if proven and not _allowed_then(draft, proven[0], bans):
        return None
    if unproven and len(bans) != 1:
        return None
    draft.use((*proven, *unproven, *bans))
    draft.take("only", "may", "must")
    phrases = tuple(dict.fromkeys(sense.name.strip() for sense in draft.take("quote")))
    concepts = tuple(dict.fromkeys(sense.name for sense in draft.take("concept")))
    part_of(draft, several=True)
    if not phrases and not concepts:
        concepts = CONCEPTS if draft.has("word") else ()
    if not phrases and not concepts:
        return None
    return Frame("claims", take_scopes(draft), {"phrases": phrases, "concepts": concepts})


def _allowed_then(draft: Draft, place: int, bans: list[int]) -> bool:
    """Whether with proof is the only time: it says so itself, or an "only" stands beside it."""
    text = draft.atoms[place].text
    return not bans and (not text.isascii() or draft.has("only"))


def links(draft: Draft) -> Frame | None:
    """Links lead to our own site, or to no other."""
    if not draft.has("link", "other_site") or draft.has("quote", *LISTS, "count", "number", "percent"):
        return None
    own, other, bans, only = draft.has("own_site"), draft.has("other_site"), draft.bans(), draft.has("only")
    if not ((own and only and not bans and not other) or (other and len(bans) == 1 and not own and not only)):
        return None
    draft.use(bans)
    draft.take("link", "own_site", "other_site", "only", "outside", "from")
    part_of(draft, several=True)
    return Frame("links", take_scopes(draft), notes=(OFFERS_TOO,))


def language(draft: Draft) -> Frame | None:
    """Copy in the customer's language: said so, or the same language named for customers and copy."""
    if draft.bans() or draft.has(*LISTS, "count", "number", "percent", "quote", "only", "soft"):
        return None
    tongues = {sense.name for sense in draft.senses("tongue")}
    speak = [sense for sense in draft.senses("who") if sense.name == "languages"]
    spoken = {value for sense in speak for value in sense.values}
    same = len(spoken) == 1 and (tongues == spoken or (not tongues and len(speak) > 1))
    if not draft.take("own_language") and not same:
        return None
    draft.take("tongue", "must")
    return Frame("language", take_scopes(draft))


def holdout(draft: Draft) -> Frame | None:
    """A share of customers who get nothing: a matter of measurement, which a rule of its own type holds."""
    shares = draft.senses("share") or (draft.senses("percent") if draft.has("whole", "control") else [])
    bans = draft.bans()
    if len(shares) != 1 or len(bans) > 1 or not (bans or draft.has("control")):
        return None
    if draft.has("most", "above", "below", "least", "discount", "off", "count", *LISTS):
        return None
    share = shares[0].number or Decimal(0)
    raise Trouble(
        f"効果を比べるために、お客様の{share}%には配信しない、という意味ですか。比較用の非配信グループは、"
        f"種類が holdout の決まり（share: {share / 100}）として、決まりのファイルで提案してください。",
        f"Do you mean a comparison group: {share}% of customers get nothing, so that the effect can be measured? "
        f"Propose it in the policy file, as a rule of the type holdout (share: {share / 100}).",
        weight=5,
    )


def sample(draft: Draft) -> Frame | None:
    """People look at the first messages before they go out."""
    counts = draft.senses("count") or draft.senses("number")
    first = [at for at in draft.places("start", "priority", "gap") if draft.atoms[at].text.lower() in FIRST]
    if not draft.has("looking", "approval") or len(counts) != 1 or not first or draft.bans():
        return None
    if draft.has("new_scene"):
        raise Trouble(
            "最初の何通かを人が確かめる決まりは、施策の名前を挙げて決めます"
            "（例：誕生日のお祝いは、最初の50通を人が確認する）。",
            "A check of the first messages is set for use cases by name, as in: a person checks the first 50 birthday "
            "messages.",
            weight=5,
        )
    draft.use(first)
    draft.take("looking", "approval", "count", "number", "until", "must", "needs", "most")
    return Frame("sample", take_scopes(draft), {"first": whole(counts[0].number or Decimal(0), "most")})


def facts(draft: Draft) -> Frame | None:
    """Which facts a model may see: what permits is no directive, so that it is asked to be proposed as a rule."""
    if not draft.has("model") or not draft.has("fact"):
        return None
    raise Trouble(
        "生成AIに渡してよい情報は、種類が llm_data の決まりとして、決まりのファイルで提案してください。"
        "そこにない情報は渡しません。",
        "What a model may see is proposed in the policy file, as a rule of the type llm_data. What it does not name is "
        "never passed on.",
        weight=5,
    )

"""The sections of a brief: said, done, guessed, not to be brought up, and the figures of the account."""

from collections.abc import Iterator, Mapping

from agent.handover.brief import Dated, Did, Guess, Said, Satisfaction
from agent.handover.known import Known
from domain.customer import Scalar
from domain.memory import Distance, Memory
from domain.stage_words import STAGES
from policies.wording import number
from tools.wording import read_date

MOST = 8
"""Lines of a section: whoever is about to speak has a minute."""
COMPANY = ("company", "industry", "role")
WHY: Mapping[str, tuple[str, str]] = {
    "interest": ("同じ分野を続けてご覧になっているため", "they keep looking at the same field"),
    "decision": ("料金のページを続けてご覧になっているため", "they keep coming back to the prices"),
    "worry": ("ご質問の内容から", "from what they asked"),
    "budget": ("予算についてのお話から", "from what they said about the budget"),
    "leaving": ("ご利用の間隔から", "from how long they have been away"),
}
FIGURES: Mapping[str, tuple[str, str]] = {
    "points": ("保有ポイント", "points"),
    "points_expire": ("ポイントの有効期限", "points expire on"),
    "rank_gap": ("次のランクまで", "to the next rank"),
    "expires": ("会員の有効期限", "membership expires on"),
}


def heading(known: Known) -> str:
    """Who it is, and where they stand with us."""
    customer, attributes = known.customer, known.customer.attributes
    name = customer.display_name or known.say("お名前未登録のお客様", "A customer without a name")
    about = [str(attributes[key]) for key in COMPANY if attributes.get(key)]
    stage = attributes.get("phase") or (STAGES[customer.stage][known.language != "ja"] if customer.stage else None)
    who = known.say(f"{name}様" if customer.display_name else name, name)
    if about:
        who += known.say(f"（{'・'.join(about)}）", f" ({', '.join(about)})")
    return who + (known.say(f"　{stage}の段階", f": {stage}") if stage else "")


def said(known: Known) -> tuple[Said, ...]:
    """Their own words, with day and place; what this reader may not see is left out and said to be."""
    found = known.of(Distance.TOLD_US)
    unique: dict[tuple[str | None, object], Memory] = {}
    for memory in found:
        unique.setdefault((memory.quote or memory.text, memory.at), memory)
    lines = (_said(known, memory) for memory in unique.values())
    return tuple(line for line in lines if line is not None)[:MOST]


def _said(known: Known, memory: Memory) -> Said | None:
    if not known.showable(memory.quote or memory.text):
        if known.reader == "sales":
            return None
        text = known.say(
            "お言葉があります（ほかの方に触れるため表示しません）",
            "They said something (it touches somebody else and is not shown)",
        )
        return Said(text=text, at=memory.at, source=memory.source)
    place = memory.place if memory.place and known.showable(memory.place) else None
    return Said(text=memory.text, quote=memory.quote, at=memory.at, place=place, source=memory.source)


def did(known: Known) -> tuple[Did, ...]:
    """What they did; of pages they looked at, sales alone is told."""
    distances = (Distance.DID_WITH_US, Distance.TRACE) if known.reader == "sales" else (Distance.DID_WITH_US,)
    return tuple(_did(known, memory) for memory in known.of(*distances))[:MOST]


def _did(known: Known, memory: Memory) -> Did:
    named = memory.quote is not None and known.showable(memory.quote)
    space = known.say("", " ")
    text = f"{memory.text}{space}{known.quoted(memory.quote)}" if named and memory.quote else memory.text
    place = memory.place if memory.place and known.showable(memory.place) else None
    return Did(text=text, at=memory.at, place=place, source=memory.source)


def guessed(known: Known) -> tuple[Guess, ...]:
    """What we suppose and why; what staff noted is an impression, and stays with those who may act on it."""
    lines = []
    for memory in known.of(Distance.INFERRED):
        if memory.source == "staff_note":
            if known.reader != "store" and memory.quote and known.showable(memory.quote):
                why = known.say("担当者のメモによる印象", "an impression noted by staff")
                lines.append(Guess(text=known.quoted(memory.quote), why=why, at=memory.at))
            continue
        if known.reader == "store":
            continue
        kind = memory.id.rpartition(":")[2].partition("-")[0]
        ja, en = WHY.get(kind, ("これまでの行動から", "from what they did so far"))
        lines.append(Guess(text=memory.text, why=known.say(ja, en), at=memory.at))
    return tuple(lines)[:MOST]


def avoid(known: Known) -> tuple[str, ...]:
    """What is not to be brought up."""
    return tuple(dict.fromkeys(_avoid(known)))


def _avoid(known: Known) -> Iterator[str]:
    say, traces = known.say, known.of(Distance.TRACE)
    if known.in_trouble:
        yield say("ほかの商品やキャンペーン", "other products and campaigns")
    for memory in known.memories:
        if memory.against and not memory.sensitive:
            unwanted = known.called(memory) or memory.text
            yield say(f"お望みでないもの：{unwanted}", f"what they do not want: {unwanted}")
    if known.reader == "sales":
        shown = [one.text for one in traces if not one.quote]
        yield from (say(noticed(text), f"what we noticed: {text}") for text in shown)
    elif traces:
        yield say("ご覧になったページや来店の記録", "pages they looked at and visits we noted")
    if any("pricing" in (memory.topic or "") for memory in traces):
        yield say("料金（ご質問があってから）", "prices, until they ask")
    if any(memory.gift for memory in known.memories):
        yield say("贈り物として買われた品", "what they bought as a present")
    yield say("関心度や離反の見込みなど、内部の評価", "scores of ours, such as interest or risk of leaving")
    yield say(
        "病気・家庭・お金など、敏感な事柄（この画面には出しません）", "anything sensitive (it is not on this page)"
    )


def noticed(text: str) -> str:
    """A note on what we saw as a thing that can be talked of in Japanese: 閲覧したこと, 見たこと."""
    if text.isascii():
        return f"「{text}」という記録"
    return text + ("こと" if text.endswith(("た", "だ")) else "したこと")


def account(known: Known) -> tuple[Dated, ...]:
    """The customer's own figures, each with the day as of which it is known."""
    attributes = known.customer.attributes
    found = []
    for name, (ja, en) in FIGURES.items():
        value = attributes.get(name)
        if value is None or isinstance(value, bool):
            continue
        as_of = attributes.get(f"{name}_at") or attributes.get("points_at")
        day = dated(known, as_of)
        shown = number(value) if isinstance(value, int | float) else dated(known, value) or value
        since = known.say(f"（{day}時点）", f" (as of {day})") if day else known.say("（時点不明）", " (date unknown)")
        text = known.say(f"{ja} {shown}", f"{en} {shown}") + since
        found.append(Dated(name=name, value=value, as_of=str(as_of)[:10] if day else None, text=text))
    return tuple(found)


def dated(known: Known, value: Scalar) -> str | None:
    """A day that an account states, as it is spoken of; None for anything that is no day."""
    day = read_date(value[:10]) if isinstance(value, str) else None
    return known.day(day) if day else None


def satisfaction(known: Known) -> Satisfaction | None:
    """How satisfied they said they were, the last time that they were asked."""
    score = known.record.features.satisfaction
    if score is None:
        return None
    percent = round(score * 100)
    return Satisfaction(
        score=score, text=known.say(f"直近のアンケート {percent}／100", f"latest survey {percent} of 100")
    )

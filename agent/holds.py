"""Holds: silence with its reasons, each a sentence, and the time at which it could end."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import reduce
from operator import and_

from agent.state import Candidate, Walk
from domain.decision import Hold, Next, Reason
from domain.language import phrase
from domain.scene import Scene
from domain.stop import Stop
from policies.book import Book
from policies.finding import Finding

MOST_REASONS = 6


def by_screen(walk: Walk, bits: int) -> Walk:
    """A hold because rules forbid any message to this customer now."""
    if walk.book is None or walk.situation is None:
        raise ValueError("a walk is screened after it has recalled the customer")
    reasons = walk.book.reasons(bits, walk.situation, None, walk.language)
    return walk.with_(held=Hold(reasons=reasons, then=walk.book.then(bits)))


def by_mask(walk: Walk) -> Walk:
    """A hold because rules forbid every candidate, or because there is none."""
    if not walk.candidates:
        return walk.with_(held=no_offer(walk.language))
    return walk.with_(held=hold_of(walk, walk.candidates))


def hold_of(walk: Walk, forbidden: Sequence[Candidate]) -> Hold:
    """Why none of the candidates may be said, and the earliest time at which one may.

    Rules that forbid all of them are the reason; only where there is no such rule are all broken rules named.
    """
    if walk.book is None or walk.situation is None:
        raise ValueError("candidates are forbidden by a book")
    shared = reduce(and_, (candidate.bits for candidate in forbidden))
    reasons: dict[str, Reason] = {}
    openings: list[datetime] = []
    alike = {(one.bits, one.way.channel, one.way.at): one for one in reversed(forbidden)}
    for candidate in reversed(alike.values()):
        named = shared or candidate.bits
        for reason in walk.book.reasons(named, walk.situation, candidate.action, walk.language):
            reasons.setdefault(reason.text, reason)
        opens = walk.book.retry_at(candidate.bits, walk.situation, candidate.action)
        if opens is not None:
            openings.append(opens)
    return Hold(
        reasons=tuple(reasons.values())[:MOST_REASONS],
        retry_at=min(openings, default=None),
        then=_easiest(walk.book, [shared or candidate.bits for candidate in forbidden]),
    )


def _easiest(book: Book, broken: Sequence[int]) -> Next:
    """What is to be done where several candidates are forbidden: whatever may still lead to a message."""
    wishes = {book.then(bits) for bits in broken}
    return "defer" if "defer" in wishes else "other_channel" if "other_channel" in wishes else "skip"


def by_stop(stop: Stop, language: str) -> Hold:
    """A hold because somebody pulled the stop switch."""
    text = phrase(
        language,
        ja=f"緊急停止中です（理由：{stop.reason}）。解除されるまで配信しません。",
        en=f"Stopped ({stop.reason}). Nothing is sent until the stop is lifted.",
    )
    return _for(stop.id, "stop", text)


def by_inspection(findings: Iterable[Finding], language: str) -> Hold:
    """A hold because no copy passed the inspection."""
    reasons = {
        finding.rule: Reason(rule=finding.rule, type=finding.type, text=finding.why.either(language))
        for finding in findings
    }
    return Hold(reasons=tuple(reasons.values())[:MOST_REASONS] or no_copy(language).reasons)


def waiting(reasons: tuple[Reason, ...], scene: Scene | None, then: Next, language: str) -> Hold:
    """A hold because a person looks at the words first: for the rules that say so, and where the scene does."""
    if scene is None or not scene.review:
        return Hold(reasons=reasons[:MOST_REASONS], then=then)
    text = phrase(
        language,
        ja=f"施策「{scene.name.either('ja')}」の文面は、担当者が確認してから送ります。",
        en=f"A person looks at every message of “{scene.name.either('en')}” before it goes out.",
    )
    return Hold(reasons=(Reason(rule=scene.id, type="approval", text=text), *reasons)[:MOST_REASONS], then="defer")


def waiting_already(earlier: str, language: str) -> Hold:
    """A hold because another draft of the same scene waits for this customer: it comes first."""
    text = phrase(
        language,
        ja=f"このお客様への文面が、すでに担当者の確認を待っています（判断 {earlier}）。",
        en=f"Words for this customer wait for a person already (decision {earlier}).",
    )
    return _for(earlier, "approval", text)


def rejected(review_id: str, language: str) -> Hold:
    """A hold because a person looked at the words and said no."""
    text = phrase(
        language,
        ja="担当者が確認し、この文面は送らないことになりました。あらためて判断してください。",
        en="A person looked at these words and decided against them. Ask for a new decision.",
    )
    return _for(review_id, "rejected", text)


def no_offer(language: str) -> Hold:
    """A hold because no offer stands today for this scene and channel."""
    text = phrase(
        language,
        ja="この施策とチャネルで、いまご案内できるものがありません。",
        en="Nothing in the catalogue fits this use case and channel now.",
    )
    return _for("catalogue", "no_offer", text)


def no_copy(language: str) -> Hold:
    """A hold because no approved copy exists for what was chosen."""
    text = phrase(
        language,
        ja="このチャネルと言語で使える、承認済みの文面がありません。",
        en="There is no approved copy for this channel and language.",
    )
    return _for("copy", "no_copy", text)


def too_late(language: str) -> Hold:
    """A hold because the deadline of the ask passed before anything was promised."""
    text = phrase(
        language,
        ja="期限までに判断が終わらなかったため、見送りました。何も予約していません。",
        en="The deadline passed before the decision was made; nothing was reserved.",
    )
    return _for("deadline", "deadline", text)


def expired(language: str) -> Hold:
    """A hold because the words were handed out long enough ago that their facts may have changed."""
    text = phrase(
        language,
        ja="この文面の有効期限が過ぎました。新しいキーで、あらためてお問い合わせください。",
        en="These words have expired. Ask again under a new key.",
    )
    return _for("validity", "expired", text)


def released(language: str) -> Hold:
    """A hold because somebody reported that this message was not sent."""
    text = phrase(
        language,
        ja="未送信と報告されたため、枠は解放されています。新しく判断してください。",
        en="It was reported as not sent and its slot was freed. Ask for a new decision.",
    )
    return _for("release", "released", text)


def too_early(language: str, at: datetime) -> Hold:
    """A hold because the message is planned for later: its words are written from the facts of that time."""
    text = phrase(
        language,
        ja="配信の予定時刻より前です。文面は、その時点の情報で作成します。",
        en="It is planned for later; its words are written from the facts of that time.",
    )
    return _for("send_time", "too_early", text, at)


def moot(language: str) -> Hold:
    """A hold because what the message is about was bought, or is in the cart no more, since it was decided."""
    text = phrase(
        language,
        ja="判断のあとに、カートの商品のご注文または取り消しがありました。この案内は不要です。",
        en="What lay in the cart was ordered or taken out since. There is nothing left to say about it.",
    )
    return _for("cart", "moot", text)


def _for(rule: str, kind: str, text: str, retry_at: datetime | None = None) -> Hold:
    return Hold(reasons=(Reason(rule=rule, type=kind, text=text),), retry_at=retry_at)

"""Telling: how each kind of memory is worded, how far it is from the customer's own words, and how long it lives.

These sentences are ours; what anybody else wrote stands beside them as a quotation.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b
from typing import Any

from domain.event import Event
from domain.language import Text, phrase
from domain.memory import Distance, Memory
from tools.distill.properties import moment, place
from tools.distill.vocabulary import Vocabulary, plain


@dataclass(frozen=True, slots=True)
class Kind:
    """One way in which we come to know something; `source` is the name it goes by in a memory."""

    source: str
    distance: Distance
    days: int
    ja: str
    en: str
    """What is said of it; `{it}` stands for the thing or topic that it is about."""
    something: tuple[str, str] | None = None
    """What stands for a thing that the catalogue does not know; None: nothing does, and brackets around it go."""
    about: tuple[str, str] | None = None
    """How a thing that the catalogue does not know is named by its topic, `{something}` being what it is."""

    @property
    def life(self) -> timedelta:
        """How long it is remembered after it happened."""
        return timedelta(days=self.days)

    def named(self, topic: Text, something: tuple[str, str] | None = None) -> Text:
        """What stands for a thing of which we know the topic at most: nobody attends a topic, or downloads one."""
        ja, en = something or self.something or ("", "")
        if self.about is None or not ja:
            return topic
        return Text(
            ja=self.about[0].format(topic=topic.ja, something=ja) if topic.ja else ja,
            en=self.about[1].format(topic=topic.en, something=en) if topic.en else en,
        )

    def sentence(self, it: str | None, language: str) -> str:
        """The sentence about a thing that has a name, or about something that has none."""
        sentence = phrase(language, ja=self.ja, en=self.en)
        if it is None and self.something is not None:
            it = phrase(language, ja=self.something[0], en=self.something[1])
        return BRACKETS.sub("", sentence) if it is None else sentence.format(it=it)


TOLD, DID, TRACE, INFERRED = Distance.TOLD_US, Distance.DID_WITH_US, Distance.TRACE, Distance.INFERRED
A_PRODUCT, A_TEXT, AN_EVENT = ("商品", "a product"), ("資料", "a document"), ("催し", "an event")
A_COUPON, FOR = ("クーポン", "a coupon"), ("{topic}の{something}", "{something} for {topic}")
ON = ("{topic}についての{something}", "{something} on {topic}")
A_MATTER, A_PAGE = ("ある件", "something"), ("ページ", "a page")
BRACKETS = re.compile(r" ?[（(：:] ?\{it\}[）)]?")

SAVED = Kind("favourites", TOLD, 365, "{it}をお気に入りに登録", "saved {it}", A_PRODUCT)
BOUGHT = Kind("purchase", DID, 540, "{it}を購入", "bought {it}", A_PRODUCT)
GIVEN = Kind("gift", DID, 180, "贈り物として{it}を購入", "bought {it} as a gift", A_PRODUCT)
CARTED = Kind("cart", DID, 14, "{it}をカートに入れた", "put {it} in the cart", A_PRODUCT)
DOWNLOADED = Kind("download", DID, 365, "{it}をダウンロード", "downloaded {it}", A_TEXT, ON)
REGISTERED = Kind("registration", DID, 120, "{it}に申し込み", "registered for {it}", AN_EVENT, ON)
ATTENDED = Kind("attended", DID, 365, "{it}に参加", "attended {it}", AN_EVENT, ON)
REDEEMED = Kind("coupon", DID, 180, "{it}を利用", "used {it}", A_COUPON, FOR)
TICKET = Kind(
    "ticket", DID, 90, "お問い合わせ（{it}）", "asked for help ({it})", ("内容は記録を参照", "see the ticket")
)
CALLED = Kind("call", DID, 180, "お電話（{it}）", "a phone call ({it})")
SURVEY = Kind("survey", TOLD, 1095, "アンケートの回答：{it}", "survey answer: {it}")
SPOKEN = Kind("conversation", TOLD, 730, "会話での言葉（{it}）", "said in conversation ({it})")
SAID_BY_PHONE = Kind("call", TOLD, 365, "お電話での言葉（{it}）", "said on the phone ({it})")
ASKED = Kind("question", TOLD, 365, "{it}についてご質問", "asked about {it}", A_MATTER)
REVIEWED = Kind("review", TOLD, 730, "{it}のレビュー", "reviewed {it}", A_PRODUCT)
VIEWED = Kind("page_view", TRACE, 14, "{it}を閲覧", "looked at {it}", A_PAGE)
CLICKED = Kind("click", TRACE, 14, "メッセージから{it}を見た", "followed a message to {it}", A_PRODUCT)
OPENED = Kind("open", TRACE, 14, "{it}のお知らせを開封", "opened a message about {it}", A_PRODUCT)
SEARCHED = Kind("search", TRACE, 14, "{it}を検索", "searched for {it}", ("サイト内", "the site"))
VISITED = Kind("visit", TRACE, 14, "{it}に来店", "was at {it}", ("店舗", "a shop"))
STAFF_NOTE = Kind("staff_note", INFERRED, 180, "担当者のメモ（{it}）", "a note by staff ({it})")
GUESSED = Kind("guess", INFERRED, 30, "{it}", "{it}")


@dataclass(frozen=True, slots=True)
class Teller:
    """Makes the memories of one customer, in their language."""

    customer_id: str
    language: str
    vocabulary: Vocabulary

    def memory(self, kind: Kind, event: Event, key: str, *, it: Text | str | None, **more: Any) -> Memory:
        """A memory under an id that the same event always gives; `it` is what the sentence is about."""
        at = moment(event)
        name = it if isinstance(it, str) else it.either(self.language) if it else None
        fields: dict[str, Any] = {"place": place(event), **more}
        return Memory(
            id=f"{self.customer_id}:{kind.source}:{key}",
            customer_id=self.customer_id,
            text=kind.sentence(name or None, self.language)[:500],
            distance=kind.distance,
            source=kind.source,
            at=at,
            expires_at=at + kind.life,
            **fields,
        )

    def word(self, words: Text, *, unless: bool = False) -> str | None:
        """How copy may name it in the customer's own language, None where it must not."""
        return None if unless else words.get(self.language)

    def private(self, *written: str | None) -> bool:
        """Whether anything of this touches something sensitive."""
        return any(self.vocabulary.sensitive(one) for one in written if one)


def short(*parts: str) -> str:
    """A short key that the same parts always give."""
    return blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=8).hexdigest()


def newest(events: Mapping[str, tuple[Event, Any]]) -> list[tuple[str, Event, Any]]:
    """The entries in the order of their keys."""
    return [(key, *events[key]) for key in sorted(events)]


def key_of(id: str | None, name: str | None) -> str | None:
    """By what a thing is the same thing again: its id, or else its name."""
    if id:
        return id if len(id) <= 80 else short(id)
    return short(plain(name)) if name and plain(name) else None

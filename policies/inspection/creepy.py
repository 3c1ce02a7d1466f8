"""Creepy: the ways in which copy comes too near, and what to write instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from domain.language import Text

Creepy = Literal[
    "watched", "located", "others", "scored", "reproached", "felt", "gift", "named", "aged", "home", "guessed"
]


@dataclass(frozen=True, slots=True)
class Kind:
    """One way of coming too near: what it is called, and what to write instead."""

    name: Text
    better: Text


KINDS: Mapping[Creepy, Kind] = {
    "watched": Kind(
        Text(ja="閲覧・行動の記録", en="a record of what was watched"),
        Text(
            ja="記録には触れず、「冬のコートの選び方をまとめました」のように内容で伝えます。",
            en='Leave the record out and offer what helps: "How to choose a winter coat".',
        ),
    ),
    "located": Kind(
        Text(ja="いまの居場所", en="where the reader is now"),
        Text(
            ja="居場所は言わず、「本日、銀座店で使えるクーポンです」のように店名で伝えます。",
            en='Name the shop, not the position: "A coupon for our Ginza store today".',
        ),
    ),
    "others": Kind(
        Text(ja="ほかの方の行動", en="what other people did"),
        Text(
            ja="ほかの方には触れず、「社内でのご説明に使える資料です」のように用途で伝えます。",
            en='Leave others out: "A paper you can use to explain it inside your company".',
        ),
    ),
    "scored": Kind(
        Text(ja="社内の評価・予測", en="an internal score or forecast"),
        Text(ja="点数や予測は書かず、ご案内の中身だけにします。", en="Scores stay inside; write what is offered."),
    ),
    "reproached": Kind(
        Text(ja="ご無沙汰の指摘", en="absence, held against the reader"),
        Text(
            ja="「新しい季節の品がそろいました。またお目にかかれますように。」のように書きます。",
            en='"The new season is here. We would be glad to see you again."',
        ),
    ),
    "felt": Kind(
        Text(ja="応対記録にあるお気持ち", en="feelings noted in our records"),
        Text(
            ja="お気持ちには触れず、「その後、不具合なくお使いいただけていますでしょうか」のように伺います。",
            en='Ask about the matter, not the mood: "Is everything working well now?"',
        ),
    ),
    "gift": Kind(
        Text(ja="贈り先の決めつけ", en="who a gift was for"),
        Text(
            ja="「ギフトのお直し・サイズ変更も承ります」のように、贈り先を決めつけません。",
            en='"We also resize gifts": name no recipient.',
        ),
    ),
    "named": Kind(
        Text(ja="人前での個人的な一言", en="something personal in public"),
        Text(
            ja="「冬のコート、3階にそろいました」のように、どなたにも当てはまる言葉にします。",
            en='Words that fit everybody: "Winter coats, now on the third floor".',
        ),
    ),
    "aged": Kind(
        Text(ja="年齢・年代", en="the reader's age"),
        Text(ja="年齢には触れず、商品のよさで伝えます。", en="Leave the age out and speak of the product."),
    ),
    "home": Kind(
        Text(ja="ご自宅の場所", en="where the reader lives"),
        Text(ja="ご自宅ではなく、店舗の名前で伝えます。", en="Say the name of the store instead."),
    ),
    "guessed": Kind(
        Text(ja="推し量った事情", en="something we only guess"),
        Text(
            ja="推測は書かず、「お選びいただける品をそろえました」のように書きます。",
            en="Write no guess; say what there is to choose from.",
        ),
    ),
}

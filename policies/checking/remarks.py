"""Remarks: what is said about the reader, by short lists and by the facts that the message itself cites."""

import re
from collections.abc import Iterator, Mapping

from domain.channel import PUBLIC, Channel
from policies.checking.desk import Desk
from policies.checking.fault import Fault, in_copy
from policies.checking.phrases import readings
from policies.rules.creepiness import Creepiness
from policies.rules.sensitive_attribute import SensitiveAttribute

NEVER = frozenset(("inferred", "bought_in"))
NOT_READ_ALONE = frozenset((*PUBLIC, Channel.PUSH, Channel.SMS, Channel.CALL))
"""Where others may read or hear along, so that what somebody merely looked at is not mentioned."""
TOPICS: Mapping[str, str] = {
    "health": r"your (?:\w+ )?(?:diagnosis|illness|disease|condition|depression|cancer|disability|medication|symptoms)"
    r"|you (?:do not|don ?t) seem to be sleeping|since your (?:surgery|treatment)"
    r"|うつ病の|診断を?(?:受け|され)|ご病気|治療中|通院|持病|眠れていない(?:ご様子|よう)"
    r"|障がい?をお持ち|hope (?:the|your) (?:treatment|operation|surgery)",
    "pregnancy": r"your pregnancy|you are (?:pregnant|expecting)|your due date|ご懐妊|ご妊娠|妊娠おめでとう|ご出産予定"
    r"|(?:being|becoming) (?:pregnant|a mother)|赤ちゃんのお?誕生(?!日|祝)|お子様がお?生まれ",
    "money": r"your (?:income|salary|debt|loan|credit score|bankruptcy)|ご年収|年収に合|借金"
    r"|ろーんの返済|家計が(?:苦|厳)",
    "belief": r"your (?:religion|faith|church|political|party)|ご信仰|信仰に|支持政党|あなたの宗教",
    "sexuality": r"your (?:sexuality|sexual orientation)|性的指向",
    "family": r"your (?:divorce|separation|wife|husband|custody)|離婚(?:され|後)|奥様への|ご主人への|別居",
    "death": r"your (?:loss|bereavement|late (?:wife|husband|mother|father))|ご遺族|亡くなられた|ご不幸の"
    r"|お悔やみ|亡くされた|sorry about your loss|(?:condolences|sympathy) on",
    "origin": r"your (?:race|ethnicity|nationality|immigration)|ご国籍|ご出自|在日の",
    "crime": r"your (?:criminal|arrest|conviction)|前科|逮捕歴",
    "age": r"at your age|people of your age|ご高齢の|お年を召した",
}
WATCHED = re.compile(
    r"you looked at (?:this|our)|looked at (?:this|our) \w* ?page|we (?:saw|noticed|watched) you"
    r"|(?<!if )you are (?:standing|near|outside)(?!by)"
    r"|(?:did|have) you forg[eo]t|you forgot|forgot something|where have you been|we miss you|you haven ?t visited"
    r"|お?忘れ(?:では|のよう)|おわすれでは|最近ご利用がありません|最近お越しいただけず"
    r"|risk of leaving|you were angry|(?<!\d)\d{1,5} days without you|we know (?:where|that) you"
    r"|ご覧に(?:なりましたね|なっていましたね)|ぺーじをご覧|の前に?いらっしゃいますね|離れる確率|離反の?確率|"
    r"お怒りでした"
    r"|(?<!\d)\d{1,5}日もお越しいただけ|様子を見て(?:い|お)"
    r"|(?:昨夜|昨晩|さきほど|先ほど)ご覧の|(?:ごと|おき)に.{0,14}お(?:求め|買い上げ)ですね|にお住まいの(?:方|お客様)へ"
    r"|you (?:buy|order) (?:\w+ ){1,4}every (?:\w+ )?(?:days?|weeks?|months?)|those (?:of you )?living in"
)
SECRETS = re.compile(
    r"(?<!never )(?<!not )(?:send|tell|give|text|reply with|confirm|email|share)(?: \w+){0,4} "
    r"(?:password|pin|cvv|card number|security code|bank account|account number)(?![a-z])"
    r"|(?:暗証番号|ぱすわーど|かーど番号|口座番号|せきゅりてぃこーど|まいなんばー|認証こーど)を?"
    r"(?:お(?:知らせ|教え|送り|伝え|聞かせ)|教えて|ご?(?:返信|連絡|入力|記入))(?:て?くだ|て?下さ|いただ|"
    r"願)(?!さらない|さいません)"
)
SPOKEN: Mapping[str, re.Pattern[str]] = {topic: re.compile(pattern) for topic, pattern in TOPICS.items()}


def sensitive(rule: SensitiveAttribute, desk: Desk) -> Iterator[Fault]:
    """Nothing sensitive is worded, and no fact that is marked sensitive is cited."""
    for cite in desk.message.cites:
        if cite.sensitive:
            yield in_copy(rule.id, rule.type, "cites", cite.text, "書けない情報です", "is never worded")
    for piece in desk.pieces:
        for topic in rule.topics:
            for words in _found(SPOKEN[topic], piece.text):
                yield in_copy(
                    rule.id, rule.type, piece.name, words, "お客様の事情に触れています", "touches the reader's life"
                )


def too_near(rule: Creepiness, desk: Desk) -> Iterator[Fault]:
    """Facts are worded only where their source and the channel allow it, few at a time, and nobody is watched."""
    channel = desk.a.channel
    for cite in desk.message.cites:
        if cite.distance in NEVER or channel in PUBLIC or (cite.distance == "trace" and channel in NOT_READ_ALONE):
            yield in_copy(
                rule.id, rule.type, "cites", cite.text, "このチャネルでは書けません", f"is not for {channel.value}"
            )
    if len(desk.message.cites) > rule.most:
        told = ", ".join(cite.text for cite in desk.message.cites)
        yield in_copy(rule.id, rule.type, "cites", told, "一通に多すぎます", "are too many for one message")
    for piece in desk.pieces:
        for words in _found(WATCHED, piece.text):
            yield in_copy(rule.id, rule.type, piece.name, words, "見張っているように読めます", "sounds as if watching")


def secrets_asked(text: str) -> Iterator[str]:
    """Where a text asks for a password, a PIN or the number of a card."""
    yield from _found(SECRETS, text)


def _found(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    seen = readings(text)
    for way in (*seen.words, seen.letters):
        yield from (found[0] for found in pattern.finditer(way))

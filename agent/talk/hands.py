"""Hands: what the desk leaves to people, said with who can do it and where; and what it can do itself."""

from agent.given import number_of
from agent.talk.errand import Hand, Unheard
from agent.talk.found import Counter, Facts, Found, bullets, lines
from agent.talk.telling import status_of
from domain.channel import Channel
from domain.errors import NotFound
from domain.language import Language, phrase
from domain.person import same_person
from records import directives, keys, stops
from records.connection import Connection
from records.directives import Directive
from records.keys import Key

MOST_NAMED = 6
ACTS = {
    "approve": ("承認（有効にすること）", "Putting anything in force"),
    "reject": ("却下", "Rejecting"),
    "retire": ("取り下げ", "Taking anything out of force"),
    "roll_back": ("以前の版に戻すこと", "Going back to an earlier version"),
    "stop": ("停止", "Stopping"),
    "lift": ("停止の解除", "Lifting a stop"),
}
CAN_JA = (
    "指示を出す：「割引は10%まで。」とそのまま書くか、「指示：…」",
    "言い直す：「やっぱり15%で」「21時ではなく22時で」「VIPは除いて」",
    "試算する：「試算して」「もし週2通までにしたら誰が減る？」「dir-3 を試算」",
    "比べる：「dir-1 と dir-2 を比べて」「第2版と第3版の違いは？」",
    "説明する：「dir-3 を説明して」「facts_only とは？」「承認待ちの指示は？」",
    "お客様について：「hh-1082 に何も届かないのはなぜ？」「冬の珈琲市に関心がありそうなのは誰？」",
    "今の状態：「メールのルールは？」「気になる点は？」「今週変わったことは？」「止まっている配信はある？」",
)
CAN_EN = (
    'Give an instruction: write it as it is, such as "Discounts at most 10 %.", or "directive: …"',
    'Change it: "make it 15 % instead", "22:00 instead of 21:00", "except VIPs"',
    'Try it out: "simulate it", "what if we cap email at 2 a week?", "simulate dir-3"',
    'Compare: "compare dir-1 and dir-2", "compare version 2 and version 3"',
    'Explain: "explain dir-3", "what does facts_only do?", "which drafts wait for approval?"',
    'Customers: "why did hh-1082 get nothing?", "who would care about a winter coffee market?"',
    'How things stand: "the rules for SMS?", "any findings?", "what changed this week?", "is anything stopped?"',
)


def help_words(language: Language) -> str:
    """What the desk can do."""
    return lines(
        phrase(language, ja="ここでできること：", en="Here you can:"),
        bullets(list(CAN_JA if language == "ja" else CAN_EN), 20, language),
        phrase(
            language,
            ja=(
                "ここからは何も有効になりません。承認・却下・取り下げ・停止は人が行い、聞けばその方法を答えます。"
                "会話は最後の発言から24時間で消えます。"
            ),
            en="Nothing comes into force from here: people approve, reject, retire and stop, and I say how when asked. "
            "This talk is forgotten 24 hours after its last word.",
        ),
    )


def unheard_words(errand: Unheard, counter: Counter) -> str:
    """That it was not understood, and what to say instead."""
    head = counter.say("うまく読み取れませんでした。", "I did not follow that.")
    hint = counter.say(
        "指示のつもりなら「指示：」を付けて書いてください。", 'If it is an instruction, write "directive:" before it.'
    )
    return lines(head, "" if errand.question else hint, help_words(counter.language))


async def handed(errand: Hand, counter: Counter) -> Found:
    """Who can do it, and where; nothing is done."""
    words = lines(
        _not_here(errand, counter),
        *(await counter.read(lambda c: HANDS[errand.act](c, errand, counter))),
    )
    facts: Facts = {"refused": "the desk cannot do this; the marketer was told who can, and where", "act": errand.act}
    named = errand.subject or counter.talk.directive
    return Found(words, facts, directives=(named,) if named and named.startswith("dir-") and "." not in named else ())


def _not_here(errand: Hand, counter: Counter) -> str:
    ja, en = ACTS[errand.act]
    return counter.say(
        f"{ja}は、ここではできません。何も変えていません。", f"{en} cannot be done here, and nothing was changed."
    )


def _about(c: Connection, errand: Hand, counter: Counter) -> Directive | None:
    """The directive that is meant."""
    name = errand.subject if errand.subject and errand.subject.startswith("dir-") else counter.talk.directive
    if name is None or "." in name:
        return None
    try:
        return directives.get(c, number_of(name))
    except NotFound:
        return None


def _deciders(c: Connection, author: str | None) -> str:
    """The people with an approver's key who are not its author."""
    found = [one for one in keys.list_all(c) if _approves(one) and not (author and same_person(one.person, author))]
    names = list(dict.fromkeys(one.person for one in found))
    shown = ", ".join(names[:MOST_NAMED])
    return f"{shown}, …" if len(names) > MOST_NAMED else shown


def _approves(key: Key) -> bool:
    return key.role == "approver" and key.revoked_at is None


def _decide(c: Connection, errand: Hand, counter: Counter) -> tuple[str, ...]:
    """Who approves, rejects or retires a directive."""
    one = _about(c, errand, counter)
    name = f"dir-{one.number}" if one else "dir-…"
    verb = {"approve": "approve", "reject": "reject", "retire": "retire"}[errand.act]
    people = _deciders(c, one.author if one else None)
    able = counter.say(
        f"できるのは、"
        f"書いた人とは別の承認者です："
        f"{people or '（該当する鍵がありません。./tact keys add --role approver で作れます）'}",
        f"It takes an approver who did not write "
        f"it: {people or '(no such key; ./tact keys add --role approver makes one)'}",
    )
    state = (
        ""
        if one is None
        else counter.say(
            f"{name}（{status_of(one, 'ja')}、{one.author}）", f"{name} ({status_of(one, 'en')}, by {one.author})"
        )
    )
    return (
        state,
        able,
        counter.say(
            f"方法：./tact directive {verb} {name}、または POST /v1/directives/{name}/{verb}",
            f"How: ./tact directive {verb} {name}, or POST /v1/directives/{name}/{verb}",
        ),
        counter.say(
            f"承認用の紙：./tact directive sheet {name} > sheet.html",
            f"A sheet to pass round: ./tact directive sheet {name} > sheet.html",
        )
        if verb == "approve"
        else "",
    )


def _roll_back(c: Connection, errand: Hand, counter: Counter) -> tuple[str, ...]:
    """Who goes back to an earlier version."""
    to = (errand.subject or "").removeprefix("version-") if (errand.subject or "").startswith("version-") else "N"
    return (
        counter.say(
            "できるのは承認者です。ゆるむルールがあるときは、今の版を書いた人とは別の人に限ります。",
            "It takes an approver; where it can loosen a rule, another person than who wrote the version in force.",
        ),
        counter.say(
            f"方法：./tact policies rollback {to}、または POST /v1/policies/rollback",
            f"How: ./tact policies rollback {to}, or POST /v1/policies/rollback",
        ),
    )


def _stop(c: Connection, errand: Hand, counter: Counter) -> tuple[str, ...]:
    """How any marketer stops at once."""
    channel = errand.subject if errand.subject in set(Channel) else None
    option, body = (f" --channel {channel}", f', "channel": "{channel}"') if channel else ("", "")
    reason = counter.say("理由", "the reason")
    return (
        counter.say(
            "マーケターならどなたでも、次のどちらかですぐに止められます：",
            "Any marketer stops it at once, in one of two ways:",
        ),
        f'./tact stop "{reason}"{option}',
        f'POST /v1/stop {{"reason": "{reason}"{body}}}',
        counter.say(
            "施策や地域だけを止めるなら --scene、--region。再開には、止めた人とは別の承認者が要ります。",
            "--scene and --region stop a part. Starting again takes an approver who is not the one who stopped.",
        ),
        ""
        if channel is None
        else counter.say(
            "続けて効くルールにするなら、「メールは送らない」のように指示として書いてください。",
            'For a lasting rule, write an instruction such as "No email to …".',
        ),
    )


def _lift(c: Connection, errand: Hand, counter: Counter) -> tuple[str, ...]:
    """Who lifts which stop."""
    active = stops.active(c)
    ids = [f"{one.id}（{one.reason}）" if counter.language == "ja" else f"{one.id} ({one.reason})" for one in active]
    if not active:
        return (counter.say("いま緊急停止はかかっていません。", "Nothing is stopped at the moment."),)
    return (
        counter.say("できるのは、止めた人とは別の承認者です。", "It takes an approver who is not the one who stopped."),
        bullets(ids, 10, counter.language),
        counter.say(
            f"方法：./tact lift {active[0].id}、または POST /v1/stop/{active[0].id}/lift",
            f"How: ./tact lift {active[0].id}, or POST /v1/stop/{active[0].id}/lift",
        ),
    )


HANDS = {
    "approve": _decide,
    "reject": _decide,
    "retire": _decide,
    "roll_back": _roll_back,
    "stop": _stop,
    "lift": _lift,
}

"""The checker: a second opinion on a stored decision, from the record and the policy version alone.

It walks the predicates instead of running generated code, and reads copy in its own simple way: nothing of
policies/inspection is used here, so that a fault there cannot hide itself.
"""

from collections.abc import Iterator, Sequence

from domain.language import Text
from domain.message import Message
from domain.sender import Sender
from policies.checking.copy import CHECKS
from policies.checking.desk import Desk
from policies.checking.fault import Fault
from policies.checking.verdicts import violated
from policies.facts import Action, Situation
from policies.kleene import verdict
from policies.rules import AnyRule


def check(
    rules: Sequence[AnyRule], sender: Sender, s: Situation, a: Action, message: Message | None, verdicts: int
) -> tuple[Fault, ...]:
    """What is wrong with a decision: verdicts that do not follow from the facts, and copy that breaks a rule."""
    again = violated(rules, s, a)
    found = [_differs(rule, again >> bit & 1) for bit, rule in enumerate(rules) if (again ^ verdicts) >> bit & 1]
    if message is not None:
        found += [_left(rule) for bit, rule in enumerate(rules) if again >> bit & 1]
        found += _misplaced(a, message)
        found += copy_faults(rules, sender, s, a, message)
    return tuple(found)


def copy_faults(
    rules: Sequence[AnyRule], sender: Sender, s: Situation, a: Action, message: Message
) -> tuple[Fault, ...]:
    """What the hard rules about copy object to in a message, each fault once."""
    return tuple(dict.fromkeys(fault for face in message.faces() for fault in _found(rules, Desk(sender, s, a, face))))


def _found(rules: Sequence[AnyRule], desk: Desk) -> Iterator[Fault]:
    for rule in rules:
        look = CHECKS.get(type(rule))
        if look is None or rule.severity == "soft" or verdict(rule.looks_at(), desk.s, desk.a) is False:
            continue
        yield from look(rule, desk)


def _differs(rule: AnyRule, again: int) -> Fault:
    stored, found = ("不可", "可") if not again else ("可", "不可")
    said, now = ("violated", "kept") if not again else ("kept", "violated")
    text = Text(
        ja=f"ルール {rule.id} の記録は「{stored}」ですが、記録された情報から計算すると「{found}」です。",
        en=f"Rule {rule.id} was recorded as {said}; the recorded facts say {now}.",
    )
    return Fault(rule.id, rule.type, "verdict", said, text)


def _misplaced(a: Action, message: Message) -> Iterator[Fault]:
    """The words are for the channel and about the offer that were judged."""
    about = message.offer.id if message.offer else a.offer_id
    for what, said, judged in (("channel", message.channel.value, a.channel.value), ("offer", about, a.offer_id)):
        if said != judged:
            text = Text(
                ja=f"判定した {what} は {judged} ですが、メッセージは {said} です。",
                en=f"The {what} that was judged is {judged}; the message says {said}.",
            )
            yield Fault("envelope", what, "message", str(said), text)


def _left(rule: AnyRule) -> Fault:
    text = Text(
        ja=f"ルール {rule.id}（{rule.name.either('ja')}）に反するメッセージが作られています。",
        en=f"A message was made although rule {rule.id} ({rule.name.either('en')}) forbids it.",
    )
    return Fault(rule.id, rule.type, "message", rule.id, text)

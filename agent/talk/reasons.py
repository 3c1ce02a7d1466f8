"""Reasons: why somebody got what they got, or nothing, and what would be decided now."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent.evidence import Public, unpack
from agent.rulebook import in_force
from agent.talk.errand import Why
from agent.talk.found import Counter, Fact, Facts, Found, Free, Person, aside, bullets, lines
from agent.talk.knowing import as_facts, coarse_facts, whom
from agent.talk.telling import headed
from domain.channel import Channel
from domain.customer import Customer
from domain.decision import Ask, Decision, Who
from domain.language import Language
from policies.book import Book
from policies.boundary.reach import said_whole
from policies.rules import AnyRule
from policies.wording import channel_name
from records import profiles, stops
from records.connection import Connection
from records.outcome import Stored

LATEST, MOST_LOOKED_AT = 5, 6

WITHIN_MS = 10_000
"""Milliseconds for trying out what would be decided now."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What is on record of a customer's last decisions."""

    customer: Customer
    stored: tuple[Stored, ...]
    stopped: bool


async def why(errand: Why, counter: Counter) -> Found:
    """The last decisions about a customer with the rules behind each, and what would be decided now."""
    named = errand.customer.strip()
    if named.startswith("d-"):
        return await _one_decision(named, counter)
    found = await counter.read(lambda c: whom(c, named))
    if len(found) != 1:
        return _who(named, found, counter)
    looked = await counter.read(lambda c: _looked(c, found[0], counter))
    now = await _now(found[0], looked.stored, counter)
    rules = await counter.pool.run(lambda: _rules(counter))
    told = [_told(one, rules, counter) for one in looked.stored]
    who = f"{named}{aside(found[0], counter.language)}" if named != found[0] else named
    nothing = counter.say(
        f"{who}について、配信の判断を求められたことはまだ一度もありません。",
        f"Nobody has asked about {who} yet, so nothing was decided.",
    )
    words = lines(
        counter.say(f"{who}への最近の判断：", f"The last decisions about {who}:") if told else nothing,
        bullets(told, LATEST, counter.language),
        counter.say("いまは緊急停止がかかっています。", "The emergency switch stops messages now.")
        if looked.stopped
        else "",
        "" if now is None else _would(now, counter),
        "" if counter.rest is not None else counter.why_alone,
    )
    facts: Facts = {
        "customer": Person(found[0]),
        "known": as_facts(await coarse_facts(looked.customer, counter)),
        "decisions": [_fact(one, rules, counter) for one in looked.stored],
        "stopped_now": looked.stopped,
        "now": None if now is None else _decision_fact(now, rules, counter),
    }
    return Found(words, facts, customer=found[0], foreign=True)


def _who(named: str, found: Sequence[str], counter: Counter) -> Found:
    """Nobody is called so, or several are."""
    if not found:
        words = counter.say(
            f"「{named}」というお客様は見つかりません。お客様id、メールアドレス、電話番号、"
            f"または登録されたお名前で指定してください。",
            f"There is no customer “{named}”. Use their id, e-mail address, phone number, or the name on record.",
        )
        return Found(words, {"refused": "no such customer"}, understood=False)
    shown = counter.say("、", ", ").join(found[:MOST_LOOKED_AT])
    words = counter.say(
        f"「{named}」にあてはまるお客様が{len(found)}人います。idで指定してください：{shown}",
        f"{len(found)} customers fit “{named}”. Say which by id: {shown}",
    )
    return Found(
        words,
        {"question": "several customers fit", "customers": [Person(one) for one in found[:MOST_LOOKED_AT]]},
        understood=False,
    )


async def _one_decision(name: str, counter: Counter) -> Found:
    stored = await counter.read(lambda c: counter.stores.decisions.get(c, name))
    rules = await counter.pool.run(lambda: _rules(counter))
    facts: Facts = {"customer": Person(stored.customer_id), "decisions": [_fact(stored, rules, counter)]}
    return Found(lines(f"{name}：", _told(stored, rules, counter)), facts, customer=stored.customer_id, foreign=True)


def _looked(c: Connection, customer_id: str, counter: Counter) -> Looked:
    customer = profiles.customer(c, customer_id) or Customer(id=customer_id)
    page = counter.stores.decisions.of_customer(c, customer_id, LATEST)
    whole = any(
        stop.scene is None and stop.channel is None and stop.region in (None, customer.region)
        for stop in stops.active(c)
    )
    return Looked(customer, page.items, whole)


def _rules(counter: Counter) -> dict[str, AnyRule]:
    """The rules in force by their id."""
    if counter.rest is not None:
        return {rule.id: rule for rule in counter.rest.instruments.shelf.load()[0].rules}
    from_record = counter.stores.read(_book)
    return {rule.id: rule for rule in from_record.rules}


def _book(c: Connection) -> Book:
    latest = in_force(c)
    return Book.from_document(latest.version, latest.document)


async def _now(customer_id: str, stored: Sequence[Stored], counter: Counter) -> Decision | None:
    """What would be decided at this moment, asked as it was asked last, else on every channel; nothing is written."""
    if counter.rest is None:
        return None
    last = Public.model_validate_json(stored[0].public) if stored else None
    channels = tuple(Channel(one) for one in last.channels) if last else tuple(Channel)
    known = (await counter.pool.run(counter.rest.instruments.shelf.load))[0].scenes
    scene = last.scene if last and last.scene in known else None
    ask = Ask(customer=Who(id=customer_id), channels=channels, scene=scene, deadline_ms=WITHIN_MS, dry_run=True)
    answered = await counter.rest.conductor.next_message(ask, language=counter.language)
    return answered.decision


def _would(now: Decision, counter: Counter) -> str:
    """The same in words."""
    if now.hold is not None:
        reasons = list(dict.fromkeys(one.text for one in now.hold.reasons))
        later = (
            ""
            if now.hold.retry_at is None
            else counter.say(
                f"早ければ{counter.when(now.hold.retry_at)}に変わります。",
                f"It can change from {counter.when(now.hold.retry_at)}.",
            )
        )
        return lines(
            headed(
                counter.say("いま問い合わせても、見送りになります：", "Asked now, it would again be silence:"),
                bullets(reasons, 6, counter.language),
            ),
            later,
        )
    return counter.say(
        f"いま問い合わせれば、届くものがあります：{now.explanation.summary}",
        f"Asked now, there would be a message: {now.explanation.summary}",
    )


def _told(stored: Stored, rules: dict[str, AnyRule], counter: Counter) -> str:
    """One decision in a line or two."""
    at = counter.when(stored.at)
    if stored.outcome == "message":
        where = channel_name(stored.channel, counter.language) if stored.channel else ""
        what = _summary(stored)
        return counter.say(f"{at}：{where}で送る判断。{what}", f"{at}: a message by {where}. {what}")
    why_not = _reasons(stored, rules, counter)
    asked = counter.say("・", ", ").join(
        channel_name(one, counter.language) for one in Public.model_validate_json(stored.public).channels
    )
    return counter.say(
        f"{at}：見送り（{asked}）。{' '.join(why_not)}", f"{at}: nothing sent ({asked}). {' '.join(why_not)}"
    )


def _summary(stored: Stored) -> str:
    return "" if stored.personal is None else unpack(stored.personal).decision.explanation.summary


def _reasons(stored: Stored, rules: dict[str, AnyRule], counter: Counter) -> list[str]:
    """The sentence of each rule that held it: as the rule reads now, else as it was told then."""
    names = Public.model_validate_json(stored.public).reasons
    then = {}
    if stored.personal is not None:
        hold = unpack(stored.personal).decision.hold
        then = {one.rule: one.text for one in hold.reasons} if hold else {}
    told = [said_whole(rules[name], counter.language) if name in rules else then.get(name, name) for name in names]
    return list(dict.fromkeys(told))


def _fact(stored: Stored, rules: dict[str, AnyRule], counter: Counter) -> Facts:
    """One decision for a model: rules and channels, and nothing that was worded for or known of the customer."""
    public = Public.model_validate_json(stored.public)
    reasons: list[Fact] = [_rule_fact(name, rules, counter.language) for name in public.reasons]
    return {
        "at": stored.at.isoformat(),
        "outcome": stored.outcome,
        "channels_asked": [*public.channels],
        "channel": stored.channel.value if stored.channel else None,
        "scene": public.scene,
        "held_by": reasons,
    }


def _rule_fact(name: str, rules: dict[str, AnyRule], language: Language) -> Facts:
    rule = rules.get(name)
    return (
        {"rule": name} if rule is None else {"rule": name, "type": rule.kind, "says": Free(said_whole(rule, language))}
    )


def _decision_fact(now: Decision, rules: dict[str, AnyRule], counter: Counter) -> Facts:
    reasons: list[Fact] = (
        [_rule_fact(one.rule, rules, counter.language) for one in now.hold.reasons] if now.hold else []
    )
    retry = now.hold.retry_at.isoformat() if now.hold and now.hold.retry_at else None
    return {"outcome": now.outcome, "held_by": reasons, "retry_at": retry}

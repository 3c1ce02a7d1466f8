"""Housekeeping: the rules in force, what is wrong with them, what is stopped, and what changed lately."""

from collections.abc import Iterator, Mapping

from agent.given import name_of
from agent.rulebook import compared, examined, in_force, playbook_of
from agent.talk.errand import Changed, Findings, Rules, Stops
from agent.talk.found import Counter, Facts, Found, Free, bullets, lines, quoted
from agent.talk.period import Period, period_in
from agent.talk.telling import flaw_of, headed, shown
from domain.channel import Channel
from domain.stop import Stop
from policies.boundary.reach import said_whole
from policies.rules import AnyRule
from policies.wording import channel_name
from records import book as versions
from records import directives, outcomes, proposals, stops
from records.connection import Connection
from records.directives import Directive
from records.proposals import Proposal

MOST_RULES, MOST_CHANGES, MOST_READ = 25, 12, 200
ABOUT: Mapping[str, frozenset[str]] = {
    "discount|割引|値引": frozenset({"discount_ceiling", "budget", "reference_price"}),
    "cap|limit|frequency|often|how many|上限|頻度|何通|何回": frozenset({"frequency_cap", "volume_cap", "min_gap"}),
    "gap|間隔": frozenset({"min_gap"}),
    "hour|time|quiet|window|when|night|時間|夜|何時|曜日|weekend|週末|sunday|日曜|holiday|祝日": frozenset(
        {"quiet_hours", "send_window"}
    ),
    "consent|同意": frozenset({"consent"}),
    "phrase|word|wording|言葉|フレーズ|文言": frozenset({"forbidden_phrase", "required_phrase", "tone", "length"}),
    "tone|口調|トーン": frozenset({"tone"}),
    "budget|予算": frozenset({"budget"}),
    "privacy|model|生成ai|個人情報": frozenset({"llm_data", "pii_leak", "creepiness", "sensitive_attribute"}),
    "approval|review|承認|確認": frozenset({"approval", "sample_review"}),
    "price|価格": frozenset({"reference_price", "grounding", "discount_ceiling"}),
    "link|リンク": frozenset({"url_allow"}),
}
"""Words that a marketer uses, and the types of rules that they are about."""


async def rules(errand: Rules, counter: Counter) -> Found:
    """The rules in force: those that name the channel or the matter first, and how many hold everywhere."""
    kept = await counter.read(in_force)
    playbook = playbook_of(kept.document)
    chosen = [one for one in playbook.rules if _is_about(one, errand, counter)]
    general = [one for one in chosen if errand.channel and one.scope.channels is None]
    own = [one for one in chosen if one not in general]
    told = [f"{said_whole(one, counter.language)} [{one.id}]" for one in own]
    where = channel_name(errand.channel, counter.language) if errand.channel else ""
    head = counter.say(
        f"第{kept.version}版のルール{f'（{where}）' if where else ''}：{len(own)}件",
        f"Rules in version {kept.version}{f' for {where}' if where else ''}: {len(own)}",
    )
    more = counter.say(
        f"ほかに、どのチャネルにも効くルールが{len(general)}件あります。", f"{len(general)} more hold on every channel."
    )
    none = counter.say("あてはまるルールはありません。", "There is none.")
    facts: Facts = {
        "version": kept.version,
        "rules": [
            {"rule": one.id, "type": one.kind, "says": Free(said_whole(one, counter.language))}
            for one in own[:MOST_RULES]
        ],
        "further_rules_for_every_channel": len(general),
    }
    body = bullets(told, MOST_RULES, counter.language) or ("" if general else none)
    return Found(lines(head, body, more if general else ""), facts)


def _is_about(rule: AnyRule, errand: Rules, counter: Counter) -> bool:
    """Whether a rule holds on the channel and is about the matter that was asked for."""
    if errand.channel is not None and rule.scope.channels is not None and errand.channel not in rule.scope.channels:
        return False
    if errand.about is None:
        return True
    word = errand.about.lower().rstrip("s")
    kinds = next((kinds for words, kinds in ABOUT.items() if any(one in word for one in words.split("|"))), frozenset())
    text = f"{rule.id} {rule.name.ja or ''} {rule.name.en or ''} {said_whole(rule, counter.language)}".lower()
    return rule.kind in kinds or word in text


async def findings(errand: Findings, counter: Counter) -> Found:
    """What is probably not meant, and how many customers each touches."""
    kept = await counter.read(in_force)
    found = await counter.pool.run(lambda: examined(counter.stores, kept.document))
    told = []
    for flaw in found:
        touched = flaw.customers
        count = "" if touched is None else counter.say(f"（お客様{touched:,}人）", f" ({touched:,} customers)")
        told.append(f"{flaw_of(flaw, counter.language)}{count}")
    told = list(dict.fromkeys(told))
    head = counter.say(
        f"第{kept.version}版で気になる点：{len(told)}件",
        f"What may not be meant in version {kept.version}: {len(told)}",
    )
    none = counter.say("気になる点は見つかりませんでした。", "Nothing was found.")
    facts: Facts = {"version": kept.version, "findings": [Free(one) for one in told[:MOST_RULES]]}
    return Found(lines(head, bullets(told, MOST_RULES, counter.language) or none), facts)


async def stop_state(errand: Stops, counter: Counter) -> Found:
    """What the emergency switch silences now, who threw it and why."""
    active = await counter.read(stops.active)
    told = [_stop(one, counter) for one in active]
    none = counter.say("緊急停止はかかっていません。配信は動いています。", "Nothing is stopped; sending goes on.")
    head = counter.say(f"緊急停止：{len(active)}件", f"Stops in force: {len(active)}")
    after = counter.say(
        "再開には、止めた人とは別の承認者が要ります（./tact lift 停止のid）。",
        "Starting again takes an approver who is not the one who stopped (./tact lift ID).",
    )
    facts: Facts = {
        "stops": [{"what": _covers(one, counter), "reason": Free(one.reason), "by": Free(one.by)} for one in active]
    }
    return Found(
        lines(head, bullets(told, 20, counter.language), after) if active else none, facts, foreign=bool(active)
    )


def _stop(stop: Stop, counter: Counter) -> str:
    return counter.say(
        f"{_covers(stop, counter)}：{stop.by}が{counter.when(stop.at)}に停止（{stop.reason}）[{stop.id}]",
        f"{_covers(stop, counter)}: stopped by {stop.by} on {counter.when(stop.at)} ({stop.reason}) [{stop.id}]",
    )


def _covers(stop: Stop, counter: Counter) -> str:
    named = [stop.scene, channel_name(stop.channel, counter.language) if stop.channel else None, stop.region]
    parts = [one for one in named if one]
    return counter.say("・", " / ").join(parts) if parts else counter.say("すべての配信", "everything")


async def changed(errand: Changed, counter: Counter) -> Found:
    """What is otherwise than before: versions, directives, proposals, stops, and how much was sent and held."""
    period = period_in(errand.period, counter.now, counter.zone, counter.language)
    return await counter.read(lambda c: _changed(c, period, counter))


def _changed(c: Connection, period: Period, counter: Counter) -> Found:
    books, given, turns, thrown = (
        _versions(c, period, counter),
        _given(c, period, counter),
        _proposed(c, period, counter),
        _stopped(c, period, counter),
    )
    parts = {
        counter.say("ルール：", "Rules:"): books,
        counter.say("指示：", "Instructions:"): given,
        counter.say("提案：", "Proposals:"): turns,
        counter.say("緊急停止：", "Stops:"): thrown,
    }
    sent = outcomes.counts(c, period.start, period.end)
    figures = _figures(sent, counter)
    nothing = counter.say("ルール、指示、停止に変わりはありません。", "No rule, instruction or stop changed.")
    words = lines(
        counter.say(f"{period.name}の動き", f"{period.name}:"),
        *(headed(head, bullets(told, MOST_CHANGES, counter.language)) for head, told in parts.items()),
        "" if any(parts.values()) else nothing,
        figures,
    )
    facts: Facts = {
        "from": period.start.isoformat(),
        "to": period.end.isoformat(),
        "rules": [Free(one) for one in books[:MOST_CHANGES]],
        "instructions": [Free(one) for one in given[:MOST_CHANGES]],
        "proposals": [Free(one) for one in turns[:MOST_CHANGES]],
        "stops": [Free(one) for one in thrown[:MOST_CHANGES]],
        "decisions": {f"{outcome} {channel or ''}".strip(): count for (outcome, channel), count in sent.items()},
    }
    return Found(words, facts, foreign=True)


def _versions(c: Connection, period: Period, counter: Counter) -> list[str]:
    """Each version of these days with what it changed, newest first."""
    page = versions.page(c, MOST_READ)
    told = []
    for new, old in zip(page, [*page[1:], None], strict=True):
        if not period.start <= new.created_at < period.end:
            continue
        said = (
            [one.text.either(counter.language) for one in compared(old.document, new.document).changes] if old else []
        )
        what = counter.say("、", "; ").join(one.rstrip("。.") for one in said[:3]) if said else new.note
        more = counter.say(f"（ほか{len(said) - 3}件）", f" (and {len(said) - 3} more)") if len(said) > 3 else ""
        told.append(
            counter.say(
                f"第{new.version}版（{counter.when(new.created_at)}、作成 {new.author}、承認 {new.approver or '-'}）："
                f"{what}{more}",
                f"version {new.version} ({counter.when(new.created_at)}, {new.author}, approved "
                f"by {new.approver or '-'}): {what}{more}",
            )
        )
    return told


def _given(c: Connection, period: Period, counter: Counter) -> list[str]:
    """Instructions that were given or decided in these days."""
    return [line for one in directives.page(c, MOST_READ) for line in _turns(one, period, counter)]


def _turns(one: Directive, period: Period, counter: Counter) -> Iterator[str]:
    name = counter.say("", " ").join((name_of(one.number), quoted(shown(one.text), counter.language)))
    if one.decided_at is not None and period.start <= one.decided_at < period.end:
        ja = {"approved": "承認", "rejected": "却下", "retired": "取り下げ"}.get(one.status, one.status)
        yield counter.say(f"{ja}：{name}（{one.decided_by}）", f"{one.status}: {name} ({one.decided_by})")
    if period.start <= one.created_at < period.end:
        yield counter.say(f"新しい指示：{name}（{one.author}）", f"new: {name} ({one.author})")


def _proposed(c: Connection, period: Period, counter: Counter) -> list[str]:
    """Proposals that were made in these days and wait."""
    return [
        _proposal(one, counter)
        for one in proposals.page(c, MOST_READ)
        if one.status == "waiting" and period.start <= one.created_at < period.end
    ]


def _proposal(one: Proposal, counter: Counter) -> str:
    return counter.say(
        f"提案{one.number}（{one.author}、承認待ち）：{shown(one.note)}",
        f"proposal {one.number} ({one.author}, waiting): {shown(one.note)}",
    )


def _stopped(c: Connection, period: Period, counter: Counter) -> list[str]:
    """Stops thrown or lifted in these days."""
    told = []
    for stop, lifted_at, lifted_by in stops.since(c, period.start):
        if period.start <= stop.at < period.end:
            told.append(_stop(stop, counter))
        if lifted_at is not None and period.start <= lifted_at < period.end:
            told.append(
                counter.say(
                    f"再開：{_covers(stop, counter)}（{lifted_by}）", f"lifted: {_covers(stop, counter)} ({lifted_by})"
                )
            )
    return told


def _figures(sent: Mapping[tuple[str, Channel | None], int], counter: Counter) -> str:
    """How many messages went out by channel, and how many asks ended in silence."""
    if not sent:
        return counter.say("この期間の判断はありません。", "No decision was made in this time.")
    by_channel = [
        f"{channel_name(channel, counter.language)} {count:,}"
        for (outcome, channel), count in sent.items()
        if channel and outcome == "message"
    ]
    messages = sum(count for (outcome, _), count in sent.items() if outcome == "message")
    held = sum(count for (outcome, _), count in sent.items() if outcome == "hold")
    listed = counter.say(f"（{'、'.join(by_channel)}）", f" ({', '.join(by_channel)})") if by_channel else ""
    return counter.say(
        f"判断：送る {messages:,}件{listed}、見送り {held:,}件。",
        f"Decisions: {messages:,} messages{listed}, {held:,} not sent.",
    )

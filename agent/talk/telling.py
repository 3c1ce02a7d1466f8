"""Telling: a directive as it was read, what a simulation found, and what comes next, in a marketer's words."""

from agent.given import Given, ReadClause, read_back
from agent.simulation import Counts, Simulation
from agent.talk.found import Counter, Facts, Free, aside, bullets, lines
from domain.language import Language, phrase
from policies.analysis.flaw import Flaw
from policies.boundary.reach import said_whole
from policies.wording import channel_name
from records.directives import Directive

STATUSES = {
    "draft": ("下書き", "draft"),
    "approved": ("承認ずみ", "approved"),
    "rejected": ("却下", "rejected"),
    "retired": ("取り下げ", "retired"),
}
VERDICTS = {"allow": "○", "deny": "×"}
SHORT, MOST_EXAMPLES, MOST_PLACES = 60, 6, 8


def shown(text: str) -> str:
    """A text on one line, as long as a list has room for."""
    words = " ".join(text.split())
    return words if len(words) <= SHORT else f"{words[: SHORT - 1]}…"


def status_of(directive: Directive, language: Language, in_force: bool = True) -> str:
    """What became of a directive, in one word or two."""
    ja, en = STATUSES[directive.status]
    if directive.status == "approved" and not in_force:
        return phrase(language, ja="承認ずみ（今の版では無効）", en="approved, not in the version in force")
    return phrase(language, ja=ja, en=en)


def reading_of(given: Given, counter: Counter) -> str:
    """How a directive was read: its rules in sentences, what is open, what it meets."""
    language = counter.language
    clauses = given.reading.clauses
    open_ones = [_open(clause) for clause in clauses if clause.status != "understood" and not clause.wishes]
    wishes = [
        f"{wish.name.either(language)}{phrase(language, ja='：', en=': ')}{shown(wish.text)}"
        for wish in given.reading.wishes
    ]
    flaws = list(dict.fromkeys(flaw_of(flaw, language) for flaw in given.conflicts))
    beside = list(dict.fromkeys(one.text.either(language) for one in given.precedence))
    return lines(
        headed(counter.say("読み取り：", "Read as:"), read_back(given.reading, language)),
        headed(counter.say("確かめたいこと：", "To be cleared up:"), bullets(open_ones, 10, language)),
        headed(
            counter.say(
                "ルールではなく、下書きとして読み取ったもの（効力はありません）：",
                "Taken as drafts, not rules (without effect):",
            ),
            bullets(wishes, 6, language),
        ),
        headed(counter.say("ほかのルールとの関係：", "Beside other rules:"), bullets(beside, 5, language)),
        headed(counter.say("気になる点：", "What may not be meant:"), bullets(flaws, 5, language)),
    )


def headed(head: str, body: str) -> str:
    """Lines under a heading; nothing where there are none."""
    return f"{head}\n{body}" if body else ""


def _open(clause: ReadClause) -> str:
    asked = clause.question or clause.text
    return lines(asked, *(f"  → {one}" for one in clause.suggestions))


def flaw_of(flaw: Flaw, language: Language) -> str:
    """A flaw with the rule that it is about."""
    said = flaw.text.either(language)
    first = flaw.rules[0] if flaw.rules else None
    return said if first is None or first in said else phrase(language, ja=f"{first}：{said}", en=f"{first}: {said}")


def next_of(given: Given, counter: Counter) -> str:
    """What a marketer does next with a draft."""
    if given.directive.status != "draft":
        return ""
    if any(wish.kind == "stop" for wish in given.reading.wishes):
        return counter.say(
            'すぐに止めるには、緊急停止を使ってください：./tact stop "理由"、または POST '
            "/v1/stop（マーケターならどなたでも、すぐに止まります）。",
            'To stop at once, use the stop switch: ./tact stop "the reason", or POST /v1/stop (any marketer, at once).',
        )
    if given.reading.open_question is not None:
        return counter.say(
            "すべて読み取れるまで承認できません。言い直すか、「〜に変えて」と続けてください。",
            'It cannot be approved before all of it is understood. Put it another way, or go on with "make it …".',
        )
    return counter.say(
        f"まだ何も変わっていません。「試算して」で影響を確かめられます。承認は別の人が行います（./tact directive "
        f"approve {given.id}）。",
        f'Nothing has changed yet. "Simulate it" shows what it would do; another person approves it '
        f"(./tact directive approve {given.id}).",
    )


def examples_of(given: Given, counter: Counter) -> str:
    """Messages right at the bounds of its rules."""
    told = [f"{VERDICTS[one.verdict]} {one.text.either(counter.language)}" for one in given.examples]
    return headed(
        counter.say("境目の例：", "At its bounds:"), bullets(list(dict.fromkeys(told)), MOST_EXAMPLES, counter.language)
    )


def facts_of(given: Given, language: Language) -> Facts:
    """The same for a model: its text and questions are words that people wrote."""
    directive, reading = given.directive, given.reading
    return {
        "directive": given.id,
        "status": directive.status,
        "in_force": given.in_force,
        "text": Free(directive.text),
        "understood_whole": reading.open_question is None,
        "rules": [Free(said_whole(rule, language)) for rule in reading.rules],
        "questions": [Free(one.question or one.text) for one in reading.clauses if one.status != "understood"],
        "drafts": [{"kind": wish.kind, "text": Free(wish.text)} for wish in reading.wishes],
        "may_not_be_meant": [Free(flaw.text.either(language)) for flaw in given.conflicts],
    }


def simulation_of(found: Simulation, counter: Counter, what: str) -> str:
    """Who gains and who loses, where, and a few of them with the rules that decide it."""
    language, whole = counter.language, found.overall
    head = counter.say(
        f"{what}：お客様{found.customers:,}人のうち、いずれかのチャネルで"
        f"届く人は{whole.before:,}人から{whole.after:,}人になります（{_moved(whole, language)}）。",
        f"{what}: of {found.customers:,} customers, {whole.before:,} can be reached on some channel now, and "
        f"{whole.after:,} after it ({_moved(whole, language)}).",
    )
    places = [*_channels(found, language), *_scenes(found, language)]
    # One line a customer is enough; the same rule often takes several messages from them.
    losing = {one.customer: one for one in reversed(found.examples) if one.change == "lost"}
    told = [
        one.customer
        + aside(f"{one.scene or '-'} / {channel_name(one.channel, language)}", language)
        + phrase(language, ja="：", en=": ")
        + " ".join(one.says)
        for one in losing.values()
    ]
    unchanged = whole.before == whole.after and not places
    return lines(
        head,
        counter.say("今この時点では、誰も増えも減りもしません。", "At this moment nobody gains and nobody loses.")
        if unchanged
        else "",
        bullets(places, MOST_PLACES, language),
        headed(
            counter.say("届かなくなる人の例（仮名）：", "Some who would lose a message (pseudonyms):"),
            bullets(told, 5, language),
        ),
    )


def _moved(counts: Counts, language: Language) -> str:
    return phrase(
        language, ja=f"増{counts.gained:,}・減{counts.lost:,}", en=f"{counts.gained:,} gain, {counts.lost:,} lose"
    )


def _channels(found: Simulation, language: Language) -> list[str]:
    return [
        f"{channel_name(channel, language)}: {counts.before:,} → "
        f"{counts.after:,}{aside(_moved(counts, language), language)}"
        for channel, counts in found.by_channel.items()
        if counts.gained or counts.lost
    ]


def _scenes(found: Simulation, language: Language) -> list[str]:
    return [
        f"{scene or '-'}: {counts.before:,} → {counts.after:,}{aside(_moved(counts, language), language)}"
        for scene, counts in found.by_scene.items()
        if counts.gained or counts.lost
    ]


def figures_of(found: Simulation) -> Facts:
    """The figures for a model: no customer is in them."""
    return {
        "customers": found.customers,
        "overall": _figures(found.overall),
        "by_channel": {channel: _figures(counts) for channel, counts in found.by_channel.items()},
        "by_scene": {scene or "-": _figures(counts) for scene, counts in found.by_scene.items()},
        "rules_that_decide": [*sorted({rule for one in found.examples for rule in one.rules})],
    }


def _figures(counts: Counts) -> Facts:
    return {"before": counts.before, "after": counts.after, "gained": counts.gained, "lost": counts.lost}

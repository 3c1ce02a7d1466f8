"""Reach: a rule read back with all that it is limited to: for whom, about what and when, and what it leaves alone."""

from domain.language import phrase
from policies.audience import Audience
from policies.readback.about import said_about
from policies.readback.details import said_details
from policies.readback.reach import led, reach_of_exception, reach_of_scope, said_reach
from policies.readback.whom import said_whom
from policies.rules import AnyRule
from policies.rules.consent import ConsentRule
from policies.rules.frequency_cap import FrequencyCap
from policies.rules.length import Length
from policies.rules.min_gap import MinGap
from policies.rules.quiet_hours import QuietHours
from policies.rules.send_window import SendWindow
from policies.rules.volume_cap import VolumeCap
from policies.scope import Offers

NAMING = (ConsentRule, FrequencyCap, Length, MinGap, QuietHours, SendWindow, VolumeCap)
"""Rules whose own sentence names the channels."""


def said_whole(rule: AnyRule, language: str) -> str:
    """The rule in one sentence, with its reach and its details: 「30〜39歳・休眠のお客様：割引は10%まで。」

    Read by the directive compiler, the sentence gives the same rule again.
    """
    reach = said_reach(reach_of_scope(rule.scope, channels=not _names_channels(rule)), language)
    left = [said_reach(reach_of_exception(one), language) for one in rule.scope.excepted]
    told = [
        *said_details(rule, language),
        *(phrase(language, ja=f"（除く：{one}）", en=f" (except {one})") for one in left),
    ]
    said = rule.say(language)
    return (
        phrase(language, ja=f"{reach}：{said}", en=f"{led(reach)}: {said}") + "".join(told)
        if reach
        else said + "".join(told)
    )


def _names_channels(rule: AnyRule) -> bool:
    """Whether the sentence itself names just the channels of the scope."""
    if not isinstance(rule, NAMING):
        return False
    if isinstance(rule, FrequencyCap | MinGap):
        counts = rule.counts
        return counts.channels is None and "channels" not in counts.any
    return True


def people(audience: Audience | None, language: str) -> str:
    """The customers of an audience in words: 「休眠のお客様」; everybody where nothing is asked of them."""
    everybody = phrase(language, ja="すべてのお客様", en="every customer")
    return everybody if audience is None or audience == Audience() else said_whom(audience, language)


def about(offers: Offers | None, language: str) -> list[str]:
    """Offers in words; nothing where none are named."""
    return [] if offers is None else [said_about(offers, language)]

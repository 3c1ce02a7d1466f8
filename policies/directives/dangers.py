"""Dangers: whether a sentence asks for what must never be done, or tries to command the machine."""

import re
from functools import cache

from policies.directives.frame import Said
from policies.directives.lexicon import dangers as words

INJECTED: Said = (
    "仕組みへの命令と読める文です。指示の文は配信ルールとしてだけ読み、ルールの停止・承認・設定の開示には使いません。",
    "This reads like a command to the system. Text in a directive is only read as rules: it cannot "
    "switch off rules, approve anything or show settings.",
)
UNASKED: Said = (
    "同意のない方、断った方への配信はルールにできません（特定電子メール法・個人情報保護法・GDPRなど）。",
    "Nobody may be contacted without or against their consent (anti-spam and data protection law).",
)
SENSITIVE: Said = (
    "健康・妊娠・信条・出自・家計など、慎重さを要する事柄でお客様を選ぶことはできません。",
    "Customers are never chosen by sensitive matters such as health, pregnancy, belief, origin or money trouble.",
)
UNLAWFUL: Said = (
    "事実と異なる表示、効果の保証、広告であることや配信停止の方法を隠すこと、未成年への酒類などの案内、"
    "個人情報の提供は、法令と社内の決まりによりできません。",
    "False or hidden claims, promises of effect, hiding the way out or that it is advertising, "
    "alcohol and the like for minors, and passing on personal data are not permitted by law and house "
    "rules.",
)


@cache
def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE | re.DOTALL)


def danger(low: str) -> Said | None:
    """Why a sentence is refused, None where it is not."""
    if _any(words.INJECTION).search(low):
        return INJECTED
    if _breaks_consent(low):
        return UNASKED
    if _sensitive(low):
        return SENSITIVE
    if _any(words.ILLEGAL).search(low) and not _forbidden(low, _any(words.ILLEGAL)):
        return UNLAWFUL
    return None


def _forbidden(low: str, found: re.Pattern[str]) -> bool:
    """Whether the sentence forbids what was found, outside of the words themselves."""
    return re.search(words.NEVER, found.sub(" ", low)) is not None or re.search(words.KEPT_AWAY, low) is not None


def _breaks_consent(low: str) -> bool:
    found = _any((*words.NO_CONSENT_EN, *words.NO_CONSENT_JA)).search(low)
    if found is None:
        return False
    if re.match(r"(?:ignore|disregard|overlook|bypass|override)", found[0]):
        return re.search(r"\b(?:never|do not|don't|must not)\s+$", low[: found.start()]) is None
    return not _forbidden(low, _any((*words.NO_CONSENT_EN, *words.NO_CONSENT_JA)))


def sensitive(low: str) -> bool:
    """Whether words speak of health, belief, money trouble or the like."""
    return re.search(f"(?:{words.SENSITIVE_EN})|{words.SENSITIVE_JA}", low) is not None


def _sensitive(low: str) -> bool:
    found = re.search(f"(?:{words.SENSITIVE_EN})|{words.SENSITIVE_JA}", low)
    if found is None or re.search(words.MENTIONS, low):
        return False
    return re.search(f"{words.TARGETS_EN}|{words.TARGETS_JA}", low) is not None

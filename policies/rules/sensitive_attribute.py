"""Sensitive matters: nothing about a person's health, family, money, belief or the like, however sure."""

from typing import Literal, get_args

from domain.language import Text, phrase
from policies.predicate import TRUE, Predicate
from policies.rule import ON_COPY, Rule

Topic = Literal["health", "pregnancy", "money", "belief", "sexuality", "family", "death", "origin", "crime", "age"]
TOPICS: tuple[Topic, ...] = get_args(Topic)
TOPIC_NAMES: dict[str, tuple[str, str]] = {
    "health": ("健康", "health"),
    "pregnancy": ("妊娠・出産", "pregnancy"),
    "money": ("家計", "money"),
    "belief": ("信条", "belief"),
    "sexuality": ("性", "sexuality"),
    "family": ("家庭の事情", "family matters"),
    "death": ("ご不幸", "a death"),
    "origin": ("国籍・出自", "origin"),
    "crime": ("犯罪歴", "a criminal record"),
    "age": ("年齢", "age"),
}


class SensitiveAttribute(Rule):
    """Forbids words that tell a reader something sensitive about themselves or those near them.

    Goods may be named (マタニティウェア, a blood pressure monitor); what may not be said is that the reader needs them:
    ご懐妊おめでとうございます, since your diagnosis. A cited fact that is marked sensitive is never worded.
    """

    type: Literal["sensitive_attribute"] = "sensitive_attribute"
    topics: tuple[Topic, ...] = TOPICS
    better: Text | None = None

    stations = ON_COPY

    def forbidden(self) -> Predicate:
        return TRUE

    def say(self, language: str) -> str:
        ja = "・".join(TOPIC_NAMES[one][0] for one in self.topics)
        en = ", ".join(TOPIC_NAMES[one][1] for one in self.topics)
        return phrase(language, ja=f"お客様の{ja}には触れません。", en=f"Copy never touches the reader's {en}.")

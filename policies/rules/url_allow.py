"""Links: a message leads to the sender's own site or the offer's, and nowhere else."""

from typing import Literal

from domain.language import phrase
from policies.predicate import TRUE, Predicate
from policies.rule import ON_COPY, Rule


class UrlAllow(Rule):
    """Forbids all links but https to the registrable domains of sender, offers, this deployment and `domains`.

    An address that hides its host (user names, other ports, letters of other scripts) or carries a foreign one on
    (`?next=https://…`) is foreign too; tracking parameters are not.
    """

    type: Literal["url_allow"] = "url_allow"
    domains: frozenset[str] = frozenset()

    stations = ON_COPY

    def forbidden(self) -> Predicate:
        return TRUE

    def say(self, language: str) -> str:
        return phrase(
            language,
            ja="リンクは自社とオファーのサイトだけにつなぎます。",
            en="Links lead only to our own site and the offer's.",
        )

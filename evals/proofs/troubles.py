"""Troubles: a model that writes well, one that lies, and ones that fail, as scripts for the stub."""

import random
from collections.abc import Mapping
from dataclasses import replace

from pydantic import JsonValue

from evals.proofs.poison import Poison, poisons
from evals.stub_scripts import FAILING, LYING, Answer, Body, Script, properties_of, words_of

COPY: Mapping[str, Mapping[str, str]] = {
    "ja": {
        "subject": "季節の品がそろいました",
        "preheader": "店頭とオンラインでご覧いただけます",
        "opening": "季節の品がそろいました。どうぞごゆっくりご覧ください。",
        "closing": "ご来店をお待ちしております。",
        "action": "商品を見る",
        "title": "季節の品のご案内",
        "body": "季節の品がそろいました。どうぞごゆっくりご覧ください。",
    },
    "en": {
        "subject": "The season's pieces are in",
        "preheader": "See them in store and online",
        "opening": "The season's pieces are in. Please take your time to look around.",
        "closing": "We look forward to your visit.",
        "action": "See the pieces",
        "title": "The season's pieces",
        "body": "The season's pieces are in. Please take your time to look around.",
    },
}
KANA = range(0x3041, 0x30FF)


def well(body: Body, number: int) -> Answer:
    """Copy that keeps every rule, in the language of the request."""
    return Answer(json=parts(body))


def parts(body: Body) -> dict[str, JsonValue]:
    """The parts that the request asks for."""
    wanted = properties_of(body)
    return {name: words for name, words in COPY[language_of(body)].items() if wanted is None or name in wanted}


def language_of(body: Body) -> str:
    """Japanese where the request holds kana."""
    return "ja" if any(ord(sign) in KANA for sign in words_of(body)) else "en"


class Liar:
    """Slips poison into copy, calls tools that nobody gave it, and answers in shapes that nobody asked for."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self.told: list[Poison] = []

    def __call__(self, body: Body, number: int) -> Answer:
        """A lie, drawn anew for each request."""
        chance = random.Random(self._seed * 1_000_003 + number)
        if chance.random() < 0.2:
            return chance.choice(LYING)(Answer(json=parts(body)))
        copy, poison = parts(body), poisons(language_of(body), chance, selling=True)
        self.told.append(poison)
        place = chance.choice(sorted(copy) or ["body"])
        before = chance.choice(("", f"{copy.get(place, '')} ", f"{copy.get(place, '')}\n"))
        return Answer(json={**copy, place: f"{before}{poison.text}"})


def silent(body: Body, number: int) -> Answer:
    """Nothing, ever."""
    return Answer(hang=True)


def failing(seed: int) -> Script:
    """Errors and torn connections, one after another."""
    return lambda body, number: random.Random(seed + number).choice(FAILING)(well(body, number))


def slow(seed: int) -> Script:
    """Good copy, in time or too late."""
    return lambda body, number: replace(well(body, number), delay=random.Random(seed + number).uniform(0.02, 1.2))

"""Scripts: what the stand-in model of the benchmark says, to our agent and to its peers."""

import json

from evals.stub_scripts import Answer, Body, writes
from evals.thinkers import calls, choice, heard, ids_of, thinks

NAMES = ("look_up_customer", "find_offers", "check_channels", "check_scores")
"""The tools of a peer, in the order in which one after another is called."""

COPY = {
    "subject": "Something that may suit you",
    "preheader": "A quiet suggestion for the days to come.",
    "opening": "We have put something together that may suit you.\n\nHave a look when you have a moment.",
    "closing": "",
    "action": "",
    "title": "A suggestion for you",
    "body": "We have something that may suit you. Have a look when you have a moment.",
}
"""Every part of a message on any channel, in words that no rule objects to."""


def plays(body: Body, number: int) -> Answer:
    """Calls a peer's tools and answers with words; deliberates in two steps; writes drafts."""
    if set(NAMES) <= names_of(body):
        return peer(body)
    return thinks(deliberates, writes(COPY))(body, number)


def peer(body: Body) -> Answer:
    """Everything at once and then the answer, or one thing after another, as the model is called."""
    told = heard(body).answered
    waiting = [name for name in NAMES if name not in told]
    if waiting:
        return calls(**{name: {} for name in (waiting if body["model"] == "parallel" else waiting[:1])})
    offers = told["find_offers"][0]
    first = offers[0] if isinstance(offers, list) and offers else None
    return Answer(json={"candidate": first["id"] if isinstance(first, dict) else "", **COPY})


def deliberates(body: Body, _: int) -> Answer:
    """Looks at everything at once, then chooses."""
    told = heard(body)
    ids = ids_of(told.candidates)
    if told.answered:
        return choice(ids[0], "plain", "It is about due, and the channel suits.")
    return calls(recall={}, channels={}, time={"candidate": ids[0]}, score={"candidates": list(ids)})


def names_of(body: Body) -> set[str]:
    """The tools of a peer that a request offers."""
    offered = json.dumps(body.get("tools"))
    return {name for name in NAMES if name in offered}

"""Ratios: how ways of deciding compare in one run, and what they have to be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.table import Table

from evals.bench.load import Load

PEERS = ("sequential", "parallel")
AT_ONCE = 32
MOST_OVER_LATENCY = 0.025
"""Seconds that a live decision may take beyond the model's own, at the median and one at a time; the goal is 5 ms."""
LEAST_TIMES: Mapping[tuple[int, str, str], float] = {
    (800, "live", "parallel"): 1.8,
    (800, "live", "sequential"): 4.5,
    (50, "live", "parallel"): 1.7,
    (50, "live", "sequential"): 4.0,
    (50, "prepared", "parallel"): 3.0,
    (50, "prepared", "sequential"): 7.0,
    (800, "prepared", "parallel"): 6.0,
    (800, "prepared", "sequential"): 14.0,
}
"""How many times the decisions of a peer each mode has to make, with AT_ONCE under way: (latency, mode, peer)."""
MUST_SPEAK = 0.95


@dataclass(frozen=True, slots=True)
class Side:
    """One way of deciding behind one latency: alone and in a crowd."""

    name: str
    latency: int
    alone: Load
    crowd: Load

    @property
    def speaks(self) -> float:
        """Share of asks that got a message, and a model's words where one writes."""
        return (self.alone.pleasing + self.crowd.pleasing) / (len(self.alone.seconds) + len(self.crowd.seconds))


def ratio(sides: Sequence[Side], latency: int, mode: str, peer: str) -> float:
    """How many times the decisions of the peer the mode makes, with AT_ONCE under way."""
    rates = {(side.latency, side.name): side.crowd.rate for side in sides}
    return rates[latency, mode] / rates[latency, peer]


def over(side: Side) -> float:
    """Seconds at the median, one at a time, beyond the one answer of the model."""
    return side.alone.quantile(0.5) - side.latency / 1000


def shortfalls(sides: Sequence[Side]) -> list[str]:
    """Bounds that were missed, each in one sentence."""
    latencies = {side.latency for side in sides}
    missed = [
        f"{mode} at {latency} ms: {ratio(sides, latency, mode, peer):.2f} times the {peer} agent, {least:g} is required"
        for (latency, mode, peer), least in LEAST_TIMES.items()
        if latency in latencies and ratio(sides, latency, mode, peer) < least
    ]
    for side in sides:
        if side.name == "live" and over(side) > MOST_OVER_LATENCY:
            most = f"{MOST_OVER_LATENCY * 1e3:g} ms are allowed"
            missed.append(f"live at {side.latency} ms: {over(side) * 1e3:.1f} ms beyond the model's answer, {most}")
        if side.speaks < MUST_SPEAK:
            missed.append(f"{side.name} at {side.latency} ms: only {side.speaks:.1%} of the asks were answered in full")
    return missed


def table(sides: Sequence[Side]) -> Table:
    """All figures of one run, the ratios beside what they have to be."""
    shown = Table(title=f"A tool-calling agent against deliberate, live and prepared decisions, {AT_ONCE} at once")
    headings = (
        "decides",
        "model ms",
        "p50 ms alone",
        "beyond model",
        "a second",
        "p95 ms",
        "× parallel",
        "× sequential",
    )
    for heading in (*headings, "in full"):
        shown.add_column(heading, justify="left" if heading == "decides" else "right")
    for side in sides:
        shown.add_row(
            side.name,
            str(side.latency),
            f"{side.alone.quantile(0.5) * 1e3:.1f}",
            f"{over(side) * 1e3:.1f}" if side.name == "live" else "",
            f"{side.crowd.rate:.1f}",
            f"{side.crowd.quantile(0.95) * 1e3:.0f}",
            *(times(sides, side, peer) for peer in ("parallel", "sequential")),
            f"{side.speaks:.1%}",
        )
    return shown


def times(sides: Sequence[Side], side: Side, peer: str) -> str:
    """A ratio, and what it has to be."""
    least = LEAST_TIMES.get((side.latency, side.name, peer))
    required = "" if least is None else f" (≥ {least:g})"
    return "" if side.name in PEERS else f"{ratio(sides, side.latency, side.name, peer):.2f}{required}"

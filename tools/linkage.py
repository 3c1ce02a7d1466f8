"""Linkage: how likely it is that two records are about one, learned from the records alone, without examples.

A model of Fellegi and Sunter weighs each field by how often it agrees within and between people; expectation
maximisation finds those rates (splink on DuckDB). The same code compares customers and the data sets of the evaluation;
only the plan differs.
"""

import logging
import warnings
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Literal, NamedTuple

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]  # it ships no types
import splink.comparison_level_library as levels
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI
from splink.comparison_library import CustomComparison
from splink.internals.exceptions import EMTrainingException

Kind = Literal["name", "text", "words", "date", "code", "number", "phone", "exact"]
"""How two values of a field are compared."""
Agreement = Literal["same", "close", "different", "unknown"]

Value = str | tuple[str, ...] | None
Row = Mapping[str, Value]
"""A record: its `id`, and a value for each field of the plan."""

FEWEST_TO_LEARN = 500
"""Records below which rates cannot be learned; then those stand that customers usually show."""
PAIRS, SEED = 3e5, 7
SURE_RECALL = 0.8
"""How many of the true pairs agree in one of the sure ways: an assumption, and only a starting point."""


class Field(NamedTuple):
    """One field of a record; `reading` names a second one that says the same in other letters."""

    name: str
    kind: Kind
    reading: str | None = None


class Plan(NamedTuple):
    """What is compared, and which pairs are looked at: those that agree in all columns of one of the `blocks`."""

    fields: tuple[Field, ...]
    blocks: tuple[tuple[str, ...], ...]
    sure: tuple[tuple[str, ...], ...]
    """Columns that hardly ever agree between two: how many pairs there may be is guessed from them."""
    learn: tuple[tuple[str, ...], ...]
    """Rates are learned from pairs that agree in these columns."""
    apart: tuple[str, ...] = ()
    """Fields that tell two apart where they differ, however alike the rest is: a family shares everything else."""


class Found(NamedTuple):
    """Two records that may be about one, how likely that is, and how each field agrees."""

    left: str
    right: str
    probability: float
    weight: float
    agreement: Mapping[str, Agreement]
    apart: tuple[str, ...] = ()
    """The fields that speak for two, where there are any."""


CUSTOMERS = Plan(
    fields=(
        Field("family", "name", "family_kana"),
        Field("given", "name", "given_kana"),
        Field("born", "date"),
        Field("area", "text"),
        Field("numbers", "number"),
        Field("phone", "phone"),
        Field("email", "code"),
    ),
    blocks=(
        ("family", "given"),
        ("family_kana", "given_kana"),
        ("family", "born"),
        ("family_kana", "born"),
        ("given", "born"),
        ("given_kana", "born"),
        ("phone",),
        ("email",),
        ("area", "numbers"),
    ),
    sure=(("family", "given", "born"), ("given", "phone"), ("given", "email")),
    learn=(("born",), ("phone",), ("family", "given")),
    apart=("given", "born"),
)
"""Customers: which ones may be one person. 100,000 of them make a few hundred thousand pairs to look at."""


def compared(plan: Plan, left: Sequence[Row], right: Sequence[Row] | None = None, at_least: float = 0.5) -> list[Found]:
    """The pairs that are at least so likely, likeliest first: between two lists, or inside one."""
    if not left or (right is not None and not right) or len(left) < 2 > len(right or ()):
        return []
    with _quiet(), duckdb.connect() as connection:
        tables = _registered(DuckDBAPI(connection), plan, [left] if right is None else [left, right])
        size = len(left) + len(right or ())
        chances = _chances(plan, [*left, *(right or ())])
        linker = _trained(tables, plan, size, chances, link=right is not None)
        scored = linker.inference.predict(threshold_match_probability=at_least)
        rows = scored.as_record_list()
    found = [_found(plan, row) for row in rows]
    return sorted(found, key=lambda one: (-one.weight, one.left, one.right))


def one_to_one(found: Iterable[Found]) -> list[Found]:
    """Of pairs, likeliest first, those that leave each record with one partner: where both lists hold nobody twice."""
    left, right, kept = set[str](), set[str](), []
    for one in found:
        if one.left not in left and one.right not in right:
            left.add(one.left)
            right.add(one.right)
            kept.append(one)
    return kept


def _registered(database: Any, plan: Plan, lists: Sequence[Sequence[Row]]) -> list[Any]:
    """The records as tables of the engine; a list of words is a list there too."""
    names = ["unique_id", *_columns(plan)]
    kinds = {field.name: field.kind for field in plan.fields}
    types = [(name, pa.list_(pa.string()) if kinds.get(name) == "words" else pa.string()) for name in names]
    tables = []
    for place, rows in enumerate(lists):
        data = [{"unique_id": row["id"], **{name: row.get(name) or None for name in names[1:]}} for row in rows]
        table = pa.Table.from_pylist(data, schema=pa.schema(types))
        tables.append(database.register(table, dataset_display_name=f"list_{place}"))
    return tables


def _columns(plan: Plan) -> list[str]:
    """Every column that the plan speaks of, each once."""
    named = [name for field in plan.fields for name in (field.name, field.reading) if name]
    named += [name for rule in (*plan.blocks, *plan.sure, *plan.learn) for name in rule]
    return list(dict.fromkeys(named))


USUAL: Mapping[Kind, float] = {
    "name": 0.005,
    "text": 0.005,
    "words": 0.001,
    "date": 5e-5,
    "code": 1e-6,
    "number": 0.01,
    "phone": 1e-6,
    "exact": 0.1,
}
"""How often two people have the same value, where the records are too few to tell."""


def _chances(plan: Plan, rows: Sequence[Row]) -> dict[str, float]:
    """For each field, how often two records drawn at random agree by chance."""
    if len(rows) < FEWEST_TO_LEARN:
        return {field.name: USUAL[field.kind] for field in plan.fields}
    return {field.name: _chance(row.get(field.name) for row in rows) for field in plan.fields}


def _chance(values: Iterable[Value]) -> float:
    """How often two records drawn at random have the same value; hardly ever for a telephone number."""
    counts = Counter(value for value in values if value)
    total = sum(counts.values())
    same = sum(count * (count - 1) for count in counts.values())
    return min(0.5, max(1e-7, same / max(1, total * (total - 1))))


def _settings(plan: Plan, size: int, chances: Mapping[str, float], *, link: bool) -> SettingsCreator:
    return SettingsCreator(
        link_type="link_only" if link else "dedupe_only",
        comparisons=[_comparison(field, chances[field.name], many=size >= FEWEST_TO_LEARN) for field in plan.fields],
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in plan.blocks],
        probability_two_random_records_match=1 / size,
        retain_matching_columns=True,
    )


def _trained(tables: list[Any], plan: Plan, size: int, chances: Mapping[str, float], *, link: bool) -> Any:
    """A linker that knows the rates; pairs from which none can be learned are left out of the learning."""
    rules = list(plan.learn) if size >= FEWEST_TO_LEARN else []
    while True:
        linker = Linker(tables, _settings(plan, size, chances, link=link), log_level=logging.CRITICAL)
        hopeless = _learn(linker, plan, rules)
        if hopeless is None:
            return linker
        rules.remove(hopeless)  # The linker is of no use after it has failed.


def _learn(linker: Any, plan: Plan, rules: Sequence[tuple[str, ...]]) -> tuple[str, ...] | None:
    """Learns from random pairs, and from pairs that agree in one respect; answers with a rule that teaches nothing."""
    if not rules:
        return None
    with suppress(ValueError):  # Nobody is there twice in a sure way.
        sure = [block_on(*rule) for rule in plan.sure]
        linker.training.estimate_probability_two_random_records_match(sure, recall=SURE_RECALL)
    linker.training.estimate_u_using_random_sampling(max_pairs=PAIRS, seed=SEED)
    learn = linker.training.estimate_parameters_using_expectation_maximisation
    for rule in rules:
        try:
            learn(block_on(*rule), record_sample_proportion=1.0)
        except (EMTrainingException, ValueError):
            return rule
    return None


def _comparison(field: Field, chance: float, *, many: bool) -> CustomComparison:
    """The levels on which two values can agree, best first, each with how often it does where nothing was learned."""
    steps = _steps(field, many=many)
    (same, _), *others = RATES[len(steps)]
    shares = [(same, chance), *others]
    made = [
        step.configure(m_probability=same, u_probability=other)
        for step, (same, other) in zip([*steps, levels.ElseLevel()], shares, strict=True)
    ]
    unknown = levels.CustomLevel(_unknown(field), "unknown").configure(is_null_level=True)
    return CustomComparison(output_column_name=field.name, comparison_levels=[unknown, *made])


RATES: Mapping[int, Sequence[tuple[float, float]]] = {
    1: ((0.95, 0.02), (0.05, 0.98)),
    2: ((0.9, 0.005), (0.06, 0.005), (0.04, 0.99)),
    3: ((0.85, 0.005), (0.07, 0.005), (0.05, 0.01), (0.03, 0.98)),
    4: ((0.8, 0.005), (0.08, 0.005), (0.06, 0.005), (0.03, 0.015), (0.03, 0.97)),
}
"""By the number of levels: how often records about one, and about two, agree on each."""


FREQUENT = ("name", "text", "code")
"""Kinds of fields of which some values are common: two 佐藤 are less likely one person than two 小鳥遊."""


def _steps(field: Field, *, many: bool = False) -> list[Any]:
    """The levels of agreement above none, best first; of `many` records it is known which values are common."""
    name = field.name
    exact = levels.ExactMatchLevel(name, term_frequency_adjustments=many and field.kind in FREQUENT)
    left, right = f'"{name}_l"', f'"{name}_r"'
    match field.kind:
        case "name" if field.reading:
            near = f'jaro_winkler_similarity("{field.reading}_l", "{field.reading}_r") >= 0.9'
            alike = levels.Or(levels.JaroWinklerLevel(name, 0.9), levels.CustomLevel(near))
            return [exact, levels.ExactMatchLevel(field.reading), alike]
        case "name" | "text":
            return [exact, levels.JaroWinklerLevel(name, 0.92), levels.JaroWinklerLevel(name, 0.8)]
        case "words":
            return [exact, *map(levels.CustomLevel, _of_words(left, right))]
        case "phone":
            last_four = levels.CustomLevel(f"left({left}, -4) = left({right}, -4)")
            return [exact, levels.DamerauLevenshteinLevel(name, 1), last_four]
        case "date" | "code":
            return [exact, levels.DamerauLevenshteinLevel(name, 1), levels.DamerauLevenshteinLevel(name, 2)]
    return [exact, levels.DamerauLevenshteinLevel(name, 1)] if field.kind == "number" else [exact]


def _of_words(left: str, right: str) -> tuple[str, str]:
    """Two lists of words: one holds the other; half of the longer one is shared, or they are spelled alike."""
    shared, sizes = f"len(list_intersect({left}, {right}))", f"len({left}), len({right})"
    spelled = f"jaro_winkler_similarity(array_to_string({left}, ' '), array_to_string({right}, ' ')) >= 0.9"
    return f"{shared} >= least({sizes})", f"2 * {shared} >= greatest({sizes}) OR {spelled}"


def _unknown(field: Field) -> str:
    """Neither the field nor its reading is known of both."""
    names = [name for name in (field.name, field.reading) if name]
    return " AND ".join(f'("{name}_l" IS NULL OR "{name}_r" IS NULL)' for name in names)


def _found(plan: Plan, row: Mapping[str, Any]) -> Found:
    agreement = {field.name: _agreement(field, int(row[f"gamma_{field.name}"])) for field in plan.fields}
    return Found(
        left=str(row["unique_id_l"]),
        right=str(row["unique_id_r"]),
        probability=float(row["match_probability"]),
        weight=float(row["match_weight"]),
        agreement=agreement,
        apart=tuple(name for name in plan.apart if agreement[name] == "different"),
    )


def _agreement(field: Field, level: int) -> Agreement:
    """What a level means: -1 nothing to compare, 0 nothing agrees; the best is the same, and so is the same reading."""
    if level < 0:
        return "unknown"
    best = len(_steps(field)) - (1 if field.reading else 0)
    return "different" if level == 0 else "same" if level >= best else "close"


@contextmanager
def _quiet() -> Any:
    """Keeps the library's progress to itself."""
    log = logging.getLogger("splink")
    before, log.level = log.level, logging.CRITICAL
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
    log.level = before

"""`python -m evals.directives`: how directives that were written without sight of the grammar are read, by family.

Exact: read as meant, every probe right. Asked: asked about where it was clear to its author. Refused: turned down
though harmless. Silently wrong: reported as understood, and not what its author meant.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import JsonValue
from rich.console import Console
from rich.table import Table

from agent.trial import Trial, TrialRequest, trial
from domain.language import Language
from policies.facts import Home

CASES = Path(__file__).resolve().parents[1] / "tests" / "policies" / "directives" / "cases"
NOW = datetime.fromisoformat("2026-11-22T09:00:00+09:00")
SITUATION = ("customer", "action", "history", "copy")
OUTCOMES = ("exact", "asked", "refused", "silently wrong")
console = Console(width=120)


@dataclass(frozen=True, slots=True)
class Written:
    """One directive with what its author meant; `first` is how it was read before anything was mended."""

    file: str
    language: Language
    family: str
    text: str
    expect: str
    probes: tuple[Mapping[str, JsonValue], ...]
    first: str | None


def directives_of(folder: Path = CASES) -> Iterator[Written]:
    """Every directive of every file of the folder."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            yield Written(
                path.stem,
                case["language"],
                case["family"],
                case["directive"],
                case["expect"],
                tuple(case["probes"]),
                case.get("first"),
            )


def outcome(written: Written) -> str:
    """How the directive is read now."""
    statuses = {clause.status for clause in _tried(written, {}).clauses}
    got = "refuse" if "refuse" in statuses else "ask" if "ask" in statuses else "understood"
    if got != written.expect:
        return {"understood": "silently wrong", "ask": "asked", "refuse": "refused"}[got]
    wrong = any(
        _tried(written, {key: probe[key] for key in SITUATION if key in probe}).verdict != probe["verdict"]
        for probe in (written.probes if got == "understood" else ())
    )
    return "silently wrong" if wrong else "exact"


def _tried(written: Written, situation: Mapping[str, JsonValue]) -> Trial:
    request = {"directives": [written.text], "language": written.language, **situation}
    return trial(TrialRequest.model_validate(request), Home(), NOW, written.language)


def report(directives: Sequence[Written]) -> int:
    """Prints the tables; answers with the number of those silently wrong."""
    now = {place: outcome(one) for place, one in enumerate(directives)}
    blind = [(one, now[place]) for place, one in enumerate(directives) if one.first]
    console.print(_table("All directives", [(one, now[place]) for place, one in enumerate(directives)], first=False))
    if blind:
        console.print(_table("Written blind", blind, first=True))
    ordinary = [found for one, found in blind if one.expect == "understood"]
    if ordinary:
        console.print(f"Understood whole, of {len(ordinary)} ordinary ones written blind: {ordinary.count('exact')}")
    return sum(found == "silently wrong" for found in now.values())


def _table(title: str, judged: Sequence[tuple[Written, str]], *, first: bool) -> Table:
    """One row for each language and family; with the first run beside where it was kept."""
    table = Table("language", "family", "directives", *OUTCOMES, *(f"first: {one}" for one in OUTCOMES if first))
    table.title = title
    groups = sorted({(one.language, one.family) for one, _ in judged})
    for language in ("ja", "en"):
        for group in (*(one for one in groups if one[0] == language), (language, "")):
            rows = [pair for pair in judged if pair[0].language == language and group[1] in ("", pair[0].family)]
            counts = Counter(found for _, found in rows)
            before = Counter(one.first for one, _ in rows)
            cells = [counts[one] for one in OUTCOMES] + [before[one] for one in OUTCOMES if first]
            table.add_row(language, group[1] or "all", str(len(rows)), *map(str, cells), end_section=not group[1])
    return table


if __name__ == "__main__":
    chosen = [one for one in directives_of() if not sys.argv[1:] or one.file in sys.argv[1:]]
    sys.exit(report(chosen))

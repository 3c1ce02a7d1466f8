"""Every command with arguments that nobody meant: whatever was typed, it ends in a sentence, never in a traceback."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli import ENTRIES, app, load
from tests.records.encoders import WordEncoder

RUNS_ON = {"demo", "serve", "worker", "rehearse", "llm serve-local", "import completejourney", "version", "doctor"}
"""Commands that run until they are stopped, take minutes, or take nothing."""
WORDS = ("", "  ", "none", "'; DROP TABLE keys; --", "名前\u200b", "\udcff", "x" * 3000, "[/bold]", "%s{0}")
PATHS = ("", "/proc/none", "/etc/passwd", "folder", "empty", "bytes.csv", "\udcff")
NUMBERS = ("-1", "0", "1", "9" * 25, "1e999", "nan", "", "two")


@pytest.fixture(scope="module", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One home for all, and files and folders to take for something else."""
    folder = tmp_path_factory.mktemp("odd")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("agent.parts.SentenceEncoder", WordEncoder)
        patch.setattr("api.commands.upkeep.SentenceEncoder", WordEncoder)
        (folder / "empty").touch()
        (folder / "bytes.csv").write_bytes(b"\xff\xfe\x00abc,\x00\n")
        (folder / "folder").mkdir()
        yield folder


@pytest.fixture(autouse=True)
def inside(no_settings_from_outside: None, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test works in that home, and in the folder around it."""
    monkeypatch.setenv("TACT_HOME", str(home / "home"))
    monkeypatch.chdir(home)


def commands() -> Iterator[tuple[str, Any]]:
    """Every command and sub-command by its whole name."""
    for name, entry in ENTRIES.items():
        found = load(entry)
        inner = getattr(found, "commands", None)
        for whole, one in ((f"{name} {sub}", inner[sub]) for sub in inner) if inner else ((name, found),):
            if whole not in RUNS_ON and name not in RUNS_ON:
                yield whole, one


def odd(parameter: Any) -> tuple[str, ...]:
    """What nobody means, by the type of what is wanted."""
    kind = parameter.type_descriptor.annotation
    return PATHS if kind is Path else NUMBERS if kind in (int, float) else WORDS


def spelled(parameter: Any, value: str) -> list[str]:
    """The parameter as it is typed; an argument that begins with a hyphen is no option."""
    return [value] if parameter.param_type_name == "argument" else [f"{parameter.opts[0]}={value}"]


def tries(command: Any) -> Iterator[list[str]]:
    """Each parameter with each odd value, beside plain words for what else is required."""
    given = [one for one in command.params if one.name != "help" and not getattr(one, "is_flag", False)]
    for chosen in given or [None]:
        for value in odd(chosen) if chosen else ("",):
            options: list[str] = []
            arguments: list[str] = []
            for one in given:
                if one is chosen or one.required:
                    said = spelled(one, value if one is chosen else "1")
                    (arguments if one.param_type_name == "argument" else options).extend(said)
            yield [*options, "--", *arguments]


@pytest.mark.parametrize(("name", "command"), list(commands()), ids=lambda one: one if isinstance(one, str) else "")
def test_it_ends_in_a_sentence(name: str, command: Any) -> None:
    # With a key: a refusal for its lack would hide everything behind it.
    key = CliRunner().invoke(app, ["keys", "add", "--role", "approver", "--person", "Mihon"]).stdout.splitlines()[-1]
    for words in tries(command):
        keys = {"TACT_KEY": key, "TACT_AUTHOR_KEY": key}
        done = CliRunner().invoke(app, [*name.split(), *words], env=keys, prog_name="tact", input="")
        assert done.exit_code in (0, 1, 2), (words, done.exception)
        assert done.exception is None or isinstance(done.exception, SystemExit), (words, done.exception)
        assert done.exit_code == 0 or done.output.strip(), words

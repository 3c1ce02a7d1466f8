"""load: tables of companies, through a mapping: looked at first, then written; bad rows are told and stop nothing."""

from pathlib import Path
from typing import Annotated, get_args

import typer

from agent.exchange.loading import LoadReport, Request
from agent.exchange.loading import load as loaded
from agent.stores import Stores
from api.commands.opening import opened_stores
from api.commands.printing import notes, out, progress_bars, show_table
from domain.errors import Malformed
from domain.language import Language, phrase
from tools.exchange.fields import Kind
from tools.exchange.proposing import propose
from tools.exchange.tables import FileFormat, open_table

WIDEST = 40
NOUNS_JA = {
    "rows": "読んだ行",
    "new": "新規",
    "changed": "更新",
    "unchanged": "変更なし",
    "events": "イベント",
    "orders": "注文",
    "known events": "登録済みのイベント",
    "consents": "許諾の記録",
    "known consents": "記録済みの許諾",
    "older consents": "今の記録より古い許諾",
    "forgotten": "消去された方（読み飛ばし）",
    "failed": "書き込めない行",
    "notices": "注意",
}


def load(
    file: Annotated[Path, typer.Argument(help="A CSV, Excel or Parquet file.")],
    as_: Annotated[str, typer.Option("--as", help="customers, events, consents, offers or purchases.")],
    mapping: Annotated[Path | None, typer.Option(help="Which column is which field, as YAML.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Only say what would be written.")] = False,
    propose_: Annotated[bool, typer.Option("--propose", help="Print a first mapping, made from the header.")] = False,
    errors: Annotated[Path | None, typer.Option(help="Where to write rows that cannot be used, as CSV.")] = None,
    encoding: Annotated[str | None, typer.Option(help="utf-8 or cp932, where the bytes do not show it.")] = None,
    sheet: Annotated[str | None, typer.Option(help="The sheet of a workbook, by name or number.")] = None,
) -> None:
    """Brings a table in; stopped and started again it goes on where it was, and the same file twice changes nothing."""
    kind = next((one for one in get_args(Kind) if one == as_), None)
    if kind is None:
        raise Malformed("--as", as_, f"write one of {', '.join(get_args(Kind))}.")
    numbered = int(sheet) if sheet and sheet.isdecimal() else sheet
    with opened_stores() as stores:
        language = stores.settings.language
        if propose_:
            how = FileFormat(encoding=encoding, sheet=numbered)
            out.print(propose(open_table(file, how, language), kind, language), markup=False, end="")
            return
        if mapping is None or not mapping.is_file():
            shown = str(mapping) if mapping else None
            raise Malformed(
                "--mapping", shown, f"give a file; ./tact load FILE --as {kind} --propose > map.yaml makes one."
            )
        if errors is None and not check:
            errors = file.with_name(f"{file.stem}.errors.csv")
        request = Request(
            file, kind, mapping.read_text(encoding="utf-8-sig"), mapping.name, errors, check, encoding, numbered
        )
        report = _with_bar(stores, request, language)
    tell(report, check, language)


def _with_bar(stores: Stores, request: Request, language: Language) -> LoadReport:
    """The load under a bar; stopped by hand it says how to go on."""
    try:
        with progress_bars() as bars:
            task = bars.add_task(request.path.name, total=None)
            return loaded(stores, request, language, lambda done, total: bars.update(task, completed=done, total=total))
    except KeyboardInterrupt:
        said = phrase(
            language,
            ja="止めました。同じコマンドで続きから始まります。",
            en="Stopped. The same command goes on from here.",
        )
        notes.print(said)
        raise typer.Exit(130) from None


def tell(report: LoadReport, check: bool, language: Language) -> None:
    """Counts, the first rows of a check, and why rows fail."""
    done = phrase(language, ja="読み込みました", en="loaded")
    would = phrase(language, ja="確認のみ：何も書き込んでいません", en="a check: nothing was written")
    out.print(f"{report.file} ({report.told}): {would if check else done}", markup=False)
    if report.resumed_at:
        said = phrase(
            language,
            ja=f"{report.resumed_at:,}行目のあとから続けました。",
            en=f"Went on behind row {report.resumed_at:,}.",
        )
        out.print(said)
    if check:
        _preview(report, language)
    show_table(
        (phrase(language, ja="内容", en="what"), phrase(language, ja="件数", en="how many")),
        (
            (phrase(language, ja=ja, en=noun), f"{report.counts[noun]:,}")
            for noun, ja in NOUNS_JA.items()
            if report.counts[noun]
        ),
    )
    for one in report.missing if check else ():
        out.print(f"- {one.either(language)}", markup=False)
    _tell_faults(report, language)


def _tell_faults(report: LoadReport, language: Language) -> None:
    """What the mapping passes over, why rows fail, and where all of them are listed."""
    if report.unmapped:
        names = ", ".join(report.unmapped)
        said = phrase(language, ja=f"対応づけのない列：{names}", en=f"Columns without a place in the mapping: {names}")
        out.print(said, markup=False)
    for reason, count in report.by_reason.most_common(10):
        notes.print(f"{count:>7,}  {reason}", markup=False)
    for fault in report.faults[:5]:
        notes.print(f"  {fault.say(language)}", markup=False)
    if report.errors is not None and report.by_reason:
        out.print(
            phrase(language, ja=f"行ごとの一覧：{report.errors}", en=f"Row by row: {report.errors}"), markup=False
        )


def _preview(report: LoadReport, language: Language) -> None:
    names = list(dict.fromkeys(name for row in report.preview for name in row))
    for name in names:
        cells = " | ".join(row.get(name, "")[:WIDEST] for row in report.preview)
        out.print(f"  {name}: {cells}", markup=False)

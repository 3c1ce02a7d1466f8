"""Sheets: a directive on paper, for a company's own circulation before it is approved."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape

from fastapi.responses import HTMLResponse

from agent.given import Given, Impact, ReadClause, Shifted, drafted, replacing
from api.pages import page
from domain.language import Language, phrase
from policies.boundary.reach import said_whole
from policies.wording import CHANNELS_EN, CHANNELS_JA, number
from policies.zones import known_zone

STATUS = {
    "draft": ("下書き", "draft"),
    "approved": ("承認ずみ", "approved"),
    "rejected": ("却下", "rejected"),
    "retired": ("終了", "retired"),
}
READ = {
    "understood": ("読み取りました", "understood"),
    "ask": ("確認が必要です", "to be asked"),
    "refuse": ("受け付けません", "refused"),
}
VERDICTS = {"allow": ("○", "yes"), "deny": ("×", "no")}
SIGNED = (("作成", "Written by"), ("確認", "Checked by"), ("承認", "Approved by"))

Cell = str | Sequence[str]
"""One text, or several that stand under each other; both are escaped when they are laid out."""


def sheet(given: Given, language: Language, zone: str) -> HTMLResponse:
    """The page of one directive: nothing on it comes from elsewhere, and nothing runs."""
    title = phrase(language, ja=f"配信の指示　承認シート　{given.id}", en=f"Approval sheet for instruction {given.id}")
    sections = "\n".join(
        (
            _section(phrase(language, ja="本文", en="Text"), f'<p class="text">{escape(given.directive.text)}</p>'),
            _section(phrase(language, ja="読み取り", en="Reading"), _reading(given, language)),
            _section(
                phrase(language, ja="どの決まりが優先されるか", en="Which instruction wins"), _wins(given, language)
            ),
            _section(phrase(language, ja="境界の例", en="Examples at the bounds"), _examples(given, language)),
            _section(phrase(language, ja="影響", en="Impact"), _impact(given, language, zone)),
            _section(phrase(language, ja="気になる点", en="Findings"), _conflicts(given, language)),
            _section(phrase(language, ja="回覧", en="Circulation"), _signatures(language)),
        )
    )
    texts = {"language": language, "title": title, "facts": _facts(given, language, zone)}
    return page("sheet", texts, sections=sections)


def _facts(given: Given, language: Language, zone: str) -> str:
    one = given.directive
    status = _word(STATUS[one.status], language)
    told = [
        phrase(language, ja=f"状態：{status}", en=f"Status: {status}"),
        phrase(language, ja=f"作成：{one.author}", en=f"Author: {one.author}"),
        _when(one.created_at, zone),
    ]
    if one.status == "approved" and not given.in_force:
        told.append(
            phrase(
                language,
                ja="前の版に戻したため、いまは効いていません",
                en="Not in force now: an earlier version of the rules was gone back to",
            )
        )
    if one.decided_by is not None and one.decided_at is not None:
        told.append(phrase(language, ja=f"決定：{one.decided_by}", en=f"Decided by: {one.decided_by}"))
        told.append(_when(one.decided_at, zone))
    if one.reason:
        told.append(phrase(language, ja=f"理由：{one.reason}", en=f"Reason: {one.reason}"))
    return phrase(language, ja="　", en=" · ").join(told)


def _reading(given: Given, language: Language) -> str:
    heads = phrase(language, ja="文 読み取り 内容", en="Clause Reading Meaning").split()
    rows = [
        (clause.text, _word(READ[clause.status], language), _meaning(clause, language))
        for clause in given.reading.clauses
    ]
    return _table(heads, rows)


def _meaning(clause: ReadClause, language: Language) -> list[str]:
    """What each rule says, what was assumed, and what is asked."""
    assumed = phrase(language, ja="前提：", en="Assumed: ")
    said = [f"{rule.id}: {said_whole(rule, language)}" for rule in clause.rules]
    said += [drafted(wish, language) for wish in clause.wishes]
    said += (
        [phrase(language, ja="モデルが読み取りました。", en="Read by a model.")] if clause.read_by == "model" else []
    )
    return [*said, *(f"{assumed}{one}" for one in clause.assumptions), *([clause.question] if clause.question else [])]


def _wins(given: Given, language: Language) -> str:
    """Whose directive it is, what it replaces, and who wins where it meets other rules: always the stricter one."""
    mandate = given.reading.mandate
    author, office, covers = given.directive.author, mandate.called(language), mandate.said(language)
    told = [
        phrase(language, ja=f"出した人：{office}の{author}", en=f"From: {author}, {office}"),
        phrase(language, ja=f"決められる範囲：{covers}", en=f"May decide about: {covers}"),
    ]
    if given.reading.replaces is not None:
        told.append(replacing(given.reading.replaces, language))
    told += [one.text.either(language) for one in given.precedence]
    rule = phrase(
        language,
        ja="本部・店舗・代理店のどれが出したかによらず、厳しいほうが守られます。",
        en="Whether headquarters, a store or an agency gave it: the stricter one is kept.",
    )
    return _paragraph(rule) + _list(told)


def _examples(given: Given, language: Language) -> str:
    heads = phrase(language, ja="ルール 例 可否", en="Rule Example Sent").split()
    rows = [(one.rule, one.text.either(language), _word(VERDICTS[one.verdict], language)) for one in given.examples]
    return _table(heads, rows) if rows else _none(language)


def _impact(given: Given, language: Language, zone: str) -> str:
    found, at = given.impact, given.directive.simulated_at
    if found is None or at is None:
        return _paragraph(
            phrase(
                language,
                ja="まだ試算していません。承認の前に、だれへの配信が増減するかを試算してください。",
                en="Not simulated yet. Simulate it before approval to see who would gain or lose messages.",
            )
        )
    heads = phrase(language, ja="範囲 変更前 変更後 増 減", en="Scope Before After Gained Lost").split()
    counted = phrase(
        language,
        ja=f"{_when(at, zone)} に試算：お客様{number(found.customers)}人",
        en=f"Simulated {_when(at, zone)} over {number(found.customers)} customers",
    )
    return _paragraph(counted) + _table(heads, _figures(found, language), numbers_from=1)


def _figures(found: Impact, language: Language) -> list[tuple[str, ...]]:
    channels = CHANNELS_JA if language == "ja" else CHANNELS_EN
    rows = [(phrase(language, ja="全体", en="All"), found.overall)]
    rows += [(channels.get(name, name), counts) for name, counts in found.by_channel.items()]
    rows += [(name or "-", counts) for name, counts in found.by_scene.items()]
    return [(name, *_shift(counts)) for name, counts in rows]


def _shift(counts: Shifted) -> tuple[str, ...]:
    return tuple(number(one) for one in (counts.before, counts.after, counts.gained, counts.lost))


def _conflicts(given: Given, language: Language) -> str:
    said = [f"{flaw.text.either(language)} ({', '.join(flaw.rules)})" for flaw in given.conflicts]
    return _list(said) if said else _none(language)


def _signatures(language: Language) -> str:
    heads = phrase(language, ja="区分 氏名 日付 備考", en="Role Name Date Remarks").split()
    rows = "".join(f"<tr><th>{escape(_word(one, language))}</th>{'<td class=blank></td>' * 3}</tr>" for one in SIGNED)
    return f"<table>{_head(heads)}{rows}</table>"


def _section(title: str, inner: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{inner}</section>"


def _table(heads: Sequence[str], rows: Iterable[Sequence[Cell]], numbers_from: int | None = None) -> str:
    first = len(heads) if numbers_from is None else numbers_from
    lines = ["".join(_cell(cell, place >= first) for place, cell in enumerate(row)) for row in rows]
    return f"<table>{_head(heads)}{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def _head(heads: Sequence[str]) -> str:
    return f"<tr>{''.join(f'<th>{escape(head)}</th>' for head in heads)}</tr>"


def _cell(cell: Cell, is_number: bool) -> str:
    if isinstance(cell, str):
        return f"<td{' class=number' if is_number else ''}>{escape(cell)}</td>"
    return f"<td>{_list(cell) if cell else ''}</td>"


def _list(said: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(one)}</li>' for one in said)}</ul>"


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _none(language: Language) -> str:
    return _paragraph(phrase(language, ja="ありません。", en="None."))


def _word(pair: tuple[str, str], language: Language) -> str:
    return phrase(language, ja=pair[0], en=pair[1])


def _when(at: datetime, zone: str) -> str:
    return f"{at.astimezone(known_zone(zone)):%Y-%m-%d %H:%M}"

"""Words in copy: disguises and inflection, claims, remarks, languages. One line of a file in cases/ is one answer."""

import json
import subprocess
import sys
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from domain.channel import Channel, Purpose
from domain.message import Message
from policies.book import Book, Playbook
from policies.document import read_playbook
from policies.facts import action_of, situation_of
from policies.finding import Finding
from tests.policies.examples import HOME, SENDER, book_of, offer_of, record_of, rules_of

CASES = Path(__file__).parent / "cases"
AT = datetime.fromisoformat("2026-11-25T11:00:00+09:00")
OFFER = {"name": "お試しセット", "price": 1980, "currency": "JPY", "url": "https://shop.example.com/one"}
FRAME = {"ja": "見本百貨店からのお知らせです。", "en": "A note from the store."}


def lines_of(name: str) -> list[Any]:
    """Every line of a case file."""
    given = yaml.safe_load((CASES / name).read_text(encoding="utf-8"))
    return [pytest.param(case, id=f"{place}-{str(case.get('text', ''))[:16]}") for place, case in enumerate(given)]


def inspected(book: Book, language: str, offer: dict[str, Any] | None = None, **copy: Any) -> tuple[Finding, ...]:
    """What a book finds in a message that is about an offer."""
    s = situation_of(record_of({"language": language}, []), HOME)
    channel, facts = Channel(copy.pop("channel", "email")), copy.pop("facts", {})
    a = action_of(s, channel, Purpose.MARKETING, AT, offer=offer_of(offer or OFFER), facts=facts)
    return book.inspect(s, a, Message(channel=channel, language=language, **copy))  # type: ignore[arg-type]  # languages


@cache
def house() -> Book:
    """The house rules alone, without those of any law."""
    own = tuple(rule for rule in read_playbook().rules if rule.layer != "law")
    return Book(1, Playbook(rules=own, scenes=(), sender=SENDER))


@cache
def only(kind: str) -> Book:
    """The house rule of one type."""
    return book_of(*(rule for rule in house().rules if rule.type == kind))


@pytest.mark.parametrize("case", lines_of("disguises.yaml"))
def test_a_phrase_is_found_in_any_disguise_and_nowhere_else(case: dict[str, Any]) -> None:
    rule = {"type": "forbidden_phrase", "phrases": [case["phrase"]], "match": case.get("match", "inflected")}
    book = book_of(*rules_of(rule))
    for text in case["caught"]:
        assert inspected(book, "ja", body=f"こちらは {text} です"), text
    for html in case.get("html", ()):
        assert inspected(book, "ja", html=f"<p>こちらは {html} です</p>"), html
    for text in case["passes"]:
        assert not inspected(book, "ja", body=f"こちらは {text} です"), text


@pytest.mark.parametrize("case", lines_of("claims.yaml"))
def test_a_claim_needs_proof(case: dict[str, Any]) -> None:
    found = inspected(only("claim_evidence"), case["language"], body=case["text"])
    assert ("deny" if found else "allow") == case["verdict"], found
    proven = {**OFFER, "evidence": "調査名・期間あり", "evidence_until": "2026-11-25"}
    left = inspected(only("claim_evidence"), case["language"], proven, body=case["text"])
    assert all("materials" in (one.why.en or "") or "shipping" in (one.why.en or "") for one in left), left


def test_evidence_runs_out() -> None:
    book = only("claim_evidence")
    assert not inspected(book, "ja", {**OFFER, "evidence": "調査"}, body="業界No.1の品質です。")
    assert inspected(
        book, "ja", {**OFFER, "evidence": "調査", "evidence_until": "2026-11-24"}, body="業界No.1の品質です。"
    )


def test_what_the_offer_says_itself_may_be_said() -> None:
    book = only("claim_evidence")
    wool = {**OFFER, "name": "Alder coat", "material": "recycled wool", "award": "best coat of 2026, Sample Review"}
    assert not inspected(book, "en", wool, body="Made of recycled wool.")
    assert inspected(book, "en", wool, body="Made of recycled polyester.")
    assert not inspected(book, "ja", {**OFFER, "material": "silk"}, body="シルク製です。")
    assert inspected(book, "ja", {**OFFER, "material": "cotton"}, body="シルク製です。")
    assert not inspected(book, "en", {**OFFER, "warranty_years": 2, "warranty": "two years"}, body="With a guarantee.")
    assert not inspected(book, "ja", {**OFFER, "送料": "無料"}, body="送料無料でお届けします。")


def lies(kind: str) -> list[Any]:
    """(language, sentence) of every lie, or of every honest neighbour of one."""
    families = yaml.safe_load((CASES / "lies.yaml").read_text(encoding="utf-8"))
    told = [(family, lang, text) for family, each in families.items() for lang in each for text in each[lang][kind]]
    return [pytest.param(lang, text, id=f"{family}-{lang}-{place}") for place, (family, lang, text) in enumerate(told)]


@pytest.mark.parametrize(("language", "text"), lies("caught"))
def test_a_lie_does_not_leave(language: str, text: str) -> None:
    assert inspected(house(), language, body=f"{FRAME[language]}\n{text}")


@pytest.mark.parametrize(("language", "text"), lies("passes"))
def test_what_only_looks_like_a_lie_leaves(language: str, text: str) -> None:
    assert not inspected(house(), language, body=f"{FRAME[language]}\n{text}")


@pytest.mark.parametrize(
    ("language", "facts", "text"),
    [
        ("en", {"tasting": "Tasting is free."}, "Tasting is free."),
        ("en", {"gift": "a tote bag"}, "A gift for you: a tote bag."),
        ("en", {"hold_fee": 0}, "We set it aside free of charge."),
        ("en", {"price": 0}, "Free of charge at the till."),
        ("en", {"kind": "coupon", "discount_percent": 10}, "A gift for you: ten percent off."),
        ("en", {"evidence": "sales ranking, October 2026"}, "A popular set."),
        ("en", {"valid_until": "2026-11-25"}, "The last day for the set."),
        ("ja", {"tasting": "試飲無料"}, "試飲は無料です。"),
        ("ja", {"gift": "ノベルティをプレゼント"}, "ノベルティをプレゼントいたします。"),
        ("ja", {"service_fee": 0}, "お取り置きは無料で承ります。"),
        ("ja", {"kind": "coupon", "discount_percent": 10}, "一割引きの券を差し上げます。"),
        ("ja", {"campaign": "抽選で当たる冬の催し"}, "抽選で当たる冬の催しです。"),
        ("ja", {"evidence": "当社調べ 2026年10月"}, "人気のお試しセットです。"),
        ("ja", {"valid_until": "2026-11-25"}, "最終日のご案内です。"),
    ],
)
def test_a_fact_makes_it_true(language: str, facts: dict[str, Any], text: str) -> None:
    body = f"{FRAME[language]}\n{text}"
    assert not inspected(house(), language, {**OFFER, **facts}, body=body)
    assert inspected(house(), language, body=body)


@pytest.mark.parametrize("case", lines_of("remarks.yaml"))
def test_how_near_a_remark_may_come(case: dict[str, Any]) -> None:
    found = inspected(house(), case["language"], channel=case["channel"], body=case["text"])
    near = [one for one in found if one.type in ("creepiness", "sensitive_attribute")]
    assert ("deny" if near else "allow") == case["verdict"], found
    for finding in near:
        assert finding.text and finding.why.ja and finding.why.en
        if finding.type == "creepiness":
            assert "出どころ" in finding.why.ja and "source" in finding.why.en


def test_the_twenty_judged_remarks_are_there_in_both_languages() -> None:
    given = yaml.safe_load((CASES / "remarks.yaml").read_text(encoding="utf-8"))
    judged = [case for case in given if case.get("voice")]
    for language in ("ja", "en"):
        for verdict in ("allow", "deny"):
            assert sum(one["language"] == language and one["verdict"] == verdict for one in judged) == 10


@pytest.mark.parametrize(
    ("channel", "distance", "text", "verdict"),
    [
        ("email", "told_us", "深煎りが好き", "allow"),
        ("push", "told_us", "深煎りが好き", "allow"),
        ("ad", "told_us", "深煎りが好き", "deny"),
        ("signage", "did_with_us", "コートを購入", "deny"),
        ("line", "did_with_us", "コートを購入", "allow"),
        ("push", "did_with_us", "1,240ポイント", "deny"),
        ("app", "did_with_us", "1,240ポイント", "allow"),
        ("email", "trace", "冬のコートに関心", "allow"),
        ("push", "trace", "冬のコートに関心", "deny"),
        ("email", "trace", "料金ページを23時42分に閲覧", "deny"),
        ("email", "inferred", "価格に敏感", "deny"),
        ("web", "bought_in", "年収800万円台", "deny"),
        ("email", "somewhere", "噂", "deny"),
    ],
)
def test_a_cited_fact_follows_its_distance(channel: str, distance: str, text: str, verdict: str) -> None:
    cites = [{"text": text, "distance": distance}]
    found = inspected(only("creepiness"), "ja", channel=channel, body="ご案内です。", cites=cites)
    assert ("deny" if found else "allow") == verdict
    assert all(text in (finding.why.ja or "") for finding in found)


def test_a_sensitive_fact_is_never_worded() -> None:
    cites = [{"text": "通院中", "distance": "told_us", "sensitive": True}]
    types = {finding.type for finding in inspected(house(), "ja", body="ご案内です。", cites=cites)}
    assert types == {"sensitive_attribute", "creepiness"}


def test_one_personal_remark_a_message() -> None:
    one = "深煎りがお好きとうかがっていましたので、ご案内します。"
    assert not inspected(only("creepiness"), "ja", body=one)
    assert inspected(only("creepiness"), "ja", body=f"{one}先日お求めの豆も、そろそろ補充の頃でしょうか。")
    figures = f"{one}お持ちの1,240ポイントもお使いいただけます。"
    assert not inspected(only("creepiness"), "ja", channel="line", body=figures)
    looser = book_of(*rules_of({"type": "creepiness", "most": 2}))
    assert not inspected(looser, "ja", body=f"{one}先日お求めの豆も、そろそろ補充の頃でしょうか。")


@pytest.mark.parametrize("case", lines_of("languages.yaml"))
def test_sentences_are_in_the_language_of_the_reader(case: dict[str, Any]) -> None:
    body = f"{FRAME[case['wanted']]}\n{case['text']}"
    found = inspected(only("language"), case["wanted"], body=body)
    assert ("deny" if found else "allow") == case["verdict"], found


def test_a_message_in_another_language_altogether() -> None:
    assert inspected(only("language"), "ja", subject="Alder", body="Meet the coat.")
    assert inspected(only("language"), "en", subject="コート", body="コートです。")
    named = {**OFFER, "name": "Meet the Coat"}
    assert not inspected(only("language"), "ja", named, body="「Meet the Coat」のご案内です。")


def test_honest_messages_pass() -> None:
    cases = [json.loads(line) for line in (CASES / "honest.jsonl").read_text(encoding="utf-8").splitlines()]
    blocked = [
        (case["id"], [(one.rule, one.text) for one in found])
        for case in cases
        if (found := inspected(house(), case["language"], case["offer"], facts=case.get("facts", {}), **case["copy"]))
    ]
    assert len(cases) >= 300
    assert len(blocked) <= 0.03 * len(cases), blocked


def test_required_words_and_where_they_stand() -> None:
    rule = {"type": "required_phrase", "phrases": ["Terms apply"], "part": "body", "position": "end", "within": 20}
    book = book_of(*rules_of(rule))
    assert not inspected(book, "en", body="Our coat is here. ＴＥＲＭＳ  ＡＰＰＬＹ.")
    assert inspected(book, "en", body="Terms apply to our coat, which is here in navy and in white.")
    assert inspected(book, "en", subject="Terms apply", body="Our coat is here.")
    either = book_of(*rules_of({"type": "required_phrase", "phrases": ["税込", "税抜"], "any_of": True}))
    assert not inspected(either, "ja", body="1,980円（税込）")
    assert inspected(either, "ja", body="1,980円")


def test_disclosures_are_looked_for_in_every_body() -> None:
    given = ["sender_name", "sender_address", "sender_contact", "way_out"]
    book = book_of(*rules_of({"type": "required_phrase", "disclosures": given}))
    foot = f"配信停止はこちら\n{SENDER.legal_name.ja}　{SENDER.address.ja}\n{SENDER.phone}"
    assert not inspected(book, "ja", text=f"ご案内です。\n{foot}", html=f"<p>ご案内です。</p><p>{foot}</p>")
    lacking = inspected(book, "ja", text=f"ご案内です。\n{foot}", html="<p>ご案内です。</p>")
    assert {one.part for one in lacking} == {"html"}
    assert len(inspected(book, "ja", text="ご案内です。")) == 4


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("【広告】冬のコートのご紹介です", "allow"),
        ("PR: 冬のコートのご紹介です", "allow"),
        ("#PR #冬 #コート", "allow"),
        ("#冬 #コート #PR", "deny"),
        ("冬のコートのご紹介です。日本橋店でお試しください。広告", "deny"),
        ("PRESENT 冬のコート", "deny"),
    ],
)
def test_a_label_stands_where_the_message_begins(text: str, verdict: str) -> None:
    found = inspected(book_of(*rules_of({"type": "label"})), "ja", body=text)
    assert ("deny" if found else "allow") == verdict


@pytest.mark.parametrize(
    ("body", "liked"),
    [
        ("冬のコートをご用意しました。ぜひお試しください。", True),
        ("冬のコート、3階にそろいました。\n商品を見る", True),
        ("冬のコートを用意した。試してみて。", False),
        ("いいコートだよ。見てね。", False),
        ("コートです！ぜひ！お待ちしています！", False),
        ("コートです😀😀😀", False),
    ],
)
def test_tone_is_a_wish(body: str, liked: bool) -> None:
    book = only("tone")
    s = situation_of(record_of({"language": "ja"}, []), HOME)
    a = action_of(s, Channel.LINE, Purpose.MARKETING, AT)
    message = Message(channel=Channel.LINE, language="ja", body=body)
    assert book.inspect(s, a, message) == ()
    assert (book.remarks(s, a, message) == ()) is liked
    limits = {"polite_share": 0.9, "emoji_max": 2, "exclamations_max": 2}
    firm = book_of(*rules_of({"type": "tone", "severity": "hard", **limits}))
    assert (firm.inspect(s, a, message) == ()) is liked


WITHOUT = """
import sys
sys.modules["sudachipy"] = None
from tests.policies.test_words import book_of, inspected, rules_of
book = book_of(*rules_of({"type": "forbidden_phrase", "phrases": ["絶対"]}))
found = inspected(book, "ja", body="ご案内です。")
assert found and "sudachipy" in (found[0].why.ja or ""), found
literal = book_of(*rules_of({"type": "forbidden_phrase", "phrases": ["絶対"], "match": "literal"}))
assert not inspected(literal, "ja", body="ご案内です。")
assert not inspected(book, "en", body="A note.")
"""


def test_without_its_dictionary_japanese_is_held() -> None:
    subprocess.run([sys.executable, "-c", WITHOUT], cwd=CASES.parents[2], check=True, timeout=600)

"""Every approved template, in every language, with every fact and with no fact more than it needs.

The checks are those that the voice guide lists as automatic: numbers from facts, lengths, one action, no banned
phrase, nothing personal in public, and HTML that says what the text says.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime, time
from html.parser import HTMLParser

import pytest

from domain.channel import PUBLIC, Channel, Purpose
from domain.customer import Customer, Record
from domain.message import Message
from domain.offer import Offer
from domain.variant import Variant
from policies.book import Book
from policies.document import read_playbook
from policies.facts import action_of, situation_of
from tests.tools import copywriting_samples as samples
from tools.copy.distance import WORDABLE
from tools.copywriting import Slots

SCENES = {
    "welcome",
    "browse_abandonment",
    "cart_abandonment",
    "post_purchase",
    "replenishment",
    "winback",
    "birthday",
    "event_invitation",
    "onboarding",
    "lead_nurture",
    "newsletter",
    "rainy_day",
    "service_recovery",
    "points_expiring",
    "store_visit",
    "plan_review",
}
BANNED = (
    "お忘れではありませんか",
    "お急ぎ",
    "今だけ",
    "限定",
    "残りわずか",
    "ご利用がありません",
    "お久しぶり",
    "格別のご愛顧",
    "通常価格",
    "させていただ",
    "お客さま",
    "さま、",
    "！",
    "【",
    "hurry",
    "last chance",
    "only today",
    "don't miss",
    "miss you",
    "you forgot",
    "did you forget",
    "!",
    "selling fast",
)
URL = re.compile(r"https?://\S+")
ASIDE = re.compile(r"（[^）]*）")


def cases() -> Iterator[tuple[Variant, Offer, Slots]]:
    """Every template with each kind it takes: full and named, full without a name, and bare."""
    for variant in samples.shelf():
        for kind in samples.kinds_of(variant):
            full = samples.offers()[samples.FULL[kind]]
            yield variant, full, samples.slots_for(variant, full, name="田中" if variant.language == "ja" else "Sample")
            yield variant, full, samples.slots_for(variant, full, name="  ")
            bare = samples.bare_offer(variant, kind)
            yield variant, bare, samples.slots_for(variant, bare, full=False)


def written() -> list[tuple[Variant, Slots, Message]]:
    """Every case that the Copywriter itself would offer, as a message."""
    made = []
    for variant, offer, slots in cases():
        options = samples.writer().options(
            scene=variant.scene,
            channel=variant.channel,
            placement=samples.placement_of(variant),
            language=variant.language,
            slots=slots,
        )
        if variant in options:
            made.append((variant, slots, samples.writer().write(variant, slots)))
        else:
            assert offer.id != "bare", f"{variant.id} is not offered although all that it needs is known"
    return made


MESSAGES = written()


def words_of(message: Message) -> str:
    """All that a reader sees, without addresses."""
    return URL.sub("", "\n".join(text for name, text in message.words() if name != "html"))


def reports(found: list[str]) -> None:
    assert not found, "\n".join(found[:20])


def test_every_scene_has_copy_in_both_languages_and_every_channel_has_a_plain_one() -> None:
    have = {(variant.language, variant.scene, variant.channel) for variant in samples.shelf()}
    for language in ("ja", "en"):
        assert {scene for lang, scene, _ in have if lang == language} == {*SCENES, "plain"}
        assert {channel for lang, scene, channel in have if (lang, scene) == (language, "plain")} == set(Channel)


def test_both_languages_have_the_same_templates() -> None:
    def shape(variant: Variant) -> tuple[object, ...]:
        name = variant.id.partition(".")[2]
        return name, variant.kinds, variant.needs, variant.personal, variant.angle, variant.placement

    ja = {shape(variant) for variant in samples.shelf() if variant.language == "ja"}
    en = {shape(variant) for variant in samples.shelf() if variant.language == "en"}
    assert ja == en


def test_every_template_is_written_at_least_once_with_all_its_facts() -> None:
    rich = {variant.id for variant, slots, _ in MESSAGES if slots.offer.id != "bare"}
    assert {variant.id for variant in samples.shelf()} - rich == set()


@pytest.mark.parametrize("part", ["subject", "preheader", "title", "body", "text", "html"])
def test_no_part_has_gaps_or_template_marks(part: str) -> None:
    found = []
    for variant, _, message in MESSAGES:
        text = getattr(message, part)
        if text is None:
            continue
        if part == "html":
            text = shown(text)
        marks = (
            "{{",
            "{%",
            "None",
            "Undefined",
            "[card]",
            "[button]",
            "[offers]",
            "、、",
            "。。",
            "、。",
            "  ",
            " .",
            ",,",
        )
        found += [f"{variant.id}.{part}: {mark!r} in {text!r}" for mark in marks if mark in text]
        if not text.strip():
            found.append(f"{variant.id}.{part} is empty")
    reports(found)


def test_numbers_come_from_facts() -> None:
    found = []
    for variant, slots, message in MESSAGES:
        allowed = numbers_in(slots)
        stated = re.findall(r"\d+", words_of(message).replace(",", ""))
        found += [f"{variant.id}: {number} in {words_of(message)!r}" for number in stated if number not in allowed]
    reports(found)


def numbers_in(slots: Slots) -> set[str]:
    """Every figure of the facts, and of the dates and times in them, in the ways that they may be written."""
    sources = [slots.offer, *slots.items, slots.sender]
    facts = " ".join(source.model_dump_json() for source in sources) + f" {dict(slots.account)} {slots.today}"
    facts = facts.replace("&", "")
    found = {number.lstrip("0") or "0" for number in re.findall(r"\d+", facts)} | set(re.findall(r"\d+", facts))
    return found | {str(int(number) % 12 or 12) for number in found if int(number) < 24}


def test_consumer_prices_say_that_tax_is_included() -> None:
    found = []
    for variant, _, message in MESSAGES:
        for text in (words_of(message),):
            prices = re.findall(r"(\d円|¥[\d,]+)(?!\d)(.{0,15})", text)
            found += [
                f"{variant.id}: {amount}{after}"
                for amount, after in prices
                if not after.startswith(("（税込）", " (tax included)", "OFF", " off"))
            ]
    reports(found)


def test_stock_never_stands_without_its_time() -> None:
    for variant, _, message in MESSAGES:
        text = words_of(message)
        for place in re.finditer(r"在庫\d+点|\d+ in stock", text):
            after = text[place.end() : place.end() + 30]
            assert "時点" in after or "as of" in after, f"{variant.id}: {after}"


LIMITS = {
    ("ja", "subject"): 28,
    ("ja", "push.title"): 20,
    ("ja", "push.body"): 70,
    ("ja", "line.body"): 160,
    ("ja", "sms.body"): 70,
    ("ja", "web.title"): 20,
    ("ja", "web.body"): 60,
    ("ja", "ad.title"): 18,
    ("ja", "ad.body"): 60,
    ("ja", "signage.title"): 16,
    ("ja", "signage.body"): 48,
    ("ja", "app.body"): 100,
    ("ja", "preheader"): 60,
    ("en", "subject"): 60,
    ("en", "push.title"): 40,
    ("en", "push.body"): 120,
    ("en", "line.body"): 320,
    ("en", "sms.body"): 160,
    ("en", "web.title"): 40,
    ("en", "web.body"): 110,
    ("en", "ad.title"): 40,
    ("en", "ad.body"): 100,
    ("en", "signage.title"): 34,
    ("en", "signage.body"): 100,
    ("en", "app.body"): 180,
    ("en", "preheader"): 110,
}


def parts_of(message: Message) -> Iterator[tuple[str, str]]:
    """The parts that have a length to keep; links and ways to stop do not count."""
    if message.channel is Channel.EMAIL:
        yield "subject", message.subject or ""
        yield "preheader", message.preheader or ""
        return
    body = message.body or ""
    if message.channel is Channel.LINE:
        body = body.partition(f"\n{message.url}")[0].rpartition("\n\n")[0] if message.url else body
    if message.channel is Channel.SMS:
        body = body.split("\n")[0]
    if message.title:
        yield f"{message.channel.value}.title", message.title
    yield f"{message.channel.value}.body", body


def test_lengths_are_kept() -> None:
    found = []
    for variant, _, message in MESSAGES:
        for part, text in parts_of(message):
            limit = LIMITS.get((variant.language, part), 10_000)
            if len(text) > limit:
                found.append(f"{variant.id} {part}: {len(text)} > {limit}: {text!r}")
    reports(found)


def test_japanese_subjects_have_something_to_say() -> None:
    subjects = [(v.id, m.subject) for v, _, m in MESSAGES if v.language == "ja" and m.subject is not None]
    reports([f"{name}: {subject}" for name, subject in subjects if len(subject) < 13])


def test_a_preheader_adds_and_never_repeats() -> None:
    found = []
    for variant, _, message in MESSAGES:
        if message.channel is Channel.EMAIL:
            assert message.subject and message.preheader
            if message.preheader in message.subject or message.subject in message.preheader:
                found.append(f"{variant.id}: {message.preheader}")
            if any(message.preheader in block.text for block in message.blocks if len(message.preheader) > 12):
                found.append(f"{variant.id} repeats: {message.preheader}")
    reports(found)


def test_no_urging_no_reproach_no_flourish() -> None:
    found = []
    for variant, slots, message in MESSAGES:
        text = words_of(message).replace(slots.sender.site, "").lower()
        found += [f"{variant.id}: {phrase} in {text!r}" for phrase in BANNED if phrase.lower() in text]
    reports(found)


def test_there_is_one_main_action() -> None:
    for variant, slots, message in MESSAGES:
        if variant.channel in (Channel.LINE, Channel.SMS):
            links = [url for url in URL.findall(message.body or "") if url != samples.UNSUBSCRIBE]
            assert len(links) <= 1, variant.id
        if message.html is not None:
            assert message.html.count("t-button") - message.html.count(".t-button") <= (0 if slots.items else 1)


def test_ads_and_signs_say_nothing_personal() -> None:
    for variant, _, message in MESSAGES:
        if variant.channel in PUBLIC:
            text = words_of(message)
            assert not variant.personal and not message.cites, variant.id
            assert "田中" not in text and "Sample" not in text and "ポイント" not in text and "points" not in text
            assert not any(need.startswith(("memory.", "account.", "cart.")) for need in variant.needs), variant.id


def test_a_sign_is_one_line_and_has_no_link() -> None:
    for variant, _, message in MESSAGES:
        if variant.channel is Channel.SIGNAGE:
            assert message.url is None and "\n" not in f"{message.title}{message.body}", variant.id


def test_personal_copy_cites_one_fact_that_its_channel_may_word() -> None:
    for variant, _, message in MESSAGES:
        assert len(message.cites) == bool(variant.personal), variant.id
        assert variant.personal <= WORDABLE[variant.channel], variant.id
        assert all(cite.distance in variant.personal for cite in message.cites), variant.id


def test_a_name_is_addressed_properly_and_its_absence_leaves_no_trace() -> None:
    for variant, slots, message in MESSAGES:
        text = words_of(message)
        assert "様様" not in text and "様 様" not in text, variant.id
        if slots.name != "田中":
            assert not re.search(r"(^|[\s、。])様", text, re.MULTILINE), variant.id
            assert "Dear ," not in text and "Hello ," not in text, variant.id


def test_text_is_composed_unicode_without_machine_dependent_characters() -> None:
    for variant, _, message in MESSAGES:
        text = words_of(message)
        assert unicodedata.is_normalized("NFC", text), variant.id
        if variant.language == "ja":
            text.encode("iso2022_jp")
        else:
            assert not re.search(r"[\u3040-\u30ff\u4e00-\u9fff（）]", text), f"{variant.id}: {text}"


class Reader(HTMLParser):
    """What a mail program shows of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        hides = tag in ("title", "style") or "display:none" in (dict(attrs).get("style") or "")
        self._hidden += bool(hides)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and tag in ("title", "style", "div"):
            self._hidden -= 1

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def shown(html: str) -> str:
    """The words of a page as they are read."""
    reader = Reader()
    reader.feed(html)
    return "\n".join(line.strip() for line in "".join(reader.words).split("\n") if line.strip())


def squeezed(text: str) -> str:
    """Text without space, rules and addresses of links."""
    lines = [line for line in text.replace("──────────", "").split("\n") if not line.startswith("https://")]
    return "".join("".join(lines).split())


def test_html_says_exactly_what_the_text_says() -> None:
    for variant, _, message in MESSAGES:
        if message.channel is Channel.EMAIL:
            assert message.html and message.text
            assert squeezed(shown(message.html)) == squeezed(message.text), variant.id
            for each in message.blocks:
                assert squeezed(shown(each.html)) == squeezed(each.text), variant.id
                assert each.text in message.text and each.html in message.html, variant.id


def test_every_mail_names_its_sender_and_a_marketing_mail_how_to_stop() -> None:
    for variant, slots, message in MESSAGES:
        if message.channel is not Channel.EMAIL:
            continue
        assert message.text is not None
        for fact in (slots.sender.legal_name, slots.sender.address):
            assert (fact.get(variant.language) or "") in message.text, variant.id
        assert slots.sender.phone in message.text, variant.id
        if slots.unsubscribe_url is None or variant.tone == "service":
            assert message.headers == {}, variant.id
        else:
            assert message.headers["List-Unsubscribe"] == f"<{samples.UNSUBSCRIBE}>", variant.id
            assert message.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click", variant.id
            for link in (samples.UNSUBSCRIBE, samples.PREFERENCES, samples.WHY):
                assert link in message.text and f'href="{link}"' in (message.html or ""), variant.id


def test_service_copy_promotes_nothing() -> None:
    for variant, _, message in MESSAGES:
        if variant.tone == "service":
            text = ASIDE.sub("", words_of(message)).lower()
            promotion = ("クーポン", "ポイント", "off", "おすすめ", "催し", "coupon", "points", "recommend", "配信")
            lines = [line for line in text.split("\n") if "読み上げない" not in line and "not read aloud" not in line]
            spoken = "\n".join(line for line in lines if "キャンペーン" not in line and "campaign" not in line)
            assert variant.scene == "service_recovery"
            if "coffee" not in spoken and not {"coupon", "event"} & {message.offer.kind if message.offer else ""}:
                assert not [word for word in promotion if word in spoken], f"{variant.id}: {spoken}"


@pytest.mark.no_cover
def test_the_house_rules_object_to_nothing() -> None:
    whole = read_playbook()
    book = Book(1, whole)
    # What has no way out is no marketing mail; our own rules hold for it, those of the law on such mail do not.
    plain = Book(1, whole.model_copy(update={"rules": tuple(rule for rule in whole.rules if rule.layer != "law")}))
    noon = datetime.combine(samples.TODAY, time(12), samples.TOKYO)
    found = []
    for variant, slots, message in MESSAGES:
        profile = Customer(
            id="c-1",
            display_name=slots.name,
            language=variant.language,
            country="JP",
            attributes=dict(slots.account),
        )
        situation = situation_of(Record(customer=profile))
        purpose = Purpose.SERVICE if variant.tone == "service" else Purpose.MARKETING
        action = action_of(
            situation,
            variant.channel,
            purpose,
            noon,
            variant.scene,
            slots.offer,
            slots.moment.direction,
            language=variant.language,
            items=slots.items,
        )
        rules = book if slots.unsubscribe_url else plain
        found += [f"{variant.id}: {finding}" for finding in rules.inspect(situation, action, message)]
    reports(found)

"""What others tell us of customers and offers: held to more than what is stored, which was read once and stays."""

import re
from datetime import date
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from domain.codes import CURRENCIES, is_language, zone_names
from domain.customer import Customer, Scalar
from domain.language import Text
from domain.offer import Image, Offer

HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn the direction of what follows: nobody sees them, and they hide words."""
TOLD = "told"
"""The type of an error that says itself what is wrong, in both languages."""
SPACED = re.compile(r"[\s\x00-\x1f\x7f]")


def wrong(ja: str, en: str) -> PydanticCustomError:
    """What is wrong with a value, in both languages."""
    return PydanticCustomError(TOLD, "{en}", {"ja": ja, "en": en})


def plain(text: str) -> str:
    """A text that is what it looks like."""
    if HIDDEN.search(text):
        raise wrong(
            "見えない制御文字が含まれています。取り除いてください。", "it holds a control character; take it out"
        )
    return text


def reached(url: str) -> str:
    """An address that a browser opens."""
    try:
        parts = urlsplit(url)
        found = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and not SPACED.search(url)
    except ValueError:
        found = False
    if not found:
        raise wrong("https:// で始まるURLを書いてください。", "give an address that begins with https://")
    return url


Mark = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(plain)]
Marks = Annotated[frozenset[Mark], Field(max_length=500)]


class ToldCustomer(Customer):
    """A customer as somebody brings them in."""

    attributes: dict[Annotated[str, Field(min_length=1, max_length=100)], Scalar] = Field(
        default_factory=dict, max_length=500
    )
    tags: Marks = frozenset()
    segments: Marks = frozenset()

    @field_validator("timezone")
    @classmethod
    def _is_somewhere(cls, name: str | None) -> str | None:
        if name is not None and name not in zone_names():
            raise wrong(
                "Asia/Tokyo のようなIANAのタイムゾーン名を書くか、不明なら空にしてください。",
                "give an IANA name such as Asia/Tokyo, or null where it is unknown",
            )
        return name

    @field_validator("language")
    @classmethod
    def _is_spoken(cls, code: str | None) -> str | None:
        if code is not None and not is_language(code):
            raise wrong(
                "ja、en、zh-Hant のような言語コードを書くか、不明なら空にしてください。",
                "give the code of a language such as ja, en or zh-Hant, or null where it is unknown",
            )
        return code


class ToldOffer(Offer):
    """An offer as somebody brings it in."""

    tags: Marks = frozenset()

    @field_validator("name")
    @classmethod
    def _has_a_name(cls, name: Text) -> Text:
        if not (name.ja or "").strip() and not (name.en or "").strip():
            raise wrong("日本語か英語の名称を書いてください。", "give a name in Japanese, in English, or both")
        plain((name.ja or "") + (name.en or ""))
        return name

    @field_validator("category", "brand")
    @classmethod
    def _is_plain(cls, text: str | None) -> str | None:
        return None if text is None else plain(text)

    @field_validator("url")
    @classmethod
    def _opens(cls, url: str | None) -> str | None:
        return None if url is None else reached(url)

    @field_validator("image")
    @classmethod
    def _is_shown(cls, image: Image | None) -> Image | None:
        if image is not None:
            reached(image.url)
        return image

    @field_validator("currency")
    @classmethod
    def _is_money(cls, code: str | None) -> str | None:
        if code is not None and code not in CURRENCIES:
            raise wrong("JPY のようなISO 4217の通貨コードを書いてください。", "give a currency of ISO 4217 such as JPY")
        return code

    @field_validator("valid_until")
    @classmethod
    def _ends_after_it_begins(cls, last: date | None, info: ValidationInfo) -> date | None:
        first = info.data.get("valid_from")
        if first is not None and last is not None and last < first:
            raise wrong("開始日より前の終了日です。", f"it lies before valid_from, {first}; give the last day")
        return last

"""Cells: one text of a table as the value that was meant, or the trouble with it."""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.arrival import LONGEST_ID, is_of_everybody
from domain.customer import Stage, Tier
from domain.errors import Malformed, shortened
from records.cleansing import addresses, dates, emails, names, phones
from tools.exchange.meanings import CHANNELS, COUNTRIES, FLAGS, GENDERS, KINDS, LANGUAGES, PURPOSES, STAGES, TIERS
from tools.exchange.tables import LIST
from tools.exchange.trouble import Trouble

Value = str | int | float | bool | Decimal | date | datetime | tuple[str, ...]


class Local(NamedTuple):
    """What a cell leaves out: its time zone and country, and the format that the mapping gives."""

    zone: ZoneInfo
    country: str
    format: str | None = None
    split: str | None = None
    now: datetime | None = None


Reader = Callable[[str, Local], Value]

NOW = "now"
CLOCK = re.compile(r"(?:\s|T)*(\d{1,2})[:時](\d{1,2})(?:[:分](\d{1,2})(?:[.,](\d{1,6}))?秒?|分)?$")
MONEY = re.compile(r"(?:[¥\\$€£]|jpy|usd|円)?\s*(-?[\d,]+(?:\.\d+)?)\s*(?:円|jpy|usd|税込|\(税込\))?-?", re.IGNORECASE)
MINUS = str.maketrans({"△": "-", "▲": "-", "−": "-", "－": "-", "―": "-"})


def plain(text: str) -> str:
    """The text in one width, without spaces around it."""
    return unicodedata.normalize("NFKC", text).strip()


def key(text: str) -> str:
    """The form in which values of a list are compared."""
    return plain(text).lower()


def text(cell: str, local: Local) -> str:
    """Words as they stand, without spaces around them."""
    return cell.strip(" \t\r\n\u3000")


def identifier(cell: str, local: Local) -> str:
    """What names one person or browser: neither too long, nor a word that stands for nobody in particular."""
    said = text(cell, local)
    if is_of_everybody(plain(said)):
        raise Trouble(
            ja="だれのことでもない値です。セルを空にするか、マッピングの values で空（''）だと教えてください。",
            en='this stands for nobody. Empty the cell, or map it to "" under values in the mapping.',
        )
    if len(said) > LONGEST_ID:
        raise Trouble(ja=f"IDは{LONGEST_ID}文字までです。", en=f"an id has at most {LONGEST_ID} characters.")
    return said


def flag(cell: str, local: Local) -> bool:
    """Yes or no, as forms and systems write it."""
    return bool(_among(cell, FLAGS, "はい／いいえ、1／0、○／× など", "yes or no, 1 or 0, true or false"))


def money(cell: str, local: Local) -> Decimal:
    """An amount with or without sign, commas and unit."""
    found = MONEY.fullmatch(plain(cell).translate(MINUS))
    if found is None:
        raise Trouble(
            ja="金額として読めません。1234 や ¥1,234 のように書きます。", en="this is no amount. Write 1234 or ¥1,234."
        )
    return _decimal(found[1].replace(",", ""))


def number(cell: str, local: Local) -> Decimal:
    """A number with or without commas."""
    return _decimal(plain(cell).translate(MINUS).replace(",", "").removesuffix("%"))


def whole(cell: str, local: Local) -> int:
    """A whole number with or without commas and a unit of counting."""
    said = re.sub(r"(ポイント|個|点|歳|才|pt|件|回)$", "", plain(cell), flags=re.IGNORECASE)
    found = number(said, local)
    if found != found.to_integral_value():
        raise Trouble(ja="整数で書きます。", en="this has to be a whole number.")
    return int(found)


def day(cell: str, local: Local) -> date:
    """A day: year first, with a Japanese era, or in the format of the mapping; 03/04/2026 could be two and is none."""
    said = plain(cell)
    if local.format and local.format != "era":
        return _formatted(said, local.format).date()
    try:
        return dates.calendar_date(said)
    except Malformed as error:
        if "no such day" in error.why:
            raise Trouble(ja="暦にない日付です。", en="there is no such day.") from None
        raise Trouble(
            ja="日付として読めません。2026-12-31、令和8年12月31日 のように書くか、マッピングで format を指定します。",
            en="it is not clear which day this is. Write 2026-12-31, or give a format such as %m/%d/%Y in the mapping.",
        ) from None


def born(cell: str, local: Local) -> date:
    """A day on which somebody may have been born who is alive."""
    found, today = day(cell, local), (local.now or datetime.now(UTC)).date()
    try:
        return dates.birth_date(found.isoformat(), today)
    except Malformed:
        raise Trouble(ja="生年月日としてありえない日付です。", en="nobody alive was born on that day.") from None


def instant(cell: str, local: Local) -> datetime:
    """A day with a time of day; one without a zone is in that of the mapping, one without a time is midnight."""
    said = plain(cell)
    if local.format and local.format != "era":
        return _aware(_formatted(said, local.format), local.zone)
    try:
        return _aware(datetime.fromisoformat(said), local.zone)
    except ValueError:
        clock = CLOCK.search(said)
    on = day(said[: clock.start()].strip() if clock else said, local)
    hour, minute, second = (int(clock[1]), int(clock[2]), int(clock[3] or 0)) if clock else (0, 0, 0)
    try:
        return datetime.combine(on, time(hour, minute, second), local.zone).astimezone(UTC)
    except ValueError:
        raise Trouble(ja="時刻として読めません。", en="there is no such time of day.") from None


def counted(cell: str, local: Local) -> datetime:
    """When something was counted; `now` is when it is loaded."""
    return local.now if key(cell) == NOW and local.now is not None else instant(cell, local)


def consented(cell: str, local: Local) -> datetime:
    """When a customer said it: never `now`, under which an old yes would follow each later no."""
    if key(cell) == NOW:
        raise Trouble(
            ja="お客様が同意した日時を書いてください。now は使えません。",
            en="write the day on which the customer said it. It cannot be now.",
        )
    return instant(cell, local)


def name(cell: str, local: Local) -> str:
    """A name in one width."""
    return names.tidy(cell)


def address(cell: str, local: Local) -> str:
    """An address in one form: 一丁目二番三号 and 1丁目2-3 are the same."""
    return addresses.address(cell).text if names.is_japanese(cell) else names.tidy(cell)


def region(cell: str, local: Local) -> str:
    """A prefecture with its ending, or whatever else is written."""
    said = names.tidy(cell)
    return next((one for one in addresses.PREFECTURES if said in (one, one[:-1])), said)


def words(cell: str, local: Local) -> tuple[str, ...]:
    """Several values in one cell, by the sign of the mapping or one that people use for lists."""
    signs = re.escape(local.split) if local.split else r"[,、;；|/／\n]"
    parts = re.split(f"{signs}|{LIST}", cell)
    return tuple(dict.fromkeys(found for part in parts if (found := text(part, local))))


def stage(cell: str, local: Local) -> str:
    """Where a customer stands."""
    return str(_among(cell, STAGES, "、".join(Stage), ", ".join(Stage)))


def tier(cell: str, local: Local) -> str:
    """A membership rank."""
    return str(_among(cell, TIERS, "、".join(Tier), ", ".join(Tier)))


def gender(cell: str, local: Local) -> str:
    """A gender; numbers mean different things in different systems and are not guessed."""
    return str(_among(cell, GENDERS, "female、male、other", "female, male or other"))


def channel(cell: str, local: Local) -> str:
    """A channel, or the use of the place where somebody is."""
    return str(_among(cell, CHANNELS, "email、sms、line、push、call など", "email, sms, line, push, call …"))


def purpose(cell: str, local: Local) -> str:
    """What a consent is for."""
    return str(_among(cell, PURPOSES, "marketing、service、transactional、*", "marketing, service, transactional or *"))


def kind(cell: str, local: Local) -> str:
    """A kind of offer."""
    return str(_among(cell, KINDS, "product、coupon、event など", "product, coupon, event …"))


def language(cell: str, local: Local) -> str:
    """A language by its name or code."""
    said = key(cell).replace("_", "-")
    return LANGUAGES.get(said) or LANGUAGES.get(said.partition("-")[0]) or said


def country(cell: str, local: Local) -> str:
    """A country by its name or code."""
    found = COUNTRIES.get(key(cell), plain(cell).upper())
    if not re.fullmatch("[A-Z]{2}", found):
        raise Trouble(ja="国は JP、US のように2文字で書きます。", en="write the country in two letters, such as JP.")
    return found


def postcode(cell: str, local: Local) -> str:
    """A postal code; a Japanese one that lost its first zeros to a spreadsheet gets them back."""
    said = plain(cell).removeprefix("〒").strip().translate(MINUS)
    digits = re.sub(r"[-\s]", "", said)
    if local.country != "JP":
        return said
    if not digits.isdigit() or not 5 <= len(digits) <= 7:
        raise Trouble(ja="郵便番号は7桁の数字です。", en="a Japanese postal code has seven digits.")
    return digits.zfill(7)


def phone(cell: str, local: Local) -> str:
    """A telephone number; a Japanese one that lost its first zero to a spreadsheet gets it back."""
    said = plain(cell).translate(MINUS)
    digits = re.sub(r"\D", "", said)
    if not 8 <= len(digits) <= 15:
        raise Trouble(ja="電話番号は8〜15桁の数字です。", en="a telephone number has 8 to 15 digits.")
    short = local.country == "JP" and said == digits and digits[0] != "0" and len(digits) in (9, 10)
    try:
        return phones.phone(f"0{digits}" if short else said)
    except Malformed as error:
        raise Trouble(
            ja="電話番号として使えません。市外局番から、03-1234-5678 のように書きます。", en=error.why
        ) from None


def email(cell: str, local: Local) -> str:
    """An e-mail address in its one form."""
    try:
        return emails.email(cell)
    except Malformed:
        raise Trouble(
            ja="メールアドレスとして読めません。user@example.com のように書きます。",
            en="this is no e-mail address. Write it as user@example.com.",
        ) from None


def _among(cell: str, known: dict[str, bool] | dict[str, str], ja: str, en: str) -> bool | str:
    found = known.get(key(cell))
    if found is None:
        raise Trouble(
            ja=f"意味がわかりません。書けるのは {ja} です。ほかの書き方は、マッピングの values で教えてください。",
            en=f"it is not clear what this means. Known are {en}; add others under values in the mapping.",
        )
    return found


def _decimal(said: str) -> Decimal:
    try:
        found = Decimal(said)
    except InvalidOperation:
        raise Trouble(ja="数として読めません。", en="this is no number.") from None
    if not found.is_finite() or abs(found) >= 10**15:
        raise Trouble(ja="数が大きすぎます。", en="the number is too large.")
    return found


def _formatted(said: str, format: str) -> datetime:
    try:
        return datetime.strptime(said, format)  # noqa: DTZ007  # the zone is added behind
    except ValueError:
        raise Trouble(
            ja=f"マッピングの format {shortened(format)} に合いません。",
            en=f"it does not fit the format {shortened(format)} of the mapping.",
        ) from None


def _aware(found: datetime, zone: ZoneInfo) -> datetime:
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)

"""Surface forms: how dates, times, prices and counts are written to a customer.

Japanese: 11月29日（日）, 20時, 2時間20分, 9,900円（税込）, 10%OFF.
English: Sunday 29 November, 8 pm, 2 hours 20 minutes, ¥9,900 (tax included), 10% off.
A date carries its year only where it is not the year of `today`.
"""

from datetime import date, datetime, time, tzinfo
from decimal import Decimal

from domain.language import Language

WEEKDAYS = {
    "ja": ("月", "火", "水", "木", "金", "土", "日"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SIGNS = {"USD": "$", "JPY": "¥", "EUR": "€", "GBP": "£"}
UNITS_JA = {"JPY": "円", "USD": "ドル", "EUR": "ユーロ", "GBP": "ポンド"}


def day(value: date, language: Language, today: date) -> str:
    """11月29日（日） / Sunday 29 November."""
    weekday = WEEKDAYS[language][value.weekday()]
    if language == "ja":
        year = "" if value.year == today.year else f"{value.year}年"
        return f"{year}{value.month}月{value.day}日（{weekday}）"
    year = "" if value.year == today.year else f" {value.year}"
    return f"{weekday} {value.day} {MONTHS[value.month - 1]}{year}"


def days(first: date, last: date, language: Language, today: date) -> str:
    """12月4日（金）〜6日（日） / Friday 4 December to Sunday 6 December."""
    if first == last:
        return day(first, language, today)
    if language == "ja":
        same_month = (first.year, first.month) == (last.year, last.month)
        end = f"{last.day}日（{WEEKDAYS['ja'][last.weekday()]}）" if same_month else day(last, language, today)
        return f"{day(first, language, today)}〜{end}"
    return f"{day(first, language, today)} to {day(last, language, today)}"


def clock(value: time, language: Language) -> str:
    """20時, 20時30分 / 8 pm, 8:30 pm."""
    if language == "ja":
        return f"{value.hour}時" + (f"{value.minute}分" if value.minute else "")
    half = "am" if value.hour < 12 else "pm"
    hour = value.hour % 12 or 12
    return f"{hour}:{value.minute:02} {half}" if value.minute else f"{hour} {half}"


def instant(value: datetime, language: Language, today: date, zone: tzinfo) -> str:
    """11月26日 19時 / 7 pm on 26 November: a point in time on the clock of `zone`."""
    local = value.astimezone(zone)
    same_year = local.year == today.year
    if language == "ja":
        year = "" if same_year else f"{local.year}年"
        return f"{year}{local.month}月{local.day}日 {clock(local.time(), language)}"
    year = "" if same_year else f" {local.year}"
    return f"{clock(local.time(), language)} on {local.day} {MONTHS[local.month - 1]}{year}"


def until(last: date, closes: time | None, language: Language, today: date) -> str:
    """本日20時, 11月29日（日） / 8 pm today, Sunday 29 November: an end, as near as it is true."""
    if last != today:
        return day(last, language, today)
    if language == "ja":
        return f"本日{clock(closes, language)}" if closes else "本日"
    return f"{clock(closes, language)} today" if closes else "the end of today"


def duration(minutes: int, language: Language) -> str:
    """2時間20分 / 2 hours 20 minutes."""
    hours, rest = divmod(minutes, 60)
    if language == "ja":
        return (f"{hours}時間" if hours else "") + (f"{rest}分" if rest or not hours else "")
    parts = [f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in ((hours, "hour"), (rest, "minute")) if n]
    return " ".join(parts) or "0 minutes"


def number(value: int | float | Decimal) -> str:
    """1,240; 2.5."""
    text = f"{Decimal(str(value)):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(amount: Decimal | int | float, currency: str, language: Language) -> str:
    """9,900円, 30ドル / ¥9,900, $30, $4.50."""
    value = Decimal(str(amount))
    digits = f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"
    if language == "ja":
        return f"{digits}{UNITS_JA.get(currency, ' ' + currency)}"
    return f"{SIGNS[currency]}{digits}" if currency in SIGNS else f"{digits} {currency}"


def price(amount: Decimal | int | float, currency: str, language: Language, *, tax_included: bool | None) -> str:
    """9,900円（税込） / ¥9,900 (tax included)."""
    plain = money(amount, currency, language)
    if not tax_included:
        return plain
    return f"{plain}（税込）" if language == "ja" else f"{plain} (tax included)"


def percent_off(percent: Decimal | int | float, language: Language) -> str:
    """10%OFF / 10% off."""
    return f"{number(percent)}%OFF" if language == "ja" else f"{number(percent)}% off"


def amount_off(amount: Decimal | int | float, currency: str, language: Language) -> str:
    """500円OFF / ¥500 off."""
    return f"{money(amount, currency, language)}OFF" if language == "ja" else f"{money(amount, currency, language)} off"


def fee(
    amount: Decimal | int | float, currency: str | None, language: Language, *, tax_included: bool | None
) -> str | None:
    """無料 / free where a fee is nothing, else the fee; None where its currency is not known."""
    if not amount:
        return "無料" if language == "ja" else "free"
    return price(amount, currency, language, tax_included=tax_included) if currency else None


def read_date(text: str) -> date | None:
    """The date in an ISO string such as 2026-11-29, None where it is no date."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """The time in a string such as 20:00, None where it is none."""
    if len(text) != 5 or text[2] != ":":
        return None
    try:
        return time.fromisoformat(text)
    except ValueError:
        return None


def read_instant(text: str) -> datetime | None:
    """The aware instant in an ISO string, None where it is none."""
    if len(text) < 17 or text[10:11] != "T":
        return None
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        return None
    return value if value.tzinfo else None

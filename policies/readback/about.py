"""About: offers as a phrase, 「カテゴリー「食品」で割引ありのオファー」, and that phrase heard as the offers."""

from domain.language import phrase
from policies.readback.kinds import QUOTES, Kind, named
from policies.readback.marks import cut
from policies.readback.names import KINDS
from policies.scope import Offers

LINES: dict[str, tuple[str, str, Kind]] = {
    "kinds": ("{}", "about {}", named(KINDS)),
    "categories": ("カテゴリー{}", "in the category {}", QUOTES),
    "brands": ("ブランド{}", "of the brand {}", QUOTES),
    "ids": ("番号{}", "with the id {}", QUOTES),
    "tags": ("タグ{}", "tagged {}", QUOTES),
}
DISCOUNTED = {True: ("割引あり", "with a discount"), False: ("割引なし", "without a discount")}
ANY = ("オファー", "offers")


def said_about(offers: Offers, language: str) -> str:
    """The offers as a noun; each line on its own: within a line one of the values, and every line has to hold."""
    told = [
        phrase(language, ja=ja, en=en).format(kind.say(getattr(offers, name), language))
        for name, (ja, en, kind) in LINES.items()
        if getattr(offers, name) is not None
    ]
    if offers.discounted is not None:
        ja, en = DISCOUNTED[offers.discounted]
        told.append(phrase(language, ja=ja, en=en))
    if not told:
        return phrase(language, ja=ANY[0], en=ANY[1])
    return phrase(language, ja=f"{'・'.join(told)}の{ANY[0]}", en=f"{ANY[1]} {' and '.join(told)}")


def heard_about(words: str, language: str) -> Offers:
    """The offers of a noun phrase; raises ValueError where it is none."""
    if words in ANY:
        return Offers()
    ja = language == "ja"
    if not (words.endswith(f"の{ANY[0]}") if ja else words.startswith(f"{ANY[1]} ")):
        raise ValueError(f"{words!r} are no offers")
    inner = words.removesuffix(f"の{ANY[0]}") if ja else words.removeprefix(f"{ANY[1]} ")
    fields: dict[str, object] = {}
    for line in cut(inner, "・" if ja else " and "):
        name, value = _heard(line, language)
        if name in fields:
            raise ValueError(f"{name} is said twice in {words!r}")
        fields[name] = value
    return Offers.model_validate(fields)


def _heard(line: str, language: str) -> tuple[str, object]:
    at = 0 if language == "ja" else 1
    for value, names in DISCOUNTED.items():
        if line == names[at]:
            return "discounted", value
    for name, (ja, en, kind) in reversed(LINES.items()):
        before = (ja, en)[at].partition("{}")[0]
        if line.startswith(before):
            return name, kind.read(line.removeprefix(before), language)
    raise ValueError(f"{line!r} says nothing of an offer")

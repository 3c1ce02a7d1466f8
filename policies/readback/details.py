"""Details: what the sentence of a rule leaves out, each in brackets behind it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from domain.language import phrase
from policies.readback.groups import GROUPS
from policies.readback.kinds import (
    CHANNELS,
    DAYS,
    FLAG,
    NUMBER,
    QUOTE,
    QUOTES,
    QUOTES_IN_ORDER,
    SHARE,
    TEXT,
    Kind,
    named,
    one_named,
)
from policies.readback.names import KINDS, Names
from policies.readback.names import PURPOSES as WHY
from policies.readback.scenes import SCENE_NAMES
from policies.readback.windows import WINDOW
from policies.rules import AnyRule
from policies.rules.forbidden_phrase import SHOWN, ForbiddenPhrase
from policies.rules.frequency_cap import FrequencyCap
from policies.rules.offer_eligibility import OfferEligibility

Told = Callable[[AnyRule], object]
"""What there is to say of a rule beside its sentence; None for nothing."""
ON_BLOCK: Names = {
    "skip": ("見送ります", "skip it"),
    "defer": ("あとに回します", "defer it"),
    "other_channel": ("ほかのチャネルを使います", "use another channel"),
}
SEVERITY: Names = {"hard": ("必ず守る決まり", "a binding rule"), "soft": ("希望", "a wish")}
STARTS: Names = {"monday": ("月曜日", "Monday"), "sunday": ("日曜日", "Sunday")}
STATES: Names = {"promised": ("予約した配信", "promised"), "delivered": ("届いた配信", "delivered")}
LINES: Names = {
    "channels": ("チャネル", "channel"),
    "scenes": ("施策", "scene"),
    "categories": ("カテゴリー", "category"),
    "kinds": ("種類", "kind"),
    "offers": ("オファー", "offer"),
}
MATCHES: Names = {
    "literal": ("文字どおり", "to the letter"),
    "inflected": ("活用した形も", "in any form"),
    "lemma": ("同じ語のすべての形", "as any form of the word"),
}
PARTS: Names = {
    "subject": ("件名", "the subject"),
    "preheader": ("プリヘッダー", "the preheader"),
    "title": ("タイトル", "the title"),
    "body": ("本文", "the body"),
}
POSITIONS: Names = {
    "anywhere": ("どこでも", "any place"),
    "start": ("はじめ", "the start"),
    "end": ("終わり", "the end"),
}
MANNERS: Names = {
    "polite": ("丁寧", "polite"),
    "formal": ("改まった", "formal"),
    "casual": ("くだけた", "casual"),
    "friendly": ("親しみやすい", "friendly"),
    "warm": ("温かい", "warm"),
    "bright": ("明るい", "bright"),
    "calm": ("落ち着いた", "calm"),
    "elegant": ("上品", "elegant"),
    "plain": ("平易", "plain"),
    "short": ("短め", "short"),
    "sincere": ("誠実", "sincere"),
    "seasonal": ("季節感のある", "seasonal"),
    "humorous": ("ユーモアのある", "humorous"),
    "few_emoji": ("絵文字は控えめ", "few emoji"),
}
USES: Names = {
    "copy": ("文面", "copy"),
    "deliberation": ("検討", "deliberation"),
    "brief": ("要点", "briefs"),
    "desk": ("相談", "the desk"),
    "reading": ("読み取り", "reading"),
    "judge": ("評価", "judging"),
}


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that may stand in brackets: its label in both languages, and where its value belongs."""

    path: tuple[str, ...]
    ja: str
    en: str
    kind: Kind
    types: frozenset[str] | None = None
    told: Told | None = None

    def of(self, rule: AnyRule) -> object:
        """What there is to say, None for nothing."""
        if self.types is not None and rule.kind not in self.types:
            return None
        return self.told(rule) if self.told else _unusual(rule, self.path)

    def said(self, value: object, language: str) -> str:
        """The detail in its brackets."""
        words = self.kind.say(value, language)
        return phrase(language, ja=f"（{self.ja}：{words}）", en=f" ({self.en} {words})")


def _unusual(owner: object, path: tuple[str, ...]) -> object:
    """The value at the end of a path, where it is another than the one that needs no saying."""
    for name in path[:-1]:
        owner = getattr(owner, name, None)
    field = getattr(type(owner), "model_fields", {}).get(path[-1])
    if field is None:
        return None
    value: object = getattr(owner, path[-1])
    return None if value == field.get_default(call_default_factory=True) else value


def _further(rule: AnyRule) -> object:
    return rule.phrases[SHOWN:] or None if isinstance(rule, ForbiddenPhrase) else None


def _never(rule: AnyRule) -> object:
    return rule.window if isinstance(rule, FrequencyCap) and rule.max == 0 else None


def _unpriced(rule: AnyRule) -> object:
    priced = isinstance(rule, OfferEligibility) and (rule.min_price is not None or rule.max_price is not None)
    return rule.currency if isinstance(rule, OfferEligibility) and not priced else None


def _valid(rule: AnyRule) -> object:
    dates = rule.validity()
    return dates if dates.first or dates.last else None


def _all(*types: str) -> frozenset[str]:
    return frozenset(types)


COPY = _all("forbidden_phrase", "required_phrase")
WINDOWED = _all("frequency_cap", "exclusivity")
PERIODIC = _all("volume_cap", "budget")
VALIDITY = "validity"
DETAILS: tuple[Detail, ...] = (
    Detail(("phrases",), "ほかに使わない言葉", "nor", QUOTES_IN_ORDER, told=_further),
    Detail(("window",), "期間", "within", WINDOW, told=_never),
    Detail(("window", "zone"), "暦の時間帯", "on the calendar of", QUOTE, WINDOWED),
    Detail(("window", "week_starts"), "週の始まり", "weeks start on", one_named(STARTS), WINDOWED),
    Detail(("window", "fallback"), "時間帯がわからないお客様", "where the zone is not known, that of", QUOTE, WINDOWED),
    Detail(("groups",), "組", "the groups", GROUPS, _all("exclusivity")),
    Detail(("zone",), "暦の時間帯", "on the calendar of", QUOTE, PERIODIC),
    Detail(("week_starts",), "週の始まり", "weeks start on", one_named(STARTS), PERIODIC),
    Detail(("counts", "channels"), "数えるチャネル", "counting messages by", CHANNELS),
    Detail(("counts", "purposes"), "数える目的", "counting messages for", named(WHY, ja="と", en=" and ")),
    Detail(("counts", "scenes"), "数える施策", "counting the scene", SCENE_NAMES),
    Detail(("counts", "categories"), "数えるカテゴリー", "counting the category", QUOTES),
    Detail(("counts", "kinds"), "数える種類", "counting what is about", named(KINDS)),
    Detail(("counts", "offers"), "数えるオファー", "counting the offer", QUOTES),
    Detail(("counts", "states"), "数える状態", "counting what was", one_named(STATES)),
    Detail(("counts", "any"), "問わずに数えるもの", "counting whatever the", named(LINES)),
    Detail(("counts", "excepted"), "除いたものも数える", "counting what is excepted as well:", FLAG),
    Detail(("holidays_of",), "祝日の国", "with the national holidays of", QUOTE),
    Detail(("salt",), "くじの名前", "drawn under the name", QUOTE),
    Detail(("currency",), "通貨", "in the currency", QUOTE, told=_unpriced),
    Detail(("part",), "見る部分", "looking at", one_named(PARTS), COPY),
    Detail(("match",), "照合", "matched", one_named(MATCHES)),
    Detail(("exceptions",), "認める言い方", "letting through", QUOTES_IN_ORDER),
    Detail(("unless_fact",), "事実なら認めるもの", "unless the offer states", QUOTE),
    Detail(("better",), "言い換え", "better:", TEXT),
    Detail(("evidence",), "根拠とする事実", "proven by the fact", QUOTE),
    Detail(("domains",), "ほかにつないでよいサイト", "and to", QUOTES),
    Detail(("words",), "表示の言葉", "from the labels", QUOTES_IN_ORDER),
    Detail(("any_of",), "どれかひとつでよい", "one of them is enough:", FLAG),
    Detail(("position",), "位置", "standing at", one_named(POSITIONS)),
    Detail(("within",), "端からの文字数", "characters from there:", NUMBER, COPY),
    Detail(("polite_share",), "丁寧な文の割合", "polite sentences:", SHARE),
    Detail(("styles",), "文体", "in the manner:", named(MANNERS, ja="・", en=", ")),
    Detail(("purposes",), "使いみち", "for", named(USES), _all("llm_data")),
    Detail((VALIDITY,), "有効期間", "in force", DAYS, told=_valid),
    Detail(("on_block",), "止めたとき", "where it forbids a message,", one_named(ON_BLOCK)),
    Detail(("severity",), "扱い", "taken as", one_named(SEVERITY)),
    Detail(("weight",), "重み", "of weight", NUMBER),
)
"""Whatever a rule may hold beside its sentence, in the order in which it is said."""


def said_details(rule: AnyRule, language: str) -> Iterator[str]:
    """The details of a rule, each in its brackets."""
    for detail in DETAILS:
        value = detail.of(rule)
        if value is not None:
            yield detail.said(value, language)


def heard_detail(words: str, kind: str, language: str) -> tuple[tuple[str, ...], object]:
    """Where the value of a detail belongs in a rule of that type, and the value; raises ValueError for no detail."""
    for detail in DETAILS:
        label = phrase(language, ja=f"{detail.ja}：", en=f"{detail.en} ")
        if not words.startswith(label) or (detail.types is not None and kind not in detail.types):
            continue
        try:
            return detail.path, detail.kind.read(words.removeprefix(label), language)
        except (ValueError, KeyError):
            continue
    raise ValueError(f"{words!r} is no detail of {kind}")


def put(fields: dict[str, object], path: tuple[str, ...], value: object) -> None:
    """The value at the end of its path; further words of a list go behind those that are there."""
    if path == (VALIDITY,):
        fields.update(cast("Mapping[str, object]", value))
        return
    for name in path[:-1]:
        fields = cast("dict[str, object]", fields.setdefault(name, {}))
    if path == ("phrases",) and "phrases" in fields:
        fields["phrases"] = [*cast("list[str]", fields["phrases"]), *cast("list[str]", value)]
    elif path == ("window",) and "window" in fields:
        fields["window"] = {**cast("dict[str, object]", fields["window"]), **cast("dict[str, object]", value)}
    else:
        fields[path[-1]] = value

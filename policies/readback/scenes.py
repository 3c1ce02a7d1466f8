"""Scenes: a shipped scene is called by its name, 「ポイント有効期限のお知らせ」; any other by its id."""

from collections.abc import Iterable
from typing import cast

from domain.language import phrase
from policies.readback.kinds import NOBODY, Kind
from policies.readback.marks import EITHER, all_unquoted, quoted
from policies.readback.names import Names

SCENES: Names = {
    "birthday": ("お誕生月の特典", "Birthday month"),
    "browse_abandonment": ("閲覧のあとのご案内", "After browsing"),
    "cart_abandonment": ("カゴ落ちのご案内", "Abandoned cart"),
    "concierge": ("上位会員の方への個別のご案内", "Concierge"),
    "event_invitation": ("催しのご招待", "Event invitation"),
    "lead_nurture": ("ご検討中の企業への情報提供", "Lead nurture"),
    "newsletter": ("定期のお知らせ", "Newsletter"),
    "onboarding": ("はじめての使い方", "Onboarding"),
    "plan_review": ("ご契約プランの見直し", "Plan review"),
    "points_expiring": ("ポイント有効期限のお知らせ", "Points about to expire"),
    "post_purchase": ("ご購入後の使い方", "After a purchase"),
    "rainy_day": ("雨の日のご案内", "Rainy day"),
    "replenishment": ("買い足しのご案内", "Replenishment"),
    "service_recovery": ("お困りごとへの対応", "Service recovery"),
    "store_visit": ("ご来店中のご案内", "In the store"),
    "welcome": ("ご入会のお礼", "Welcome"),
    "winback": ("休眠のお客様へのご案内", "Win-back"),
}
"""The shipped scenes by the names of their cards."""
BY_NAME = {name: scene for scene, names in SCENES.items() for name in names}
AS_ID = " (id)"
"""Stands behind an id that would otherwise be taken for a name."""


def called(scene: str, language: str) -> str:
    """The scene in quotation marks, by its name where it has one."""
    if scene in SCENES:
        ja, en = SCENES[scene]
        return quoted(phrase(language, ja=ja, en=en), language)
    return quoted(f"{scene}{AS_ID}" if scene in BY_NAME or scene.endswith(AS_ID) else scene, language)


def scene_called(words: str) -> str:
    """The id of the scene that is called so."""
    return words.removesuffix(AS_ID) if words.endswith(AS_ID) else BY_NAME.get(words, words)


def _say(value: object, language: str) -> str:
    told = [called(scene, language) for scene in sorted(cast("Iterable[str]", value))]
    return EITHER["ja" if language == "ja" else "en"].join(told) or phrase(language, ja=NOBODY[0], en=NOBODY[1])


def _read(words: str, language: str) -> object:
    return [] if words in NOBODY else [scene_called(one) for one in all_unquoted(words)]


SCENE_NAMES = Kind(_say, _read)

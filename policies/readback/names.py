"""Names: how the values of the vocabulary are called in Japanese and English."""

from collections.abc import Mapping

Names = Mapping[str, tuple[str, str]]
"""A value and what it is called in both languages."""

STAGES: Names = {
    "prospect": ("見込みの", "prospective"),
    "new": ("新規の", "new"),
    "active": ("継続中の", "active"),
    "loyal": ("ロイヤルの", "loyal"),
    "at_risk": ("離反予兆のある", "at-risk"),
    "dormant": ("休眠の", "dormant"),
    "churned": ("離反した", "churned"),
}
TIERS: Names = {
    "regular": ("レギュラー会員の", "regular-tier"),
    "silver": ("シルバー会員の", "silver-tier"),
    "gold": ("ゴールド会員の", "gold-tier"),
    "premium": ("プレミアム会員の", "premium-tier"),
}
GENDERS: Names = {
    "female": ("女性の", "female"),
    "male": ("男性の", "male"),
    "other": ("その他の性別の", "other-gender"),
}
KINDS: Names = {
    "product": ("商品", "a product"),
    "coupon": ("クーポン", "a coupon"),
    "article": ("読みもの", "an article"),
    "case_study": ("事例", "a case study"),
    "tutorial": ("使い方", "a tutorial"),
    "event": ("催し", "an event"),
    "service": ("サービス", "a service"),
}
LANGUAGES: Names = {"ja": ("日本語", "Japanese"), "en": ("英語", "English")}
PURPOSES: Names = {
    "marketing": ("販促", "marketing"),
    "transactional": ("手続きの連絡", "transactional messages"),
    "service": ("対応の連絡", "service messages"),
}

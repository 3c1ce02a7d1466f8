"""Fields: what each kind of table can say, how its cells are read, and by which headers companies know them."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from domain.channel import Channel
from domain.customer import IDENTIFIER_KINDS
from tools.exchange import cells
from tools.exchange.cells import Reader

Kind = Literal["customers", "events", "consents", "offers", "purchases"]
KINDS: tuple[Kind, ...] = ("customers", "events", "consents", "offers", "purchases")


class Field(NamedTuple):
    """One field: how its cells are read, and headers that mean it."""

    read: Reader
    headers: tuple[str, ...] = ()


def _headers(text: str) -> tuple[str, ...]:
    return tuple(name for name in text.split("|") if name)


IDENTITY: Mapping[str, Field] = {
    "id": Field(
        cells.identifier, _headers("顧客ID|顧客番号|顧客コード|お客様番号|customer id|customer_id|user id|userid|id")
    ),
    "email": Field(cells.email, _headers("メールアドレス|メール|eメール|e-mail|email|mail|email address|pcメール")),
    "phone": Field(
        cells.phone, _headers("電話番号|電話|携帯電話|携帯番号|携帯電話番号|tel|phone|mobile|phone number|mobile phone")
    ),
    "loyalty_id": Field(
        cells.identifier,
        _headers("会員番号|会員ID|会員コード|カード番号|ポイントカード番号|member id|member no|loyalty id|loyalty_id"),
    ),
    "line_id": Field(cells.identifier, _headers("LINE ID|LINEユーザーID|line_id|line user id")),
    "device_id": Field(cells.identifier, _headers("デバイスID|端末ID|device id|device_id")),
    "anonymous_id": Field(cells.identifier, _headers("匿名ID|cookie id|anonymous id|anonymous_id")),
}
EVIDENCE: Mapping[str, Field] = {
    "evidence.method": Field(cells.text, _headers("同意方法|取得方法|許諾方法|consent method|evidence method")),
    "evidence.source": Field(cells.text, _headers("取得元|取得場所|登録経路|入会経路|consent source|evidence source")),
    "evidence.at": Field(cells.consented, _headers("同意日時|同意日|許諾日|許諾日時|取得日|consent date|consented at")),
    "evidence.text_version": Field(cells.text, _headers("同意文言版|規約バージョン|consent version|text version")),
}
TOPICS = (*(channel.value for channel in Channel if channel is not Channel.SIGNAGE), "location")
TOPIC_HEADERS = {
    "email": "メルマガ許諾|メルマガ|メール配信|メール許諾|メール配信可否|メルマガ希望|email opt-in|newsletter",
    "sms": "SMS許諾|SMS配信|sms opt-in",
    "line": "LINE許諾|LINE配信|line opt-in",
    "push": "プッシュ許諾|アプリ通知|プッシュ通知許諾|push opt-in",
    "call": "電話許諾|電話可否|電話連絡可|call permission",
    "ad": "広告許諾|広告利用|ad consent",
    "location": "位置情報許諾|位置情報利用|location consent",
}
PERMISSIONS: Mapping[str, Field] = {
    f"consent.{topic}": Field(cells.flag, _headers(TOPIC_HEADERS.get(topic, ""))) for topic in TOPICS
}
CUSTOMERS: Mapping[str, Field] = {
    **IDENTITY,
    "display_name": Field(cells.name, _headers("氏名|お名前|名前|会員名|顧客名|name|full name|display name")),
    "language": Field(cells.language, _headers("言語|使用言語|language|lang|locale")),
    "timezone": Field(cells.text, _headers("タイムゾーン|timezone|time zone")),
    "country": Field(cells.country, _headers("国|国名|国コード|country|country code")),
    "region": Field(cells.region, _headers("都道府県|県|地域|region|state|prefecture")),
    "stage": Field(cells.stage, _headers("顧客ステージ|ステージ|会員区分|stage|lifecycle stage")),
    "tier": Field(cells.tier, _headers("会員ランク|ランク|会員種別|ステータス|rank|tier|membership")),
    "age": Field(cells.whole, _headers("年齢|age")),
    "gender": Field(cells.gender, _headers("性別|gender|sex")),
    "birth_date": Field(cells.born, _headers("生年月日|誕生日|birthday|birth date|date of birth|dob")),
    "name_kana": Field(cells.name, _headers("フリガナ|ふりがな|氏名カナ|カナ氏名|氏名(カナ)|name kana|kana")),
    "postal_code": Field(cells.postcode, _headers("郵便番号|〒|postcode|postal code|zip|zip code|zipcode")),
    "address": Field(cells.address, _headers("住所|ご住所|住所1|address|street address")),
    "points": Field(cells.whole, _headers("ポイント|保有ポイント|ポイント残高|points|point balance")),
    "points_at": Field(cells.day, _headers("ポイント基準日|ポイント残高日|points as of")),
    "points_expire": Field(cells.day, _headers("ポイント有効期限|ポイント失効日|points expire|points expiry")),
    "joined_at": Field(cells.day, _headers("入会日|登録日|会員登録日|joined|joined at|signup date|registered at")),
    "tags": Field(cells.words, _headers("タグ|興味|興味関心|関心|tags|interests")),
    "segments": Field(cells.words, _headers("セグメント|segments|segment")),
    **PERMISSIONS,
    **EVIDENCE,
}
EVENTS: Mapping[str, Field] = {
    **IDENTITY,
    "event": Field(cells.text, _headers("イベント|イベント名|行動|event|event name|action")),
    "type": Field(cells.text, _headers("イベント種別|event type|type")),
    "at": Field(cells.instant, _headers("日時|発生日時|発生時刻|timestamp|at|time|event time|occurred at|date")),
    "message_id": Field(cells.text, _headers("イベントID|message id|message_id|event id")),
    "source": Field(cells.text, _headers("発生元|システム|source")),
    "decision_id": Field(cells.text, _headers("decision id|decision_id|配信ID")),
}
CONSENTS: Mapping[str, Field] = {
    **IDENTITY,
    "channel": Field(cells.channel, _headers("チャネル|媒体|配信チャネル|channel|topic")),
    "purpose": Field(cells.purpose, _headers("目的|利用目的|purpose")),
    "granted": Field(
        cells.flag, _headers("許諾|同意|可否|許諾状態|配信可否|granted|consent|opt-in|status|メルマガ許諾|メルマガ")
    ),
    **EVIDENCE,
}
OFFERS: Mapping[str, Field] = {
    "id": Field(cells.text, _headers("商品番号|商品コード|商品ID|品番|jan|jan code|sku|offer id|product id|id")),
    "kind": Field(cells.kind, _headers("区分|種別|kind|type")),
    "name.ja": Field(cells.text, _headers("商品名|名称|品名|商品名(日本語)|name ja|name_ja")),
    "name.en": Field(cells.text, _headers("商品名英語|商品名(英語)|英語名|name|name en|name_en|product name|title")),
    "category": Field(cells.text, _headers("カテゴリ|カテゴリー|分類|部門|category|department")),
    "brand": Field(cells.text, _headers("ブランド|メーカー|brand|maker")),
    "url": Field(cells.text, _headers("URL|商品URL|リンク|url|link|product url")),
    "image.url": Field(cells.text, _headers("画像|画像URL|image|image url|image link")),
    "image.alt.ja": Field(cells.text, _headers("画像説明|代替テキスト|alt ja")),
    "image.alt.en": Field(cells.text, _headers("alt|alt text|alt en")),
    "price": Field(cells.money, _headers("価格|販売価格|税込価格|売価|price|sale price")),
    "list_price": Field(cells.money, _headers("通常価格|定価|元値|list price|regular price")),
    "currency": Field(cells.text, _headers("通貨|currency")),
    "tax_included": Field(cells.flag, _headers("税込|税込区分|税区分|tax included")),
    "discount_percent": Field(cells.number, _headers("割引率|値引率|discount percent|discount rate")),
    "discount_amount": Field(cells.money, _headers("値引額|割引額|discount amount")),
    "margin_percent": Field(cells.number, _headers("粗利率|利益率|margin|margin percent")),
    "in_stock": Field(cells.flag, _headers("在庫有無|在庫あり|in stock|availability")),
    "stock": Field(cells.whole, _headers("在庫|在庫数|stock|quantity in stock|inventory")),
    "stock_at": Field(cells.counted, _headers("在庫日時|在庫基準日時|stock at|stock as of")),
    "valid_from": Field(cells.day, _headers("開始日|販売開始日|有効開始日|valid from|start date")),
    "valid_until": Field(cells.day, _headers("終了日|販売終了日|有効期限|有効終了日|valid until|end date|expires")),
    "tags": Field(cells.words, _headers("タグ|tags|labels")),
    "applies_to": Field(cells.words, _headers("対象商品|対象カテゴリ|applies to|products")),
}
PURCHASES: Mapping[str, Field] = {
    **IDENTITY,
    "order_id": Field(
        cells.text, _headers("注文番号|伝票番号|受注番号|レシート番号|order id|order number|receipt|order_id")
    ),
    "line": Field(cells.whole, _headers("明細番号|行番号|line|line number")),
    "at": Field(cells.instant, _headers("購入日時|購入日|注文日|注文日時|売上日|order date|purchased at|date|at")),
    "product_id": Field(cells.text, _headers("商品コード|商品番号|品番|jan|sku|product id|product_id")),
    "product_name": Field(cells.text, _headers("商品名|品名|product|product name|item")),
    "category": Field(cells.text, _headers("カテゴリ|カテゴリー|分類|部門|category|department")),
    "quantity": Field(cells.whole, _headers("数量|個数|点数|quantity|qty")),
    "price": Field(cells.money, _headers("単価|unit price|price")),
    "amount": Field(cells.money, _headers("金額|小計|購入金額|売上金額|明細金額|amount|subtotal|line total")),
    "coupon_amount": Field(cells.money, _headers("クーポン値引|値引額|割引額|discount|coupon discount")),
    "currency": Field(cells.text, _headers("通貨|currency")),
    "store": Field(cells.text, _headers("店舗|店舗名|店舗コード|購入店舗|store|shop")),
    "gift": Field(cells.flag, _headers("ギフト|贈答|のし|gift")),
}
FIELDS: Mapping[Kind, Mapping[str, Field]] = {
    "customers": CUSTOMERS,
    "events": EVENTS,
    "consents": CONSENTS,
    "offers": OFFERS,
    "purchases": PURCHASES,
}
FREE: Mapping[Kind, str] = {
    "customers": "attributes.",
    "events": "properties.",
    "consents": "",
    "offers": "facts.",
    "purchases": "properties.",
}
"""What a field of one's own begins with."""
NEEDED: Mapping[Kind, tuple[tuple[str, ...], ...]] = {
    "customers": (("id", *IDENTIFIER_KINDS),),
    "events": (("id", *IDENTIFIER_KINDS), ("event",), ("at",)),
    "consents": (("id", *IDENTIFIER_KINDS), ("channel",), ("granted",)),
    "offers": (("id",),),
    "purchases": (
        ("id", *IDENTIFIER_KINDS),
        ("order_id",),
        ("at",),
        ("amount", "price"),
        ("product_id", "product_name"),
    ),
}
"""Of each of these at least one has to be known."""


def field_of(kind: Kind, name: str) -> Field | None:
    """The field under that name, None where there is none; a free one is text unless the mapping says otherwise."""
    known = FIELDS[kind].get(name)
    free = FREE[kind]
    if known is None and free and name.startswith(free) and name != free:
        return Field(cells.text)
    return known

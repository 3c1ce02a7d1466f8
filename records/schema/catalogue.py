"""What there is to offer, and what was bought."""

from sqlalchemy import BigInteger, Column, Float, Index, Table, Text

from records.schema.base import key, metadata, required

offers = Table(
    "offers",
    metadata,
    key("id"),
    required("document", Text),
    required("updated_at", BigInteger),
)

products = Table("products", metadata, key("id"), required("document", Text))

purchases = Table(
    "purchases",
    metadata,
    key("basket_id"),
    key("line", BigInteger),
    required("customer_id", Text),
    required("product_id", Text),
    Column("category", Text),
    required("at", BigInteger),
    required("quantity", BigInteger),
    required("amount_minor", BigInteger),
    required("coupon_minor", BigInteger),
    Index("purchases_of_customer", "customer_id", "at"),
)

redemptions = Table(
    "redemptions",
    metadata,
    key("customer_id"),
    key("coupon_id"),
    key("campaign_id"),
    key("at", BigInteger),
)

co_purchases = Table(
    "co_purchases",
    metadata,
    key("topic"),
    key("other"),
    required("strength", Float),
)

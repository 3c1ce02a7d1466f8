"""Every table, one schema for SQLite and PostgreSQL.

Instants are microseconds since 1970 in UTC, documents are JSON in text, money is a whole number of minor units.
`migrations/` builds the same tables step by step; a test holds the two against each other.
"""

from records.schema.base import REVISION, metadata
from records.schema.catalogue import co_purchases, offers, products, purchases, redemptions
from records.schema.customers import (
    accounts,
    claims,
    consents,
    customers,
    identifiers,
    matches,
    memories,
    merges,
    shared_identifiers,
    vault,
)
from records.schema.decisions import charges, contacts, decisions, deliveries, idempotency, tallies
from records.schema.events import behaviours, dead_letters, events, reported, responses
from records.schema.house import accesses, imports, keys, marks, tombstones, versions
from records.schema.journeys import due, outbox, passes
from records.schema.policy import directives, mandates, policy_versions, proposals, segments, stops
from records.schema.writing import compositions, model_usage, prepared, reviews, talks, variants

__all__ = [
    "REVISION",
    "accesses",
    "accounts",
    "behaviours",
    "charges",
    "claims",
    "co_purchases",
    "compositions",
    "consents",
    "contacts",
    "customers",
    "dead_letters",
    "decisions",
    "deliveries",
    "directives",
    "due",
    "events",
    "idempotency",
    "identifiers",
    "imports",
    "keys",
    "mandates",
    "marks",
    "matches",
    "memories",
    "merges",
    "metadata",
    "model_usage",
    "offers",
    "outbox",
    "passes",
    "policy_versions",
    "prepared",
    "products",
    "proposals",
    "purchases",
    "redemptions",
    "reported",
    "responses",
    "reviews",
    "segments",
    "shared_identifiers",
    "stops",
    "talks",
    "tallies",
    "tombstones",
    "variants",
    "vault",
    "versions",
]

"""Leaves: one question to every customer, answered as a column of yes, no and unknown."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import polars as pl

from domain.consent import ANY_PURPOSE
from domain.features import DAY
from policies.columns.base import Base
from policies.columns.counting import full
from policies.columns.folding import UNKNOWN
from policies.facts import Action, Situation, fraction
from policies.kleene import Truth, verdict
from policies.predicate import (
    CONSENTED,
    CUSTOMER_ID,
    DAYS_SINCE_ORDER,
    Compare,
    Dates,
    Field,
    Full,
    Holidays,
    Hours,
    Is,
    Known,
    Leaf,
    OneOf,
    Overlaps,
    Share,
)
from policies.zones import MINUTE, local_times

Asks = Compare | OneOf | Overlaps | Is | Known


def answered(base: Base, leaf: Leaf, a: Action) -> pl.Series:
    """The leaf's truth for every customer; what was asked before is not asked again."""
    if isinstance(leaf, Is | Known) and leaf.field == CONSENTED:
        return _answered(base, leaf, a)
    timed = isinstance(leaf, Hours | Dates | Holidays | Full) or _ages(leaf)
    kept = base.kept_at(a.micros) if timed else base.kept
    if leaf not in kept:
        kept[leaf] = _answered(base, leaf, a)
    return kept[leaf]


def _ages(leaf: Leaf) -> bool:
    """Whether it asks how long ago something was."""
    return isinstance(leaf, Compare | Known) and leaf.field == DAYS_SINCE_ORDER


def _answered(base: Base, leaf: Leaf, a: Action) -> pl.Series:
    match leaf:
        case Full():
            return full(base, leaf, a)
        case Hours() | Dates() | Holidays():
            return _on_the_clock(base, leaf, a)
        case Share(salt, share):
            return _drawn(base, salt) < share
        case Compare() | OneOf() | Overlaps() | Is() | Known():
            return _about(base, leaf, a)
        case _:
            raise ValueError(f"{leaf} is the same for every customer and was to be folded")


def _about(base: Base, leaf: Asks, a: Action) -> pl.Series:
    one = leaf.field
    if leaf == UNKNOWN:
        return pl.repeat(None, base.size, dtype=pl.Boolean, eager=True)
    if isinstance(leaf, Overlaps):
        whose, marks = base.marks(one.name)
        return base.spread(whose[marks.is_in(list(leaf.values)).to_numpy()])
    if one == CONSENTED:
        word = _consented(base, a)
        return word.is_not_null() if isinstance(leaf, Known) else word
    if one.attribute:
        return _attribute(base, leaf)
    return base.customers.select(_asked(leaf, a)).to_series()


def _asked(leaf: Asks, a: Action) -> pl.Expr:
    """A question to a column of the customers' frame."""
    column = _days_since_order(a) if _ages(leaf) else _column(leaf.field)
    match leaf:
        case Known():
            return column.is_not_null()
        case OneOf(_, values):
            return column.is_in([str(value) for value in sorted(values)])
        case Compare(_, operator, value) if isinstance(value, str):
            return _compared(column.cast(pl.String), operator, pl.lit(value))
        case Compare(_, operator, value) if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return _compared(column, operator, pl.lit(float(value)))
        case _:
            return pl.when(column.is_not_null()).then(None).cast(pl.Boolean)


def _column(field: Field) -> pl.Expr:
    return pl.col("id" if field == CUSTOMER_ID else field.name)


def _days_since_order(a: Action) -> pl.Expr:
    return (pl.lit(a.micros) - pl.col("ordered_at")).clip(lower_bound=0) / DAY


def _compared(column: pl.Expr, operator: str, value: pl.Expr) -> pl.Expr:
    return {
        "<": column < value,
        "<=": column <= value,
        ">": column > value,
        ">=": column >= value,
        "==": column == value,
    }[operator]


def _attribute(base: Base, leaf: Asks) -> pl.Series:
    """A question to a free attribute: unknown where it is missing, or of a type that cannot be compared."""
    held = base.attributes.filter(pl.col("name") == leaf.field.name)
    rows = held["row"].to_numpy().astype(np.intp)
    if isinstance(leaf, Known):
        return base.spread(rows)
    answers = held.select(_of_attribute(leaf).alias("answer"))["answer"]
    known = answers.is_not_null().to_numpy()
    said = base.spread(rows[known], answers.drop_nulls().to_numpy())
    return pl.select(pl.when(base.spread(rows[known])).then(said)).to_series()


def _of_attribute(leaf: Asks) -> pl.Expr:
    match leaf:
        case Is():
            return pl.col("truth")
        case OneOf(_, values):
            other = pl.any_horizontal(pl.col("number", "truth").is_not_null())
            return pl.when(other).then(False).otherwise(pl.col("text").is_in(sorted(values)))
        case Compare(_, operator, value) if isinstance(value, bool):
            same = pl.col("truth") == value
            return same if operator == "==" else pl.lit(None, dtype=pl.Boolean)
        case Compare(_, operator, value) if isinstance(value, str):
            return _compared(pl.col("text"), operator, pl.lit(value))
        case Compare(_, operator, value):
            # What is no number says nothing, as in the other evaluators; columns would call it larger than any.
            return _compared(pl.col("number").fill_nan(None), operator, pl.lit(float(value)))
        case _:
            raise ValueError(f"{leaf} cannot be asked about an attribute")


def _consented(base: Base, a: Action) -> pl.Series:
    """What the ledger says of the channel and purpose: the narrow word first, but never over a general no."""
    about = ("consented", a.channel, a.purpose)
    if about not in base.kept:
        general, narrow = (_word(base, a.channel.value, purpose) for purpose in (ANY_PURPOSE, a.purpose.value))
        word = pl.when(general.eq(False)).then(False).otherwise(pl.coalesce(narrow, general))
        base.kept[about] = pl.select(word).to_series()
    return base.kept[about]


def _word(base: Base, topic: str, purpose: str) -> pl.Series:
    said = base.consents.filter((pl.col("topic") == topic) & (pl.col("purpose") == purpose))
    rows = said["row"].to_numpy().astype(np.intp)
    granted = base.spread(rows, said["granted"].to_numpy())
    return pl.select(pl.when(base.spread(rows)).then(granted)).to_series()


def _on_the_clock(base: Base, leaf: Hours | Dates | Holidays, a: Action) -> pl.Series:
    """What clocks and calendars show, asked once for each place where customers are."""
    truths = [_there(leaf, place, a) for place in base.places]
    if len(set(truths)) == 1:
        return pl.repeat(truths[0], base.size, dtype=pl.Boolean, eager=True)
    return pl.Series(truths, dtype=pl.Boolean).gather(pl.Series(base.place))


def _there(leaf: Hours | Dates | Holidays, place: Situation, a: Action) -> Truth:
    return verdict(leaf, place, replace(a, zones=place.zones, locals=local_times(place.zones, a.micros // MINUTE)))


def _drawn(base: Base, salt: str) -> pl.Series:
    """The number that each customer draws under a salt."""
    about = ("drawn", salt)
    if about not in base.kept:
        drawn = [fraction(salt, customer_id) for customer_id in base.customers["id"]]
        base.kept[about] = pl.Series(drawn, dtype=pl.Float64)
    return base.kept[about]

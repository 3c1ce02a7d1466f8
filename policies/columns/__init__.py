"""The rules over a whole customer base at once: the same predicates, evaluated column by column."""

"""Boundary examples: what a rule lets through and what it does not, right at its edges."""

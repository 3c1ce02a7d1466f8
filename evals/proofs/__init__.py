"""The full loads behind the promises; tests run small slices of the same functions."""

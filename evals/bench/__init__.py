"""The benchmark: decisions against the floor, both in one run on the same machine."""

"""The order of things: one ask becomes one decision."""

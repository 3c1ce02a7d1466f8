"""Examples of what the records keep, on both databases."""

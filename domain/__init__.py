"""The nouns that everybody here speaks."""

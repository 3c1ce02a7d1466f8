"""The words for models, and the one place where templates are rendered."""

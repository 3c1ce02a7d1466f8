"""Directives: what marketers write in plain Japanese or English, read into rules."""

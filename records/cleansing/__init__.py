"""Cleansing: what people type, in one written form each, so that equal things are equal texts."""

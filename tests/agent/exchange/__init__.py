"""Tests of loading and exporting in bulk."""

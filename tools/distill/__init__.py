"""Distilling: memories from what was recorded about a customer."""

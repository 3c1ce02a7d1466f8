"""Tests of distilling."""

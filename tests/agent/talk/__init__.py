"""Tests of the talk with the desk."""

"""Frames: the kinds of constraint that marketers put into words, each with how it is recognised."""

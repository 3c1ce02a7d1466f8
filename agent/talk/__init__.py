"""The talk of marketers with the desk: what they ask for, how it is found out, and how it is told."""

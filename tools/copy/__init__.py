"""Approved copy: templates by language, the facts they may state, and the frame around a mail."""

"""The words of marketers, as tables: each meaning with its words, Japanese and English, parted by |."""

"""A slip: a value that cannot be meant, explained in both languages."""


class Slip(ValueError):
    """Raised while a document is read; the sentence ends in what to write instead."""

    def __init__(self, *, ja: str, en: str) -> None:
        super().__init__(en)
        self.ja, self.en = ja, en

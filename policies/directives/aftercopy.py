"""After copy: what a clause is about that follows on words, marks or topics, and names only a channel."""

from policies.directives.frame import Frame, Trouble
from policies.directives.sentence import Part

WRITTEN = ("forbid", "require", "disclose", "marks", "sensitive", "claims", "links")
NO_SENDING = ("配信", "送信", "配信は", "しない")


def about_the_words(part: Part, last: Frame | None) -> Trouble | None:
    """What is asked where "not in email" may be about the words of the sentence before, and not about sending mail."""
    return _words_or_sending() if _is_about_words(part, last) else None


def not_needed(part: Part, last: Frame | None) -> bool:
    """After words that LINE must carry, "not needed by mail" says nothing of sending mail."""
    if last is None or last.kind not in ("require", "disclose", "length", "forbid", "approval", "consent"):
        return False
    return any(atom.text in ("不要", "要らない", "いらない", "要りません", "いりません") for atom in part.atoms)


def _is_about_words(part: Part, last: Frame | None) -> bool:
    """After a rule about copy, "not in email" may well be about the same words, and not about sending mail at all."""
    frame = part.frame
    if last is None or last.kind not in WRITTEN or frame is None or frame.kind != "ban":
        return False
    if frame.scopes.dimensions() - {"channels", "scenes"} or any(
        atom.text in NO_SENDING or (atom.has("send") and not atom.has("use", "contain", "glue"))
        for atom in part.atoms
        if not atom.scope
    ):
        return False
    uses = any(
        atom.text.startswith(("使", "入れ", "用い", "書", "付け", "つけ")) for atom in part.atoms if atom.has("ban")
    )
    within = any(atom.text.lower() in ("では", "には", "での", "in", "on") for atom in part.atoms)
    return uses or within


def _words_or_sending() -> Trouble:
    return Trouble(
        "前の文の言葉や記号を使わない、という意味ですか。それとも、配信そのものをしない、という意味ですか。"
        "何をしないのかを書き足してください。",
        "Is this about the words or marks of the sentence before, or about not sending at all? Say what is not used.",
        weight=6,
    )

"""Courtesies: stretches that ask for nothing: greetings, signatures, reasons, headings, mail headers."""

import re

from policies.directives.atom import Atom
from policies.directives.frame import Said
from policies.directives.lexicon import courtesies as words

GREETING: Said = (
    "あいさつ・署名・見出しなどで、指示は含まれていません。",
    "A greeting, signature or heading; it carries no instruction.",
)
REASON: Said = ("理由の説明で、指示は含まれていません。", "A reason; it carries no instruction.")
BINDING = (
    "time",
    "hours",
    "span",
    "count",
    "percent",
    "money",
    "chars",
    "days",
    "dates",
    "quote",
    "number",
    "only",
    "undefined",
    "who",
)
FREE = ("courtesy", "glue", "mark", "people", "and", "topic")
NAME = re.compile(r"^[A-Z][A-Za-z'.-]{1,20}(?: [A-Z][A-Za-z'.-]{0,20}){0,2}[.!]?$")


def courtesy(atoms: list[Atom], text: str, after_courtesy: bool) -> Said | None:
    """Why a stretch carries no instruction, None where it may carry one."""
    bare = text.strip().rstrip("。.、,!:：; ")
    if atoms and all(atom.has(*FREE) for atom in atoms) and any(atom.has("courtesy") for atom in atoms):
        return GREETING
    if (
        re.match(words.HEADER_LINE, bare.lower())
        or re.fullmatch(words.TITLE, text.strip().lower())
        or _dated(atoms, bare.lower())
    ):
        return GREETING
    if any(atom.has(*BINDING) for atom in atoms):
        return None
    if (
        "|" in bare
        and all(
            atom.has("mark", "glue", "noun", "most", "cap", "people", "part", "window", "discount", "offer", "what")
            for atom in atoms
        )
        and not any(atom.has("ban") and not atom.has("mark") for atom in atoms)
    ):
        return GREETING
    if re.match(words.HEADING_JA, bare) or re.match(words.HEADING_EN, bare.lower()):
        return GREETING if not _orders(atoms) else None
    named = (
        re.match(words.OFFICE_JA, bare)
        or _introduces(atoms, bare)
        or (re.match(words.SIGNATURE_JA, bare) and not _means(atoms))
    )
    if named or (
        after_courtesy and not _means(atoms) and (NAME.match(bare) or re.fullmatch(r"[一-龠ぁ-んァ-ヶ]{1,6}", bare))
    ):
        return GREETING if not _orders(atoms) else None
    return None


def _dated(atoms: list[Atom], bare: str) -> bool:
    """Minutes, 20 Nov: a heading with the day, and nothing that it could bind."""
    bound = tuple(kind for kind in BINDING if kind not in ("dates", "number"))
    return (
        words.DATED.fullmatch(bare) is not None and not any(atom.has(*bound) for atom in atoms) and not _orders(atoms)
    )


def _introduces(atoms: list[Atom], bare: str) -> bool:
    """販促の田中です: a name that no table knows, and nothing that binds."""
    return (
        re.match(words.INTRODUCTION_JA, bare) is not None
        and any(not atom.senses for atom in atoms)
        and not any(atom.has("needs", "agreed", "may", "must", "most", "vague", "soft", "undefined") for atom in atoms)
    )


def _means(atoms: list[Atom]) -> bool:
    """Whether a word in it has a meaning for rules."""
    return any(atom.senses and not atom.has("glue", "mark", "people", "courtesy", "topic", "and") for atom in atoms)


def _orders(atoms: list[Atom]) -> bool:
    return any(atom.has("ban", "do", "must") and not atom.has("glue") for atom in atoms)


def reason(atoms: list[Atom], text: str) -> Said | None:
    """Whether part of a sentence only gives the reason for the rest."""
    bare = text.strip().rstrip("。.、,; ")
    if any(atom.has(*BINDING) for atom in atoms) or any(atom.has("ban") and not atom.text.isascii() for atom in atoms):
        return None
    if re.search(words.REASON_JA, bare) or re.match(words.REASON_EN, bare.lower()):
        return REASON
    return None

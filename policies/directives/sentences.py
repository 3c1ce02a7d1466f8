"""Sentences: where one ends, and at which words a sentence may fall into clauses."""

import re
from collections.abc import Iterator

from policies.directives.atom import AUDIENCE, Atom

QUOTED = re.compile(
    r"「[^「」]*(?:「[^「」]*」[^「」]*)*」|『[^』]*』|\"[^\"\n]+\"|(?<![A-Za-z0-9])"
    r"'[^'\n]+'(?![A-Za-z0-9])|【[^】\n]*】|「[^」\n]*」"
)
SHORT = re.compile(
    r"(?:\b[ap]\.m\.|\be\.g\.|\bi\.e\.|\betc\.|\bno\.(?=\s?\d)|\bmax\.|\bmin\.|\bmr\.|\bms\.|\bapprox\.|\bu\.s\.)",
    re.IGNORECASE,
)
END = re.compile(r"[。!?…]+[」』)]?|\.(?=\s|$)|\n")
BULLET = re.compile(r"\s*(?:[・\-*>#]+|\(?\d{1,2}[.)）](?!\d)|[①-⑳]|[a-z]\)|→|☆|★|※)\s*")
NUMBERED = re.compile(r"(?m)^[ \t]*\(?\d{1,2}[.)](?=\s)")
LABEL = re.compile(
    r"\s*【(?:重要|至急|連絡|ご連絡|共有|お願い|周知|決定事項|決定|ルール|配信ルール|注意|確認|依頼|更新|追加|再掲|全社|社内)】"
)
"""What stands before a sentence and only says how to take it."""
COMMENT = re.compile("<!--")
SIGNS = re.compile(r"\([!?…、。]{1,3}\)")
ITEM = re.compile(r"(?:^|\s)\(?(?P<n>\d)[.)](?=\s)")
"""The number of an item in a list."""
TICKS = ("○", "×")
CONTINUES = re.compile(r"\n(?=\s*[a-z(])")


def sentences(read: str) -> Iterator[tuple[int, int]]:
    """The stretches between full stops and line ends; quotes, decimals and abbreviations are no ends."""
    shielded = list(read)
    for pattern in (QUOTED, SHORT, NUMBERED, COMMENT, SIGNS):
        for found in pattern.finditer(read):
            last_dot = found.end() - 1 if pattern is SHORT and _ends_here(read, found.end()) else -1
            for place in range(*found.span()):
                if place != last_dot:
                    shielded[place] = "_"
    text = CONTINUES.sub(lambda found: " " if not _is_line_end(read, found.start()) else "\n", "".join(shielded))
    text = _numbered_apart(text, read)
    start = 0
    for found in END.finditer(text):
        yield from _trimmed(read, start, found.end())
        start = found.end()
    yield from _trimmed(read, start, len(read))


def _numbered_apart(text: str, read: str) -> str:
    """The text with every item of a list that is written on one line on a line of its own: 1. … 2. … 3. …"""
    places = list(ITEM.finditer(read))
    if [int(found["n"]) for found in places] != list(range(1, len(places) + 1)) or len(places) < 2:
        return text
    for found in places[1:]:
        start, end = found.span()
        text = f"{text[:start]}\n{'_' * (end - start - 1)}{text[end:]}"
    return text


def _ends_here(read: str, end: int) -> bool:
    """Whether an abbreviation also ends the sentence: a capital letter or nothing follows."""
    return re.match(r"\s+[A-Z]|\s*\n|\s*$", read[end:]) is not None


def _is_line_end(read: str, at: int) -> bool:
    before = read[:at].rstrip()
    return not before or before[-1] in ".。!?:,;" or BULLET.match(read[at + 1 :]) is not None


def _trimmed(read: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and read[start].isspace():
        start += 1
    while end > start and read[end - 1].isspace():
        end -= 1
    if any(sign.isalnum() or sign in "○×" for sign in read[start:end]):
        yield start, end


def pieces(atoms: list[Atom], *, lists: bool = False) -> list[list[Atom]]:
    """The atoms of a sentence at every place where a clause may end: commas, and, but, no longer に."""
    found: list[list[Atom]] = [[]]
    for place, atom in enumerate(atoms):
        listed = not lists and _within_list(atoms, place)
        if found[-1] and _begins(atoms, place) and not listed:
            found.append([])
        found[-1].append(atom)
        if _closes(atom) and (not listed or atom.text in TICKS):
            found.append([])
    return [piece for piece in found if any(not atom.has("mark") for atom in piece)]


def _within_list(atoms: list[Atom], place: int) -> bool:
    """Whether a comma or an "and" stands between two words of one kind: LINE, email or push."""
    before = next((atom for atom in reversed(atoms[:place]) if not atom.has("mark", "and")), None)
    after = next((atom for atom in atoms[place + 1 :] if not atom.has("mark", "and", "glue", "people")), None)
    if before is None or after is None:
        return False
    if before.has("quote") and after.has("quote"):
        return True
    if before.has("days") and after.has("days"):
        return True
    if before.scope is None or after.scope is None:
        return False
    both = {before.scope.name, after.scope.name}
    return len(both) == 1 or both <= set(AUDIENCE)


def _closes(atom: Atom) -> bool:
    if atom.text in TICKS:
        return True
    return (not atom.has("bracket") and atom.text in ("、", ",", ";", "—", "…", "(", ")", "。")) or (
        atom.has("ban") and atom.text.endswith(("ず", "ずに", "なく")) and not atom.text.isascii()
    )


def _begins(atoms: list[Atom], place: int) -> bool:
    atom = atoms[place]
    if atom.has("but") or atom.text.lower() in ("except", "unless", "ただし", "except for"):
        return True
    if atom.text.lower() not in ("and", "or", "nor", "&", "plus", "また", "かつ", "および"):
        return False
    following = atoms[place + 1] if place + 1 < len(atoms) else None
    return following is not None and following.has(
        "ban",
        "number",
        "most",
        "must",
        "may",
        "soft",
        "only",
        "send",
        "count",
        "discount",
        "part",
        "who",
        "what",
        "all",
        "glue",
        "quote",
        "above",
    )

"""Fillers: words that no table knows and that change nothing: endings, calls to the reader, the um of a dictation."""

from collections.abc import Sequence

from policies.directives.atom import Atom
from policies.inspection.morphology import Word, words

CALLS = frozenset(
    (
        *("guys", "folks", "mate", "team", "hey", "hello", "ok", "okay", "alright", "right", "anyway", "basically"),
        *("honestly", "well", "um", "er", "yeah", "cheers", "everybody's"),
    )
)
ENDINGS, SIGNS = frozenset(("助動詞", "感動詞")), frozenset(("補助記号", "空白"))
PARTICLES = frozenset(("って", "と", "て", "ってば"))
NO = frozenset(("ない", "ず", "ぬ", "まい", "無い"))
"""Endings that turn a sentence round."""


def without_fillers(atoms: Sequence[Atom], read: str) -> list[Atom] | None:
    """The atoms that mean something; None where one that no table knows may mean something too."""
    unknown = [atom for atom in atoms if not atom.senses and any(sign.isalnum() for sign in atom.text)]
    tokens = words(read) if any(not atom.text.isascii() for atom in unknown) else ()
    if not all(_says_nothing(atom, tokens) for atom in unknown):
        return None
    return [atom for atom in atoms if atom.senses]


def _says_nothing(atom: Atom, tokens: Sequence[Word]) -> bool:
    if atom.text.isascii():
        return atom.text.lower() in CALLS
    own = [place for place, token in enumerate(tokens) if token.start < atom.end and token.end > atom.start]
    return bool(own) and all(_is_filler(tokens, place) for place in own)


def _is_filler(tokens: Sequence[Word], place: int) -> bool:
    """An ending, a particle without weight, or a verb that only closes the sentence; never a no."""
    token = tokens[place]
    if NO & {token.lemma, token.base}:
        return False
    if token.pos in ENDINGS or token.pos in SIGNS:
        return True
    if token.pos == "助詞":
        return token.kind == "終助詞" or token.surface in PARTICLES
    closes = all(one.pos in ENDINGS | SIGNS or one.kind in ("終助詞", "接続助詞") for one in tokens[place + 1 :])
    return token.pos == "動詞" and token.kind == "非自立可能" and closes

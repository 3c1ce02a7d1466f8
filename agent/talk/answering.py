"""Answering: "each", or "customers tagged VIP", said to what a draft's reading asked back."""

import re

from agent.given import ReadClause, Reading, Unclear
from agent.talk.spoken import JAPANESE, bare, low

LONGEST = 40
"""Letters of an answer; what is longer says something of its own."""
TOGETHER = re.compile(r"合わせて|あわせて|合計|まとめて|合算|together|combined|in total|altogether|both at once")
EACH = re.compile(r"それぞれ|別々|個別|各々|チャネルごと|\beach\b|separately|individually|\bapiece\b")
ORDINALS = (
    re.compile(r"^(?:1|一|①)(?:番|つ目|個目|$)|最初|はじめの|\bfirst\b|^one$"),
    re.compile(r"^(?:2|二|②)(?:番|つ目|個目|$)|二つ目|真ん中|\bsecond\b|^two$"),
    re.compile(r"^(?:3|三|③)(?:番|つ目|個目|$)|三つ目|最後|\bthird\b|\blast\b|^three$"),
)
SAID_AROUND = re.compile(
    r"^(?:i mean(?:t)?|it's|it is|that's|those are|the|は|えっと)\s*|(?:のこと)?(?:です|だ|でお願いします"
    r"|にして(?:ください)?|で)?$"
)
COUNTED = re.compile(
    r"(?:週に?|月に?|日に?|年に?|[1一]日に?|[1一]週間に?|[1一][かヶ]月に?)?[\d一二三四五六七八九十]+\s?(?:通|回|件|本)"
)


def answered_text(text: str, reading: Reading, words: str) -> str | None:
    """The text of a draft with the answer in it; None where the words answer none of its questions."""
    if len(words) > LONGEST:
        return None
    for clause in reading.clauses:
        new = None if clause.status != "ask" else _clause(clause, words)
        if new is not None:
            return text[: clause.start] + new + text[clause.end :]
    return None


def _clause(clause: ReadClause, words: str) -> str | None:
    if clause.doubt is not None:
        meant = _meant(clause.doubt, words, japanese=JAPANESE.search(clause.text) is not None)
        return None if meant is None else clause.text.replace(clause.doubt.term, meant)
    asked = clause.question or ""
    if "それぞれ" in asked or '"each"' in asked:
        return _counted(clause.text, low(words))
    return None


def _meant(doubt: Unclear, words: str, *, japanese: bool) -> str | None:
    """The name of the reading that is meant, in the language of the clause."""
    said = SAID_AROUND.sub("", low(bare(words))).strip()
    names = [(one.name.either("ja"), one.name.either("en")) for one in doubt.readings]
    for place, (ja, en) in enumerate(names):
        ordinal = place < len(ORDINALS) and ORDINALS[place].search(said)
        if ordinal or (len(said) > 1 and any(said in low(name) or low(name) in said for name in (ja, en))):
            return ja if japanese else en
    return None


def _counted(text: str, said: str) -> str | None:
    """The clause with "together" or "each" in it."""
    together, each = TOGETHER.search(said), EACH.search(said)
    if bool(together) == bool(each):
        return None
    if JAPANESE.search(text):
        number = COUNTED.search(low(text))
        place = number.start() if number else 0
        return f"{text[:place]}{'合わせて' if together else 'それぞれ'}{text[place:]}"
    end = len(text.rstrip(" .!"))
    return f"{text[:end]} {'combined' if together else 'each'}{text[end:]}"

"""What must be there: required phrases, disclosures and labels, looked for in every body that a reader may see."""

from collections.abc import Iterator

from domain.sender import Sender
from policies.checking.desk import Desk
from policies.checking.fault import Fault, in_copy
from policies.checking.lengths import graphemes
from policies.checking.letters import plain, read, squeezed
from policies.rules.label import Label
from policies.rules.required_phrase import RequiredPhrase

BODIES = ("body", "text", "html")
FIRST = ("subject", "title", "preheader", "body", "text")
WAYS_OUT = ("停止", "配信解除", "ブロック", "unsubscribe", "opt out", "opt-out", "stop", "turn off")


def missing(rule: RequiredPhrase, desk: Desk) -> Iterator[Fault]:
    """Every phrase and disclosure stands where it must."""
    texts = _texts(desk, rule.part)
    told = [phrase for phrase in rule.phrases if all(_stands(rule, phrase, text) for text in texts)]
    lacking = set(rule.phrases) - set(told) if not rule.any_of else set(rule.phrases) if not told else set()
    for phrase in sorted(lacking):
        yield in_copy(rule.id, rule.type, rule.part or "message", phrase, "入っていません", "is missing")
    for disclosure in rule.disclosures:
        if not texts or not all(_disclosed(disclosure, desk, text) for text in texts):
            yield in_copy(rule.id, rule.type, rule.part or "message", disclosure, "入っていません", "is missing")


def _texts(desk: Desk, part: str | None) -> list[str]:
    """The named part; else each of text and HTML body, with all short parts before it."""
    shown = {piece.name: piece.text for piece in desk.pieces}
    if part == "body":
        return [shown[name] for name in BODIES if name in shown] or [""]
    if part is not None:
        return [shown.get(part, "")]
    head = "\n".join(shown[name] for name in ("subject", "preheader", "title") if name in shown)
    return [f"{head}\n{shown[name]}" for name in BODIES if name in shown] or [head]


def _stands(rule: RequiredPhrase, phrase: str, text: str) -> bool:
    wanted, shown = squeezed(read(phrase)), squeezed(read(text))
    if not wanted:
        return phrase in text
    if rule.position == "start":
        return wanted in shown[: rule.within + len(wanted)]
    return wanted in (shown[-(rule.within + len(wanted)) :] if rule.position == "end" else shown)


def _disclosed(disclosure: str, desk: Desk, text: str) -> bool:
    shown, sender = plain(text), desk.sender
    match disclosure:
        case "sender_name":
            return any(one in shown for one in _both(sender, "legal_name", "name"))
        case "sender_address":
            return any("".join(one.split()) in "".join(shown.split()) for one in _both(sender, "address"))
        case "sender_contact":
            return bool(sender.phone) and plain(sender.phone) in shown
        case _:
            return any(word in shown for word in WAYS_OUT)


def _both(sender: Sender, *names: str) -> list[str]:
    texts = [getattr(sender, name) for name in names]
    return [plain(words) for text in texts for words in (text.ja, text.en) if words]


def labelled(rule: Label, desk: Desk) -> Iterator[Fault]:
    """The message says what it is within its first signs."""
    first = next((text for name in FIRST if (text := getattr(desk.message, name))), "")
    first = first or next((piece.text for piece in desk.pieces if piece.text.strip()), "")
    head = ""
    for sign in plain(first).strip():
        if graphemes(head) >= rule.within:
            break
        head += sign
    tags = [word for word in head.split() if word.startswith("#")]
    shown = " ".join(word for word in head.split() if not word.startswith("#")) + " " + (tags[0] if tags else "")
    if not any(plain(word) in shown for word in rule.words):
        yield in_copy(
            rule.id, rule.type, "message", first, "広告の表示で始まっていません", "does not begin with a label"
        )

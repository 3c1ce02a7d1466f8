"""Encodings: in which alphabet of bytes a text file is written, as far as its bytes show it."""

import codecs
import re
from pathlib import Path
from typing import Literal, NamedTuple

Encoding = Literal["utf-8", "cp932", "utf-16", "euc-jp"]
SAMPLE = 4 * 1024 * 1024
"""Bytes that are looked at; a file that begins with this much ASCII and goes on in Shift_JIS needs to be told."""
MARKS: tuple[tuple[bytes, Encoding], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
NAMES: dict[str, Encoding] = {
    **dict.fromkeys(("utf-8", "utf8", "utf-8-sig", "utf-8-bom", "utf_8"), "utf-8"),
    **dict.fromkeys(("cp932", "shift_jis", "shift-jis", "sjis", "s-jis", "ms932", "windows-31j"), "cp932"),
    **dict.fromkeys(("utf-16", "utf16", "utf_16"), "utf-16"),
    **dict.fromkeys(("euc-jp", "eucjp", "euc_jp"), "euc-jp"),
}


NO_TEXT = re.compile("[\ud800-\udfff\x80\xa0\uf8f1\uf8f2\uf8f3]")
"""What stands for a byte that an encoding does not have; the last five are what CP932 lets through."""


class Look(NamedTuple):
    """What the bytes look like: the encoding, and how many of them it cannot read."""

    encoding: Encoding
    unreadable: int


def detect(path: Path) -> Look:
    """The encoding of a file: its byte order mark, else the one that leaves fewest bytes unread; UTF-8 wins a tie."""
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    for mark, encoding in MARKS:
        if sample.startswith(mark):
            return Look(encoding, 0)
    choices: tuple[Encoding, ...] = ("utf-8", "cp932", "euc-jp")
    looks = [Look(one, _unreadable(sample, one)) for one in choices]
    return min(looks, key=lambda look: look.unreadable)


def codec_of(encoding: Encoding) -> str:
    """The codec that reads it, byte order mark or not."""
    return "utf-8-sig" if encoding == "utf-8" else encoding


def _unreadable(sample: bytes, encoding: Encoding) -> int:
    """How many bytes cannot be read; a last character that the sample cuts in two does not count."""
    reader = codecs.getincrementaldecoder(encoding)("surrogateescape")
    text = reader.decode(sample, final=False)
    return 0 if text.isascii() else len(NO_TEXT.findall(text))

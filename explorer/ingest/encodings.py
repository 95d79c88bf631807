"""Texts in another encoding as UTF-8: by their mark, or as somebody has said, and never else."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from explorer.errors import SourceError
from explorer.ingest import magic
from explorer.ingest.unrolled import stream_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from explorer.ingest.entry import Entry

BLOCK = 1 << 20
UTF16, UTF32 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE), codecs.BOM_UTF32_LE
ENCODINGS = {
    "windows-1252": "Windows-1252 (Western Europe)",
    "iso-8859-1": "Latin-1",
    "windows-1250": "Windows-1250 (Central Europe)",
    "windows-1251": "Windows-1251 (Cyrillic)",
    "windows-1254": "Windows-1254 (Turkish)",
    "windows-1256": "Windows-1256 (Arabic)",
    "gb18030": "GB 18030 (simplified Chinese)",
    "big5": "Big5 (traditional Chinese)",
    "shift_jis": "Shift JIS (Japanese)",
    "euc-kr": "EUC-KR (Korean)",
    "utf-16-le": "UTF-16 without a mark",
    "utf-16-be": "UTF-16 without a mark (big-endian)",
}
"""What a text may be said to be in, and its title."""
HAN, HIGH = re.compile("[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]"), re.compile(rb"[\x80-\xff]")
CYRILLIC, SMALL = re.compile(rb"[\xc0-\xff]{3}"), re.compile(rb"[\xe0-\xff]")
MOSTLY = 0.9
"""Share of the letters beyond ASCII that must be Han, Kana or Hangul to take a text for those."""


def known(name: str) -> str:
    """Return the name of an encoding as we have it.

    Raises
    ------
    SourceError
        If we have none of that name.
    """
    key = name.strip().lower().replace("_", "-")
    short = {"latin-1": "iso-8859-1", "latin1": "iso-8859-1", "shift-jis": "shift_jis"}
    key = short.get(key, key).replace("cp125", "windows-125")
    if key in ENCODINGS:
        return key
    raise SourceError(
        f"{name[:40]!r} is no encoding that can be named.", f"Name one of {', '.join(ENCODINGS)}."
    )


def is_utf8(sample: bytes) -> bool:
    """Say whether bytes begin a text in UTF-8; the last letter may be cut."""
    return _fits(sample, "utf-8")


def guess(sample: bytes) -> str:
    """Return what a text that is not UTF-8 is likely in: an offer, for somebody to accept."""
    zeros = sample[:4096].count(b"\x00")
    if zeros * 4 > len(sample[:4096]):
        return "utf-16-le" if b"\x00" in sample[1:4096:2] else "utf-16-be"
    high = len(HIGH.findall(sample))
    runs, small = 3 * len(CYRILLIC.findall(sample)), len(SMALL.findall(sample))
    if runs > 0.5 * high and small > 0.6 * high:  # Han would have its first bytes below
        return "windows-1251"
    for name in ("euc-kr", "shift_jis", "gb18030", "big5"):
        if _fits(sample, name):
            beyond = [one for one in sample.decode(name, "ignore") if one > "\x7f"]
            han = sum(HAN.match(one) is not None for one in beyond)
            if len(beyond) > 1 and han >= MOSTLY * len(beyond):
                return name
    return "windows-1252" if _fits(sample, "windows-1252") else "iso-8859-1"


def hint(sample: bytes) -> str:
    """Return the way out for a text that is not UTF-8: what it looks like, and where to say so."""
    name = guess(sample)
    return (
        f"It looks like {ENCODINGS[name]}. If it is, say --encoding {name}, or choose that where "
        "its columns are named (File, Open with mapping); or save it as UTF-8."
    )


def recoded(entry: Entry, chosen: str = "") -> Entry:
    """Return a stream as UTF-8 if it is marked as UTF-16, or in what is *chosen* and not UTF-8.

    Text in JSON and XML is never taken for what is chosen: these say themselves what they are in.
    It is read once to know its length; no more than a few megabytes of it are held.

    Raises
    ------
    SourceError
        If it has bytes that mean nothing in that encoding.
    """
    sample = entry.sample()
    if sample.startswith(UTF16) and not sample.startswith(UTF32):
        return _as_utf8(entry, "utf-16", "UTF-16 by its mark")
    if not chosen or not _may_be(sample, chosen) or _whole_utf8(entry):
        return entry
    return _as_utf8(entry, chosen, f"{ENCODINGS[chosen]}, as was chosen")


def as_utf8(sample: bytes, chosen: str) -> bytes:
    """Return the beginning of a text as ``recoded`` would give it; odd bytes become a sign."""
    if not chosen or (is_utf8(sample) and b"\x00" not in sample):
        return sample
    return codecs.getincrementaldecoder(chosen)("replace").decode(sample).encode("utf-8", "replace")


def _may_be(sample: bytes, chosen: str) -> bool:
    wide = chosen.startswith("utf-16")
    return wide == (b"\x00" in sample[:4096]) and (wide or magic.what(sample, "") == "a text")


def _fits(sample: bytes, name: str) -> bool:
    try:
        codecs.getincrementaldecoder(name)().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _whole_utf8(entry: Entry) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with entry.open() as stream:
            while block := stream.read(BLOCK):
                if b"\x00" in block:
                    return False
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _as_utf8(entry: Entry, name: str, written: str) -> Entry:
    size = 0
    try:
        with entry.open() as stream:
            for block in _blocks(lambda: stream, name):
                size += len(block)
    except UnicodeDecodeError as error:
        title = ENCODINGS.get(name, "UTF-16")
        raise SourceError(
            f"{entry.shown} is not all in {title}: bytes {error.object[error.start :][:2].hex(' ')}"
            " mean nothing there.",
            "Say another encoding, or save it as UTF-8.",
        ) from None
    start = partial(stream_of, partial(_blocks, entry.start, name))
    return replace(entry, size=size, start=start, written=written)


def _blocks(start: Callable[[], BinaryIO], name: str) -> Iterator[bytes]:
    """Yield the text of a stream in UTF-8; what XML says of its encoding becomes true again."""
    decoder = codecs.getincrementaldecoder(name)()
    first = True
    with start() as stream:
        while block := stream.read(BLOCK):
            text = decoder.decode(block)
            if first and text.lstrip().startswith("<?xml"):
                text = re.sub(r"encoding\s*=\s*([\"'])[^\"']*\1", 'encoding="UTF-8"', text, count=1)
            first = False
            if text:
                yield text.encode()
        yield decoder.decode(b"", final=True).encode()

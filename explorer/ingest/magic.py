"""What something is by its first bytes, in words, so that a refusal can say it."""

from __future__ import annotations

import codecs

MAGIC = (
    (b"version https://git-lfs", "a Git LFS pointer: the file itself was not downloaded"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"RIFF", "a picture, sound or film"),
    (b"\x1a\x45\xdf\xa3", "a film"),
    (b"ID3", "a sound"),
    (b"PK\x03\x04", "a zip inside a zip"),
    (b"\x1f\x8b", "gzip inside a zip"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"BZh", "packed with bzip2"),
    (b"\xfd7zXZ", "packed with xz"),
    (b"\x28\xb5\x2f\xfd", "packed with Zstandard"),
    (b"SQLite format", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\xff\xfe", "text in UTF-16"),
    (b"\xfe\xff", "text in UTF-16"),
    (b"<", "a page or graph in XML or HTML"),
    (b"{", "JSON"),
    (b"[", "JSON"),
)
MEDIA = frozenset(
    (
        *(".jpg", ".jpeg", ".png", ".gif", ".webp"),
        *(".mp4", ".mov", ".m4v", ".webm", ".avi", ".mp3", ".m4a"),
    )
)
OFFICE = {".xlsx": "an Excel workbook", ".docx": "a Word document", ".ods": "a spreadsheet"}


def what(head: bytes, name: str) -> str:
    """Say what something is by its first bytes, then by its name: "a PDF"."""
    if not head:
        return "empty"
    if name.lower().endswith(tuple(OFFICE)) and head.startswith(b"PK"):
        return OFFICE["." + name.rsplit(".", 1)[-1].lower()]
    if head[4:8] == b"ftyp":
        return "a film or picture"
    stripped = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if b'"starling_truth"' in stripped:
        return "the known truth of a simulation"
    found = (
        words
        for magic, words in MAGIC
        if head.startswith(magic) or (len(magic) == 1 and stripped.startswith(magic))
    )
    return next(found, "binary" if binary(head) else "a text")


def words(head: bytes, name: str) -> str:
    """Say what something is that nobody could read; of a text, if it is in another encoding."""
    found = what(head, name)
    return found if found != "a text" or _utf8(head) else "a text in another encoding than UTF-8"


def _utf8(head: bytes) -> bool:
    """Say whether bytes begin a text in UTF-8; the last letter may be cut."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(head)
    except UnicodeDecodeError:
        return False
    return True


def binary(head: bytes) -> bool:
    """Say whether no text begins like this: NUL or more than a few other control characters."""
    if b"\x00" in head[:4096]:
        return True
    control = sum(byte < 9 or 13 < byte < 32 for byte in head[:4096])
    return control * 50 > len(head[:4096])


PACKED = (
    ("word/", "a Word document", ""),
    ("ppt/", "a slide show", ""),
)
"""Documents that are zips inside, by a folder they hold."""


def document(names: list[str]) -> tuple[str, str] | None:
    """Return what a zip with these members really is, and a hint; None if just a zip."""
    if {"mimetype", "meta.json", "seal.txt"}.issubset(names):
        return "a Starling session", "Open it by itself: its graph would be counted twice here."
    if "content.xml" in names and "mimetype" in names:
        return "an OpenDocument file", "Save its sheets as CSV (UTF-8) and drop those."
    if "[Content_Types].xml" in names:
        for folder, words, hint in PACKED:
            if any(name.startswith(folder) for name in names):
                return words, hint
    return None


def workbook(names: list[str]) -> bool:
    """Say whether a zip with these members is an Excel workbook."""
    return "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names)


def media(name: str) -> bool:
    """Say whether a name is that of a picture, film or sound."""
    return "." + name.rsplit(".", 1)[-1].lower() in MEDIA

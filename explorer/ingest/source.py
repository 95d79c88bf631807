"""What was dropped: files, folders and zips, told apart by first bytes, hashed, bounded."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, Protocol

from explorer.errors import SourceError
from explorer.ingest import inside, magic, packed, parquet, workbook, zipstream
from explorer.ingest.entry import Entry, Foreign, shown, unreadable

if TYPE_CHECKING:
    from pathlib import Path

    from explorer.ingest.inside import Copies

MOST_FILES, DEEPEST = 20_000, 12
"""In a folder that was dropped: files, and folders within folders."""
BLOCK = 8 << 20


class Tick(Protocol):
    """Hears how many bytes were read."""

    def __call__(self, count: int, note: str, /) -> None:
        """Take note."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file that was dropped, or found in a folder that was, and the streams in it.

    Attributes
    ----------
    stamp
        Size and time of its parts when they were hashed.
    barred
        Members that are not to be read, and why.
    """

    path: Path
    sha256: str
    stamp: tuple[tuple[int, int], ...]
    entries: tuple[Entry, ...]
    barred: tuple[tuple[str, str], ...] = ()

    def check(self) -> None:
        """Raise SourceError if the file is not what it was when it was hashed."""
        try:
            same = stamp(self.path) == self.stamp
        except OSError as error:
            raise unreadable(self.path, error) from None
        if not same:
            raise SourceError(
                f"{self.path.name} changed while it was read.",
                "Wait until it is whole, then drop it again.",
            )


def files(path: Path) -> list[Path]:
    """Return the files below *path*, or *path* itself if it is no folder; split sets but once.

    Raises
    ------
    SourceError
        If nothing is there, or far too much.
    """
    try:
        if not stat.S_ISDIR(path.stat().st_mode):
            return [_whole_set(path)]
    except OSError as error:
        raise unreadable(path, error) from None
    found: list[Path] = []
    for folder, folders, names in os.walk(path):
        here = path.__class__(folder)
        folders[:] = sorted(one for one in folders if not one.startswith((".", "__MACOSX")))
        if len(here.relative_to(path).parts) >= DEEPEST:
            folders.clear()
        found += [
            here / name
            for name in sorted(names)
            if not name.startswith(".") and name not in zipstream.JUNK
        ]
        if len(found) > MOST_FILES:
            raise SourceError(
                f"The folder {shown(path.name)} holds more than {MOST_FILES:,} files.",
                "Drop the folder that holds the tables alone.",
            )
    return list(dict.fromkeys(_whole_set(one) for one in found))


def _whole_set(path: Path) -> Path:
    """Return the file that stands for the split set that *path* belongs to."""
    if re.fullmatch(r"\.z\d\d", path.suffix.lower()):
        last = path.with_suffix(".zip")
        return last if last.exists() else path
    if re.search(r"\.zip\.\d{3}$", path.name, re.IGNORECASE):
        return zipstream.parts(path)[0] if zipstream.parts(path) else path
    return path


def stamp(path: Path) -> tuple[tuple[int, int], ...]:
    """Return size and time of a file, or of each part of a split set."""
    found = (part.stat() for part in zipstream.parts(path))
    return tuple((one.st_size, one.st_mtime_ns) for one in found)


def examine(path: Path, tick: Tick, copies: Copies) -> Source:
    """Look at one file: what it is, its hash, and the streams in it.

    Parameters
    ----------
    copies
        Takes what cannot be read where it is.

    Raises
    ------
    SourceError
        If it cannot be read, is damaged, or bars its own reading.
    """
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise SourceError(f"{shown(path.name)} is not a file but a link, pipe or device.")
        before = stamp(path)
        digest = _digest(path, tick)
        with path.open("rb") as file:
            head = file.read(512)
        entries, barred = _entries(path, head, copies)
    except OSError as error:
        raise unreadable(path, error) from None
    source = Source(path, digest, before, entries, barred)
    source.check()
    return source


def streams(path: Path, copies: Copies) -> tuple[tuple[Entry, ...], tuple[tuple[str, str], ...]]:
    """Return the streams in a file, and the members that are not to be read; no hash is made.

    Raises
    ------
    SourceError
        If it cannot be read, or is damaged.
    """
    try:
        with path.open("rb") as file:
            head = file.read(512)
        return _entries(path, head, copies)
    except OSError as error:
        raise unreadable(path, error) from None


def _entries(
    path: Path, head: bytes, copies: Copies
) -> tuple[tuple[Entry, ...], tuple[tuple[str, str], ...]]:
    if not head:
        raise SourceError(f"{shown(path.name)} is empty.", "It may not have been copied whole.")
    split = len(zipstream.parts(path)) > 1
    if split or head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        members = zipstream.members(path)
        names = [one.name for one in members]
        if magic.workbook(names):
            return workbook.entries(path), ()
        document = magic.document(names)
        if document:
            raise Foreign(f"{shown(path.name)} is {document[0]}, not a table.", document[1])
        return (
            inside.entries(path, [one for one in members if not one.objection], copies),
            tuple((one.name, one.objection) for one in members if one.objection),
        )
    if head.startswith(b"PAR1"):
        return (parquet.entry(path),), ()
    opens = packed.opener(head)
    if opens is not None:
        size = path.stat().st_size
        plain = Entry(path, "", size, partial(_opened, path))
        return tuple(inside.unpacked(plain, opens, size, copies)), ()
    if path.suffix.lower() == ".zip":
        raise SourceError(
            f"{shown(path.name)} is named like a zip but is {magic.what(head, path.name)}.",
            "Download it again.",
        )
    return (Entry(path, "", path.stat().st_size, partial(_opened, path)),), ()


def _opened(path: Path) -> BinaryIO:
    return path.open("rb")


def _digest(path: Path, tick: Tick) -> str:
    digest = hashlib.sha256()
    for part in zipstream.parts(path):
        with part.open("rb") as file:
            while block := file.read(BLOCK):
                digest.update(block)
                tick(len(block), f"checking {shown(path.name)}…")
    return digest.hexdigest()

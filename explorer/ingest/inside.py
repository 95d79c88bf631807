"""What is inside zips and packed files: text as a stream; workbooks, Parquet and zips as copies.

Those cannot be read from their beginning to their end: each is copied to a private folder,
which goes at the end of the import, or when the next one finds it left behind.
"""

from __future__ import annotations

import re
import shutil
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, Self

from explorer.archive import store
from explorer.errors import SourceError
from explorer.ingest import magic, packed, parquet, workbook, zipstream
from explorer.ingest.entry import Entry, Foreign, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from explorer.ingest.zipstream import Member

HEAD = 128
"""Bytes that tell what a member is."""
MOST_COPIED = 2 << 30
"""Bytes of workbooks, Parquet and zips that are copied in one import."""
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
LEAST_ZIP = 22
MEDIA = re.compile(r"(?:^|[^a-z])media(?:[^a-z]|$)", re.IGNORECASE)
"""In the name of a zip: pictures and films, gigabytes of which come with some archives."""
SPARE = 64 << 20
"""Bytes of disk that are left free."""
BOOKS = (".xlsx", ".xlsm")
BLOCK = 1 << 20


class Copies:
    """Streams copied to a private folder, which goes at the end of the block."""

    def __init__(self, home: Path | None = None) -> None:
        self._home, self._copied, self._count = home, 0, 0
        self._folder: Path | None = None
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        self._stack.close()

    def of(self, entry: Entry) -> Path:
        """Copy a stream, and return where to.

        Raises
        ------
        SourceError
            If there is more than may be copied, or no room for it.
        """
        self._copied += entry.size
        if self._copied > MOST_COPIED:
            raise SourceError(
                f"{entry.path.name} holds more than {MOST_COPIED / 1e9:.1f} GB of workbooks and "
                "Parquet or of zips.",
                "Unpack it, and drop what is in it.",
            )
        if self._folder is None:
            self._folder = self._stack.enter_context(store.incoming(store.cache_folder(self._home)))
        if shutil.disk_usage(self._folder).free < entry.size + SPARE:
            raise SourceError(
                f"There is no room on the disk to unpack {entry.shown} for a while: it takes "
                f"{entry.size / 1e6:,.0f} MB.",
                "Make room, or name a folder on another disk in STARLING_CACHE.",
            )
        self._count += 1
        copy = self._folder / str(self._count)
        with entry.open() as stream, copy.open("xb") as file:
            while block := stream.read(BLOCK):
                file.write(block)
        return copy


def entries(path: Path, members: Sequence[Member], copies: Copies) -> tuple[Entry, ...]:
    """Return the streams in a zip: of a workbook each sheet, of what is packed the content.

    A zip in it is looked into, but not what is a zip in that one.

    Raises
    ------
    SourceError
        If a member is damaged, or built to deceive.
    """
    found: list[Entry] = []
    for entry, head, taken in _members(path, "", path, members):
        inner = _zipped(entry, head, taken, copies)
        found += _streams(entry, head, taken, copies) if inner is None else inner
    return tuple(found)


def _members(
    dropped: Path, folder: str, path: Path, members: Sequence[Member]
) -> Iterator[tuple[Entry, bytes, int]]:
    """Yield each member of the zip at *path*, how it begins, and what it takes there.

    It is named as what lies in *folder* of what was *dropped*.
    """
    heads = zipstream.heads(path, [one.place for one in members], HEAD)
    for one, head in zip(members, heads, strict=True):
        name = f"{folder}/{one.name}" if folder else one.name
        start = partial(zipstream.open_member, path, one.place)
        yield Entry(dropped, name, one.size, start), head, one.packed


def _zipped(entry: Entry, head: bytes, taken: int, copies: Copies) -> Sequence[Entry] | None:
    """Return the streams in a member that is a zip of files; None if it is something else.

    Raises
    ------
    SourceError
        If it is damaged, or built to deceive: all of it may be ``MOST_RATIO`` times as long as
        what it takes in the outer zip, no more, however that is divided between the two.
    """
    office = b"[Content_Types]" in head or entry.ending in (*BOOKS, *magic.OFFICE)
    small = entry.size < LEAST_ZIP  # than the directory of any zip
    if not head.startswith(ZIP) or small or office or MEDIA.search(entry.name):
        return None
    copy = copies.of(entry)
    members = zipstream.members(copy, entry.shown)
    names = [one.name for one in members]
    if magic.document(names) or magic.workbook(names):
        return None
    if sum(one.size for one in members) > zipstream.MOST_RATIO * max(taken, zipstream.LEAST_PACKED):
        raise SourceError(
            f"{entry.shown} expands more than {zipstream.MOST_RATIO} to 1, as a bomb does."
        )
    for one in members:
        if one.objection and not magic.media(one.name):
            raise SourceError(
                f"{shown(one.name)} in {entry.shown} {one.objection}.",
                "Unpack what you trust and make a new zip of it, or drop the tables themselves.",
            )
    fit = [one for one in members if not one.objection]
    found: list[Entry] = []
    for inner, begin, packed_ in _members(entry.path, entry.member, copy, fit):
        found += _streams(inner, begin, packed_, copies)
    return found


def _streams(entry: Entry, head: bytes, taken: int, copies: Copies) -> Sequence[Entry]:
    if magic.media(entry.name):
        return (entry,)
    opens = packed.opener(head)
    return unpacked(entry, opens, taken, copies) if opens else _tables(entry, head, taken, copies)


def unpacked(
    entry: Entry, opens: Callable[[packed.Start], BinaryIO], taken: int, copies: Copies
) -> Sequence[Entry]:
    """Return the streams in a packed one, which takes *taken* bytes on disk.

    Raises
    ------
    SourceError
        If it is damaged, or built to deceive.
    """
    try:
        size = packed.size(entry.start, taken, entry.shown, opens)
    except zipstream.DAMAGE as error:
        raise zipstream.damage(entry.path, entry.member, error) from None
    plain = replace(entry, size=size, start=partial(opens, entry.start))
    with plain.open() as stream:
        head = stream.read(HEAD)
    return _tables(plain, head, taken, copies)


def _tables(entry: Entry, head: bytes, taken: int, copies: Copies) -> Sequence[Entry]:
    """Return a stream itself, or the tables in it if it is no text."""
    try:
        if head.startswith(b"PAR1"):
            return (parquet.entry(copies.of(entry), entry, taken),)
        if head.startswith(b"PK") and (b"[Content_Types]" in head or entry.ending in BOOKS):
            return workbook.entries(copies.of(entry), entry, taken)
    except Foreign:  # a document of another kind, or an empty workbook: named as what it is
        pass
    return (entry,)

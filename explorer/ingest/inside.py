"""What zips hold that is no text: packed streams as they are, workbooks and Parquet as copies.

Those two cannot be read from their beginning to their end: each is copied to a private folder,
which goes at the end of the import, or when the next one finds it left behind.
"""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Self

from explorer.archive import store
from explorer.errors import SourceError
from explorer.ingest import magic, packed, parquet, workbook, zipstream
from explorer.ingest.entry import Entry, Foreign

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from explorer.ingest.zipstream import Member

HEAD = 128
"""Bytes that tell what a member is."""
MOST_COPIED = 2 << 30
"""Bytes of workbooks and Parquet that are copied out of one zip."""
SPARE = 64 << 20
"""Bytes of disk that are left free."""
BOOKS = (".xlsx", ".xlsm")
BLOCK = 1 << 20


class Copies:
    """Members of zips, copied to a private folder that goes at the end of the block."""

    def __init__(self, home: Path | None = None) -> None:
        self._home, self._copied, self._count = home, 0, 0
        self._folder: Path | None = None
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_failure: object) -> None:
        self._stack.close()

    def of(self, member: Member, entry: Entry) -> Path:
        """Copy a member, and return where to.

        Raises
        ------
        SourceError
            If there is more than may be copied, or no room for it.
        """
        self._copied += member.size
        if self._copied > MOST_COPIED:
            raise SourceError(
                f"{entry.path.name} holds more than {MOST_COPIED / 1e9:.1f} GB of workbooks and "
                "Parquet.",
                "Unpack it, and drop what is in it.",
            )
        if self._folder is None:
            self._folder = self._stack.enter_context(store.incoming(store.cache_folder(self._home)))
        if shutil.disk_usage(self._folder).free < member.size + SPARE:
            raise SourceError(
                f"There is no room on the disk to unpack {entry.shown} for a while: it takes "
                f"{member.size / 1e6:,.0f} MB.",
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

    Raises
    ------
    SourceError
        If a member is damaged, or built to deceive.
    """
    heads = zipstream.heads(path, [one.place for one in members], HEAD)
    return tuple(
        found
        for one, head in zip(members, heads, strict=True)
        for found in _streams(path, one, head, copies)
    )


def _streams(path: Path, one: Member, head: bytes, copies: Copies) -> Sequence[Entry]:
    plain = Entry(path, one.name, one.size, partial(zipstream.open_member, path, one.place))
    if magic.media(one.name):
        return (plain,)
    opens = packed.opener(head)
    try:
        if opens is not None:
            size = packed.size(plain.start, one.packed, plain.shown, opens)
            return (replace(plain, size=size, start=partial(opens, plain.start)),)
        if head.startswith(b"PAR1"):
            return (parquet.entry(copies.of(one, plain), plain, one.packed),)
        if head.startswith(b"PK") and (b"[Content_Types]" in head or plain.ending in BOOKS):
            return workbook.entries(copies.of(one, plain), plain, one.packed)
    except zipstream.DAMAGE as error:
        raise zipstream.damage(path, one.name, error) from None
    except Foreign:  # a document of another kind, or an empty workbook: named as what it is
        pass
    return (plain,)

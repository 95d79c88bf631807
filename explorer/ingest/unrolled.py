"""Tables that are no text, as the CSV they amount to: so there is one way to read all tables."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from explorer.errors import SourceError
from explorer.ingest import zipstream
from explorer.ingest.entry import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

KEPT = 128 << 20
"""Bytes of text that are kept rather than made again each time: of all tables together."""
ROWS = 2000
"""Rows that become text at once."""


class _Blocks(io.RawIOBase):
    """A stream of blocks as they are made."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks, self._ready = blocks, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        done = 0
        while done < len(buffer):
            if not self._ready:
                block = next(self._blocks, None)
                if block is None:
                    break
                self._ready = memoryview(block)
            count = min(len(buffer) - done, len(self._ready))
            buffer[done : done + count] = self._ready[:count]
            self._ready, done = self._ready[count:], done + count
        return done

    def close(self) -> None:
        if not self.closed and hasattr(self._blocks, "close"):
            self._blocks.close()  # a generator's own files
        super().close()


class _Kept:
    """The text of a table, kept as long as somebody may read it."""

    together = 0

    def __init__(self, blocks: list[bytes], size: int) -> None:
        self._blocks, self._size = blocks, size
        _Kept.together += size

    def __call__(self) -> BinaryIO:
        """Open it."""
        return stream_of(lambda: iter(self._blocks))

    def __del__(self) -> None:
        _Kept.together -= self._size


def stream_of(make: Callable[[], Iterator[bytes]]) -> BinaryIO:
    """Return blocks as they are made as one stream."""
    return cast("BinaryIO", io.BufferedReader(_Blocks(make()), 1 << 18))


def entry(path: Path, member: str, make: Callable[[], Iterator[bytes]], packed: int) -> Entry:
    """Return a table as a stream of CSV; it is made once to know its length.

    Parameters
    ----------
    make
        Gives the same blocks of text each time.
    packed
        Bytes that it takes on disk: it may be ``MOST_RATIO`` times as long as text, no more.

    Raises
    ------
    SourceError
        If it is damaged, or far longer than its file.
    """
    most = zipstream.MOST_RATIO * max(packed, zipstream.LEAST_PACKED)
    found = Entry(path, member, 0, partial(stream_of, make), guarded=False)
    size, kept = 0, list[bytes]()
    room = KEPT - _Kept.together
    with found.open() as stream:
        while block := stream.read(1 << 18):
            size += len(block)
            if size > most:
                raise SourceError(
                    f"{found.shown} expands more than {zipstream.MOST_RATIO} to 1, as a bomb does."
                )
            if size <= room:
                kept.append(block)
            else:
                kept.clear()
    if size <= room:
        return replace(found, size=size, start=_Kept(kept, size))
    return replace(found, size=size)


def written(rows: Iterable[list[str]]) -> Iterator[bytes]:
    """Yield rows as CSV."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)  # ends records with both returns, so that lone ones are quoted
    for place, row in enumerate(rows, 1):
        writer.writerow(row)
        if place % ROWS == 0:
            yield text.getvalue().encode("utf-8", "replace")
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode("utf-8", "replace")

"""Say how far an import is: by bytes read, and by what was found so far."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from explorer.ingest.entry import Entry
    from explorer.job import Report

OFTEN = 0.08
"""Seconds between two reports."""
HASHED, READ = 0.06, 0.7
"""Fractions of the whole at which the files are hashed, and at which the tables are read."""


@dataclass(frozen=True, slots=True)
class Found:
    """What an import has found so far, for the window to count up."""

    accounts: int = 0
    posts: int = 0
    edges: int = 0


class Meter:
    """Turns bytes into reports, never too many and never backwards."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._done = 0.0
        self._spoke = 0.0
        self._hashed = self._to_hash = 0
        self._read = self._to_read = 1
        self.found = Found()

    def expect(self, to_hash: int = 0, to_read: int = 0) -> None:
        """Say how many bytes are to come."""
        self._to_hash, self._hashed = to_hash or self._to_hash, 0
        self._to_read, self._read = to_read or self._to_read, 0

    def hashed(self, count: int, note: str, /) -> None:
        """Take note of bytes that were hashed."""
        self._hashed += count
        self._say(HASHED * min(1.0, self._hashed / max(1, self._to_hash)), note)

    def reading(self, entry: Entry) -> Callable[[int], None]:
        """Return what takes note of how far one stream was read, in bytes from its start.

        What is read again, with more care, does not count twice.
        """
        name, so_far, whole = _plain(entry.name), 0, _megabytes(entry.size)

        def heard(place: int) -> None:
            nonlocal so_far
            self._read += max(0, place - so_far)
            so_far = max(so_far, place)
            done = HASHED + (READ - HASHED) * min(1.0, self._read / max(1, self._to_read))
            self._say(done, f"reading {name}… {_megabytes(so_far)} of {whole} MB")

        return heard

    def step(self, done: float, note: str, found: Found | None = None) -> None:
        """Report a milestone at once."""
        self.found = found or self.found
        self._spoke = 0.0
        self._say(done, note)

    def _say(self, done: float, note: str) -> None:
        self._done = max(self._done, done)
        now = time.monotonic()
        if now - self._spoke >= OFTEN:
            self._spoke = now
            self._report(self._done, note, self.found)


def _plain(name: str) -> str:
    short = re.sub(r"_csv_(un)?hashed|\.(csv|zip|gz|tsv|txt)$", "", name, flags=re.IGNORECASE)
    return "".join(filter(str.isprintable, short))[:60]


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.0f}" if count >= 1e7 else f"{count / 1e6:,.1f}"

"""One stream of bytes among what was dropped, and what may be wrong with it."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from explorer.errors import SourceError
from explorer.ingest import packed, zipstream
from explorer.ingest.values import unguarded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SAMPLE = 1 << 18
"""Bytes that are looked at to tell what a stream is."""


class Foreign(SourceError):  # noqa: N818 - it says what the thing is, not that we failed
    """What was dropped is well, but nothing that we read."""


class UnknownTable(Foreign):
    """A table whose columns nobody has named yet."""


class Damaged(Exception):  # noqa: N818 - caught on its way: the import goes on without the source
    """One source turned out bad while it was read; the others may still be good."""

    def __init__(self, path: Path, error: SourceError) -> None:
        super().__init__(path, error)
        self.path, self.error = path, error


@dataclass(frozen=True, slots=True)
class Entry:
    """One stream of bytes among what was dropped: a file, or a member of a zip.

    Attributes
    ----------
    path
        The file on disk.
    member
        Where inside a zip; empty for a file by itself.
    size
        Bytes, decompressed; reading gives just as many or ends with an error.
    guarded
        Whether its cells may have an apostrophe in front that keeps spreadsheets from taking them
        for formulas: in text, not where a cell has a type.
    written
        What it is written in if not in UTF-8, and who said so, for the receipt.
    """

    path: Path
    member: str
    size: int
    start: Callable[[], BinaryIO]
    guarded: bool = True
    written: str = ""

    def cell(self, text: str) -> str:
        """Return what a cell says: without blanks around it, and without its guard."""
        return unguarded(text.strip()) if self.guarded else text.strip()

    @property
    def name(self) -> str:
        """The last part of its name, as it stands in the file or folder."""
        return re.split(r"[/\\]", self.member)[-1] if self.member else self.path.name

    @property
    def ending(self) -> str:
        """What its name ends with, in lower case, without a packing's: ``.csv``."""
        name = packed.ENDING.sub("", self.name).lower()
        return name[name.rfind(".") :] if "." in name else ""

    @property
    def shown(self) -> str:
        """What to call it in a sentence."""
        return f"{shown(self.member)} in {self.path.name}" if self.member else shown(self.name)

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Give the stream; what goes wrong while it is read becomes a SourceError."""
        try:
            with self.start() as stream:
                yield stream
        except (*zipstream.DAMAGE, *packed.DAMAGE) as error:
            raise zipstream.damage(self.path, self.member, error) from None
        except OSError as error:
            raise unreadable(self.path, error) from None

    def sample(self) -> bytes:
        """Return the first bytes."""
        with self.open() as stream:
            return stream.read(SAMPLE)


def shown(name: str) -> str:
    """Return *name* with whatever cannot be printed, or reorders text, as an escape."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape", "replace").decode()
        for letter in name
    )


def unreadable(path: Path, error: OSError) -> SourceError:
    """Say why the system does not let us read a file."""
    if isinstance(error, FileNotFoundError):
        return SourceError(f"{shown(path.name)} is not there.", "It may have been moved.")
    return SourceError(
        f"{shown(path.name)} cannot be read: {error.strerror or type(error).__name__}.",
        "Check that the disk is connected and that you may read the file.",
    )

"""Write a file whole or not at all."""

from __future__ import annotations

import os
import zlib
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

from explorer.errors import FigureError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from explorer.errors import StarlingError


def part_of(path: Path) -> Path:
    """Return what *path* is called while it is being written."""
    return path.with_name(f".starling-{zlib.crc32(os.fsencode(path.name)):08x}.part")


def forget(path: Path) -> None:
    """Remove what a killed process has left of *path*."""
    with suppress(OSError):
        part_of(path).unlink(missing_ok=True)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write that takes the place of *path* once the block ends well.

    It is written in the same folder under a name made from that of *path*, so that what a killed
    process left is cleared by the next try. If anything goes wrong, *path* stays as it was.

    Raises
    ------
    FigureError
        If the folder cannot be written or is full.
    """
    with replacing_by(path) as part, part.open("r+b") as file:
        yield file


@contextmanager
def replacing_by(path: Path, failure: type[StarlingError] = FigureError) -> Iterator[Path]:
    """Give the path of an empty file that takes the place of *path* once the block ends well.

    For libraries that open what they write themselves; otherwise as ``replacing``.

    Raises
    ------
    StarlingError
        Of the kind *failure*, if the folder cannot be written or is full.
    """
    part = part_of(path)
    try:
        part.unlink(missing_ok=True)
        part.open("xb").close()
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        why = error.strerror or "the folder refuses"
        raise failure(
            f"Cannot write {path.name} in {path.parent}: {why[:1].lower()}{why[1:]}.",
            "Choose another folder, or make room.",
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)

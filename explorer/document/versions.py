"""What stands beside a session file: its older versions, and what killed saves have left."""

from __future__ import annotations

import os
import shutil
import time
from contextlib import suppress
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

VERSIONS = 3
"""Older versions that are kept beside a session: ``name.starling.1~`` is the youngest."""
ASIDE = ".saving~"
STALE_S = 60.0
"""Seconds after which what a killed save left aside is cleared away."""


def versions_of(path: Path) -> tuple[Path, ...]:
    """Return the names of the older versions of a session, the youngest first."""
    return tuple(path.with_name(f"{path.name}.{age}~") for age in range(1, VERSIONS + 1))


def keep(path: Path, versions: int) -> None:
    """Make what stands at *path* the first of its older versions, without ever moving it."""
    if not path.exists() or not versions:
        return
    older = versions_of(path)[:versions]
    for young, old in reversed(list(pairwise(older))):
        if young.exists():
            young.replace(old)
    try:
        os.link(path, older[0])
    except OSError:  # a file system without links
        shutil.copy2(path, older[0])


def settle(folder: Path) -> None:
    """Force the rename itself to the disk, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sweep(path: Path, stale_s: float = 0.0) -> None:
    """Clear away what killed saves of *path* have left, if it is older than *stale_s* seconds.

    Raises
    ------
    OSError
        If the folder cannot be looked through.
    """
    begin = f".{path.name}."
    for left in path.parent.iterdir():
        if left.name.startswith(begin) and left.name.endswith(ASIDE):
            with suppress(OSError):
                if time.time() - left.stat().st_mtime >= stale_s:
                    left.unlink()

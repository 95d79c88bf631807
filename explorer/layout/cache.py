"""Positions that were worked out before, kept on disk: the same question has the same answer."""

from __future__ import annotations

import os
import platform
import secrets
from contextlib import suppress
from dataclasses import fields
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer import __version__
from explorer.archive.store import cache_folder
from explorer.errors import StarlingError
from explorer.graph.model import frozen
from explorer.layout.base import roles_of

if TYPE_CHECKING:
    from explorer.graph.model import Graph, Positions
    from explorer.layout.base import Layout

FOLDER = "layouts"
SUFFIX = ".xy"
MOST = 256_000_000
"""Bytes of all positions kept; the ones not asked for longest go first."""
SEAL = 32
"""Bytes of the checksum at the beginning of a file."""


def key_of(graph: Graph, layout: Layout, options: Any, start: Positions | None) -> str | None:
    """Return the name of the answer, which changes with everything that could change it.

    That is the edges with their counts, roles if they are told, the layout, its options, the
    places it starts from, the code of the layouts, the versions of what they use and the kind of
    processor. None for a layout of a plugin, whose code may change without our knowing.
    """
    if not layout.place.__module__.startswith("explorer."):
        return None
    asked = [(one.name, getattr(options, one.name)) for one in fields(options)]
    made_of = sha256(f"{graph.n} {graph.m} {layout.id} {asked} {_code()}".encode())
    columns = (graph.source, graph.target, graph.weight(), *roles_of(graph).values())
    for column in columns if start is None else (*columns, start):
        made_of.update(np.ascontiguousarray(column).data)
    return made_of.hexdigest()


def recall(key: str, n: int) -> Positions | None:
    """Return the ``(n, 2)`` float32 kept as *key*; None if there are none, or they are damaged."""
    try:
        path = _folder() / f"{key}{SUFFIX}"
        held = path.read_bytes()
        os.utime(path)
    except (OSError, StarlingError):
        return None
    seal, body = held[:SEAL], held[SEAL:]
    if len(body) != 8 * n or sha256(body).digest() != seal:
        with suppress(OSError):
            path.unlink()
        return None
    return frozen(np.frombuffer(body, "<f4").reshape(n, 2))


def remember(key: str, positions: Positions, most: int = MOST) -> None:
    """Keep *positions* as *key*, and let older ones go beyond *most* bytes; never fails."""
    body = np.ascontiguousarray(positions, "<f4").tobytes()
    if len(body) + SEAL > most:
        return
    with suppress(OSError, StarlingError):
        folder = _folder()
        aside = folder / f"{key}.{secrets.token_hex(4)}.part"
        try:
            aside.write_bytes(sha256(body).digest() + body)
            aside.replace(folder / f"{key}{SUFFIX}")
        finally:
            aside.unlink(missing_ok=True)
        _sweep(folder, most)


def _sweep(folder: Path, most: int) -> None:
    kept = 0
    found = [(one.stat(), one) for one in folder.glob(f"*{SUFFIX}")]
    for stat, path in sorted(found, key=lambda one: -one[0].st_mtime_ns):
        kept += stat.st_size
        if kept > most:
            path.unlink(missing_ok=True)


def _folder() -> Path:
    folder = cache_folder() / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


@cache
def _code() -> str:
    """Return what stands for the code behind a layout: ours by content, libraries by version."""
    import igraph  # only in the process that lays out
    import scipy

    made_of = sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):  # none in a built program
        made_of.update(path.read_bytes())
    versions = (__version__, igraph.__version__, scipy.__version__, np.__version__)
    return " ".join((*versions, platform.machine(), made_of.hexdigest()))

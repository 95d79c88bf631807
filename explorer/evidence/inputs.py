"""Find the files that a document was made from, and tell whether they are still the same."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from explorer.errors import SessionFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Found:
    """One input and what stands in its place now.

    Attributes
    ----------
    recorded, now
        SHA-256 in hexadecimal.
    """

    name: str
    path: Path
    recorded: str
    now: str

    @property
    def same(self) -> bool:
        """Whether it is the very same file."""
        return self.recorded == self.now

    def as_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "name": self.name,
            "path": str(self.path),
            "same": self.same,
            "sha256_recorded": self.recorded,
            "sha256_now": self.now,
        }


def look_up(inputs: Iterable[Any], session: Path, folder: Path | None) -> tuple[Found, ...]:
    """Return where each of the recorded *inputs* is now, each file once, in their order.

    Looked for in *folder* if it is given, by name and then by content; else where it was, and
    beside the session.

    Raises
    ------
    SessionFileError
        If one is nowhere; it names all that are missing.
    """
    found, missing = [], []
    for one in inputs:
        written, recorded = str(one["path"]), str(one["sha256"])
        name = PurePath(written.replace("\\", "/")).name
        places = _in(folder, name) if folder else [Path(written), session.parent / name]
        hit = _best([place for place in places if place.is_file()], recorded)
        if hit is None and folder is not None:
            hit = _best([place for place in sorted(folder.rglob("*")) if place.is_file()], recorded)
            hit = hit if hit is not None and hit[1] == recorded else None
        if hit is None:
            missing.append(name)
        else:
            found.append(Found(name, hit[0], recorded, hit[1]))
    if missing:
        where = f"in {folder}" if folder is not None else "where it was, nor beside the session"
        raise SessionFileError(
            f"{', '.join(missing)} is not {where}.",
            "Name the folder that holds the inputs with --inputs.",
        )
    return tuple(found)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, read in pieces.

    Raises
    ------
    SessionFileError
        If it cannot be read.
    """
    whole = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(CHUNK):
                whole.update(piece)
    except OSError as error:
        raise SessionFileError(f"{path.name} cannot be read: {error.strerror}.") from None
    return whole.hexdigest()


def _in(folder: Path, name: str) -> list[Path]:
    return [folder / name, *sorted(place for place in folder.rglob("*") if place.name == name)]


def _best(places: Sequence[Path], recorded: str) -> tuple[Path, str] | None:
    """Return the place that holds what was recorded, else the first; with its SHA-256."""
    first: tuple[Path, str] | None = None
    for place in places:
        now = sha256_of(place)
        first = first or (place, now)
        if now == recorded:
            return place, now
    return first

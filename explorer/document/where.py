"""Where the tables behind a session are on this computer, if they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from explorer.archive.store import cache_folder
from explorer.document.carried import find, is_key
from explorer.document.model import ArchiveRef

if TYPE_CHECKING:
    from explorer.document.upgrade import Meta

GONE = "Its posts are no longer on this computer: drop the original files again to see them."


def hint(folder: Path) -> str:
    """Return where an archive is, for people, without the name of the user."""
    home = Path.home()
    inside = folder.is_relative_to(home)
    return f"~/{folder.relative_to(home).as_posix()}" if inside else str(folder)


def carried(archive: ArchiveRef) -> str:
    """Return the name of the tables that a session brought here; empty if they were imported."""
    brought = archive.folder.name
    return brought if is_key(brought) and brought != archive.fingerprint else ""


def archive_of(told: Meta) -> tuple[ArchiveRef, tuple[str, ...]]:
    """Return the archive in this user's cache, and a sentence if it is not there.

    The folder a file names is a hint for people: what is opened is named by the fingerprint, or
    by the contents of the tables that a session brought.

    Raises
    ------
    ValueError
        If it has no proper name.
    """
    key, title = str(told["fingerprint"]), str(told["title"])
    if not key:
        return ArchiveRef(Path(), "", title), ()
    if not is_key(key):
        raise ValueError("a fingerprint that is none")
    cache = cache_folder()
    folder = find(cache, key, str(told.get("carried", "")))
    if folder is not None:
        return ArchiveRef(folder, key, title), ()
    return ArchiveRef(cache / key, key, title), (GONE,)

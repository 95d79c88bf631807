"""The session file: saved so that the old or the new one is always whole, opened with suspicion."""

from __future__ import annotations

import os
import secrets
import zipfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from explorer.archive import store
from explorer.document import carried, envelope, where
from explorer.document.content import Beside, OpenedSession, packed, same, unpacked
from explorer.document.envelope import SUFFIX, looks_like_session
from explorer.document.versions import ASIDE, STALE_S, VERSIONS, keep, settle, sweep
from explorer.errors import SessionFileError
from explorer.job import silent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from explorer.document.model import Document
    from explorer.document.upgrade import Meta
    from explorer.job import Report

__all__ = [
    "SUFFIX",
    "Beside",
    "OpenSession",
    "OpenedSession",
    "SaveSession",
    "SavedSession",
    "looks_like_session",
    "open_session",
    "save_session",
    "sweep",
]

NOTHING = Beside()
PACKING, READING = 0.5, 0.8
"""How far a save is once the posts are packed, and once everything is written."""


@dataclass(frozen=True, slots=True)
class SavedSession:
    """What was written."""

    path: Path
    bytes: int


@dataclass(frozen=True, slots=True, eq=False)
class SaveSession:
    """Job: write a session file, read it back, and only then replace the old one."""

    document: Document
    path: Path
    beside: Beside = NOTHING
    versions: int = VERSIONS
    posts: bool = False

    @property
    def title(self) -> str:
        """What the user sees while it runs."""
        return f"Save {self.path.name}"

    def __call__(self, report: Report, /) -> SavedSession:
        """Save; raise what ``save_session`` raises."""
        return save_session(
            self.document, self.path, self.beside, self.versions, posts=self.posts, report=report
        )


@dataclass(frozen=True, slots=True)
class OpenSession:
    """Job: read a session file."""

    path: Path

    @property
    def title(self) -> str:
        """What the user sees while it runs."""
        return f"Open {self.path.name}"

    def __call__(self, report: Report, /) -> OpenedSession:
        """Read; raise what ``open_session`` raises."""
        report(0.0, "reading")
        opened = open_session(self.path)
        report(1.0)
        return opened


def open_session(path: Path) -> OpenedSession:
    """Return the document in a session file, and what was kept beside it.

    Raises
    ------
    SessionFileError
        If it is gone, cut off, damaged, edited, newer than this program, or no session at all.
    """
    if not path.is_file():
        raise SessionFileError(
            f"{path.name} is not there any more.", "Open it from where it is now."
        )
    opened = _opened(path)
    return _with_posts(opened, path) if where.GONE in opened.notices else opened


def _opened(path: Path) -> OpenedSession:
    return unpacked(*envelope.read(path), path.name)


def _with_posts(opened: OpenedSession, path: Path) -> OpenedSession:
    """Take the posts out of the session into the cache, if it carries them and they are not there.

    If that cannot be done the session opens without them, and says why.
    """
    seals = envelope.read(path)[0]["parts"]
    if not set(envelope.LARGE) <= set(seals):
        return opened
    ref, cache = opened.document.archive, store.cache_folder()
    key = carried.key_of(str(seals[name]["sha256"]) for name in envelope.LARGE)
    others = tuple(one for one in opened.notices if one != where.GONE)
    try:
        if store.find(cache, key) is None:
            stored = store.Stored(cache / key, key, ref.title)
            with store.incoming(cache) as folder:
                files = envelope.extract(path, envelope.LARGE, folder)
                carried.taken_out(files, stored, opened.document.receipt)
    except (SessionFileError, OSError, zipfile.BadZipFile) as error:
        why = "The posts in it cannot be taken out."
        why = error.message if isinstance(error, SessionFileError) else why
        return replace(opened, notices=(*others, why, where.GONE))
    document = replace(opened.document, archive=replace(ref, folder=cache / key))
    return replace(opened, document=document, notices=others)


def save_session(
    document: Document,
    path: Path,
    beside: Beside = NOTHING,
    versions: int = VERSIONS,
    *,
    posts: bool = False,
    report: Report = silent,
) -> SavedSession:
    """Write *document* to *path*, keeping so many *versions* of what was there.

    With *posts* the tables of its archive go into the file, so that it can be asked for posts
    on a computer that has never seen the inputs.

    A file aside is written, forced to the disk, opened again and compared; then one rename puts
    it in place. Whenever this is interrupted, *path* is either what it was or what it should be.

    Raises
    ------
    SessionFileError
        If it cannot be written there; *path* is what it was then.
    ArchiveError
        If the *posts* are no longer on this computer; *path* is what it was then.
    """
    report(0.0, "writing")
    meta, parts = packed(document, beside)
    if not posts:
        return _save(document, path, (meta, parts, {}), versions, report)[0]
    archive = document.archive.folder
    with _tables(archive, path, lambda done, *said: report(PACKING * done, *said)) as large:
        saved, seals = _save(document, path, (meta, parts, large), versions, report)
    carried.note(archive, {name: seals[name] for name in large})
    return saved


@contextmanager
def _tables(archive: Path, path: Path, report: Report) -> Iterator[dict[str, Path]]:
    """Give the tables to carry as files, by member; they are gone at the end.

    They are taken over from the session at *path* if it holds the very same.
    """
    carried.need_tables(archive)
    with store.incoming(store.cache_folder()) as folder:
        try:
            tables = _same_tables(archive, path, folder)
            tables = tables or carried.written(archive, folder, report)
        except OSError as error:
            raise SessionFileError(
                f"The posts cannot be packed in {folder.parent}: {envelope.reason(error)}.",
                "Nothing was changed. Save without posts, or name a folder on another disk in "
                "STARLING_CACHE.",
            ) from None
        yield tables


def _same_tables(archive: Path, path: Path, folder: Path) -> dict[str, Path]:
    """Copy the tables of *archive* out of the session at *path* into *folder*, if it has them.

    That they are those is known by the hashes noted when they were last written from the archive;
    what the session says of itself is not believed.
    """
    noted = carried.noted(archive)
    if not noted or not path.is_file():
        return {}
    try:
        seals = envelope.read(path)[0]["parts"]
        if {name: seal["sha256"] for name, seal in seals.items() if name in noted} != noted:
            return {}
        return envelope.extract(path, noted, folder)
    except (SessionFileError, OSError, zipfile.BadZipFile):  # then they are written anew
        return {}


def _save(
    document: Document,
    path: Path,
    whole: tuple[Meta, dict[str, bytes], dict[str, Path]],
    versions: int,
    report: Report,
) -> tuple[SavedSession, dict[str, str]]:
    """Put the file in place; return what was written, and the SHA-256 by part."""
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}{ASIDE}")
    try:
        sweep(path, STALE_S)  # what another program writes now stays
        with aside.open("xb") as file:
            aside.chmod(0o600)
            report(PACKING, "writing")
            seals = envelope.write(file, *whole)
            file.flush()
            os.fsync(file.fileno())
        report(READING, "reading it back")
        if not _reads_back(aside, document):
            raise SessionFileError(
                f"{path.name} was not saved: what was written reads back differently.",
                "The disk may be failing. Save it somewhere else.",
            )
        keep(path, versions)
        size = aside.stat().st_size
        aside.replace(path)
        settle(path.parent)
    except OSError as error:
        raise SessionFileError(
            f"{path.name} cannot be saved in {path.parent}: {envelope.reason(error)}.",
            "What was there is unchanged. Save it somewhere else.",
        ) from None
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
    report(1.0)
    return SavedSession(path, size), seals


def _reads_back(aside: Path, document: Document) -> bool:
    try:
        return same(_opened(aside).document, document)
    except SessionFileError:
        return False

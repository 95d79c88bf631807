"""Where archives live on disk: built aside, published by one rename, found again by fingerprint."""

from __future__ import annotations

import errno
import json
import os
import re
import secrets
import shutil
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeAlias

from platformdirs import user_cache_dir

from explorer.archive.receipt import Receipt
from explorer.archive.tables import TABLES
from explorer.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import duckdb

    Connection: TypeAlias = duckdb.DuckDBPyConnection

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

VERSION = "2"
"""Of the tables on disk; a new one makes every archive be built again."""

DATABASE, RECEIPT, TITLE = "archive.duckdb", "receipt.json", "title.txt"
INCOMING, LOCK = "incoming-", ".lock"
MEMORY = "1GB"
QUIET = "SET enable_progress_bar = false"
"""Else DuckDB draws a bar into what the command line prints."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An archive on disk.

    Attributes
    ----------
    folder
        In the user's cache, named by *fingerprint*.
    fingerprint
        SHA-256 over the hashes of all inputs, in hexadecimal; empty for no archive.
    title
        What the window's title says.
    """

    folder: Path = Path()
    fingerprint: str = ""
    title: str = ""


def cache_folder(given: Path | None = None) -> Path:
    """Return the folder of all archives: *given*, else ``STARLING_CACHE``, else the user's cache.

    Raises
    ------
    ArchiveError
        If it cannot be made.
    """
    named = os.environ.get("STARLING_CACHE")
    folder = given or Path(named or user_cache_dir("starling", appauthor=False))
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise ArchiveError(
            f"The cache folder {folder} cannot be made: {error.strerror}.",
            "Name another folder in STARLING_CACHE.",
        ) from None
    return folder


def fingerprint(hashes: Iterable[str]) -> str:
    """Return what names the archive of inputs with these SHA-256, in whatever order."""
    return sha256("\n".join([VERSION, *sorted(hashes)]).encode()).hexdigest()


def find(cache: Path, key: str) -> tuple[Stored, Receipt] | None:
    """Return the archive of this fingerprint; remove it and return None if it is broken."""
    folder = cache / key
    if not folder.is_dir():
        return None
    try:
        receipt = Receipt.from_dict(json.loads((folder / RECEIPT).read_text("utf-8")))
        title = (folder / TITLE).read_text("utf-8")
        with connect(folder) as db:
            for table in TABLES:
                db.execute(f"SELECT * FROM {table} LIMIT 1").fetchall()
    except (OSError, ValueError, TypeError, KeyError, ArchiveError):
        discard(folder)
        return None
    return Stored(folder, key, title), receipt


@contextmanager
def connect(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the tables of an archive for questions, and close them after.

    Raises
    ------
    ArchiveError
        If they are gone, or cannot be read.
    """
    import duckdb  # 21 MB that only a process that asks the tables needs, not the window

    path = folder / DATABASE
    if not path.is_file():
        raise ArchiveError(
            "The tables of this archive are no longer in the cache.",
            "Drop the original files again to ask for posts.",
        )
    try:
        with duckdb.connect(path, read_only=True, config=settings()) as db:
            db.execute(QUIET)
            yield db
    except duckdb.Error:
        raise ArchiveError(
            "The tables of this archive cannot be read.", "Drop the original files again."
        ) from None


@contextmanager
def writing() -> Iterator[None]:
    """Let what DuckDB says of a disk that it writes to be said as the system says it.

    Raises
    ------
    OSError
        If it cannot write, with the reason: a full disk, a folder that refuses.
    """
    import duckdb  # as above

    try:
        yield
    except duckdb.IOException as error:
        told = re.search(r'"errno":\s*"(\d+)"', str(error))
        number = int(told[1]) if told else errno.EIO
        raise OSError(number, os.strerror(number)) from error


def settings() -> dict[str, str | bool | int | float | list[str]]:
    """Return how every connection is opened: never on the network, within bounds."""
    return {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "memory_limit": MEMORY,
        "threads": min(4, max(2, os.cpu_count() or 2)),
    }


def in_memory() -> dict[str, str | bool | int | float | list[str]]:
    """Return how a connection without a file is opened: what does not fit fails.

    Left to itself DuckDB would put posts into a folder called ``.tmp`` wherever the user stands.
    """
    return settings() | {"temp_directory": ""}


@contextmanager
def incoming(cache: Path) -> Iterator[Path]:
    """Give a folder to build in, locked while this process lives, and removed at the end."""
    folder = cache / f"{INCOMING}{secrets.token_hex(8)}"
    lock = _hold(folder.with_suffix(LOCK))
    try:
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        lock.close()
        with suppress(OSError):
            folder.with_suffix(LOCK).unlink(missing_ok=True)


def publish(built: Path, cache: Path, stored: Stored, receipt: Receipt) -> Stored:
    """Write the receipt beside the tables, and rename the whole to its place.

    If another process was faster, its archive of the same inputs is as good as ours.
    """
    (built / RECEIPT).write_text(json.dumps(receipt.as_dict()), "utf-8")
    (built / TITLE).write_text(stored.title, "utf-8")
    for path in built.iterdir():
        with path.open("rb") as file, suppress(OSError):  # not every file system can
            os.fsync(file.fileno())
    try:
        built.rename(stored.folder)
    except OSError:
        if find(cache, stored.fingerprint) is None:
            built.rename(stored.folder)
    return stored


def clean(cache: Path | None = None) -> None:
    """Remove what dead processes left half built; what a living one builds stays."""
    folder = cache_folder(cache)
    for lock in folder.glob(f"{INCOMING}*{LOCK}"):
        if not _held(lock):
            shutil.rmtree(lock.with_suffix(""), ignore_errors=True)
            with suppress(OSError):
                lock.unlink(missing_ok=True)
    for left in folder.glob(f"{INCOMING}*"):
        if left.suffix != LOCK and not left.with_suffix(LOCK).exists():
            shutil.rmtree(left, ignore_errors=True)


def discard(folder: Path) -> None:
    """Remove an archive: first out of sight by a rename, then for good."""
    aside = folder.with_name(f"{INCOMING}{secrets.token_hex(8)}")
    try:
        folder.rename(aside)
    except OSError:
        aside = folder
    shutil.rmtree(aside, ignore_errors=True)


def _hold(path: Path) -> IO[Any]:
    """Open *path* and lock it; the system lets go when the process ends, however it ends."""
    while True:
        file = path.open("a+b")
        if _lock(file) and path.exists():
            return file
        file.close()  # a cleaner took it for a stale one between the two steps


def _held(path: Path) -> bool:
    try:
        with path.open("r+b") as file:
            return not _lock(file)
    except OSError:
        return True


def _lock(file: IO[Any]) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

"""Autosave: what is unsaved, kept where the next start finds it if this one ends unexpectedly."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_state_dir
from PySide6.QtCore import QLockFile, QObject, QTimer

from explorer.document.file import SUFFIX, SaveSession, sweep
from explorer.errors import StarlingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from explorer.document.model import Document
    from explorer.job import Failure
    from explorer.ui.desk import Desk
    from explorer.ui.tasks import Task

EVERY_MS = 120_000
RISK_MS = 1500
"""How long after a job began the journal is written: a spare process is ready again by then."""
LOCK = ".lock"
DAMAGED = ".damaged"


@dataclass(frozen=True, slots=True)
class Left:
    """What a run that ended unexpectedly has left.

    Attributes
    ----------
    when
        Local time of the last autosave, as people say it: 14:02, or 21 November, 14:02.
    """

    path: Path
    when: str


def state_folder() -> Path:
    """Return where autosaves live: under ``STARLING_STATE``, else the user's state folder."""
    named = os.environ.get("STARLING_STATE")
    return Path(named or user_state_dir("starling", appauthor=False)) / "recovery"


class Journal(QObject):
    """Keeps one file while something is unsaved; a lock on it tells that its writer lives.

    Nothing is written, and nothing is locked, before ``start``.
    """

    def __init__(self, desk: Desk, unsaved: Callable[[], SaveSession | None]) -> None:
        super().__init__(desk)
        self._desk, self._unsaved = desk, unsaved
        self._path: Path | None = None
        self._lock: QLockFile | None = None
        self._task: Task | None = None
        self._written: Document | None = None
        self._told = False
        self._clock = QTimer(self, interval=EVERY_MS)
        self._clock.timeout.connect(self.write)
        self._risk = QTimer(self, singleShot=True, interval=RISK_MS)
        self._risk.timeout.connect(self.write)

    def start(self) -> None:
        """Begin to keep a journal for this run."""
        folder = state_folder()
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            self._say(f"Nothing can be saved automatically in {folder}: {error.strerror}.")
            return
        self._path = folder / f"{secrets.token_hex(8)}{SUFFIX}"
        self._lock = _locked(self._path)
        self._clock.start()
        self._desk.lane_changed.connect(self._risky)

    def write(self) -> None:
        """Write what is unsaved, in a process; take the journal away if all is saved."""
        job = self._unsaved()
        if self._path is None or self._task is not None:
            return
        if job is None:
            self.clear()
        elif job.document is not self._written:
            document = job.document
            self._task = self._desk.runner.task(
                SaveSession(document, self._path, job.beside, versions=0)
            )
            self._task.succeeded.connect(lambda _: self._done(document))
            self._task.failed.connect(self._failed)
            self._task.ended.connect(self._ended)
            self._task.start()

    def clear(self) -> None:
        """Take the journal away: all is saved."""
        if self._task is not None:
            self._task.cancel(wait=True)  # else it might yet put its file there
        self._written = None
        if self._path is not None:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)
                sweep(self._path)  # of a save that was stopped half-way

    def end(self) -> None:
        """End the journal of a run that ends well."""
        self._clock.stop()
        self._risk.stop()
        self.clear()
        self._path = None
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    def found(self) -> tuple[Left, ...]:
        """Return what runs that are no more have left, the youngest first."""
        try:
            paths = sorted(state_folder().glob(f"*{SUFFIX}"), key=_time, reverse=True)
        except OSError:
            return ()
        return tuple(Left(path, _when(_time(path))) for path in paths if self._abandoned(path))

    def adopt(self, left: Left, document: Document) -> None:
        """Make what another run has left our own journal: *document* is what is in it."""
        if self._path is not None:
            with suppress(OSError):
                left.path.replace(self._path)
                self._written = document
                left.path.with_name(left.path.name + LOCK).unlink(missing_ok=True)

    def refuse(self, left: Left) -> None:
        """Put aside what cannot be opened, so that it is not offered again."""
        with suppress(OSError):
            left.path.replace(left.path.with_name(left.path.name + DAMAGED))

    def _abandoned(self, path: Path) -> bool:
        if path == self._path:
            return False
        lock = _locked(path)
        if lock is None:
            return False
        lock.unlock()
        return True

    def _risky(self, _lane: str, title: str) -> None:
        if title:
            self._risk.start()

    def _done(self, document: Document) -> None:
        self._written = document

    def _ended(self, _: object) -> None:
        self._task = None

    def _failed(self, failure: Failure) -> None:
        known = isinstance(failure.error, StarlingError)
        why = str(failure.error) if known else type(failure.error).__name__
        self._say(f"Your work could not be saved automatically: {why}")

    def _say(self, words: str) -> None:
        if not self._told:  # once a run: it would be said again every two minutes
            self._told = True
            self._desk.notices.fail(words, "Save it yourself with Ctrl+S.", "")


def _locked(path: Path) -> QLockFile | None:
    """Return the lock beside *path*, held; None if a process that lives holds it."""
    lock = QLockFile(str(path.with_name(path.name + LOCK)))
    lock.setStaleLockTime(0)  # held however old, until its process ends
    return lock if lock.tryLock(0) else None


def _time(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _when(seconds: float) -> str:
    then, now = datetime.fromtimestamp(seconds).astimezone(), datetime.now().astimezone()
    clock = f"{then:%H:%M}"
    return clock if then.date() == now.date() else f"{clock} on {then.day} {then:%B %Y}"

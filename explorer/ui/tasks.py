"""Run jobs in processes: one job, one process, one pipe; cancel means stop."""

from __future__ import annotations

import signal
import time
from contextlib import suppress
from threading import Event
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.errors import StarlingError
from explorer.job import PAUSE, READY, RESUME, Failure, Job, Step, Success
from explorer.ui.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable

POLL_MS = 15
FREEZES = hasattr(signal, "SIGSTOP")
"""Whether this system can hold up a process in the midst of its work; Windows cannot."""
SLICE_S = 0.006
"""Seconds of one poll that may go into receiving arrays: the rest waits for the next."""


class Task(QObject):
    """A job on its way.

    Attributes
    ----------
    gone
        Set as soon as nothing of it runs any more, which may be a little after ``ended``.

    Signals
    -------
    stepped : Step
        Zero or more times.
    succeeded : object
        The value of the job.
    failed : Failure
        What it raised.
    ended : Task
        Last, exactly once, also after ``cancel``.
    """

    stepped = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    ended = Signal(object)

    def __init__(self, job: Job[object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.job = job
        self.paused = False
        self.gone = Event()

    @property
    def rests(self) -> bool:
        """Whether the job reports so often that it can rest between two reports."""
        return bool(getattr(self.job, "rests", True))

    @property
    def pausable(self) -> bool:
        """Whether it can be paused at all: by itself, or by the system."""
        return self.rests or FREEZES

    def pause(self, rest: bool) -> None:
        """Let the job rest where it next reports, or its process at once, or go on."""
        self.paused = rest

    def start(self) -> None:
        """Begin."""

    def cancel(self, wait: bool = False) -> None:
        """Stop now; neither ``succeeded`` nor ``failed`` will follow.

        What it writes to may still be held for some milliseconds, unless one is ready to *wait*.
        """


class Runner(Protocol):
    """What the rest of the program needs to know of running jobs."""

    def task(self, job: Job[object], /) -> Task:
        """Return a task for *job*, not yet started, so that signals can be connected."""

    def close(self) -> None:
        """End every process."""


class ProcessTask(Task):
    """A job in a process of its own, watched by a timer."""

    def __init__(self, job: Job[object], worker: Worker, parent: QObject) -> None:
        super().__init__(job, parent)
        self._worker, self.gone = worker, worker.gone
        self._told = False
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self._poll)

    def start(self) -> None:
        """Begin as soon as the worker says that it listens."""
        self._timer.start()

    def pause(self, rest: bool) -> None:
        """Tell the process, or remember it until the process has all of its job."""
        if self.pausable:
            self.paused = rest
            self._pass_on()

    def cancel(self, wait: bool = False) -> None:
        """Stop the process."""
        if self._timer.isActive():
            self._end(wait=wait)

    def _pass_on(self) -> None:
        """Tell the process what is wished if it does not know yet and listens by now."""
        if self.paused is self._told:
            return
        with suppress(OSError):  # the next poll finds a dead process, and says so
            if self.rests:
                heard = self._worker.tell(PAUSE if self.paused else RESUME)
            else:
                heard = self._worker.freeze(self.paused)
            self._told = self.paused if heard else self._told

    def _poll(self) -> None:
        self._pass_on()
        until = time.perf_counter() + SLICE_S
        try:
            while self._timer.isActive() and self._worker.pipe.poll():
                self._take(self._worker.inbox.take())
                if time.perf_counter() > until:
                    return
        except (EOFError, OSError):  # the process died: out of memory, or killed
            lost = StarlingError(
                f"“{self.job.title}” stopped unexpectedly: its process has ended.",
                "What was open is unchanged. Try again; if it repeats, memory may be short.",
            )
            self._end(lambda: self.failed.emit(Failure(lost, "")))

    def _take(self, message: object) -> None:
        match message:
            case str() if message == READY:
                self._worker.post(self.job)
            case Step():
                self.stepped.emit(message)
            case Success(value):
                self._end(lambda: self.succeeded.emit(value))
            case Failure():
                self._end(lambda: self.failed.emit(message))

    def _end(self, tell: Callable[[], None] | None = None, wait: bool = False) -> None:
        self._timer.stop()
        self._worker.end(wait)
        if tell is not None:
            tell()
        self.ended.emit(self)


class Processes(QObject):
    """Runs each job in its own process; one spare always waits, so starting is instant."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._spare: Worker | None = Worker()
        self._renew = QTimer(self, singleShot=True, interval=250)
        self._renew.timeout.connect(self._refill)
        self._open = True

    def task(self, job: Job[object], /) -> Task:
        """Return a task for *job*, not yet started."""
        worker, self._spare = self._spare or Worker(), None
        if not worker.process.is_alive():  # killed while it waited, perhaps for want of memory
            worker.end()
            worker = Worker()
        self._renew.start()
        task = ProcessTask(job, worker, self)
        task.ended.connect(Task.deleteLater)
        return task

    def close(self) -> None:
        """End every process, and start no more."""
        self._open = False
        self._renew.stop()
        for task in self.findChildren(ProcessTask):
            task.cancel(wait=True)
        if self._spare is not None:
            self._spare.end(wait=True)
            self._spare = None

    def _refill(self) -> None:
        if self._open and self._spare is None:
            self._spare = Worker()


class InlineTask(Task):
    """A job run on the spot: for tests and the command line."""

    def start(self) -> None:
        """Run to the end."""
        self.gone.set()  # nothing of it will be left when this returns

        def report(done: float, note: str = "", partial: object = None, /) -> None:
            self.stepped.emit(Step(done, note, partial))

        try:
            value = self.job(report)
        except StarlingError as error:
            self.failed.emit(Failure(error, ""))
        else:
            self.succeeded.emit(value)
        self.ended.emit(self)


class Inline(QObject):
    """Runs each job on the spot."""

    def task(self, job: Job[object], /) -> Task:
        """Return a task for *job*, not yet started."""
        return InlineTask(job, self)

    def close(self) -> None:
        """Do nothing: there is no process."""

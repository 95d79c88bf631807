"""Run jobs in processes: one job, one process, one pipe; cancel means stop."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from multiprocessing import get_context
from threading import Event, Thread
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.errors import StarlingError
from explorer.job import (
    PAUSE,
    READY,
    RESUME,
    Failure,
    Inbox,
    Job,
    Step,
    Success,
    send,
    wait_and_serve,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

POLL_MS = 15
FREEZES = hasattr(signal, "SIGSTOP")
"""Whether this system can hold up a process in the midst of its work; Windows cannot."""
SLICE_S = 0.006
"""Seconds of one poll that may go into receiving arrays: the rest waits for the next."""
WARM = ("explorer.graph.build", "explorer.ingest.run", "explorer.layout.ready")
"""What a waiting worker imports ahead, so that its job starts at once."""


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


class Worker:
    """A process that has started and waits for its one job."""

    def __init__(self) -> None:
        context = get_context("spawn")
        self.pipe, far = context.Pipe()
        self.process = context.Process(target=wait_and_serve, args=(far, WARM), daemon=True)
        self.process.start()
        far.close()
        self.inbox = Inbox(self.pipe)
        self.gone = Event()
        self._post: Thread | None = None
        self._frozen = False

    def post(self, job: Job[object]) -> None:
        """Send *job* from a thread: tens of megabytes would hold the window up."""
        self._post = Thread(target=_send, args=(self.pipe, job), daemon=True)
        self._post.start()

    def tell(self, word: bytes) -> bool:
        """Send a word between two reports of the job; False if the job is not all sent yet."""
        if self._post is None or self._post.is_alive():
            return False
        self.pipe.send_bytes(word)
        return True

    def freeze(self, rest: bool) -> bool:
        """Have the system hold the process up, or let it go on; False if it has no job yet.

        Also while the job is still being sent: the rest of it waits in the pipe.
        """
        if self._post is None or self.process.pid is None:
            return False
        os.kill(self.process.pid, signal.SIGSTOP if rest else signal.SIGCONT)
        self._frozen = rest
        return True

    def end(self, wait: bool = False) -> None:
        """Stop it, whatever it is doing; *wait* until it is no more, or for a fifth of a second.

        A process that holds a gigabyte takes a while to go, so that a thread sees it off.
        """
        self.process.terminate()
        if self._frozen:
            with suppress(OSError):  # it is gone already
                self.freeze(rest=False)  # or it would never hear that it should end
        Thread(target=self._see_off, daemon=True).start()
        if wait:
            self.gone.wait(0.2)

    def _see_off(self) -> None:
        if self._post is not None:
            self._post.join(1.0)  # its pipe is broken now; only then may it be closed
        self.pipe.close()
        self.process.join()
        self.gone.set()


def _send(pipe: Connection, job: Job[object]) -> None:
    with suppress(OSError):  # the next poll finds a dead process, and says so
        send(pipe, job)


class ProcessTask(Task):
    """A job in a process of its own, watched by a timer."""

    def __init__(self, job: Job[object], worker: Worker, parent: QObject) -> None:
        super().__init__(job, parent)
        self._worker, self.gone = worker, worker.gone
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self._poll)

    def start(self) -> None:
        """Begin as soon as the worker says that it listens."""
        self._timer.start()

    def pause(self, rest: bool) -> None:
        """Tell the process; a job that has not been sent yet is not disturbed."""
        with suppress(OSError):  # the next poll finds a dead process, and says so
            if self.rests:
                self.paused = self._worker.tell(PAUSE if rest else RESUME) and rest
            elif FREEZES:
                self.paused = self._worker.freeze(rest) and rest

    def cancel(self, wait: bool = False) -> None:
        """Stop the process."""
        if self._timer.isActive():
            self._end(wait=wait)

    def _poll(self) -> None:
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

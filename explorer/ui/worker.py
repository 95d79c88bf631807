"""One process that waits for its one job: what the window sends it, and how it ends."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from multiprocessing import get_context
from threading import Event, Thread
from typing import TYPE_CHECKING

from explorer.job import Inbox, Job, send, wait_and_serve

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

WARM = ("explorer.graph.build", "explorer.ingest.run", "explorer.layout.ready")
"""What a waiting worker imports ahead, so that its job starts at once."""


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

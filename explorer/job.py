"""Heavy work as a value: a job can be pickled, run in another process, and forgotten."""

from __future__ import annotations

import pickle
import signal
import traceback
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T_co = TypeVar("T_co", covariant=True)


class Report(Protocol):
    """How a running job tells of its progress."""

    def __call__(self, done: float, note: str = "", partial: object = None, /) -> None:
        """Say that a fraction *done* in [0, 1] is behind us; *partial* may be shown meanwhile."""


class Job(Protocol[T_co]):
    """A frozen dataclass holding all its inputs; calling it does the work."""

    @property
    def title(self) -> str:
        """What the user sees while it runs."""

    def __call__(self, report: Report, /) -> T_co:
        """Do the work; raise StarlingError for failures the user can understand."""


@dataclass(frozen=True, slots=True)
class Step:
    """Progress of a job."""

    done: float
    note: str = ""
    partial: object = None


@dataclass(frozen=True, slots=True)
class Success:
    """The end of a job that worked."""

    value: object


@dataclass(frozen=True, slots=True)
class Failure:
    """The end of a job that did not."""

    error: Exception
    trace: str


def silent(_done: float, _note: str = "", _partial: object = None, /) -> None:
    """Report to nobody: for jobs run on the spot."""


def send(pipe: Connection, message: object) -> None:
    """Send *message*, its arrays one by one, so that the far side may take them in slices.

    The first packet is the number of arrays, then the pickle without them, then each array's
    bytes. Arrays arrive read-only.
    """
    arrays: list[pickle.PickleBuffer] = []
    head = pickle.dumps(message, protocol=5, buffer_callback=arrays.append)
    pipe.send_bytes(len(arrays).to_bytes(4, "little") + head)
    for array in arrays:
        pipe.send_bytes(array.raw())


class Inbox:
    """Puts together what ``send`` took apart."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._head = b""
        self._missing = 0
        self._arrays: list[bytes] = []

    def take(self) -> object | None:
        """Read one packet, and return the message it completes, if it completes one.

        Raises
        ------
        EOFError, OSError
            If the far side is gone.
        """
        packet = self._pipe.recv_bytes()
        if self._missing:
            self._arrays.append(packet)
            self._missing -= 1
        else:
            self._head, self._missing, self._arrays = (
                packet[4:],
                int.from_bytes(packet[:4], "little"),
                [],
            )
        if self._missing:
            return None
        message: object = pickle.loads(self._head, buffers=self._arrays)
        self._head, self._arrays = b"", []
        return message


READY = "ready"
"""What a worker says once it listens: a job sent earlier would block the sender."""


def wait_and_serve(pipe: Connection, warm: tuple[str, ...] = ()) -> None:
    """Take one job from *pipe*, do it, and end: the main function of a worker process.

    Modules named in *warm* are imported while waiting, so that the job need not.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the window, which ends us
    inbox = Inbox(pipe)
    job = None
    try:
        send(pipe, READY)
        for name in warm:
            if pipe.poll():
                break
            import_module(name)
        while job is None:
            job = inbox.take()
    except (EOFError, OSError):  # the window closed before it had work for us
        return
    serve(job, pipe)  # type: ignore[arg-type]  # what comes down this pipe is a Job


PAUSE, RESUME = b"pause", b"resume"
"""What a running job may be told; it listens whenever it reports."""


def serve(job: Job[object], pipe: Connection) -> None:
    """Run *job* and send every Step, then exactly one Success or Failure, down *pipe*."""

    def report(done: float, note: str = "", partial: object = None, /) -> None:
        send(pipe, Step(done, note, partial))
        rest(pipe)

    try:
        send(pipe, Success(job(report)))
    except (BrokenPipeError, ConnectionResetError):  # nobody listens any more
        return
    except Exception as error:  # noqa: BLE001 - the far side decides what is a bug
        send(pipe, Failure(portable(error), traceback.format_exc()))
    finally:
        pipe.close()


def rest(pipe: Connection) -> None:
    """Wait as long as the far side wishes to pause.

    Raises
    ------
    BrokenPipeError
        If the far side is gone.
    """
    paused = False
    try:
        while paused or pipe.poll():
            paused = pipe.recv_bytes() == PAUSE
    except EOFError:
        raise BrokenPipeError from None


def portable(error: Exception) -> Exception:
    """Return *error* if it survives a pickle, else a RuntimeError with its words."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # noqa: BLE001 - whatever a foreign exception does in its pickle
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error

from dataclasses import dataclass
from multiprocessing import Pipe

import numpy as np
import pytest

from explorer.errors import LayoutError
from explorer.job import READY, Failure, Inbox, Step, Success, portable, send, serve


def everything(inbox):
    while True:
        try:
            message = inbox.take()
        except EOFError:
            return
        if message is not None:
            yield message


@dataclass(frozen=True)
class Doubling:
    numbers: np.ndarray
    title: str = "Doubling"

    def __call__(self, report):
        report(0.5, "half way", self.numbers)
        return 2 * self.numbers


@dataclass(frozen=True)
class Failing:
    error: Exception
    title: str = "Failing"

    def __call__(self, _report):
        raise self.error


def test_arrays_arrive_whole_and_read_only():
    near, far = Pipe()
    send(far, {"a": np.arange(1000), "b": np.empty(0), "c": "words"})
    inbox = Inbox(near)
    packets = 0
    message = None
    while message is None:
        message = inbox.take()
        packets += 1
    assert packets == 3  # the words with the shape, then each array
    assert message["c"] == "words"
    np.testing.assert_array_equal(message["a"], np.arange(1000))
    assert not message["a"].flags.writeable


def test_a_job_sends_steps_and_then_one_success():
    near, far = Pipe()
    serve(Doubling(np.arange(4)), far)
    step, success = everything(Inbox(near))
    assert isinstance(step, Step)
    assert isinstance(success, Success)
    assert step.note == "half way"
    assert success.value.tolist() == [0, 2, 4, 6]


def test_a_known_failure_keeps_its_sentence():
    near, far = Pipe()
    serve(Failing(LayoutError("No room.", "Zoom out.")), far)
    (failure,) = everything(Inbox(near))
    assert isinstance(failure, Failure)
    assert isinstance(failure.error, LayoutError)
    assert failure.error.hint == "Zoom out."


def test_an_error_that_cannot_be_pickled_is_told_in_words():
    class LocalError(Exception):
        pass

    told = portable(LocalError("of this function"))
    assert isinstance(told, RuntimeError)
    assert "LocalError: of this function" in str(told)


@pytest.mark.slow
def test_a_worker_says_when_it_listens():
    from multiprocessing import get_context

    from explorer.job import wait_and_serve

    context = get_context("spawn")
    near, far = context.Pipe()
    process = context.Process(target=wait_and_serve, args=(far, ("explorer.errors",)), daemon=True)
    process.start()
    far.close()
    assert Inbox(near).take() == READY
    near.close()
    process.join(10)
    assert process.exitcode == 0

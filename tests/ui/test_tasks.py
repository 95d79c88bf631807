import os
import signal
import time
from dataclasses import dataclass
from threading import current_thread, main_thread

import numpy as np
import pytest

from explorer.errors import StarlingError
from explorer.ui import tasks
from explorer.ui.tasks import FREEZES, Inline, Processes

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Counting:
    steps: int
    pause: float = 0.0
    title: str = "Counting"

    def __call__(self, report):
        for i in range(self.steps):
            report((i + 1) / self.steps, f"{i}", np.full(10, i))
            time.sleep(self.pause)
        return np.arange(self.steps)


@dataclass(frozen=True)
class Breaking:
    title: str = "Breaking"

    def __call__(self, report):
        raise StarlingError("It broke.", "Mend it.")


@dataclass(frozen=True)
class Deaf:
    """A job that reports once and then works for half a second, as igraph does."""

    title: str = "Deaf"
    rests = False

    def __call__(self, report):
        report(0.1, "", np.zeros(1))
        until = time.process_time() + 0.5
        while time.process_time() < until:
            pass
        return np.arange(3)


@dataclass(frozen=True)
class Dying:
    title: str = "Dying"

    def __call__(self, report):
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def processes(qapp):
    runner = Processes()
    yield runner
    runner.close()


def log_of(task):
    log = []
    task.stepped.connect(lambda step: log.append(("stepped", step.note)))
    task.succeeded.connect(lambda value: log.append(("succeeded", len(value))))
    task.failed.connect(lambda failure: log.append(("failed", str(failure.error))))
    task.ended.connect(lambda _: log.append(("ended", "")))
    return log


def test_a_task_steps_succeeds_and_ends_once(qtbot, processes):
    task = processes.task(Counting(3))
    log = log_of(task)
    with qtbot.waitSignal(task.ended, timeout=20_000):
        task.start()
    assert log == [
        ("stepped", "0"), ("stepped", "1"), ("stepped", "2"), ("succeeded", 3), ("ended", ""),
    ]  # fmt: skip


def test_a_known_failure_comes_as_its_sentence(qtbot, processes):
    task = processes.task(Breaking())
    log = log_of(task)
    with qtbot.waitSignal(task.ended, timeout=20_000):
        task.start()
    assert log == [("failed", "It broke. Mend it."), ("ended", "")]


def test_a_process_that_dies_is_said(qtbot, processes):
    task = processes.task(Dying())
    log = log_of(task)
    with qtbot.waitSignal(task.ended, timeout=20_000):
        task.start()
    assert log[0][0] == "failed"
    assert "“Dying” stopped unexpectedly" in log[0][1]


def test_cancel_stops_at_once_and_nothing_more_is_heard(qtbot, processes):
    task = processes.task(Counting(1000, 0.02))
    log = log_of(task)
    with qtbot.waitSignal(task.stepped, timeout=20_000):
        task.start()
    process = task._worker.process
    task.cancel()
    assert log[-1] == ("ended", "")
    qtbot.waitUntil(lambda: not process.is_alive(), timeout=5000)
    count = len(log)
    qtbot.wait(100)
    assert len(log) == count


def test_a_task_cancelled_before_its_worker_listens_ends_too(qtbot, processes):
    task = processes.task(Counting(3))
    log = log_of(task)
    task.start()
    task.cancel()
    assert log == [("ended", "")]


def test_a_spare_waits_again_after_each_task(qtbot, processes):
    processes.task(Counting(1)).cancel()
    qtbot.waitUntil(lambda: processes._spare is not None, timeout=5000)


def test_a_spare_that_was_killed_meanwhile_is_not_given_a_job(qtbot, processes, gone):
    spare = processes._spare.process
    spare.kill()
    qtbot.waitUntil(lambda: os.waitid(os.P_PID, spare.pid, os.WEXITED | os.WNOWAIT) is not None)
    task = processes.task(Counting(3))
    with qtbot.waitSignal(task.succeeded, timeout=20_000):
        task.start()
    assert gone(spare)


def test_nothing_is_left_of_a_process_that_has_done_its_job(qtbot, processes, gone):
    task = processes.task(Counting(1))
    with qtbot.waitSignal(task.succeeded, timeout=20_000):
        task.start()
    qtbot.waitUntil(lambda: gone(task._worker.process), timeout=5000)


def test_inline_runs_on_the_spot(qapp):
    runner = Inline()
    task = runner.task(Counting(2))
    log = log_of(task)
    task.start()
    assert [kind for kind, _ in log] == ["stepped", "stepped", "succeeded", "ended"]


def test_a_paused_job_rests_and_goes_on(qtbot, processes):
    task = processes.task(Counting(40, pause=0.02))
    log = log_of(task)
    with qtbot.waitSignal(task.stepped, timeout=20_000):
        task.start()
    task.pause(True)
    assert task.paused
    qtbot.wait(300)
    told = len(log)
    assert told < 20
    with qtbot.assertNotEmitted(task.stepped, wait=300):
        pass
    task.pause(False)
    with qtbot.waitSignal(task.succeeded, timeout=20_000):
        pass
    assert len(log) == 42


def test_a_paused_job_can_be_stopped(qtbot, processes):
    task = processes.task(Counting(1000, pause=0.01))
    log = log_of(task)
    with qtbot.waitSignal(task.stepped, timeout=20_000):
        task.start()
    task.pause(True)
    qtbot.wait(100)
    task.cancel()
    assert log[-1] == ("ended", "")
    qtbot.waitUntil(lambda: not task._worker.process.is_alive(), timeout=5000)


needs_signals = pytest.mark.skipif(not FREEZES, reason="no system can hold a process up here")


@needs_signals
def test_a_job_that_never_rests_is_held_up_by_the_system_and_goes_on(qtbot, processes):
    task = processes.task(Deaf())
    with qtbot.waitSignal(task.stepped, timeout=20_000):
        task.start()
    assert task.pausable
    task.pause(True)
    assert task.paused
    with qtbot.assertNotEmitted(task.ended, wait=1500):
        pass
    task.pause(False)
    assert not task.paused
    with qtbot.waitSignal(task.succeeded, timeout=20_000):
        pass


@needs_signals
def test_a_job_that_is_held_up_can_be_stopped(qtbot, processes):
    task = processes.task(Deaf())
    with qtbot.waitSignal(task.stepped, timeout=20_000):
        task.start()
    task.pause(True)
    task.cancel()
    qtbot.waitUntil(lambda: not task._worker.process.is_alive(), timeout=5000)


def test_where_processes_cannot_be_held_up_it_is_said(qtbot, processes, monkeypatch):
    monkeypatch.setattr(tasks, "FREEZES", False)
    task = processes.task(Deaf())
    assert not task.pausable
    assert processes.task(Counting(1)).pausable
    with qtbot.waitSignal(task.stepped, timeout=20_000):
        task.start()
    task.pause(True)
    assert not task.paused
    with qtbot.waitSignal(task.succeeded, timeout=20_000):
        pass


def test_a_job_paused_before_it_has_begun_rests_at_its_first_report(qtbot, processes):
    task = processes.task(Counting(200, pause=0.01))
    log = log_of(task)
    task.pause(True)
    assert task.paused
    task.start()
    qtbot.waitUntil(lambda: task._told, timeout=20_000)
    qtbot.wait(300)
    told = len(log)
    assert told < 100
    with qtbot.assertNotEmitted(task.stepped, wait=200):
        pass
    task.pause(False)
    with qtbot.waitSignal(task.succeeded, timeout=20_000):
        pass


@needs_signals
def test_a_job_that_never_rests_is_held_up_as_soon_as_it_is_sent(qtbot, processes):
    task = processes.task(Deaf())
    task.pause(True)
    task.start()
    qtbot.waitUntil(lambda: task._told, timeout=20_000)
    with qtbot.assertNotEmitted(task.ended, wait=1000):
        pass
    task.pause(False)
    with qtbot.waitSignal(task.succeeded, timeout=20_000):
        pass


def test_a_pause_taken_back_before_the_job_has_begun_is_none(qtbot, processes):
    task = processes.task(Counting(3))
    task.pause(True)
    task.pause(False)
    assert not task.paused
    with qtbot.waitSignal(task.succeeded, timeout=20_000):
        task.start()


def test_the_window_does_not_wait_for_a_process_to_go(qtbot, processes, monkeypatch):
    task = processes.task(Counting(1000, pause=0.01))
    with qtbot.waitSignal(task.stepped, timeout=20_000):
        task.start()
    process, waited = task._worker.process, []
    join = process.join
    monkeypatch.setattr(process, "join", lambda: (waited.append(current_thread()), join()))
    task.cancel()
    qtbot.waitUntil(task.gone.is_set, timeout=5000)
    assert not process.is_alive()
    assert len(waited) == 1
    assert waited[0] is not main_thread()


def test_one_may_wait_until_a_process_is_no_more(qtbot, processes):
    task = processes.task(Counting(1000, pause=0.01))
    with qtbot.waitSignal(task.stepped, timeout=20_000):
        task.start()
    task._worker.process.kill()
    task.cancel(wait=True)
    assert task.gone.is_set()

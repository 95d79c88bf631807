import threading
import time

import pytest

from explorer.scene.crew import Crew


@pytest.mark.parametrize("hands", [1, 2, 4])
def test_every_piece_is_done_once(hands):
    done = []
    Crew(hands).each(done.append, range(50))
    assert sorted(done) == list(range(50))


def test_nothing_to_do_is_done_at_once():
    Crew(2).each(pytest.fail, [])


def test_one_hand_works_in_the_thread_that_asks():
    threads = []
    Crew(1).each(lambda _: threads.append(threading.current_thread()), range(3))
    assert threads == [threading.current_thread()] * 3


def test_two_hands_work_at_the_same_time():
    both = threading.Barrier(2, timeout=10)
    Crew(2).each(lambda _: both.wait(), range(2))  # one hand alone would wait for ever


def test_a_failure_is_told_after_everybody_has_stopped():
    done = []

    def work(item):
        if item == 0:
            raise ValueError(item)
        time.sleep(0.01)
        done.append(item)

    with pytest.raises(ValueError, match="0"):
        Crew(2).each(work, range(5))
    assert done == [1, 2, 3, 4]

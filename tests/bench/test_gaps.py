import time

from explorer.assets import sample
from explorer.bench import gaps
from explorer.bench.busy import Stretch


def test_an_act_is_over_so_many_seconds_after_it_was_first_looked_at():
    passed = gaps.after(0.01)
    assert not passed()
    time.sleep(0.02)
    assert passed()


def test_every_act_is_measured_by_both_clocks(monkeypatch, tmp_path):
    class Shown:
        def close(self):
            return True

    some = [Stretch("stop", 20.0, 17.0), Stretch("stop", 30.0, 3.0), Stretch("undo", 5.0, 4.0)]
    monkeypatch.setattr(gaps, "opened", lambda *_: Shown())
    monkeypatch.setattr(gaps, "play", lambda _window: some)
    assert gaps.measure(sample(), tmp_path) == [
        ("gaps: above 16 ms on the processor", 1.0, "times"),
        ("gaps: stop, on the processor", 17.0, "ms"),
        ("gaps: stop, by the clock", 30.0, "ms"),
        ("gaps: undo, on the processor", 4.0, "ms"),
        ("gaps: undo, by the clock", 5.0, "ms"),
    ]

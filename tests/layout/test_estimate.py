import pytest

from explorer.layout.estimate import COSTS, duration, seconds, spoken
from explorer.layout.run import layouts


def test_estimates_are_of_layouts_that_there_are():
    assert set(COSTS) <= set(layouts())


@pytest.mark.parametrize("layout", COSTS)
def test_more_accounts_take_longer(layout):
    taken = [seconds(layout, n) for n in (1, 10, 100, 1000, 5000, 100_000)]
    assert all(one is not None and one >= 0 for one in taken)
    assert seconds(layout, 100_000) > seconds(layout, 2000)


def test_what_nobody_knows_is_not_said():
    assert seconds("circle", 1000) is None
    assert spoken("circle", 1000) == ""
    assert spoken("kk", 0) == ""


@pytest.mark.parametrize(("taken", "words"), [
    (0.2, "Less than a second"), (1.2, "About 1 second"), (42, "About 42 seconds"),
    (600, "About 10 minutes"), (7200, "About 2 hours"), (1e6, "About 12 days"),
])  # fmt: skip
def test_durations_are_no_more_exact_than_the_estimate(taken, words):
    assert duration(taken) == words


def test_a_sentence_says_for_how_many():
    assert spoken("kk", 176_033) == "About 7 hours for 176,033 accounts."

from __future__ import annotations

import numpy as np
import pytest

from explorer.errors import LayoutError
from explorer.job import silent
from explorer.layout.asked import SeedOnly
from explorer.layout.base import Layout
from explorer.layout.run import RunLayout, checked


def lost(graph, _options, _start, _report, /):
    at = np.zeros((graph.n, 2), np.float32)
    at[0] = np.nan
    return at


def test_an_account_at_infinity_is_told(make):
    layout = Layout("lost", "Lost", "Loses one.", SeedOnly, lost)
    with pytest.raises(LayoutError, match=r"Lost lost 1 of 3 accounts"):
        RunLayout(make(3, []), layout, SeedOnly())(silent)


def test_all_in_one_place_is_told():
    with pytest.raises(LayoutError, match="one place"):
        checked(np.ones((4, 2), np.float32), 4, "Pile")


def test_too_few_places_are_told():
    with pytest.raises(LayoutError, match=r"\(3, 2\), not \(4, 2\)"):
        checked(np.ones((3, 2), np.float32), 4, "Short")


def test_a_job_says_what_it_does(make):
    layout = Layout("lost", "Lost", "Loses one.", SeedOnly, lost)
    assert RunLayout(make(3, []), layout, SeedOnly()).title == "Layout: Lost"

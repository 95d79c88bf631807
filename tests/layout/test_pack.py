from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.layout.pack import SHAPE, TRAY, arrange, cells, compose, shelve

sizes_of = st.lists(st.integers(1, 3000), min_size=1, max_size=200).map(
    lambda some: np.array(sorted(some, reverse=True))
)


def boxes_of(arrangement, sizes, main_at):
    """Return low and high corners of every component, ``(c, 2)`` each."""
    starts = np.arange(len(sizes) + 1) * 4
    corners = np.tile(np.array([[-1, 1, -1, 1], [-1, -1, 1, 1]], np.float32), len(sizes))
    if arrangement.main is not None:
        corners[:, :4] = main_at
    placed = compose(arrangement, starts, corners).T.reshape(-1, 4, 2)
    return placed.min(axis=1), placed.max(axis=1)


def overlaps(low, high):
    eps = 1e-3 * np.ptp(np.concatenate([low, high, [[0, 0]]]))
    apart = (low[:, None] >= high[None] - eps) | (high[:, None] <= low[None] + eps)
    crossing = ~apart.any(axis=2)
    np.fill_diagonal(crossing, val=False)
    return int(crossing.sum())


@given(sizes=sizes_of, aspect=st.floats(0.1, 10))
@settings(max_examples=60, deadline=None)
def test_no_two_components_overlap(sizes, aspect):
    main = np.array([[0, aspect, 0, aspect], [0, 0, 1, 1]], np.float32)
    low, high = boxes_of(arrange(sizes, aspect), sizes, main)
    large = sizes > 1  # singles are points
    assert np.isfinite(low).all()
    assert overlaps(low[large], high[large]) == 0


@given(sizes=sizes_of)
@settings(max_examples=40, deadline=None)
def test_the_whole_is_centred(sizes):
    main = np.array([[0, 1, 0, 1], [0, 0, 1, 1]], np.float32)
    low, high = boxes_of(arrange(sizes, 1.0), sizes, main)
    wide = np.ptp(np.concatenate([low, high]), axis=0).max()
    assert np.allclose(low.min(axis=0) + high.max(axis=0), 0, atol=1e-3 * wide)


@pytest.mark.parametrize("small", [10, 300, 3000])
def test_the_tray_takes_little_room(small):
    sizes = np.array([5000] + [2] * small + [1] * (1000 if small < 2000 else 0))
    arrangement = arrange(sizes, 1.2)
    whole, panel = np.prod(arrangement.main), np.prod(arrangement.panel)
    assert panel < 1.05 * TRAY / (1 - TRAY) * whole if small < 2000 else panel < whole


def test_a_large_second_component_is_not_squeezed():
    sizes = np.array([1000, 600, *[2] * 300])
    arrangement = arrange(sizes, 1.0)
    per_node = (2 * arrangement.radius[1]) ** 2 / 600
    assert 0.8 < per_node / (np.prod(arrangement.main) / 1000) < 1.2


@pytest.mark.parametrize("aspect", [0.5, 1.0, 1.5, 3.0])
def test_the_panel_goes_where_the_shape_gets_nearer_a_window(aspect):
    sizes = np.array([5000] + [2] * 300)
    assert arrange(sizes, aspect).beside == (aspect < SHAPE)


def test_without_a_main_component_all_stand_in_rows_of_a_window():
    arrangement = arrange(np.full(300, 2), 1.0)
    assert arrangement.main is None
    width, height = arrangement.panel
    assert 1.2 < width / height < 2.1


def test_the_main_one_alone_has_no_panel():
    assert arrange(np.array([500]), 1.3).panel == (0.0, 0.0)


def test_rows_are_no_longer_than_allowed():
    boxes = cells(np.array([40, 20, 9, 4, 2, 2, 2, 1, 1]))
    across = float(boxes.width.max()) * 1.5
    shelves = shelve(boxes, across)
    assert shelves.width <= across
    assert shelves.height < boxes.height.sum()
    assert (np.diff(shelves.y) <= 1e-9).sum() >= 3

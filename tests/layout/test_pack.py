from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.layout.boxes import cells, shelve
from explorer.layout.mosaic import mosaic
from explorer.layout.pack import SHAPE, TRAY, arrange, compose, shapes_of

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


@given(sizes=sizes_of, seed=st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_lean_components_do_not_overlap_either(sizes, seed):
    shapes = np.exp(np.random.default_rng(seed).uniform(-1, 1, len(sizes)))
    arrangement = arrange(sizes, 1.0, shapes)
    starts = np.arange(len(sizes) + 1) * 4
    corners = np.tile(np.array([[-1, 1, -1, 1], [-1, -1, 1, 1]], np.float32), len(sizes))
    corners *= np.repeat(np.minimum([shapes, 1 / shapes], 1), 4, axis=1)
    if arrangement.main is not None:
        corners[:, :4] = [[0, 1, 0, 1], [0, 0, 1, 1]]
    placed = compose(arrangement, starts, corners.astype(np.float32)).T.reshape(-1, 4, 2)
    large = sizes > 1
    assert overlaps(placed.min(axis=1)[large], placed.max(axis=1)[large]) == 0


def test_many_components_fill_the_window_without_voids():
    sizes = np.array(
        [300] * 3 + [40] * 20 + [9] * 60 + [4] * 200 + [3] * 300 + [2] * 800 + [1] * 2000
    )
    tiles = mosaic(cells(sizes), 1.6, 1.0)
    inside = tiles.centre[:, tiles.centre[0] < 0.8]
    cover, _, _ = np.histogram2d(*tiles.centre, bins=(8, 5), range=[[0, 1.6], [-1, 0]])
    assert (cover > 0).mean() > 0.85
    assert inside.size
    per_node = tiles.radius[sizes > 2] ** 2 / sizes[sizes > 2]
    assert per_node.max() < 6 * per_node.min()


def test_singles_do_not_keep_the_largest_component_from_filling_the_window():
    arrangement = arrange(np.array([1600, *[5] * 100, *[1] * 7000]), 1.3)
    assert arrangement.main is not None
    assert np.prod(arrangement.panel) < 0.25 * np.prod(arrangement.main)


def test_a_largest_component_that_is_small_beside_the_rest_does_not_make_a_tower():
    sizes = np.array([26, 6, 4, 4, 4, 3, 3, *[2] * 13])
    for aspect in (0.5, 1.0, 2.0, 4.0):
        arrangement = arrange(sizes, aspect)
        if arrangement.main is None:
            width, height = arrangement.panel
        else:
            width = arrangement.main[0] + arrangement.panel[0] * arrangement.beside
            height = arrangement.main[1] + arrangement.panel[1] * (not arrangement.beside)
        assert 0.8 < width / height < 3.2


def test_the_shape_of_a_component_is_its_width_by_its_height():
    at = np.array([[0, 4, 0, 0, 7], [0, 1, 0, 8, 7]], np.float32)
    assert shapes_of(at, np.array([0, 2, 4, 5])).tolist() == pytest.approx([4, 0.01, 1])

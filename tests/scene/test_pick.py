import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from explorer.scene.pick import Grid

hundredths = st.integers(-5000, 5000).map(lambda number: np.float32(number / 100))
places = arrays(np.float32, st.tuples(st.integers(1, 60), st.just(2)), elements=hundredths)
spots = st.tuples(st.floats(-60, 60), st.floats(-60, 60))


@settings(max_examples=60, deadline=None)
@given(places, spots, st.floats(0.1, 40))
def test_the_nearest_is_that_of_brute_force(positions, spot, radius):
    away = np.hypot(*(positions.astype(np.float64) - spot).T)
    found = Grid(positions).nearest(*spot, radius)
    if found < 0:
        assert away.min() > radius
    else:
        assert away[found] == away.min()
        assert away[found] <= radius


@settings(max_examples=40, deadline=None)
@given(places, spots, st.floats(0.1, 10))
def test_a_point_in_discs_meets_the_one_in_which_it_is_nearest_the_middle(positions, spot, size):
    radii = np.linspace(0.1, size, len(positions)).astype(np.float32)
    share = np.hypot(*(positions.astype(np.float64) - spot).T) / radii
    found = Grid(positions).nearest(*spot, 0.0, radii)
    if share.min() < 1:
        assert share[found] == share.min()
    else:
        assert found == -1 or np.isclose(share[found], 1)


def test_of_two_at_one_place_the_larger_is_met():
    positions = np.zeros((2, 2), np.float32)
    assert Grid(positions).nearest(0.0, 0.0, 1.0, np.array([2.0, 1.0], np.float32)) == 0
    assert Grid(positions).nearest(0.0, 0.0, 1.0, np.array([1.0, 2.0], np.float32)) == 1


def test_a_small_disc_on_a_large_one_can_be_met():
    positions = np.array([[0, 0], [6, 0]], np.float32)
    grid, radii = Grid(positions), np.array([10.0, 1.0], np.float32)
    assert grid.nearest(6.2, 0.0, 1.0, radii) == 1
    assert grid.nearest(1.0, 0.0, 1.0, radii) == 0


def test_hidden_accounts_cannot_be_met():
    positions = np.array([[0, 0], [1, 0]], np.float32)
    grid = Grid(positions, np.array([False, True]))
    assert grid.nearest(0.0, 0.0, 5.0) == 1
    assert grid.inside_box(-5, -5, 5, 5).tolist() == [False, True]
    assert grid.inside_lasso(np.array([[-5, -5], [5, -5], [0, 9]])).tolist() == [False, True]


@settings(max_examples=40, deadline=None)
@given(places, spots, spots)
def test_a_box_has_what_lies_between_its_corners(positions, one, other):
    low, high = np.minimum(one, other), np.maximum(one, other)
    expected = ((positions >= low) & (positions <= high)).all(axis=1)
    assert np.array_equal(Grid(positions).inside_box(*one, *other), expected)


def surrounded(x, y, corners):
    """Even-odd rule, one point against every side."""
    odd = False
    for (ax, ay), (bx, by) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            odd = not odd
    return odd


@settings(max_examples=60, deadline=None)
@given(
    arrays(np.float32, (40, 2), elements=hundredths),
    arrays(np.float64, st.tuples(st.integers(3, 25), st.just(2)), elements=st.integers(-60, 60)),
)
def test_a_lasso_has_what_brute_force_has(positions, corners):
    corners = corners + 0.37  # no account on a side
    expected = [surrounded(x, y, corners) for x, y in positions.astype(np.float64).tolist()]
    assert Grid(positions).inside_lasso(corners).tolist() == expected


def test_a_lasso_of_two_points_has_nothing():
    assert not Grid(np.zeros((3, 2), np.float32)).inside_lasso(np.zeros((2, 2))).any()


def test_a_grid_of_nothing_has_nothing():
    grid = Grid(np.empty((0, 2), np.float32))
    assert grid.nearest(0.0, 0.0, 10.0) == -1
    assert len(grid.inside_box(-1, -1, 1, 1)) == 0
    assert len(grid.inside_lasso(np.array([[0, 0], [1, 0], [0, 1]]))) == 0


def test_positions_that_are_not_numbers_do_no_harm():
    positions = np.array([[np.nan, 0], [np.inf, 1], [3, 3]], np.float32)
    assert Grid(positions).nearest(3.0, 3.0, 1.0) == 2

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.scene.bins import binned, lines_near
from explorer.scene.compiled import still
from explorer.scene.lines import BLOCK, lines
from explorer.scene.raster import PAD, Frame

SIZE = (80, 60)


def some(seed, k=1000, n=300):
    """Edges and positions, most edges short and some long."""
    random = np.random.default_rng(seed)
    positions = random.normal(scale=40, size=(n, 2)).astype(np.float32)
    source = random.integers(0, n, k)
    near = np.argsort(positions[:, 0], kind="stable")[(source + 1) % n]
    target = np.where(random.random(k) < 0.8, near, random.integers(0, n, k))
    return still(np.column_stack([source, target]).astype(np.int32)), still(positions)


def counts():
    return np.zeros((SIZE[1] + 2 * PAD, SIZE[0] + 2 * PAD), np.uint16)


def test_binned_edges_are_the_same_edges():
    ends, positions = some(1)
    made = binned(ends, positions)
    same = sorted(map(sorted, made.ends.tolist())), sorted(map(sorted, ends.tolist()))
    assert same[0] == same[1]


def test_lying_edges_come_first_and_begin_left_standing_ones_begin_at_the_top():
    ends, positions = some(1)
    first, last = (positions[column] for column in binned(ends, positions).ends.T)
    across, up = (last - first).T
    standing = np.abs(up) > np.abs(across)
    assert (np.diff(standing.astype(int)) >= 0).all()
    assert (across[~standing] >= 0).all()
    assert (up[standing] <= 0).all()


def test_a_box_surrounds_every_edge_of_its_block():
    ends, positions = some(2)
    made = binned(ends, positions)
    assert len(made.boxes) == -(-len(ends) // BLOCK)
    for block, box in enumerate(made.boxes):
        at = positions[made.ends[block * BLOCK : (block + 1) * BLOCK]].reshape(-1, 2)
        assert box.tolist() == [*at.min(axis=0).tolist(), *at.max(axis=0).tolist()]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 99), st.floats(-150, 150), st.floats(-150, 150), st.floats(0.05, 20))
def test_what_is_passed_over_could_not_be_seen(seed, left, top, scale):
    ends, positions = some(seed)
    frame = Frame(left, top, scale, 24.0)
    plain, quick = counts(), counts()
    lines(ends, positions, (0, len(ends)), frame, plain)
    made = binned(ends, positions)
    lines_near(made.ends, made.boxes, positions, (0, len(ends)), frame, quick)
    assert np.array_equal(plain, quick)


@pytest.mark.parametrize("scale", [0.0, 1.0, 1e30])
def test_any_world_can_be_binned(scale):
    ends, positions = some(3)
    moved = still((positions * np.float32(scale)).astype(np.float32))
    assert len(binned(ends, moved).ends) == len(ends)


def test_no_edges_make_no_blocks():
    _, positions = some(4)
    assert binned(still(np.empty((0, 2), np.int32)), positions).boxes.shape == (0, 4)

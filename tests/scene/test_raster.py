import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.scene.compiled import still
from explorer.scene.lines import lines
from explorer.scene.raster import FAINT, FULL, PAD, UNIT, Frame, compose, histogram, veil

PIXELS = Frame(left=0.0, top=0.0, scale=1.0, fade=1e9)
"""World units are pixels; y of the world is minus y of the picture."""


def count(*ends, size=(20, 10), frame=PIXELS):
    """Counts of lines given as x0, y0, x1, y1 in pixels, the rim included."""
    at = np.array(ends, np.float32).reshape(-1, 2) * [1, -1]
    counts = np.zeros((size[1] + 2 * PAD, size[0] + 2 * PAD), np.uint16)
    pairs = np.arange(len(at), dtype=np.int32).reshape(-1, 2)
    lines(still(pairs), still(at.astype(np.float32)), (0, len(pairs)), frame, counts)
    return counts


def inner(counts):
    return counts[PAD:-PAD, PAD:-PAD]


def test_a_level_line_covers_every_pixel_of_its_row_once():
    counts = inner(count((3.5, 4.5, 9.5, 4.5)))
    assert counts[4, 3:10].tolist() == [UNIT] * 7
    assert counts.sum() == 7 * UNIT


def test_a_line_between_two_rows_is_shared_by_them():
    counts = inner(count((3.5, 5.0, 9.5, 5.0)))
    assert counts[4, 3:10].tolist() == counts[5, 3:10].tolist() == [UNIT // 2] * 7


def test_an_upright_line_covers_every_pixel_of_its_column_once():
    counts = inner(count((6.5, 1.5, 6.5, 8.5)))
    assert counts[1:9, 6].tolist() == [UNIT] * 8
    assert counts.sum() == 8 * UNIT


@settings(max_examples=60, deadline=None)
@given(
    st.tuples(
        st.floats(1, 19, width=32),
        st.floats(1, 9, width=32),
        st.floats(1, 19, width=32),
        st.floats(1, 9, width=32),
    )
)
def test_a_line_covers_one_pixel_in_every_step_along_its_longer_side(line):
    x0, y0, x1, y1 = map(float, np.array(line, np.float32))
    along = (x0, x1) if abs(x1 - x0) >= abs(y1 - y0) else (y0, y1)
    steps = abs(int(np.floor(along[1])) - int(np.floor(along[0]))) + 1
    assert count(line).sum() == steps * UNIT


def test_direction_makes_no_difference():
    line = (2.3, 1.2, 17.9, 8.4)
    assert np.array_equal(count(line), count((*line[2:], *line[:2])))


def test_a_long_edge_weighs_less_and_never_nothing():
    faded = PIXELS._replace(fade=4.0)
    assert inner(count((1.5, 4.5, 17.5, 4.5), frame=faded)).max() == UNIT * 4 // 16
    assert inner(count((1.5, 4.5, 17.5, 4.5), frame=PIXELS._replace(fade=0.01))).max() == FAINT


def test_a_line_through_the_picture_is_the_same_wherever_it_begins():
    whole = inner(count((-200.0, -77.0, 300.0, 113.0), size=(40, 40)))
    around = inner(count((-200.0, -77.0, 300.0, 113.0), size=(40, 30)))
    assert np.array_equal(whole[:30], around)
    assert whole.any()


@pytest.mark.parametrize("line", [(-9, 2, -1.5, 8), (25, 2, 30, 8), (3, -8, 9, -2), (3, 14, 9, 12)])
def test_a_line_outside_is_not_drawn(line):
    assert not inner(count(line)).any()


def test_a_strip_has_the_same_counts_as_the_whole():
    random = np.random.default_rng(5)
    ends = random.uniform(-30, 90, (300, 4))
    whole = inner(count(*ends, size=(60, 60)))
    upper = inner(count(*ends, size=(60, 25)))
    lower = inner(count(*ends, size=(60, 35), frame=PIXELS._replace(top=-25.0)))
    assert np.abs(np.vstack([upper, lower]).astype(int) - whole).max() <= 1


def test_counts_are_cut_and_not_wrapped_round():
    assert inner(count(*[(3.5, 4.5, 9.5, 4.5)] * 1000)).max() == FULL


@settings(max_examples=60, deadline=None)
@given(st.tuples(*[st.floats(-(2.0**127), 2.0**127, width=32)] * 4), st.floats(1e-9, 1e9))
def test_no_world_is_too_large(line, scale):
    count(line, frame=Frame(0.0, 0.0, scale, 24.0))


def test_a_histogram_leaves_out_the_rim():
    counts = np.full((3 + 2 * PAD, 4 + 2 * PAD), 9, np.uint16)
    counts[PAD:-PAD, PAD:-PAD] = np.arange(12).reshape(3, 4) % 2
    bins = np.zeros(FULL + 1, np.int64)
    histogram(counts, bins)
    assert bins[:3].tolist() == [6, 6, 0]
    assert bins.sum() == 12


def test_edges_are_laid_over_the_ground_by_their_level():
    counts = np.zeros((1 + 2 * PAD, 3 + 2 * PAD), np.uint16)
    counts[PAD, PAD : PAD + 3] = 0, 1, 2
    levels = np.zeros(FULL + 1, np.uint8)
    levels[1:3] = 128, 255
    ink = np.zeros((256, 4), np.int32)
    ink[128], ink[255] = (255, 0, 0, 128), (0, 0, 255, 256)
    pixels = np.full((1, 3), 0xFF000000, np.uint32)
    compose(counts, still(levels), still(ink), pixels)
    assert [hex(p) for p in pixels[0].tolist()] == ["0xff000000", "0xff7f0000", "0xff0000ff"]


def test_a_veil_of_the_ground_hides_what_is_under_it():
    pixels = np.full((2, 2), 0xFFFFFFFF, np.uint32)
    out = np.empty_like(pixels)
    veil(still(pixels), (16, 32, 48), 256, out)
    assert (out == 0xFF102030).all()
    veil(still(pixels), (16, 32, 48), 0, out)
    assert (out == 0xFFFFFFFF).all()

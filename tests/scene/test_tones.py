import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.scene.raster import FAINT, FULL, PAD, UNIT
from explorer.scene.theme import THEMES, theme
from explorer.scene.tones import ink, levels, levels_of


def bins(**pixels):
    """A histogram: ``c8=100`` says that 100 pixels have the count 8."""
    made = np.zeros(FULL + 1, np.int64)
    for name, number in pixels.items():
        made[int(name[1:])] = number
    return made


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(st.integers(0, FULL), st.integers(1, 10_000), max_size=30),
    st.floats(1.0, 4.0),
    st.integers(1, 8),
)
def test_more_edges_are_never_drawn_weaker(counted, steep, zoom):
    made = np.zeros(FULL + 1, np.int64)
    for count, number in counted.items():
        made[count] = number
    table = levels_of(made, steep, zoom).astype(int)
    assert (np.diff(table) >= 0).all()
    assert table[0] == 0


def test_no_edges_have_no_level():
    assert not levels_of(bins(c0=500), 1.0).any()


def test_the_densest_places_are_drawn_strongest():
    table = levels_of(bins(c0=50, c8=300, c64=200, c512=100, c4096=50), 1.0)
    assert table[4096] == 255
    assert 0 < table[8] < table[64] < table[512] < 255


def test_steep_keeps_the_strong_tones_for_dense_places():
    counted = bins(c0=50, c8=300, c64=200, c512=100, c4096=50)
    flat, steep = levels_of(counted, 1.0), levels_of(counted, 3.0)
    assert steep[4096] == flat[4096] == 255
    assert steep[64] < flat[64]


def test_a_lone_line_in_an_empty_picture_is_lifted():
    lonely, crowded = bins(c0=100_000, c8=100), bins(c0=100, c8=50_000, c800=50_000)
    assert levels_of(lonely, 3.0)[FAINT] > 3 * levels_of(crowded, 3.0)[FAINT]


def test_the_flank_of_a_smooth_line_is_as_much_weaker_as_its_count():
    table = levels_of(bins(c0=1000, c4=20, c8=10), 1.0).astype(int)
    assert abs(table[4] - table[8] / 2) <= 1


def test_noise_is_not_blown_up_to_the_full_range():
    narrow = bins(**{f"c{count}": 1000 for count in range(400, 601)})
    table = levels_of(narrow, 1.0).astype(int)
    assert table[600] - table[400] < 128


def test_a_larger_picture_takes_the_level_of_as_dense_a_place():
    counted = bins(c0=50, c8=300, c64=200, c512=100, c4096=50)
    assert levels_of(counted, 1.0, zoom=4)[128] == levels_of(counted, 1.0)[512]


def test_levels_come_from_the_counts_inside():
    counts = np.full((10 + 2 * PAD, 10 + 2 * PAD), FULL, np.uint16)
    counts[PAD:-PAD, PAD:-PAD] = UNIT
    assert levels(counts, 1.0)[UNIT] == 255


@pytest.mark.parametrize("name", THEMES)
def test_ink_runs_from_thin_to_dense(name):
    for tone in theme(name).tones.values():
        table = ink(tone, 1.0)
        assert table[0, 3] == 0
        assert tuple(table[255, :3]) == tone.dense
        assert (np.diff(table[1:, 3]) >= 0).all()
        assert table.min() >= 0
        assert table.max() <= 256


def test_strength_makes_edges_stronger_and_weaker():
    tone = theme("dark").tones["rest"]
    weak, plain, strong = (ink(tone, strength)[128, 3] for strength in (0.5, 1.0, 2.0))
    assert weak < plain < strong <= 256

import numpy as np

from explorer.scene.compiled import still
from explorer.scene.discs import LEAST, discs, make_room
from explorer.scene.raster import Frame

PIXELS = Frame(0.0, 0.0, 1.0, 0.0)
WHITE = still(np.array([[255, 255, 255, 256, 0]], np.float64))


def paint(*at, radius=3.0, coats=WHITE, size=(20, 20)):
    """Red values of discs at pixels on black."""
    pixels = np.full((size[1], size[0]), 0xFF000000, np.uint32)
    positions = np.array(at, np.float32) * np.array([1, -1], np.float32)
    radii = np.full(len(at), radius, np.float32)
    discs(
        still(np.arange(len(at), dtype=np.int32)),
        still(positions), still(radii), PIXELS, coats, pixels,
    )  # fmt: skip
    return (pixels >> 16 & 255).astype(int)


def test_a_disc_covers_its_area():
    red = paint((10.0, 10.0), radius=5.0)
    assert abs(red.sum() / 255 - np.pi * 25) < 2
    assert red[10, 10] == 255
    assert np.array_equal(red, red.T)


def test_a_disc_half_outside_is_painted_half():
    assert abs(paint((0.0, 10.0), radius=5.0).sum() / 255 - np.pi * 12.5) < 2


def test_a_disc_outside_is_not_painted():
    assert not paint((-9.0, 10.0), (40.0, 3.0), (5.0, 90.0)).any()


def test_a_smaller_coat_lies_inside_a_larger_one():
    black = [0, 0, 0, 256, -2.0]
    ringed = paint((10.0, 10.0), radius=6.0, coats=still(np.array([WHITE[0], black], np.float64)))
    assert ringed[10, 10] == 0
    assert ringed[10, 14] == 255


def make_radii(positions, size=(400, 400)):
    radii = np.full(len(positions), 3.0, np.float32)
    rows = still(np.arange(len(positions), dtype=np.int32))
    make_room(rows, still(positions.astype(np.float32)), PIXELS, size, radii, 10.0)
    return radii


def test_accounts_shrink_in_a_crowd_and_stay_as_they_are_alone():
    random = np.random.default_rng(1)
    crowd = random.uniform(100, 130, (900, 2)) * [1, -1]
    alone = np.array([[300.0, -300.0]])
    radii = make_radii(np.vstack([crowd, alone]))
    assert radii[-1] == 3.0
    assert radii[:-1].mean() < 1.5
    assert radii.min() >= np.float32(3.0 * LEAST)


def test_a_pan_changes_no_radius():
    random = np.random.default_rng(2)
    positions = random.uniform(50, 350, (3000, 2)) * [1, -1]
    radii = np.full(3000, 3.0, np.float32)
    rows, at = still(np.arange(3000, dtype=np.int32)), still(positions.astype(np.float32))
    panned = radii.copy()
    make_room(rows, at, PIXELS, (400, 400), radii, 10.0)
    make_room(rows, at, PIXELS._replace(left=-37.3, top=12.9), (460, 460), panned, 10.0)
    assert np.allclose(radii, panned, rtol=1e-4)

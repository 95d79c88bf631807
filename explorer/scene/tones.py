"""From how many edges cross a pixel to its colour: by rank, so that every density is told apart.

Histogram equalisation follows "datashader" (Bednar, Cottam and others); each group of edges is
ranked among its own counts, so that the many amplifiers cannot drown the few core accounts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from explorer.scene.compiled import still
from explorer.scene.raster import FAINT, FULL, histogram

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.scene.raster import Counts
    from explorer.scene.theme import Tone

SPARSE = 0.06
"""Share of pixels with edges below which thin lines are lifted, since there is room for them."""
LIFT = 0.7
"""Level of a lone line in an almost empty picture."""
SLOPE = 0.26
"""Rank that a count may gain at most by doubling."""
FINE = 8
"""Steps to one doubling."""
STEPS = 13 * FINE + 1
"""Steps from one faint line to the largest count."""
MOST = 0.998
"""Share of the pixels whose counts take part in spreading ranks."""
COUNTS = np.arange(FULL + 1)
FLANK = np.minimum(COUNTS / FAINT, 1.0)
"""Share of a pixel of line that a count is: below ``FAINT`` it is the flank of a smooth one."""
OCTAVE = FINE * np.log2(np.maximum(COUNTS, FAINT) / FAINT)
STEP = OCTAVE.astype(np.intp)
"""In which step a count lies, and below where in it."""
WITHIN = OCTAVE - STEP
ONE = 0.2
"""Highest level of one faded line where there are many: crossings add up, and stay smooth."""


def levels(counts: Counts, steep: float, zoom: int = 1) -> NDArray[np.uint8]:
    """Return ``(65536,)`` uint8: how strongly each count is to be drawn, 0 to 255.

    It is the rank of a count among all the pixels that have any, to the power *steep*.

    Parameters
    ----------
    zoom
        How many times larger than *counts* the picture is that will be toned. An edge that
        crosses one pixel here crosses a whole row there, so a count there stands for *zoom*
        times as much here.
    """
    bins = np.zeros(FULL + 1, np.int64)
    histogram(counts, bins)
    return still(levels_of(bins, steep, zoom))


def levels_of(bins: NDArray[np.integer], steep: float, zoom: int = 1) -> NDArray[np.uint8]:
    """Return the levels, 0 to 255, for a histogram of counts; see ``levels``."""
    used = np.flatnonzero(bins[FAINT + 1 :]) + FAINT + 1
    at = COUNTS if zoom > 1 else np.concatenate([COUNTS[: FAINT + 1], used])  # what is not there
    mass = bins[at] * FLANK[at]  # needs no level; the two flanks of a smooth line make a pixel
    mass[FAINT] = mass[: FAINT + 1].sum()
    mass[:FAINT] = 0.0
    total = float(mass.sum())
    if not total:
        return np.zeros(FULL + 1, np.uint8)
    empty = max(0.0, 1.0 - total / (SPARSE * int(bins.sum())))
    level = np.maximum(ranks(at, mass / total) ** steep, LIFT * empty)
    level = np.minimum(level, (ONE + (LIFT - ONE) * empty) / FAINT * at)
    if zoom > 1:
        level = level[np.minimum(COUNTS * zoom, FULL)]
    level[:FAINT] = level[FAINT] * FLANK[:FAINT]  # and stay as smooth as they are
    steps = (255 * level + 0.5).astype(np.uint8)
    return np.repeat(steps, np.diff(at, append=FULL + 1))


def ranks(at: NDArray[np.intp], share: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return ``(k,)`` the rank of the counts *at*, given the *share* of pixels with each.

    Where most pixels have about the same count, its noise would be blown up to the full range;
    so the rank may not grow faster than ``SLOPE`` for every doubling of the count (as in
    Zuiderveld, "Contrast limited adaptive histogram equalization", 1994, without the tiles).
    """
    step = STEP[at]
    part = np.bincount(step, share, STEPS)
    used = np.cumsum(part) < MOST
    used[min(int(used.sum()), STEPS - 1)] = True
    for _ in range(3):
        cut = np.minimum(part, max(SLOPE / FINE, 1.0 / int(used.sum())))
        part = cut + used * ((part - cut).sum() / used.sum())
    reached = np.minimum(np.cumsum(part), 1.0)
    rise = np.diff(reached, append=1.0)
    return np.asarray(reached[step] + rise[step] * WITHIN[at])


def ink(tone: Tone, strength: float) -> NDArray[np.int32]:
    """Return ``(256, 4)`` int32 red, green, blue and opacity (0 to 256) by level."""
    at = np.linspace(0.0, 1.0, 256)
    colour = np.outer(1 - at, tone.thin) + np.outer(at, tone.dense)
    opacity = tone.least + (tone.most - tone.least) * at
    opacity = 1.0 - (1.0 - np.minimum(opacity, 0.999)) ** strength
    opacity[0] = 0.0
    return still(np.round(np.column_stack([colour, 256 * opacity])).astype(np.int32))

"""What the tones and widths of edges mean in one picture, told by the very tables that drew it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from explorer.archive.tables import KINDS
from explorer.scene.crew import Crew
from explorer.scene.easel import Easel
from explorer.scene.few import HALF
from explorer.scene.gauge import Arrows, Bars, Dashed, Widths
from explorer.scene.legend import ORDER, Block, Row
from explorer.scene.raster import FULL, UNIT
from explorer.scene.strokes import DASHES, widths_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.scene.bundle import Toned
    from explorer.scene.few import Few
    from explorer.scene.layers import Layers
    from explorer.scene.sheet import Sheet
    from explorer.scene.theme import Colour

PER_DECADE = 16
"""Steps of a bar from one number to ten times as many."""
LEAST = 0.1
"""Edges to a pixel at the first step of a bar."""
NUMBERS = (0.1, 1, 10, 100)
"""Under the bars; a pixel holds 512 at most."""
PIXEL, WIDTH, KIND = "EDGES TO A PIXEL", "WIDTH BY INTERACTIONS", "ARROWS BY KIND"
"""Heads of the scales."""
KIND_WORDS = {kind: kind for kind in KINDS} | {"link": "edge of no known kind"}


def scale_of(layers: Layers, page: Sheet, *, density: bool = True) -> Block | None:
    """Return what tones, or widths, of edges on *page* mean; None where neither says anything.

    Where something is selected, that is what lies on top and is explained. Edges that are many
    may be vectors, too: then there is no *density*.
    """
    return scales_of(layers, page, density=density)[0]


def scales_of(
    layers: Layers, page: Sheet, *, density: bool = True
) -> tuple[Block | None, Block | None]:
    """Return that, and what the dashes of edges mean where each is drawn as itself."""
    easel = Easel(Crew())
    small, _ = page.toned
    easel.ask(layers, small)
    return _tones(layers, page, easel, density=density), _kinds(easel.kinds(layers, small))


def _kinds(kinds: tuple[str, ...]) -> Block | None:
    """Return an arrow of each kind; None where all are of one and solid."""
    if not any(DASHES[kind][1] for kind in kinds):
        return None
    return Block(KIND, (), gauge=Arrows(tuple(Dashed(KIND_WORDS[k], *DASHES[k]) for k in kinds)))


def _tones(layers: Layers, page: Sheet, easel: Easel, *, density: bool) -> Block | None:
    small, zoom = page.toned
    few = easel.few(layers, small)[1 if layers.lit is not None else 0]
    if few is not None and few.clarity >= HALF:
        return _widths(layers, few)
    if not density:
        return None
    easel.draw()
    toned = {one.group: one for one in easel.toned(layers, small, zoom)}
    bars = [toned[group.id] for group in ORDER if group.id in toned]
    return _bars(bars, page, few, layers.lit is not None) if bars else None


def _bars(toned: list[Toned], page: Sheet, few: Few | None, lit: bool) -> Block:
    """Return a bar for each group, as long as the most edges that any of its pixels has."""
    most = max(max(one.most for one in toned) / UNIT, 1.0)
    steps = step_of(most) + 1
    counts = counts_of(steps)
    faded = 0.0 if few is None else few.clarity
    bars = tuple(
        tuple(tones_of(counts[: step_of(one.most / UNIT) + 1], one, page, faded)) for one in toned
    )
    ticks = tuple((step_of(n), f"{n:g}") for n in NUMBERS if step_of(n) < steps)
    fade = round(page.frame.fade)
    head = f"SELECTED: {PIXEL}" if lit else PIXEL
    return Block(
        head, (Row(f"above {fade} px long, they count less"),), gauge=Bars(bars, steps, ticks)
    )


def step_of(edges: float) -> int:
    """Return the step of a bar that so many *edges* to a pixel belong to; -1 if too few."""
    if edges <= 0:
        return -1
    return max(-1, round(PER_DECADE * math.log10(edges / LEAST)))


def counts_of(steps: int) -> NDArray[np.intp]:
    """Return ``(steps,)`` the counts, in units of the raster, in the middle of each step."""
    edges = LEAST * 10.0 ** (np.arange(steps) / PER_DECADE)
    return np.minimum(np.round(UNIT * edges), FULL).astype(np.intp)


def tones_of(
    counts: NDArray[np.intp], toned: Toned, page: Sheet, faded: float = 0.0
) -> list[Colour]:
    """Return the colours of pixels with *counts* on the ground, as ``raster.compose`` lays them.

    *faded* is how clearly edges are drawn each as itself above the density, below 1.0.
    """
    ground = np.array(page.theme.ground, np.int64)
    ink = toned.ink[toned.levels[counts]].astype(np.int64)
    laid = (ground * (256 - ink[:, 3:]) + ink[:, :3] * ink[:, 3:]) >> 8
    over = round(256 * faded)
    seen = (laid * (256 - over) + ground * over) >> 8
    return [(red, green, blue) for red, green, blue in seen.tolist()]


def _widths(layers: Layers, few: Few) -> Block | None:
    """Return lines as wide as edges of 1, 10, 100 … interactions; None if all are of one."""
    weights = layers.edges.filter.weight(layers.edges.graph)[few.strokes.rows]
    most = float(weights.max(initial=0))
    if most <= 1:
        return None
    numbers = [10**power for power in range(int(math.log10(most)) + 1)]
    if len(numbers) == 1:
        numbers.append(int(most))
    widths = widths_of(np.array(numbers)).tolist()
    lines = tuple((width, f"{n:,}") for width, n in zip(widths, numbers, strict=True))
    return Block(WIDTH, (), gauge=Widths(lines))

"""Scales drawn in a key: bars of tones, and lines of several widths, over their numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from explorer.scene.marks import Box, Stroke, Words

if TYPE_CHECKING:
    from explorer.scene.marks import Mark, Measure
    from explorer.scene.theme import Colour, Theme

TYPE = 11.0
"""Size of the numbers, in logical pixels."""
THICK, PITCH = 7.0, 11.0
"""Of a bar, and from one bar to the next."""
TICK = 4.0
"""Length of a tick."""
FOOT = TYPE + 8.0
"""Height of ticks and numbers below the bars."""
WIDEST = 260.0
"""Logical pixels of the longest bar."""
LINE, LONG, GAP, BARB = 16.0, 40.0, 10.0, 6.0
"""From one kind to the next, length of its line, room to its word, and size of its head."""
SAMPLE, APART = 26.0, 12.0
"""Length of a line that shows a width, and room between two."""


@dataclass(frozen=True, slots=True)
class Bars:
    """One bar a group of edges, from few to many, on a common axis.

    Attributes
    ----------
    colours
        Of every bar, its steps from the left, each as wide as the others; a bar with fewer steps
        than *steps* ends before the axis does.
    ticks
        Which step each number stands under, in its middle.
    """

    colours: tuple[tuple[Colour, ...], ...]
    steps: int
    ticks: tuple[tuple[int, str], ...]

    @property
    def height(self) -> float:
        """Logical pixels of bars, ticks and numbers."""
        return PITCH * len(self.colours) + FOOT

    def marks(
        self, corner: tuple[float, float], width: float, theme: Theme, measure: Measure
    ) -> list[Mark]:
        """Return the marks, top left at *corner*; as many numbers as there is room for."""
        x, top = corner
        step = min(width, WIDEST) / max(self.steps, 1)
        marks: list[Mark] = []
        for row, colours in enumerate(self.colours):
            marks += _bar(colours, (x, top + PITCH * row), step)
        below = top + PITCH * len(self.colours) - (PITCH - THICK) + 1
        free = x
        for place, number in self.ticks:
            at, half = x + step * (place + 0.5), measure(number, TYPE) / 2
            marks.append(Stroke(at, below, at, below + TICK, theme.quiet))
            left = min(max(at - half, x), x + width - 2 * half)
            if left >= free:
                base = below + TICK + TYPE
                marks.append(Words(left + half, base, number, TYPE, theme.quiet, "middle"))
                free = left + 2 * half + TICK
        return marks


def _bar(colours: tuple[Colour, ...], corner: tuple[float, float], step: float) -> list[Mark]:
    """Return steps side by side; each reaches to the end, so that no seam shows between two."""
    x, top = corner
    end = x + step * len(colours)
    return [
        Box(x + step * place, top, end - x - step * place, THICK, colour)
        for place, colour in enumerate(colours)
        if not place or colour != colours[place - 1]
    ]


@dataclass(frozen=True, slots=True)
class Widths:
    """Lines side by side, each with the number that its width stands for."""

    lines: tuple[tuple[float, str], ...]

    @property
    def height(self) -> float:
        """Logical pixels of lines and numbers."""
        return max((width for width, _ in self.lines), default=0.0) + FOOT

    def marks(
        self, corner: tuple[float, float], width: float, theme: Theme, measure: Measure
    ) -> list[Mark]:
        """Return the marks, top left at *corner*; as many lines as there is room for."""
        x, top = corner
        thick = self.height - FOOT
        marks: list[Mark] = []
        for line, number in self.lines:
            slot = max(SAMPLE, measure(number, TYPE))
            if x + slot > corner[0] + width:
                break
            middle, y = x + slot / 2, top + thick / 2
            half = SAMPLE / 2
            marks.append(Stroke(middle - half, y, middle + half, y, theme.text, line))
            base = top + thick + 4 + TYPE
            marks.append(Words(middle, base, number, TYPE, theme.quiet, "middle"))
            x += slot + APART
        return marks


@dataclass(frozen=True, slots=True)
class Arrows:
    """An edge of each kind, one below the other, with its word."""

    kinds: tuple[Dashed, ...]

    @property
    def height(self) -> float:
        """Logical pixels of all of them."""
        return LINE * len(self.kinds)

    def marks(
        self, corner: tuple[float, float], width: float, theme: Theme, measure: Measure
    ) -> list[Mark]:
        """Return the marks, top left at *corner*; words only where there is room for them."""
        x, top = corner
        marks: list[Mark] = []
        for row, kind in enumerate(self.kinds):
            y = top + LINE * (row + 0.5)
            marks += _arrow(kind, (x, y), theme.text)
            if LONG + GAP + measure(kind.word, TYPE) <= width:
                words = Words(x + LONG + GAP, y + 0.36 * TYPE, kind.word, TYPE, theme.text)
                marks.append(words)
        return marks


@dataclass(frozen=True, slots=True)
class Dashed:
    """What a kind of interaction is called, and the pixels of its line drawn and left out."""

    word: str
    drawn: float
    left_out: float


def _arrow(kind: Dashed, corner: tuple[float, float], colour: Colour) -> list[Mark]:
    """Return a line in its dashes with a head at the right."""
    x, y = corner
    end = x + LONG
    step = kind.drawn + kind.left_out
    starts = [x]
    if kind.left_out:
        starts = [x + step * place for place in range(math.ceil((LONG - BARB) / step))]
    length = kind.drawn if kind.left_out else LONG
    line: list[Mark] = [
        Stroke(start, y, min(start + length, end), y, colour, 1.5) for start in starts
    ]
    head = [Stroke(end - BARB, y + side, end, y, colour, 1.5) for side in (-BARB / 2, BARB / 2)]
    return [*line, *head]


Gauge: TypeAlias = Bars | Widths | Arrows

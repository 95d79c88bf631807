"""How much of a figure can be vectors: above a budget of edges, these become one picture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from explorer.scene.clear import cleared, on
from explorer.scene.figure import PICTURE, VECTORS, compose
from explorer.scene.layers import Gatherer
from explorer.scene.painter import STRIP, in_strips
from explorer.scene.vectors import Grid

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from explorer.scene.composed import Composed
    from explorer.scene.figure import Figure
    from explorer.scene.layers import Layers
    from explorer.scene.marks import Measure
    from explorer.scene.sheet import Sheet

EDGE_BUDGET = 60_000
"""Edges in the frame up to which each is a vector; beyond, they are one embedded picture."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What kind of file was written.

    Attributes
    ----------
    edges
        Edges in the frame.
    budget
        How many of them at most are vectors each.
    """

    edges: int
    budget: int

    @property
    def vectors(self) -> bool:
        """Whether every edge is a vector, or all are one picture."""
        return self.edges <= self.budget

    @property
    def note(self) -> str:
        """What the file says if edges are a picture; else empty."""
        if self.vectors:
            return ""
        return (
            f"edges drawn as a picture: {self.edges:,} edges exceed the budget of {self.budget:,}"
        )

    @property
    def said(self) -> str:
        """The same as a sentence, whichever it is."""
        return "Edges are vectors." if self.vectors else f"Note: {self.note}."


class Planned(NamedTuple):
    """A figure whose footer says how its edges are drawn, and where everything goes."""

    figure: Figure
    composed: Composed
    drawn: Drawn


def planned(figure: Figure, measure: Measure, budget: int) -> Planned:
    """Place everything, and decide whether edges are vectors."""
    gatherer = Gatherer()
    composed = compose(figure, measure, "drawn completely", gatherer=gatherer, edges=VECTORS)
    drawn = Drawn(in_frame(composed), budget)
    if not drawn.vectors:
        figure = replace(figure, footer=(drawn.note, *figure.footer))
        notes = "drawn completely", "edges are a picture"
        composed = compose(figure, measure, *notes, gatherer=gatherer, edges=PICTURE)
    return Planned(figure, composed, drawn)


def in_frame(composed: Composed) -> int:
    """Return how many edges may be seen in the frame."""
    grid = Grid.of(composed.layers, composed.page)
    groups = (group for group in composed.layers.groups if group is not None)
    return sum(len(grid.crossing(group)) for group in groups)


def edges_picture(
    layers: Layers, page: Sheet, clear: bool = False
) -> tuple[tuple[int, int], Iterator[NDArray[np.uint32]]]:
    """Return size and strips of the edges alone, enlarged or reduced to the largest side.

    They are on the ground, or *clear*, with their opacity.
    """
    large = replace(page.embedded, accounts=False, hover=-1)

    def strips(sheet: Sheet) -> Iterator[NDArray[np.uint32]]:
        return (strip for _, strip in in_strips(layers, sheet, STRIP))

    made = cleared(lambda ground: strips(on(large, ground))) if clear else strips(large)
    return large.size, made

"""The picture as a function of document and view: first a sketch, then everything."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from explorer.scene.accounts import sizes_of
from explorer.scene.compiled import still
from explorer.scene.crew import Crew
from explorer.scene.detail import Budget
from explorer.scene.easel import Easel
from explorer.scene.labels import RANKED, ranked, wanted_in
from explorer.scene.layers import Gatherer
from explorer.scene.remember import Kept
from explorer.scene.sheet import sheet
from explorer.scene.tally import never

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from explorer.document.model import Document
    from explorer.graph.model import Mask
    from explorer.scene.layers import Facts, Layers
    from explorer.scene.sheet import Sheet
    from explorer.scene.strokes import Strokes
    from explorer.scene.tally import Counter
    from explorer.scene.view import View

STRIP = 512
"""Rows of a strip."""
COARSE = 2
"""How many times smaller a sketch is, a side."""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Finished pixels, and what they show.

    Attributes
    ----------
    pixels
        ``(height, width)`` uint32 0xffRRGGBB, read-only, C-contiguous. A sketch has half as many
        a side as *view* asks for.
    view
        Camera and size of these pixels, overscan included.
    complete
        Whether every edge is drawn, or a sample.
    accounts, edges
        How many are shown in the whole document, under filter and switches.
    seconds
        Since it was asked for.
    facts
        More of what is shown, for the legend.
    shown
        ``(n,)`` accounts that the filter keeps: those that can be picked.
    radii
        ``(n,)`` float32 pixels of *pixels*: how large each account is drawn.
    named
        Accounts in these pixels whose names are wanted, the first one first; None if none were
        asked for.
    kinds
        Kinds of interaction of the edges that are drawn each as itself; none where only their
        density is.
    arrows
        Those edges, where they were drawn; None where they are many.
    rough
        Whether it is a stand-in until kernels are compiled; nothing in it can be picked yet.
    """

    pixels: NDArray[np.uint32]
    view: View
    complete: bool
    accounts: int
    edges: int
    seconds: float
    facts: Facts
    shown: Mask
    radii: NDArray[np.float32]
    rough: bool = False
    named: NDArray[np.int64] | None = None
    kinds: tuple[str, ...] = ()
    arrows: Strokes | None = None


class Painter:
    """Draws one document after another; owns buffers and caches, for one thread."""

    def __init__(self, counter: Counter | None = None) -> None:
        self._counter = counter
        self._gatherer = Gatherer()
        crew = Crew()
        self._sketch = Easel(crew)
        self._fine = Easel(crew)
        self._budget = Budget()
        self._order: Kept[NDArray[np.int64]] = Kept()

    def pictures(
        self,
        document: Document,
        view: View,
        cancelled: Callable[[], bool] = never,
    ) -> Iterator[Picture]:
        """Yield a sketch from a sample of the edges at once, then the complete picture.

        The sketch comes whatever *cancelled* says, so that motion cannot starve it; it is left
        out if the complete picture comes as soon. The complete picture is given up as soon as
        *cancelled* says so, and continued if the same is asked for again.
        """
        start = perf_counter()
        layers = self._gatherer.layers(document)
        whole = sheet(view, document.style)

        def picture(easel: Easel, page: Sheet, complete: bool) -> Picture:
            pixels = easel.paint(layers, page)
            facts, sizes = layers.facts, easel.sizes(layers, page)
            passed = perf_counter() - start
            camera = view.camera.scaled(page.size[0] / view.size[0])
            seen = replace(view, camera=camera, size=page.size, ratio=page.ratio)
            return Picture(
                pixels,
                seen,
                complete,
                facts.accounts,
                facts.edges,
                passed,
                facts,
                layers.shown,
                sizes,
                named=self._named(document, view) if complete else None,
                kinds=easel.kinds(layers, page),
                arrows=easel.arrows(layers, page),
            )

        left = self._fine.ask(layers, whole)
        if self._counter is not None and left:
            self._fine.count_by(self._counter)
            left = self._fine.ask(layers, whole)
        if left <= self._budget.edges:  # as soon done as sketched
            self._fine.draw()
            yield picture(self._fine, whole, True)
            return
        small = whole.smaller(COARSE)
        began = perf_counter()
        drawn = self._draw_sketch(layers, small)
        sketch = picture(self._sketch, small, False)
        self._budget.learn(drawn, perf_counter() - began)
        yield sketch
        if self._fine.draw(cancelled):
            yield picture(self._fine, whole, True)

    def whole(self, document: Document, view: View) -> Picture:
        """Return the complete picture, the same for the same document and view, without hover."""
        start = perf_counter()
        layers = self._gatherer.layers(document)
        page = replace(sheet(view, document.style), hover=-1)
        pixels = np.empty((view.size[1], view.size[0]), np.uint32)
        for y, strip in in_strips(layers, page, STRIP):
            pixels[y : y + len(strip)] = strip
        facts = layers.facts
        return Picture(
            pixels=still(pixels),
            view=replace(view, hover=-1),
            complete=True,
            accounts=facts.accounts,
            edges=facts.edges,
            seconds=perf_counter() - start,
            facts=facts,
            shown=layers.shown,
            radii=sizes_of(layers, page),
        )

    def _named(self, document: Document, view: View) -> NDArray[np.int64] | None:
        """Return who wants a name; here, since to rank everybody would hold a window up."""
        if document.style.labels not in RANKED:
            return None
        causes = document.graph, document.style.labels_by
        order = self._order(causes, lambda: ranked(*causes))
        return wanted_in(document, view, order)

    def _draw_sketch(self, layers: Layers, small: Sheet) -> int:
        """Count a sample of the edges; return how many."""
        total = layers.facts.edges + sum(layers.facts.lit)
        asked = self._sketch.ask(layers, small, min(1.0, self._budget.edges / max(total, 1)))
        self._sketch.draw()
        return asked


def strips(
    document: Document, view: View, height: int = STRIP
) -> Iterator[tuple[int, NDArray[np.uint32]]]:
    """Yield the picture of ``Painter.whole`` in strips from top to bottom.

    Each is its first row and ``(rows, width)`` uint32 pixels; the memory is that of one strip,
    whatever the height of the picture.
    """
    page = replace(sheet(view, document.style), hover=-1)
    return in_strips(Gatherer().layers(document), page, height)


def edges_only(document: Document, view: View) -> NDArray[np.uint32]:
    """Return ``(height, width)`` uint32 pixels of the whole picture without its accounts."""
    page = replace(sheet(view, document.style), hover=-1, accounts=False)
    pixels = np.empty((view.size[1], view.size[0]), np.uint32)
    for y, strip in in_strips(Gatherer().layers(document), page, STRIP):
        pixels[y : y + len(strip)] = strip
    return pixels


def in_strips(layers: Layers, page: Sheet, height: int) -> Iterator[tuple[int, NDArray[np.uint32]]]:
    """Yield *page* in strips, all in the tones of a picture small enough to be drawn at once."""
    easel = Easel(Crew())
    small, zoom = page.toned
    easel.ask(layers, small)
    easel.draw()
    if zoom == 1:
        pixels = easel.paint(layers, page)
        yield from ((y, pixels[y : y + height]) for y in range(0, page.size[1], height))
        return
    sizes = sizes_of(layers, page)
    whole = easel.whole(layers, small, zoom)._replace(sizes=sizes, few=easel.few(layers, page))
    for y in range(0, page.size[1], height):
        part = page.part((0, y), (page.size[0], min(y + height, page.size[1])))
        easel.ask(layers, part, few=whole.few)
        easel.draw()
        yield y, easel.paint(layers, part, whole)

"""Counts toned and painted into pixels; what did not change is not painted again."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from explorer.scene.accounts import by_room, dress, paint_dressed, paint_hovered, sizes_of
from explorer.scene.bundle import Bundle, Levels
from explorer.scene.compiled import still
from explorer.scene.few import HALF, Few, few_of, lay_few
from explorer.scene.raster import veil
from explorer.scene.remember import Kept
from explorer.scene.strokes import kinds_of
from explorer.scene.tally import never

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from explorer.graph.model import Index
    from explorer.scene.accounts import Grouped
    from explorer.scene.bundle import Toned
    from explorer.scene.crew import Crew
    from explorer.scene.layers import Ends, Layers
    from explorer.scene.raster import Pixels
    from explorer.scene.sheet import Sheet, Strip
    from explorer.scene.strokes import Strokes
    from explorer.scene.tally import Counter

VEIL = 190
"""Opacity, 0 to 256, of the ground laid over what is not lit."""
AROUND = 12
"""Logical pixels left round the neighbourhood of the account under the cursor."""
RAYS = 5_000
"""Edges of the account under the cursor that are lit; of more, a fair sample: they lie so close
that nobody sees the difference, except in the time it takes."""


Pair: TypeAlias = "tuple[Few | None, Few | None]"


class Whole(NamedTuple):
    """What a strip takes from the picture it is a part of.

    Attributes
    ----------
    levels, lit
        Of all edges, and of those at a selected account.
    sizes
        ``(n,)`` float32 radii in pixels.
    few
        The edges that are drawn each as itself: of all, and at a selected account.
    """

    levels: Levels
    lit: Levels
    sizes: NDArray[np.float32]
    few: Pair


class Easel:
    """Makes the pixels of one picture after another, each from as little work as it takes."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._all = Bundle()
        self._lit = Bundle()
        self._sizes: Kept[NDArray[np.float32]] = Kept()
        self._grouped: Kept[Grouped] = Kept()
        self._few: Kept[Pair] = Kept()
        self._plain: Kept[Pixels] = Kept()
        self._chosen: Kept[Pixels] = Kept()

    def ask(self, layers: Layers, sheet: Sheet, share: float = 1.0, few: Pair | None = None) -> int:
        """Say what to count, all or a *share*; return how many edges are still to draw.

        *few* says which edges are drawn one by one, and not counted, if it is known.
        """
        self._asked = layers, sheet
        every, some = few or self.few(layers, sheet)
        groups = () if every and every.clear else layers.groups
        left = self._all.ask(groups, layers.positions, sheet, share)
        if layers.lit is None:
            self._lit, self._chosen = Bundle(), Kept()  # as large as those of everything
        lit = () if some and some.clear else layers.lit or ()
        return left + self._lit.ask(lit, layers.positions, sheet, share, like=self._all)

    def count_by(self, counter: Counter) -> None:
        """Have what was asked for counted elsewhere, as far as *counter* can."""
        _, sheet = self._asked
        self._all.count_by(counter, sheet)
        self._lit.count_by(counter, sheet)

    def draw(self, cancelled: Callable[[], bool] = never) -> bool:
        """Count what was asked for; return whether it came to the end."""
        work: list[Callable[[], object]]
        work = [*self._all.work(cancelled), *self._lit.work(cancelled)]
        if work:
            work.insert(1, partial(self.grouped, *self._asked))
        self._crew.each(lambda piece: piece(), work)
        return self._all.complete and self._lit.complete

    def whole(self, layers: Layers, sheet: Sheet, zoom: int = 1) -> Whole:
        """Return what a picture *zoom* times larger than the counts, *sheet*, takes from them."""
        return Whole(
            self._all.levels(sheet, self._crew, zoom),
            self._lit.levels(sheet, self._crew, zoom),
            self.sizes(layers, sheet),
            self.few(layers, sheet),
        )

    def toned(self, layers: Layers, sheet: Sheet, zoom: int = 1) -> list[Toned]:
        """Return how the groups that lie on top are toned, in a picture *zoom* times larger."""
        if layers.lit is None:
            return self._all.toned(sheet, self._crew, zoom)
        return self._lit.toned(sheet, self._crew, zoom, lit=True)

    def few(self, layers: Layers, sheet: Sheet) -> Pair:
        """Return the edges that are few enough to be drawn each as itself, all and the lit."""

        def make() -> Pair:
            every = few_of(layers, sheet, lambda: self.sizes(layers, sheet))
            if not len(layers.selected):
                return every, None
            return every, few_of(layers, sheet, lambda: self.sizes(layers, sheet), layers.selected)

        plain = replace(sheet, hover=-1, accounts=True)
        return self._few(
            (layers.edges, layers.positions, layers.selected, layers.radii, plain), make
        )

    def kinds(self, layers: Layers, sheet: Sheet) -> tuple[str, ...]:
        """Return the kinds of interaction of the edges that are clearly drawn each as itself."""
        arrows = self.arrows(layers, sheet)
        return () if arrows is None else kinds_of(layers.edges, arrows.rows)

    def arrows(self, layers: Layers, sheet: Sheet) -> Strokes | None:
        """Return the edges that are clearly drawn each as itself; None where they are many."""
        few = self.few(layers, sheet)[0]
        return None if few is None or few.clarity < HALF else few.strokes

    def sizes(self, layers: Layers, sheet: Sheet) -> NDArray[np.float32]:
        """Return ``(n,)`` float32 radii of the accounts in pixels."""
        causes = (layers.radii, *layers.accounts, layers.positions, layers.apart)
        return self._sizes(
            (*causes, sheet.frame, sheet.size, sheet.ratio, sheet.node_size),
            lambda: sizes_of(layers, sheet),
        )

    def grouped(
        self, layers: Layers, sheet: Sheet, sizes: NDArray[np.float32] | None = None
    ) -> Grouped:
        """Return the accounts by role and room, those behind first; *sizes* if they are known."""
        sizes = self.sizes(layers, sheet) if sizes is None else sizes
        causes = layers.accounts, sizes, sheet.ratio
        return self._grouped(causes, lambda: by_room(*causes))

    def paint(self, layers: Layers, sheet: Sheet, whole: Whole | None = None) -> Pixels:
        """Return the picture of what is counted, read-only; *whole* if it is part of a larger."""
        whole = whole or self.whole(layers, sheet)
        look = sheet.theme.id, sheet.strength, sheet.accounts, sheet.frame, sheet.size
        causes = (*look, *layers.accounts, whole.sizes)
        pixels = self._plain(
            (*causes, whole.few[0], *self._all.stamps),
            lambda: self._paint_plain(layers, sheet, whole),
        )
        if layers.chosen is not None:
            plain = pixels
            pixels = self._chosen(
                (plain, *layers.chosen, whole.few[1], *self._lit.stamps),
                lambda: self._paint_chosen(plain, layers, sheet, whole),
            )
        if 0 <= sheet.hover < len(layers.shown) and layers.shown[sheet.hover]:
            pixels = self._paint_near(pixels, layers, sheet, whole)
        return pixels

    def _paint_plain(self, layers: Layers, sheet: Sheet, whole: Whole) -> Pixels:
        red, green, blue = sheet.theme.ground
        ground = 0xFF000000 | red << 16 | green << 8 | blue
        pixels = np.empty((sheet.size[1], sheet.size[0]), np.uint32)
        dressed = dress(self.grouped(layers, sheet, whole.sizes), layers, sheet)

        def paint(number: int) -> None:
            strip = sheet.strips[number]
            part = pixels[strip.rows]
            part.fill(ground)
            lay_few(
                whole.few[0],
                strip.frame,
                part,
                lambda: self._all.lay(sheet, part, whole.levels, number),
            )
            paint_dressed(dressed, layers, strip.frame, whole.sizes, part)

        self._crew.each(paint, range(len(sheet.strips)))
        return still(pixels)

    def _paint_chosen(self, plain: Pixels, layers: Layers, sheet: Sheet, whole: Whole) -> Pixels:
        pixels = np.empty_like(plain)
        chosen = layers.chosen or ()
        groups = by_room(chosen, whole.sizes, sheet.ratio)
        dressed = dress(groups, layers, sheet, bright=True)

        def paint(number: int) -> None:
            strip = sheet.strips[number]
            part = pixels[strip.rows]
            veil(plain[strip.rows], sheet.theme.ground, VEIL, part)
            lay_few(
                whole.few[1],
                strip.frame,
                part,
                lambda: self._lit.lay(sheet, part, whole.lit, number, lit=True),
            )
            paint_dressed(dressed, layers, strip.frame, whole.sizes, part)

        self._crew.each(paint, range(len(sheet.strips)))
        return still(pixels)

    def _paint_near(self, under: Pixels, layers: Layers, sheet: Sheet, whole: Whole) -> Pixels:
        """Lay the account under the cursor and its neighbours over everything else, dimmed."""
        pixels = np.empty_like(under)

        def dim(strip: Strip) -> None:
            veil(under[strip.rows], sheet.theme.ground, VEIL, pixels[strip.rows])

        self._crew.each(dim, sheet.strips)
        edges = layers.at(sheet.hover)
        near = np.zeros(len(layers.shown), bool)
        for ends in edges:
            if ends is not None:
                near[ends] = True
        near[sheet.hover] = True
        window = part_with(np.flatnonzero(near), layers, sheet)
        if window is not None:
            near[sheet.hover] = False
            rows = tuple(still(some[near[some]]) for some in layers.accounts)
            self._light(edges, rows, layers, whole, (window, pixels))
            paint_hovered(layers, sheet, whole.sizes, pixels)
        return still(pixels)

    def _light(
        self,
        edges: Sequence[Ends | None],
        accounts: Sequence[Index],
        layers: Layers,
        whole: Whole,
        where: tuple[tuple[Sheet, tuple[int, int]], Pixels],
    ) -> None:
        """Paint some edges and accounts into a part of *pixels*, given by its sheet and corner."""
        (part, (x, y)), pixels = where
        near = Bundle()  # its counts are as large as the picture, and not needed again
        total = sum(len(ends) for ends in edges if ends is not None)
        touch = still(np.arange(len(layers.shown)) == part.hover)
        few = few_of(layers, part, lambda: whole.sizes, touch)
        near.ask(
            () if few and few.clear else edges,
            layers.positions,
            part,
            min(1.0, RAYS / max(total, 1)),
        )
        self._crew.each(lambda piece: piece(), near.work())
        levels = near.levels(part, self._crew)
        dressed = dress(by_room(accounts, whole.sizes, part.ratio), layers, part, bright=True)

        def paint(number: int) -> None:
            strip = part.strips[number]
            here = slice(y + strip.rows.start, y + strip.rows.stop), slice(x, x + part.size[0])
            lit = np.ascontiguousarray(pixels[here])
            lay_few(few, strip.frame, lit, lambda: near.lay(part, lit, levels, number, lit=True))
            paint_dressed(dressed, layers, strip.frame, whole.sizes, lit)
            if not np.may_share_memory(lit, pixels):  # else it is painted where it belongs
                pixels[here] = lit

        self._crew.each(paint, range(len(part.strips)))


def part_with(
    rows: NDArray[np.intp], layers: Layers, sheet: Sheet
) -> tuple[Sheet, tuple[int, int]] | None:
    """Return the part of *sheet* round the accounts *rows*, and its corner; None if outside."""
    at = layers.positions[rows].astype(np.float64)
    corner = np.array([sheet.frame.left, sheet.frame.top])
    pixels = (at - corner) * np.array([1.0, -1.0]) * sheet.frame.scale
    rim = AROUND * sheet.ratio
    low = np.clip(pixels.min(axis=0) - rim, 0, sheet.size).astype(int)
    high = np.clip(pixels.max(axis=0) + rim, 0, sheet.size).astype(int)
    if (high <= low).any():
        return None
    return sheet.part((int(low[0]), int(low[1])), (int(high[0]), int(high[1]))), (
        int(low[0]),
        int(low[1]),
    )

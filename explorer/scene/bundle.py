"""The counts of all groups of a set of edges, and how they are laid over a picture."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from explorer.graph.edges import GROUPS
from explorer.scene.raster import FULL, compose
from explorer.scene.tally import Part, Tally, never
from explorer.scene.tones import ink

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from explorer.graph.model import Positions
    from explorer.scene.crew import Crew
    from explorer.scene.layers import Ends
    from explorer.scene.raster import Pixels
    from explorer.scene.sheet import Sheet
    from explorer.scene.tally import Counter

Levels: TypeAlias = "dict[str, NDArray[np.uint8]]"
"""``(65536,)`` uint8: how strongly every count is drawn, by id of the group."""

BACK_TO_FRONT = ("rest", "core>amplifier", "amplifier>core", "core>core")
"""Order in which the groups are laid."""
LIT = (("core>core", 0.5), ("rest", 0.7), ("core>amplifier", 1.0), ("amplifier>core", 1.5))
"""Order and strength of the groups at what is selected: there the amplifiers are the question."""
ALONE = 2.2
"""Strength of the rearmost group where no other stands out before it."""


class Toned(NamedTuple):
    """How one group of edges is toned.

    Attributes
    ----------
    levels, ink
        From a count to a level, and from a level to a colour; see ``raster.compose``.
    most
        The largest count: in a picture that was counted smaller, no less than the largest there is.
    """

    group: str
    levels: NDArray[np.uint8]
    ink: NDArray[np.int32]
    most: int


class Bundle:
    """The counts of all groups of one set of edges at one place."""

    def __init__(self) -> None:
        self._tallies = {group.id: Tally() for group in GROUPS}
        self._drawn: dict[str, Tally] = {}
        self._asked: dict[str, tuple[Ends, float]] = {}

    def ask(
        self,
        groups: Sequence[Ends | None],
        positions: Positions,
        sheet: Sheet,
        share: float = 1.0,
        like: Bundle | None = None,
    ) -> int:
        """Say what to count, all or a *share* of it; return how many edges are still to draw.

        A group that is None keeps its counts for when it is switched on again. A group that is
        the very same in *like*, which is asked for the same place, is counted there.
        """
        self._drawn, self._asked = {}, {}
        place = sheet.strips, sheet.size[0]
        for group, ends in zip(GROUPS, groups, strict=False):
            if ends is None or not len(ends):
                continue
            self._asked[group.id] = ends, share
            other = None if like is None else like.counted(group.id, ends, share)
            if other is None:
                first = None if share >= 1 else max(1, int(share * len(ends)))
                self._tallies[group.id].ask(ends, positions, place, first)
            self._drawn[group.id] = other or self._tallies[group.id]
        return sum(self._drawn[name].left for name in self._drawn if not self._borrows(name))

    def count_by(self, counter: Counter, sheet: Sheet) -> None:
        """Have what was asked for counted elsewhere, as far as *counter* can."""
        for name, tally in self._drawn.items():
            if not self._borrows(name):
                tally.count_by(counter, sheet.frame, sheet.size)

    def counted(self, name: str, ends: Ends, share: float) -> Tally | None:
        """Return the tally of a group, if it counts this *share* of these very *ends*."""
        mine, mine_share = self._asked.get(name, (None, 0.0))
        return self._drawn[name] if mine is ends and mine_share == share else None

    def work(self, cancelled: Callable[[], bool] = never) -> list[Callable[[], None]]:
        """Return what is to be done to count what was asked for, the largest piece first.

        The pieces may be done at the same time.
        """
        pieces = [
            (tally, part)
            for name, tally in self._drawn.items()
            for part in tally.parts
            if not self._borrows(name)
        ]
        pieces.sort(key=lambda piece: -piece[0].left)
        return [partial(tally.draw, part, cancelled) for tally, part in pieces]

    @property
    def complete(self) -> bool:
        """Whether everything asked for is counted."""
        return not any(tally.left for tally in self._drawn.values())

    @property
    def stamps(self) -> tuple[object, ...]:
        """What tells whether something else is counted."""
        return (*self._drawn, *(tally.stamp for tally in self._drawn.values()))

    def levels(self, sheet: Sheet, crew: Crew, zoom: int = 1) -> Levels:
        """Return how strongly every count is drawn, in a picture *zoom* times larger."""
        tones = sheet.theme.tones
        asked = [(name, tally, (tones[name].steep, zoom)) for name, tally in self._drawn.items()]
        crew.each(Part.rank, [part for _, tally, how in asked for part in tally.unranked(how)])
        crew.each(lambda one: one[1].levels(one[2]), asked)
        return {name: tally.levels(how) for name, tally, how in asked}

    def lay(
        self, sheet: Sheet, pixels: Pixels, levels: Levels, number: int, lit: bool = False
    ) -> None:
        """Lay the edges in strip *number* over its *pixels*; *lit* if they are at a selection."""
        for name, table in self._inks(sheet, lit):
            compose(self._drawn[name].parts[number].counts, levels[name], table, pixels)

    def toned(self, sheet: Sheet, crew: Crew, zoom: int = 1, lit: bool = False) -> list[Toned]:
        """Return how each group is toned in a picture *zoom* times larger, from back to front."""
        levels = self.levels(sheet, crew, zoom)
        halves = 1 if zoom == 1 else 2  # of a smooth line, in the two pixels that it lies between
        return [
            Toned(name, levels[name], table, min(halves * self._drawn[name].most, FULL))
            for name, table in self._inks(sheet, lit)
        ]

    def _inks(self, sheet: Sheet, lit: bool) -> list[tuple[str, NDArray[np.int32]]]:
        """Return the colours of each group's levels, from back to front."""
        alone = list(self._drawn) == [BACK_TO_FRONT[0]]
        plain = ALONE if alone else 1.0
        order = LIT if lit else [(name, plain) for name in BACK_TO_FRONT]
        tones = sheet.theme.tones
        return [
            (name, ink(tones[name], sheet.strength * factor))
            for name, factor in order
            if name in self._drawn
        ]

    def _borrows(self, name: str) -> bool:
        return self._drawn[name] is not self._tallies[name]

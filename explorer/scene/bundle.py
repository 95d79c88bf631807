"""The counts of all groups of a set of edges, and how they are laid over a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from explorer.graph.edges import GROUPS
from explorer.scene.raster import compose
from explorer.scene.tally import Tally, never
from explorer.scene.tones import ink

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from explorer.graph.model import Positions
    from explorer.scene.layers import Ends
    from explorer.scene.raster import Pixels
    from explorer.scene.sheet import Sheet

Levels: TypeAlias = "dict[str, NDArray[np.uint8]]"
"""``(65536,)`` uint8: how strongly every count is drawn, by id of the group."""

BACK_TO_FRONT = ("rest", "core>amplifier", "amplifier>core", "core>core")
"""Order in which the groups are laid."""
ALONE = 2.2
"""Strength of the rearmost group where no other stands out before it."""


class Bundle:
    """The counts of all groups of one set of edges at one place."""

    def __init__(self) -> None:
        self._tallies = {group.id: Tally() for group in GROUPS}
        self._drawn: list[Tally] = []
        self._names: list[str] = []

    def ask(
        self,
        groups: Sequence[Ends | None],
        positions: Positions,
        sheet: Sheet,
        share: float = 1.0,
    ) -> int:
        """Say what to count, all or a *share* of it; return how many edges are still to draw.

        A group that is None keeps its counts for when it is switched on again.
        """
        self._names = [
            group.id
            for group, ends in zip(GROUPS, groups, strict=False)
            if ends is not None and len(ends)
        ]
        for group, ends in zip(GROUPS, groups, strict=False):
            if ends is not None and len(ends):
                first = None if share >= 1 else max(1, int(share * len(ends)))
                self._tallies[group.id].ask(ends, positions, sheet.place, first)
        self._drawn = [self._tallies[name] for name in self._names]
        return sum(tally.left for tally in self._drawn)

    def draw(self, cancelled: Callable[[], bool] = never) -> bool:
        """Count what was asked for; return whether it came to the end."""
        return all(tally.draw(cancelled) for tally in self._drawn)

    @property
    def stamps(self) -> tuple[object, ...]:
        """What tells whether something else is counted."""
        return (*self._names, *(tally.stamp for tally in self._drawn))

    def levels(self, sheet: Sheet, zoom: int = 1) -> Levels:
        """Return how strongly every count is drawn, in a picture *zoom* times larger."""
        pairs = zip(self._names, self._drawn, strict=True)
        tones = sheet.theme.tones
        return {name: tally.levels(tones[name].steep, zoom) for name, tally in pairs}

    def lay(self, sheet: Sheet, pixels: Pixels, levels: Levels) -> None:
        """Lay the edges over *pixels*."""
        alone = self._names == [BACK_TO_FRONT[0]]
        strength = sheet.strength * (ALONE if alone else 1.0)
        for name in BACK_TO_FRONT:
            if name in self._names:
                table = ink(sheet.theme.tones[name], strength)
                compose(self._tallies[name].counts, levels[name], table, pixels)

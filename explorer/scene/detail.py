"""What changes with the zoom, and how much a first sketch may draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Mask, Positions

SKETCH = 0.015
"""Seconds that a first sketch may take."""


def spacing(positions: Positions, shown: Mask) -> float:
    """Return the typical world distance between accounts, as if they were spread evenly."""
    inside = positions[shown]
    if len(inside) < 2:
        return 1.0
    spread = np.sqrt(12.0) * np.array([inside[:, 0].std(), inside[:, 1].std()], np.float64)
    area = max(float(spread[0] * spread[1]), float(spread.max()) ** 2 / 100)
    return max(float(np.sqrt(area / len(inside))), 1e-12)


def enlargement(apart: float) -> float:
    """Return the factor on the radius of accounts that are *apart* logical pixels on average."""
    return float(np.clip(0.52 * apart**0.42, 0.45, 3.4))


def base_radii(degree: NDArray[np.int64], core: Mask) -> NDArray[np.float32]:
    """Return ``(n,)`` float32 radii in logical pixels before any enlargement.

    Core accounts grow more with their degree than others; where there are none, everybody does.
    """
    size = np.log1p(degree)
    if not core.any():
        return (1.0 + 0.3 * size).astype(np.float32)
    return np.where(core, 1.2 + 0.38 * size, 0.85 + 0.16 * size).astype(np.float32)


FEWEST, MOST = 10_000, 5_000_000
"""Edges of a sketch, whatever it takes; fewer would show nothing."""


@dataclass(slots=True)
class Budget:
    """How many edges fit in a sketch, learnt from the last ones.

    Attributes
    ----------
    edges
        How many to draw next time.
    """

    edges: int = 40_000

    def learn(self, drawn: int, seconds: float) -> None:
        """Take note that a sketch of *drawn* edges took so many *seconds*, all its parts."""
        if drawn < 1000:
            return
        factor = float(np.clip(SKETCH / max(seconds, 1e-4), 0.5, 1.5))
        self.edges = int(np.clip(drawn * factor, FEWEST, MOST))

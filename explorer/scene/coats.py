"""How an account looks: a second cue beside its colour tells its role as soon as there is room.

Core accounts are discs inside a ring, amplifiers plain discs, others hollow rings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from explorer.graph.roles import CORE, OTHER
from explorer.scene.compiled import still

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.scene.theme import Colour, Theme

TINY, SMALL, LARGE = range(3)
"""How much room there is for an account's looks."""
ROOM = ((1.6, 3.0), (1.6, 2.4), (1.9, 5.2))
"""By role, the radii in logical pixels from which an account is small, and large."""

CORE_OPACITY = (0.6, 0.95, 1.0)
"""Of core accounts: tiny ones lie so close from afar that solid they would be one mass."""


def room(radii: NDArray[np.float32], role: int, ratio: float) -> NDArray[np.int8]:
    """Return ``(k,)`` whether accounts of these radii in pixels are tiny, small or large."""
    small, large = (radii >= np.float64(least * ratio) for least in ROOM[role])
    return small.astype(np.int8) + large


def coat(colour: Colour, opacity: float, wider: float) -> tuple[float, ...]:
    """Return one coat of paint, *wider* pixels wider than the account; opacity in [0, 1]."""
    return (*colour, round(256 * opacity), wider)


def coats(theme: Theme, role: int, roomy: int, opacity: float, ratio: float) -> NDArray[np.float64]:
    """Return ``(k, 5)`` coats for accounts of one role, as ``discs`` paints them.

    Parameters
    ----------
    roomy
        ``TINY``, ``SMALL`` or ``LARGE``: the second cue needs room.
    opacity
        Of small accounts that are not core, in [0, 1].
    ratio
        Pixels to one logical pixel.
    """
    fill, ground = theme.roles[role], theme.ground
    line = coat(ground, 0.55, 0.9 * ratio)
    if role == CORE:
        ringed = [coat(fill, 0.9, 2.6 * ratio), coat(ground, 1.0, 1.5 * ratio)]
        made = [*([], [line], ringed)[roomy], coat(fill, CORE_OPACITY[roomy], 0.0)]
    elif role == OTHER and roomy == LARGE:
        made = [line, coat(fill, 0.95, 0.0), coat(ground, 1.0, -1.4 * ratio)]
    else:
        solid = max(opacity, 0.85) if roomy == LARGE else opacity
        made = [*([line] if roomy == LARGE else []), coat(fill, solid, 0.0)]
    return still(np.array(made, np.float64))


def ring(theme: Theme, role: int, ratio: float) -> NDArray[np.float64]:
    """Return the coats of the one account under the cursor."""
    return still(
        np.array(
            [
                coat(theme.ground, 0.8, 5.0 * ratio),
                coat(theme.focus, 1.0, 4.0 * ratio),
                coat(theme.ground, 1.0, 2.2 * ratio),
                coat(theme.roles[role], 1.0, 0.0),
            ],
            np.float64,
        )
    )


def faint(enlarged: float) -> float:
    """Return the opacity of small accounts: a haze from afar, solid when near."""
    return float(np.clip(0.34 * enlarged - 0.08, 0.12, 0.95))

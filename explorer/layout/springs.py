"""Refinement of a layout: springs along pairs against repulsion from a mesh."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.layout.mesh import downhill, extent, mesh_round, potential

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from explorer.layout.crowd import Crowd
    from explorer.layout.pairs import Pairs

    Tick = Callable[[int, NDArray[np.float32]], None]

ASPECT = 1.4
"""Width by height of the bowl: a window is wider than high."""
DAMPING = 0.7


@dataclass(frozen=True, slots=True)
class Plan:
    """How to refine.

    Attributes
    ----------
    iterations
        How often every node moves.
    mesh
        Points of the mesh along one side.
    exponent
        Attraction grows with distance to this power: 0 is LinLog (Noack 2009), which shows
        communities best; 2 is Fruchterman and Reingold (1991), which shows distances best.
    gravity
        Strength of the pull to the middle; near 1 it wins over all springs.
    cap
        Longest first move, as a share of the extent.
    """

    iterations: int
    mesh: int
    exponent: float
    gravity: float
    cap: float = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Home:
    """Where nodes come from, if they should not go far.

    Attributes
    ----------
    at
        ``(2, n)`` float32.
    hold
        ``(n,)`` float32: how firmly each is held, beside its springs: 0 lets go, 1 halves its way.
    """

    at: NDArray[np.float32]
    hold: NDArray[np.float32]


def refine(
    at: NDArray[np.float32],
    pairs: Pairs,
    crowd: Crowd,
    plan: Plan,
    home: Home | None = None,
    tick: Tick | None = None,
) -> NDArray[np.float32]:
    """Return ``(2, n)`` float32 positions nearer to the balance of all forces.

    Each step is Jacobi's: a node goes where its springs, at their present strength, balance the
    repulsion it feels, damped and capped; the cap shrinks to a third. *tick* is told
    the number of the iteration done and the positions.
    """
    weight = pairs.w.astype(np.float32)
    for i in range(plan.iterations):
        push, cell = repulsion(at, crowd, plan.mesh)
        pull, stiffness = attraction(at, pairs, weight, plan.exponent, cell)
        step = pull + push
        inward, firmness = gravity(at, crowd.total, plan.gravity)
        step += inward
        stiffness += firmness
        if home is not None:
            step += (home.at - at) * (home.hold * stiffness)
            stiffness *= 1 + home.hold
        step *= np.float32(DAMPING) / np.maximum(stiffness, np.float32(1e-12))
        longest = np.float32(plan.cap * extent(at) * (1 - 0.7 * i / plan.iterations))
        length = np.hypot(step[0], step[1])
        step *= np.minimum(longest / np.maximum(length, np.float32(1e-12)), np.float32(1))
        at = at + step
        if tick is not None:
            tick(i + 1, at)
    return at


def gravity(
    at: NDArray[np.float32], mass: NDArray[np.float32], strength: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the ``(2, n)`` pull to the middle, and ``(n,)`` its stiffness.

    A quadratic bowl against logarithmic repulsion makes an even ellipse (the circular law of
    random matrices, Ginibre 1965).
    """
    total = float(mass.sum())
    middle = (at @ mass / total)[:, None]
    away = at - middle
    spread = np.sqrt(np.maximum((away * away) @ mass / total, 1e-12))
    size = 2 * np.sqrt(spread[0] * spread[1])
    a, b = size * np.sqrt(ASPECT), size / np.sqrt(ASPECT)
    firm = np.array([[b], [a]]) * (strength * 2 * total / (a * b * (a + b)))
    firm = firm.astype(np.float32)
    return away * (-firm * mass), mass * np.float32(firm.mean())


def repulsion(
    at: NDArray[np.float32], crowd: Crowd, size: int
) -> tuple[NDArray[np.float32], float]:
    """Return the ``(2, n)`` force of all masses on each node, and the side of a cell."""
    spots, mass = (at, crowd.total) if crowd.alone else (crowd.spread(at), crowd.mass)
    mesh = mesh_round(spots, size)
    weights = mesh.weights(spots)
    density = (weights.T @ mass).reshape(size, size)
    own = weights if crowd.alone else mesh.weights(at)
    force = (own @ downhill(potential(density), mesh.step)).T * crowd.total
    return force, mesh.step


def attraction(
    at: NDArray[np.float32],
    pairs: Pairs,
    weight: NDArray[np.float32],
    exponent: float,
    cell: float,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the ``(2, n)`` force of the springs, and ``(n,)`` their summed stiffness."""
    dx = at[0].take(pairs.v)
    dx -= at[0].take(pairs.u)
    dy = at[1].take(pairs.v)
    dy -= at[1].take(pairs.u)
    length = np.hypot(dx, dy, out=dx)
    length += np.float32(0.5 * cell)
    half = pairs.half(weight * np.power(length, np.float32(exponent - 1)))
    columns = np.vstack([at, np.ones((1, pairs.n), np.float32)]).T.copy()
    summed = half @ columns
    summed += half.T @ columns
    pulled = summed.T.copy()
    return pulled[:2] - pulled[2] * at, pulled[2]


def repose(at: NDArray[np.float32], pairs: Pairs, crowd: Crowd, plan: Plan) -> float:
    """Return the factor on positions at which springs and repulsion are in balance overall.

    The virial of a logarithmic repulsion does not depend on scale; that of the springs grows with
    the power exponent + 1.
    """
    push, cell = repulsion(at, crowd, plan.mesh)
    pull, _ = attraction(at, pairs, pairs.w.astype(np.float32), plan.exponent, cell)
    outward, inward = float((at * push).sum()), -float((at * pull).sum())
    if outward <= 0 or inward <= 0:
        return 1.0
    return float((outward / inward) ** (1 / (plan.exponent + 1)))

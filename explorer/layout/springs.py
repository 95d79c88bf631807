"""Refinement of a layout: springs along pairs against repulsion from a mesh."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from explorer.layout import kernels
from explorer.layout.adjacency import Adjacency, adjacency
from explorer.layout.compiled import still
from explorer.layout.hands import shared
from explorer.layout.mesh import mesh_round, potential

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from explorer.layout.crowd import Crowd
    from explorer.layout.pairs import Pairs

    Tick = Callable[[int, float, NDArray[np.float32]], bool]

ASPECT = 1.4
"""Width by height of the bowl: a window is wider than high."""
DAMPING = 0.7
CALM = 0.7
"""Factor on the longest move after a round in which nodes moved further than in the one before."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to refine.

    Attributes
    ----------
    iterations
        How often every node moves, at most.
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


class Goal(Protocol):
    """Where nodes should be, for another reason than their springs."""

    def goal(
        self, at: NDArray[np.float32], /
    ) -> tuple[NDArray[np.float32], NDArray[np.float32] | np.float32]:
        """Return ``(n, 2)`` places, given ``(n, 2)``, and how firmly each is drawn there.

        ``(n,)`` or one for all; 0 lets go, 1 is as firmly as by all springs.
        """


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

    def goal(self, _: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return where they come from, and the hold."""
        return self.at.T, self.hold


def refine(
    at: NDArray[np.float32],
    pairs: Pairs | Adjacency,
    crowd: Crowd,
    plan: Plan,
    goal: Goal | None = None,
    tick: Tick | None = None,
) -> NDArray[np.float32]:
    """Return ``(2, n)`` float32 positions nearer to the balance of all forces.

    Each step is Jacobi's: a node goes where its springs, at their present strength, balance the
    repulsion it feels, damped and capped; the cap shrinks to a third, and faster if moves grow
    longer, as they do when a few heavy nodes swing about. *tick* is told the number
    of the iteration done, the mean step as a share of the extent, and the ``(2, n)`` positions;
    it returns whether that is enough.
    """
    neighbours = pairs if isinstance(pairs, Adjacency) else adjacency(pairs)
    here = np.ascontiguousarray(at.T)
    cap, change = plan.cap, np.inf
    for i in range(plan.iterations):
        step, stiffness, cell = _forces(here, neighbours, crowd, plan)
        if goal is not None:
            target, hold = goal.goal(here)
            step += (target - here) * (hold * stiffness)[:, None]
            stiffness *= 1 + hold
        step *= (np.float32(DAMPING) / np.maximum(stiffness, np.float32(1e-12)))[:, None]
        wide = cell * (plan.mesh - 4)
        length = np.sqrt(np.einsum("ij,ij->i", step, step))
        longest = np.float32(cap * wide * (1 - 0.7 * i / plan.iterations))
        slower = np.minimum(longest / np.maximum(length, np.float32(1e-12)), np.float32(1))
        step *= slower[:, None]
        here = here + step
        before, change = change, float((length * slower).mean()) / wide
        if change >= before:
            cap *= CALM
        if tick is not None and tick(i + 1, change, here.T):
            break
    return np.ascontiguousarray(here.T)


def _forces(
    here: NDArray[np.float32], neighbours: Adjacency, crowd: Crowd, plan: Plan
) -> tuple[NDArray[np.float32], NDArray[np.float32], float]:
    """Return the ``(n, 2)`` sum of all forces, ``(n,)`` the stiffness, and the side of a cell."""
    force, cell = _repulsion(here, crowd, plan.mesh)
    springs = _springs(here, neighbours, plan.exponent, cell)
    force += springs[:, :2]
    stiffness = springs[:, 2].copy()
    inward, firmness = gravity(here, crowd.total, plan.gravity)
    force += inward
    stiffness += firmness
    return force, stiffness, cell


def gravity(
    here: NDArray[np.float32], mass: NDArray[np.float32], strength: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the ``(n, 2)`` pull to the middle, and ``(n,)`` its stiffness.

    A quadratic bowl against logarithmic repulsion makes an even ellipse (the circular law of
    random matrices, Ginibre 1965).
    """
    total = float(mass.sum())
    away = here - mass @ here / np.float32(total)
    spread = np.sqrt(np.maximum(mass @ (away * away) / total, 1e-12))
    size = 2 * np.sqrt(spread[0] * spread[1])
    a, b = size * np.sqrt(ASPECT), size / np.sqrt(ASPECT)
    firm = np.array([b, a]) * (strength * 2 * total / (a * b * (a + b)))
    away *= mass[:, None] * -firm.astype(np.float32)
    return away, mass * np.float32(firm.mean())


def repulsion(
    at: NDArray[np.float32], crowd: Crowd, size: int
) -> tuple[NDArray[np.float32], float]:
    """Return the ``(2, n)`` force of all masses on each node, and the side of a cell."""
    force, cell = _repulsion(np.ascontiguousarray(at.T), crowd, size)
    return force.T, cell


def _repulsion(
    here: NDArray[np.float32], crowd: Crowd, size: int
) -> tuple[NDArray[np.float32], float]:
    spots, mass = (here, crowd.total) if crowd.alone else (crowd.spread(here.T).T, crowd.mass)
    mesh = mesh_round(spots, size)
    force = mesh.downhill(here, potential(mesh.density(spots, mass)))
    force *= crowd.total[:, None]
    return force, mesh.step


def attraction(
    at: NDArray[np.float32],
    pairs: Pairs,
    weight: NDArray[np.float32],
    exponent: float,
    cell: float,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the ``(2, n)`` force of the springs, and ``(n,)`` their summed stiffness."""
    springs = _springs(np.ascontiguousarray(at.T), adjacency(pairs, weight), exponent, cell)
    return springs[:, :2].T, springs[:, 2]


def _springs(
    here: NDArray[np.float32], neighbours: Adjacency, exponent: float, cell: float
) -> NDArray[np.float32]:
    """Return ``(n, 3)``: force and stiffness; below half a cell springs grow no shorter."""
    springs = np.empty((len(here), 3), np.float32)
    law = still(np.array([(exponent - 1) / 2, (0.5 * cell) ** 2 + 1e-30], np.float32))
    shared(kernels.pull, len(here), still(here), neighbours.ties, law, springs)
    return springs


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

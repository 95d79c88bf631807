"""One connected graph laid out from its communities down to its nodes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from explorer.layout.coarsen import Level, communities, contracted, nested
from explorer.layout.crowd import Crowd, Folded, fold, plain
from explorer.layout.mesh import extent
from explorer.layout.pairs import Pairs, renumbered
from explorer.layout.small import fruchterman_reingold, kamada_kawai
from explorer.layout.spread import equalised, levelled, loosened, tamed
from explorer.layout.springs import Plan, refine

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

FEW = 400
"""Nodes up to which Kamada and Kawai, whose time grows with the square, make the beginning."""
LEAST = 1e-3
"""Least strength of a node, so that a power of it is a mass."""


class Follow(Protocol):
    """How growing is followed."""

    def note(self, part: float, note: str, /) -> None:
        """Be told what is being done."""

    def show(self, part: float, note: str, at: Callable[[], NDArray[np.float32]], /) -> None:
        """Be offered a picture, ``(2, n)``, which costs something to make."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a layout should bring out.

    Attributes
    ----------
    exponent
        Attraction grows with distance to this power: see `Plan`.
    mass
        A node repels in proportion to its strength to this power.
    reach
        How far crowded places give way, in cells: see `equalised`.
    rounds
        Iterations at the finest level of a large graph; smaller ones get more.
    gravity
        How much of the bowl that makes an even ellipse: see `Plan`.
    seed
        Of everything random.
    """

    exponent: float
    mass: float
    reach: float
    gravity: float
    rounds: int = 25
    seed: int = 7

    def plan(self, rounds: int, mesh: int) -> Plan:
        """Return how to refine."""
        return Plan(rounds, mesh, self.exponent, self.gravity)


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A connected graph made ready: crowds folded, nodes ordered by community.

    Attributes
    ----------
    core
        What is refined; its weights sum to the number of all nodes.
    levels
        Communities, fine to coarse; none if there are few nodes.
    """

    core: Pairs
    crowd: Crowd
    levels: tuple[Level, ...]
    mesh: int
    recipe: Recipe

    @property
    def side(self) -> float:
        """How wide the first layout is made: one unit of area to a node."""
        return float(np.sqrt(len(self.crowd.anchor)))

    def finished(self, at: NDArray[np.float32], quick: bool = False) -> NDArray[np.float32]:
        """Return ``(2, N)`` positions of all as they are shown, from ``(2, n)`` of the core."""
        cell = extent(at) / self.mesh
        placed = self.crowd.spread(tamed(at))
        placed = loosened(placed, ~self.crowd.riding(), cell, self.recipe.seed)
        size, steps = (256, 8) if quick else (512, 20)
        return equalised(placed, self.recipe.reach, size, steps)


def grow(pairs: Pairs, recipe: Recipe, follow: Follow) -> NDArray[np.float32]:
    """Return ``(2, n)`` float32 positions of connected *pairs*, which are not just a star."""
    follow.note(0.0, "finding communities")
    ground = prepared(pairs, recipe)
    follow.note(0.35, "placing communities")
    at = skeleton(ground)
    follow.show(0.45, "placing accounts", lambda: ground.finished(at, quick=True))
    rounds = round(recipe.rounds * float(np.clip((1e5 / ground.core.n) ** 0.5, 1, 4)))

    def tick(i: int, moved: NDArray[np.float32]) -> None:
        note = f"refining {i} of {rounds}"
        follow.show(0.45 + 0.5 * i / rounds, note, lambda: ground.finished(moved, quick=True))

    plan = recipe.plan(rounds, ground.mesh)
    refined = refine(at, ground.core, ground.crowd, plan, tick=tick)
    follow.note(0.96, "giving crowded places room")
    return ground.finished(refined)


def prepared(pairs: Pairs, recipe: Recipe) -> Ground:
    """Fold the crowds of connected *pairs*, and find communities inside communities."""
    folded = fold(pairs)
    few = folded.core.n <= FEW
    memberships = [] if few else communities(folded.core, recipe.seed)
    order = np.arange(folded.core.n) if few else np.lexsort(memberships)
    rank = np.empty(len(order), np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    core = renumbered(folded.core, rank)  # neighbours close in memory: twice as fast
    core = Pairs(core.n, core.u, core.v, core.w * (pairs.n / core.w.sum()))
    mass = np.maximum(pairs.strength(), LEAST) ** recipe.mass
    mass *= pairs.n / mass.sum()
    crowd = Folded(core, rank[folded.anchor], folded.order).crowd(mass, recipe.seed)
    levels: list[Level] = []
    below, weight = core, crowd.total.astype(np.float64)
    for parent in nested([membership[order] for membership in memberships]):
        levels.append(contracted(below, weight, parent))
        below, weight = levels[-1].pairs, levels[-1].mass
    return Ground(core, crowd, tuple(levels), mesh_size(pairs.n), recipe)


def mesh_size(n: int) -> int:
    """Return how many points a side of the mesh has for *n* nodes."""
    steps = ((2_000, 128), (8_000, 256), (100_000, 512))
    return next((size for most, size in steps if n <= most), 1024)


def skeleton(ground: Ground) -> NDArray[np.float32]:
    """Return ``(2, n)`` positions of the core by its communities: the first picture."""
    recipe, side = ground.recipe, ground.side
    if not ground.levels:
        return levelled(scaled(kamada_kawai(ground.core, None, recipe.seed), side))
    draw = np.random.default_rng(recipe.seed)
    top = ground.levels[-1]
    at = levelled(scaled(fruchterman_reingold(top.pairs, recipe.seed), side))
    if top.pairs.n > 2:
        at = levelled(refine(at, top.pairs, plain(top.mass), recipe.plan(150, 128)))
    for level, below in zip(ground.levels[:0:-1], ground.levels[-2::-1], strict=True):
        at = seeded(at, level, side, draw)
        at = refine(at, below.pairs, plain(below.mass), recipe.plan(60, 256))
    return seeded(at, ground.levels[0], side, draw)


def scaled(at: NDArray[np.float32], side: float) -> NDArray[np.float32]:
    """Return ``(2, n)`` positions centred on 0, their longer side *side*."""
    middle = at.mean(axis=1, keepdims=True, dtype=np.float64)
    return np.asarray((at - middle) * (side / extent(at)), np.float32)


def seeded(
    at: NDArray[np.float32], level: Level, side: float, draw: np.random.Generator
) -> NDArray[np.float32]:
    """Return positions of the level below: each node in a disc round its community."""
    across = extent(at) if level.pairs.n > 1 else side
    radius = 0.35 * across * np.sqrt(level.mass / level.mass.sum())
    k = len(level.parent)
    angle = draw.random(k) * 2 * np.pi
    away = np.sqrt(draw.random(k)) * radius[level.parent]
    offset = np.vstack([away * np.cos(angle), away * np.sin(angle)])
    return np.asarray(at[:, level.parent] + offset, np.float32)

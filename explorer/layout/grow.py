"""One connected graph laid out from its communities down to its nodes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from explorer.layout.adjacency import Adjacency, adjacency
from explorer.layout.coarsen import Level, communities, contracted, nested
from explorer.layout.crowd import Crowd, Folded, fold, plain
from explorer.layout.mesh import extent
from explorer.layout.pairs import Pairs, renumbered
from explorer.layout.posts import Posts, posts_of
from explorer.layout.progress import End, gauge
from explorer.layout.small import by_distance, by_steps, fruchterman_reingold, posed
from explorer.layout.spread import equalised, levelled, loosened, tamed
from explorer.layout.springs import Plan, refine

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from explorer.graph.model import Index
    from explorer.layout.progress import Progress

FEW = 400
"""Nodes up to which all distances, which grow with the square, make the beginning."""
CROWDED = 4
"""Nodes to each of few not folded away: they have little but discs, which forces would swing."""
LEAST = 1e-3
"""Least strength of a node, so that a power of it is a mass."""


SETTLED = 0.0015
"""Mean move in a round, as a share of the extent, below which it is done: 2.4 pixels of 1600.

Less for fewer than `MANY` nodes, which are seen larger and take less time."""
MANY = 100_000
TRIES = 4
"""Arrangements of the largest communities, of which the truest is taken."""
MIXED = 0.15
"""Share of ties that leave their community from which the others are strengthened in full."""


class Follow(Protocol):
    """How growing is followed."""

    def note(self, part: float, note: str, /) -> None:
        """Be told what is being done."""

    def show(self, part: float, glimpse: Callable[[], Glimpse], /) -> None:
        """Be offered a picture, which costs something to make."""


@dataclass(frozen=True, slots=True, eq=False)
class Glimpse:
    """A picture of what is under way: ``(2, n)`` positions, what is done, and how far it is."""

    at: NDArray[np.float32]
    note: str
    progress: Progress | None = None


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
    gravity
        How much of the bowl that makes an even ellipse: see `Plan`.
    cohesion
        Factor on the ties inside a community.
    truth
        How firmly everybody is drawn to the right distance from a few: see `Posts`.
    rounds
        Iterations at the finest level, at most; it ends by itself before.
    seed
        Of everything random.
    few
        Nodes up to which a component is a picture of its distances, without any forces.
    """

    exponent: float
    mass: float
    reach: float
    gravity: float
    cohesion: float = 1.0
    truth: float = 0.0
    rounds: int = 60
    seed: int = 7
    few: int = FEW

    def plan(self, rounds: int, mesh: int) -> Plan:
        """Return how to refine."""
        return Plan(rounds, mesh, self.exponent, self.gravity)


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A connected graph made ready: crowds folded, nodes ordered by community.

    Attributes
    ----------
    core
        What is refined, ties inside communities strengthened.
    few
        The same as pairs if there are so few nodes that there are no levels, else ``None``.
    levels
        Communities, fine to coarse; none if there are few nodes.
    posts
        To which everybody should keep their distance.
    """

    core: Adjacency
    few: Pairs | None
    crowd: Crowd
    levels: tuple[Level, ...]
    posts: Posts
    mesh: int
    recipe: Recipe

    @property
    def side(self) -> float:
        """How wide the first layout is made: one unit of area to a node."""
        return float(np.sqrt(len(self.crowd.anchor)))

    def strain(self, at: NDArray[np.float32]) -> float:
        """Return the stress if everybody stood where their largest community does, ``(2, k)``."""
        parent = self.levels[0].parent
        for level in self.levels[1:]:
            parent = level.parent[parent]
        return self.posts.stress(np.ascontiguousarray(at[:, parent].T))

    def finished(self, at: NDArray[np.float32], quick: bool = False) -> NDArray[np.float32]:
        """Return ``(2, N)`` positions of all as they are shown, from ``(2, n)`` of the core."""
        cell = extent(at) / self.mesh
        placed = self.crowd.spread(tamed(at))
        placed = loosened(placed, ~self.crowd.riding(), cell, self.recipe.seed)
        size, steps = (256, 8) if quick else (512, 20)
        return equalised(placed, self.recipe.reach, size, steps)


def grow(pairs: Pairs, recipe: Recipe, follow: Follow) -> NDArray[np.float32]:
    """Return ``(2, n)`` float32 positions of connected *pairs*, which are not just a star.

    It ends by itself as soon as the mean account hardly moves in a round: see `SETTLED`.
    """
    began = time.monotonic()
    follow.note(0.0, "finding communities")
    ground = prepared(pairs, recipe)
    follow.note(0.35, "placing communities")
    if ground.few is not None and pairs.n > CROWDED * ground.few.n:
        return posed(pairs, recipe.seed)
    at = skeleton(ground)
    follow.show(0.45, lambda: Glimpse(ground.finished(at, quick=True), "placing accounts"))
    measures = gauge(ground.core, ground.posts, began, recipe.seed)
    ease = float(np.clip((pairs.n / MANY) ** 0.5, 0.25, 1))
    end = End(round(recipe.rounds / ease), SETTLED * ease)

    def tick(i: int, change: float, moved: NDArray[np.float32]) -> bool:
        part = 0.45 + 0.5 * end.heard(i, change)
        follow.note(part, f"refining, round {i}")

        def glimpse() -> Glimpse:
            read = measures.read(i, change, np.ascontiguousarray(moved.T))
            return Glimpse(ground.finished(moved, quick=True), read.words, read)

        follow.show(part, glimpse)
        return end.come

    plan = recipe.plan(end.most, ground.mesh)
    refined = refine(at, ground.core, ground.crowd, plan, ground.posts, tick)
    follow.note(0.96, "giving crowded places room")
    return ground.finished(refined)


def prepared(pairs: Pairs, recipe: Recipe) -> Ground:
    """Fold the crowds of connected *pairs*, and find communities inside communities."""
    folded = fold(pairs)
    few = folded.core.n <= FEW
    memberships = [] if few else communities(folded.core, recipe.seed)
    order = np.arange(folded.core.n) if few else np.lexsort(memberships)
    rank = np.argsort(order).astype(np.int32)
    core = renumbered(folded.core, rank)  # neighbours close in memory: twice as fast
    mass = np.maximum(pairs.strength(), LEAST) ** recipe.mass
    mass *= pairs.n / mass.sum()
    crowd = Folded(core, rank[folded.anchor], folded.order).crowd(mass, recipe.seed)
    levels: list[Level] = []
    scale = pairs.n / core.w.sum()
    below, weight = Pairs(core.n, core.u, core.v, core.w * scale), crowd.total.astype(np.float64)
    for parent in nested([membership[order] for membership in memberships]):
        levels.append(contracted(below, weight, parent))
        below, weight = levels[-1].pairs, levels[-1].mass
    top = None if few else memberships[-1][order]
    neighbours = adjacency(core, strengthened(core, top, recipe.cohesion) * scale)
    posts = posts_of(neighbours, np.bincount(crowd.anchor), recipe.truth, recipe.seed)
    return Ground(
        neighbours, core if few else None, crowd, tuple(levels), posts, mesh_size(pairs.n), recipe
    )


def strengthened(pairs: Pairs, label: Index | None, factor: float) -> NDArray[np.float64]:
    """Return ``(m,)`` weights of the same sum, those inside a community up to *factor* times.

    Less where few ties leave their community, as in trees and grids: there they are kept apart
    well enough, and would be torn apart.
    """
    if label is None or factor == 1:
        return pairs.w
    inside = label[pairs.u] == label[pairs.v]
    leaving = 1 - float(pairs.w[inside].sum() / pairs.w.sum())
    strong = 1 + (factor - 1) * min(leaving / MIXED, 1) ** 2
    weights = pairs.w * np.where(inside, strong, 1.0)
    return np.asarray(weights * (pairs.w.sum() / weights.sum()), np.float64)


def mesh_size(n: int) -> int:
    """Return how many points a side of the mesh has for *n* nodes."""
    steps = ((1_000, 128), (3_000, 256), (60_000, 512), (300_000, 768))
    return next((size for most, size in steps if n <= most), 1024)


def skeleton(ground: Ground) -> NDArray[np.float32]:
    """Return ``(2, n)`` positions of the core by its communities: the first picture."""
    recipe, side = ground.recipe, ground.side
    if ground.few is not None:
        return levelled(scaled(by_distance(ground.few, None, recipe.seed), side))
    draw = np.random.default_rng(recipe.seed)
    tries = TRIES if ground.levels[-1].pairs.n > 2 else 1
    at = min((_arranged(ground, recipe.seed + i) for i in range(tries)), key=ground.strain)
    for level, below in zip(ground.levels[:0:-1], ground.levels[-2::-1], strict=True):
        at = seeded(at, level, side, draw)
        at = refine(at, below.pairs, plain(below.mass), recipe.plan(60, 256))
    return seeded(at, ground.levels[0], side, draw)


def _arranged(ground: Ground, seed: int) -> NDArray[np.float32]:
    """Return ``(2, k)`` positions of the largest communities."""
    recipe, top = ground.recipe, ground.levels[-1]
    first = fruchterman_reingold if top.pairs.n <= FEW else by_steps
    at = levelled(scaled(first(top.pairs, seed), ground.side))
    if top.pairs.n > 2:
        at = levelled(refine(at, adjacency(top.pairs), plain(top.mass), recipe.plan(80, 128)))
    return at


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

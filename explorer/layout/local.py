"""Some accounts laid out where they are, while all others stay."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from explorer.layout.crowd import plain, spacing, sunflower
from explorer.layout.flock import INTENTIONS
from explorer.layout.grow import FEW, LEAST, Recipe, grow, mesh_size
from explorer.layout.mesh import extent
from explorer.layout.pairs import Pairs, pieces_of
from explorer.layout.patch import Patch, part_of
from explorer.layout.small import is_star, posed, wheels
from explorer.layout.springs import Plan, attraction, repulsion

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from explorer.graph.model import Mask
    from explorer.layout.crowd import Crowd
    from explorer.layout.grow import Glimpse
    from explorer.layout.pairs import Pieces

ROUNDS = 40
"""How often everybody moves, once placed."""
DAMPING = 0.7
MANY = 200
"""Components that are laid out one by one."""
FIXED = 3
"""Accounts of a component up to which it has no shape worth laying out."""
LOOSE = 0.1
"""Weight of ties outward, as a share of those within, below which a component begins anew."""
STIR = 0.1
"""Usual distances by which everybody is moved at random at first."""
HOLD = 0.03
"""How firmly everybody is held where they were put, where 1 is as firmly as by all their ties."""


def laid_out(
    patch: Patch, intention: str, seed: int, note: Callable[[float, str], None]
) -> NDArray[np.float32]:
    """Return ``(2, k)``: the patch by its own ties, turned to those who stay, in its own area.

    The middle and the mean distance from it are those it had; accounts that all stood in one
    place get the room that their number needs. One account alone goes to those it knows. Components
    that know nobody else stay in the room they had, those of three or fewer altogether: what is
    beside the picture must not come to lie upon it.
    """
    k = patch.pairs.n
    if k == 1:
        return patch.anchor.copy()
    recipe = replace(INTENTIONS[intention], seed=seed)
    note(0.1, "placing by their own ties")
    pieces = pieces_of(patch.pairs)
    bound = _bound(patch, pieces)
    made, anew = _drafted(patch, pieces, bound, recipe)
    made[:, ~(bound | anew)] = patch.at[:, ~(bound | anew)]
    note(0.6, "pulling towards who stays")
    near = part_of(patch, bound)
    plan = recipe.plan(ROUNDS, mesh_size(near.pairs.n))
    made[:, bound] = housed(
        relaxed(np.ascontiguousarray(made[:, bound]), near, plan, HOLD), near.at
    )
    return made


def _bound(patch: Patch, pieces: Pieces) -> Mask:
    """Return the ``(k,)`` mask of components that those who stay pull at, or else of the largest.

    Of everybody where there is no such, or all stand in a heap and none has a room of its own.
    """
    pull = np.add.reduceat(patch.outward[pieces.nodes], pieces.starts[:-1])
    open_ = pull > 0
    if not open_.any():
        open_[0] = pieces.sizes()[0] > FIXED
    bound = np.empty(patch.pairs.n, bool)
    bound[pieces.nodes] = np.repeat(open_, pieces.sizes())
    heap = _in_a_heap(patch.at, roominess(patch.at))
    return bound if open_.any() and not heap else np.ones_like(bound)


def _drafted(
    patch: Patch, pieces: Pieces, bound: Mask, recipe: Recipe
) -> tuple[NDArray[np.float32], Mask]:
    """Return ``(2, k)``: components that hardly anything outside pulls at laid out anew; and which.

    All others begin where they are: their places among those who stay are worth more.
    """
    each = roominess(patch.at)
    draft = (patch.at + _stir(patch.at, each, recipe.seed))[:, pieces.nodes]
    outward = patch.outward[pieces.nodes]
    sizes, shaped = pieces.sizes(), np.zeros(patch.pairs.n, bool)
    for c in np.flatnonzero(sizes > FIXED)[:MANY].tolist():  # the largest
        span, pairs = pieces.span(c), pieces.pairs(c)
        if float(outward[span].sum()) < LOOSE * float(pairs.w.sum()):
            radius, aims = 0.5 * each * float(np.sqrt(sizes[c])), draft[:, span]
            here = patch.at[:, pieces.nodes[span]]
            if not bound[pieces.nodes[span.start]] and np.ptp(here, axis=1).max() > _nothing(here):
                radius, aims = 0.0, here  # no wider than it was: others may stand close by
            draft[:, span] = turned(_shape(pairs, recipe), aims, radius)
            shaped[span] = True
    placed, anew = np.empty_like(draft), np.empty_like(shaped)
    placed[:, pieces.nodes], anew[pieces.nodes] = draft, shaped
    return placed, anew


def _in_a_heap(at: NDArray[np.float32], each: float) -> bool:
    return bool(np.ptp(at, axis=1).max() < each)


def _stir(at: NDArray[np.float32], each: float, seed: int) -> NDArray[np.float32]:
    """Return ``(2, k)`` moves by which those who stand in one place come apart."""
    k = at.shape[1]
    if _in_a_heap(at, each):
        return sunflower(np.arange(k)) * np.float32(each)
    random = np.random.default_rng(seed)
    return random.normal(0.0, STIR * each, at.shape).astype(np.float32)


def _shape(pairs: Pairs, recipe: Recipe) -> NDArray[np.float32]:
    """Return ``(2, k)`` of a connected graph laid out alone, at any scale."""
    if is_star(pairs):
        return wheels(pieces_of(pairs), pairs.strength())
    return grow(pairs, recipe, Quiet()) if pairs.n > FEW else posed(pairs, recipe.seed)


class Quiet:
    """Follows nothing."""

    def note(self, part: float, note: str, /) -> None:
        """Not be told."""

    def show(self, part: float, glimpse: Callable[[], Glimpse], /) -> None:
        """Show nothing."""


def turned(
    shape: NDArray[np.float32], aims: NDArray[np.float32], radius: float
) -> NDArray[np.float32]:
    """Return ``(2, k)`` *shape* about the middle of *aims*, turned and mirrored to them.

    As wide as the aims are, or *radius* if these are narrower.
    """
    middle = aims.mean(axis=1, keepdims=True)
    here, there = shape - shape.mean(axis=1, keepdims=True), aims - middle
    left, _, right = np.linalg.svd((there @ here.T).astype(np.float64))
    wide = float(np.sqrt((here * here).sum(axis=0).mean()))
    wanted = max(float(np.sqrt((there * there).sum(axis=0).mean())), 0.7 * radius)
    matrix = (left @ right) * (wanted / max(wide, 1e-9))
    return np.asarray(matrix @ here + middle, np.float32)


def relaxed(at: NDArray[np.float32], patch: Patch, plan: Plan, hold: float) -> NDArray[np.float32]:
    """Return ``(2, k)`` nearer to the balance of ties within, ties outward and repulsion.

    Steps are Jacobi's as in `explorer.layout.springs.refine`; everybody is held, so that those
    without ties do not fly away.
    """
    pairs = patch.pairs
    mass = np.maximum(pairs.strength() + patch.outward, LEAST) ** 0.3
    crowd = plain(mass * (pairs.n / mass.sum()))
    total = float(pairs.w.sum() + patch.outward.sum())
    share = pairs.n / max(total, 1e-9)
    weight = (pairs.w * share).astype(np.float32)
    outward = patch.outward * np.float32(share)
    middle = at.mean(axis=1, keepdims=True)
    scale = _balance((at - middle, patch.anchor - middle), pairs, outward, crowd, plan)
    start = (at - middle) * scale
    anchor = (patch.anchor - middle) * scale
    here = start
    for i in range(plan.iterations):
        push, cell = repulsion(here, crowd, plan.mesh)
        step, stiffness = attraction(here, pairs, weight, plan.exponent, cell)
        away = anchor - here
        length = np.hypot(away[0], away[1]) + np.float32(0.5 * cell)
        firm = outward * length ** np.float32(plan.exponent - 1)
        step += push + away * firm
        stiffness += firm
        held = np.float32(hold) * (stiffness + np.float32(stiffness.mean() + 1e-9))
        step += (start - here) * held
        step *= np.float32(DAMPING) / (stiffness + held)
        longest = np.float32(plan.cap * extent(here) * (1 - 0.7 * i / plan.iterations))
        reach = np.hypot(step[0], step[1])
        step *= np.minimum(longest / np.maximum(reach, np.float32(1e-12)), np.float32(1))
        here = here + step
    return np.asarray(here / scale + middle, np.float32)


def _balance(
    places: tuple[NDArray[np.float32], NDArray[np.float32]],
    pairs: Pairs,
    outward: NDArray[np.float32],
    crowd: Crowd,
    plan: Plan,
) -> np.float32:
    """Return the factor on positions at which all springs balance the repulsion overall.

    *places* are where everybody is, and their anchors. See `explorer.layout.springs.repose`.
    """
    at, anchor = places
    push, cell = repulsion(at, crowd, plan.mesh)
    pull, _ = attraction(at, pairs, pairs.w.astype(np.float32), plan.exponent, cell)
    apart = np.hypot(*(anchor - at)).astype(np.float64)
    wanted = float((at * push).sum())
    strain = -float((at * pull).sum())
    strain += float((outward * apart ** (plan.exponent + 1)).sum())
    if wanted <= 0 or strain <= 0:
        return np.float32(np.sqrt(pairs.n) / extent(at))
    return np.float32((wanted / strain) ** (1 / (plan.exponent + 1)))


def roominess(at: NDArray[np.float32]) -> float:
    """Return the usual distance between ``(2, k)`` accounts; 1 if they all stand in one place."""
    each = spacing(at, at.shape[1]) if at.shape[1] > 1 else 0.0
    return each if each > _nothing(at) else 1.0


def _nothing(at: NDArray[np.float32]) -> float:
    """Return a distance that is none, so far from the origin, in 32 bits."""
    return 1e-6 * (1.0 + float(np.abs(at).max()))


def housed(at: NDArray[np.float32], before: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return ``(2, k)`` *at* with the middle of *before*, and as wide as that was."""
    middle, own = before.mean(axis=1, keepdims=True), at.mean(axis=1, keepdims=True)
    wide = float(np.sqrt(before.var(axis=1).sum()))
    k = at.shape[1]
    wanted = wide if wide > _nothing(before) else 0.4 * roominess(before) * float(np.sqrt(k))
    scale = wanted / max(float(np.sqrt(at.var(axis=1).sum())), 1e-9)
    return np.asarray((at - own) * np.float32(scale) + middle, np.float32)

"""The planted graph: communities, a few accounts that draw most, and amplifiers around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.archive.tables import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from explorer.ingest.simulated_accounts import Accounts
    from explorer.ingest.simulated_plan import Plan

RETWEET, REPLY, QUOTE, MENTION = (
    KINDS.index(kind) for kind in ("retweet", "reply", "quote", "mention")
)
CORE_KINDS = (0.66, 0.12, 0.09, 0.13)
"""Shares of retweets, replies, quotes and mentions among interactions within the core."""
AMPLIFIER_KINDS = (0.88, 0.045, 0.04, 0.035)
AMONG_KINDS = (0.35, 0.30, 0.05, 0.30)
BACK_KINDS = (0.30, 0.30, 0.10, 0.30)
HOME_CORE, HOME_AMPLIFIER = 0.85, 0.9
"""Shares of interactions that stay within the community."""
LOYAL = 0.06
"""Share of an amplifier's interactions that go where its first went."""
MOST_DRAWS = 200
"""Interactions of one amplifier towards the core, at most."""


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Interactions to be told by posts: ``(k,)`` int64 rows of accounts, and places in KINDS."""

    source: NDArray[np.int64]
    target: NDArray[np.int64]
    kind: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.source)

    def take(self, which: NDArray[np.generic] | slice) -> Pairs:
        """Return those at *which*."""
        return Pairs(self.source[which], self.target[which], self.kind[which])


def planted(plan: Plan, accounts: Accounts) -> Pairs:
    """Draw every interaction between accounts of the files."""
    rng = np.random.default_rng([plan.seed, 3])
    pull = _Pull(accounts, plan.communities)
    parts = [_within_core(plan, accounts, pull, rng)]
    if plan.amplifiers:
        parts += [
            _towards_core(plan, accounts, pull, rng),
            _among_amplifiers(plan, accounts, rng),
            _back(plan, accounts, rng),
        ]
    return joined_pairs(parts)


def joined_pairs(parts: Sequence[Pairs]) -> Pairs:
    """Put *parts* behind each other."""
    return Pairs(
        np.concatenate([part.source for part in parts]),
        np.concatenate([part.target for part in parts]),
        np.concatenate([part.kind for part in parts]),
    )


def weighted(weight: NDArray[np.float64], size: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Draw *size* places of *weight*, each as likely as it is heavy; never one of no weight."""
    total = np.cumsum(weight)
    drawn = np.searchsorted(total, rng.random(size) * total[-1], side="right")
    return np.asarray(np.minimum(drawn, np.flatnonzero(weight)[-1]), np.int64)


class _Pull:
    """Draws targets in the core by popularity, at home or anywhere."""

    def __init__(self, accounts: Accounts, communities: int) -> None:
        home = accounts.community[: accounts.core]
        self._all = accounts.popularity
        self._members = [
            np.flatnonzero((home == group) & (self._all > 0)) for group in range(communities)
        ]

    def draw(
        self, community: NDArray[np.int64], home: float, rng: np.random.Generator
    ) -> NDArray[np.int64]:
        """Return one target for each source, given the communities of the sources."""
        target = weighted(self._all, len(community), rng)
        at_home = rng.random(len(community)) < home
        for group, members in enumerate(self._members):
            rows = np.flatnonzero(at_home & (community == group))
            if len(members):
                target[rows] = members[weighted(self._all[members], len(rows), rng)]
        return target


def _kinds(shares: Sequence[float], size: int, rng: np.random.Generator) -> NDArray[np.int64]:
    return np.asarray(np.searchsorted(np.cumsum(shares)[:-1], rng.random(size), side="right"))


def _until(pairs: Pairs, n: int, edges: int) -> Pairs:
    """Return the first of *pairs*, as many as make that number of distinct edges."""
    key = (pairs.source * n + pairs.target) * len(KINDS) + pairs.kind
    _, first = np.unique(key, return_index=True)
    fresh = np.zeros(len(key), np.int64)
    fresh[first] = 1
    return pairs.take(slice(0, int(np.searchsorted(np.cumsum(fresh), edges)) + 1))


def _within_core(plan: Plan, accounts: Accounts, pull: _Pull, rng: np.random.Generator) -> Pairs:
    """Draw interactions within the core until they make the edges wanted, or fill 45 % of posts."""
    size = int(min(0.45 * plan.core_posts, 3 * plan.core_edges))
    source = weighted(accounts.activity, size, rng)
    target = pull.draw(accounts.community[source], HOME_CORE, rng)
    pairs = Pairs(source, target, _kinds(CORE_KINDS, size, rng))
    return _until(pairs.take(source != target), accounts.n, plan.core_edges)


def _towards_core(plan: Plan, accounts: Accounts, pull: _Pull, rng: np.random.Generator) -> Pairs:
    """Draw interactions of amplifiers with the core; the first of each is told by its own post."""
    count = np.minimum(rng.geometric(1 / plan.amplifier_draws, plan.amplifiers), MOST_DRAWS)
    source = np.repeat(np.arange(accounts.core, accounts.inside), count)
    target = pull.draw(accounts.community[source], HOME_AMPLIFIER, rng)
    kind = _kinds(AMPLIFIER_KINDS, len(source), rng)
    first = np.r_[0, np.cumsum(count)[:-1]]
    target = np.where(rng.random(len(target)) < LOYAL, target[np.repeat(first, count)], target)
    kind[first] = np.where(kind[first] == MENTION, RETWEET, kind[first])
    return Pairs(source, target, kind)


def _talking(accounts: Accounts) -> NDArray[np.int64]:
    """Return the amplifiers that have something to be retweeted."""
    return accounts.core + np.flatnonzero(accounts.talks[accounts.core :])


def _among_amplifiers(plan: Plan, accounts: Accounts, rng: np.random.Generator) -> Pairs:
    """Draw interactions of amplifiers with each other, evenly spread."""
    size, talking = plan.among_edges, _talking(accounts)
    kind = _kinds(AMONG_KINDS, size, rng)
    source = rng.integers(accounts.core, accounts.inside, size)
    anyone = rng.integers(accounts.core, accounts.inside, size)
    target = np.where(kind == MENTION, anyone, talking[rng.integers(0, len(talking), size)])
    return Pairs(source, target, kind).take(source != target)


def _back(plan: Plan, accounts: Accounts, rng: np.random.Generator) -> Pairs:
    """Draw the few interactions of core accounts with amplifiers."""
    size, talking = plan.other_edges // 5, _talking(accounts)
    source = weighted(accounts.activity, size, rng)
    target = talking[rng.integers(0, len(talking), size)]
    return Pairs(source, target, _kinds(BACK_KINDS, size, rng))

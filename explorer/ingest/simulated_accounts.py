"""Who takes part in a simulated archive: ids, names, profiles, and how much they draw and say."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.ingest.simulated_plan import Plan

HASHED_BELOW = 5_000
"""Accounts with fewer followers were published under a hash."""
OUTSIDERS = 2_500
"""Most accounts outside the files that simulated posts speak of."""
SILENT = 0.12
"""Share of core accounts without a post of their own wording; some have no post at all."""
TALKERS = 0.08
"""Share of amplifiers that also write something of their own."""
NAMESAKES = 3
"""Pairs of visible accounts that bear the same name."""
SCRAMBLE = 0x9E3779B1
"""Odd, so that multiplying by it modulo 2**32 repeats nothing."""
LAST_NUMBERED = 16_860
"""Day (1 March 2016) from which ids of accounts tell the time."""
FIRST_DAY = 13_228
"""Day (21 March 2006) before which no account was made."""


@dataclass(frozen=True, slots=True, eq=False)
class Accounts:
    """Every account, in the order core, amplifiers, outsiders.

    Row ``n + i`` stands for what is known when only the screen name of account ``i`` is known.

    Attributes
    ----------
    core, amplifiers, n
        Numbers of core accounts, of amplifiers, and of all accounts.
    community
        ``(n,)`` int64 planted group.
    popularity
        ``(core,)`` float64, how much an account draws interactions; 0 if it has nothing to share.
    activity
        ``(core,)`` float64, how much an account interacts.
    talks
        ``(core + amplifiers,)`` bool, whether it has posts of its own wording.
    followers, created
        ``(n,)`` int64; days since 1970.
    clear
        ``(n,)`` bool, published under its own id and name.
    named
        ``(n,)`` int64: the row that the screen name of each account leads to. The account itself
        if it alone is visible under that name, else a row from ``n`` on.
    ids, names
        Published ids, and real screen names, which no hash hides inside a text.
    """

    core: int
    amplifiers: int
    community: NDArray[np.int64]
    popularity: NDArray[np.float64]
    activity: NDArray[np.float64]
    talks: NDArray[np.bool_]
    followers: NDArray[np.int64]
    created: NDArray[np.int64]
    clear: NDArray[np.bool_]
    named: NDArray[np.int64]
    ids: list[str]
    names: list[str]

    @property
    def n(self) -> int:
        """How many accounts there are, those outside the files included."""
        return len(self.ids)

    @property
    def inside(self) -> int:
        """How many accounts the files describe."""
        return self.core + self.amplifiers

    def label(self, row: int) -> str:
        """Return the id under which an importer knows *row*, or ``@name``."""
        return self.ids[row] if row < self.n else "@" + self.names[row - self.n].lower()


def people(plan: Plan) -> Accounts:
    """Draw all accounts of a plan."""
    rng = np.random.default_rng([plan.seed, 1])
    outsiders = min(OUTSIDERS, max(5, plan.other_edges // 2))
    inside, n = plan.core + plan.amplifiers, plan.core + plan.amplifiers + outsiders
    size = 1 / np.arange(1, plan.communities + 1) ** 0.9
    community = rng.choice(plan.communities, n, p=size / size.sum())
    popularity, activity = _pareto(1.2, plan.core, rng) + 0.05, _pareto(1.5, plan.core, rng) + 0.1
    community[np.argmax(popularity)] = 0  # the most popular account speaks to the largest group
    followers = _followers(plan, popularity, n, rng)
    talks = _talkers(plan, popularity + activity, rng)
    created = _created(plan, n, rng)
    clear = {
        "hashed": followers >= HASHED_BELOW,
        "mixed": (followers >= HASHED_BELOW) | (followers == 0),
        "clear": np.ones(n, bool),
    }[plan.ids]
    numbers = _numbers(created, rng)
    names, named = _names(clear, inside, plan.core)
    return Accounts(
        core=plan.core,
        amplifiers=plan.amplifiers,
        community=community,
        popularity=popularity * talks[: plan.core],
        activity=activity,
        talks=talks,
        followers=followers,
        created=created,
        clear=clear,
        named=named,
        ids=[
            number if seen else hashed(number, plan)
            for number, seen in zip(numbers, clear.tolist(), strict=True)
        ],
        names=names,
    )


def hashed(number: str, plan: Plan) -> str:
    """Return the hash that stands for an id: base64 with every slash lost, or bare hexadecimal."""
    digest = sha256(f"simulated {plan.seed} {number}".encode())
    if plan.generation == 2018:
        return digest.hexdigest()
    return b64encode(digest.digest()).decode().replace("/", "")


def _pareto(power: float, size: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return *size* values of a Pareto distribution in random order, its tail whole."""
    level = (np.arange(size) + 0.5) / size
    return rng.permutation(level ** (-1 / power) - 1)


def _followers(
    plan: Plan, popularity: NDArray[np.float64], n: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Return ``(n,)`` followers: for the core by rank of popularity, exact in its shares."""
    order = np.argsort(-popularity, kind="stable")
    followed = round(plan.core * (1 - plan.without_followers))
    known = max(4, round(0.05 * followed))
    core = np.zeros(plan.core, np.int64)
    core[order[:followed]] = rng.integers(1, 9, followed)
    core[order[:known]] = (9 * 25_000 ** (1 - np.arange(known) / known)).astype(np.int64)
    others = n - plan.core
    crowd = np.minimum(rng.lognormal(4.2, 2.1, others), 900_000).astype(np.int64)
    return np.concatenate([core, np.where(rng.random(others) < 0.25, 0, crowd)])


def _talkers(
    plan: Plan, weight: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.bool_]:
    """Choose who writes posts of their own: the core but its quietest, and a few amplifiers."""
    speakers = min(round((1 - SILENT) * plan.core), max(1, int(0.35 * plan.core_posts)))
    talks = np.zeros(plan.core + plan.amplifiers, bool)
    talks[np.argsort(-weight, kind="stable")[:speakers]] = True
    few = max(min(2, plan.amplifiers), round(TALKERS * plan.amplifiers))
    talks[plan.core + rng.permutation(plan.amplifiers)[:few]] = True
    return talks


def _created(plan: Plan, n: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return ``(n,)`` days on which accounts were made, never in the last two weeks."""
    since, until = plan.day("new_since"), plan.day("last") - 14
    old = rng.integers(plan.day("first") - 3_000, since, n)
    new = rng.integers(since, until, n)
    if plan.burst:
        at_once = plan.day("burst") + np.rint(rng.normal(0, 3, n)).astype(np.int64)
        new = np.where(rng.random(n) < 0.25, np.clip(at_once, since, until), new)
    share = np.where(np.arange(n) < plan.core, plan.new_share, 0.3)
    return np.maximum(np.where(rng.random(n) < share, new, old), FIRST_DAY)


def _numbers(created: NDArray[np.int64], rng: np.random.Generator) -> list[str]:
    """Return distinct decimal ids of 8 to 19 digits that agree with the day of creation."""
    n = len(created)
    place = rng.permutation(1_000_000)[:n]
    counted = (created - FIRST_DAY + 10) * 1_000_000 + place
    moment = created * 86_400_000 + rng.integers(0, 86_400_000, n) - 1_288_834_974_657
    told = (moment << 22) | place
    return list(map(str, np.where(created < LAST_NUMBERED, counted, told).tolist()))


def _names(clear: NDArray[np.bool_], inside: int, core: int) -> tuple[list[str], NDArray[np.int64]]:
    """Return screen names, a few of them shared, and the row each name leads to."""
    n = len(clear)
    names = [
        f"{('sim_', 'sim_', 'Sim_')[i % 3]}{(i * SCRAMBLE + 12345) % 2**32:08x}" for i in range(n)
    ]
    seen = np.flatnonzero(clear[:inside])
    named = np.arange(n) + n * (~clear | (np.arange(n) >= inside))
    listed, active = seen[seen < core], seen[seen >= core]
    pairs = min(NAMESAKES, len(listed) // 2, len(active) // 2)
    for pair in range(pairs):
        first, second = int(listed[-1 - pair]), int(active[pair])
        names[second] = names[first].upper()
        named[[first, second]] = n + first
    return names, named

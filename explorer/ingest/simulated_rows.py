"""Simulated posts as numbers, before they are put in order: own words, answers, and lost ends."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from explorer.ingest.simulated_graph import (
    MENTION,
    QUOTE,
    REPLY,
    RETWEET,
    Pairs,
    weighted,
)
from explorer.ingest.simulated_words import TOPICS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from explorer.ingest.simulated_accounts import Accounts
    from explorer.ingest.simulated_plan import Plan
    from explorer.ingest.simulated_times import Calendar

PLAIN = MENTION
"""What a post does that answers nobody; it may still mention somebody."""
NONE, FOREIGN = -1, -2
"""No reference, and a reference to a post that is in none of the files."""
TARGET_GIVEN = 0.16
"""Share of retweets that still name the retweeted account by id."""
POST_LOST = 0.025
"""Share of retweets of visible accounts whose retweeted post is not in the files."""


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Posts as columns, each ``(k,)`` int64.

    Attributes
    ----------
    author
        Row of the account.
    worked
        Working time, see ``Calendar``.
    action
        RETWEET, REPLY, QUOTE or PLAIN.
    ref_user, ref_post
        The account and the post that the columns of this action refer to, or NONE, or FOREIGN.
    said
        The account whose name stands in the text or the address, or NONE.
    text
        Wording, see ``Texts``.
    """

    author: NDArray[np.int64]
    worked: NDArray[np.int64]
    action: NDArray[np.int64]
    ref_user: NDArray[np.int64]
    ref_post: NDArray[np.int64]
    said: NDArray[np.int64]
    text: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.author)


def joined(parts: Sequence[Rows]) -> Rows:
    """Put *parts* behind each other."""
    return Rows(
        **{
            column.name: np.concatenate([getattr(part, column.name) for part in parts])
            for column in fields(Rows)
        }
    )


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """What all posts are drawn with."""

    plan: Plan
    accounts: Accounts
    calendar: Calendar
    block: int
    rng: np.random.Generator

    def chance(self, share: float, size: int) -> NDArray[np.bool_]:
        """Return ``(size,)`` bool, true for about that share."""
        return self.rng.random(size) < share

    def words(self, author: NDArray[np.int64]) -> NDArray[np.int64]:
        """Draw a wording for each post, mostly on the topic of its author's community."""
        k = len(author)
        home = self.accounts.community[author] % TOPICS
        topic = np.where(self.chance(0.75, k), home, self.rng.integers(0, TOPICS, k))
        return topic * self.block + (self.rng.random(k) ** 1.5 * self.block).astype(np.int64)

    def plain(self, author: NDArray[np.int64]) -> Rows:
        """Return posts that answer nobody."""
        k, none = len(author), np.full(len(author), NONE)
        worked = self.calendar.write(self._since(author), self.rng)
        return Rows(author, worked, np.full(k, PLAIN), none, none, none, self.words(author))

    def answers(self, pairs: Pairs, own: Rows) -> Rows:
        """Return the retweets, replies and quotes of *pairs*, each of a post in *own*.

        *own* is sorted by author, and holds a post of every target.
        """
        k = len(pairs)
        start = np.searchsorted(own.author, pairs.target)
        count = np.searchsorted(own.author, pairs.target, side="right") - start
        post = start + (count * self.rng.random(k) ** 2).astype(np.int64)
        cause = np.maximum(own.worked[post], self._since(pairs.source))
        ref_user, ref_post, said = self._references(pairs, post)
        return Rows(
            author=pairs.source,
            worked=self.calendar.answer(cause, self.rng),
            action=pairs.kind,
            ref_user=ref_user,
            ref_post=ref_post,
            said=said,
            text=np.where(pairs.kind == RETWEET, own.text[post], self.words(pairs.source)),
        )

    def outward(self, pairs: Pairs) -> Rows:
        """Return posts about accounts or posts that are not in the files.

        The target NONE stands for one that nobody can tell.
        """
        rows = self.plain(pairs.source)
        by_id = pairs.kind == REPLY
        unlinked = by_id & (pairs.target >= 0) & self.chance(0.1, len(rows))
        return Rows(
            author=rows.author,
            worked=rows.worked,
            action=pairs.kind,
            ref_user=np.where(by_id, pairs.target, NONE),
            ref_post=np.where(unlinked, NONE, FOREIGN),
            said=pairs.target,
            text=rows.text,
        )

    def _since(self, author: NDArray[np.int64]) -> NDArray[np.int64]:
        return self.calendar.since(self.accounts.created[author])

    def _references(
        self, pairs: Pairs, post: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Return what the columns and the text give of the target: never too little to find it."""
        k, target = len(pairs), pairs.target
        retweet, reply, quote = (pairs.kind == kind for kind in (RETWEET, REPLY, QUOTE))
        visible = self.accounts.named[target] == target
        lost = visible & ((retweet & self.chance(POST_LOST, k)) | (quote & self.chance(0.08, k)))
        given = (retweet & self.chance(TARGET_GIVEN, k)) | (reply & self.chance(0.97, k))
        unlinked = reply & given & self.chance(0.07, k)  # replies without the id of the post
        unsaid = ~lost & ((retweet & self.chance(0.02, k)) | (quote & self.chance(0.1, k)))
        ref_post = np.where(lost, FOREIGN, np.where(unlinked, NONE, post))
        return np.where(given, target, NONE), ref_post, np.where(unsaid, NONE, target)


def lost_ends(plan: Plan, accounts: Accounts) -> Pairs:
    """Draw interactions that lead out of the files, or cannot be told at all (target NONE).

    Retweets and quotes will name their target, replies and mentions will give its id.
    """
    rng = np.random.default_rng([plan.seed, 5])
    size, blind = round(0.75 * plan.other_edges), max(3, plan.other_edges // 40)
    outside = np.arange(accounts.inside, accounts.n)
    fame = 1 / np.arange(1, len(outside) + 1) ** 0.8
    target = outside[weighted(fame, size, rng)]
    kind = np.searchsorted((0.58, 0.74, 0.82), rng.random(size), side="right")
    # Some retweets name an account that is in the files under a hash, or shares its name.
    hidden = np.flatnonzero(accounts.named[: accounts.inside] >= accounts.n)
    shared = np.flatnonzero(accounts.clear[hidden])
    within = np.flatnonzero((kind == RETWEET) & (rng.random(size) < 0.1))
    if len(hidden):
        target[within] = hidden[rng.integers(0, len(hidden), len(within))]
    if len(shared) and len(within):
        target[within[:3]] = hidden[shared[rng.integers(0, len(shared), len(within[:3]))]]
    kind = np.r_[kind, np.repeat((RETWEET, REPLY, QUOTE), blind)]
    target = np.r_[target, np.full(3 * blind, NONE)]
    source = weighted(accounts.activity, len(kind), rng)
    if plan.amplifiers:
        anyone = rng.integers(accounts.core, accounts.inside, len(kind))
        source = np.where(rng.random(len(kind)) < 0.35, anyone, source)
    return Pairs(source, target, kind)


def with_oneself(plan: Plan, accounts: Accounts) -> Pairs:
    """Draw the few interactions of accounts with themselves."""
    rng = np.random.default_rng([plan.seed, 6])
    talking = np.flatnonzero(accounts.talks)
    size = max(4, plan.core_posts // 500)
    source = talking[rng.integers(0, len(talking), size)]
    return Pairs(source, source, rng.choice(4, size, p=(0.4, 0.4, 0.1, 0.1)))

"""What an importer must find in a simulated archive, worked out from numbers, not from the files.

The rules, in the words of the importer:

* retweet: the account in ``retweet_userid``; else the author of ``retweet_tweetid`` if that post
  is in any of the files; else the account of ``RT @name:``; else unresolved.
* reply: the account in ``in_reply_to_userid``; else the author of ``in_reply_to_tweetid`` if that
  post is in any of the files; else unresolved.
* quote: the author of ``quoted_tweet_tweetid`` if that post is in any of the files; else the
  account in the address ``https://twitter.com/name/status/…`` among ``urls``; else unresolved.
* mention: each distinct id in ``user_mentions``, but not the post's retweet or reply target.
* A name is the account that alone bears it in the files, whatever the case of its letters; else
  an account of its own, ``@name`` in lower case.
* Interactions of an account with itself are counted and make no edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.archive.tables import KINDS
from explorer.ingest.simulated_graph import MENTION, QUOTE, REPLY, RETWEET

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from explorer.ingest.simulated_accounts import Accounts
    from explorer.ingest.simulated_plan import Plan
    from explorer.ingest.simulated_posts import Posts

ROLES = ("other", "amplifier", "core")
CLASSES = tuple(f"{source}>{target}" for source in ROLES for target in ROLES)
"""The nine edge classes, by the names that ``explorer.graph`` gives them."""
BY_ID, BY_POST, BY_KNOWN_NAME, BY_NAME, UNRESOLVED = range(5)
"""How a target is known."""


@dataclass(frozen=True, slots=True)
class Truth:
    """The counts an importer must arrive at.

    Attributes
    ----------
    accounts, core, amplifier, other
        All accounts, and how many have each role.
    interactions, edges_by_kind, edges_by_class
        Pairs of name and count; interactions without those with oneself.
    found
        Interactions in all: kept, with oneself, and unresolved.
    by_post, by_known_name, by_name_only
        Of the interactions kept: the target known through a post, or through its name.
    refused, merged
        Records not to be taken in, and records that repeat an id; a simulation has none.
    first, last
        UTC seconds since 1970 of the earliest and the latest post.
    out, truth
        The archive, and the file that holds every edge of it.
    """

    accounts: int
    core: int
    amplifier: int
    other: int
    authors: int
    posts: int
    core_posts: int
    found: int
    interactions: tuple[tuple[str, int], ...]
    self: int
    by_post: int
    by_known_name: int
    by_name_only: int
    unresolved_retweets: int
    unresolved_replies: int
    unresolved_quotes: int
    edges: int
    edges_by_kind: tuple[tuple[str, int], ...]
    edges_by_class: tuple[tuple[str, int], ...]
    refused: int
    merged: int
    first: int
    last: int
    out: Path
    truth: Path


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """Every interaction resolved, every edge, every role.

    Attributes
    ----------
    source, target, kind, count, first, last
        ``(m,)`` int64 each: the edges, by source, target and kind; times are UTC seconds.
    roles
        ``(2 n,)`` int64: -1 for rows that are no account of this archive, else a place in ROLES.
    how
        ``(5,)`` interactions kept, by how their target is known; unresolved ones are in *lost*.
    lost
        ``(4,)`` unresolved interactions by kind.
    """

    source: NDArray[np.int64]
    target: NDArray[np.int64]
    kind: NDArray[np.int64]
    count: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    roles: NDArray[np.int64]
    how: NDArray[np.int64]
    lost: NDArray[np.int64]
    self: int


def solve(accounts: Accounts, posts: Posts) -> Answer:
    """Resolve every interaction and add them up."""
    target, how = _targets(accounts, posts)
    active = np.flatnonzero(posts.action != MENTION)
    mentioned, mention = _mentions(accounts, posts, target)
    post = np.r_[active, mentioned]
    found = np.r_[target[active], mention]
    kind = np.r_[posts.action[active], np.full(len(mention), MENTION)]
    known = np.r_[how[active], np.full(len(mention), BY_ID)]
    source, time = posts.author[post], posts.utc[post] // 60_000 * 60
    kept = (found >= 0) & (found != source)
    sender, receiver, what, count, first, last = _edges(
        accounts, source[kept], found[kept], kind[kept], time[kept]
    )
    return Answer(
        source=sender,
        target=receiver,
        kind=what,
        count=count,
        first=first,
        last=last,
        roles=_roles(accounts, sender, receiver),
        how=np.bincount(known[kept], minlength=5),
        lost=np.bincount(kind[found < 0], minlength=4),
        self=int((found == source).sum()),
    )


def _targets(accounts: Accounts, posts: Posts) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return for each post whom it retweets, replies to or quotes (-1: nobody), and how we know."""
    named = np.where(posts.said >= 0, accounts.named[posts.said], -1)
    named[posts.action == REPLY] = -1
    how = np.where(named < 0, UNRESOLVED, np.where(named < accounts.n, BY_KNOWN_NAME, BY_NAME))
    linked = posts.ref_post >= 0
    target = np.where(linked, posts.author[posts.ref_post], named)
    how = np.where(linked, BY_POST, how)
    given = posts.ref_user >= 0
    target, how = np.where(given, posts.ref_user, target), np.where(given, BY_ID, how)
    return np.where(posts.action == MENTION, -1, target), how


def _mentions(
    accounts: Accounts, posts: Posts, target: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the posts and the accounts of every mention that counts."""
    key = np.unique(posts.mention_post * accounts.n + posts.mention_account)
    post, account = key // accounts.n, key % accounts.n
    automatic = (account == target[post]) & (posts.action[post] != QUOTE)
    return post[~automatic], account[~automatic]


def _edges(
    accounts: Accounts,
    source: NDArray[np.int64],
    target: NDArray[np.int64],
    kind: NDArray[np.int64],
    time: NDArray[np.int64],
) -> list[NDArray[np.int64]]:
    """Return source, target, kind, count, first and last of every edge."""
    n, kinds = 2 * accounts.n, len(KINDS)
    key = (source * n + target) * kinds + kind
    order = np.lexsort((time, key))
    key, time = key[order], time[order]
    start = np.flatnonzero(np.r_[True, key[1:] != key[:-1]]) if len(key) else np.empty(0, np.int64)
    end = np.r_[start[1:], len(key)][: len(start)]
    edge = key[start]
    pair = edge // kinds
    return [pair // n, pair % n, edge % kinds, end - start, time[start], time[end - 1]]


def _roles(
    accounts: Accounts, source: NDArray[np.int64], target: NDArray[np.int64]
) -> NDArray[np.int64]:
    roles = np.full(2 * accounts.n, -1)
    roles[target] = ROLES.index("other")
    roles[: accounts.inside] = ROLES.index("other")
    roles[source[target < accounts.core]] = ROLES.index("amplifier")
    roles[: accounts.core] = ROLES.index("core")
    return roles


def summed(plan: Plan, answer: Answer, posts: Posts, out: Path, truth: Path) -> Truth:
    """Return the counts of an answer."""
    by_role = np.bincount(answer.roles[answer.roles >= 0], minlength=3).tolist()
    classes = 3 * answer.roles[answer.source] + answer.roles[answer.target]
    interactions = np.bincount(answer.kind, answer.count, 4).astype(int).tolist()
    kept, lost = int(answer.count.sum()), answer.lost
    times = posts.utc // 60_000 * 60
    assert by_role[1] == plan.amplifiers, "an amplifier without an interaction towards the core"
    return Truth(
        accounts=sum(by_role),
        core=by_role[2],
        amplifier=by_role[1],
        other=by_role[0],
        authors=len(np.unique(posts.author)),
        posts=len(posts),
        core_posts=posts.core_posts,
        found=kept + answer.self + int(lost.sum()),
        interactions=tuple(zip(KINDS, interactions, strict=False)),
        self=answer.self,
        by_post=int(answer.how[BY_POST]),
        by_known_name=int(answer.how[BY_KNOWN_NAME]),
        by_name_only=int(answer.how[BY_NAME]),
        unresolved_retweets=int(lost[RETWEET]),
        unresolved_replies=int(lost[REPLY]),
        unresolved_quotes=int(lost[QUOTE]),
        edges=len(answer.source),
        edges_by_kind=_named(KINDS[:4], answer.kind),
        edges_by_class=_named(CLASSES, classes),
        refused=0,
        merged=0,
        first=int(times.min()),
        last=int(times.max()),
        out=out,
        truth=truth,
    )


def _named(names: tuple[str, ...], codes: NDArray[np.int64]) -> tuple[tuple[str, int], ...]:
    """Return each name with how often its place occurs in *codes*."""
    return tuple(zip(names, np.bincount(codes, minlength=len(names)).tolist(), strict=True))

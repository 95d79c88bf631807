"""All posts of a simulated archive in the order of its files, as numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from explorer.ingest.simulated_graph import (
    MENTION,
    REPLY,
    RETWEET,
    Pairs,
    joined_pairs,
    planted,
    weighted,
)
from explorer.ingest.simulated_rows import (
    NONE,
    PLAIN,
    Rows,
    Scene,
    joined,
    lost_ends,
    with_oneself,
)
from explorer.ingest.simulated_times import DAY, calendar, snowflakes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.ingest.simulated_accounts import Accounts
    from explorer.ingest.simulated_plan import Plan

BY_HAND = 0.003
"""Share of plain posts that begin like a retweet, ``RT @name:``, and are none."""


@dataclass(frozen=True, slots=True, eq=False)
class Posts:
    """Every post, the core's first, each account's together and by time.

    Attributes
    ----------
    ids, utc
        ``(p,)`` int64: id of the post, and UTC milliseconds since 1970.
    author, action, ref_user, ref_post, said, text
        ``(p,)`` int64, as in ``Rows``; ``ref_post`` is a place among these posts.
    foreign
        ``(p,)`` int64: id of the post outside the files, used where ``ref_post`` is FOREIGN.
    mention_post, mention_account
        ``(q,)`` int64, sorted by post: what ``user_mentions`` holds, repetitions included.
    core_posts
        How many posts, from the first, are the core's.
    """

    ids: NDArray[np.int64]
    utc: NDArray[np.int64]
    author: NDArray[np.int64]
    action: NDArray[np.int64]
    ref_user: NDArray[np.int64]
    ref_post: NDArray[np.int64]
    said: NDArray[np.int64]
    text: NDArray[np.int64]
    foreign: NDArray[np.int64]
    mention_post: NDArray[np.int64]
    mention_account: NDArray[np.int64]
    core_posts: int

    def __len__(self) -> int:
        return len(self.ids)


def written(plan: Plan, accounts: Accounts, block: int) -> Posts:
    """Draw every post of a plan; *block* is the number of wordings on one topic."""
    rng = np.random.default_rng([plan.seed, 4])
    scene = Scene(plan, accounts, calendar(plan), block, rng)
    told = joined_pairs([planted(plan, accounts), with_oneself(plan, accounts)])
    out = lost_ends(plan, accounts)
    mentions = joined_pairs([part.take(part.kind == MENTION) for part in (told, out)])
    told, out = told.take(told.kind != MENTION), out.take(out.kind != MENTION)
    answering = int((told.source < plan.core).sum() + (out.source < plan.core).sum())
    originals = _originals(scene, plan.core_posts - answering)
    fresh = _hosts(mentions, plan, scene)
    rows = joined(
        [originals, scene.answers(told, originals), scene.outward(out), scene.plain(fresh)]
    )
    return _ordered(_retold(rows, scene), mentions, scene)


def _originals(scene: Scene, core: int) -> Rows:
    """Return posts in own words, sorted by author: *core* of the core, and the amplifiers' few."""
    accounts, rng = scene.accounts, scene.rng
    talking = np.flatnonzero(accounts.talks)
    speakers, others = talking[talking < accounts.core], talking[talking >= accounts.core]
    assert core >= len(speakers), "a plan leaves too few posts for those who are to have one"
    weight = accounts.activity * (accounts.popularity > 0) + 0.4 * accounts.popularity
    more = weighted(weight, core - len(speakers), rng)
    few = np.repeat(others, rng.geometric(0.6, len(others)))
    return scene.plain(np.sort(np.r_[speakers, more, few]))


def _hosts(mentions: Pairs, plan: Plan, scene: Scene) -> NDArray[np.int64]:
    """Return who writes a post just to mention somebody: most amplifiers that do."""
    amplifiers = mentions.source[mentions.source >= plan.core]
    return amplifiers[scene.chance(0.7, len(amplifiers))]


def _retold(rows: Rows, scene: Scene) -> Rows:
    """Let a few plain posts begin as retweets were once made by hand."""
    k = len(rows)
    by_hand = (rows.action == PLAIN) & scene.chance(BY_HAND, k)
    anyone = scene.rng.integers(0, scene.accounts.n, k)
    return replace(rows, said=np.where(by_hand, anyone, rows.said))


def _ordered(rows: Rows, mentions: Pairs, scene: Scene) -> Posts:
    """Put the posts in the order of the files, and give them ids, references and mentions."""
    accounts, rng, k = scene.accounts, scene.rng, len(rows)
    referred = np.zeros(k, bool)
    referred[rows.ref_post[rows.ref_post >= 0]] = True
    utc = scene.calendar.utc(rows.worked)
    utc = np.where(referred, utc, scene.calendar.stray(utc, rng))
    place = np.r_[
        rng.permutation(accounts.core), accounts.core + rng.permutation(accounts.amplifiers)
    ]
    order = np.lexsort((utc, place[rows.author]))
    back = np.empty(k, np.int64)
    back[order] = np.arange(k)
    post, account = _mentioned(rows, mentions, referred, scene)
    by_post = np.argsort(back[post], kind="stable")
    utc, ref = utc[order], rows.ref_post[order]
    earlier = utc - 1_000 - (rng.random(k) * 20 * DAY).astype(np.int64)
    return Posts(
        ids=snowflakes(utc),
        utc=utc,
        author=rows.author[order],
        action=rows.action[order],
        ref_user=rows.ref_user[order],
        ref_post=np.where(ref >= 0, back[ref], ref),
        said=rows.said[order],
        text=rows.text[order],
        foreign=snowflakes(earlier),
        mention_post=back[post][by_post],
        mention_account=account[by_post],
        core_posts=int((rows.author < accounts.core).sum()),
    )


def _mentioned(
    rows: Rows, mentions: Pairs, referred: NDArray[np.bool_], scene: Scene
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the post and the account of every mention, a few of them given twice."""
    host = _host(rows, mentions, referred, scene)
    held = host >= 0
    post, account = _automatic(rows, scene)
    post = np.r_[post, host[held]]
    account = np.r_[account, mentions.target[held]]
    twice = np.repeat(np.arange(len(post)), 1 + scene.chance(0.01, len(post)))
    return post[twice], account[twice]


def _host(
    rows: Rows, mentions: Pairs, referred: NDArray[np.bool_], scene: Scene
) -> NDArray[np.int64]:
    """Return for each mention a post of its source that nobody answered, or NONE."""
    free = np.flatnonzero(~referred & ((rows.action != RETWEET) | scene.chance(0.2, len(rows))))
    free = free[np.argsort(rows.author[free], kind="stable")]
    owner = rows.author[free]
    start = np.searchsorted(owner, mentions.source)
    count = np.searchsorted(owner, mentions.source, side="right") - start
    chosen = start + (count * scene.rng.random(len(mentions)) ** 2).astype(np.int64)
    return np.where(count > 0, free[np.minimum(chosen, len(free) - 1)], NONE)


def _automatic(rows: Rows, scene: Scene) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the mentions that the platform adds itself, of whom is retweeted or replied to."""
    k = len(rows)
    target = np.where(rows.ref_user >= 0, rows.ref_user, rows.said)
    target = np.where(rows.ref_post >= 0, rows.author[rows.ref_post], target)
    known = (rows.ref_post >= 0) | (rows.ref_user >= 0)
    share = np.where(known, 0.75, 0.12)  # by its name alone, an account is seldom given by id
    added = ((rows.action == RETWEET) | (rows.action == REPLY)) & (target >= 0)
    post = np.flatnonzero(added & (scene.rng.random(k) < share))
    return post, target[post]

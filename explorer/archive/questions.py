"""Questions to an archive on disk: whose posts, which posts are behind an edge, who is that."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from explorer.archive.store import connect

if TYPE_CHECKING:
    from pathlib import Path

    from explorer.job import Report


@dataclass(frozen=True, slots=True)
class Post:
    """One post.

    Attributes
    ----------
    account, name
        Id and screen name of its author.
    time
        UTC seconds since 1970, -1 if unknown.
    kind
        ``post``, ``retweet``, ``reply`` or ``quote``.
    hashtags, urls
        As in the file.
    """

    id: str
    account: str
    name: str
    time: int
    kind: str
    language: str
    client: str
    text: str
    hashtags: str
    urls: str

    @property
    def when(self) -> str:
        """The time in UTC, as people read it; posts are dated to the minute."""
        if self.time < 0:
            return "time unknown"
        return f"{datetime.fromtimestamp(self.time, UTC):%Y-%m-%d %H:%M}"


@dataclass(frozen=True, slots=True)
class Profile:
    """One account; the columns are those of ``archive/tables.py``."""

    id: str
    name: str
    display: str
    listed_in: str
    listed_at: int
    author: bool
    by_name: bool
    posts: int
    followers: int
    following: int
    created: int
    language: str
    location: str
    description: str
    url: str


SELECT_PROFILE = f"SELECT {', '.join(one.name for one in fields(Profile))} FROM accounts"
"""By name: the accounts of a graph file may have further columns."""

SELECT_POSTS = """
SELECT p.id, p.account, coalesce(a.name, p.account), p.time, p.kind, p.language, p.client,
    p.text, p.hashtags, p.urls
FROM posts p LEFT JOIN accounts a ON a.id = p.account
"""
IN_ORDER = "ORDER BY p.time, p.id"
BEHIND = "SELECT post FROM interactions WHERE source = ? AND target = ? AND kind = ?"


def posts_of(folder: Path, account_id: str, limit: int = 100, offset: int = 0) -> tuple[Post, ...]:
    """Return the posts that an account wrote, by time, *limit* of them from *offset* on.

    Raises
    ------
    ArchiveError
        If the tables are gone, or cannot be read.
    """
    asked = f"{SELECT_POSTS} WHERE p.account = ? {IN_ORDER} LIMIT ? OFFSET ?"
    with connect(folder) as db:
        rows = db.execute(asked, [account_id, limit, offset]).fetchall()
    return tuple(Post(*row) for row in rows)


def posts_behind(
    folder: Path, source_id: str, target_id: str, kind: str, limit: int = 100
) -> tuple[Post, ...]:
    """Return the posts that make up one edge, by time; raises like ``posts_of``."""
    asked = f"{SELECT_POSTS} WHERE p.id IN ({BEHIND}) {IN_ORDER} LIMIT ?"
    with connect(folder) as db:
        rows = db.execute(asked, [source_id, target_id, kind, limit]).fetchall()
    return tuple(Post(*row) for row in rows)


def count_posts(folder: Path, account_id: str | None = None) -> int:
    """Return how many posts an account wrote, or how many there are; raises like ``posts_of``."""
    with connect(folder) as db:
        row = db.execute(
            "SELECT count(*) FROM posts WHERE account = $1 OR $1 IS NULL", [account_id]
        ).fetchone()
    return int(row[0]) if row else 0


def count_behind(folder: Path, source_id: str, target_id: str, kind: str) -> int:
    """Return how many posts make up one edge; raises like ``posts_of``."""
    with connect(folder) as db:
        row = db.execute(
            f"SELECT count(DISTINCT post) FROM ({BEHIND})", [source_id, target_id, kind]
        ).fetchone()
    return int(row[0]) if row else 0


def profile(folder: Path, account_id: str) -> Profile | None:
    """Return what is known of an account, None if nothing; raises like ``posts_of``."""
    with connect(folder) as db:
        row = db.execute(f"{SELECT_PROFILE} WHERE id = ?", [account_id]).fetchone()
    return Profile(*row) if row else None


@dataclass(frozen=True, slots=True)
class AskPosts:
    """Job: the posts of one account, and how many there are in all."""

    folder: Path
    account_id: str
    limit: int = 100
    offset: int = 0

    @property
    def title(self) -> str:
        """What the user sees while it runs."""
        return "Look up posts"

    def __call__(self, _report: Report, /) -> tuple[tuple[Post, ...], int]:
        """Ask."""
        posts = posts_of(self.folder, self.account_id, self.limit, self.offset)
        return posts, count_posts(self.folder, self.account_id)


@dataclass(frozen=True, slots=True)
class AskBehind:
    """Job: the posts behind one edge, and how many there are in all."""

    folder: Path
    source_id: str
    target_id: str
    kind: str
    limit: int = 100

    @property
    def title(self) -> str:
        """What the user sees while it runs."""
        return "Look up the posts behind an edge"

    def __call__(self, _report: Report, /) -> tuple[tuple[Post, ...], int]:
        """Ask."""
        edge = (self.source_id, self.target_id, self.kind)
        return posts_behind(self.folder, *edge, self.limit), count_behind(self.folder, *edge)

"""Posts of any platform as plain values, and how they become an archive."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from explorer.archive.receipt import FileReceipt
from explorer.archive.tables import BY_NAME
from explorer.ingest.drawn import Refused
from explorer.ingest.interactions import EDGES, counted
from explorer.ingest.values import texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import duckdb

    from explorer.archive.receipt import Interactions
    from explorer.ingest.entry import Entry

BATCH = 20_000
"""Posts that are handed over at once."""
LARGEST = 2**31 - 1


class Tie(NamedTuple):
    """One interaction that a post makes: with an account, or with whoever wrote another post.

    Attributes
    ----------
    target, name
        Id and screen name of the account; '' if unknown.
    post
        Id of the post that is shared, answered or quoted; '' if unknown.
    inside
        Whether *post* may be something else, such as a link: it counts only if it is at hand.
    """

    kind: str
    target: str = ""
    name: str = ""
    post: str = ""
    inside: bool = False


class Person(NamedTuple):
    """What a file says of an account; -1 and '' where it says nothing. *created* in days."""

    id: str
    name: str = ""
    display: str = ""
    followers: int = -1
    following: int = -1
    created: int = -1
    language: str = ""
    location: str = ""
    description: str = ""
    url: str = ""


class Post(NamedTuple):
    """One post and what it does; *time* in UTC seconds, -1 if unknown."""

    id: str
    account: str
    time: int = -1
    language: str = ""
    client: str = ""
    hashtags: str = ""
    urls: str = ""
    text: str = ""
    ties: tuple[Tie, ...] = ()
    people: tuple[Person, ...] = ()


class Bad(NamedTuple):
    """A record that is no post, and why."""

    reason: str
    record: int = 0
    line: int = 0


@dataclass(slots=True)
class Taken:
    """What became of one file; *pairs* if a post has a record for each account it is with."""

    entry: Entry
    format: str
    pairs: bool = False
    read: int = 0
    kept: int = 0
    merged: int = 0
    refused: Refused = field(default_factory=Refused)

    def receipt(self, sha256: str) -> FileReceipt:
        """Return the account of it."""
        return FileReceipt(
            path=str(self.entry.path),
            member=self.entry.member,
            sha256=sha256,
            bytes=self.entry.size,
            format=self.format,
            read=self.read,
            kept=self.kept,
            merged=self.merged,
            refused=self.refused.total,
            refusals=tuple(self.refused.first),
            reasons=tuple(sorted(self.refused.reasons.items())),
        )


TIES = """
CREATE TEMP TABLE ties (
    post VARCHAR, source VARCHAR, kind VARCHAR, time BIGINT, target VARCHAR, name VARCHAR,
    points_to VARCHAR, inside BIGINT)
"""
PEOPLE = """
CREATE TEMP TABLE people (
    id VARCHAR, name VARCHAR, display VARCHAR, followers INTEGER, following INTEGER,
    created INTEGER, language VARCHAR, location VARCHAR, description VARCHAR, url VARCHAR)
"""
KNOWN = """
CREATE TEMP TABLE known AS  -- names of exactly one account each
SELECT lower(name) AS name, min(id) AS id FROM people
WHERE name <> '' AND NOT starts_with(id, '@') GROUP BY ALL HAVING min(id) = max(id)
"""
STRANGE = """
DELETE FROM ties WHERE inside = 1 AND points_to NOT IN (SELECT id FROM posts)
"""
FOUND = f"""
CREATE TEMP TABLE found AS
SELECT DISTINCT t.post, t.source, t.kind, t.time,
    CASE WHEN t.target <> '' THEN t.target
        ELSE coalesce(p.account, k.id, '{BY_NAME}' || lower(nullif(t.name, '')), '') END AS target,
    CASE WHEN t.target <> '' THEN 'id' WHEN p.account IS NOT NULL THEN 'post'
        WHEN k.id IS NOT NULL THEN 'known name' ELSE 'name' END AS resolved_by
FROM ties t
LEFT JOIN posts p ON t.target = '' AND t.points_to <> '' AND t.points_to = p.id
LEFT JOIN known k ON t.target = '' AND t.name <> '' AND lower(t.name) = k.name
"""
ONCE = """
INSERT INTO interactions  -- who is answered or shared is not mentioned as well
SELECT post, source, target, kind, time, resolved_by FROM found f
WHERE kind <> 'mention' OR NOT EXISTS (
    SELECT 1 FROM found o
    WHERE o.post = f.post AND o.kind IN ('retweet', 'reply') AND o.target = f.target)
"""
ACCOUNTS = f"""
INSERT INTO accounts
WITH wrote AS (SELECT account AS id, count(*) AS posts FROM posts GROUP BY account),
spelt AS (
    SELECT '{BY_NAME}' || lower(name) AS id, min(name) AS name FROM ties
    WHERE name <> '' GROUP BY ALL),
ids AS (SELECT id FROM wrote UNION SELECT source FROM edges UNION SELECT target FROM edges)
SELECT i.id, coalesce(nullif(p.name, ''), s.name, i.id), coalesce(p.display, ''), '', 0,
    w.id IS NOT NULL, starts_with(i.id, '{BY_NAME}'), coalesce(w.posts, 0),
    coalesce(p.followers, -1), coalesce(p.following, -1), coalesce(p.created, -1),
    coalesce(p.language, ''), coalesce(p.location, ''), coalesce(p.description, ''),
    coalesce(p.url, '')
FROM ids i LEFT JOIN wrote w USING (id) LEFT JOIN people p USING (id) LEFT JOIN spelt s USING (id)
ORDER BY i.id
"""


class Gathering:
    """Takes posts into the archive, file after file."""

    def __init__(self, db: duckdb.DuckDBPyConnection) -> None:
        self._db = db
        self._seen: set[str] = set()
        self._people: dict[str, Person] = {}
        db.execute(TIES)
        db.execute(PEOPLE)

    def take(self, taken: Taken, records: Iterable[Post | Bad]) -> None:
        """Take the records of one file; of those that repeat a post, the first is kept."""
        posts: list[Post] = []
        ties: list[Post] = []
        for one in records:
            taken.read += 1
            if isinstance(one, Bad):
                taken.refused.add(one.reason, one.record or taken.read, one.line)
                continue
            new = one.id not in self._seen
            if new or taken.pairs:
                ties.append(one)
            if not new:
                taken.merged += 1
            else:
                taken.kept += 1
                self._seen.add(one.id)
                posts.append(one)
            for person in one.people:
                if not self._people.get(person.id, person).name or person.id not in self._people:
                    self._people[person.id] = person
            if len(ties) >= BATCH:
                self._write(posts, ties)
                posts, ties = [], []
        self._write(posts, ties)

    @property
    def accounts(self) -> int:
        """How many accounts are known so far."""
        return len(self._people)

    @property
    def posts(self) -> int:
        """How many posts there are so far."""
        return len(self._seen)

    def _write(self, posts: list[Post], tied: list[Post]) -> None:
        self._insert(
            "posts",
            [
                (
                    p.id,
                    p.account,
                    p.time,
                    _kind(p),
                    p.language,
                    p.client,
                    p.hashtags,
                    p.urls,
                    p.text,
                )
                for p in posts
            ],
        )
        self._insert("ties", list(_ties(tied)))

    def _insert(self, table: str, rows: list[tuple[str | int, ...]]) -> None:
        if not rows:
            return
        columns = {
            f"c{place}": np.array(column, np.int64)
            if isinstance(column[0], int)
            else texts(list(column))
            for place, column in enumerate(zip(*rows, strict=True))
        }
        self._db.register("rows", columns)
        self._db.execute(f"INSERT INTO {table} SELECT * FROM rows")
        self._db.unregister("rows")

    def finish(self) -> Interactions:
        """Find who interacts with whom, write edges and accounts, and say what was found."""
        self._insert("people", [tuple(one) for one in self._people.values()])
        for statement in (STRANGE, KNOWN, FOUND, ONCE):
            self._db.execute(statement)
        found = counted(self._db)
        self._db.execute(EDGES)
        self._db.execute(ACCOUNTS)
        return found


def _kind(post: Post) -> str:
    kinds = {tie.kind for tie in post.ties}
    return next((one for one in ("retweet", "reply", "quote") if one in kinds), "post")


def _ties(posts: list[Post]) -> Iterator[tuple[str | int, ...]]:
    for post in posts:
        for tie in post.ties:
            if tie.kind != "mention" or tie.target or tie.name:
                yield post.id, post.account, *tie[:1], post.time, *tie[1:4], int(tie.inside)


def count(value: object) -> int:
    """Return a count as the archive keeps it, -1 if it is none."""
    try:
        found = int(float(str(value)))
    except (ValueError, OverflowError):
        return -1
    return found if 0 <= found <= LARGEST else -1


def listed(words: Iterable[str]) -> str:
    """Return words as a list in text, '' for none."""
    found = [word for word in words if word]
    return f"[{', '.join(found)}]" if found else ""

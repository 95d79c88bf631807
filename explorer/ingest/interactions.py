"""From posts to interactions, edges and accounts: what counts as one, and with whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from explorer.archive.receipt import Interactions
from explorer.archive.tables import BY_NAME
from explorer.ingest.takedown import DECIMAL

if TYPE_CHECKING:
    import duckdb

REFERENCES = ("retweet_user", "retweet_post", "reply_user", "reply_post", "quote_post")
SCREEN_NAME = "[A-Za-z0-9_]{1,15}"
TOKENS = r"""'[^\[\]\s,''"]+'"""
"""Ids in a list, however it was written: ``[a, b]``, ``['a', 'b']``, ``["a","b"]``."""
STATUS = rf"(?:twitter|x)\.com/({SCREEN_NAME})/status(?:es)?/(\d+)"


def _usable(column: str) -> str:
    """Return SQL for a reference: NULL if there is none or a spreadsheet has damaged it."""
    return f"CASE WHEN {column} <> '' AND NOT {_damaged(column)} THEN {column} END"


def _damaged(column: str) -> str:
    return f"regexp_matches({column}, '{DECIMAL}')"


NAMES = f"""
CREATE TEMP TABLE names AS  -- of exactly one account each
SELECT lower(name) AS name, min(id) AS id
FROM (SELECT id, name FROM listed UNION ALL SELECT DISTINCT account, name FROM posts)
WHERE regexp_full_match(name, '{SCREEN_NAME}')
GROUP BY lower(name) HAVING min(id) = max(id)
"""

POINTS = f"""
CREATE TEMP TABLE points AS  -- posts that point to somebody
SELECT rowid AS row, id AS post, account AS source, time, is_retweet, retweet_name,
    {_usable("retweet_user")} AS retweet_user, {_usable("retweet_post")} AS retweet_post,
    {_usable("reply_user")} AS reply_user, {_usable("reply_post")} AS reply_post,
    reply_user <> '' OR reply_post <> '' AS is_reply,
    {_usable("quote_post")} AS quote_post, quote_post <> '' AS is_quote,
    CASE WHEN quote_post <> '' THEN urls ELSE '' END AS urls,
    CASE WHEN mentions NOT IN ('', '[]') THEN
        list_distinct(regexp_extract_all(mentions, {TOKENS})) END AS mentions
FROM posts
WHERE is_retweet OR reply_user <> '' OR reply_post <> '' OR quote_post <> ''
    OR mentions NOT IN ('', '[]')
"""

ORIGINALS = """
CREATE TEMP TABLE originals AS  -- who wrote the posts that are pointed to
SELECT id, account FROM posts SEMI JOIN (
    SELECT retweet_post AS id FROM points WHERE retweet_user IS NULL AND is_retweet
    UNION ALL SELECT reply_post FROM points WHERE reply_user IS NULL
    UNION ALL SELECT quote_post FROM points) USING (id)
"""

TARGETS = f"""
CREATE TEMP TABLE targets AS  -- one row a post; NULL where there is no such interaction
WITH spoken AS (
    SELECT *, nullif(retweet_name, '') AS rt_name,
        CASE WHEN is_quote THEN nullif(list_filter(
            list_zip(regexp_extract_all(urls, '{STATUS}', 1, 'i'),
                     regexp_extract_all(urls, '{STATUS}', 2, 'i')),
            lambda one: one[2] = quote_post AND one[1] <> 'i')[1][1], '') END AS q_name
    FROM points)
SELECT p.row, p.post, p.source, p.time, p.is_retweet, p.is_reply, p.is_quote, p.mentions,
    coalesce(retweet_user, rt.account, rn.id, '{BY_NAME}' || lower(rt_name)) AS retweet_target,
    CASE WHEN retweet_user IS NOT NULL THEN 'id' WHEN rt.account IS NOT NULL THEN 'post'
        WHEN rn.id IS NOT NULL THEN 'known name' ELSE 'name' END AS retweet_by,
    coalesce(reply_user, re.account) AS reply_target,
    CASE WHEN reply_user IS NOT NULL THEN 'id' ELSE 'post' END AS reply_by,
    coalesce(qu.account, qn.id, '{BY_NAME}' || lower(q_name)) AS quote_target,
    CASE WHEN qu.account IS NOT NULL THEN 'post' WHEN qn.id IS NOT NULL THEN 'known name'
        ELSE 'name' END AS quote_by,
    rt_name, q_name
FROM spoken p
LEFT JOIN originals rt ON p.is_retweet AND p.retweet_user IS NULL AND p.retweet_post = rt.id
LEFT JOIN names rn ON p.is_retweet AND lower(p.rt_name) = rn.name
LEFT JOIN originals re ON p.reply_user IS NULL AND p.reply_post = re.id
LEFT JOIN originals qu ON p.quote_post = qu.id
LEFT JOIN names qn ON lower(p.q_name) = qn.name
"""

FOUND = f"""
INSERT INTO interactions  -- all, also those without a target ('') and with oneself, for now
SELECT post, source, coalesce(retweet_target, ''), 'retweet', time, retweet_by
FROM targets WHERE is_retweet
UNION ALL
SELECT post, source, coalesce(reply_target, ''), 'reply', time, reply_by
FROM targets WHERE is_reply
UNION ALL
SELECT post, source, coalesce(quote_target, ''), 'quote', time, quote_by
FROM targets WHERE is_quote
UNION ALL
SELECT post, source, target, 'mention', time, 'id'
FROM (SELECT *, unnest(mentions) AS target FROM targets WHERE mentions IS NOT NULL)
WHERE NOT (is_retweet AND target = coalesce(retweet_target, ''))
    AND NOT (is_reply AND target = coalesce(reply_target, ''))
    AND NOT regexp_matches(target, '{DECIMAL}')
"""

LOST = {"retweet": "retweets", "reply": "replies", "quote": "quotes"}
"""Plurals in the names of what lacks a target."""
BY = {"post": "by_post", "known name": "by_known_name", "name": "by_name_only"}
"""What to call how a target was found, where that was not by its id."""
COUNTS = """
SELECT kind, resolved_by, target = '' AS lost, source = target AS self, count(*)
FROM interactions GROUP BY ALL
"""

EDGES = """
DELETE FROM interactions WHERE target = '' OR source = target;
INSERT INTO edges
SELECT source, target, kind, count(*), coalesce(min(time) FILTER (time >= 0), -1), max(time)
FROM interactions GROUP BY source, target, kind
ORDER BY source, target, kind;
"""

SPELT = f"""
CREATE TEMP TABLE spelt AS  -- names as first written, of accounts known by name alone
SELECT id, min_by(name, row) AS name FROM (
    SELECT retweet_target AS id, rt_name AS name, row FROM targets WHERE retweet_by = 'name'
    UNION ALL
    SELECT quote_target, q_name, row FROM targets WHERE quote_by = 'name')
WHERE starts_with(id, '{BY_NAME}') GROUP BY id
"""

ACCOUNTS = f"""
INSERT INTO accounts
WITH
wrote AS (SELECT account AS id, min(rowid) AS row, count(*) AS posts FROM posts GROUP BY account),
ids AS (
    SELECT id FROM listed UNION SELECT id FROM wrote
    UNION SELECT source FROM edges UNION SELECT target FROM edges),
told AS (
    SELECT w.id, w.posts, p.name, p.display, p.followers, p.following, p.created,
        p.account_language AS language, p.location, p.description, p.url
    FROM wrote w JOIN posts p ON p.rowid = w.row)
SELECT i.id,
    coalesce(nullif(l.name, ''), nullif(t.name, ''), s.name, i.id) AS name,
    coalesce(l.display, t.display, ''),
    coalesce(l.file, '') AS listed_in, coalesce(l.record, 0), t.id IS NOT NULL,
    starts_with(i.id, '{BY_NAME}') AND s.id IS NOT NULL,
    coalesce(t.posts, 0),
    coalesce(l.followers, t.followers, -1), coalesce(l.following, t.following, -1),
    coalesce(l.created, t.created, -1), coalesce(l.language, t.language, ''),
    coalesce(l.location, t.location, ''), coalesce(l.description, t.description, ''),
    coalesce(l.url, t.url, '')
FROM ids i LEFT JOIN listed l ON i.id = l.id LEFT JOIN told t ON i.id = t.id
LEFT JOIN spelt s ON i.id = s.id
ORDER BY l.file IS NULL, i.id
"""


def interactions(db: duckdb.DuckDBPyConnection) -> Interactions:
    """Fill interactions and edges from the posts, and say what was found."""
    for statement in (NAMES, POINTS, ORIGINALS, TARGETS, FOUND):
        db.execute(statement)
    found = counted(db)
    damaged = _damaged_references(db)
    db.execute(EDGES)
    return replace(found, damaged_references=damaged)


def counted(db: duckdb.DuckDBPyConnection) -> Interactions:
    """Say what was found and how: before ``EDGES``, which drops what is no edge."""
    counts: Counter[str] = Counter()
    for kind, by, lost, alone, count in db.execute(COUNTS).fetchall():
        counts["found"] += count
        if lost:
            counts[f"unresolved_{LOST[kind]}"] += count
        elif alone:
            counts["self"] += count
        else:
            counts[kind] += count
            if by in BY:
                counts[BY[by]] += count
    return Interactions(**counts)


def accounts(db: duckdb.DuckDBPyConnection) -> None:
    """Fill accounts: whoever is listed, wrote a post, or is at an end of an edge."""
    db.execute(SPELT)
    db.execute(ACCOUNTS)


def _damaged_references(db: duckdb.DuckDBPyConnection) -> int:
    single = " + ".join(f"count(*) FILTER ({_damaged(column)})" for column in REFERENCES)
    row = db.execute(f"""
        SELECT (SELECT {single} FROM posts) + (
            SELECT count(*) FROM (SELECT unnest(mentions) AS one FROM points)
            WHERE {_damaged("one")})""").fetchone()
    assert row is not None
    return int(row[0])

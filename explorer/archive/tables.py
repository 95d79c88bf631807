"""The schema on disk: keys are ids as text, never row numbers; times are UTC seconds."""

from __future__ import annotations

KINDS = ("retweet", "reply", "quote", "mention", "link")
PLURALS = {
    "retweet": "retweets",
    "reply": "replies",
    "quote": "quotes",
    "mention": "mentions",
    "link": "links",
}
"""Kinds of interaction; ``link`` is an edge that a graph file gave, with no post behind it."""

BY_NAME = "@"
"""What the id of an account starts with when nothing but its screen name is known."""

# Beside these columns accounts may have x, y and size, and edges weight, all DOUBLE, and accounts
# role and colour (#rrggbb), VARCHAR: only where a graph file says something in them.
SCHEMA = """
CREATE TABLE accounts (
    id VARCHAR NOT NULL,            -- as published: decimal, hash, or '@name' if by_name
    name VARCHAR NOT NULL,          -- screen name, or the id again where that is all there is
    display VARCHAR NOT NULL,       -- display name, '' if unknown
    listed_in VARCHAR NOT NULL,     -- users file that names it, '' if none
    listed_at INTEGER NOT NULL,     -- record in that file, 0 if none
    author BOOLEAN NOT NULL,        -- has a post in the files
    by_name BOOLEAN NOT NULL,       -- known by screen name alone
    posts INTEGER NOT NULL,
    followers INTEGER NOT NULL,     -- -1 if unknown
    following INTEGER NOT NULL,     -- -1 if unknown
    created INTEGER NOT NULL,       -- days since 1970, -1 if unknown
    language VARCHAR NOT NULL,      -- lower case, '' if unknown
    location VARCHAR NOT NULL,
    description VARCHAR NOT NULL,
    url VARCHAR NOT NULL
);
CREATE TABLE posts (
    id VARCHAR NOT NULL,
    account VARCHAR NOT NULL,
    time BIGINT NOT NULL,           -- UTC seconds since 1970, -1 if unknown
    kind VARCHAR NOT NULL,          -- post, retweet, reply or quote
    language VARCHAR NOT NULL,
    client VARCHAR NOT NULL,
    hashtags VARCHAR NOT NULL,      -- as in the file
    urls VARCHAR NOT NULL,          -- as in the file
    text VARCHAR NOT NULL
);
CREATE TABLE interactions (
    post VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    target VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,          -- one of KINDS
    time BIGINT NOT NULL,
    resolved_by VARCHAR NOT NULL    -- id, post, known name, name
);
CREATE TABLE edges (
    source VARCHAR NOT NULL,
    target VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    count INTEGER NOT NULL,
    first BIGINT NOT NULL,
    last BIGINT NOT NULL
);
"""

TABLES = ("accounts", "posts", "interactions", "edges")
"""Names of the tables that SCHEMA makes."""

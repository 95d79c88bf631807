"""The SQL that reads a CSV into tables: what each cell becomes, by the name of its column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.ingest import careful, takedown

if TYPE_CHECKING:
    from explorer.ingest.takedown import Table

BUFFER = 8 << 20
LONGEST = 2 * careful.LONGEST + (1 << 16)
"""Bytes of a record as the careful way writes it, with every quote doubled."""
NOWHERE = "\x01 nobody has written this \x01"
"""Compared with the columns that are not used, so that their bytes are read and checked too."""
STAGE = {
    "users": """
        CREATE TEMP TABLE listed (
            id VARCHAR, display VARCHAR, name VARCHAR, location VARCHAR, description VARCHAR,
            url VARCHAR, followers INTEGER, following INTEGER, created INTEGER, language VARCHAR,
            odd BOOLEAN, file VARCHAR, record INTEGER);""",
    "tweets": """
        ALTER TABLE posts ADD COLUMN display VARCHAR;
        ALTER TABLE posts ADD COLUMN name VARCHAR;
        ALTER TABLE posts ADD COLUMN location VARCHAR;
        ALTER TABLE posts ADD COLUMN description VARCHAR;
        ALTER TABLE posts ADD COLUMN url VARCHAR;
        ALTER TABLE posts ADD COLUMN followers INTEGER;
        ALTER TABLE posts ADD COLUMN following INTEGER;
        ALTER TABLE posts ADD COLUMN created INTEGER;
        ALTER TABLE posts ADD COLUMN account_language VARCHAR;
        ALTER TABLE posts ADD COLUMN odd BOOLEAN;
        ALTER TABLE posts ADD COLUMN is_retweet BOOLEAN;
        ALTER TABLE posts ADD COLUMN retweet_user VARCHAR;
        ALTER TABLE posts ADD COLUMN retweet_post VARCHAR;
        ALTER TABLE posts ADD COLUMN retweet_name VARCHAR;
        ALTER TABLE posts ADD COLUMN reply_user VARCHAR;
        ALTER TABLE posts ADD COLUMN reply_post VARCHAR;
        ALTER TABLE posts ADD COLUMN quote_post VARCHAR;
        ALTER TABLE posts ADD COLUMN mentions VARCHAR;""",
}
"""Columns that the tables need until the import is done; the order is that of the SELECTs."""

LEFTOVERS = (
    *("display", "name", "location", "description", "url", "followers", "following", "created"),
    *("account_language", "odd", "is_retweet", "retweet_user", "retweet_post", "retweet_name"),
    *("reply_user", "reply_post", "quote_post", "mentions"),
)
"""Columns that posts have on top of the schema until the import is done."""


def where(table: Table) -> str:
    """Return the name of the table that the records of a file go to."""
    return "listed" if table.kind == "users" else "posts"


def insert(table: Table, address: str, *, anew: bool = False) -> str:
    """Return the SQL that reads a CSV into its table; one written *anew* numbers its records."""
    number = f"c{len(table.header.names)}" if anew else "0"
    select = _users(table, number) if table.kind == "users" else _posts(table)
    return f"INSERT INTO {where(table)} SELECT {select} {_read(table, address, anew)}"


def try_out(table: Table, address: str) -> str:
    """Return the SQL that counts the records of a CSV, and those that want a closer look."""
    used = ", ".join(f"c{place}" for place in table.columns.values())
    return f"""
        SELECT count(*) FILTER (concat({used}) <> '{NOWHERE}'),
            count(*) FILTER ({takedown.odd(table)}) {_read(table, address, anew=False)}"""


def _read(table: Table, address: str, anew: bool) -> str:
    """Return the FROM and WHERE of a CSV.

    The kind of line end is named, else one inside quotes may be taken for it; but not together
    with ``strict_mode``, which is the default: said aloud, it loses records (DuckDB 2.0.0).
    """
    n, header = len(table.header.names), table.header
    delimiter, newline = (",", b"\n") if anew else (header.delimiter, header.newline)
    types = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(n + anew))
    used = {place for name, place in table.columns.items() if name not in takedown.UNUSED}
    rest = ", ".join(f"c{i}" for i in range(n) if i not in used) or "''"
    return f"""
        FROM read_csv('{address}', columns={{{types}}}, header=false, auto_detect=false,
            delim='{delimiter}', new_line={newline.decode()!r}, quote='"', escape='"',
            compression='none', max_line_size={LONGEST}, buffer_size={BUFFER})
        WHERE concat({rest}) <> '{NOWHERE}'"""


def _profile(table: Table) -> str:
    cell = takedown.cell
    created = f"left(trim({cell(table, 'account_creation_date')}), 10)"
    return f"""
        {cell(table, "user_display_name")}, {cell(table, "user_screen_name")},
        {cell(table, "user_reported_location")}, {cell(table, "user_profile_description")},
        {cell(table, "user_profile_url")}, {_count(cell(table, "follower_count"))},
        {_count(cell(table, "following_count"))},
        coalesce(CASE WHEN regexp_matches({created}, '^\\d{{4}}-\\d\\d-\\d\\d$')
            THEN greatest(try_cast({created} AS DATE) - DATE '1970-01-01', -1) END, -1),
        lower(trim({cell(table, "account_language")}))"""


def _count(text: str) -> str:
    return f"greatest(coalesce(try_cast(try_cast({text} AS DOUBLE) AS INTEGER), -1), -1)"


def _users(table: Table, record: str) -> str:
    name = table.entry.name.encode("utf-8", "replace").decode().replace("'", "''")
    return f"""{takedown.cell(table, "userid")}, {_profile(table)},
        {takedown.odd(table)}, '{name}', {record}"""


def _posts(table: Table) -> str:
    def cell(name: str) -> str:
        return takedown.cell(table, name)

    time, flag = cell("tweet_time"), f"lower({cell('is_retweet')})"
    given = f"({cell('retweet_userid')} <> '' OR {cell('retweet_tweetid')} <> '')"
    retweet = f"CASE {flag} WHEN 'true' THEN true WHEN 'false' THEN false ELSE {given} END"
    return f"""
        {cell("tweetid")}, {cell("userid")},
        coalesce(CASE WHEN regexp_matches({time}, '{takedown.TIME}')
            THEN greatest(epoch(try_cast(left({time}, 19) AS TIMESTAMP)), -1) END, -1)::BIGINT,
        CASE WHEN {retweet} THEN 'retweet'
            WHEN {cell("in_reply_to_userid")} <> '' OR {cell("in_reply_to_tweetid")} <> ''
                THEN 'reply'
            WHEN {cell("quoted_tweet_tweetid")} <> '' THEN 'quote' ELSE 'post' END,
        lower(trim({cell("tweet_language")})), {cell("tweet_client_name")},
        {cell("hashtags")}, {cell("urls")}, {cell("tweet_text")},
        {_profile(table)}, {takedown.odd(table)},
        {retweet}, {cell("retweet_userid")}, {cell("retweet_tweetid")},
        CASE WHEN {retweet} THEN
            regexp_extract({cell("tweet_text")}, '^RT @([A-Za-z0-9_]{{1,15}}):', 1) ELSE '' END,
        {cell("in_reply_to_userid")}, {cell("in_reply_to_tweetid")},
        {cell("quoted_tweet_tweetid")}, {cell("user_mentions")}"""

import csv
import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from explorer.archive import store
from explorer.archive.receipt import Receipt
from explorer.ingest.run import take_in
from explorer.job import silent

USERS = [
    "userid",
    "user_display_name",
    "user_screen_name",
    "user_reported_location",
    "user_profile_description",
    "user_profile_url",
    "follower_count",
    "following_count",
    "account_creation_date",
    "account_language",
]
TWEETS = [
    *USERS,
    *[
        "tweet_language",
        "tweet_text",
        "tweet_time",
        "tweet_client_name",
        "in_reply_to_userid",
        "in_reply_to_tweetid",
        "quoted_tweet_tweetid",
        "is_retweet",
        "retweet_userid",
        "retweet_tweetid",
        "latitude",
        "longitude",
        "quote_count",
        "reply_count",
        "like_count",
        "retweet_count",
        "hashtags",
        "urls",
        "user_mentions",
        "poll_choices",
    ],
]
TWEETS = ["tweetid", *TWEETS]


def table(columns, rows, quoting=csv.QUOTE_ALL, **format_):
    """CSV bytes of rows given as dicts; what a row does not say is empty."""
    text = io.StringIO(newline="")
    end = "\n" if quoting == csv.QUOTE_ALL else "\r\n"  # else a lone return is not quoted
    writer = csv.writer(text, quoting=quoting, lineterminator=end, **format_)
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return text.getvalue().encode()


def users(*ids, columns=USERS, **format_):
    """A users file of ids, or of dicts."""
    rows = [{"userid": one} if isinstance(one, str) else one for one in ids]
    return table(columns, rows, **format_)


def tweets(*rows, columns=TWEETS, **format_):
    """A tweets file of dicts."""
    plain = {"is_retweet": "False", "tweet_time": "2020-04-01 10:00", "user_mentions": "[]"}
    return table(columns, [{**plain, **row} for row in rows], **format_)


@dataclass(frozen=True)
class Taken:
    """What an import left."""

    stored: store.Stored
    receipt: Receipt
    accounts: dict
    posts: dict
    interactions: list
    edges: dict

    @property
    def ids(self):
        return set(self.accounts)


def _rows(db, name):
    answer = db.execute(f"SELECT * FROM {name}")
    columns = [column[0] for column in answer.description]
    return [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]


class Desk:
    """Writes files and takes them in."""

    def __init__(self, folder):
        self.folder = folder / "in"
        self.cache = folder / "cache"
        self.folder.mkdir()

    def write(self, name, data):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def zip(self, name, members, method=zipfile.ZIP_DEFLATED):
        path = self.folder / name
        with zipfile.ZipFile(path, "w", method) as archive:
            for member, data in members.items():
                archive.writestr(member, data)
        return path

    def take(self, *paths, report=silent):
        stored, receipt = take_in([Path(path) for path in paths], self.cache, report)
        assert not receipt.discrepancies()
        assert json.loads((stored.folder / "receipt.json").read_text())
        with store.connect(stored.folder) as db:
            accounts, posts, interactions, edges = (_rows(db, name) for name in store.TABLES)
        by_edge = {(e["source"], e["target"], e["kind"]): e for e in edges}
        assert len(by_edge) == len(edges) == receipt.edges
        assert len(interactions) == receipt.interactions.kept
        return Taken(
            stored,
            receipt,
            {one["id"]: one for one in accounts},
            {one["id"]: one for one in posts},
            interactions,
            by_edge,
        )

    def take_data(self, **files):
        """Take in files given as bytes; double underscores in names are dots."""
        return self.take(*(self.write(n.replace("__", "."), d) for n, d in files.items()))


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


@pytest.fixture(scope="session")
def make():
    """The builders, for tests that have no conftest to import."""

    class Make:
        users = staticmethod(users)
        tweets = staticmethod(tweets)
        table = staticmethod(table)
        Desk = Desk
        USERS = USERS
        TWEETS = TWEETS

    return Make


@dataclass(frozen=True)
class Drawing:
    """What an import of a graph left: edges by (source, target, kind)."""

    receipt: Receipt
    accounts: dict
    edges: dict

    @property
    def counts(self):
        """Edges without their kinds."""
        return {key[:2]: edge["count"] for key, edge in self.edges.items()}

    @property
    def file(self):
        """The receipt of the only file."""
        (file,) = self.receipt.files
        return file


@pytest.fixture
def draw(tmp_path):
    """Take in graph files given as bytes or text; double underscores in names are dots."""
    desk = Desk(tmp_path)

    def drawn(**files):
        paths = [
            desk.write(name.replace("__", "."), data.encode() if isinstance(data, str) else data)
            for name, data in files.items()
        ]
        stored, receipt = take_in(paths, desk.cache, silent)
        assert not receipt.discrepancies()
        with store.connect(stored.folder) as db:
            accounts, edges = _rows(db, "accounts"), _rows(db, "edges")
        assert receipt.interactions.kept == sum(edge["count"] for edge in edges)
        assert len(accounts) == receipt.accounts
        by_edge = {(edge["source"], edge["target"], edge["kind"]): edge for edge in edges}
        assert len(by_edge) == len(edges) == receipt.edges
        return Drawing(receipt, {one["id"]: one for one in accounts}, by_edge)

    return drawn

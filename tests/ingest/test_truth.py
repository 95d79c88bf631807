"""Any archive, written as CSV and read back, gives the truth that plain Python works out."""

import csv
import re
import tempfile
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from explorer.errors import StarlingError
from explorer.ingest.run import take_in
from explorer.job import silent

DAMAGED = re.compile(r"\d(\.\d+)?[Ee]\+\d+")

ACCOUNTS = [f"{i}00" for i in range(4)] + ["vMm2+4Xc0sJ6pQz=", "+a=", "9.06E+17"]
POSTS = [str(i) for i in range(1, 9)]
NAMES = ["Ann", "ann", "bob_1", "Eve", "a_name_too_long_for_it", ""]
words = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12
) | st.sampled_from(['"', ",", "\n", "\r\n", "\r", ' "', "'", "\\", "\u202e", "null", "[", "é,\n"])
reference = st.sampled_from(["", "", *ACCOUNTS])
post_reference = st.sampled_from(["", "", *POSTS, "404", "1E+18"])


@st.composite
def mention_lists(draw):
    ids = draw(st.lists(st.sampled_from(ACCOUNTS), max_size=3))
    return draw(
        st.sampled_from(
            [repr(ids), "[" + ", ".join(ids) + "]", "[" + ",".join(f'"{i}"' for i in ids) + "]"]
        )
    )


@st.composite
def posts(draw):
    name, quoted = draw(st.sampled_from(NAMES)), draw(post_reference)
    site = draw(
        st.sampled_from(["https://twitter.com", "http://mobile.twitter.com", "https://x.com"])
    )
    return {
        "tweetid": draw(st.sampled_from([*POSTS, *POSTS, "", "1.2E+18", "tweetid"])),
        "userid": draw(st.sampled_from([*ACCOUNTS, "100", ""])),
        "user_screen_name": draw(st.sampled_from(NAMES)),
        "tweet_text": draw(st.sampled_from([f"RT @{name}: ", f"RT @{name} ", ""])) + draw(words),
        "tweet_time": draw(st.sampled_from(["2020-01-01 00:00", "2019-06-30 23:59", "", "soon"])),
        "is_retweet": draw(st.sampled_from(["True", "true", "False", "FALSE"])),
        "retweet_userid": draw(reference),
        "retweet_tweetid": draw(post_reference),
        "in_reply_to_userid": draw(reference),
        "in_reply_to_tweetid": draw(post_reference),
        "quoted_tweet_tweetid": quoted,
        "urls": draw(
            st.sampled_from(["", "[]", f"['https://t.co/x', '{site}/{name}/status/{quoted}']"])
        ),
        "user_mentions": draw(st.just("") | mention_lists()),
    }


members = st.fixed_dictionaries(
    {
        "userid": st.sampled_from([*ACCOUNTS, "new", "", "userid"]),
        "user_screen_name": st.sampled_from(NAMES),
        "user_profile_description": words,
    }
)


def usable(*ids):
    return all(ids) and not any(DAMAGED.fullmatch(one) for one in ids)


def mentioned(text):
    return set(re.findall(r"""[^\[\]\s,'"]+""", text))


class Truth:
    """The rules once more, record by record."""

    def __init__(self, listed, written):
        self.users, self.posts = {}, {}
        self.refused = self.merged = 0
        for row in listed:
            self.keep(
                self.users, row, "userid", row["userid"] != "userid" and usable(row["userid"])
            )
        for row in written:
            good = usable(row["tweetid"], row["userid"])
            self.keep(self.posts, row, "tweetid", good)
        self.names = {}
        for row in [*self.users.values(), *self.posts.values()]:
            if re.fullmatch(r"[A-Za-z0-9_]{1,15}", row["user_screen_name"]):
                self.names.setdefault(row["user_screen_name"].lower(), set()).add(row["userid"])
        self.found, self.edges = Counter(), Counter()
        self.ids = set(self.users)
        for row in self.posts.values():
            self.ids.add(row["userid"])
            self.interactions(row)

    def keep(self, kept, row, key, good):
        if not good:
            self.refused += 1
        elif row[key] in kept:
            self.merged += 1
        else:
            kept[row[key]] = row

    def interactions(self, row):
        retweet = reply = None
        if row["is_retweet"].lower() == "true":
            name = re.match(r"RT @([A-Za-z0-9_]{1,15}):", row["tweet_text"])
            retweet = (
                self.plain(row["retweet_userid"])
                or self.author(row["retweet_tweetid"])
                or (name and self.named(name[1]))
            )
            self.add(row, retweet, "retweet")
        if row["in_reply_to_userid"] or row["in_reply_to_tweetid"]:
            reply = self.plain(row["in_reply_to_userid"]) or self.author(row["in_reply_to_tweetid"])
            self.add(row, reply, "reply")
        if quoted := row["quoted_tweet_tweetid"]:
            place = re.search(
                rf"(?:twitter|x)\.com/([A-Za-z0-9_]{{1,15}})/status/{re.escape(quoted)}(?!\d)",
                row["urls"],
            )
            named = place and usable(quoted) and self.named(place[1])
            self.add(row, self.author(quoted) or named, "quote")
        for one in mentioned(row["user_mentions"]) - {retweet, reply}:
            if usable(one):
                self.add(row, one, "mention")

    def plain(self, one):
        return one if usable(one) else None

    def author(self, one):
        return self.posts[one]["userid"] if usable(one) and one in self.posts else None

    def named(self, name):
        known = self.names.get(name.lower(), ())
        return next(iter(known)) if len(known) == 1 else f"@{name.lower()}"

    def add(self, row, target, kind):
        if not target:
            self.found["lost"] += 1
        elif target == row["userid"]:
            self.found["self"] += 1
        else:
            self.found[kind] += 1
            self.edges[row["userid"], target, kind] += 1
            self.ids.add(target)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(members, max_size=5),
    st.lists(st.lists(posts(), max_size=6), min_size=1, max_size=2),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    st.booleans(),
)
def test_what_is_written_is_what_is_read(make, listed, parts, quoting, zipped):
    truth = Truth(listed, [row for part in parts for row in part])
    assume(truth.ids)  # tables with no record to use are refused, in tests of their own
    with tempfile.TemporaryDirectory() as folder:
        desk = make.Desk(Path(folder))
        files = {
            f"t{i}.csv": make.table(make.TWEETS, part, quoting) for i, part in enumerate(parts)
        }
        files["u.csv"] = make.table(make.USERS, listed, quoting)
        if zipped:
            taken = desk.take(desk.zip("a.zip", files))
        else:
            taken = desk.take(*(desk.write(name, data) for name, data in files.items()))
    assert {edge: one["count"] for edge, one in taken.edges.items()} == truth.edges
    assert taken.ids == truth.ids
    assert set(taken.posts) == set(truth.posts)
    for key, row in truth.posts.items():
        assert taken.posts[key]["text"] == row["tweet_text"]
    for key, row in truth.users.items():
        assert taken.accounts[key]["description"] == row["user_profile_description"]
    receipt, all_ = taken.receipt, taken.receipt.interactions
    assert (receipt.refused, receipt.merged) == (truth.refused, truth.merged)
    assert receipt.read == len(listed) + sum(map(len, parts))
    assert (all_.unresolved, all_.self) == (truth.found["lost"], truth.found["self"])
    kinds = {kind: getattr(all_, kind) for kind in ("retweet", "reply", "quote", "mention")}
    assert kinds == {kind: truth.found[kind] for kind in kinds}


HEADER = b"tweetid,userid,tweet_text,tweet_time,is_retweet,retweet_userid,urls,user_mentions\n"
pieces = st.sampled_from(
    [
        *(
            b'"',
            b'""',
            b",",
            b"\n",
            b"\r\n",
            b"\r",
            b"\x00",
            b" ",
            b"\xff",
            "é".encode(),
            b"[",
            b"1",
        ),
        *(b'1,"a","t","2020-01-01 10:00",True,b,[],"[c]"\n', b"2,a,t,,false,,,[]\n", b",,,,,,,,\n"),
    ]
)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(
        [b"", HEADER, HEADER, HEADER.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + HEADER]
    ),
    st.lists(pieces, max_size=25).map(b"".join) | st.binary(max_size=200),
    st.sampled_from(["plain", "zip", "named zip", "broken zip"]),
    st.integers(0, 10_000),
)
def test_any_bytes_give_an_archive_or_one_sentence(head, body, way, where):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / ("a.csv" if way == "plain" else "a.zip")
        if way in ("plain", "named zip"):
            path.write_bytes(head + body)
        else:
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("a.csv", head + body)
            if way == "broken zip":
                data = bytearray(path.read_bytes())
                data[where % len(data)] ^= 1 << where % 8
                path.write_bytes(data[: len(data) - where % 3])
        said = ""
        try:
            _, receipt = take_in([path], folder / "cache", silent)
        except StarlingError as error:
            said = error.message
        assert said.endswith(".") if said else receipt.files and not receipt.discrepancies()


@pytest.mark.parametrize("seed", range(3))
def test_broken_records_among_many_good_ones_cost_only_themselves(desk, make, seed):
    import random

    chance = random.Random(seed)
    broken = [
        b'"1","2"\n',
        b'"1","he said "hi""\n',
        b'"1","\xff"\n',
        b'"1","open,"x"\n',
        b'"1","end\n',
    ]
    good = [
        make.tweets({"tweetid": str(i), "userid": "a", "tweet_text": "two\nlines"}).split(b"\n", 1)[
            1
        ]
        for i in range(300)
    ]
    at = {chance.randrange(300): chance.choice(broken) for _ in range(20)}
    data, expected = make.tweets(), []
    for i, row in enumerate(good):
        if i in at:
            expected.append((i + 1 + len(expected), data.count(b"\n") + 1))
            data += at[i]
        data += row
    taken = desk.take_data(t__csv=data)
    assert len(taken.posts) == 300
    assert [(one.record, one.line) for one in taken.receipt.files[0].refusals] == expected

"""The lines of the simulated files, as the real ones have them, quirks included."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.ingest.simulated_graph import MENTION, QUOTE, REPLY, RETWEET
from explorer.ingest.simulated_rows import FOREIGN
from explorer.ingest.simulated_words import listed, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from explorer.ingest.simulated_accounts import Accounts
    from explorer.ingest.simulated_plan import Plan
    from explorer.ingest.simulated_posts import Posts
    from explorer.ingest.simulated_words import Texts

CHUNK = 10_000
"""Posts that are put into text at once."""
USER_COLUMNS = (
    "userid", "user_display_name", "user_screen_name", "user_reported_location",
    "user_profile_description", "user_profile_url", "follower_count", "following_count",
    "account_creation_date", "account_language",
)  # fmt: skip
REPLY_COLUMNS = ("in_reply_to_userid", "in_reply_to_tweetid")
AFTER_REPLY = (
    "quoted_tweet_tweetid", "is_retweet", "retweet_userid", "retweet_tweetid", "latitude",
    "longitude", "quote_count", "reply_count", "like_count", "retweet_count", "hashtags", "urls",
    "user_mentions",
)  # fmt: skip
LANGUAGES = (
    ("zh-cn", 0.62), ("en", 0.24), ("ru", 0.04), ("es", 0.02), ("zh-CN", 0.02), ("zh-tw", 0.02),
    ("ja", 0.01), ("en-gb", 0.01), ("fr", 0.01), ("", 0.01),
)  # fmt: skip
CLIENTS = (
    "Twitter Web Client", "Twitter Web App", "Twitter Web App", "Twitter for Android",
    "Twitter for iPhone", "",
)  # fmt: skip
PLACES = ("", "", "", "", "", "", "北京", "Hong Kong", 'China, "Beijing"', "Москва", "London, UK")
ABOUT = (
    "模拟账号", "SIMULATED account", "SIMULATED: coffee, \"books\" and trains", "模拟, 热爱生活 ❤️",
    "SIMULATED\nsecond line", "SIMULATED\r\nsecond line, after a carriage return",
)  # fmt: skip
ABOUT_SHARES = (0.45, 0.30, 0.145, 0.10, 0.0035, 0.0015)
"""Real users files have 36 lines more than records in 23,750."""
WITH_ABOUT = 0.30


def tweet_columns(generation: int) -> tuple[str, ...]:
    """Return the columns of a posts file; the order changed after 2018."""
    reply = REPLY_COLUMNS[::-1] if generation == 2018 else REPLY_COLUMNS
    polls = ("poll_choices",) if generation == 2018 else ()
    start = ("tweetid", *USER_COLUMNS, "tweet_language", "tweet_text", "tweet_time")
    return (*start, "tweet_client_name", *reply, *AFTER_REPLY, *polls)


def line(values: tuple[str, ...]) -> str:
    """Return one record: every field in double quotes, a line feed at the end."""
    return ",".join(f'"{quoted(value)}"' for value in values) + "\n"


def profiles(plan: Plan, accounts: Accounts) -> list[str]:
    """Return for each account inside the files its ten fields, quoted, without the line feed."""
    rng = np.random.default_rng([plan.seed, 7])
    k = accounts.inside
    codes, shares = zip(*LANGUAGES, strict=True)
    language = rng.choice(len(codes), k, p=np.array(shares)).tolist()
    place = rng.integers(0, len(PLACES), k).tolist()
    about = np.where(
        rng.random(k) < WITH_ABOUT, rng.choice(len(ABOUT), k, p=ABOUT_SHARES), -1
    ).tolist()
    about[: len(ABOUT)] = range(len(ABOUT))  # each kind at least once, however small the archive
    link = rng.integers(0, 2**32 * 16, k).tolist()
    following = np.minimum(rng.lognormal(3.5, 1.8, k), 60_000).astype(int).tolist()
    day = datetime.date(1970, 1, 1)
    lines = []
    for row in range(k):
        id_, seen = accounts.ids[row], bool(accounts.clear[row])
        values = (
            id_,
            f"模拟 SIMULATED {row + 1}" if seen else id_,
            accounts.names[row] if seen else id_,
            PLACES[place[row]],
            ABOUT[about[row]] if about[row] >= 0 else "",
            f"https://t.example/{link[row]:x}" if link[row] < 2**32 else "",
            str(accounts.followers[row]),
            str(following[row]),
            (day + datetime.timedelta(int(accounts.created[row]))).isoformat(),
            codes[language[row]],
        )
        lines.append(line(values)[:-1])
    return lines


@dataclass(frozen=True, slots=True, eq=False)
class PostLines:
    """Turns posts into lines of CSV, chunk by chunk."""

    plan: Plan
    accounts: Accounts
    posts: Posts
    texts: Texts
    profiles: list[str]
    counts: list[NDArray[np.int64]]

    def __call__(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield the posts from *start* to *stop*, UTF-8, without a header."""
        for low in range(start, stop, CHUNK):
            yield self._chunk(slice(low, min(low + CHUNK, stop))).encode()

    def _chunk(self, at: slice) -> str:
        posts, texts = self.posts, self.texts
        text = posts.text[at].tolist()
        minute = np.datetime_as_string(posts.utc[at].astype("datetime64[ms]"), unit="m").tolist()
        mentions = self._mentions(at)
        columns = zip(
            posts.ids[at].tolist(),
            posts.author[at].tolist(),
            text,
            self._texts(at, mentions),
            minute,
            self._references(at),
            self._numbers(at),
            self._urls(at),
            mentions,
            strict=True,
        )
        profile, language, hashtags = self.profiles, texts.language, texts.hashtags
        client, end = CLIENTS, ',""\n' if self.plan.generation == 2018 else "\n"
        return "".join(
            [
                f'"{id_}",{profile[who]},"{language[says]}","{words}","{time[:10]} {time[11:]}",'
                f'"{client[(who * 7 + says % 5) % 6]}",{reference},{numbers},"{hashtags[says]}",'
                f'"{urls}","{mention[0]}"{end}'
                for id_, who, says, words, time, reference, numbers, urls, mention in columns
            ]
        )

    def _texts(self, at: slice, mentions: list[tuple[str, str]]) -> list[str]:
        """Return what the posts say; names stand there in the clear, whoever is hashed."""
        posts, texts, names = self.posts, self.texts, self.accounts.names
        columns = zip(
            range(at.start, at.stop),
            posts.action[at].tolist(),
            posts.said[at].tolist(),
            posts.text[at].tolist(),
            mentions,
            strict=True,
        )
        found = []
        for row, action, said, text, mention in columns:
            name = "" if said < 0 else names[said] if row % 12 else names[said].swapcase()
            if action == RETWEET:
                found.append(f"RT @{name}: {texts.cut[text]}" if name else texts.cut[text])
            elif action == REPLY and name:
                found.append(f"@{name} {texts.full[text]}")
            elif action == MENTION and name:
                found.append(f"RT @{name}: {texts.full[text]}{mention[1]}")
            else:
                found.append(texts.full[text] + mention[1])
        return found

    def _references(self, at: slice) -> list[str]:
        """Return the six columns that say what a post refers to."""
        posts, ids = self.posts, self.accounts.ids
        true, false = ("true", "false") if self.plan.generation == 2018 else ("True", "False")
        reply = '"{1}","{0}"' if self.plan.generation == 2018 else '"{0}","{1}"'
        forms = {
            RETWEET: f'"","","","{true}","{{0}}","{{1}}"',
            REPLY: f'{reply},"","{false}","",""',
            QUOTE: f'"","","{{1}}","{false}","",""',
            MENTION: f'"","","","{false}","",""',
        }
        users = posts.ref_user[at].tolist()
        posted = self._referred(at)
        return [
            forms[action].format(ids[user] if user >= 0 else "", post if post else "")
            for action, user, post in zip(posts.action[at].tolist(), users, posted, strict=True)
        ]

    def _referred(self, at: slice) -> list[int]:
        """Return the id of the post each post refers to, 0 for none."""
        posts = self.posts
        ref = posts.ref_post[at]
        inside = np.where(ref >= 0, posts.ids[ref], 0)
        found: list[int] = np.where(ref == FOREIGN, posts.foreign[at], inside).tolist()
        return found

    def _numbers(self, at: slice) -> list[str]:
        """Return position and counts: latitude, longitude, quotes, replies, likes, retweets."""
        old = self.plan.generation == 2018
        where = ('"",""', '"",""') if old else ('"absent","absent"', '"present","present"')
        columns = [column[at].tolist() for column in self.counts]
        return [
            f'{where[likes % 101 == 100]},"{quotes}","{replies}","{likes}","{retweets}"'
            for quotes, replies, likes, retweets in zip(*columns, strict=True)
        ]

    def _urls(self, at: slice) -> list[str]:
        """Return the addresses; a quote holds that of the quoted post, where a name is known."""
        posts, names, generation = self.posts, self.accounts.names, self.plan.generation
        urls = [self.texts.urls[text] for text in posts.text[at].tolist()]
        rows = np.flatnonzero((posts.action[at] == QUOTE) & (posts.said[at] >= 0)).tolist()
        referred = self._referred(at) if rows else []
        for row in rows:
            name = names[int(posts.said[at.start + row])]
            address = f"https://twitter.com/{name}/status/{referred[row]}"
            urls[row] = listed([address], generation)
        return urls

    def _mentions(self, at: slice) -> list[tuple[str, str]]:
        """Return for each post the column of mentions, and how they look at the end of a text."""
        posts, accounts = self.posts, self.accounts
        low, high = np.searchsorted(posts.mention_post, (at.start, at.stop))
        who: dict[int, list[int]] = {}
        pairs = zip(
            posts.mention_post[low:high].tolist(),
            posts.mention_account[low:high].tolist(),
            strict=True,
        )
        for post, account in pairs:
            who.setdefault(post, []).append(account)
        found = [("[]", "")] * (at.stop - at.start)
        for post, mentioned in who.items():
            ids = listed([accounts.ids[one] for one in mentioned], self.plan.generation)
            names = "".join(f" @{accounts.names[one]}" for one in mentioned)
            found[post - at.start] = (ids, names)
        return found


def counted(plan: Plan, posts: Posts) -> list[NDArray[np.int64]]:
    """Return quotes, replies, likes and retweets of each post; those of a retweet are 0."""
    rng = np.random.default_rng([plan.seed, 8])
    own = (posts.action != RETWEET).astype(np.int64)
    linked = posts.ref_post >= 0

    def heard(action: int) -> NDArray[np.int64]:
        at = linked & (posts.action == action)
        return np.bincount(posts.ref_post[at], minlength=len(posts))

    likes = (rng.pareto(1.6, len(posts)) * (1 + heard(RETWEET))).astype(np.int64)
    return [heard(QUOTE) * own, heard(REPLY) * own, likes * own, heard(RETWEET) * own]

"""What is known of others' files: the columns of their posts, and what holds none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal


@dataclass(frozen=True, slots=True)
class By:
    """How one kind of interaction follows from the columns of a record.

    Attributes
    ----------
    target, name, post
        Columns with the account's id, its screen name, and the id of the post pointed to.
    when
        Column and value (lower case) without which there is none.
    many
        How several stand in one cell: names with commas between, or a JSON list of objects.
    inside
        Whether what is pointed to may be no post at all: then it is an interaction only if it is
        a post of the same files, and else says nothing.
    """

    kind: str
    target: str = ""
    name: str = ""
    post: str = ""
    when: tuple[str, str] | None = None
    many: Literal["", "names", "json"] = ""
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of table: the columns that tell it, what stands where, and how edges follow.

    ``account`` may be missing where ``name`` is there: the account is known by its name alone.
    With ``pairs`` a post has a record for each account that it is with. Ids of posts are unique
    among those with the same value in the column ``within``; everywhere where that is empty.
    """

    title: str
    signature: frozenset[str]
    post: str
    account: str = ""
    name: str = ""
    display: str = ""
    time: str = ""
    text: str = ""
    language: str = ""
    client: str = ""
    hashtags: str = ""
    urls: str = ""
    followers: str = ""
    ties: tuple[By, ...] = ()
    pairs: bool = False
    within: str = ""


def _signature(words: str) -> frozenset[str]:
    return frozenset(words.split())


TWITTER_BY_4CAT = Shape(
    "4CAT posts (Twitter)",
    _signature("id author author_id retweeted_user quoted_user replied_user body"),
    post="id",
    account="author_id",
    name="author",
    display="author_fullname",
    time="timestamp",
    text="body",
    language="language_guess",
    client="source",
    hashtags="hashtags",
    urls="urls",
    followers="author_followers",
    ties=(
        By("retweet", name="retweeted_user"),
        By("quote", name="quoted_user"),
        By("reply", name="replied_user"),
        By("mention", name="mentions", many="names"),
    ),
)
SHAPES = (
    Shape(
        "twarc-csv posts",
        _signature("id author_id conversation_id referenced_tweets.retweeted.id text"),
        post="id",
        account="author_id",
        name="author.username",
        display="author.name",
        time="created_at",
        text="text",
        language="lang",
        client="source",
        hashtags="entities.hashtags",
        urls="entities.urls",
        followers="author.public_metrics.followers_count",
        ties=(
            By(
                "retweet",
                "retweeted_user_id",
                "retweeted_username",
                "referenced_tweets.retweeted.id",
            ),
            By("quote", "quoted_user_id", "quoted_username", "referenced_tweets.quoted.id"),
            By(
                "reply",
                "in_reply_to_user_id",
                "in_reply_to_username",
                "referenced_tweets.replied_to.id",
            ),
            By("mention", name="entities.mentions", many="json"),
        ),
    ),
    TWITTER_BY_4CAT,
    replace(
        TWITTER_BY_4CAT,
        title="4CAT posts (X)",
        signature=_signature("collected_from_url id author author_id retweeted_user quote_author"),
        ties=(
            By("retweet", name="retweeted_user"),
            By("quote", name="quote_author", post="quote_tweet_id"),
            By("reply", name="replied_author"),
            By("mention", name="mentions", many="names"),
        ),
    ),
    Shape(  # a chat is the account: who answers whom inside one is not asked
        "4CAT posts (Telegram)",
        _signature("id chat author_forwarded_from_name author_forwarded_from_username body"),
        post="id",
        name="chat",
        time="unix_timestamp",  # the other one is in the time of whatever server collected it
        text="body",
        urls="link_attached",
        ties=(
            By("retweet", name="author_forwarded_from_username"),
            By(
                "retweet",
                "author_forwarded_from_id",
                "author_forwarded_from_name",
                when=("author_forwarded_from_username", ""),
            ),
            By("mention", name="entities_mentioned", many="names"),
        ),
        within="chat",
    ),
    Shape(
        "4CAT posts (Bluesky)",
        _signature("id author author_id replied_to_user quoted_user mentions body"),
        post="id",
        account="author_id",
        name="author",
        time="timestamp",
        text="body",
        hashtags="hashtags",
        urls="urls",
        ties=(
            By("quote", name="quoted_user"),
            By("reply", name="replied_to_user"),
            By("mention", name="mentions", many="names"),
        ),
    ),
    Shape(
        "Hoaxy posts",
        _signature("from_user_id from_user_screen_name to_user_id tweet_id tweet_type"),
        post="tweet_id",
        account="from_user_id",
        name="from_user_screen_name",
        time="tweet_created_at",
        urls="canonical_url",
        ties=(
            By("retweet", "to_user_id", "to_user_screen_name", when=("tweet_type", "retweet")),
            By("quote", "to_user_id", "to_user_screen_name", when=("tweet_type", "quote")),
            By("reply", "to_user_id", "to_user_screen_name", when=("tweet_type", "reply")),
            By("mention", "to_user_id", "to_user_screen_name", when=("tweet_type", "origin")),
        ),
        pairs=True,
    ),
    Shape(
        "coordination-network-toolkit posts",
        _signature("message_id user_id username repost_id reply_id message timestamp"),
        post="message_id",
        account="user_id",
        name="username",
        time="timestamp",
        text="message",
        urls="urls",
        ties=(By("retweet", post="repost_id"), By("reply", post="reply_id")),
    ),
    *(
        Shape(
            "CooRTweet shares",
            _signature(f"object_id {account} content_id timestamp_share"),
            post="content_id",
            account=account,
            time="timestamp_share",
            urls="object_id",
            ties=(By("retweet", post="object_id", inside=True),),
            pairs=True,
        )
        for account in ("account_id", "id_user")
    ),
)

WITHOUT_EDGES = (
    (
        _signature("account_id post_id url_id hashtag_id domain_id timestamp"),
        "a CooRTweet log of the links, hashtags, domains and pictures that accounts posted, and "
        "when: nobody in it interacts with anybody until CooRTweet has made pairs of them",
    ),
    (
        _signature("account_id post_id timestamp"),
        "a log of what accounts shared and when, but nobody interacts in it",
    ),
    (frozenset(("page name", "facebook id", "link")), "a CrowdTangle list of shared links"),
    (_signature("external_author_id author content publish_date"), "posts without ids of targets"),
)
"""Known tables that hold no interactions, and what to call them."""

WITHOUT_POSTS = (
    ("tweet_count", "counts of tweets over time"),
    ("action", "a compliance list: accounts or posts that were removed"),
    ("username", "a list of accounts"),
    ("screen_name", "a list of accounts"),
    ("member_count", "a list of lists"),
)
"""What a file in JSON is whose objects have this key, and no post."""

"""What counts as an interaction, and with whom."""

import pytest

HASH = "vMm2+4Xc0sJ6pQz8Yk1fR7hT3nWbLdEaUoIgVxCyKjA="


@pytest.fixture
def edges(desk, make):
    """Take in posts, and give the edges with who found the target."""

    def edges(*rows, listed=(), **more):
        files = {"t__csv": make.tweets(*rows, **more)}
        if listed:
            files["u__csv"] = make.users(*listed)
        desk.taken = desk.take_data(**files)
        return {
            (i["source"], i["target"], i["kind"]): i["resolved_by"] for i in desk.taken.interactions
        }

    return edges


def rt(tweetid, userid, **cells):
    return {"tweetid": tweetid, "userid": userid, "is_retweet": "True", **cells}


def test_a_retweet_goes_to_the_account_it_names(edges):
    assert edges(rt("1", "a", retweet_userid=HASH)) == {("a", HASH, "retweet"): "id"}


@pytest.mark.parametrize("spelt", ["true", "True", "TRUE"])
def test_is_retweet_is_read_in_any_case(edges, spelt):
    assert edges(rt("1", "a", is_retweet=spelt, retweet_userid="b"))


def test_a_post_that_is_no_retweet_has_no_retweet_edge(edges):
    assert not edges(rt("1", "a", is_retweet="False", retweet_userid="b"))


def test_a_retweet_without_account_is_found_through_its_post_in_any_file(desk, make):
    taken = desk.take_data(
        t1__csv=make.tweets(rt("1", "a", retweet_tweetid="2")),
        t2__csv=make.tweets({"tweetid": "2", "userid": "b"}),
    )
    assert taken.interactions[0]["resolved_by"] == "post"
    assert set(taken.edges) == {("a", "b", "retweet")}
    assert taken.receipt.interactions.by_post == 1


def test_a_retweet_is_found_through_a_known_name(edges):
    rows = (
        rt("1", "a", tweet_text="RT @Mary_1: hello", retweet_tweetid="99"),
        {"tweetid": "2", "userid": "b", "user_screen_name": "mary_1"},
    )
    assert edges(*rows) == {("a", "b", "retweet"): "known name"}


def test_a_name_that_only_the_users_file_knows_is_known(edges):
    listed = [{"userid": "b", "user_screen_name": "MARY"}]
    assert edges(rt("1", "a", tweet_text="RT @mary: x"), listed=listed) == {
        ("a", "b", "retweet"): "known name"
    }


def test_a_name_of_two_accounts_is_known_of_neither(edges, desk):
    rows = (
        rt("1", "a", tweet_text="RT @Mary: x"),
        {"tweetid": "2", "userid": "b", "user_screen_name": "mary"},
        {"tweetid": "3", "userid": "c", "user_screen_name": "MARY"},
    )
    assert edges(*rows) == {("a", "@mary", "retweet"): "name"}
    assert desk.taken.accounts["@mary"]["by_name"]
    assert desk.taken.accounts["@mary"]["name"] == "Mary"


def test_one_account_may_carry_a_name_twice(edges):
    rows = (
        rt("1", "a", tweet_text="RT @Mary: x"),
        {"tweetid": "2", "userid": "b", "user_screen_name": "mary"},
        {"tweetid": "3", "userid": "b", "user_screen_name": "Mary"},
    )
    assert edges(*rows) == {("a", "b", "retweet"): "known name"}


@pytest.mark.parametrize(
    "text", ["rt @mary: x", " RT @mary: x", "RT @mary x", "RT @abcdefghijklmnop: x", "x\nRT @m: y"]
)
def test_a_text_in_another_form_names_nobody(edges, desk, text):
    assert edges(rt("1", "a", tweet_text=text)) == {}
    assert desk.taken.receipt.interactions.unresolved_retweets == 1


def test_a_reply_goes_to_the_account_or_through_the_post(edges, desk):
    rows = (
        {"tweetid": "1", "userid": "a", "in_reply_to_userid": "b", "in_reply_to_tweetid": "3"},
        {"tweetid": "2", "userid": "a", "in_reply_to_tweetid": "3"},
        {"tweetid": "3", "userid": "c", "in_reply_to_tweetid": "404"},
    )
    assert edges(*rows) == {("a", "b", "reply"): "id", ("a", "c", "reply"): "post"}
    assert desk.taken.receipt.interactions.unresolved_replies == 1
    assert desk.taken.posts["1"]["kind"] == "reply"


def test_a_quote_goes_through_the_post_or_the_address(edges, desk):
    def quote(tweetid, quoted, urls="[]"):
        return {"tweetid": tweetid, "userid": "a", "quoted_tweet_tweetid": quoted, "urls": urls}

    rows = (
        quote("1", "9", "['https://twitter.com/Other/status/9']"),
        quote("2", "77", "['https://t.co/x', 'https://twitter.com/Bob/status/77?s=20']"),
        quote("3", "78", "[https://t.co/x, https://mobile.twitter.com/Eve/status/78]"),
        quote("4", "79", "['https://x.com/Known/status/79']"),
        quote("5", "80", "['https://twitter.com/Bob/status/801']"),
        quote("6", "81", "['https://twitter.com/i/status/81']"),
        {"tweetid": "9", "userid": "b", "user_screen_name": "known"},
    )
    found = edges(*rows)
    assert found == {
        ("a", "b", "quote"): "known name",  # the last of two; the first went through the post
        ("a", "@bob", "quote"): "name",
        ("a", "@eve", "quote"): "name",
    }
    all_ = desk.taken.receipt.interactions
    assert (all_.quote, all_.by_post, all_.by_known_name, all_.by_name_only) == (4, 1, 1, 2)
    assert all_.unresolved_quotes == 2
    assert desk.taken.accounts["@bob"]["name"] == "Bob"
    assert desk.taken.posts["1"]["kind"] == "quote"


@pytest.mark.parametrize(
    "spelt",
    [
        f"['b', '{HASH}']",
        f'["b", "{HASH}"]',
        f"[b, {HASH}]",
        f"[b,{HASH}]",
        f"['b', '{HASH}', 'b']",
        f'["b","{HASH}"]',
    ],
)
def test_mentions_are_read_however_the_list_is_written(edges, spelt):
    row = {"tweetid": "1", "userid": "a", "user_mentions": spelt}
    assert edges(row) == {("a", "b", "mention"): "id", ("a", HASH, "mention"): "id"}


@pytest.mark.parametrize("empty", ["", "[]"])
def test_an_empty_list_mentions_nobody(edges, empty):
    assert edges({"tweetid": "1", "userid": "a", "user_mentions": empty}) == {}


def test_who_is_retweeted_or_replied_to_is_not_mentioned_as_well(edges):
    assert edges(
        rt("1", "a", retweet_userid="b", user_mentions="['b', 'c']"),
        {
            "tweetid": "2",
            "userid": "x",
            "in_reply_to_userid": "y",
            "user_mentions": "['y', 'z', 'z']",
        },
    ) == {
        ("a", "b", "retweet"): "id",
        ("a", "c", "mention"): "id",
        ("x", "y", "reply"): "id",
        ("x", "z", "mention"): "id",
    }


def test_interactions_with_oneself_are_counted_and_dropped(edges, desk):
    row = rt("1", "a", retweet_userid="a", in_reply_to_userid="b", user_mentions="['a', 'c']")
    other = {"tweetid": "2", "userid": "a", "user_mentions": "['a']"}
    assert set(edges(row, other)) == {("a", "b", "reply"), ("a", "c", "mention")}
    all_ = desk.taken.receipt.interactions
    assert (all_.found, all_.self, all_.kept) == (4, 2, 2)


def test_damaged_references_are_counted_and_not_used(edges, desk):
    rows = (
        rt("1", "a", retweet_userid="9.06E+17", retweet_tweetid="1.01421e+18"),
        {"tweetid": "2", "userid": "a", "in_reply_to_userid": "1E+18", "user_mentions": "[2E+18]"},
        {"tweetid": "3", "userid": "a", "quoted_tweet_tweetid": "9E+17"},
    )
    assert edges(*rows) == {}
    all_ = desk.taken.receipt.interactions
    assert all_.damaged_references == 5
    assert (all_.unresolved_retweets, all_.unresolved_replies, all_.unresolved_quotes) == (1, 1, 1)


def test_ids_that_became_decimals_are_damaged_references_and_no_accounts(edges, desk):
    rows = (
        {"tweetid": "1", "userid": "2572896396"},
        rt("2", "a", retweet_userid="2572896396.0", retweet_tweetid="1"),  # a column with gaps
        {"tweetid": "3", "userid": "a", "in_reply_to_userid": "2572896396.0"},
    )
    assert set(edges(*rows)) == {("a", "2572896396", "retweet")}  # by the post it names
    all_ = desk.taken.receipt.interactions
    assert (all_.damaged_references, all_.unresolved_replies) == (2, 1)


def test_an_edge_counts_its_interactions_and_keeps_the_first_and_last(desk, make):
    taken = desk.take_data(
        t__csv=make.tweets(
            rt("1", "a", retweet_userid="b", tweet_time="2020-01-02 00:00"),
            rt("2", "a", retweet_userid="b", tweet_time="2020-01-01 00:00"),
            rt("3", "a", retweet_userid="b", tweet_time=""),
        )
    )
    edge = taken.edges["a", "b", "retweet"]
    assert (edge["count"], edge["first"], edge["last"]) == (3, 1577836800, 1577923200)
    assert (taken.receipt.first, taken.receipt.last) == (1577836800, 1577923200)


def test_an_account_is_whoever_is_listed_writes_or_is_at_an_end(desk, make):
    taken = desk.take_data(
        u__csv=make.users("quiet", "a"),
        t__csv=make.tweets(rt("1", "a", retweet_userid="far"), {"tweetid": "2", "userid": "w"}),
    )
    assert taken.ids == {"quiet", "a", "far", "w"}
    assert list(taken.accounts) == ["a", "quiet", "far", "w"]  # listed first, then by id
    told = {i: (a["listed_at"], a["author"], a["posts"]) for i, a in taken.accounts.items()}
    assert told == {
        "quiet": (1, False, 0),
        "a": (2, True, 1),
        "far": (0, False, 0),
        "w": (0, True, 1),
    }
    receipt = taken.receipt
    assert (receipt.accounts, receipt.listed, receipt.authors, receipt.posts) == (4, 2, 2, 2)


def test_the_profile_comes_from_the_users_file_else_from_the_posts(desk, make):
    profile = {
        "userid": "a",
        "user_screen_name": "Listed",
        "user_display_name": "L\u202ei",
        "follower_count": "12.0",
        "account_creation_date": "1970-01-11",
        "account_language": "ZH-cn",
        "user_profile_description": 'two\nlines, "quoted"',
    }
    row = {"user_screen_name": "fromposts", "follower_count": "x", "following_count": "7"}
    taken = desk.take_data(
        u__csv=make.users(profile),
        t__csv=make.tweets(
            {"tweetid": "1", "userid": "a", **row}, {"tweetid": "2", "userid": "b", **row}
        ),
    )
    a, b = taken.accounts["a"], taken.accounts["b"]
    assert (a["name"], a["display"], a["followers"], a["following"]) == (
        "Listed",
        "L\u202ei",
        12,
        -1,
    )
    assert (a["created"], a["language"], a["listed_in"]) == (10, "zh-cn", "u.csv")
    assert a["description"] == 'two\nlines, "quoted"'
    assert (b["name"], b["followers"], b["following"], b["created"]) == ("fromposts", -1, 7, -1)
    assert b["language"] == ""


def test_times_are_utc_and_unknown_ones_are_minus_one(desk, make):
    times = ["2020-04-01 10:00", "2020-04-01T10:00:30Z", "2020-04-01 10:00:00+00:00", "yesterday"]
    rows = [{"tweetid": str(i), "userid": "a", "tweet_time": t} for i, t in enumerate(times)]
    taken = desk.take_data(t__csv=make.tweets(*rows))
    found = [taken.posts[str(i)]["time"] for i in range(4)]
    assert found == [1585735200, 1585735230, 1585735200, -1]

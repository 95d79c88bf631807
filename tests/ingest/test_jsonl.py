"""Posts in JSON and in the tables of other tools: who interacts with whom."""

import json

import pytest

from explorer.errors import SourceError


def user(id_, name, **more):
    return {"id": id_, "username": name, "name": name.title(), **more}


def tweet(id_, author, text="", **more):
    return {"id": id_, "author_id": author, "text": text, **more}


RETWEET = tweet(
    "11",
    "1",
    "RT @bob: Hi @eve",
    created_at="2022-09-25T23:59:56.000Z",
    lang="en",
    source="Web",
    referenced_tweets=[{"type": "retweeted", "id": "5"}],
    entities={
        "mentions": [{"username": "bob", "id": "2"}, {"username": "eve", "id": "3"}],
        "hashtags": [{"tag": "x"}, {"tag": "y"}],
        "urls": [{"url": "https://t.co/1", "expanded_url": "https://a.b/c"}],
    },
)
REPLY = tweet(
    "12",
    "2",
    "@ann no",
    in_reply_to_user_id="1",
    referenced_tweets=[{"type": "replied_to", "id": "11"}, {"type": "quoted", "id": "11"}],
)
INCLUDES = {
    "users": [user("1", "ann", public_metrics={"followers_count": 9}), user("2", "bob")],
    "tweets": [tweet("5", "2", "Hi @eve"), tweet("11", "1")],
}
EDGES = {
    ("1", "2", "retweet"),
    ("1", "3", "mention"),
    ("2", "1", "reply"),
    ("2", "1", "quote"),
}


def lines(*values):
    return "\n".join(map(json.dumps, values)).encode() + b"\n"


SHAPES = {
    "pages": lines({"data": [RETWEET, REPLY], "includes": INCLUDES, "meta": {}}),
    "stream": lines(
        {"data": RETWEET, "includes": INCLUDES, "matching_rules": []},
        {"data": REPLY, "includes": INCLUDES},
    ),
    "flattened": lines(
        {
            **RETWEET,
            "author": INCLUDES["users"][0],
            "referenced_tweets": [{"type": "retweeted", **INCLUDES["tweets"][0]}],
        },
        {**REPLY, "author": INCLUDES["users"][1]},
    ),
    "one value": json.dumps({"data": [RETWEET, REPLY], "includes": INCLUDES}, indent=1).encode(),
    "a list": json.dumps([RETWEET, REPLY]).encode(),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_way_to_write_tweets_gives_the_same_edges(desk, shape):
    taken = desk.take_data(a__jsonl=SHAPES[shape])
    assert taken.edges.keys() == EDGES
    post = taken.posts["11"]
    assert (post["kind"], post["time"], post["language"], post["client"]) == (
        "retweet",
        1664150396,
        "en",
        "Web",
    )
    assert (post["hashtags"], post["urls"]) == ("[x, y]", "[https://a.b/c]")
    assert taken.posts["12"]["kind"] == "reply"
    assert taken.accounts["3"]["name"] == "eve"
    assert (taken.accounts["1"]["author"], taken.accounts["3"]["author"]) == (True, False)


def test_profiles_come_from_what_a_page_includes(desk):
    accounts = desk.take_data(a__jsonl=SHAPES["pages"]).accounts
    assert (accounts["1"]["display"], accounts["1"]["followers"]) == ("Ann", 9)


def test_broken_lines_and_errors_are_refused_one_by_one(desk):
    data = (
        SHAPES["flattened"] + lines({"errors": []}, 7, {"data": [{"id": "1"}]}) + b'{"data": [{"id'
    )
    (file,) = desk.take_data(a__jsonl=data).receipt.files
    assert (file.read, file.kept, file.refused) == (6, 2, 4)
    assert dict(file.reasons) == {
        "an error of the platform, not a post": 1,
        "not a post": 2,
        "not whole JSON": 1,
    }
    assert file.refusals[-1].line == 6


def test_the_same_posts_dropped_twice_count_once(desk):
    taken = desk.take_data(a__jsonl=SHAPES["pages"], b__jsonl=SHAPES["flattened"])
    assert taken.edges.keys() == EDGES
    assert {edge["count"] for edge in taken.edges.values()} == {1}
    assert taken.receipt.merged == 2


def test_a_retweet_whose_author_is_not_there_goes_by_the_name_in_its_text(desk):
    alone = {key: value for key, value in RETWEET.items() if key != "entities"}
    taken = desk.take_data(
        a__jsonl=lines(alone, tweet("13", "1", referenced_tweets=[{"type": "quoted", "id": "404"}]))
    )
    assert taken.edges.keys() == {("1", "@bob", "retweet")}
    assert taken.accounts["@bob"]["by_name"]
    assert taken.receipt.interactions.unresolved_quotes == 1


def test_a_quoted_post_in_another_file_has_its_author(desk):
    quote = tweet("13", "1", referenced_tweets=[{"type": "quoted", "id": "14"}])
    taken = desk.take_data(a__jsonl=lines(quote), b__jsonl=lines(tweet("14", "4")))
    assert taken.edges.keys() == {("1", "4", "quote")}
    assert taken.receipt.interactions.by_post == 1


def test_tweets_of_version_1_1_are_read(desk):
    ann = {"id_str": "1", "screen_name": "ann", "followers_count": 3}
    bob = {"id_str": "2", "screen_name": "bob"}
    mentions = [{"id_str": "2", "screen_name": "bob"}, {"id_str": "3", "screen_name": "eve"}]
    taken = desk.take_data(
        a__json=lines(
            {
                "id_str": "11",
                "user": ann,
                "created_at": "Sun Sep 25 23:59:56 +0000 2022",
                "source": '<a href="x">Web</a>',
                "full_text": "RT @bob: Hi",
                "retweeted_status": {"id_str": "5", "user": bob},
                "entities": {"user_mentions": mentions, "hashtags": [{"text": "x"}]},
            },
            {"id_str": "12", "user": bob, "in_reply_to_user_id_str": "1", "text": "no"},
            {"id_str": "13", "user": bob, "quoted_status": {"id_str": "11", "user": ann}},
            {"id_str": "14", "user": {}},
        )
    )
    assert taken.edges.keys() == EDGES
    assert (taken.posts["11"]["time"], taken.posts["11"]["client"]) == (1664150396, "Web")
    assert taken.posts["11"]["text"] == "RT @bob: Hi"
    assert dict(taken.receipt.files[0].reasons) == {"no user id": 1}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"data": [{"end": "x", "start": "y", "tweet_count": 3}]}, "counts of tweets over time"),
        ({"data": [user("1", "ann")]}, "a list of accounts"),
        ({"id": "1", "action": "delete", "reason": "x"}, "a compliance list"),
        ({"some": "thing"}, "is JSON of a kind that is not read"),
    ],
)
def test_json_without_posts_is_named_for_what_it_is(desk, value, words):
    with pytest.raises(SourceError, match=words):
        desk.take_data(a__jsonl=lines(value))


def event(did, rkey, collection, record, **more):
    commit = {"operation": "create", "collection": f"app.bsky.feed.{collection}", "rkey": rkey}
    event = {"did": f"did:plc:{did}", "time_us": 1725911162329308, "kind": "commit"}
    return {**event, "commit": {**commit, "record": record, **more}}


def test_a_jetstream_of_bluesky_is_read(desk):
    first = {"uri": "at://did:plc:bob/app.bsky.feed.post/p1", "cid": "x"}
    mention = {"features": [{"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:eve"}]}
    tag = {"features": [{"tag": "x"}]}
    answer = {"text": "no", "reply": {"parent": first, "root": first}, "facets": [mention, tag]}
    taken = desk.take_data(
        a__jsonl=lines(
            event("ann", "r1", "repost", {"subject": first}),
            event("ann", "p2", "post", answer),
            event("ann", "p3", "post", {"embed": {"record": first}}),
            event("eve", "p4", "post", {"embed": {"record": {"record": first}}, "langs": ["en"]}),
            event("eve", "l1", "like", {"subject": first}),
            event("eve", "p5", "post", {"langs": {"en": 1}}),
            event("eve", "p4", "post", {}, operation="delete"),
            {"did": "did:plc:eve", "time_us": 1, "kind": "identity"},
        )
    )
    assert {(a[8:], b[8:], kind) for a, b, kind in taken.edges} == {
        ("ann", "bob", "retweet"),
        ("ann", "bob", "reply"),
        ("ann", "eve", "mention"),
        ("ann", "bob", "quote"),
        ("eve", "bob", "quote"),
    }
    answered = taken.posts["at://did:plc:ann/app.bsky.feed.post/p2"]
    assert (answered["time"], answered["hashtags"], answered["kind"]) == (
        1725911162,
        "[x]",
        "reply",
    )
    (file,) = taken.receipt.files
    assert (file.read, file.kept, file.refused) == (8, 4, 4)


# graphs in JSON


def test_node_link_graphology_and_cytoscape_are_read(draw):
    ends = {"source": "a", "target": "b"}
    for value in (
        {"directed": True, "nodes": [{"id": "a"}, {"id": "b"}], "links": [{**ends, "weight": 2}]},
        {"nodes": [{"id": "a"}, {"id": "b"}], "edges": [{**ends, "value": 2}]},
        {
            "options": {"type": "directed"},
            "nodes": [{"key": "a"}, {"key": "b"}],
            "edges": [{**ends, "attributes": {"weight": 2}}],
        },
        {
            "elements": {
                "nodes": [{"data": {"id": "a"}}, {"data": {"id": "b"}}],
                "edges": [{"data": {**ends, "weight": 2}}],
            }
        },
        {
            "nodes": [{"name": "a"}, {"name": "b"}],
            "links": [{"source": 0, "target": 1, "value": 2}],
        },
    ):
        assert draw(a__json=json.dumps(value)).counts == {("a", "b"): 2}


def test_long_numbers_in_json_stay_ids_and_bad_edges_are_refused(draw):
    value = {
        "directed": False,
        "nodes": [
            {"id": 12345678901234567890, "label": "Ann", "x": 1, "y": 2},
            {"id": 7, "x": 0},
            {},
        ],
        "links": [
            {"source": 12345678901234567890, "target": 7},
            {"source": 7, "target": 8},
            {"source": 7, "target": 7},
        ],
    }
    drawn = draw(a__json=json.dumps(value))
    assert drawn.counts == {("12345678901234567890", "7"): 1}
    assert drawn.accounts["12345678901234567890"]["name"] == "Ann"
    assert drawn.file.format.startswith("node-link graph, undirected")
    assert (drawn.file.read, drawn.file.refused, drawn.receipt.interactions.self) == (6, 2, 1)


@pytest.mark.parametrize("text", ['{"nodes": [{"id": 1}', '{"nodes": [' + "[" * 100_000])
def test_a_graph_in_json_that_is_cut_off_is_refused(draw, text):
    with pytest.raises(SourceError, match=r"not whole JSON|nested too deep"):
        draw(a__json=text)


# tables of posts


def test_a_table_of_twarc_csv_is_read(desk, make):
    columns = [
        *("id", "conversation_id", "author_id", "author.username", "created_at", "text"),
        *("referenced_tweets.retweeted.id", "referenced_tweets.quoted.id"),
        *("referenced_tweets.replied_to.id", "in_reply_to_user_id", "in_reply_to_username"),
        *("retweeted_user_id", "retweeted_username", "entities.mentions"),
    ]
    rows = [
        {
            "id": "11",
            "author_id": "1",
            "author.username": "ann",
            "retweeted_user_id": "2",
            "entities.mentions": json.dumps([{"id": "2", "username": "bob"}, {"id": "3"}]),
        },
        {"id": "12", "author_id": "2", "in_reply_to_user_id": "1"},
        {"id": "13", "author_id": "2", "referenced_tweets.quoted.id": "11"},
        {"id": "1E+18", "author_id": "2"},
        {"id": "14", "author_id": ""},
    ]
    taken = desk.take_data(a__csv=make.table(columns, rows))
    assert taken.edges.keys() == EDGES
    assert dict(taken.receipt.files[0].reasons) == {
        "empty author_id": 1,
        "id damaged by a spreadsheet": 1,
    }


def test_a_table_of_4cat_is_read_by_names(desk, make):
    columns = [
        *("id", "thread_id", "timestamp", "body", "author", "author_id", "retweeted_user"),
        *("quoted_user", "replied_user", "mentions", "hashtags"),
    ]
    rows = [
        {
            "id": "11",
            "author": "ann",
            "author_id": "1",
            "retweeted_user": "Bob",
            "mentions": "eve,bob",
        },
        {
            "id": "12",
            "author": "bob",
            "author_id": "2",
            "replied_user": "ann",
            "quoted_user": "ann",
        },
    ]
    taken = desk.take_data(a__csv=make.table(columns, rows))
    assert taken.edges.keys() == {(a, "@eve" if b == "3" else b, kind) for a, b, kind in EDGES}
    assert taken.receipt.interactions.by_known_name == 3


def test_hoaxy_has_a_row_for_each_pair(desk, make):
    columns = [
        *("canonical_url", "from_user_id", "from_user_screen_name", "is_mention", "to_user_id"),
        *("to_user_screen_name", "tweet_created_at", "tweet_id", "tweet_type"),
    ]
    one = {"from_user_id": "1", "from_user_screen_name": "ann", "tweet_id": "11"}
    rows = [
        {**one, "to_user_id": "2", "tweet_type": "retweet"},
        {**one, "to_user_id": "3", "to_user_screen_name": "eve", "tweet_type": "origin"},
        {**one, "to_user_id": "2", "tweet_type": "retweet"},
    ]
    taken = desk.take_data(a__csv=make.table(columns, rows))
    assert taken.edges.keys() == {("1", "2", "retweet"), ("1", "3", "mention")}
    assert taken.receipt.merged == 2


def test_the_toolkit_table_points_from_post_to_post(desk, make):
    columns = ["message_id", "user_id", "username", "repost_id", "reply_id", "message", "timestamp"]
    rows = [
        {"message_id": "11", "user_id": "1", "repost_id": "5", "timestamp": "60"},
        {"message_id": "5", "user_id": "2", "reply_id": "404"},
    ]
    taken = desk.take_data(a__csv=make.table(columns, rows))
    assert taken.edges.keys() == {("1", "2", "retweet")}
    assert taken.posts["11"]["time"] == 60
    assert taken.receipt.interactions.unresolved_replies == 1


def test_a_log_of_shares_holds_an_edge_where_the_object_is_a_post_of_the_log(desk):
    text = (
        b"object_id,account_id,content_id,timestamp_share\n"
        b"p1,bob,p2,1623881091.0\np0,ann,p1,1623881000\nhttps://a.b/c,eve,p3,1623881001\n"
    )
    taken = desk.take_data(a__csv=text)
    assert set(taken.edges) == {("bob", "ann", "retweet")}
    assert taken.ids == {"ann", "bob", "eve"}
    assert taken.posts["p3"]["urls"] == "https://a.b/c"
    assert taken.receipt.interactions.unresolved == 0

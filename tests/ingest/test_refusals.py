"""Records that are refused or merged: which, where, and why; the others all stay."""

import csv

import pytest

from explorer.errors import SourceError
from explorer.ingest import loading, rows


def header(columns):
    return (",".join(f'"{name}"' for name in columns) + "\n").encode()


def line(columns, **cells):
    return (",".join('"{}"'.format(cells.get(name, "")) for name in columns) + "\n").encode()


def refused(taken, file=0):
    return [(one.record, one.line, one.reason) for one in taken.receipt.files[file].refusals]


@pytest.fixture
def take(desk, make):
    """Take in a tweets file of two good posts with a broken record between them."""

    def take(broken, columns=make.TWEETS, end=b"\n"):
        good = [
            line(columns, tweetid=f"{i}", userid="a", tweet_text='two\nlines, ""so""')
            for i in (1, 2)
        ]
        data = header(columns) + good[0] + broken + good[1]
        return desk.take_data(t__csv=data.replace(b"\n", end))

    return take


def test_a_record_with_too_few_fields(take):
    taken = take(b'"x","y\nz"\n')
    assert refused(taken) == [(2, 4, "has 2 fields, not 31")]
    assert set(taken.posts) == {"1", "2"}
    file = taken.receipt.files[0]
    assert (file.read, file.kept, file.refused, file.merged) == (3, 2, 1, 0)
    assert file.reasons == (("has 2 fields, not 31", 1),)


def test_a_record_with_too_many_fields(take):
    assert refused(take(b",".join([b'"x"'] * 33) + b"\n")) == [(2, 4, "has 33 fields, not 31")]


def test_a_text_with_a_comma_too_many_is_not_shifted_into_other_columns(take, make):
    cells = ["x"] * 13 + ["2020-04-01 10:00", "web"] + [""] * 15
    cells.insert(13, " and more")
    taken = take((",".join(cells) + ",\n").encode())
    assert refused(taken) == [(2, 4, "has 32 fields, not 31")]


def test_an_empty_field_too_many_does_no_harm(take, make):
    whole = line(make.TWEETS, tweetid="3", userid="b")[:-1] + b",\n"
    taken = take(whole)
    assert set(taken.posts) == {"1", "2", "3"}
    assert set(take(whole + b'"x"\n').posts) == {"1", "2", "3"}


def test_an_open_quote_takes_no_other_record_with_it(take, make):
    broken = line(make.TWEETS, tweetid="3", userid="b")[:-2] + b"open\n"
    taken = take(broken)
    assert refused(taken) == [(2, 4, "a quote is not closed")]
    assert set(taken.posts) == {"1", "2"}


def test_a_quote_that_is_not_doubled(take):
    taken = take(b'"3","he said "hi""' + b',""' * 29 + b"\n")
    assert refused(taken) == [(2, 4, "a quote is not closed")]


def test_a_file_cut_off_in_a_quote(desk, make):
    taken = desk.take_data(t__csv=make.tweets({"tweetid": "1", "userid": "a"}) + b'"2","b')
    assert refused(taken) == [(2, 3, "a quote is not closed")]


def test_bytes_that_are_no_utf8(take, make):
    broken = line(make.TWEETS, tweetid="3", userid="b", tweet_text="?").replace(b"?", b"\xff")
    assert refused(take(broken)) == [(2, 4, "not valid UTF-8")]


def test_bytes_that_are_no_utf8_in_a_column_nobody_uses(take, make):
    broken = line(make.TWEETS, tweetid="3", userid="b", latitude="?").replace(b"?", b"\xff")
    assert refused(take(broken)) == [(2, 4, "not valid UTF-8")]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"userid": "a"}, "empty tweetid"),
        ({"tweetid": "3"}, "empty userid"),
        ({"tweetid": "9.06E+17", "userid": "a"}, "id damaged by a spreadsheet (9.06E+17)"),
        ({"tweetid": "1e+18", "userid": "a"}, "id damaged by a spreadsheet (1e+18)"),
        ({"tweetid": "1.27E18", "userid": "a"}, "id damaged by a spreadsheet (1.27E18)"),
        (
            {"tweetid": "1", "userid": "2572896396.0"},
            "userid damaged by a spreadsheet (2572896396.0)",
        ),
        (
            {"tweetid": "3", "userid": "1.01421E+18"},
            "userid damaged by a spreadsheet (1.01421E+18)",
        ),
        ({"tweetid": "tweetid", "userid": "userid"}, "a repeated header row"),
    ],
)
def test_a_whole_record_that_cannot_be_used(take, make, cells, reason):
    taken = take(line(make.TWEETS, **cells))
    assert refused(taken) == [(2, 4, reason)]
    assert taken.receipt.files[0].reasons == ((reason.split(" (")[0], 1),)
    assert set(taken.posts) == {"1", "2"}


def test_a_blank_line_is_no_record_but_counts_as_a_line(take):
    assert refused(take(b'\n\n"x"\n')) == [(2, 6, "has 1 field, not 31")]


@pytest.mark.parametrize("end", [b"\r\n", b"\r"])
def test_lines_may_end_in_other_ways(take, end):
    taken = take(b'"x"\n', end=end)
    assert refused(taken) == [(2, 4, "has 1 field, not 31")]
    assert len(taken.posts) == 2


def test_line_ends_may_be_mixed(desk, make):
    data = make.tweets({"tweetid": "1", "userid": "a"}) + line(
        make.TWEETS, tweetid="2", userid="a"
    ).replace(b"\n", b"\r\n")
    assert set(desk.take_data(t__csv=data + data.split(b"\n")[1] + b"\n").posts) == {"1", "2"}


def test_many_refused_records_are_all_counted_and_the_first_ones_named(desk, make):
    data = make.tweets({"tweetid": "1", "userid": "a"}) + b'"x"\n' * 2500
    file = desk.take_data(t__csv=data).receipt.files[0]
    assert (file.read, file.refused, len(file.refusals)) == (2501, 2500, 1000)
    assert file.refusals[-1].record == 1001


def test_a_record_of_a_million_fields_costs_no_more_than_its_bytes(take):
    assert refused(take(b"," * 1_000_000 + b"x\n")) == [(2, 4, "has 1000001 fields, not 31")]


def test_a_record_that_is_too_long_is_refused_and_a_long_one_is_not(take, make):
    long = line(make.TWEETS, tweetid="3", userid="a", tweet_text="x" * 2_500_000)
    assert "3" in take(long).posts
    for more in (
        line(make.TWEETS, tweetid="4", tweet_text="y" * 4_000_000),
        b"z" * 4_000_000 + b"\n",
    ):
        taken = take(long + more)
        assert refused(taken) == [(3, 5, "longer than 3 MB")]
        assert set(taken.posts) == {"1", "2", "3"}


def test_good_records_are_the_same_whichever_way_they_are_read(desk, make, monkeypatch):
    rows = [
        {
            "tweetid": str(i),
            "userid": f"u{i % 7}",
            "tweet_text": f'tëxt, {i}\n"so" \\ \t' + "z" * (i % 50),
            "user_mentions": "['m1', 'm2']",
        }
        for i in range(500)
    ]
    whole = desk.take_data(t__csv=make.tweets(*rows))
    monkeypatch.setattr(loading, "BATCH", 5000)
    broken = desk.take_data(b__csv=make.tweets(*rows) + b'"x"\n')
    assert whole.posts == broken.posts
    assert whole.edges == broken.edges


def test_records_of_a_users_file_keep_their_number_behind_a_refused_one(desk, make):
    data = make.users("a", "b")
    start = data.index(b'"b"')
    taken = desk.take_data(u__csv=data[:start] + b'"x"\n' + data[start:])
    assert {i: one["listed_at"] for i, one in taken.accounts.items()} == {"a": 1, "b": 3}
    assert refused(taken) == [(2, 3, "has 1 field, not 10")]


def test_repeated_posts_are_merged_and_counted_against_the_later_file(desk, make):
    one, two = (
        {"tweetid": "1", "userid": "a", "user_mentions": "['b']"},
        {"tweetid": "2", "userid": "a"},
    )
    taken = desk.take_data(p1__csv=make.tweets(one, two), p2__csv=make.tweets(two, one, one))
    assert [(f.kept, f.merged) for f in taken.receipt.files] == [(2, 0), (0, 3)]
    assert taken.edges["a", "b", "mention"]["count"] == 1
    assert taken.receipt.posts == 2


def test_the_same_archive_twice_doubles_nothing(desk, make):
    data = make.tweets({"tweetid": "1", "userid": "a", "in_reply_to_userid": "b"})
    taken = desk.take(desk.write("a.csv", data), desk.write("copy.csv", data))
    assert taken.edges["a", "b", "reply"]["count"] == 1
    assert taken.receipt.merged == 1


def test_repeated_accounts_are_merged_and_the_first_stays(desk, make):
    taken = desk.take_data(u1__csv=make.users("a", "b", "a"), u2__csv=make.users("b", "c"))
    assert [(f.kept, f.merged) for f in taken.receipt.files] == [(2, 1), (1, 1)]
    assert taken.accounts["b"]["listed_in"] == "u1.csv"
    assert taken.receipt.users_files == 2


def test_refused_records_do_not_count_as_repeated(desk, make):
    data = make.tweets({"userid": "a"}, {"userid": "a"}, {"tweetid": "1", "userid": "a"})
    file = desk.take_data(t__csv=data).receipt.files[0]
    assert (file.kept, file.merged, file.refused) == (1, 0, 2)


def test_columns_go_by_name_in_any_order_and_case_and_by_their_old_names(desk, make):
    names = [name.upper() for name in reversed(make.TWEETS)]
    names[names.index("RETWEET_USERID")] = "retweet_user_id"
    row = dict.fromkeys(names, "") | {"TWEETID": "1", "USERID": "a", "retweet_user_id": "b"}
    taken = desk.take_data(t__csv=make.table(names, [row | {"IS_RETWEET": "true"}]))
    assert set(taken.edges) == {("a", "b", "retweet")}


def test_columns_nobody_knows_are_passed_over_and_some_known_ones_may_lack(desk, make):
    columns = ["", "index", *[name for name in make.TWEETS if name != "poll_choices"]]
    rows = [{"tweetid": "1", "userid": "a", "user_mentions": "[b]", "index": "9"}]
    assert set(desk.take_data(t__csv=make.table(columns, rows)).edges) == {("a", "b", "mention")}


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_spreadsheet_may_have_put_another_delimiter(desk, make, delimiter):
    data = make.tweets(
        {"tweetid": "1", "userid": "a", "tweet_text": "a;b,c\td"}, delimiter=delimiter
    )
    assert desk.take_data(t__csv=data).posts["1"]["text"] == "a;b,c\td"


def test_a_byte_order_mark_and_no_quotes_at_all(desk, make):
    data = make.tweets({"tweetid": "1", "userid": "null"}, quoting=csv.QUOTE_MINIMAL)
    assert set(desk.take_data(t__csv=b"\xef\xbb\xbf" + data).accounts) == {"null"}


def test_a_header_without_records_is_one_sentence(desk, make):
    with pytest.raises(SourceError, match=r"t\.csv holds no records, only a header"):
        desk.take_data(t__csv=make.tweets())


def test_records_none_of_which_can_be_used_are_one_sentence(desk, make):
    bad = {"tweetid": "9.06E+17", "userid": "a"}
    with pytest.raises(SourceError, match=r"None of the 2 records in t\.csv can be used"):
        desk.take_data(t__csv=make.tweets(bad, bad))


@pytest.mark.parametrize(
    ("name", "first"),
    [("e__csv", "Source,Target\na,b\n"), ("e__edgelist", "a b\nb c\nc d\n")],
)
def test_a_line_that_would_fill_memory_is_not_read_to_its_end(draw, monkeypatch, name, first):
    monkeypatch.setattr(rows, "LONGEST_LINE", 50)
    assert draw(**{name: first}).counts
    with pytest.raises(SourceError, match="a line of more than 50 letters"):
        draw(**{name: first + 60 * "c" + ",d\n"})

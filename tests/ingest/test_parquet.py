"""Parquet: tables of edges and posts, ids digit for digit; hostile files are one sentence."""

from contextlib import suppress

import duckdb
import pytest

from explorer.errors import SourceError
from explorer.ingest import parquet as reader


@pytest.fixture
def parquet(tmp_path):
    """Return the bytes of a Parquet file of what a query gives."""

    def made(query):
        path = tmp_path / "made.parquet"
        with duckdb.connect() as db:
            db.execute("SET enable_progress_bar = false")
            db.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
        return path.read_bytes()

    return made


def test_ids_keep_every_digit_and_rounded_ones_are_refused(draw, parquet):
    drawn = draw(
        a__parquet=parquet("""
        SELECT * FROM (VALUES
            ('906123456789012345', 7.0::DOUBLE), ('x', 9.06e17), ('y', 0.5), ('z', NULL)
        ) t("Source", "Target")""")
    )
    assert drawn.counts.keys() == {("906123456789012345", "7"), ("y", "0.5")}
    assert dict(drawn.file.reasons) == {"id damaged by a spreadsheet": 1, "no target": 1}
    whole = draw(b__parquet=parquet("SELECT 906123456789012345 AS source, 2 AS target"))
    assert whole.counts == {("906123456789012345", "2"): 1}


def test_times_and_weights_are_kept(draw, parquet):
    drawn = draw(
        a__parquet=parquet("""SELECT 'a' AS source, 'b' AS target, 2.5 AS weight,
            TIMESTAMPTZ '2020-06-12 10:30:00+02' AS time""")
    )
    edge = drawn.edges["a", "b", "link"]
    assert (edge["weight"], edge["first"]) == (2.5, 1591950600)


def test_the_tables_of_an_archive_are_read_from_parquet_too(desk, parquet):
    taken = desk.take(
        desk.write(
            "p.parquet",
            parquet("""SELECT 1::BIGINT << 60 AS message_id, 'a' AS user_id, 'ann' AS username,
                NULL AS repost_id, NULL AS reply_id, 'x,
"y"' AS message, 1600000000 AS timestamp, '' AS urls"""),
        )
    )
    (post,) = taken.posts.values()
    assert (post["id"], post["text"]) == (str(1 << 60), 'x,\n"y"')


def test_names_and_values_may_hold_anything(draw, parquet):
    drawn = draw(
        a__parquet=parquet("""SELECT 'a,"b' AS source, 'c' || chr(0) || chr(13) || 'd' AS target,
            1 AS "we,""ird", [1, 2] AS list, {'a': 1} AS struct, 'x'::BLOB AS bytes""")
    )
    assert drawn.counts == {('a,"b', "c\rd"): 1}


def test_a_name_on_disk_is_no_pattern(desk, parquet):
    data = parquet("SELECT 'a' AS source, 'b' AS target")
    desk.write("b1.parquet", b"PAR1 nothing")
    entry = reader.entry(desk.write("b[1]*?'.parquet", data))
    with entry.open() as stream:
        assert stream.read() == b"source,target\r\na,b\r\n"


def test_a_table_without_edges_is_named(desk, parquet):
    with pytest.raises(SourceError, match=r"a\.parquet is a text, not a table"):
        desk.take(desk.write("a.parquet", parquet("SELECT 1 AS x")))


def test_a_table_that_grows_without_end_is_a_bomb(desk, parquet):
    data = parquet("SELECT repeat('a', 20) AS source, repeat('b', 20) AS target FROM range(900000)")
    with pytest.raises(SourceError, match="expands more than 200 to 1"):
        desk.take(desk.write("a.parquet", data))


@pytest.mark.parametrize("cut", [4, 30, -1, -9])
def test_what_was_cut_off_is_one_sentence(desk, parquet, cut):
    data = parquet("SELECT 'a' || i AS source, 'b' AS target FROM range(1000) t(i)")[:cut]
    with pytest.raises(SourceError, match="a Parquet file that cannot be read to its end"):
        desk.take(desk.write("a.parquet", data))


def test_damage_anywhere_is_a_graph_or_one_sentence(draw, parquet):
    data = bytearray(parquet("SELECT 'a' || i AS source, 'b' AS target FROM range(50) t(i)"))
    for place in range(4, len(data) - 8, max(len(data) // 60, 1)):
        bad = bytearray(data)
        bad[place] ^= 0x55
        with suppress(SourceError):
            draw(a__parquet=bytes(bad))


def test_rows_of_long_texts_are_refused_before_they_are_made(desk, parquet):
    cell = "repeat('xyz', 10000)"
    data = parquet(
        f"SELECT 'a' || i AS source, 'b' AS target, {cell} AS text FROM range(3000) t(i)"
    )
    with pytest.raises(
        SourceError, match=r"a\.parquet has 2,048 rows that hold 58 MB of text, more"
    ):
        desk.take(desk.write("a.parquet", data))
    lists = f"SELECT 'a' AS source, 'b' AS target, [{cell}, {cell}] AS text FROM range(3000)"
    with pytest.raises(SourceError, match="2,048 rows that hold 117 MB of text"):
        desk.take(desk.write("b.parquet", parquet(lists)))


def test_a_file_in_pages_that_take_much_memory_is_refused(desk, parquet, monkeypatch):
    monkeypatch.setattr(reader, "MEMORY", "1MB")
    data = parquet("SELECT 'a' || i AS source, 'b' || hash(i) AS target FROM range(300000) t(i)")
    with pytest.raises(SourceError, match="in pages that take more than 1 MB of memory"):
        desk.take(desk.write("a.parquet", data))


def test_columns_of_nested_values_are_left_empty(desk, parquet):
    data = parquet("SELECT 'a' AS source, {'x': 1} AS s, [[1]] AS l, MAP {1: 2} AS m, [1, 2] AS k")
    with reader.entry(desk.write("a.parquet", data)).open() as stream:
        assert stream.read().endswith(b'a,,,,"[1, 2]"\r\n')


def test_nothing_of_it_is_put_on_the_disk_beside(tmp_path, parquet):
    (tmp_path / "a.parquet").write_bytes(parquet("SELECT 'a' AS source, 'b' AS target"))
    with reader._opened(tmp_path / "a.parquet", "a.parquet") as (db, _):
        assert db.execute("SELECT current_setting('temp_directory')").fetchone() == ("",)

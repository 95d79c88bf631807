"""Tables read as somebody said: which columns, which way, and what becomes of repeated edges."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.errors import SourceError
from explorer.graph.build import OpenArchive
from explorer.ingest import mapping, peek
from explorer.ingest.entry import UnknownTable
from explorer.ingest.mapping import Columns
from explorer.job import silent

CALLS = b"von;nach;zahl;wann\na;b;2,5;2020-01-02\nb;a;1;2020-01-01\na;b;1;\na;a;3;\n;b;1;\n"


@pytest.fixture
def opened(tmp_path):
    """Open files given as bytes, by a mapping; return edges, and the receipt."""

    def open_(columns, **files):
        paths = []
        for name, data in files.items():
            paths.append(tmp_path / name.replace("__", "."))
            paths[-1].write_bytes(data)
        found = OpenArchive(tuple(paths), tmp_path / "cache", columns)(silent)
        graph, ids = found.graph, found.graph.text("id").strings()
        assert not found.receipt.discrepancies()
        ends = zip(graph.source.tolist(), graph.target.tolist(), strict=True)
        edges = {(ids[a], ids[b]): place for place, (a, b) in enumerate(ends)}
        return graph, edges, found.receipt

    return open_


def weights(graph, edges):
    column = graph.edges.get("weight", graph.edges["count"])
    return {ends: float(column[row]) for ends, row in edges.items()}


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ({"weight": "zahl"}, {("a", "b"): 3.5, ("b", "a"): 1}),
        ({"weight": "zahl", "merge": "rows"}, {("a", "b"): 2, ("b", "a"): 1}),
        ({"weight": "zahl", "merge": "max"}, {("a", "b"): 2.5, ("b", "a"): 1}),
        ({"weight": "zahl", "merge": "first"}, {("a", "b"): 2.5, ("b", "a"): 1}),
        ({"weight": "ZAHL ", "direction": "reverse"}, {("b", "a"): 3.5, ("a", "b"): 1}),
        ({"weight": "zahl", "direction": "undirected"}, {("a", "b"): 4.5}),
        ({"direction": "undirected", "merge": "first"}, {("a", "b"): 1}),
        ({}, {("a", "b"): 2, ("b", "a"): 1}),
    ],
)
def test_columns_directions_and_repeated_edges(opened, told, wanted):
    graph, edges, receipt = opened(Columns("von", "nach", **told), calls__csv=CALLS)
    assert weights(graph, edges) == wanted
    (file,) = receipt.files
    assert (file.read, file.reasons) == (5, (("no source", 1),)) or "reverse" in told.values()
    assert "source from von, target from nach" in file.format


def test_an_edge_of_many_records_keeps_its_span_of_time(opened):
    columns = Columns("von", "nach", time="wann", direction="undirected", merge="first")
    graph, edges, _ = opened(columns, a__csv=CALLS)
    row = edges["a", "b"]
    assert (graph.edges["first"][row], graph.edges["last"][row]) == (1577836800, 1577923200)


def test_a_table_without_a_header_goes_by_numbers(opened):
    columns = Columns("2", "1", header=False, delimiter="|")
    _, edges, _ = opened(columns, a__txt=b"\xef\xbb\xbf1|2|x\n3|4|y\n")
    assert edges.keys() == {("2", "1"), ("4", "3")}


def test_a_table_of_accounts_beside_it_gives_names(opened):
    nodes = b"handle,title\na,Ann\nz,Zoe\n"
    columns = Columns("von", "nach", id="handle", label="title")
    graph, _, receipt = opened(columns, e__csv=CALLS, n__csv=nodes)
    assert set(graph.text("name").strings()) == {"Ann", "Zoe", "b"}
    assert receipt.files[1].format == "table of nodes: ids from handle, names from title"
    assert "handle" not in receipt.files[0].format


def test_a_plain_table_of_nodes_is_taken_beside_it_too(opened):
    graph, _, _ = opened(Columns("von", "nach"), e__csv=CALLS, n__csv=b"Id,Label\na,Ann\n")
    assert set(graph.text("name").strings()) == {"Ann", "b"}


def test_a_table_that_is_known_is_read_as_one_says_all_the_same(opened):
    data = b"Source,Target,other\na,b,c\n"
    _, edges, _ = opened(Columns("other", "Source"), a__csv=data)
    assert edges.keys() == {("c", "a")}


def test_the_same_file_read_otherwise_is_another_archive(opened):
    one = opened(Columns("von", "nach"), a__csv=CALLS)[1]
    two = opened(Columns("von", "nach", direction="reverse", merge="rows"), a__csv=CALLS)[1]
    assert one.keys() == two.keys()
    three = opened(Columns("von", "wann"), a__csv=CALLS)[1]
    assert three.keys() != one.keys()


def test_columns_that_are_not_there_are_named_with_those_that_are(opened):
    with pytest.raises(SourceError) as caught:
        opened(Columns("von", "wohin"), a__csv=CALLS)
    assert "no column called wohin" in caught.value.message
    assert "von, nach, zahl, wann" in caught.value.hint


def test_a_table_nobody_knows_says_how_to_name_its_columns(opened):
    with pytest.raises(UnknownTable) as caught:
        opened(None, calls__csv=CALLS)
    assert "Open with mapping" in caught.value.hint


def test_a_table_nobody_knows_beside_a_text_can_be_mapped_too(opened):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("calls.csv", CALLS)
        archive.writestr("NOTES.txt", "only words\n")
    with pytest.raises(UnknownTable) as caught:
        opened(None, both__zip=packed.getvalue())
    assert "Open with mapping" in caught.value.hint


def test_what_is_no_table_is_one_sentence_with_a_mapping_too(opened):
    for data in (b"\x00\x01\x02", b"one\ntwo\n", b'{"a": 1}', b"\xff\xfea\x00,\x00b\x00"):
        with pytest.raises(SourceError):
            opened(Columns("a", "b"), a__csv=data)


def test_a_mapping_is_written_on_the_command_line():
    text = 'source=a,target=b,weight=n,"time=when, exactly",header=no,separator=semicolon,merge=max'
    assert mapping.parse(text) == Columns(
        "a", "b", weight="n", time="when, exactly", header=False, delimiter=";", merge="max"
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("source=a", "names no source and target"),
        ("source=a,target=b,merge=mean", "merge=mean: it is sum, rows, max, first"),
        ("source=a,target=b,colour=red", "does not understand colour=red"),
        ("a,b", "does not understand a="),
        ("", "names no source and target"),
    ],
)
def test_a_mapping_that_is_not_understood_says_what_is(text, words):
    with pytest.raises(SourceError, match=words):
        mapping.parse(text)


def test_a_mapping_survives_being_remembered():
    columns = Columns("a", "b", merge="max", header=False)
    assert mapping.from_text(columns.as_text()) == columns
    for text in ("", "3", "{", '{"source": 3}', '{"merge": "x"}', '{"odd": 1}', "[" * 9999):
        assert mapping.from_text(text) is None


@pytest.mark.parametrize(
    ("names", "source", "target", "weight"),
    [
        (("Retweet ID", "From_User", "To_User", "Count"), "From_User", "To_User", "Count"),
        (("src", "dst", "n"), "src", "dst", "n"),
        (("von", "nach"), "", "", ""),
    ],
)
def test_likely_columns_are_guessed_and_unlikely_ones_are_not(names, source, target, weight):
    found = mapping.guess(names)
    assert (found.source, found.target, found.weight) == (source, target, weight)


def test_a_table_is_remembered_by_its_header():
    assert mapping.key(["A ", "b"]) == mapping.key(["a", "B"]) != mapping.key(["b", "a"])


def test_the_first_rows_are_shown_as_they_will_be_read(tmp_path):
    (tmp_path / "a.csv").write_bytes(CALLS)
    (table,) = peek.LookAtTables((tmp_path / "a.csv",))(silent)
    shown = peek.preview(table)
    assert shown.names == ("von", "nach", "zahl", "wann")
    assert shown.rows[0] == ("a", "b", "2,5", "2020-01-02")
    assert peek.preview(table, ",").names == ("von;nach;zahl;wann",)
    assert peek.preview(table, "", header=False).names == ("1", "2", "3", "4")
    assert len(peek.preview(table, header=False).rows) == 6


def test_only_tables_can_be_looked_at(tmp_path):
    (tmp_path / "a.json").write_bytes(b'{"a": 1, "b": 2}')
    with pytest.raises(SourceError, match="holds no table whose columns could be named"):
        peek.LookAtTables((tmp_path / "a.json",))(silent)


@given(st.binary(max_size=60), st.sampled_from(["", *mapping.SEPARATORS]))
def test_any_bytes_have_a_preview_or_one_sentence(data, delimiter):
    try:
        shown = peek.preview(peek.Table("a", data, whole=True), delimiter)
    except SourceError:
        return
    assert all(len(row) == len(shown.names) for row in shown.rows)


WIDE = b",".join(b"c%d" % place for place in range(10_000))


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.csv", b"von\na\n", "has but one column"),
        ("a.csv", b"von,nach\n", "holds no records, only a header"),
        ("a.csv", b"von,nach", "holds no records, only a header"),
        (
            "a.csv",
            b'von,nach\n"a,b\nc,d\n',
            r"None of the 1 records in a\.csv can be used: no target",
        ),
        ("a.csv", b"von,nach,von\na,b,c\n", "no column called von"),
        ("a.csv", "von,größe\na,b\n".encode("latin-1"), "does not begin with a line of columns"),
        ("a.csv", b"von,nach," + b"x" * 300_000 + b"\na,b,c\n", "a line of more than 256 KB"),
        ("a.csv", b"von,nach," + b",".join([WIDE] * 9) + b"\na,b\n", "a line of more than 256 KB"),
        ("a.csv", "von,nach\na,b\n".encode("utf-16")[:-1], "is not all in UTF-16"),
        ("a.txt", b"von\na\n", "is a text, not a table"),
        ("a.csv", b"", "is empty"),
    ],
)
def test_a_table_that_cannot_be_mapped_is_one_sentence(opened, name, data, words):
    with pytest.raises(SourceError, match=words):
        opened(Columns("von", "nach"), **{name.replace(".", "__"): data})


def test_columns_of_the_same_name_are_told_apart_by_their_numbers(opened):
    data = b"von,nach,Von,\na,b,c,d\n"
    with pytest.raises(SourceError) as caught:
        opened(Columns("von", "nach"), a__csv=data)
    assert "von #1, nach, Von #3, #4" in caught.value.hint
    assert opened(Columns("von #3", "#4"), a__csv=data)[1].keys() == {("c", "d")}


def test_a_separator_inside_quotes_separates_nothing(opened):
    data = b'"von, der, die, das";nach\n"x; y";z\n'
    assert opened(Columns("von, der, die, das", "nach"), a__csv=data)[1].keys() == {("x; y", "z")}


def test_a_table_of_ten_thousand_columns_is_read_and_shown_in_part(opened, tmp_path):
    data = b"von,nach," + WIDE + b"\na,b" + b",0" * 10_000 + b"\n"
    assert opened(Columns("von", "nach", weight="c9999"), a__csv=data)[1].keys() == {("a", "b")}
    (tmp_path / "w.csv").write_bytes(data)
    (table,) = peek.LookAtTables((tmp_path / "w.csv",))(silent)
    shown = peek.preview(table)
    assert len(shown.names) == len(shown.rows[0]) == peek.MOST_COLUMNS
    assert shown.names[:2] == ("von", "nach")


def test_the_same_column_twice_is_a_loop_however_it_is_written():
    assert "same column" in Columns("von", " VON").trouble(("von", "nach"))


def test_a_sentence_is_short_and_plain_whatever_the_names_are():
    long = "x" * 70_000
    words = Columns(long, "\u202eb\n").sentence((long, "\u202eb\n"), (("c\nd", "e" * 999),))
    assert len(words) < 250
    assert words.isprintable()


@pytest.mark.parametrize(
    "text", ["source=a\ntarget=b", 'source="a\nb', "source=a,source=b,target=c"]
)
def test_what_is_no_line_of_settings_is_one_sentence(text):
    with pytest.raises(SourceError):
        mapping.parse(text)


def test_a_table_in_another_encoding_is_called_so(opened):
    with pytest.raises(SourceError, match="a text in another encoding than UTF-8") as caught:
        opened(None, a__csv="größe,x\n1,2\n".encode("latin-1"))
    assert "UTF-8" in caught.value.hint

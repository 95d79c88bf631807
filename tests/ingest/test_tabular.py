"""Tables of edges and nodes, matrices and bare pairs."""

import pytest

from explorer.errors import SourceError
from explorer.graph.build import load
from explorer.ingest.run import take_in
from explorer.job import silent


@pytest.mark.parametrize(
    "text",
    [
        "Source,Target\na,b\nb,c\n",
        "source;target;type;id;label;weight\na;b;Directed;1;;1,0\nb;c;Directed;2;;1,0\n",
        "id\tTARGET\tSOURCE\n1\tb\ta\n2\tc\tb\n",
        "\ufeffSource,Target,Label\r\na,b,x\r\nb,c,y\r\n",
        "from,to\na,b\n\nb,c",
        ":START_ID,:END_ID,:TYPE\na,b,T\nb,c,T\n",
    ],
)
def test_columns_are_found_by_name_whatever_the_separator(draw, text):
    drawn = draw(a__csv=text)
    assert drawn.counts == {("a", "b"): 1, ("b", "c"): 1}
    assert drawn.file.format == "table of edges, directed"


def test_repeated_edges_merge_and_are_counted(draw):
    drawn = draw(a__csv="Source,Target,Weight\na,b,2\na,b,3\nb,a,1\na,a,7\n")
    assert drawn.counts == {("a", "b"): 5, ("b", "a"): 1}
    assert drawn.receipt.interactions.self == 7
    assert (drawn.file.read, drawn.file.kept, drawn.file.merged) == (4, 3, 1)
    assert "weight" not in drawn.edges["a", "b", "link"]


def test_weights_that_are_no_counts_are_kept_beside_them(draw):
    drawn = draw(a__csv="Source,Target,Weight\na,b,0.5\na,b,2\nb,c,\n")
    assert drawn.edges["a", "b", "link"]["count"] == 2
    assert drawn.edges["a", "b", "link"]["weight"] == 2.5
    assert drawn.edges["b", "c", "link"]["weight"] == 1


def test_times_and_kinds_are_kept(draw):
    text = (
        "Source,Target,Timestamp,Kind\na,b,1463507482,Retweet\na,b,2016-05-01T00:00:00Z,retweet\n"
        "a,b,,8\n"
    )
    drawn = draw(a__csv=text)
    retweet = drawn.edges["a", "b", "retweet"]
    assert (retweet["first"], retweet["last"], retweet["count"]) == (1462060800, 1463507482, 2)
    assert drawn.edges["a", "b", "link"]["first"] == -1
    assert drawn.receipt.interactions.retweet == 2


def test_undirected_rows_keep_the_way_they_were_first_written(draw):
    text = "Source,Target,Type\nb,a,Undirected\na,b,Undirected\na,b,Directed\n"
    drawn = draw(a__csv=text)
    assert drawn.counts == {("b", "a"): 2, ("a", "b"): 1}
    assert drawn.file.format.startswith("table of edges, partly undirected")


def test_long_ids_stay_as_they_are_and_damaged_ones_are_refused(draw):
    text = "Source,Target\n12345678901234567890,007\n9.06E+17,b\n,b\na,\na\nx,y,z\n"
    drawn = draw(a__csv=text)
    assert drawn.counts == {("12345678901234567890", "007"): 1}
    assert dict(drawn.file.reasons) == {
        "id damaged by a spreadsheet": 1,
        "no source": 1,
        "no target": 2,
        "has 3 fields, not 2": 1,
    }
    assert [(one.record, one.line) for one in drawn.file.refusals] == [
        (2, 3),
        (3, 4),
        (4, 5),
        (5, 6),
        (6, 7),
    ]


def test_bytes_that_are_no_text_are_refused_by_line(draw):
    drawn = draw(a__csv=b"Source,Target\na,b\n\xff,b\n")
    assert dict(drawn.file.reasons) == {"not valid UTF-8": 1}


def test_a_table_of_nodes_gives_names_and_places_to_a_table_of_edges(draw):
    nodes = "Id,Label,X,Y\na,Ann,1,2\nb,Bob,3,4\nz,Zoe,5,6\na,Again,0,0\n,,,\n"
    drawn = draw(edges__csv="Source,Target\na,b\nb,c\n", nodes__csv=nodes)
    assert {id_: one["name"] for id_, one in drawn.accounts.items()} == {
        "a": "Ann",
        "b": "Bob",
        "c": "c",
        "z": "Zoe",
    }
    assert (drawn.accounts["a"]["x"], drawn.accounts["c"]["x"]) == (1, None)
    edges, nodes = drawn.receipt.files
    assert (edges.read, nodes.read, nodes.kept, nodes.merged) == (2, 4, 3, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Id,Label\n1,a\n", "a.csv is a table of nodes: it names accounts, but no edges"),
        ("Id\n1\n", "a.csv is a table of nodes"),
        ("label,party\na,x\n", "a.csv looks like a table of nodes, but has no column Id"),
        ("source,text\nWeb App,Hi\n", "its columns are source, text"),
        ('"629195305762824192","farming"\n"925019496796033025","x"\n', "a.csv has no line with"),
    ],
)
def test_a_table_without_edges_is_named_for_what_it_is(draw, text, words):
    with pytest.raises(SourceError, match=words.replace(".", r"\.")):
        draw(a__csv=text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a__edgelist", "# source target\na b\n% more\nb c\n"),
        ("a__ncol", "a b\nb c 1\n"),
        ("a__txt", "a b \nb c\nc a\n"),
        ("a__csv", "a,b\nb,c\nc,a\n"),
        ("a__tsv", "a\tb\nb\tc\nc\ta\n"),
    ],
)
def test_bare_pairs_are_edges(draw, name, text):
    drawn = draw(**{name: text})
    assert drawn.counts["a", "b"] == drawn.counts["b", "c"] == 1
    assert drawn.file.format == "list of edges, directed"


def test_a_third_word_is_a_weight_and_a_bad_line_is_refused(draw):
    drawn = draw(a__edgelist="1 2 3\n2 3 4\n5\n")
    assert drawn.counts == {("1", "2"): 3, ("2", "3"): 4}
    assert [(one.line, one.reason) for one in drawn.file.refusals] == [
        (3, "has 1 words, not 2 or 3 with a number at the end")
    ]


@pytest.mark.parametrize("text", ["Read me.\n", "Two words\nNow here\nAnd there\n", "a b c d\n"])
def test_prose_is_no_list_of_edges(draw, text):
    with pytest.raises(SourceError, match="is a text, not a table"):
        draw(a__txt=text)


def test_a_matrix_gives_an_edge_for_every_cell_that_is_not_zero(draw):
    drawn = draw(a__csv=" ,A,B,C\nA,0,1,0\nB,2,0, 0 \nC,0,0,4\n")
    assert drawn.counts == {("A", "B"): 1, ("B", "A"): 2}
    assert drawn.accounts.keys() == {"A", "B", "C"}
    assert drawn.receipt.interactions.self == 4


def test_the_graph_has_places_and_weights_only_if_the_file_has(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Source,Target,Weight\nb,a,0.5\na,c,2\n", "utf-8")
    graph = load(take_in([path], tmp_path / "cache", silent)[0])
    assert graph.text("id").strings() == ["a", "b", "c"]
    assert graph.edges["weight"].tolist() == [2, 0.5]
    assert "x" not in graph.nodes
    nodes = tmp_path / "n.csv"
    nodes.write_text("Id,Label,X,Y\na,,1,2\nb,,3,4\n", "utf-8")
    graph = load(take_in([path, nodes], tmp_path / "cache", silent)[0])
    assert graph.nodes["x"].tolist()[:2] == [1, 3]
    assert graph.nodes["x"][2] != graph.nodes["x"][2]  # not known


def test_a_list_of_neighbours_is_read_as_networkx_and_spreadsheets_write_it(draw):
    drawn = draw(a__adjlist="# by hand\na b c\nb c\nd\n")
    assert drawn.counts.keys() == {("a", "b"), ("a", "c"), ("b", "c")}
    assert drawn.accounts.keys() == {"a", "b", "c", "d"}
    comma = draw(b__adjlist=b"\xef\xbb\xbfa b;c;;\nc;9.06E+17\n\xff;a\n")
    assert comma.counts.keys() == {("a b", "c")}
    assert comma.file.refused == 2

"""GraphML, GML, Pajek, DL and LGL: ids stay text, and what networkx or igraph writes comes back."""

import gzip
import io
import tempfile
import warnings
import zipfile
from collections import Counter
from pathlib import Path

import igraph
import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.archive import store
from explorer.errors import SourceError, StarlingError
from explorer.ingest import graphfiles
from explorer.ingest.run import take_in
from explorer.job import silent

GRAPHML = """<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="l" for="node" attr.name="label" attr.type="string"/>
<key id="x" for="node" attr.name="x" attr.type="double"/>
<key id="y" for="node" attr.name="y" attr.type="double"/>
<key id="w" for="edge" attr.name="weight" attr.type="double"/>
<key id="k" for="edge" attr.name="kind" attr.type="string"/>
<graph edgedefault="directed">
<node id="12345678901234567890"><data key="l"><![CDATA[Ann & Bob]]></data>
<data key="x">1</data><data key="y">-2</data></node>
<node id="7"><data key="x">3</data><data key="y">4</data></node>
<edge source="12345678901234567890" target="7"><data key="w">2.5</data></edge>
<edge source="12345678901234567890" target="7"><data key="w">1</data></edge>
<edge source="7" target="7"/>
<edge source="7" target="12345678901234567890"><data key="k">mention</data></edge>
</graph></graphml>"""


def test_graphml_keeps_ids_names_places_weights_and_kinds(draw):
    drawn = draw(a__graphml=GRAPHML)
    ann, other = drawn.accounts["12345678901234567890"], drawn.accounts["7"]
    assert (ann["name"], ann["x"], ann["y"]) == ("Ann & Bob", 1, -2)
    assert (other["name"], other["x"], other["y"]) == ("7", 3, 4)
    link = drawn.edges["12345678901234567890", "7", "link"]
    assert (link["count"], link["weight"]) == (2, 3.5)
    assert drawn.edges["7", "12345678901234567890", "mention"]["count"] == 1
    assert drawn.receipt.interactions.self == 1
    assert (drawn.file.read, drawn.file.merged) == (6, 1)


def test_a_packed_graph_is_the_same(draw):
    drawn = draw(a__graphml__gz=gzip.compress(GRAPHML.encode()))
    assert len(drawn.accounts) == 2


def test_graphs_in_a_zip_are_read(draw):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("deep/edges.csv", "Source,Target\n7,8\n")
        archive.writestr("a.graphml", GRAPHML)
        archive.writestr("read.txt", "Read me.")
    drawn = draw(a__zip=packed.getvalue())
    assert drawn.accounts.keys() == {"12345678901234567890", "7", "8"}
    assert [one.reason for one in drawn.receipt.skipped] == ["a text"]


def test_a_damaged_graph_is_passed_over_and_named(draw):
    drawn = draw(a__gml="graph [ node [", b__csv="Source,Target\n7,8\n")
    assert drawn.counts == {("7", "8"): 1}
    assert "a.gml is not whole GML" in drawn.receipt.skipped[0].reason


def test_what_a_killed_reader_leaves_of_a_graph_is_found_by_the_next_import(
    draw, tmp_path, monkeypatch
):
    monkeypatch.setenv("STARLING_CACHE", str(tmp_path / "cache"))
    seen = []

    def read(path):
        seen.append(Path(path))
        return igraph.Graph.Read_GML(path)

    monkeypatch.setitem(graphfiles.READERS, "GML", read)
    draw(a__gml="graph [ node [ id 1 ] node [ id 2 ] edge [ source 1 target 2 ] ]")
    assert seen[0].parent.name.startswith(store.INCOMING)
    assert seen[0].parent.parent == tmp_path / "cache"
    assert not seen[0].exists()


def test_names_that_are_words_of_pajek_are_names(draw):
    drawn = draw(a__net='*Vertices 4\n1 Q\n2 C 0.1 0.2\n3 "HOOK x"\n 4 5 \n*Arcs\n1 2\n3 4 2\n')
    assert {one["name"] for one in drawn.accounts.values()} == {"Q", "C", "HOOK x", "5"}
    assert sorted(drawn.counts.values()) == [1, 2]


def test_names_that_are_not_utf_8_are_refused(draw):
    with pytest.raises(SourceError, match="not in UTF-8"):
        draw(a__net='*Vertices 1\n1 "é"\n'.encode("latin-1"))


def test_several_graphs_become_one(draw):
    drawn = draw(a__graphml=GRAPHML, b__csv="Source,Target\n7,8\n7,12345678901234567890\n")
    assert drawn.accounts.keys() == {"12345678901234567890", "7", "8"}
    assert drawn.counts["7", "8"] == 1


GML = """Creator "x"
graph [ directed 1
node [ id 12345678901234567 label "caf&#233;" ] node [ id 12345678901234568 ] node [ id 3 ]
edge [ source 12345678901234567 target 12345678901234568 ]
edge [ source 3 target 12345678901234567 weight 2 ] ]"""


def test_ids_of_gml_are_never_rounded(draw):
    drawn = draw(a__gml=GML)
    assert drawn.counts == {
        ("12345678901234567", "12345678901234568"): 1,
        ("3", "12345678901234567"): 2,
    }
    assert drawn.accounts["12345678901234567"]["name"] == "café"


def test_an_id_attribute_that_was_rounded_is_refused(draw):
    text = GRAPHML.replace('attr.name="x"', 'attr.name="id"').replace(
        '<data key="x">1<', '<data key="x">1.5<'
    )
    with pytest.raises(SourceError, match="attribute called id"):
        draw(a__graphml=text)


def test_pajek_goes_by_labels_where_they_tell_accounts_apart(draw):
    text = '*Vertices 3\n1 "a b" 0.1 0.2\n2 "c" 0.3 0.4\n3 "d" 0.5 0.6\n*Arcs\n1 2 2\n*Edges\n2 3\n'
    drawn = draw(a__net=text)
    assert drawn.counts["a b", "c"] == 2
    assert (drawn.accounts["d"]["x"], drawn.accounts["d"]["y"]) == (0.5, 0.6)
    same = draw(b__net=text.replace('"c"', '"d"'))
    assert same.counts["1", "2"] == 2
    assert same.accounts["2"]["name"] == "d"


@pytest.mark.parametrize(
    "text",
    [
        "DL n=3\nformat = edgelist1\nlabels:\na, b\nc\ndata:\n1 2\n1 3 2\n3 1\n",
        "dl n=3 format=edgelist1\nlabels embedded\ndata:\na b\na c 2\nc a\n",
        "dl n=3\nformat = nodelist1\nlabels:\na b c\ndata:\n1 2 3 3\n3 1\n",
        "dl n=3\nlabels:\na,b,c\ndata:\n0 1 2\n0 0 0\n1 0 0\n",
        "dl n=3\nlabels embedded\ndata:\na b c\nA 0 1 2\nB 0 0 0\nC 1 0 0\n",
    ],
)
def test_every_form_of_dl_gives_the_same_graph(draw, text):
    drawn = draw(a__dl=text)
    assert drawn.counts == {("a", "b"): 1, ("a", "c"): 2, ("c", "a"): 1}
    assert drawn.accounts.keys() == {"a", "b", "c"}


def test_dl_with_too_few_labels_goes_by_numbers(draw):
    text = "dl n=2\nlabels:\nbass\ndata:\n0 1\n0 0\n1 1\n1\n"
    drawn = draw(a__dl=text)
    assert drawn.counts == {("1", "2"): 1}
    assert dict(drawn.file.reasons) == {
        "a row of a matrix too many": 1,
        "a row of a matrix that is not whole": 1,
    }


@pytest.mark.parametrize("text", ["dl n=3\n", "dl n=3 nm=2\ndata:\n", "dl n=3 format=x\ndata:\n"])
def test_dl_of_another_kind_is_refused(draw, text):
    with pytest.raises(SourceError, match="is a UCINET DL file"):
        draw(a__dl=text)


def test_gdf_is_read(draw):
    text = (
        "nodedef>name VARCHAR,label VARCHAR,x DOUBLE,y DOUBLE\n"
        "a,'Ann, B.',1,2\nb,Bob,3,4\nb,Bob,3,4\n,x,1,1\n"
        "edgedef>node1 VARCHAR,node2 VARCHAR,weight DOUBLE,directed BOOLEAN\n"
        "a,b,2,true\nb,a,1,false\na,,1,true\n"
    )
    drawn = draw(a__gdf=text)
    assert drawn.counts == {("a", "b"): 2, ("b", "a"): 1}
    assert (drawn.accounts["a"]["name"], drawn.accounts["b"]["x"]) == ("Ann, B.", 3)
    assert (drawn.file.read, drawn.file.merged, drawn.file.refused) == (7, 1, 2)


def test_vna_is_read(draw):
    text = (
        '*Node data\nID value\n1 10\n"a b" 11\n*Node properties\nID x y shortlabel\n'
        '1 5 6 One\n"a b" 7 8 Two\n*Tie data\nfrom to strength\n1 "a b" 2\n'
    )
    drawn = draw(a__vna=text)
    assert drawn.counts == {("1", "a b"): 2}
    assert (drawn.accounts["1"]["name"], drawn.accounts["a b"]["y"]) == ("One", 8)
    assert drawn.file.read == 3


def test_lgl_is_read(draw):
    assert draw(a__lgl="# a\nb\nc 2\n# b\nc\n").counts == {
        ("a", "b"): 1,
        ("a", "c"): 2,
        ("b", "c"): 1,
    }


@pytest.mark.parametrize(
    "text", ["*Vertices 900000000\n*Arcs\n1 2\n", "dl n=900000000\ndata:\n1 2"]
)
def test_a_file_that_promises_too_much_is_refused(draw, text):
    with pytest.raises(SourceError, match="900,000,000 accounts, more than it can hold"):
        draw(a__net=text)


def test_a_word_without_end_is_refused_before_it_takes_minutes(draw):
    with pytest.raises(SourceError, match="a word of more than 100,000 letters"):
        draw(a__net='*Vertices 2\n1 "a"\n2 "b"\n*Arcs\n1 2 ' + "a" * 300_000 + "\n")


def test_blanks_without_end_are_refused_before_they_take_minutes(draw):
    with pytest.raises(SourceError, match="more than 100,000 blanks in a row"):
        draw(a__gml="graph [ directed 1 node [ id 1 l" + " " * 300_000 + "] ]")


def test_archive_tables_win_over_graphs_beside_them(desk, make):
    paths = [
        desk.write("a.graphml", GRAPHML.encode()),
        desk.write("b.csv", b"Source,Target\n1,2\n"),
        desk.write("x_users_csv_hashed.csv", make.users("a", "b")),
    ]
    taken = desk.take(*paths)
    assert taken.ids == {"a", "b"}
    assert {Path(one.path).name for one in taken.receipt.skipped} == {"a.graphml", "b.csv"}


# round trips through the other tools' own writers

names = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1).filter(
    lambda name: not set(name) & set('"&#[]<>%*')
)


@st.composite
def graphs(draw):
    ids = draw(st.lists(names, min_size=1, max_size=8, unique=True))
    ends = st.tuples(st.sampled_from(ids), st.sampled_from(ids))
    graph = draw(st.sampled_from([nx.DiGraph, nx.Graph]))()
    graph.add_nodes_from(ids)
    graph.add_weighted_edges_from(
        (a, b, draw(st.integers(1, 9))) for a, b in draw(st.lists(ends, max_size=12)) if a != b
    )
    return graph


WRITERS = {
    "g.graphml": nx.write_graphml_xml,
    "g.gexf": nx.write_gexf,
    "g.gml": nx.write_gml,
    "g.net": nx.write_pajek,
}


def read_back(name, data):
    """Names and, by names, weights of what is read; None with the words of a refusal."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            stored, receipt = take_in([path], Path(folder) / "cache", silent)
        except StarlingError as error:
            return None, str(error)
        assert not receipt.discrepancies()
        with store.connect(stored.folder) as db:
            accounts = db.execute("SELECT id, name FROM accounts").fetchall()
            edges = db.execute("SELECT source, target, count FROM edges").fetchall()
    called = dict(accounts)
    return set(called.values()), {(called[a], called[b]): count for a, b, count in edges}


quick = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", WRITERS)
@given(graph=graphs())
@quick
def test_what_networkx_writes_comes_back(name, graph):
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        WRITERS[name](graph, file)
    nodes, edges = read_back(name, file.getvalue())
    assert nodes == set(graph)
    either = edges if graph.is_directed() else {frozenset(pair): w for pair, w in edges.items()}
    pairs = graph.edges.data("weight")
    key = tuple if graph.is_directed() else frozenset
    assert either == {key((a, b)): weight for a, b, weight in pairs}


@pytest.mark.parametrize("ending", ["graphml", "gml", "net"])
@given(
    ends=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=15),
    directed=st.booleans(),
)
@quick
def test_what_igraph_writes_comes_back(ending, ends, directed):
    graph = igraph.Graph(6, ends, directed=directed)
    graph.vs["name" if ending == "net" else "label"] = [f"n{i}" for i in range(6)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "g"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            graph.write(str(path), format=ending)
        nodes, edges = read_back(f"g.{ending}", path.read_bytes())
    assert nodes == {f"n{i}" for i in range(6)}
    key = tuple if directed else frozenset
    wanted = Counter(key((f"n{a}", f"n{b}")) for a, b in ends if a != b)
    found = Counter()
    for pair, count in edges.items():
        found[key(pair)] += count
    assert found == wanted


BITS = [
    *("<gexf>", "</gexf>", "<graph>", "<node id='a'/>", "<edge source='a' target='b'/>", "<nodes>"),
    *("graph [ ", "node [ id 1 ]", "edge [ source 1 target 1 ]", "]", 'label "x', "<graphml>"),
    *("*Vertices 2\n", '1 "a"\n', "*Arcs\n", "1 2\n", "dl n=3\n", "data:\n", "format=edgelist1\n"),
    *(
        "# a\n",
        "b\n",
        "Source,Target\n",
        "Id,Label\n",
        "a,b\n",
        '"',
        ",a,b\n",
        "a b 1\n",
        ";",
        "\t",
    ),
    *(
        '{"nodes":[',
        '{"id":1}',
        '],"links":[',
        '{"source":0,"target":1}',
        "]}",
        '{"data":[',
        "1e999",
    ),
    *('{"id":"1","author_id":"2"}', '{"id_str":"1","user":{"id":2}}', "null", "\n", "[", "]", "{}"),
    *("nodedef>name,x,y\n", "edgedef>node1,node2\n", "*Tie data\nfrom to\n", "*Node data\nID\n"),
    *(
        "digraph {",
        "a -> b",
        "subgraph x {",
        "}",
        "[label=",
        "%%MatrixMarket matrix coordinate real",
    ),
    *(" general\n", "3 3 2\n", "1 2 1\n", "strict graph {", "a -- {b c}", "<", "/*"),
    '{"did":"d","time_us":1,"kind":"commit","commit":{"operation":"create"}}',
    *("message_id,user_id,username,repost_id,reply_id,message,timestamp\n", "1,2,a,1,,x,9\n"),
]
ENDINGS = [
    "gexf",
    "graphml",
    "gml",
    "net",
    "dl",
    "lgl",
    "gdf",
    "vna",
    "ncol",
    "csv",
    "tsv",
    "json",
    "jsonl",
    "dot",
    "mtx",
    "x",
]


@pytest.mark.parametrize("ending", ENDINGS)
@given(
    data=st.binary(max_size=80) | st.lists(st.sampled_from(BITS)).map(lambda b: "".join(b).encode())
)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_bytes_give_a_graph_or_one_sentence(ending, data):
    nodes, rest = read_back(f"g.{ending}", data)
    assert nodes is not None or rest


AMPERSANDS = [
    "a&b",
    "a&#38;b",
    "&#38;",
    "&amp;",
    "&amp;#38;",
    "<x>",
    "&#60;",
    "x&#38",
    "&&",
    "&#10;",
]


def test_ids_with_ampersands_are_those_that_networkx_wrote(draw):
    made = nx.DiGraph()
    made.add_nodes_from(AMPERSANDS)
    text = "".join(nx.generate_graphml(made))
    assert draw(a__graphml=text).accounts.keys() == {*AMPERSANDS}


def test_ids_with_ampersands_are_those_that_igraph_wrote(draw, tmp_path):
    made = igraph.Graph(len(AMPERSANDS), directed=True)
    made.vs["id"] = AMPERSANDS
    path = tmp_path / "written.graphml"
    made.write_graphml(str(path))
    assert draw(a__graphml=path.read_text("utf-8")).accounts.keys() == {*AMPERSANDS}


@pytest.mark.parametrize("written", ["&amp;", "&#38;", "&#x26;", "&#038;"])
def test_an_ampersand_may_be_written_in_any_way(draw, written):
    text = f'<graphml><graph edgedefault="directed"><node id="a{written}b"/></graph></graphml>'
    assert draw(a__graphml=text).accounts.keys() == {"a&b"}


def test_pajek_of_several_relations_is_read(draw):
    text = """*Network two
*Vertices 3
1 "Ann B" 0.1 0.2
2 "Ben"
3 "Cat"
*Arcs :1 "likes"
1 2 2.5
*Edges :12 "knows *Arcs :3"
2 3 1
*Arcslist :2
3 1 2
"""
    for ends in (text, text.replace("\n", "\r\n"), text.upper().replace("BEN", "Ben")):
        drawn = draw(a__net=ends)
        assert len(drawn.accounts) == 3
        assert len(drawn.edges) == 4
    drawn = draw(a__net='*Vertices 1\n1 "*Arcs :1 x"\n')
    assert list(drawn.accounts) == ["*Arcs :1 x"]

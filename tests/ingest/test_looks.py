"""How a file draws its accounts is kept: colour and size, from every format that says it."""

import math

import pytest

from explorer.graph.build import OpenArchive
from explorer.ingest.values import colour

RED, SIZE = "#ff0080", 2.5
FILES = {
    "a.gexf": """<gexf xmlns:viz="x"><graph><nodes>
        <node id="a"><viz:color r="255" g="0" b="128" a="0.5"/><viz:size value="2.5"/></node>
        <node id="b"/><node id="c"><viz:color hex="#FF0080"/><viz:size value="1"/></node></nodes>
        <edges><edge source="a" target="b"><viz:color r="1" g="2" b="3"/></edge></edges>
        </graph></gexf>""",
    "a.graphml": """<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
        <key id="r" for="node" attr.name="r" attr.type="int"/>
        <key id="g" for="node" attr.name="g" attr.type="int"/>
        <key id="b" for="node" attr.name="b" attr.type="int"/>
        <key id="s" for="node" attr.name="size" attr.type="double"/>
        <graph edgedefault="directed"><node id="a"><data key="r">255</data><data key="g">0</data>
        <data key="b">128</data><data key="s">2.5</data></node><node id="b"/>
        <node id="c"><data key="s">1</data></node></graph></graphml>""",
    "a.json": """{"options": {}, "nodes": [{"key": "a", "attributes": {"color": "#f08",
        "size": 2.5}}, {"key": "b"}, {"key": "c", "attributes": {"size": 1}}], "edges": []}""",
    "a.gdf": "nodedef>name,color,width\na,'255,0,128',2.5\nb\nc,,1\nedgedef>node1,node2\na,b",
    "a.dot": 'graph { a [fillcolor="#ff0080ff", width=2.5]; b; c [color=red, width=1] }',
}
FILES["a.json"] = FILES["a.json"].replace("#f08", "#ff0080")


@pytest.mark.parametrize("name", FILES)
def test_colours_and_sizes_become_columns_of_the_graph(tmp_path, name):
    path = tmp_path / name
    path.write_text(FILES[name], "utf-8")
    graph = OpenArchive((path,), tmp_path / "cache")(lambda *_: None).graph
    row = graph.text("id").strings().index("a")
    assert graph.nodes["colour"][row] == RED
    assert graph.nodes["size"][row] == SIZE
    other = graph.text("id").strings().index("b")
    assert graph.nodes["colour"][other] == ""
    assert math.isnan(graph.nodes["size"][other])


def test_a_table_of_nodes_may_say_how_they_look(draw):
    drawn = draw(
        n__csv="Id,Label,Color,Size\na,,#FF0080,2.5\nb,,,1\n", e__csv="Source,Target\na,b\n"
    )
    assert (drawn.accounts["a"]["colour"], drawn.accounts["a"]["size"]) == (RED, SIZE)


def test_a_file_that_draws_all_alike_says_nothing_of_sizes(draw):
    drawn = draw(n__csv="Id,Label,Size\na,,0\nb,,0\n", e__csv="Source,Target\na,b\n")
    assert "size" not in drawn.accounts["a"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *(("#ABC", "#aabbcc"), ("#a1b2c3", "#a1b2c3"), ("#a1b2c3ff", "#a1b2c3")),
        *(("300,0,5", "#ff0005"), ("rgb(1, 2, 3)", "#010203"), ("rgba(1,2,3,.5)", "#010203")),
        *(("red", ""), ("", ""), ("1,2", ""), ("#12", "")),
    ],
)
def test_a_colour_is_known_however_it_is_written(text, meant):
    assert colour(text) == meant


def test_an_edge_lives_from_its_first_spell_to_its_last(draw):
    spells = "".join(f'<spell start="{a}" end="{b}"/>' for a, b in (("2020-02-01", "2020-03-01"),
        ("2020-01-01", "2020-01-02")))  # fmt: skip
    ends = '<edge source="b" target="a" end="2020-05-01"/>'
    drawn = draw(
        a__gexf='<gexf><graph defaultedgetype="directed"><nodes><node id="a"/><node id="b"/>'
        f'</nodes><edges><edge source="a" target="b"><spells>{spells}</spells></edge>{ends}'
        "</edges></graph></gexf>"
    )
    edge, ended = drawn.edges["a", "b", "link"], drawn.edges["b", "a", "link"]
    assert (edge["first"], edge["last"]) == (1577836800, 1583020800)
    assert ended["first"] == ended["last"] == 1588291200


def test_pairs_that_coortweet_found_have_no_direction(draw):
    text = "object_id,account_id,account_id_y,content_id,content_id_y,time_delta\n"
    drawn = draw(a__csv=text + "o,a,b,1,2,3\no,b,a,3,4,1\n")
    assert drawn.counts == {("a", "b"): 2}
    assert "undirected" in drawn.file.format

"""GraphML as yEd writes it: names, places, sizes and colours stand in elements of its own."""

import pytest

HEAD = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
 xmlns:y="http://www.yworks.com/xml/graphml" xmlns:yed="http://www.yworks.com/xml/yed/3">
<key for="node" id="d4" attr.name="url" attr.type="string"/>
<key for="node" id="d6" yfiles.type="nodegraphics"/>
<key for="edge" id="d10" yfiles.type="edgegraphics"/>
<graph edgedefault="directed" id="G">"""
NODE = """<node id="{id}"><data key="d4"/><data key="d6"><y:ShapeNode>
<y:Geometry height="30.0" width="{wide}" x="{x}" y="{y}"/>
<y:Fill color="{fill}" transparent="false"/><y:BorderStyle color="#000000" width="1.0"/>
<y:NodeLabel alignment="center" x="11" y="5">{label}<y:LabelModel/></y:NodeLabel>
<y:NodeLabel>a second one</y:NodeLabel><y:Shape type="rectangle"/></y:ShapeNode></data></node>"""
EDGE = """<edge id="e0" source="n0" target="n1"><data key="d10"><y:PolyLineEdge>
<y:EdgeLabel>follows</y:EdgeLabel></y:PolyLineEdge></data></edge>"""


@pytest.fixture
def drawn(draw):
    first = NODE.format(id="n0", wide=30.0, x=100, y=50, fill="#FFCC00", label="\n Ann &amp; 观察 ")
    second = NODE.format(id="n1", wide=70.0, x=-35, y=0, fill="#99f", label="Bob")
    bare = '<node id="n2"/>'
    return draw(a__graphml=HEAD + first + second + bare + EDGE + "</graph></graphml>")


def test_the_first_label_is_the_name(drawn):
    assert drawn.accounts["n0"]["name"] == "Ann & 观察"
    assert drawn.accounts["n1"]["name"] == "Bob"
    assert drawn.accounts["n2"]["name"] == "n2"


def test_the_middle_of_a_shape_is_its_place_and_up_is_up(drawn):
    first, second = drawn.accounts["n0"], drawn.accounts["n1"]
    assert (first["x"], first["y"]) == (115, -65)
    assert (second["x"], second["y"]) == (0, -15)


def test_edges_are_those_of_the_graph(drawn):
    assert [*drawn.edges] == [("n0", "n1", "link")]


def test_names_given_as_attributes_go_before_labels(draw):
    key = '<key id="l" for="node" attr.name="label" attr.type="string"/><graph '
    told = NODE.format(id="a", wide=30, x=0, y=0, fill="#fff", label="drawn")
    told = told.replace("<data", '<data key="l">said</data><data', 1)
    text = HEAD.replace("<graph ", key) + told + "</graph></graphml>"
    assert draw(a__graphml=text).accounts["a"]["name"] == "said"


def test_a_file_of_another_program_is_left_as_it_is(draw):
    text = (HEAD + NODE + "</graph></graphml>").replace("www.yworks.com", "example.org")
    text = text.format(id="a", wide=30, x=0, y=0, fill="#fff", label="drawn")
    assert draw(a__graphml=text).accounts["a"]["name"] == "a"


def test_accounts_of_a_group_have_looks_of_their_own(draw):
    inner = NODE.format(id="g::a", wide=30, x=0, y=0, fill="#fff", label="inner")
    group = NODE.format(id="g", wide=300, x=0, y=0, fill="#fff", label="group")
    nested = f'<graph edgedefault="directed" id="g:">{inner}</graph></node>'
    text = HEAD + group.removesuffix("</node>") + nested + "</graph></graphml>"
    found = draw(a__graphml=text).accounts
    assert found["g"]["name"] == "group"
    assert found["g::a"]["name"] == "inner"

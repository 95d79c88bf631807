"""GEXF of every version, and what others leave out of it."""

import pytest

from explorer.errors import SourceError

NAMESPACES = [
    "http://www.gexf.net/1.1draft",
    "http://www.gexf.net/1.2draft",
    "http://www.gexf.net/1.3",
    "http://gexf.net/1.3",
]
BODY = """
<graph defaultedgetype="directed">
  <attributes class="node"><attribute id="n" title="Name" type="string"/></attributes>
  <attributes class="edge"><attribute id="k" title="kind" type="string"/></attributes>
  <nodes>
    <node id="1234567890123456789" label="Ann &amp; Bob">
      <viz:position x="1.5" y="-2" z="0"/><viz:color r="1" g="2" b="3" a="0.5"/>
    </node>
    <node id="0.0"><attvalues><attvalue for="n" value="Eve"/></attvalues>
      <viz:position x="0" y="4"/>
      <nodes><node id="in"/></nodes>
    </node>
  </nodes>
  <edges>
    <edge id="0" source="1234567890123456789" target="0.0" weight="3"/>
    <edge id="1" source="0.0" target="1234567890123456789">
      <attvalues><attvalue for="k" value="retweet"/></attvalues></edge>
    <edge id="2" source="in" target="in"/>
    <edge id="3" source="in" target="gone"/>
    <edge id="4" source="in"/>
  </edges>
</graph>"""


def gexf(body=BODY, namespace=NAMESPACES[2], prolog=""):
    viz = 'xmlns:viz="http://www.gexf.net/1.3/viz"'
    return f'<?xml version="1.0"?>{prolog}<gexf xmlns="{namespace}" {viz}>{body}</gexf>'


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_any_namespace_is_read(draw, namespace):
    drawn = draw(a__gexf=gexf(namespace=namespace))
    assert drawn.accounts.keys() == {"1234567890123456789", "0.0", "in"}
    assert drawn.file.format == "GEXF graph, directed"


def test_names_places_weights_and_kinds_are_kept(draw):
    drawn = draw(a__gexf=gexf())
    ann, eve = drawn.accounts["1234567890123456789"], drawn.accounts["0.0"]
    assert (ann["name"], eve["name"], drawn.accounts["in"]["name"]) == ("Ann & Bob", "Eve", "in")
    assert (ann["x"], ann["y"], eve["x"], eve["y"]) == (1.5, -2, 0, 4)
    assert drawn.accounts["in"]["x"] is None
    assert drawn.edges["1234567890123456789", "0.0", "link"]["count"] == 3
    assert drawn.edges["0.0", "1234567890123456789", "retweet"]["count"] == 1


def test_loops_and_edges_to_nowhere_are_accounted_for(draw):
    drawn = draw(a__gexf=gexf())
    assert drawn.receipt.interactions.self == 1
    assert dict(drawn.file.reasons) == {
        "an edge to a node that is not in the file": 1,
        "an edge without a source or target": 1,
    }
    assert (drawn.file.read, drawn.file.kept, drawn.file.refused) == (8, 6, 2)


def test_a_prefix_before_every_name_changes_nothing(draw):
    text = '<g:gexf xmlns:g="x"><g:graph><g:nodes><g:node id="a"/></g:nodes></g:graph></g:gexf>'
    assert draw(a__gexf=text).accounts.keys() == {"a"}


def test_edges_may_come_before_their_nodes(draw):
    body = (
        "<graph><edges><edge source='a' target='b'/></edges>"
        "<nodes><node id='b'/><node id='a'/></nodes></graph>"
    )
    assert draw(a__gexf=gexf(body)).counts == {("a", "b"): 1}


def test_an_undirected_edge_is_kept_once_as_first_written(draw):
    body = (
        '<graph defaultedgetype="undirected"><nodes><node id="a"/><node id="b"/></nodes><edges>'
        '<edge source="b" target="a"/><edge source="a" target="b"/></edges></graph>'
    )
    drawn = draw(a__gexf=gexf(body))
    assert drawn.counts == {("b", "a"): 2}
    assert "undirected: an edge runs as it was first written" in drawn.file.format
    assert drawn.file.merged == 1


@pytest.mark.parametrize(
    "prolog", ["<!DOCTYPE gexf>", '<!DOCTYPE gexf [<!ENTITY a "b">]>', "<!DOCTYPE x SYSTEM 'y'>"]
)
@pytest.mark.parametrize("name", ["a__gexf", "a__graphml"])
def test_a_document_type_declaration_is_refused(draw, prolog, name):
    text = gexf(prolog=prolog)
    text = text if name == "a__gexf" else text.replace("gexf", "graphml")
    with pytest.raises(SourceError, match="document type declaration"):
        draw(**{name: text})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (gexf()[:-30], "a.gexf is not well-formed XML: unclosed token in line 20"),
        (gexf("<meta/>"), "a.gexf is a GEXF file that holds no graph"),
        (gexf("<graph/>"), "a.gexf is a graph without accounts and edges"),
        (gexf("<graph><nodes><node id='&a;'/></nodes></graph>"), "undefined entity in line 1"),
        ('<?xml version="1.0" encoding="x-odd"?><gexf/>', "a.gexf is"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(draw, text, words):
    with pytest.raises(SourceError, match=words.replace(".", r"\.")):
        draw(a__gexf=text)


def dynamic(edge, spells="", timeformat="date"):
    return gexf(
        f'<graph mode="dynamic" defaultedgetype="directed" timeformat="{timeformat}"><nodes>'
        '<node id="a" start="1999-01-01"><spells><spell start="1999-01-01" end="2030-01-01"/>'
        "</spells></node>"
        '<node id="b"><spell start="1999-01-01"/></node></nodes>'
        f'<edges><edge source="a" target="b" {edge}>{spells}</edge></edges></graph>'
    )


JUNE, JULY = 1590969600, 1593561600


@pytest.mark.parametrize(
    ("edge", "spells", "first", "last"),
    [
        ('start="2020-06-01" end="2020-07-01"', "", JUNE, JULY),
        ('start="2020-06-01T00:00:00Z" end="2020-07-01T02:00:00+02:00"', "", JUNE, JULY),
        ('startopen="2020-06-01" endopen="2020-07-01"', "", JUNE, JULY),
        ('start="1.5909696E12" end="1593561600000"', "", JUNE, JULY),
        ('start="1590969600.0" end="1593561600.0"', "", JUNE, JULY),
        ('timestamp="2020-06-01"', "", JUNE, JUNE),
        ('timestamps="&lt;[1590969600.0, 1593561600.0]&gt;"', "", JUNE, JULY),
        ('intervals="&lt;[2020-06-01, 2020-06-02]; [2020-06-03, 2020-07-01]&gt;"', "", JUNE, JULY),
        (
            "",
            '<spells><spell start="2020-06-20" end="2020-07-01"/>'
            '<spell start="2020-06-01" end="2020-06-02"/></spells>',
            JUNE,
            JULY,
        ),
        ("", '<slices><slice start="2020-06-01" end="2020-07-01"/></slices>', JUNE, JULY),
        ('start="-Infinity" end="Infinity"', "", -1, -1),
        ('start="2004.0" end="2009.0"', "", -1, -1),
        ("", "", -1, -1),
    ],
)
@pytest.mark.parametrize("timeformat", ["date", "double", "dateTime"])
def test_when_an_edge_was_there_is_its_first_and_last(draw, edge, spells, first, last, timeformat):
    (found,) = draw(a__gexf=dynamic(edge, spells, timeformat)).edges.values()
    assert (found["first"], found["last"]) == (first, last)

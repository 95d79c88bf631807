"""What GraphML may hold beside one plain graph: nothing of it is left out without a word."""

import pytest

from explorer.errors import SourceError
from explorer.ingest import markup

HEAD = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
GRAPH = '<graph edgedefault="directed">'


def file_of(inside):
    return f"{HEAD}{GRAPH}{inside}</graph></graphml>"


NESTED = """<node id="g"><data key="none">x</data><graph id="g:" edgedefault="directed">
<node id="a"/><node id="deep"><graph edgedefault='directed'><node id="b"/></graph></node>
<edge source="a" target="b"/></graph>
</node><node id="empty"><graph edgedefault="directed"/></node><node id="c"/>
<edge source="c" target="a"/>"""


def test_accounts_and_edges_of_graphs_within_accounts_are_read(draw):
    drawn = draw(a__graphml=file_of(NESTED))
    assert [*drawn.accounts] == ["g", "a", "deep", "b", "empty", "c"]
    assert {*drawn.edges} == {("a", "b", "link"), ("c", "a", "link")}
    assert drawn.file.read == 8


def test_they_are_read_with_a_prefix_too(draw):
    text = file_of(NESTED).replace("<", "<g:").replace("<g:/", "</g:")
    text = text.replace("xmlns=", "xmlns:g=")
    assert {*draw(a__graphml=text).edges} == {("a", "b", "link"), ("c", "a", "link")}


def test_an_account_that_is_there_twice_is_counted(draw):
    drawn = draw(a__graphml=file_of('<node id="a"/><!-- <node id="x"/> --><node id="a"/>'))
    assert len(drawn.accounts) == 1
    assert (drawn.file.read, drawn.file.merged) == (2, 1)


def test_hyperedges_are_refused_and_counted(draw):
    ends = '<hyperedge><endpoint node="a"/><endpoint node="b"/></hyperedge>'
    drawn = draw(a__graphml=file_of(f'<node id="a"/><node id="b"/>{ends}{ends}'))
    assert drawn.file.refused == 2
    assert drawn.file.read == 4


def test_an_edge_may_have_a_way_of_its_own(draw):
    edges = '<edge source="b" target="a" directed="false"/><edge source="b" target="c"/>'
    nodes = '<node id="a"/><node id="b"/><node id="c"/>'
    drawn = draw(a__graphml=file_of(nodes + edges))
    assert "partly undirected" in drawn.file.format


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f'{HEAD}{GRAPH}<node id="a"/></graph>{GRAPH}</graph></graphml>', "2 graphs beside"),
        (
            file_of('<node id="a"><graph edgedefault="undirected"><node id="b"/></graph></node>'),
            "within each other",
        ),
        (
            file_of(
                '<node id="a"/><edge source="a" target="a"><graph edgedefault="directed">'
                '<node id="b"/></graph></edge>'
            ),
            "within an edge",
        ),
    ],
)
def test_what_would_be_lost_is_refused_by_name(draw, text, said):
    with pytest.raises(SourceError, match=said):
        draw(a__graphml=text)


@pytest.mark.parametrize("ending", ["graphml", "gexf"])
def test_a_tag_without_end_is_refused_soon(draw, ending):
    text = f'<{ending}><graph><node id="' + "a" * (markup.LONGEST + 2 * markup.BLOCK)
    with pytest.raises(SourceError, match="has a tag of more than 2 MB"):
        draw(**{f"a__{ending}": text})


def test_long_words_between_tags_are_no_tag():
    block = b"<a>" + b"x" * 100
    assert markup._unfinished(block, 0) == 0
    assert markup._unfinished(b"x" * 100, 0) == 0
    assert markup._unfinished(b"<a b='" + b"x" * 94, 0) == 100
    assert markup._unfinished(b"x" * 100, 50) == 150
    assert markup._unfinished(b"x'><b ", 50) == 3

"""DOT: what Graphviz writes and people write by hand, and what would break a reader."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.errors import SourceError
from explorer.ingest import dot
from explorer.ingest.dotwords import Malformed, words


def test_chains_subgraphs_and_groups_join_each_with_each(draw):
    drawn = draw(
        a__dot="digraph g { a -> b -> {c d; e} ; subgraph s {x; y} -> z; subgraph s -> w }"
    )
    assert drawn.counts.keys() == {
        *(("a", "b"), ("b", "c"), ("b", "d"), ("b", "e")),
        *(("x", "z"), ("y", "z"), ("x", "w"), ("y", "w")),
    }
    assert drawn.file.format == "DOT graph, directed"


def test_ids_are_kept_however_they_are_quoted(draw):
    text = r"""graph {
        "a \"b\"" -- <x <b>y</b>> ; 9061234567890123456 -- -.5
        "one" + "two" -- "lin\
e" ; tschüß:port:ne -- 密 }"""
    drawn = draw(a__gv=text)
    assert drawn.counts.keys() == {
        ('a "b"', "<x <b>y</b>>"),
        ("9061234567890123456", "-.5"),
        ("onetwo", "line"),
        ("tschüß", "密"),
    }
    assert drawn.file.format.startswith("DOT graph, undirected")


def test_comments_and_preprocessor_lines_say_nothing(draw):
    text = '# 1 "x"\n// a -> b\n/* {\n -> */ strict /**/ digraph{a->b;\n#c->d\nb->c//->d\n}'
    assert draw(a__txt=text).counts.keys() == {("a", "b"), ("b", "c")}


def test_attributes_of_nodes_and_edges_and_their_defaults(draw):
    text = r"""digraph {
        graph [bb="0,0,1,1"]; rankdir=LR
        node [label="Some\none"] edge [weight=2, kind=reply]
        a [pos="1.5,-2!", label=<Ann &amp; <b>Bob</b>>];
        subgraph cluster { node [label="\N"]; b }
        a -> b [weight=3][color=red,]; c -> a }"""
    drawn = draw(a__dot=text)
    assert {i: one["name"] for i, one in drawn.accounts.items()} == {
        "a": "Ann & Bob",
        "b": "b",
        "c": "Some one",
    }
    assert {key: edge["count"] for key, edge in drawn.edges.items()} == {
        ("a", "b", "reply"): 3,
        ("c", "a", "reply"): 2,
    }


def test_positions_are_kept(draw):
    drawn = draw(a__dot='graph { a [pos="1,2"]; b [pos="3,-4.5!"]; a -- b }')
    assert [(one["x"], one["y"]) for one in drawn.accounts.values()] == [(1, 2), (3, -4.5)]


def test_a_strict_graph_has_an_edge_once_and_the_receipt_says_so(draw):
    drawn = draw(a__dot="strict graph { a -- b; b -- a; a -- b; a -- a }")
    assert drawn.counts == {("a", "b"): 1}
    assert (drawn.file.read, drawn.file.kept, drawn.file.merged) == (6, 4, 2)
    assert draw(b__dot="graph { a -- b; b -- a }").counts == {("a", "b"): 2}


def test_arrows_and_lines_may_be_mixed(draw):
    assert "partly undirected" in draw(a__dot="graph { a -- b; c -> d }").file.format


def test_several_graphs_are_one(draw):
    drawn = draw(a__dot="graph { a -- b } graph { b -- c }")
    assert (len(drawn.accounts), drawn.file.format[:20]) == (3, "DOT graphs, 2 as one")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("digraph { a -> b", "the end comes too early in line 1"),
        ("digraph {\n a -> ; }", "';' where it does not belong in line 2"),
        ("digraph {\n\n -> a }", "in line 3"),
        ("digraph { a -> -> b }", "'->' where"),
        ('digraph { "a -> b }', "what is not closed or no word"),
        ("digraph { a -> <b }", "a < that is not closed"),
        ("digraph { a [x=] }", "where it does not belong"),
        ("digraph { a /* }", "what is not closed"),
        ("digraph { a \x00 -> b }", "no word"),
        ("digraph { } stray", "'stray' where"),
        ("digraph " + "{" * 5000, "subgraphs more than 200 deep"),
        ("digraph { " + "<" * 5000, "a < that is not closed"),
        ('digraph { "a" + b -> c }', "a \\+ that joins nothing"),
    ],
)
def test_what_is_not_whole_is_one_sentence_with_its_line(draw, text, words):
    with pytest.raises(SourceError, match=r"a\.dot is not whole DOT: .*" + words):
        draw(a__dot=text)


def test_groups_cannot_be_multiplied_without_end(draw, monkeypatch):
    monkeypatch.setattr(dot, "MOST_EDGES", 1000)
    group = "{" + " ".join(f"n{i}" for i in range(20)) + "}"
    with pytest.raises(SourceError, match="groups joined by more than 1,000 edges"):
        draw(a__dot="digraph {" + "->".join([group] * 10) + "}")


def test_another_encoding_is_named_or_understood(draw):
    with pytest.raises(SourceError, match="not in UTF-8"):
        draw(a__dot="graph { ü -- b }".encode("latin-1"))
    drawn = draw(b__dot='graph { charset="latin1"; ü -- b }'.encode("latin-1"))
    assert ("ü", "b") in drawn.counts


def test_a_word_template_is_not_taken_for_a_graph(draw):
    with pytest.raises(SourceError, match="is an old Office document"):
        draw(a__dot=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


@given(st.text(alphabet='ab"<>{}[]-=;,+:/*#\\\n _1.ü\x00'))
def test_any_text_is_words_or_one_reason(text):
    with suppress(Malformed):
        assert list(words(text))[-1].kind == "end"

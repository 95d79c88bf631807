import json
import pickle
from dataclasses import fields, replace
from pathlib import Path
from types import SimpleNamespace
from typing import get_args

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from explorer.archive.receipt import FileReceipt, Receipt, Refusal
from explorer.document import choices, content, edits, envelope
from explorer.document.content import Beside, fingerprint, packed, same, unpacked
from explorer.document.file import (
    OpenSession,
    SaveSession,
    looks_like_session,
    open_session,
    save_session,
)
from explorer.document.model import ArchiveRef, Document, Named, Placing, Style
from explorer.document.upgrade import upgraded
from explorer.document.versions import versions_of
from explorer.errors import SessionFileError
from explorer.graph import direct, measured
from explorer.graph.direct import Authors, Column, Ids, Listed, Strengths, TopActive
from explorer.graph.measured import Hits, KCore
from explorer.graph.model import EMPTY, Category, Graph, Moments, Text, frozen
from explorer.graph.moments import Span
from explorer.graph.query import Between, Chosen, Clause, Filter, OneOf
from explorer.graph.roles import Roles
from explorer.job import silent

words = st.text(max_size=8)
numbers = st.floats(allow_nan=False, width=32)
kinds = st.frozensets(st.sampled_from(["retweet", "reply", "mention"]))
whole = st.integers(0, 2**40)
spans = st.one_of(st.none(), st.builds(Span, whole, whole))
rules = st.one_of(
    st.builds(Listed, kinds),
    st.builds(Authors, kinds),
    st.builds(Ids, st.frozensets(words, max_size=5), words, kinds),
    st.builds(Strengths, whole, whole, kinds),
    st.builds(TopActive, whole, kinds),
    st.builds(Column, words, words, kinds),
    st.builds(Hits, whole, kinds),
    st.builds(KCore, whole, kinds),
)
styles = st.builds(
    Style,
    hidden=st.frozensets(st.integers(0, 8)),
    node_size=numbers,
    edge_strength=numbers,
    labels=st.sampled_from(["none", "hover", "all"]),
)


def column(n):
    """A column of any type that a graph may have."""
    texts = st.lists(words, min_size=n, max_size=n)
    plain = st.sampled_from([np.bool_, np.int8, np.int64, np.uint64, np.float32, np.float64])
    return st.one_of(
        texts.map(Text.of),
        plain.flatmap(lambda dtype: arrays(dtype, n)),
        arrays(np.int8, n, elements=st.integers(0, 2)).map(
            lambda c: Category(c, ("", "b", "Ω\x00"))
        ),
    )


@st.composite
def moments(draw, m):
    if not m or draw(st.booleans()):
        return None
    k = draw(st.integers(0, 9))
    time = np.sort(draw(arrays(np.int64, k, elements=st.integers(0, 2**40))))
    return Moments(time, draw(arrays(np.int32, k, elements=st.integers(0, m - 1))))


@st.composite
def documents(draw):
    n = draw(st.integers(1, 8))
    m = draw(st.integers(0, 12))
    ends = arrays(np.int32, m, elements=st.integers(0, n - 1))
    ids = draw(st.lists(words, min_size=n, max_size=n, unique=True))
    nodes = {
        "id": Text.of(ids),
        **draw(st.dictionaries(words.filter(str.strip), column(n), max_size=3)),
    }
    nodes["id"] = Text.of(ids)
    edges = draw(st.dictionaries(words.filter(str.strip), column(m), max_size=3))
    graph = Graph(n, draw(ends), draw(ends), nodes, edges, draw(moments(m)))
    masks = arrays(np.bool_, n)
    clauses = st.one_of(
        st.builds(Between, words, numbers, st.one_of(numbers, st.just(float("inf")))),
        st.builds(OneOf, words, st.lists(words, max_size=3).map(tuple)),
        masks.map(Chosen),
    )
    return Document(
        graph=graph,
        roles=Roles(draw(arrays(np.uint8, n, elements=st.integers(0, 2))), draw(rules), graph),
        positions=frozen(draw(arrays(np.float32, (n, 2), elements=numbers.filter(np.isfinite)))),
        placing=Placing(draw(words), draw(words), draw(whole), draw(st.booleans())),
        named=tuple(
            Named(title, frozen(draw(masks))) for title in draw(st.lists(words, max_size=2))
        ),
        filter=Filter(tuple(draw(st.lists(clauses, max_size=3))), draw(kinds), draw(spans)),
        selected=frozen(draw(masks)),
        style=draw(styles),
    )


def clause_told(clause):
    return clause.kept.tolist() if isinstance(clause, Chosen) else clause


@settings(max_examples=40, deadline=None)
@given(documents(), st.builds(Beside, theme=words, steps=st.lists(words).map(tuple), origin=words))
def test_any_document_comes_back_as_it_was(document, beside):
    meta, parts = packed(document, beside)
    back = unpacked(json.loads(json.dumps(meta)), parts, "x.starling")
    assert same(back.document, document)
    assert back.document.roles.rule == document.roles.rule
    assert back.document.style == document.style
    assert back.document.placing == document.placing
    assert back.document.filter.hidden_kinds == document.filter.hidden_kinds
    assert back.document.filter.during == document.filter.during
    assert [*map(clause_told, back.document.filter.clauses)] == [
        *map(clause_told, document.filter.clauses)
    ]
    assert back.beside == beside
    assert not back.notices


def test_a_file_gives_the_document_its_receipt_and_its_archive(graph, tmp_path, monkeypatch):
    monkeypatch.setenv("STARLING_CACHE", str(tmp_path))
    file = FileReceipt(
        "a.zip", "a.csv", "0" * 64, 9, "x", 3, 1, 1, 1, (Refusal(3, 4, "no"),), (("no", 1),)
    )
    document = edits.load(graph, Receipt(files=(file,)), ArchiveRef(Path(), "ab" * 32, "A"))
    save_session(document, tmp_path / "a.starling", Beside((1.5, -2.0, 0.25), "light", ("Open A",)))
    opened = open_session(tmp_path / "a.starling")
    assert opened.document.receipt == document.receipt
    assert opened.document.archive == ArchiveRef(tmp_path / ("ab" * 32), "ab" * 32, "A")
    assert opened.beside == Beside((1.5, -2.0, 0.25), "light", ("Open A",))
    assert "drop the original files again" in opened.notices[0]
    told, _ = envelope.read(tmp_path / "a.starling")
    assert told["inputs"] == [{"path": "a.zip", "member": "a.csv", "sha256": "0" * 64}]


def test_the_jobs_can_be_sent_to_a_process(graph, tmp_path):
    path = tmp_path / "a.starling"
    saved = pickle.loads(pickle.dumps(SaveSession(edits.load(graph), path)))(silent)
    assert saved.bytes == path.stat().st_size
    opened = pickle.loads(pickle.dumps(OpenSession(path)))(silent)
    assert same(opened.document, edits.load(graph))


def test_an_empty_document_comes_back_empty(tmp_path):
    save_session(Document(), tmp_path / "a.starling")
    assert open_session(tmp_path / "a.starling").document.graph.n == EMPTY.n


def test_every_rule_and_clause_has_a_lasting_name():
    found = {
        kind
        for module in (direct, measured)
        for kind in vars(module).values()
        if isinstance(kind, type)
        and kind.__module__ == module.__name__
        and hasattr(kind, "because")
    }
    assert found == set(choices.RULES.values())
    assert set(get_args(Clause)) == set(choices.CLAUSES.values())


def test_every_part_of_a_document_is_kept():
    assert {field.name for field in fields(Document)} == content.KEPT


def test_no_class_path_is_in_the_file(graph, tmp_path):
    save_session(edits.load(graph), tmp_path / "a.starling")
    assert b"explorer." not in (tmp_path / "a.starling").read_bytes()


def test_a_rule_that_no_file_knows_is_refused_in_a_sentence(graph):
    unknown = SimpleNamespace(title="Horoscope", ids=())
    document = replace(edits.load(graph), roles=Roles(np.zeros(graph.n, np.uint8), unknown, graph))
    with pytest.raises(SessionFileError, match="“Horoscope” cannot be kept"):
        packed(document, Beside())


def test_a_column_that_parquet_cannot_hold_is_named(graph):
    odd = Graph(graph.n, graph.source, graph.target, {"when": np.zeros(graph.n, "M8[s]")})
    with pytest.raises(SessionFileError, match="Column 'when' holds datetime64"):
        packed(edits.load(odd), Beside())


def test_positions_of_another_graph_are_left_out_and_said(graph):
    document = edits.place(edits.load(graph), np.ones((graph.n, 2), np.float32), Placing("Flock"))
    meta, parts = packed(document, Beside())
    meta["positions"]["edges_sha256"] = "0" * 64
    back = unpacked(meta, parts, "a.starling")
    assert back.notices == ("The positions belong to another graph, and were left out.",)
    assert not back.document.placing.layout
    assert len(np.unique(back.document.positions, axis=0)) == graph.n


def test_the_fingerprint_follows_the_edges_in_their_order(graph):
    turned = Graph(graph.n, graph.target, graph.source)
    assert fingerprint(graph) == fingerprint(graph.bare())
    assert fingerprint(graph) != fingerprint(turned)


def test_the_last_three_versions_are_kept(graph, tmp_path):
    path, document = tmp_path / "a.starling", edits.load(graph)
    for step in range(6):
        save_session(document, path, Beside(theme=str(step)))
    kept = [open_session(one).beside.theme for one in (path, *versions_of(path))]
    assert kept == ["5", "4", "3", "2"]
    assert len(list(tmp_path.iterdir())) == 4
    assert versions_of(path)[0].name == "a.starling.1~"


def test_a_session_is_known_by_how_it_begins(graph, tmp_path):
    save_session(edits.load(graph), tmp_path / "renamed.zip")
    assert looks_like_session(tmp_path / "renamed.zip")
    assert looks_like_session(Path("gone.STARLING"))
    (tmp_path / "other.zip").write_bytes(b"PK\x03\x04")
    assert not looks_like_session(tmp_path / "other.zip")
    assert not looks_like_session(tmp_path)


def test_an_older_version_goes_through_each_step_between():
    # A made-up version 0 that called the theme a colour, and a made-up version 2.
    steps = {
        0: lambda meta: {**meta, "theme": meta["colour"]},
        1: lambda meta: {**meta, "theme": meta["theme"].upper()},
    }
    old = {"version": 0, "colour": "dark"}
    assert upgraded(old, "a", {0: steps[0]}, 1) == {"version": 1, "colour": "dark", "theme": "dark"}
    assert upgraded(old, "a", steps, 2)["theme"] == "DARK"
    assert old == {"version": 0, "colour": "dark"}


@pytest.mark.parametrize(
    ("version", "words"),
    [
        (3, "saved by a newer Starling: it is a session of version 3, and this one reads up to 2"),
        (0, "version 0, which never was"),
        (-3, "version -3, which never was"),
        ("1", "does not say which version"),
        (None, "does not say which version"),
        (True, "does not say which version"),
    ],
)
def test_a_version_that_cannot_be_read_is_one_sentence(version, words):
    with pytest.raises(SessionFileError, match=words):
        upgraded({"version": version}, "a.starling")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_change_to_what_the_file_says_gives_a_document_or_one_sentence(data):
    meta, parts = packed(edits.load(SMALL), Beside((0.0, 0.0, 1.0), "dark"))
    place = data.draw(st.sampled_from(sorted(paths(meta), key=str)))
    junk = st.one_of(
        st.none(), st.integers(-5, 2**70), words, st.lists(words, max_size=2), st.floats()
    )
    inside = meta
    for key in place[:-1]:
        inside = inside[key]
    inside[place[-1]] = data.draw(junk)
    try:
        said, opened = "", unpacked(meta, parts, "a.starling")
    except SessionFileError as error:
        said, opened = error.message, None
    assert said.startswith("a.starling") or opened.document.graph.n == SMALL.n


def paths(value, before=()):
    """Every way into nested dictionaries and lists."""
    found = set()
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in items:
        found.add((*before, key))
        if isinstance(one, dict | list):
            found |= paths(one, (*before, key))
    return found


SMALL = Graph(
    3,
    np.array([0, 1], np.int32),
    np.array([1, 2], np.int32),
    {"id": Text.of("abc"), "kind": Category(np.array([0, 1, 0], np.int8), ("", "x"))},
    {"count": np.array([3, 4], np.int32)},
)

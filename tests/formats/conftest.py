"""Small networks as hostile as the files that people open, and what they look like once written."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import strategies as st

from explorer.archive.receipt import FileReceipt, Receipt
from explorer.archive.tables import KINDS
from explorer.document import edits
from explorer.document.model import Placing
from explorer.evidence.provenance import provenance
from explorer.formats.write import WriteNetwork
from explorer.graph.model import Category, Graph, Text
from explorer.job import silent
from explorer.scene.naming import plain

MADE = "2026-01-02T03:04:05+00:00"
HOSTILE = (
    "<b>&amp;</b>",
    '"quoted"', "it's", "=1+1", "+SUM(A1)", "-2", "@name", "'=x", "a\\b", "a,b;c\td",
    "line\nbreak", "nul\x00byte", "\u202eevil\u202c", "zero\u200bwidth", "观察者", "عربي", "👩‍👩‍👧",
    "x" * 300, "]]>", "--", "%s %d", "{0}", "#1", "*Arcs", "]", "null", "nan", "\ufeffbom", "$HOME",
    "vMm2kP+/x8=", "906012345678901234567", "é" * 3, "\ud800".encode("utf-8", "replace").decode(),
)  # fmt: skip


def graph_of(ids, names, rows, places=None, weights=None):
    """A graph of ids, names, and rows of (source, target, kind, count, first, last)."""
    columns = np.array(rows, np.int64).reshape(-1, 6)
    nodes = {"id": Text.of(ids), "name": Text.of(names)}
    if places is not None:
        x, y = np.array(places, np.float64).reshape(-1, 2).T
        nodes |= {"x": x.copy(), "y": y.copy()}
    edges = {
        "kind": Category(columns[:, 2].astype(np.uint8), KINDS),
        "count": columns[:, 3].astype(np.int32),
        "first": columns[:, 4].copy(),
        "last": columns[:, 5].copy(),
    }
    if weights is not None:
        edges["weight"] = np.array(weights, np.float64)
    source, target = columns[:, 0].astype(np.int32), columns[:, 1].astype(np.int32)
    return Graph(len(ids), source, target, nodes, edges)


def document_of(graph, core=(), placed=True, simulated=False):
    """A document of *graph*, the accounts *core* being core."""
    path = "/x/SIMULATED.zip" if simulated else "/x/a.zip"
    receipt = Receipt(files=(FileReceipt(path, "", "ab" * 32, 1, "tweets", 3, 3, 0, 0),))
    document = edits.load(graph, receipt)
    codes = np.zeros(graph.n, np.uint8)
    codes[list(core)] = 2
    document = replace(document, roles=replace(document.roles, codes=codes))
    if placed and not document.placing.layout:
        places = np.random.default_rng(5).normal(0, 50, (graph.n, 2)).astype(np.float32)
        document = edits.place(document, places, Placing("Flock", "", 7))
    return document


def write(document, path, what="all"):
    """Write *document*, and return what came of it."""
    return WriteNetwork(document, Path(path), what, provenance, made=MADE)(silent)


@dataclass(frozen=True)
class Said:
    """What every format must say of a network, as plain values in no order."""

    accounts: dict  # id -> (name, role)
    edges: set  # (source, target, kind, count, first, last)


def said(document, keep=None):
    """Return what a file of *document* must say."""
    graph = document.graph
    ids = [plain(one) for one in graph.text("id").strings()]
    names = [plain(one) for one in graph.text("name").strings()]
    accounts = {
        one: (name or one, document.roles.name(at))
        for at, (one, name) in enumerate(zip(ids, names, strict=True))
    }
    facts = graph.edges
    edges = {
        (ids[a], ids[b], facts["kind"][row], int(facts["count"][row]), int(facts["first"][row]),
         int(facts["last"][row]))
        for row, (a, b) in enumerate(zip(graph.source, graph.target, strict=True))
    }  # fmt: skip
    return Said(accounts, edges)


times = st.one_of(st.just(-1), st.integers(1_000_000_000, 2_000_000_000))
words = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12))
clean_ids = st.one_of(
    st.sampled_from(HOSTILE), st.text(min_size=1, max_size=8), st.integers(0, 10**20).map(str)
)


@st.composite
def graphs(draw, loops=False, ids=clean_ids, most=6):
    """Draw a graph whose ids stay apart once what cannot be seen is gone."""
    names = draw(st.lists(ids, min_size=1, max_size=most, unique_by=plain))
    names = [one for one in names if plain(one)] or ["one"]
    n = len(names)
    ends = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1), st.integers(0, 4))
    triples = draw(st.lists(ends, max_size=12, unique=True))
    rows = []
    for a, b, kind in triples:
        if a == b and not loops:
            continue
        first = draw(times)
        last = -1 if first < 0 else first + draw(st.integers(0, 1000))
        rows.append((a, b, kind, draw(st.integers(1, 2**31 - 1)), first, last))
    called = draw(st.lists(words, min_size=n, max_size=n))
    core = draw(st.sets(st.integers(0, n - 1)))
    return document_of(graph_of(names, called, rows), core)


@pytest.fixture
def hostile():
    """Every hostile string as an id and as a name, parallel kinds, a loop, times missing."""
    found = {plain(one): one for one in HOSTILE if plain(one)}
    ids = list(found.values())
    n = len(ids)
    rows = [(i, (i + 1) % n, i % 5, i + 1, -1, -1) for i in range(n)]
    rows += [(0, 1, 1, 7, 1_577_836_800, 1_577_923_200), (0, 1, 3, 1, 1_577_836_800, 1_577_836_800)]
    rows += [(2, 2, 0, 3, -1, -1)]
    rows = sorted(set(rows))
    return document_of(graph_of(ids, ids[::-1], rows), core=(0, 3), simulated=True)

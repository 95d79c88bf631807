"""What every layout must keep, ours or a plugin's."""

from __future__ import annotations

import pickle
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.graph.model import Graph
from explorer.job import silent
from explorer.layout.run import RunLayout, layouts

ALL = list(layouts().values())
QUICK = [layout for layout in ALL if layout.id not in ("drl", "umap", "mds")]


def follow(job):
    """Run *job*; return its value, the fractions done, and the pictures shown."""
    steps, pictures = [], []

    def report(done, _note="", partial=None, /):
        steps.append(done)
        if isinstance(partial, np.ndarray):
            pictures.append(partial)

    return job(report), steps, pictures


@st.composite
def graphs(draw):
    """Draw any graph of up to 60 accounts, with parallel edges and weights."""
    n = draw(st.integers(0, 60))
    if n < 2:
        return Graph(n, np.empty(0, np.int32), np.empty(0, np.int32))
    ends = st.tuples(st.integers(0, n - 1), st.integers(1, n - 1))
    pairs = np.array(draw(st.lists(ends, max_size=120)), np.int32).reshape(-1, 2)
    count = draw(st.integers(1, 10**6)) * np.arange(1, len(pairs) + 1)
    target = ((pairs[:, 0] + pairs[:, 1]) % n).astype(np.int32)
    return Graph(n, pairs[:, 0].copy(), target, {}, {"count": count})


@pytest.mark.parametrize("layout", ALL, ids=lambda layout: layout.id)
def test_every_layout_keeps_its_word(layout, network):
    job = pickle.loads(pickle.dumps(RunLayout(network, layout, layout.options())))
    placed, steps, pictures = follow(job)
    assert placed.shape == (network.n, 2)
    assert placed.dtype == np.float32
    assert np.isfinite(placed).all()
    assert not placed.flags.writeable
    assert steps == sorted(steps)
    assert steps[-1] == 1.0
    for picture in pictures:
        assert picture.shape == (network.n, 2)
        assert picture.dtype == np.float32
        assert np.isfinite(picture).all()


@pytest.fixture(scope="module")
def first():
    """Gives the places of the first run of a layout, for both who compare another with them."""
    kept = {}

    def first(layout, graph):
        if layout.id not in kept:
            kept[layout.id] = RunLayout(graph, layout, seeded(layout))(silent)
        return kept[layout.id]

    return first


def seeded(layout):
    return replace(layout.options(), seed=11)


@pytest.mark.parametrize("layout", ALL, ids=lambda layout: layout.id)
def test_the_same_seed_gives_the_same_places(layout, named, first):
    second = RunLayout(named, layout, seeded(layout))(silent)
    assert second.tobytes() == first(layout, named).tobytes()


@pytest.mark.parametrize("layout", ALL, ids=lambda layout: layout.id)
def test_names_and_kinds_do_not_matter(layout, named, first):
    bare = RunLayout(named.bare(), layout, seeded(layout))(silent)
    assert bare.tobytes() == first(layout, named).tobytes()


@pytest.mark.parametrize("layout", QUICK, ids=lambda layout: layout.id)
@given(graph=graphs())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_graph_is_placed(layout, graph):
    placed = RunLayout(graph, layout, layout.options())(silent)
    assert placed.shape == (graph.n, 2)


@pytest.mark.parametrize("layout", ALL, ids=lambda layout: layout.id)
def test_a_form_can_be_made_of_the_options(layout):
    options = layout.options()
    assert "seed" in {field.name for field in fields(options)}
    for field in fields(options):
        said = field.metadata
        value = getattr(options, field.name)
        assert said["label"]
        assert said["tip"]
        if isinstance(value, bool):
            continue
        if isinstance(value, str):
            assert value in said["choices"]
        else:
            assert said["min"] <= value <= said["max"]
            assert said["step"] > 0


@pytest.mark.parametrize("layout", ALL, ids=lambda layout: layout.id)
def test_every_layout_says_what_it_is_good_for(layout):
    assert layout.title
    assert layout.tip.endswith(".")
    assert layout.most >= 0


def test_flock_is_the_first():
    assert next(iter(layouts())) == "flock"


def test_ids_differ():
    assert len({layout.id for layout in ALL}) == len(ALL)

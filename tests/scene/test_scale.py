from dataclasses import replace

import numpy as np
import pytest

from explorer.document import edits
from explorer.graph.model import Category, Graph, degree
from explorer.graph.query import Chosen, Filter
from explorer.graph.roles import CORE
from explorer.scene.accounts import sizes_of
from explorer.scene.camera import Camera
from explorer.scene.layers import Gatherer
from explorer.scene.scale import size_block
from explorer.scene.sheet import sheet
from explorer.scene.view import View


@pytest.fixture
def document():
    """A core account with 100 edges, one with 10, amplifiers far apart."""
    source = np.arange(2, 112, dtype=np.int32)
    target = np.repeat([0, 1], [100, 10]).astype(np.int32)
    listed = Category((np.arange(112) < 2).astype(np.uint8), ("", "users.csv"))
    made = edits.load(Graph(112, source, target, nodes={"listed_in": listed}))
    places = 400 * np.column_stack([np.arange(112) % 11, np.arange(112) // 11])
    return replace(made, positions=places.astype(np.float32))


def block(document, view):
    return size_block(document, Gatherer().layers(document), view)


def test_the_key_shows_accounts_as_large_as_the_picture_does(document):
    view = View(Camera(2000, 2000, 2.0), (9000, 9000), ratio=2.0)
    layers = Gatherer().layers(document)
    assert document.roles.codes[0] == CORE
    radii = sizes_of(layers, sheet(view, document.style)) / view.ratio
    sized = {each.label: each.radius for each in block(document, view).sizes}
    edges = degree(document.graph)
    assert sized["100"] == pytest.approx(float(radii[0]), rel=1e-4)
    assert sized["10"] == pytest.approx(float(radii[1]), rel=1e-4)
    assert (edges[0], edges[1]) == (100, 10)
    assert list(sized) == ["1", "10", "100"]


def test_without_core_shown_it_speaks_of_amplifiers_at_their_size(document):
    view = View(Camera(2000, 2000, 0.4), (2400, 2400))
    few = edits.keep(document, Filter((Chosen(np.arange(112) >= 2),)))
    made = block(few, view)
    assert made.head.startswith("AMPLIFIER")
    layers = Gatherer().layers(few)
    radii = sizes_of(layers, sheet(view, few.style))
    assert made.sizes[0].radius == pytest.approx(float(radii[5]), rel=1e-4)


def test_accounts_too_large_for_the_key_are_left_out(document):
    big = replace(document, style=replace(document.style, node_size=30.0))
    assert block(big, View(Camera(0, 0, 10.0), (800, 600))).sizes == ()

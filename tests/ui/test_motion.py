from dataclasses import replace

import numpy as np
import pytest

from explorer.document import edits
from explorer.graph.model import Graph, frozen
from explorer.ui.canvas.view import Canvas
from explorer.ui.motion import FEW, Motion, between, eased


@pytest.fixture
def document(graph):
    return edits.load(graph)


@pytest.fixture
def canvas(qtbot, document):
    canvas = Canvas()
    canvas.resize(300, 200)
    canvas.show_document(document, frozenset({"graph", "positions"}))
    with qtbot.waitExposed(canvas):
        canvas.show()
    qtbot.waitUntil(lambda: canvas.settled and canvas.picture is not None, timeout=20_000)
    yield canvas
    canvas.close()
    canvas.deleteLater()


def turned(document):
    return replace(document, positions=frozen(-document.positions))


def test_easing_begins_and_ends_slowly():
    assert [eased(part) for part in (-1, 0, 0.5, 1, 2)] == [0, 0, 0.5, 1, 1]
    assert eased(0.1) < 0.1
    assert eased(0.9) > 0.9


def test_half_way_is_in_the_middle(document):
    middle = between(document, turned(document), 0.5)
    assert np.allclose(middle.positions, 0, atol=1e-6)
    assert middle.graph is document.graph


def test_a_few_accounts_travel_and_arrive(qtbot, canvas, document):
    motion, new = Motion(canvas), turned(document)
    assert motion.begin(document, new)
    assert motion.moving
    assert canvas._document.positions is not new.positions
    qtbot.waitUntil(lambda: not motion.moving, timeout=5_000)
    assert canvas._document is new


def test_a_stream_of_changes_is_not_delayed(canvas, document):
    motion, new = Motion(canvas), turned(document)
    assert motion.begin(document, new)
    assert not motion.begin(new, document)
    assert not motion.moving


def test_who_is_overtaken_arrives_at_once(canvas, document):
    motion, new = Motion(canvas), turned(document)
    motion.begin(document, new)
    motion.finish()
    assert canvas._document is new


def test_another_graph_does_not_travel(canvas, document, graph):
    other = edits.load(Graph(graph.n, graph.source, graph.target))
    assert not Motion(canvas).begin(document, other)


def test_what_cannot_be_seen_does_not_move(qapp, document):
    canvas = Canvas()
    assert not Motion(canvas).begin(document, turned(document))
    canvas.close()
    canvas.deleteLater()


def test_a_large_picture_fades_into_the_next(qtbot, canvas, document):
    n = FEW + 1
    none = np.empty(0, np.int32)
    large = edits.load(Graph(n, none, none))
    canvas.show_document(large, frozenset({"graph", "positions"}))
    qtbot.waitUntil(lambda: canvas.settled, timeout=20_000)
    motion, new = Motion(canvas), turned(large)
    assert not motion.begin(large, new)  # the caller shows it, under the veil
    assert motion._veil.isVisible()
    canvas.show_document(new, frozenset({"positions"}))
    qtbot.waitUntil(lambda: not motion.moving, timeout=5_000)
    assert not motion._veil.isVisible()
    assert canvas._document is new


def test_a_veil_without_a_picture_to_follow_is_given_up(qtbot, canvas):
    n = FEW + 1
    none = np.empty(0, np.int32)
    large = edits.load(Graph(n, none, none))
    motion = Motion(canvas)
    motion.begin(large, turned(large))
    qtbot.waitUntil(lambda: not motion.moving, timeout=5_000)

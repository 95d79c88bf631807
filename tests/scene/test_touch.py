from dataclasses import replace

import numpy as np
import pytest

from explorer.document import edits
from explorer.graph.model import Graph
from explorer.scene.camera import Camera
from explorer.scene.layers import Gatherer
from explorer.scene.sheet import sheet
from explorer.scene.strokes import strokes
from explorer.scene.touch import touched
from explorer.scene.view import View

SPOTS = np.array([[-200, 0], [200, 0], [0, 150], [0, -150]], np.float32)


@pytest.fixture(params=[1.0, 2.0])
def drawn(request):
    """0 and 1 each way, 2 to 3 alone; as drawn at one and two pixels to a logical one."""
    graph = Graph(4, np.array([0, 1, 2], np.int32), np.array([1, 0, 3], np.int32))
    document = replace(edits.load(graph), positions=SPOTS)
    layers = Gatherer().layers(document)
    page = sheet(View(Camera(), (800, 600), ratio=request.param), document.style)
    radii = np.full(4, 5.0, np.float32)
    return strokes(layers.edges, np.arange(3, dtype=np.int32), SPOTS, page, radii)


def world(drawn, at):
    frame = drawn.frame
    return frame.left + at[0] / frame.scale, frame.top - at[1] / frame.scale


def test_every_edge_is_found_along_its_own_curve(drawn):
    for row, curve in zip(drawn.rows.tolist(), drawn.curves, strict=True):
        middle = (curve[0] + 3 * curve[1] + 3 * curve[2] + curve[3]) / 8
        assert touched(drawn, world(drawn, middle), 1.0) == row
        assert touched(drawn, world(drawn, curve[0]), 1.0) == row


def test_a_head_belongs_to_its_edge(drawn):
    alone = drawn.rows.tolist().index(2)
    assert touched(drawn, world(drawn, drawn.heads[alone][0]), 0.5) == 2


def test_beside_every_edge_there_is_none(drawn):
    assert touched(drawn, (150.0, 120.0), 4.0) == -1
    assert touched(drawn, (0.0, 170.0), 4.0) == -1


def test_how_far_one_may_miss_is_what_is_asked_for(drawn):
    assert touched(drawn, (6.0, 100.0), 4.0) == -1
    assert touched(drawn, (6.0, 100.0), 8.0) == 2


def test_the_nearer_of_two_is_taken(drawn):
    there, back = (drawn.curves[drawn.rows.tolist().index(row)] for row in (0, 1))
    for row, one, other in ((0, there, back), (1, back, there)):
        # a third of the way for one, two thirds for the other, which runs back
        at = one[1] * 0.7 + other[2] * 0.3
        assert touched(drawn, world(drawn, at), 50.0) == row

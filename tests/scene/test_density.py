from dataclasses import replace

import numpy as np
import pytest

from explorer.archive.tables import KINDS
from explorer.document import edits
from explorer.graph.model import Category, Graph
from explorer.scene import sheet as sheets
from explorer.scene.camera import Camera
from explorer.scene.density import KIND, NUMBERS, PIXEL, WIDTH, scale_of, step_of
from explorer.scene.figure import PICTURE, VECTORS, Choices, Figure, compose
from explorer.scene.gauge import Bars, Widths
from explorer.scene.layers import Gatherer
from explorer.scene.marks import Words
from explorer.scene.painter import edges_only
from explorer.scene.sheet import sheet
from explorer.scene.strokes import strokes
from explorer.scene.theme import THEMES
from explorer.scene.view import View

PILES = {1: 1200, 10: 120, 100: 10}
"""How many edges lie one over the other, and at how many places."""
SIZE = (1400, 1000)


def measure(text, size, bold=False):
    return (0.62 if bold else 0.55) * size * len(text)


@pytest.fixture(scope="module")
def piled():
    """Edges of 16 pixels, piles of 1, 10 and 100 of them, each pile through its own pixels."""
    heights = np.repeat(list(PILES), list(PILES.values()))
    place = np.arange(len(heights))
    left = np.column_stack([20.0 * (place % 60) - 600, 14.0 * (place // 60) - 300.5])
    pile = np.repeat(place, heights)
    m = len(pile)
    at = np.vstack([left[pile], left[pile] + [16.0, 0.0]])
    source = np.arange(m, dtype=np.int32)
    made = edits.load(Graph(2 * m, source, source + np.int32(m)))
    return replace(made, positions=at.astype(np.float32)), left, heights


def looking(theme="dark"):
    return View(Camera(0.0, 0.0, 1.0), SIZE, theme)


def scale(document, view):
    return scale_of(Gatherer().layers(document), sheet(view, document.style))


def pixel_of(pixels, corner):
    x, y = round(corner[0] + SIZE[0] / 2) + 8, int(SIZE[1] / 2 - corner[1])
    value = int(pixels[y, x])
    return value >> 16 & 255, value >> 8 & 255, value & 255


def said(composed):
    return [mark.text for mark in composed.marks if isinstance(mark, Words)]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("largest", [2048, 700])
def test_so_many_edges_have_the_tone_that_stands_over_their_number(
    piled, theme, largest, monkeypatch
):
    monkeypatch.setattr(sheets, "LARGEST", largest)  # in a large picture tones come from a smaller
    document, left, heights = piled
    bars = scale(document, looking(theme)).gauge
    assert isinstance(bars, Bars)
    pixels = edges_only(document, looking(theme))
    for number in PILES:
        step = next(step for step, text in bars.ticks if text == str(number))
        drawn = {pixel_of(pixels, corner) for corner in left[heights == number]}
        assert drawn == {bars.colours[0][step]}


def test_a_bar_is_as_long_as_the_most_edges_of_any_pixel(piled):
    bars = scale(piled[0], looking()).gauge
    assert len(bars.colours[0]) == bars.steps == step_of(100) + 1
    assert [text for _, text in bars.ticks] == ["0.1", "1", "10", "100"]
    assert step_of(NUMBERS[0]) == 0


def test_what_is_selected_is_what_the_scale_explains(piled):
    document = piled[0]
    everybody = edits.select(document, np.ones(document.graph.n, bool))
    assert scale(everybody, looking()).head == f"SELECTED: {PIXEL}"
    assert scale(document, looking()).head == PIXEL


def test_the_scale_says_from_where_on_an_edge_counts_less(piled):
    assert "above 24 px" in scale(piled[0], looking()).rows[0].label
    twice = replace(looking(), ratio=2.0)
    assert "above 48 px" in scale(piled[0], twice).rows[0].label


def few(counts):
    m = len(counts)
    source = np.arange(m, dtype=np.int32)
    graph = Graph(2 * m, source, source + np.int32(m), edges={"count": np.array(counts, np.int32)})
    at = np.random.default_rng(3).uniform(-300, 300, (2 * m, 2)).astype(np.float32)
    return replace(edits.load(graph), positions=at)


def test_where_edges_are_few_widths_are_those_of_the_strokes():
    document, page = few([1, 10, 100, 37]), sheet(looking(), few([1]).style)
    layers = Gatherer().layers(document)
    gauge = scale_of(layers, page).gauge
    assert isinstance(gauge, Widths)
    rows = np.arange(3, dtype=np.int32)
    drawn = strokes(layers.edges, rows, layers.positions, page, layers.radii)
    widths = dict(zip(drawn.rows.tolist(), drawn.widths.tolist(), strict=True))
    assert gauge.lines == ((widths[0], "1"), (widths[1], "10"), (widths[2], "100"))


def test_widths_that_say_nothing_are_not_explained():
    assert scale(few([1, 1, 1]), looking()) is None
    assert [n for _, n in scale(few([1, 6]), looking()).gauge.lines] == ["1", "6"]


def test_a_figure_has_the_scale_unless_it_is_left_out(piled):
    document = piled[0]

    def heads(edges="pixels", **choices):
        figure = Figure(document, looking(), Choices(**choices))
        return [text for text in said(compose(figure, measure, edges=edges)) if PIXEL in text]

    assert heads() == [PIXEL]
    assert heads(edges=PICTURE) == [PIXEL]
    assert heads(tones=False) == []
    assert heads(edges=VECTORS) == []  # each edge is a line there, and no tone
    assert heads(legend=False) == []


def test_a_figure_of_few_edges_explains_their_widths_in_every_format():
    document = few([1, 20, 3])
    for edges in ("pixels", VECTORS):
        figure = Figure(document, looking(), Choices())
        assert WIDTH in said(compose(figure, measure, edges=edges))


def test_the_scale_is_that_of_the_very_picture(piled):
    """Room for the key changes the picture, and the picture the scale: both must have settled."""
    composed = compose(Figure(piled[0], looking(), Choices(900, 1400)), measure)
    own = scale_of(composed.layers, composed.page)
    boxes = {mark.fill for mark in composed.furniture.marks if hasattr(mark, "fill")}
    assert set(own.gauge.colours[0]) <= boxes


def kinds_of(*names):
    source = np.arange(len(names), dtype=np.int32)
    graph = Graph(
        2 * len(names),
        source,
        source + np.int32(len(names)),
        edges={"kind": Category(np.array([KINDS.index(name) for name in names], np.uint8), KINDS)},
    )
    at = np.random.default_rng(3).uniform(-300, 300, (graph.n, 2)).astype(np.float32)
    return replace(edits.load(graph), positions=at)


def test_arrows_of_several_kinds_are_explained_by_their_dashes():
    composed = compose(Figure(kinds_of("retweet", "mention"), looking(), Choices()), measure)
    words = said(composed)
    assert words.index(KIND) < words.index("retweet") < words.index("mention")
    assert "reply" not in words


def test_arrows_that_are_all_solid_need_no_key():
    assert KIND not in said(compose(Figure(kinds_of("retweet"), looking(), Choices()), measure))
    without = Figure(kinds_of("reply"), looking(), Choices(tones=False))
    assert KIND not in said(compose(without, measure))

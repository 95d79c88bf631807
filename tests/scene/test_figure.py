import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.archive.receipt import FileReceipt, Receipt
from explorer.document import edits
from explorer.errors import FigureError
from explorer.graph.edges import GROUPS
from explorer.graph.query import Chosen, Filter
from explorer.scene.camera import Camera, fit
from explorer.scene.figure import Choices, Figure, compose
from explorer.scene.marks import Disc, Words
from explorer.scene.told import description, record
from explorer.scene.view import View

FOOTER = (
    "Starling 0.1.0 · layout Flock, seed 7 · no filter · 2026-01-02 03:04:05 UTC",
    "Core: listed in the users file. Amplifier: not core, and interacts towards a core account.",
    "Input: " + ", ".join(f"china_{i}.csv (SHA-256 0123456789ab)" for i in range(4)),
)


def measure(text, size, bold=False):
    return (0.62 if bold else 0.55) * size * len(text)


@pytest.fixture
def document(graph):
    places = np.random.default_rng(1).normal(0, 10, (graph.n, 2)).astype(np.float32)
    return replace(edits.load(graph), positions=places)


def simulated(document):
    file = FileReceipt("SIMULATED_small.zip", "", "", 0, "takedown tweets", 0, 0, 0, 0)
    return replace(document, receipt=Receipt(files=(file,)))


def figure(document, width=1600, height=1000, footer=FOOTER, **choices):
    view = View(fit(document.positions, (800, 600)), (800, 600))
    return Figure(document, view, Choices(width, height, **choices), footer)


def box(mark):
    if isinstance(mark, Disc):
        top, bottom = mark.y - mark.radius, mark.y + mark.radius
        return mark.x - mark.radius, top, mark.x + mark.radius, bottom
    width = measure(mark.text, mark.size, mark.bold)
    left = mark.x - {"start": 0, "middle": width / 2, "end": width}[mark.anchor]
    return left, mark.y - 0.75 * mark.size, left + width, mark.y + 0.2 * mark.size


def overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def boxes(marks):
    return [box(mark) for mark in marks if isinstance(mark, Words | Disc)]


def said(composed):
    return [mark.text for mark in composed.marks if isinstance(mark, Words)]


SIDES = st.one_of(st.integers(400, 1600), st.sampled_from([400, 1080, 4096, 8192, 16384]))


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    width=SIDES,
    height=SIDES.map(lambda side: side if side > 2000 else side - 100),
    words=st.fixed_dictionaries(
        {
            "title": st.sampled_from(["", "A title", "A title that nobody will read " * 3]),
            "caption": st.sampled_from(["", "A caption. " * 12, "没有空格的标题" * 20]),
            "legend": st.booleans(),
            "labels": st.sampled_from(["none", "all"]),
        }
    ),
)
def test_nothing_overlaps_at_any_size(document, width, height, words):
    chosen = edits.select_role(simulated(document))
    made = figure(chosen, width, height, **words)
    composed = compose(made, measure, "drawn completely", "edges are a picture")
    right, bottom = width / made.unit, height / made.unit
    furniture, names = boxes(composed.furniture.marks), boxes(composed.labels)
    left, top, wide, high = composed.furniture.stage
    stage = (left, top, left + wide, top + high)
    for i, one in enumerate(furniture):
        assert one[0] >= 0
        assert one[1] >= 0
        assert one[2] <= right
        assert one[3] <= bottom
        assert not overlap(one, stage)
        assert not any(overlap(one, other) for other in (*furniture[:i], *names))
    assert wide * high > 0.25 * right * bottom


def test_every_figure_tells_its_denominators(document):
    few = edits.keep(document, Filter((Chosen(np.arange(12) < 5),)))
    for width, height in ((400, 300), (1600, 1000), (1000, 2000)):
        for legend in (True, False):
            composed = compose(figure(few, width, height, legend=legend), measure)
            words = " ".join(said(composed))
            assert "5" in words
            assert "of 12" in words


@pytest.mark.parametrize("size", [(400, 300), (1600, 1000), (800, 1600), (8192, 8192)])
def test_simulated_data_say_so_above_and_below(document, size):
    made = figure(simulated(document), *size, footer=(), legend=False)
    composed = compose(made, measure)
    marks = [mark for mark in composed.marks if getattr(mark, "text", "").startswith("SIMULATED")]
    assert len(marks) == 2
    assert marks[0].y < 100
    assert marks[0].x < 100
    assert marks[1].y > 0.8 * size[1] / made.unit


def test_real_data_do_not_say_that_they_are_simulated(document):
    assert not any("SIMULATED" in text for text in said(compose(figure(document), measure)))


def test_the_whole_graph_is_on_the_stage(document):
    for size in ((1600, 1000), (700, 1600), (400, 300)):
        made = figure(document, *size)
        composed = compose(made, measure)
        at = composed.view.camera.to_screen(document.positions, size) / made.unit
        left, top, wide, high = composed.furniture.stage
        assert (at >= (left, top)).all()
        assert (at <= (left + wide, top + high)).all()


def test_what_the_window_shows_is_on_the_stage_too(document):
    view = View(Camera(3.0, -2.0, 40.0), (800, 600), ratio=1.0)
    made = Figure(document, view, Choices(1600, 1000, whole=False))
    composed = compose(made, measure)
    corners = np.array([view.camera.to_world(x, y, view.size) for x in (0, 800) for y in (0, 600)])
    at = composed.view.camera.to_screen(corners, made.size) / made.unit
    left, top, wide, high = composed.furniture.stage
    assert (at >= (left - 1e-6, top - 1e-6)).all()
    assert (at <= (left + wide + 1e-6, top + high + 1e-6)).all()


def test_a_detail_says_that_it_is_one(document):
    view = View(Camera(1e6, 0.0, 1.0), (800, 600))
    composed = compose(Figure(document, view, Choices(whole=False)), measure)
    assert "a detail: 0 accounts in view" in said(composed)


def test_what_is_under_the_cursor_is_no_part_of_a_figure(document):
    made = figure(document)
    composed = compose(replace(made, view=replace(made.view, hover=3, focus=2)), measure)
    assert (composed.view.hover, composed.view.focus, composed.labels) == (-1, -1, ())


def test_hidden_classes_stand_in_the_key_as_off(document):
    hidden = edits.switch_classes(document, GROUPS[0].classes, on=False)
    assert "off" in said(compose(figure(hidden), measure))


def test_the_footer_can_be_left_out(document):
    words = " ".join(said(compose(figure(document, footer=FOOTER, legend=True), measure)))
    assert "Flock" in words
    without = " ".join(said(compose(figure(document, legend=True), measure)))
    assert without == words
    bare = figure(document)
    bare = replace(bare, choices=replace(bare.choices, footer=False))
    assert "Flock" not in " ".join(said(compose(bare, measure)))


def test_words_that_do_not_fit_are_said_to_be_in_the_metadata(document):
    composed = compose(figure(document, 400, 300, footer=FOOTER * 9), measure)
    assert any("in full in the file's metadata" in text for text in said(composed))


@pytest.mark.parametrize("size", [(399, 300), (400, 299), (16385, 1000), (1000, 16385)])
def test_a_size_that_cannot_be_made_is_refused(document, size):
    with pytest.raises(FigureError, match="cannot be made"):
        figure(document, *size)


def test_an_empty_document_makes_a_figure(document):
    nobody = edits.keep(document, Filter((Chosen(np.zeros(12, bool)),)))
    assert "0" in said(compose(figure(nobody), measure))


def test_type_grows_with_the_figure(document):
    assert figure(document, 8000, 8000).unit == 8.0
    assert figure(document, 400, 300).unit == 0.7


def test_titles_cannot_disturb_what_stands_beside_them(document):
    assert figure(document, title="a\u202eb\nc").title == "ab c"


def test_the_record_is_json_in_ascii_and_the_description_plain(document):
    made = replace(figure(document, title="观察者"), metadata={"program": "Starling"})
    composed = compose(made, measure)
    told = record(made, composed, format="PNG")
    assert told.isascii()
    assert json.loads(told)["program"] == "Starling"
    assert json.loads(told)["picture"]["title"] == "观察者"
    assert "Shown: all 12 accounts" in description(made, composed)


def test_a_figure_is_the_same_each_time(document):
    first, second = (compose(figure(document, labels="all"), measure) for _ in range(2))
    assert first.marks == second.marks
    assert first.view == second.view

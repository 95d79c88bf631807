"""Pins in figures: on their accounts, under the names, and in the key."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest

from explorer.document import arrange, edits
from explorer.graph.query import Chosen, Filter
from explorer.scene.camera import Camera
from explorer.scene.figure import Choices, Figure, compose
from explorer.scene.legend import accounts_block
from explorer.scene.marks import Disc, Stroke
from explorer.scene.pins import HEAD, LENGTH, MOST, pin_marks, pinned_in
from explorer.scene.shares import shares
from explorer.scene.svg import write_svg
from explorer.scene.theme import theme
from explorer.scene.view import View

EVERYWHERE = (-np.inf, -np.inf), (np.inf, np.inf)


def measure(text, size, bold=False):
    return 0.55 * size * len(text)


@pytest.fixture
def pinned(graph):
    places = np.random.default_rng(1).normal(0, 10, (graph.n, 2)).astype(np.float32)
    document = replace(edits.load(graph), positions=places)
    return arrange.pin(document, np.arange(graph.n) < 3)


def figure(document, **choices):
    return Figure(document, View(Camera(), (800, 600)), Choices(**choices))


def heads(marks):
    return [mark for mark in marks if isinstance(mark, Disc) and mark.radius == HEAD]


def test_a_pin_stands_on_each_pinned_account_of_a_figure(pinned):
    composed = compose(figure(pinned), measure)
    size, unit = composed.view.size, composed.view.ratio
    at = composed.view.camera.to_screen(pinned.positions[:3], size) / unit
    needles = [mark for mark in composed.pins if isinstance(mark, Stroke)]
    feet = sorted({(one.x0, one.y0) for one in needles})
    assert np.allclose(feet, sorted(at.tolist()))
    assert len(heads(composed.pins)) == 3
    assert {round(one.y0 - one.y1, 6) for one in needles} == {LENGTH}
    assert composed.marks[: len(composed.pins)] == composed.pins  # names are legible over them


def test_who_is_not_pinned_has_no_pin(pinned):
    assert compose(figure(edits.load(pinned.graph)), measure).pins == ()


def test_the_key_says_how_many_are_pinned(pinned):
    rows = accounts_block(shares(pinned)).rows
    assert [(row.label, row.value) for row in rows if row.sign == "pinned"] == [
        ("pinned by hand", "3")
    ]
    assert len(accounts_block(shares(edits.load(pinned.graph))).rows) == 3
    composed = compose(figure(pinned), measure)
    assert len(heads(composed.furniture.marks)) == 1


def test_pins_of_hidden_accounts_are_neither_drawn_nor_counted(pinned):
    hidden = edits.keep(pinned, Filter((Chosen(np.arange(pinned.graph.n) != 1),)))
    assert len(pinned_in(hidden, *EVERYWHERE)) == 2
    assert shares(hidden).pinned == 2


def test_a_figure_of_many_pins_marks_the_first(graph):
    document = edits.load(graph)
    everybody = arrange.pin(document, np.ones(graph.n, bool))
    assert len(pinned_in(everybody, *EVERYWHERE)) == min(MOST, graph.n)


def test_no_pin_stands_on_the_key(pinned):
    view = View(Camera(), (800, 600))
    everywhere = ((0.0, 0.0, 800.0, 600.0),)
    assert pin_marks(pinned, view, everywhere, theme("dark")) == ()


def svg(document):
    file = io.BytesIO()
    write_svg(file, figure(document), measure)
    return file.getvalue().decode()


def test_an_svg_holds_the_pins_as_a_group_of_their_own(pinned):
    with_pins = svg(pinned)
    assert with_pins.index('<g id="pins"') < with_pins.index('<g id="labels"')
    assert '<g id="pins"' not in svg(edits.load(pinned.graph))

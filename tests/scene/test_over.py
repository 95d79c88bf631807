from dataclasses import replace

import numpy as np
import pytest

from explorer.document import edits
from explorer.scene.bands import CORNERS, OUTSIDE
from explorer.scene.camera import fit
from explorer.scene.figure import Choices, Figure, compose
from explorer.scene.marks import Box, Words
from explorer.scene.view import View

FOOTER = ("Starling 0.1.0 · layout Flock, seed 7",)


def measure(text, size, bold=False):
    return (0.62 if bold else 0.55) * size * len(text)


@pytest.fixture
def document(graph):
    places = np.random.default_rng(1).normal(0, 10, (graph.n, 2)).astype(np.float32)
    return replace(edits.load(graph), positions=places)


def figure(document, width=1600, height=1000, footer=FOOTER, **choices):
    view = View(fit(document.positions, (800, 600)), (800, 600))
    return Figure(document, view, Choices(width, height, **choices), footer)


def said(composed):
    return [mark.text for mark in composed.marks if isinstance(mark, Words)]


def within(card, page):
    x, y, wide, high = card
    return x >= 0 and y >= 0 and x + wide <= page[0] and y + high <= page[1]


@pytest.mark.parametrize("place", CORNERS)
@pytest.mark.parametrize("size", [(1600, 1000), (1000, 1600), (640, 480), (400, 300)])
def test_cards_stay_on_the_page_and_off_each_other(document, place, size):
    made = figure(document, *size, place=place, title="A title", caption="And more. " * 9)
    composed = compose(made, measure)
    cards = composed.furniture.covered
    page = size[0] / made.unit, size[1] / made.unit
    assert all(within(card, page) for card in cards)
    for i, one in enumerate(cards):
        for other in cards[:i]:
            apart = (
                one[0] >= other[0] + other[2]
                or other[0] >= one[0] + one[2]
                or one[1] >= other[1] + other[3]
                or other[1] >= one[1] + one[3]
            )
            assert apart


@pytest.mark.parametrize("place", CORNERS)
def test_the_key_stands_in_the_corner_asked_for(document, place):
    composed = compose(figure(document, place=place, heading=False), measure)
    x, y, wide, high = composed.furniture.covered[0]
    assert (x + wide / 2 > 800) == ("right" in place)
    assert (y + high / 2 > 500) == ("bottom" in place)


@pytest.mark.parametrize("place", [OUTSIDE, *CORNERS])
@pytest.mark.parametrize("legend", [True, False])
def test_the_denominators_are_there_wherever_the_key_is(document, place, legend):
    for size in ((1600, 1000), (400, 300)):
        made = figure(document, *size, footer=(), place=place, legend=legend, heading=False)
        assert "12" in " ".join(said(compose(made, measure)))


def test_what_the_window_shows_is_shown_exactly(document):
    view = View(fit(document.positions, (800, 600)), (800, 600), ratio=2.0)
    made = Figure(document, view, Choices(800, 600, whole=False, place="top left"))
    composed = compose(made, measure)
    assert composed.page.ratio == 2.0
    assert composed.view.camera.scale == view.camera.scale
    assert composed.view.camera.x == pytest.approx(view.camera.x)
    larger = replace(made, choices=replace(made.choices, width=1600, height=1200))
    assert compose(larger, measure).page.ratio == 4.0


def test_no_heading_leaves_title_and_caption_out(document):
    words = said(compose(figure(document, heading=False, title="T!", caption="C!"), measure))
    assert not {"T!", "C!"} & set(words)


def test_the_key_tells_what_size_means_unless_it_is_left_out(document):
    heads = [text for text in said(compose(figure(document), measure)) if "SIZE BY" in text]
    assert heads == ["CORE, SIZE BY NUMBER OF EDGES"] or heads[0].endswith("NUMBER OF EDGES")
    assert not [t for t in said(compose(figure(document, scale=False), measure)) if "SIZE BY" in t]


def test_the_open_part_is_what_no_plain_ground_covers(document):
    for place in (OUTSIDE, "top left"):
        furniture = compose(figure(document, place=place), measure).furniture
        x, y, wide, high = furniture.open
        for box in furniture.grounds:
            assert isinstance(box, Box)
            assert (
                box.x >= x + wide
                or box.x + box.width <= x
                or box.y >= y + high
                or box.y + box.height <= y
            )

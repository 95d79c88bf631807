from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.document import edits
from explorer.graph.model import Graph, Text, in_strength
from explorer.graph.query import Chosen, Filter
from explorer.scene.camera import Camera, fit
from explorer.scene.labels import (
    ASCENT,
    DESCENT,
    MOST,
    SIZE,
    TOP,
    fitted,
    labels,
    led,
    ranked,
    wanted_in,
)
from explorer.scene.view import View

WIDTH, HEIGHT = 640, 480


def measure(text, size, bold=False):
    return 0.6 * size * len(text)


def crowd(n=300, seed=0, spread=100.0):
    """A document of accounts in random places, the first receiving most."""
    random = np.random.default_rng(seed)
    target = np.minimum(random.geometric(0.02, 4 * n) - 1, n - 2).astype(np.int32)
    source = np.full(4 * n, n - 1, np.int32)
    names = Text.of(f"account_{i}" for i in range(n))
    graph = Graph(n, source, target, {"id": names, "name": names})
    places = (random.random((n, 2)) * spread).astype(np.float32)
    return replace(edits.load(graph), positions=places)


def look(document, size=(WIDTH, HEIGHT), **more):
    return View(fit(document.positions, size), size, **more)


def with_labels(document, mode):
    return replace(document, style=replace(document.style, labels=mode))


def placed(document, mode, view=None, taken=()):
    named = with_labels(document, mode)
    radii = np.full(document.graph.n, 3.0)
    return labels(named, view or look(document), measure, radii, taken)


def box(words):
    wide = measure(words.text, words.size)
    top = words.y - ASCENT * words.size
    return words.x, top, words.x + wide, top + (ASCENT + DESCENT) * words.size


def overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1000), st.floats(0.1, 1000.0), st.sampled_from(["top", "all"]))
def test_no_label_lies_over_another_or_leaves_the_picture(seed, spread, mode):
    document = crowd(seed=seed, spread=spread)
    found = [box(words) for words in placed(document, mode)]
    assert found
    for i, one in enumerate(found):
        assert one[0] >= 0
        assert one[1] >= 0
        assert one[2] <= WIDTH
        assert one[3] <= HEIGHT
        assert not any(overlap(one, other) for other in found[:i])


def test_no_label_stands_where_the_room_is_taken():
    key = (0.0, 0.0, 250.0, HEIGHT)
    for words in placed(crowd(), "all", taken=[key]):
        assert not overlap(box(words), (0.0, 0.0, 250.0, HEIGHT))


def test_the_strongest_account_always_has_its_name():
    document = crowd()
    strongest = int(np.argmax(in_strength(document.graph)))
    assert placed(document, "top")[0].text == f"account_{strongest}"


def test_equals_come_in_the_order_of_their_rows():
    graph = Graph(4, np.array([0, 0], np.int32), np.array([3, 1], np.int32))
    assert ranked(graph, "in_strength").tolist() == [1, 3, 0, 2]


def test_no_names_means_none():
    assert placed(crowd(), "none") == ()


def test_hover_names_the_account_under_the_cursor_alone():
    document = crowd()
    assert placed(document, "hover") == ()
    (words,) = placed(document, "hover", look(document, hover=42))
    assert words.text == "account_42"


def test_the_selected_are_named_and_nobody_else():
    document = crowd()
    mask = np.zeros(document.graph.n, bool)
    mask[[200, 250]] = True
    found = placed(edits.select(document, mask), "selected")
    assert {words.text for words in found} <= {"account_200", "account_250"}
    assert found


def test_the_selected_come_before_the_strong():
    document = crowd()
    mask = np.zeros(document.graph.n, bool)
    mask[200] = True
    assert placed(edits.select(document, mask), "top")[0].text == "account_200"


def test_there_are_never_more_than_one_can_read():
    document = crowd(n=3000)
    large = View(fit(document.positions, (9000, 9000)), (9000, 9000))
    assert len(placed(document, "all", large)) == MOST
    assert len(placed(document, "top", large)) <= TOP


def test_accounts_that_the_filter_hides_have_no_name():
    document = crowd()
    hidden = edits.keep(document, Filter((Chosen(np.arange(300) >= 100),)))
    assert all(int(words.text.split("_")[1]) >= 100 for words in placed(hidden, "all"))


def test_accounts_outside_the_picture_have_no_name():
    document = crowd()
    away = View(Camera(1e6, 1e6, 1.0), (WIDTH, HEIGHT))
    assert placed(document, "all", away) == ()


def test_the_same_picture_has_the_same_names():
    assert placed(crowd(), "all") == placed(crowd(), "all")


def test_on_a_fine_screen_the_names_stand_where_they_stood():
    document = crowd()
    once = look(document)
    twice = replace(once, camera=once.camera.scaled(2.0), size=(2 * WIDTH, 2 * HEIGHT), ratio=2.0)
    plain, fine = placed(document, "all", once), placed(document, "all", twice)
    assert [words.text for words in plain] == [words.text for words in fine]
    assert [words.x for words in plain] == pytest.approx([words.x for words in fine])


def test_size_is_what_it_says():
    assert {words.size for words in placed(crowd(), "top")} == {SIZE}


def test_names_come_first_by_any_number(graph):
    assert ranked(graph, "posts").tolist() == list(range(graph.n - 1, -1, -1))
    assert ranked(graph, "no such column").tolist() == list(range(graph.n))


def test_accounts_of_which_nothing_is_known_are_named_last():
    graph = Graph(3, np.empty(0, np.int32), np.empty(0, np.int32),
                  {"reach": np.array([np.nan, 2.0, 5.0])})  # fmt: skip
    assert ranked(graph, "reach").tolist() == [2, 1, 0]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 100), st.floats(1.0, 40.0), st.sampled_from(["selected", "top", "all"]))
def test_names_are_the_same_whether_their_accounts_were_found_ahead(seed, zoom, mode):
    document = with_labels(crowd(seed=seed), mode)
    document = edits.select(document, np.arange(document.graph.n) % 7 == 0)
    view = look(document, hover=3, focus=250)
    view = replace(view, camera=replace(view.camera, scale=view.camera.scale * zoom))
    wide = replace(view, size=(WIDTH + 200, HEIGHT + 200), hover=-1, focus=-1)
    radii = np.full(document.graph.n, 3.0)
    order = ranked(document.graph, document.style.labels_by)
    ahead = wanted_in(document, wide, order)
    shown = np.ones(document.graph.n, bool)
    found = fitted(document, view, measure, radii, (), led(view, shown, ahead))
    assert found == labels(document, view, measure, radii, (), order)


def test_candidates_are_looked_at_part_by_part_until_there_are_enough(monkeypatch):
    document = crowd(3000)
    expected = placed(document, "all")
    monkeypatch.setattr("explorer.scene.labels.PART", 64)
    assert placed(document, "all") == expected

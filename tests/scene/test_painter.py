from dataclasses import replace

import numpy as np
import pytest

from explorer.document import edits
from explorer.document.model import Document, Placing
from explorer.graph.edges import CLASSES
from explorer.graph.model import Graph
from explorer.graph.query import Chosen, Filter
from explorer.graph.roles import CORE
from explorer.scene import easel, sheet
from explorer.scene.camera import Camera, fit
from explorer.scene.detail import FEWEST, Budget
from explorer.scene.painter import Painter, edges_only, strips
from explorer.scene.theme import THEMES, theme
from explorer.scene.view import View
from explorer.scene.warm import Warm

SIZE = (160, 120)
ALL = tuple(range(len(CLASSES)))


def drawn(graph, seed=3):
    """A document whose accounts lie at random."""
    positions = np.random.default_rng(seed).normal(size=(graph.n, 2)).astype(np.float32)
    return edits.place(edits.load(graph), positions, Placing())


@pytest.fixture
def document(graph):
    return drawn(graph)


@pytest.fixture
def large():
    """Enough edges for a sketch: 3,000 accounts and 60,000 edges, 200 of them core."""
    random = np.random.default_rng(0)
    ends = random.integers(0, 3000, (2, 60_000)).astype(np.int32)
    return drawn(Graph(3000, ends[0].copy(), ends[1].copy(), {"author": np.arange(3000) < 200}))


def view_of(document, size=SIZE, **more):
    return View(fit(document.positions, size), size, **more)


def channels(pixels):
    """``(h, w, 3)`` red, green, blue."""
    return np.stack([pixels >> 16 & 255, pixels >> 8 & 255, pixels & 255], axis=-1).astype(int)


def ground(name):
    red, green, blue = theme(name).ground
    return 0xFF000000 | red << 16 | green << 8 | blue


def covered(document, **more):
    """How many pixels are not ground, accounts left out."""
    return int((edges_only(document, view_of(document, **more)) != ground("dark")).sum())


@pytest.mark.parametrize("name", THEMES)
def test_a_picture_has_its_size_and_is_on_the_ground_of_its_theme(document, name):
    picture = Painter().whole(document, view_of(document, theme=name))
    assert picture.pixels.shape == SIZE[::-1]
    assert picture.pixels.dtype == np.uint32
    assert picture.pixels.flags.c_contiguous
    assert picture.pixels[0, 0] == ground(name)
    assert (picture.pixels >> 24 == 255).all()
    assert (picture.pixels != ground(name)).any()


def test_the_same_document_and_view_make_the_same_picture(document):
    view = view_of(document)
    one, other = Painter().whole(document, view), Painter().whole(document, view)
    assert np.array_equal(one.pixels, other.pixels)


def test_an_empty_document_is_only_ground():
    view = View(Camera(), SIZE)
    picture = Painter().whole(Document(), view)
    assert (picture.pixels == ground("dark")).all()
    assert [p.complete for p in Painter().pictures(Document(), view)] == [True]


def test_one_account_is_one_disc():
    none = np.empty(0, np.int32)
    document = drawn(Graph(1, none, none.copy()))
    pixels = Painter().whole(document, view_of(document)).pixels
    assert pixels[SIZE[1] // 2, SIZE[0] // 2] != ground("dark")
    assert 0 < (pixels != ground("dark")).sum() < 600


def test_hidden_classes_are_not_drawn(document):
    assert covered(document) > 0
    assert covered(edits.switch_classes(document, ALL, on=False)) == 0


def test_switching_a_class_off_and_on_draws_the_same(document):
    painter, view = Painter(), view_of(document)
    first = next(painter.pictures(document, view))
    off = edits.switch_classes(document, (CLASSES.index("core>core"),), on=False)
    assert not np.array_equal(next(painter.pictures(off, view)).pixels, first.pixels)
    assert np.array_equal(next(painter.pictures(document, view)).pixels, first.pixels)


def test_what_the_filter_leaves_out_is_not_drawn(document):
    nobody = Filter((Chosen(np.zeros(document.graph.n, bool)),))
    picture = Painter().whole(edits.keep(document, nobody), view_of(document))
    assert (picture.pixels == ground("dark")).all()
    assert (picture.accounts, picture.edges) == (0, 0)


def test_counts_are_those_of_the_whole_document_not_of_the_view(document):
    far = View(Camera(1e6, 1e6, 1.0), SIZE)
    picture = Painter().whole(document, far)
    assert (picture.accounts, picture.edges) == (document.graph.n, document.graph.m)


def test_strength_and_size_change_the_picture(document):
    view = view_of(document)
    plain = Painter().whole(document, view).pixels
    strong = edits.restyle(document, replace(document.style, edge_strength=3.0))
    large = edits.restyle(document, replace(document.style, node_size=3.0))
    away = [np.abs(channels(p) - theme("dark").ground).sum() for p in (
        plain, Painter().whole(strong, view).pixels, Painter().whole(large, view).pixels
    )]  # fmt: skip
    assert away[0] < min(away[1:])


def test_a_selection_dims_the_rest_and_hides_nothing(document):
    view = view_of(document)
    plain = channels(Painter().whole(document, view).pixels)
    other = ~document.roles.mask(CORE)
    only = np.zeros(document.graph.n, bool)
    only[np.flatnonzero(other)[0]] = True
    dimmed = channels(Painter().whole(edits.select(document, only), view).pixels)
    back = np.array(theme("dark").ground)
    assert np.abs(dimmed - back).sum() < 0.8 * np.abs(plain - back).sum()
    was_bright = np.abs(plain - back).sum(axis=-1) > 90
    assert (np.abs(dimmed - back).sum(axis=-1)[was_bright] > 0).all()


def test_selected_accounts_are_bright(document):
    view = view_of(document)
    chosen = edits.select_role(document, CORE)
    lit = channels(Painter().whole(chosen, view).pixels)
    core = theme("dark").roles[CORE]
    middle = view.camera.to_screen(document.positions[document.roles.mask(CORE)], SIZE)
    seen = [lit[int(y), int(x)] for x, y in middle.tolist()]
    assert np.abs(np.array(seen) - core).max() < 40


def test_hover_lights_the_neighbourhood_and_dims_the_rest(document):
    painter, view = Painter(), view_of(document)
    plain = next(painter.pictures(document, view)).pixels
    lit = next(painter.pictures(document, replace(view, hover=2))).pixels
    again = next(painter.pictures(document, view)).pixels
    x, y = view.camera.to_screen(document.positions[2:3], SIZE)[0].astype(int).tolist()
    assert channels(lit)[y, x].sum() > 500
    assert channels(lit).sum() < channels(plain).sum()
    assert np.array_equal(plain, again)


def test_hover_outside_the_picture_does_no_harm(document):
    view = View(Camera(1e5, 0.0, 100.0), SIZE, hover=1)
    assert [p.complete for p in Painter().pictures(document, view)] == [True]


def test_a_large_document_is_sketched_first(large):
    pictures = list(Painter().pictures(large, view_of(large)))
    assert [picture.complete for picture in pictures] == [False, True]
    sketch, whole = pictures
    assert sketch.pixels.shape == (SIZE[1] // 2, SIZE[0] // 2)
    assert sketch.view.size == (SIZE[0] // 2, SIZE[1] // 2)
    assert sketch.view.camera.origin(sketch.view.size) == pytest.approx(
        whole.view.camera.origin(whole.view.size)
    )
    assert whole.pixels.shape == SIZE[::-1]


def test_a_sketch_comes_even_if_it_is_cancelled_and_the_rest_does_not(large):
    pictures = list(Painter().pictures(large, view_of(large), cancelled=lambda: True))
    assert [picture.complete for picture in pictures] == [False]


def test_a_drawing_given_up_goes_on_where_it_stopped(large):
    painter, view = Painter(), view_of(large)
    looks = iter([False, True])
    list(painter.pictures(large, view, cancelled=lambda: next(looks, True)))
    resumed = list(painter.pictures(large, view))[-1]
    assert np.array_equal(resumed.pixels, list(Painter().pictures(large, view))[-1].pixels)


def test_another_selection_counts_only_what_it_lights(large):
    painter, view = Painter(), view_of(large)
    list(painter.pictures(large, view))
    lit = list(painter.pictures(edits.select_role(large), view))
    fresh = list(Painter().pictures(edits.select_role(large), view))
    assert [picture.complete for picture in lit] == [True]
    assert np.array_equal(lit[-1].pixels, fresh[-1].pixels)


@pytest.mark.parametrize("chosen", [False, True])
def test_strips_put_together_are_the_whole_picture(large, monkeypatch, chosen):
    monkeypatch.setattr(sheet, "LARGEST", 128)
    document = edits.select_role(large) if chosen else large
    view = view_of(document, (300, 220))
    whole = Painter().whole(document, view).pixels
    for height in (50, 220):
        parts = list(strips(document, view, height))
        assert [y for y, _ in parts] == list(range(0, 220, height))
        together = np.concatenate([pixels for _, pixels in parts])
        assert np.abs(channels(together) - channels(whole)).mean() < 0.05


def test_a_large_picture_has_about_the_tones_of_a_small_one(large, monkeypatch):
    small = Painter().whole(large, view_of(large, (150, 110))).pixels
    monkeypatch.setattr(sheet, "LARGEST", 150)
    view = view_of(large, (600, 440))
    pixels = Painter().whole(large, replace(view, ratio=4.0)).pixels
    shrunk = channels(pixels).reshape(110, 4, 150, 4, 3).mean(axis=(1, 3))
    assert np.abs(shrunk.mean(axis=(0, 1)) - channels(small).mean(axis=(0, 1))).max() < 30


def test_edges_only_has_no_accounts(document):
    hidden = edits.switch_classes(document, ALL, on=False)
    assert (edges_only(hidden, view_of(hidden)) == ground("dark")).all()


def test_positions_that_are_not_numbers_are_drawn_without_harm(document):
    broken = document.positions.copy()
    broken[:3] = np.nan
    Painter().whole(replace(document, positions=broken), view_of(document))


def test_a_budget_learns_how_many_edges_fit():
    budget = Budget(edges=40_000)
    budget.learn(40_000, 10.0)
    assert budget.edges == 20_000
    budget.learn(20_000, 10.0)
    budget.learn(10_000, 10.0)
    assert budget.edges == FEWEST
    budget.learn(10_000, 0.001)
    assert budget.edges == 15_000


def test_warming_compiles_and_returns_nothing():
    told = []
    assert Warm()(lambda done, *_: told.append(done)) is None
    assert told == [1.0]


def test_edges_that_are_all_lit_are_not_counted_twice(large):
    painter, view = Painter(), view_of(large)
    list(painter.pictures(large, view))
    everybody = edits.select_all(large)
    drawn = painter.pictures(everybody, view, cancelled=lambda: True)
    assert [picture.complete for picture in drawn] == [True]
    fresh = list(Painter().pictures(everybody, view))[-1].pixels
    assert np.array_equal(next(painter.pictures(everybody, view)).pixels, fresh)


def test_a_hub_under_the_cursor_is_lit_by_a_sample_of_its_edges(monkeypatch):
    rays = np.arange(1, 2001, dtype=np.int32)
    document = drawn(Graph(2001, rays, np.zeros(2000, np.int32)))
    view = view_of(document)
    every = list(Painter().pictures(document, replace(view, hover=0)))[-1].pixels
    monkeypatch.setattr(easel, "RAYS", 500)
    some = list(Painter().pictures(document, replace(view, hover=0)))[-1].pixels
    assert 0 < np.abs(channels(every) - channels(some)).mean() < 12


def test_a_picture_in_strips_is_what_one_strip_makes(large, monkeypatch):
    view = view_of(large, (300, 280))
    in_four = Painter().whole(large, view).pixels
    monkeypatch.setattr(sheet, "STRIPS", 1)
    in_one = Painter().whole(large, view).pixels
    assert np.abs(channels(in_four) - channels(in_one)).max() <= 3

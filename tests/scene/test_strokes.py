from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from explorer.archive.tables import KINDS
from explorer.document import edits
from explorer.document.model import Placing
from explorer.graph.model import Category, Graph
from explorer.graph.query import Chosen, Filter
from explorer.scene import few as module
from explorer.scene import seen as limits
from explorer.scene.camera import Camera, fit
from explorer.scene.few import few_of
from explorer.scene.layers import Gatherer
from explorer.scene.painter import Painter, strips
from explorer.scene.seen import FEW, MANY, clarity, seen
from explorer.scene.sheet import sheet
from explorer.scene.strokes import DASHES, side_by_side
from explorer.scene.theme import theme
from explorer.scene.view import View

SIZE = (300, 200)
PLACES = [[0, 0], [3, 0], [3, 2], [0, 2]]


def joined(*edges, places=PLACES):
    """A document of edges given as source, target, kind and count."""
    table = np.array(edges, np.int32).reshape(-1, 4)
    graph = Graph(
        len(places),
        table[:, 0].copy(),
        table[:, 1].copy(),
        {"listed_in": Category(np.arange(len(places)) < 1, ("", "users"))},
        {"kind": Category(table[:, 2].astype(np.int8), KINDS), "count": table[:, 3].copy()},
    )
    return edits.place(edits.load(graph), np.array(places, np.float32), Placing())


def looked_at(document, size=SIZE, camera=None):
    """Layers, sheet and radii of a document that is seen as a whole."""
    view = View(camera or fit(document.positions, size), size)
    layers = Gatherer().layers(document)
    return SimpleNamespace(
        layers=layers, sheet=sheet(view, document.style), radii=layers.radii, view=view
    )


def drawn(document, **more):
    at = looked_at(document, **more)
    return few_of(at.layers, at.sheet, lambda: at.radii).strokes


def bow(curve):
    """How far, in pixels, the middle of a curve lies to the right of the straight line."""
    way = curve[3] - curve[0]
    middle = (curve[0] + 3 * curve[1] + 3 * curve[2] + curve[3]) / 8 - (curve[0] + curve[3]) / 2
    return (way[0] * middle[1] - way[1] * middle[0]) / np.hypot(*way)


def test_an_edge_alone_is_straight_and_ends_outside_both_accounts():
    document = joined((0, 1, 0, 1))
    at, made = looked_at(document), drawn(document)
    places = at.view.camera.to_screen(document.positions, SIZE)
    assert bow(made.curves[0]) == pytest.approx(0, abs=1e-6)
    tip, start = made.heads[0, 0], made.curves[0, 0]
    assert np.hypot(*(tip - places[1])) > at.radii[1]
    assert np.hypot(*(tip - places[1])) < at.radii[1] + 5
    assert at.radii[0] < np.hypot(*(start - places[0])) < at.radii[0] + 5


def test_two_directions_bow_apart():
    made = drawn(joined((0, 1, 0, 1), (1, 0, 0, 1)))
    bows = [bow(curve) for curve in made.curves]
    assert min(bows) > 1
    assert bows[0] == pytest.approx(bows[1], rel=0.2)


def test_kinds_of_one_direction_lie_side_by_side_with_dashes_of_their_own():
    made = drawn(joined(*[(0, 1, kind, 1) for kind in range(4)]))
    bows = sorted(bow(curve) for curve in made.curves)
    assert np.diff(bows).min() > 1
    assert bows[0] == pytest.approx(-bows[-1], abs=0.5)
    assert len({tuple(dash) for dash in made.dashes.tolist()}) == 4
    assert len({DASHES[kind] for kind in KINDS[:4]}) == 4


@pytest.mark.parametrize("seed", range(5))
def test_no_two_edges_between_two_accounts_share_a_lane(seed):
    random = np.random.default_rng(seed)
    table = np.unique(random.integers(0, 4, (40, 3)), axis=0)
    table = table[table[:, 0] != table[:, 1]].astype(np.int32)
    lanes = side_by_side(table[:, 0], table[:, 1], table[:, 2])
    way = np.where(table[:, 0] < table[:, 1], 1, -1)  # to the right of one of the two directions
    pairs = [tuple(sorted(row[:2])) for row in table.tolist()]
    taken = list(zip(pairs, (lanes * way).tolist(), strict=True))
    assert len(set(taken)) == len(taken)


def test_more_interactions_are_wider_up_to_a_limit():
    made = drawn(joined((0, 1, 0, 1), (1, 2, 0, 20), (2, 3, 0, 10**6), (3, 0, 0, 10**8)))
    widths = dict(zip(made.rows.tolist(), made.widths.tolist(), strict=True))
    assert widths[0] < widths[1] < widths[2] == widths[3]


def test_an_edge_from_an_account_to_itself_is_a_loop():
    document = joined((1, 1, 0, 1))
    curve = drawn(document).curves[0]
    assert np.ptp(curve, axis=0).min() > 5
    assert np.hypot(*(curve[0] - curve[3])) < 20


def test_between_accounts_that_touch_there_is_a_line_and_no_arrow():
    document = joined((0, 1, 0, 1), places=[[0, 0], [0.001, 0], [9, 9]])
    made = drawn(document)
    assert len(made) == 1
    assert np.ptp(made.heads[0], axis=0).max() == 0


def test_only_edges_that_cross_the_picture_are_seen():
    document = joined((0, 1, 0, 1), (2, 3, 0, 1), (0, 3, 0, 1))
    at = looked_at(document, camera=Camera(1.5, 0.0, 120.0))
    assert seen(at.layers.edges, at.layers.positions, at.sheet).tolist() == [0]
    touch = np.array([False, False, True, False])
    assert not len(seen(at.layers.edges, at.layers.positions, at.sheet, touch))


def test_what_is_filtered_or_switched_off_is_not_seen():
    document = joined((0, 1, 0, 1), (1, 2, 0, 1), (2, 3, 0, 1))
    kept = edits.keep(document, Filter((Chosen(np.arange(4) < 3),)))
    assert sorted(drawn(kept).rows.tolist()) == [0, 1]
    core = edits.switch_classes(kept, (7, 6, 2, 5), on=False)
    assert len(drawn(core)) < 2


def test_when_many_are_in_sight_none_is_drawn_as_itself():
    ends = np.zeros((MANY + 1, 4), np.int32)
    ends[:, 1:] = [1, 0, 1]
    document = joined(*ends.tolist())
    at = looked_at(document)
    assert few_of(at.layers, at.sheet, lambda: at.radii) is None


def test_clarity_falls_without_a_step():
    steps = np.diff([clarity(number) for number in range(MANY + 2)])
    assert clarity(FEW) == 1.0
    assert clarity(MANY) == 0.0
    assert np.abs(steps).max() < 0.01


def pixels_of(document, view):
    return Painter().whole(document, view).pixels


def channels(pixels):
    return np.stack([pixels >> 16 & 255, pixels >> 8 & 255, pixels & 255], axis=-1).astype(int)


def test_half_way_the_picture_is_half_way(monkeypatch):
    document = joined((0, 1, 0, 1), (1, 2, 0, 9), (2, 3, 1, 1), (3, 1, 3, 1))
    view = View(fit(document.positions, SIZE), SIZE)
    made = {}
    for share in (0.0, 0.5, 1.0):
        monkeypatch.setattr(module, "clarity", lambda _number, share=share: share)
        made[share] = channels(pixels_of(document, view))
    apart = np.abs(made[0.5] - (made[0.0] + made[1.0]) / 2)
    assert np.abs(made[0.0] - made[1.0]).max() > 60
    assert apart.mean() < 0.5
    assert apart.max() < 60


def test_strips_of_a_large_picture_without_a_density_differ():
    document = joined((0, 2, 0, 1))
    view = View(fit(document.positions, (2100, 1400)), (2100, 1400), ratio=7.0)
    whole = [pixels.copy() for _, pixels in strips(document, view, 700)]
    assert not np.array_equal(*whole)


def test_arrows_in_strips_are_those_of_the_whole_picture():
    document = joined((0, 1, 0, 1), (1, 2, 1, 9), (2, 3, 2, 1), (0, 2, 3, 30), (2, 0, 0, 1))
    view = View(fit(document.positions, (300, 290)), (300, 290))
    whole = pixels_of(document, view)
    together = np.concatenate([pixels for _, pixels in strips(document, view, 70)])
    assert np.array_equal(whole, together)


def test_the_head_is_at_the_target():
    document = joined((0, 1, 0, 1))
    view = View(fit(document.positions, SIZE), SIZE)
    shape = channels(pixels_of(document, view)) - theme("dark").ground
    ink = np.abs(shape).sum(axis=2)
    x0, x1 = view.camera.to_screen(document.positions[:2], SIZE)[:, 0].astype(int).tolist()
    middle = int(view.camera.to_screen(document.positions[:1], SIZE)[0, 1])
    band = ink[middle - 8 : middle + 8] > 60
    thick = band.sum(axis=0)
    assert thick[x1 - 16 : x1 - 8].max() > thick[x0 + 30 : x0 + 60].max() + 1


def test_hover_lights_arrows_even_where_the_rest_is_a_density(monkeypatch):
    document = joined((0, 1, 0, 1), (1, 2, 0, 9), (2, 3, 1, 1), (3, 1, 3, 1))
    view = View(fit(document.positions, SIZE), SIZE, hover=0)
    usual = list(Painter().pictures(document, view))[-1].pixels
    monkeypatch.setattr(limits, "MANY", 3)
    dense = list(Painter().pictures(document, view))[-1].pixels
    x, y = view.camera.to_screen(document.positions[:2], SIZE).mean(axis=0).astype(int).tolist()
    near = slice(y - 3, y + 4), slice(x - 20, x + 20)
    assert np.abs(channels(usual)[near] - channels(dense)[near]).max() < 40


def test_a_picture_of_few_edges_needs_no_sketch():
    document = joined(*[(0, 1, 0, 1)] * 1000)
    view = View(fit(document.positions, SIZE), SIZE)
    assert [picture.complete for picture in Painter().pictures(document, view)] == [True]


def test_edge_strength_makes_arrows_stronger():
    document = joined((0, 1, 0, 1))
    away = [
        np.abs(drawn(edits.restyle(document, replace(document.style, edge_strength=s))).colours
               - np.array(theme("dark").ground, int)).sum()
        for s in (0.5, 1.0, 3.0)
    ]  # fmt: skip
    assert away == sorted(away)
    assert away[0] < away[2]

import numpy as np
import pytest

from explorer.document import edits
from explorer.graph.query import Chosen, Filter
from explorer.ui.canvas.rings import FEW, SMALL, Rings, few


class Drawn:
    """A finder that knows one radius for all, in world units."""

    def __init__(self, radius):
        self._radius = radius

    def radius(self, account):
        return self._radius


def selected(document, *rows):
    mask = np.zeros(document.graph.n, bool)
    mask[list(rows)] = True
    return edits.select(document, mask)


def test_a_selected_account_drawn_as_a_point_is_ringed(document):
    chosen = selected(document, 3)
    (point,) = Rings().points(chosen, Drawn(SMALL / 4), 2.0, -1)
    assert point == pytest.approx(tuple(document.positions[3].tolist()))


def test_one_that_can_be_seen_or_has_the_focus_needs_no_ring(document):
    chosen = selected(document, 3, 5)
    assert Rings().points(chosen, Drawn(SMALL), 2.0, -1) == []
    assert len(Rings().points(chosen, Drawn(0.1), 2.0, 5)) == 1


def test_of_many_none_is_ringed_and_of_hidden_ones_neither(document):
    assert len(few(selected(document, *range(min(document.graph.n, FEW))))) > 0
    assert len(few(edits.select_all(document))) == (
        0 if document.graph.n > FEW else document.graph.n
    )
    kept = np.zeros(document.graph.n, bool)
    kept[5] = True
    filtered = edits.keep(selected(document, 3, 5), Filter((Chosen(kept),)))
    assert few(filtered).tolist() == [5]

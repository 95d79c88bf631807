import numpy as np
import pytest

from explorer.document import edits
from explorer.document.model import Placing
from explorer.graph.model import Graph
from explorer.graph.query import Chosen, Filter
from explorer.scene.walk import Walk, beginning, neighbours_of

SOURCE, TARGET = [0, 2, 0, 3, 3, 1], [1, 0, 3, 0, 3, 2]
COUNT = [5, 7, 4, 4, 99, 1]


@pytest.fixture
def document():
    """Account 0 has 1 (5 interactions), 2 (7) and 3 (4 and 4, and 99 with itself)."""
    ends = [np.array(side, np.int32) for side in (SOURCE, TARGET)]
    graph = Graph(5, *ends, {}, {"count": np.array(COUNT, np.int32)})
    places = np.arange(10, dtype=np.float32).reshape(5, 2)
    return edits.place(edits.load(graph), places, Placing())


def test_neighbours_come_by_interactions_in_both_directions_together(document):
    assert neighbours_of(document, 0).tolist() == [3, 2, 1]
    assert neighbours_of(document, 3).tolist() == [0]
    assert neighbours_of(document, 4).tolist() == []


def test_neighbours_that_the_filter_leaves_out_are_passed_over(document):
    but_two = edits.keep(document, Filter((Chosen(np.arange(5) != 2),)))
    assert neighbours_of(but_two, 0).tolist() == [3, 1]


def test_a_walk_begins_at_the_most_connected_of_the_selected(document):
    assert beginning(document) in (0, 3)
    chosen = edits.select(document, np.isin(np.arange(5), [1, 4]))
    assert beginning(chosen) == 1
    nobody = edits.keep(document, Filter((Chosen(np.zeros(5, bool)),)))
    assert beginning(nobody) == -1


def test_looking_goes_round_in_both_directions(document):
    walk = Walk().at(0)
    seen = []
    for _ in range(4):
        walk = walk.turned(document, 1)
        seen.append(walk.seen)
    assert seen == [3, 2, 1, 3]
    assert walk.words == "neighbour 1 of 3"
    assert walk.turned(document, -1).seen == 1
    assert Walk().at(0).turned(document, -1).seen == 1


def test_going_there_and_back_ends_where_it_began(document):
    there = Walk().at(0).turned(document, 1).gone()
    assert (there.here, there.trail) == (3, (0, 3))
    assert there.back().here == 0
    assert there.back().back().here == 0


def test_an_account_without_neighbours_says_so(document):
    alone = Walk().at(4).turned(document, 1)
    assert (alone.seen, alone.words) == (4, "no neighbours")
    assert alone.gone() is alone

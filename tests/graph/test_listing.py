import pickle

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from explorer.graph.listing import BLOCK, Listing
from explorer.graph.model import Graph, Text
from explorer.graph.rules import AssignListed, ids_from, light_for_ids

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=4)


@given(st.frozensets(words, max_size=30), words)
def test_a_listing_is_the_set_of_its_ids(ids, other):
    listing = Listing.of(ids)
    assert listing == ids
    assert ids == listing
    assert hash(listing) == hash(ids)
    assert len(listing) == len(ids)
    assert list(listing) == sorted(ids)
    assert (other in listing) is (other in ids)
    assert listing == Listing.of(list(ids) * 2)
    assert listing != Listing.of(ids | {"not in it"})


def test_a_long_listing_finds_ids_of_every_block():
    ids = [str(i) for i in range(2 * BLOCK + 5)]
    listing = Listing.of(ids)
    assert len(listing.blocks) == 3
    assert all(one in listing for one in ids[:: BLOCK // 3])
    assert "x" not in listing
    assert 5 not in listing


def test_a_listing_travels_as_arrays_alone():
    listing = Listing.of(str(i) for i in range(20_000))
    apart = []
    head = pickle.dumps(listing, protocol=5, buffer_callback=apart.append)
    assert len(head) < 1000
    assert len(apart) == 2 * len(listing.blocks)
    assert pickle.loads(head, buffers=apart) == listing


def test_reading_a_list_tells_how_far_it_is(tmp_path):
    path = tmp_path / "ids.txt"
    path.write_text("\n".join(str(i) for i in range(250_000)))
    told = []
    rule = ids_from(path, lambda done, note="", _=None: told.append((done, note)))
    assert len(rule.ids) == 250_000
    assert [note for _, note in told][:3] == [
        "0 lines read", "100,000 lines read", "200,000 lines read",
    ]  # fmt: skip
    assert told == sorted(told, key=lambda one: one[0])


def test_a_list_gives_its_rule_and_the_roles_of_a_light_graph(tmp_path):
    ids = Text.of(f"id{i}" for i in range(5))
    ends = np.array([4], np.int32), np.array([3], np.int32)
    nodes = {"id": ids, "posts": np.arange(5)}
    graph = Graph(5, *ends, nodes, {"count": np.array([2], np.int32)})
    path = tmp_path / "ids.txt"
    path.write_text("id3\nnobody\n")
    light = light_for_ids(graph)
    assert (set(light.nodes), set(light.edges)) == ({"id"}, set())
    rule, codes = AssignListed(light, path)(lambda *_: None)
    assert len(rule.ids) == 2
    assert codes.tolist() == [0, 0, 0, 2, 1]

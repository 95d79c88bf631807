from __future__ import annotations

import time

import numpy as np
import pytest

from explorer.bench.layouts import UNITS, compared
from explorer.bench.placers import PEERS, Peer, nothing
from explorer.bench.planted import Size, planted
from explorer.layout.pairs import pairs_of

TINY = Size(60, 240, 3)


def scattered(pairs):
    return np.random.default_rng(1).random((pairs.n, 2)).astype(np.float32)


def asleep(pairs):
    time.sleep(60)
    return scattered(pairs)


def absent():
    return "install it"


def test_the_planted_network_is_as_large_as_asked_and_the_same_again():
    graph, community = planted(TINY)
    again, _ = planted(TINY)
    assert graph.n == len(community) == 300
    assert np.array_equal(graph.source, again.source)
    assert len(np.unique(community)) == 3
    assert (community[graph.source] == community[graph.target]).mean() > 0.7


@pytest.mark.slow
def test_peers_stand_beside_flock_and_missing_or_slow_ones_are_named():
    peers = (
        Peer("Scattered", nothing, scattered),
        Peer("Absent", absent, scattered),
        Peer("Asleep", nothing, asleep),
    )
    rows = compared(TINY, peers, 8.0)
    ours = {name: value for name, value, _, reference, against in rows if not against}
    assert len(ours) == 3 * len(UNITS)
    beside = [row for row in rows if row[4] == "Scattered"]
    assert len(beside) == len(UNITS)
    assert all(reference > 0 for _, _, _, reference, _ in beside)
    words = [row[4] for row in rows if row[3] is None and row[4]]
    assert words == ["Absent not there: install it", "Asleep did not finish in 8 s"]


def test_what_is_missing_is_said_with_how_to_install_it():
    for peer in PEERS:
        assert peer.missing() == "" or "install" in peer.missing()


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_every_peer_that_is_there_places_everybody(peer):
    if peer.missing():
        assert "install" in peer.missing()
        return
    pairs = pairs_of(planted(TINY)[0])
    assert peer.place(pairs).shape == (pairs.n, 2)

"""Importing this makes a waiting worker ready: every kernel of Flock is loaded, or compiled."""

from __future__ import annotations

import numpy as np

from explorer.graph.model import Graph
from explorer.job import silent
from explorer.layout.asked import FlockOptions
from explorer.layout.flock import place
from explorer.layout.hands import FEW as SHARED


def make_ready() -> None:
    """Lay out a small network that passes every stage: two hubs, a crowd, a ring, and a chain.

    Few enough that one thread does it all, so that waiting workers start no second one.
    """
    n = SHARED // 4
    ring = np.arange(n, dtype=np.int32)
    source = np.concatenate([ring, ring[n // 2 : n // 2 + 40], ring[:200]])
    target = np.concatenate([(ring + 1) % n, np.zeros(40), (ring[:200] * 7 + 3) % n])
    chain = np.arange(n, n + 4)
    source, target = np.append(source, chain[:-1]), np.append(target, chain[1:])
    network = Graph(n + 4, source.astype(np.int32), target.astype(np.int32))
    place(network, FlockOptions(rounds=2), None, silent)


make_ready()

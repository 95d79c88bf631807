"""What the size of an account means, for the key of one picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from explorer.graph.model import degree
from explorer.graph.roles import AMPLIFIER, CORE, OTHER, ROLES
from explorer.scene.detail import base_radii, enlargement
from explorer.scene.legend import Block, Row, Sized

if TYPE_CHECKING:
    from explorer.document.model import Document
    from explorer.scene.layers import Layers
    from explorer.scene.view import View

LARGEST = 22.0
"""Logical pixels of the radius of the largest account shown beside its number of edges."""
MOST = 4
"""Accounts side by side."""


def size_block(document: Document, layers: Layers, view: View) -> Block:
    """Return accounts with 1, 10, 100 … edges as large as *view* draws them.

    They are of the role that matters most of those shown: core, else amplifier, else other.
    """
    present = [role for role in (CORE, AMPLIFIER) if len(layers.accounts[role])]
    role = present[0] if present else OTHER
    rows = layers.accounts[role]
    most = int(degree(document.graph)[rows].max(initial=1))
    edges = 10 ** np.arange(int(np.log10(max(most, 1))) + 1)
    logical = layers.apart * view.camera.scale / view.ratio
    factor = enlargement(logical) * document.style.node_size
    core = np.append(np.full(len(edges), role == CORE), document.roles.mask(CORE).any())
    radii = factor * base_radii(np.append(edges, 0), core)[:-1]  # the last says if there are core
    sizes = [
        Sized(f"{number:,}", radius, role)
        for number, radius in zip(edges.tolist(), radii.tolist(), strict=True)
        if radius <= LARGEST
    ]
    return Block(
        f"{ROLES[role].upper()}, SIZE BY NUMBER OF EDGES",
        (Row("smaller where they crowd"),),
        tuple(sizes[-MOST:]),
    )

"""Pajek: the network, and the roles as a partition beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from explorer.formats.fields import Dialect, Field, always, blocks, counted, objects, pieces
from explorer.graph.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from explorer.formats.fields import Pieces
    from explorer.formats.network import Network

UNFIT = str.maketrans({'"': "'", "\\": "/"})
"""What a label of Pajek cannot hold."""
PAJEK = Dialect(lambda text: f'"{text.translate(UNFIT)}"')


def text(network: Network) -> Iterator[tuple[int, str]]:
    """Yield how many accounts and edges are written, and the text of the network, in blocks.

    Edges of several kinds between two accounts are lines of their own, each labelled by its kind.
    """
    yield 0, "".join(f"% {line}\n" for line in network.story) + f"*Vertices {network.n}\n"
    yield from blocks(_vertices(network), network.n)
    yield network.n, "*Arcs\n"
    for done, block in blocks(_arcs(network), network.m):
        yield network.n + done, block


def partition(network: Network) -> Iterator[tuple[int, str]]:
    """Yield the roles as a partition: 0 other, 1 amplifier, 2 core."""
    named = ", ".join(f"{code} {role}" for code, role in enumerate(ROLES))
    codes = getattr(network.account_field("role").values, "codes", np.zeros(network.n, np.uint8))
    yield 0, f"% {named}\n*Vertices {network.n}\n"
    roles = Field("role", codes.astype(np.int32))
    yield from blocks([pieces(roles, PAJEK, after="\n")], network.n)


def _vertices(network: Network) -> list[Pieces]:
    labels = _labels(network.ids)
    made: list[Pieces] = [counted("", "", 1), lambda rows: labels[rows].tolist()]
    if network.positions is not None and network.n:
        low = network.positions.min(axis=0)
        wide = float(np.ptp(network.positions, axis=0).max()) or 1.0
        x, y = np.ascontiguousarray(((network.positions - low) / wide).T)
        made += [
            pieces(Field("x", x), PAJEK, " "),
            pieces(Field("y", y), PAJEK, " "),
        ]
    return [*made, always("\n")]


def _labels(ids: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return ids as labels, no two alike."""
    made, taken = [], set[str]()
    for one in ids.tolist():  # a set tells at once
        name, number = one.translate(UNFIT), 2
        plain = name
        while name in taken:
            name, number = f"{plain} ({number})", number + 1
        taken.add(name)
        made.append(f' "{name}"')
    return objects(made)


def _arcs(network: Network) -> list[Pieces]:
    return [
        lambda rows: list(map("%d ".__mod__, (network.source[rows] + 1).tolist())),
        lambda rows: list(map("%d ".__mod__, (network.target[rows] + 1).tolist())),
        pieces(network.weights, PAJEK),
        pieces(network.edge_field("kind"), PAJEK, " l "),
        always("\n"),
    ]

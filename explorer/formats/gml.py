"""GML as igraph, networkx, Gephi and yEd read it.

Its ids are whole numbers that igraph keeps as floating point, so an account's id never becomes
one: it is the label, and the attribute ``account``, both text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from explorer.formats.fields import Dialect, always, blocks, counted, looked_up, objects, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from explorer.formats.fields import Field, Pieces
    from explorer.formats.network import Network

SPECIAL = re.compile(r"[^ !#-%\'-~]")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
RESERVED = frozenset({"id", "label", "name", "account", "graphics", "node", "edge"})


def quoted(text: str) -> str:
    """Return a string of GML: ASCII, with the numbers of characters for all else, as networkx.

    igraph reads ``&amp;`` but leaves ``&#38;`` as it stands; with numbers alone, what it gives can
    be read in one way only.
    """
    return f'"{SPECIAL.sub(lambda found: f"&#{ord(found[0])};", text)}"'


GML = Dialect(quoted, days=quoted, truth=("0", "1"))


def text(network: Network) -> Iterator[tuple[int, str]]:
    """Yield how many accounts and edges are written, and the text of the file, in blocks."""
    yield 0, _head(network)
    yield from blocks(_nodes(network), network.n)
    for done, block in blocks(_edges(network), network.m):
        yield network.n + done, block
    yield network.n + network.m, "]\n"


def _head(network: Network) -> str:
    told = network.about["provenance"]
    creator = quoted(f"{told.get('program', 'Starling')} {told.get('version', '')}".strip())
    return (
        f"Creator {creator}\ngraph [\n  directed 1\n  multigraph 1\n"
        f"  comment {quoted(' '.join(network.story))}\n"
        f"  simulated {int(network.about['simulated'])}\n"
    )


def _nodes(network: Network) -> list[Pieces]:
    rows = zip(network.ids.tolist(), network.labels.tolist(), strict=True)
    named = objects(
        [
            f" label {one} account {one} name {quoted(label)}"
            for one, label in ((quoted(id_), label) for id_, label in rows)
        ]
    )
    drawn: list[Pieces] = []
    if network.places:
        x, y = network.places
        drawn = [pieces(x, GML, " x "), pieces(y, GML, " y ")]
    *_, size = network.looks
    drawn.append(looked_up(*_colours(network)))
    return [
        counted("  node [ id ", ""),
        lambda rows: named[rows].tolist(),
        *_values(network.accounts),
        *drawn,
        pieces(size, GML, " size ", " ]\n"),
    ]


def _colours(network: Network) -> tuple[NDArray[np.object_], NDArray[np.intp]]:
    """Return each colour there is as an attribute, and which of them every account has."""
    found, codes = np.unique(network.colours, axis=0, return_inverse=True)
    made = [' color "#{:02x}{:02x}{:02x}"'.format(*one) for one in found.tolist()]
    return objects(made), codes.reshape(-1)


def _edges(network: Network) -> list[Pieces]:
    return [
        lambda rows: list(map("  edge [ source %d".__mod__, network.source[rows].tolist())),
        lambda rows: list(map(" target %d".__mod__, network.target[rows].tolist())),
        pieces(network.weights, GML, " weight "),
        *_values(network.edges),
        always(" ]\n"),
    ]


def _values(fields: Sequence[Field]) -> list[Pieces]:
    """Return what writes the fields whose names GML can hold."""
    return [
        pieces(one, GML, f" {one.name} ")
        for one in fields
        if NAME.fullmatch(one.name) and one.name not in RESERVED
    ]

"""Node-link JSON as networkx 3.4 and later, and d3, read it."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from explorer.formats.fields import Dialect, always, blocks, looked_up, objects, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from explorer.formats.fields import Field, Pieces
    from explorer.formats.network import Network

quoted = partial(json.dumps, ensure_ascii=False)
JSON = Dialect(quoted, days=quoted)


def text(network: Network) -> Iterator[tuple[int, str]]:
    """Yield how many accounts and edges are written, and the text of the file, in blocks."""
    graph = quoted({"story": " ".join(network.story), **network.about})
    yield 0, f'{{"directed": true, "multigraph": true, "graph": {graph},\n"nodes": [\n'
    yield from _parted(blocks(_nodes(network), network.n), network.n)
    yield network.n, '],\n"edges": [\n'
    for done, block in _parted(blocks(_edges(network), network.m), network.m):
        yield network.n + done, block
    yield network.n + network.m, "]}\n"


def _parted(made: Iterator[tuple[int, str]], count: int) -> Iterator[tuple[int, str]]:
    """Yield blocks of lines that end in a comma, the very last without."""
    for done, block in made:
        yield done, block if done < count else block.removesuffix(",\n") + "\n"


def _nodes(network: Network) -> list[Pieces]:
    rows = zip(network.ids.tolist(), network.labels.tolist(), strict=True)
    begun = objects([f'{{"id": {quoted(one)}, "label": {quoted(label)}' for one, label in rows])
    fields = (*network.accounts, *network.places, *network.looks)
    return [lambda rows: begun[rows].tolist(), *_values(fields), always("},\n")]


def _edges(network: Network) -> list[Pieces]:
    ids = [quoted(one) for one in network.ids.tolist()]
    return [
        looked_up(objects([f'{{"source": {one}' for one in ids]), network.source),
        looked_up(objects([f', "target": {one}' for one in ids]), network.target),
        pieces(network.edge_field("kind"), JSON, ', "key": '),
        pieces(network.weights, JSON, ', "weight": '),
        *_values(network.edges),
        always("},\n"),
    ]


def _values(fields: Sequence[Field]) -> list[Pieces]:
    return [pieces(one, JSON, f", {quoted(one.name)}: ") for one in fields]

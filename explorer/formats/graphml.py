"""GraphML as igraph, networkx, Gephi, Cytoscape and yEd read it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from explorer.formats.fields import (
    Dialect,
    Field,
    always,
    blocks,
    counted,
    in_xml,
    looked_up,
    objects,
    pieces,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from explorer.formats.fields import Pieces
    from explorer.formats.network import Network

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
    'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)
TAIL = "</graph>\n</graphml>\n"
TYPES = {"integer": "int"}
"""What GraphML calls a type, where that is another name."""
XML = Dialect(in_xml)


def text(network: Network) -> Iterator[tuple[int, str]]:
    """Yield how many accounts and edges are written, and the text of the file, in blocks."""
    accounts = (*network.accounts, *network.places, *network.looks)
    edges = (network.weights, *network.edges)
    yield 0, HEAD + _keys(accounts, edges) + _graph(network)
    yield from blocks(_nodes(network, accounts), network.n)
    for done, block in blocks(_edges(network, edges), network.m):
        yield network.n + done, block
    yield network.n + network.m, TAIL


def _keys(accounts: Sequence[Field], edges: Sequence[Field]) -> str:
    said = [
        '<key id="g_story" for="graph" attr.name="story" attr.type="string"/>',
        '<key id="g_about" for="graph" attr.name="about" attr.type="string"/>',
        '<key id="g_simulated" for="graph" attr.name="simulated" attr.type="boolean"/>',
        '<key id="n_label" for="node" attr.name="label" attr.type="string"/>',
    ]
    for mark, side, fields in (("n", "node", accounts), ("e", "edge", edges)):
        said += [
            f'<key id="{mark}_{place}" for="{side}" attr.name="{in_xml(one.name)}" '
            f'attr.type="{TYPES.get(one.type, one.type)}"/>'
            for place, one in enumerate(fields)
        ]
    return "\n".join(said) + "\n"


def _graph(network: Network) -> str:
    about = in_xml(json.dumps(dict(network.about), ensure_ascii=False))
    return (
        '<graph id="G" edgedefault="directed">\n'
        f'<data key="g_story">{in_xml(" ".join(network.story))}</data>\n'
        f'<data key="g_about">{about}</data>\n'
        f'<data key="g_simulated">{str(network.about["simulated"]).lower()}</data>\n'
    )


def _nodes(network: Network, fields: Sequence[Field]) -> list[Pieces]:
    rows = zip(network.ids.tolist(), network.labels.tolist(), strict=True)
    begun = objects(
        [
            f'<node id="{in_xml(one)}"><data key="n_label">{in_xml(label)}</data>'
            for one, label in rows
        ]
    )
    return [lambda rows: begun[rows].tolist(), *_data("n", fields), always("</node>\n")]


def _edges(network: Network, fields: Sequence[Field]) -> list[Pieces]:
    ids = [in_xml(one) for one in network.ids.tolist()]
    return [
        counted('<edge id="e', '"'),
        looked_up(objects([f' source="{one}"' for one in ids]), network.source),
        looked_up(objects([f' target="{one}">' for one in ids]), network.target),
        *_data("e", fields),
        always("</edge>\n"),
    ]


def _data(mark: str, fields: Sequence[Field]) -> list[Pieces]:
    return [
        pieces(one, XML, f'<data key="{mark}_{place}">', "</data>")
        for place, one in enumerate(fields)
    ]

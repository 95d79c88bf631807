"""GEXF 1.3 as Gephi, networkx and sigma.js read it: the dullest dialect there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.formats.fields import Dialect, always, blocks, counted, in_xml, looked_up, pieces
from explorer.formats.fields import objects as column

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from explorer.formats.fields import Field, Pieces
    from explorer.formats.network import Network

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">\n'
)
TAIL = "</edges>\n</graph>\n</gexf>\n"
XML = Dialect(in_xml)


def text(network: Network) -> Iterator[tuple[int, str]]:
    """Yield how many accounts and edges are written, and the text of the file, in blocks."""
    yield 0, HEAD + _meta(network) + _declared(network)
    yield 0, f'<nodes count="{network.n}">\n'
    yield from blocks(_nodes(network), network.n)
    yield network.n, f'</nodes>\n<edges count="{network.m}">\n'
    for done, block in blocks(_edges(network), network.m):
        yield network.n + done, block
    yield network.n + network.m, TAIL


def _meta(network: Network) -> str:
    told = network.about["provenance"]
    day = str(told.get("made", ""))[:10]
    when = f' lastmodifieddate="{in_xml(day)}"' if day else ""
    creator = in_xml(f"{told.get('program', 'Starling')} {told.get('version', '')}".strip())
    words = in_xml(" ".join(network.story))
    keywords = "<keywords>simulated</keywords>" if network.about["simulated"] else ""
    return (
        f"<meta{when}>\n<creator>{creator}</creator>\n<description>{words}</description>\n"
        f'{keywords}</meta>\n<graph mode="static" defaultedgetype="directed">\n'
    )


def _declared(network: Network) -> str:
    sides = (("node", network.accounts), ("edge", network.edges))
    return "".join(
        f'<attributes class="{side}">\n'
        + "".join(
            f'<attribute id="{in_xml(one.name)}" title="{in_xml(one.name)}" type="{one.type}"/>\n'
            for one in fields
        )
        + "</attributes>\n"
        for side, fields in sides
    )


def _nodes(network: Network) -> list[Pieces]:
    ids = [in_xml(one) for one in network.ids.tolist()]
    labels = [in_xml(one) for one in network.labels.tolist()]
    begun = [
        f'<node id="{one}" label="{label}"><attvalues>'
        for one, label in zip(ids, labels, strict=True)
    ]
    red, green, blue, size = network.looks
    drawn = [
        pieces(red, XML, '</attvalues><viz:color r="', '"'),
        pieces(green, XML, ' g="', '"'),
        pieces(blue, XML, ' b="', '"/>'),
    ]
    if network.places:
        x, y = network.places
        drawn += [
            pieces(x, XML, '<viz:position x="', '"'),
            pieces(y, XML, ' y="', '" z="0.0"/>'),
        ]
    drawn.append(pieces(size, XML, '<viz:size value="', '"/></node>\n'))
    made = column(begun)
    return [lambda rows: made[rows].tolist(), *_values(network.accounts), *drawn]


def _edges(network: Network) -> list[Pieces]:
    ids = [in_xml(one) for one in network.ids.tolist()]
    return [
        counted('<edge id="', '"'),
        looked_up(column([f' source="{one}"' for one in ids]), network.source),
        looked_up(column([f' target="{one}"' for one in ids]), network.target),
        pieces(network.edge_field("kind"), XML, ' kind="', '"'),
        pieces(network.weights, XML, ' weight="', '"'),
        always("><attvalues>"),
        *_values(network.edges),
        always("</attvalues></edge>\n"),
    ]


def _values(fields: Sequence[Field]) -> list[Pieces]:
    return [
        pieces(one, XML, f'<attvalue for="{in_xml(one.name)}" value="', '"/>') for one in fields
    ]

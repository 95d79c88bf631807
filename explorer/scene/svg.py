"""Figures as vectors that other programs can edit: streamed, and honest about what is a picture.

Above a budget of edges no browser and no drawing program stays usable, so the edges then become
one embedded picture, while accounts, names, key and footer stay vectors; the file says which.
"""

from __future__ import annotations

import base64
import io
from functools import singledispatch
from typing import TYPE_CHECKING, BinaryIO
from xml.sax.saxutils import escape, quoteattr

from explorer.job import silent
from explorer.scene.budget import EDGE_BUDGET, edges_picture, planned
from explorer.scene.easel import VEIL
from explorer.scene.few import drawn_singly
from explorer.scene.marks import FONTS, Box, Disc, Mark, Stroke, Words
from explorer.scene.outlines import strokes_markup
from explorer.scene.png import write_png
from explorer.scene.svgpaths import accounts_markup, edges_markup
from explorer.scene.theme import code, theme
from explorer.scene.told import description, record
from explorer.scene.vectors import Grid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from explorer.job import Report
    from explorer.scene.budget import Drawn, Planned
    from explorer.scene.composed import Composed
    from explorer.scene.figure import Figure
    from explorer.scene.layers import Layers
    from explorer.scene.marks import Measure, Outline
    from explorer.scene.sheet import Sheet

HALO = 0.26
"""Width of the halo round words, in parts of their size."""
DIMMED = 1 - VEIL / 256
"""Opacity of what is not selected."""

CSS = 96
"""Pixels to an inch in SVG."""

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'width="{2}" height="{3}" viewBox="0 0 {0} {1}" role="img" aria-labelledby="title desc">\n'
)


def write_svg(
    file: BinaryIO,
    figure: Figure,
    measure: Measure,
    report: Report = silent,
    budget: int = EDGE_BUDGET,
    outline: Outline | None = None,
) -> Drawn:
    """Write *figure* as SVG, and return how its edges are drawn; see ``EDGE_BUDGET``.

    With *outline*, words are paths that look the same where the fonts are missing.

    The same figure gives the same bytes. Names can neither break the file nor reorder what
    stands beside them, whatever they hold.
    """
    report(0.0, "placing names and key")
    plan = planned(figure, measure, budget)
    stream = io.TextIOWrapper(file, "utf-8", newline="\n", write_through=False)
    stream.writelines(_document(plan, report, outline))
    stream.detach()
    report(1.0, "done")
    return plan.drawn


def _document(plan: Planned, report: Report, outline: Outline | None) -> Iterator[str]:
    """Yield the whole file in pieces."""
    figure, composed, drawn = plan
    yield _HEAD.format(*figure.size, *(_length(side, figure) for side in figure.size))
    yield f'<title id="title">{escape(figure.title or "Interaction graph")}</title>\n'
    yield f'<desc id="desc">{escape(description(figure, composed, drawn.said))}</desc>\n'
    kind = "vectors" if drawn.vectors else "picture"
    told = record(figure, composed, format="SVG", edges=kind, note=drawn.note)
    yield (
        '<metadata id="provenance"><starling:provenance xmlns:starling="urn:starling:provenance">'
        f"{escape(told)}</starling:provenance></metadata>\n"
    )
    clear = figure.choices.transparent
    yield from _clip(figure, composed) if clear else _ground(figure)
    report(0.1, "drawing")
    yield from _graph_markup(composed, drawn, clear)
    report(0.9, "writing names and key")
    furniture = composed.furniture.marks if clear else composed.furniture.all
    if composed.pins:
        yield from marks_markup("pins", composed.pins, figure.unit, outline)
    yield from marks_markup("labels", composed.labels, figure.unit, outline)
    yield from marks_markup("furniture", furniture, figure.unit, outline)
    yield "</svg>\n"


def _length(side: int, figure: Figure) -> str:
    """Return a side as programs take it: in their pixels, of which 96 are an inch."""
    return f"{side * CSS / figure.choices.dpi:.6g}"


def _ground(figure: Figure) -> Iterator[str]:
    colour = code(theme(figure.theme).ground)
    yield f'<rect id="ground" width="100%" height="100%" fill="{colour}"/>\n'


def _clip(figure: Figure, composed: Composed) -> Iterator[str]:
    """Yield what keeps the graph out of the places where ground would have covered it."""
    x, y, width, height = (side * figure.unit for side in composed.furniture.open)
    yield (
        f'<clipPath id="open"><rect x="{_short(x)}" y="{_short(y)}" width="{_short(width)}" '
        f'height="{_short(height)}"/></clipPath>\n'
    )


def _graph_markup(composed: Composed, drawn: Drawn, clear: bool) -> Iterator[str]:
    """Yield edges and accounts; what is not selected, if anything is, lies dimmed below."""
    if clear:
        yield '<g clip-path="url(#open)">\n'
    yield from _layers_markup(composed, drawn, clear)
    if clear:
        yield "</g>\n"


def _layers_markup(composed: Composed, drawn: Drawn, clear: bool) -> Iterator[str]:
    layers = composed.layers
    grid = Grid.of(layers, composed.page)
    every, some = drawn_singly(layers, composed.page, grid.sizes) if drawn.vectors else (None, None)
    if not drawn.vectors:
        yield from _picture(layers, composed.page, clear)
    dim = f' opacity="{DIMMED:.3g}"' if layers.lit is not None else ""
    yield f'<g id="graph"{dim}>\n'
    if every is not None:
        yield from strokes_markup(every.strokes, "edges")
    elif drawn.vectors:
        yield from edges_markup(grid, layers.groups, "edges")
    yield from accounts_markup(grid, layers.accounts, "accounts")
    yield "</g>\n"
    if layers.lit is not None and layers.chosen is not None:
        yield '<g id="selected">\n'
        if some is not None:
            yield from strokes_markup(some.strokes, "lit-edges")
        elif drawn.vectors:
            yield from edges_markup(grid, layers.lit, "lit-edges", lit=True)
        yield from accounts_markup(grid, layers.chosen, "selected-accounts", bright=True)
        yield "</g>\n"


def _picture(layers: Layers, page: Sheet, clear: bool) -> Iterator[str]:
    """Yield the edges as one PNG inside the file, enlarged or reduced to its largest size."""
    bytes_ = io.BytesIO()
    write_png(bytes_, *edges_picture(layers, page, clear), clear=clear)
    yield (
        f'<image id="edges" width="{page.size[0]}" height="{page.size[1]}" '
        'preserveAspectRatio="none" xlink:href="data:image/png;base64,'
    )
    whole = bytes_.getbuffer()
    for start in range(0, len(whole), 3 << 18):
        yield base64.b64encode(whole[start : start + (3 << 18)]).decode("ascii")
    yield '"/>\n'


def marks_markup(
    name: str, marks: Iterable[Mark], ratio: float, outline: Outline | None = None
) -> Iterator[str]:
    """Yield *marks*, given in logical pixels of *ratio* device pixels, as one group."""
    families = quoteattr(", ".join([*(f"'{family}'" for family in FONTS), "sans-serif"]))
    yield (
        f'<g id="{name}" transform="scale({ratio:.6g})" font-family={families} '
        'style="font-variant-numeric:tabular-nums">\n'
    )
    for mark in marks:
        path = outline(mark) if outline is not None and isinstance(mark, Words) else ""
        yield (outlined(mark, path) if path and isinstance(mark, Words) else markup(mark)) + "\n"
    yield "</g>\n"


@singledispatch
def markup(mark: Mark) -> str:
    """Return the element of one mark."""
    raise TypeError(f"{type(mark).__name__} is not a mark")


def outlined(mark: Words, path: str) -> str:
    """Return *mark* as the outline *path*, with its words for those who cannot see it."""
    return (
        f'<path role="img" aria-label={quoteattr(mark.text)} fill="{code(mark.colour)}"'
        f'{_halo(mark)}{_faded(mark.opacity)} d="{path}"/>'
    )


def _halo(mark: Words) -> str:
    if mark.halo is None:
        return ""
    return (
        f' stroke="{code(mark.halo)}" stroke-width="{_short(HALO * mark.size)}" '
        'stroke-linejoin="round" paint-order="stroke"'
    )


@markup.register
def _(mark: Words) -> str:
    anchor = "" if mark.anchor == "start" else f' text-anchor="{mark.anchor}"'
    weight = ' font-weight="bold"' if mark.bold else ""
    return (
        f'<text x="{_short(mark.x)}" y="{_short(mark.y)}" font-size="{_short(mark.size)}" '
        f'fill="{code(mark.colour)}"{anchor}{weight}{_halo(mark)}{_faded(mark.opacity)}>'
        f"{escape(mark.text)}</text>"
    )


@markup.register
def _(mark: Box) -> str:
    round_ = f' rx="{_short(mark.radius)}"' if mark.radius else ""
    line = "" if mark.line is None else f' stroke="{code(mark.line)}"'
    return (
        f'<rect x="{_short(mark.x)}" y="{_short(mark.y)}" width="{_short(mark.width)}" '
        f'height="{_short(mark.height)}"{round_} fill="{code(mark.fill)}"{line}'
        f"{_faded(mark.opacity)}/>"
    )


@markup.register
def _(mark: Disc) -> str:
    fill = "none" if mark.fill is None else code(mark.fill)
    line = ""
    if mark.line is not None:
        line = f' stroke="{code(mark.line)}" stroke-width="{_short(mark.width)}"'
    return (
        f'<circle cx="{_short(mark.x)}" cy="{_short(mark.y)}" r="{_short(mark.radius)}" '
        f'fill="{fill}"{line}{_faded(mark.opacity)}/>'
    )


@markup.register
def _(mark: Stroke) -> str:
    return (
        f'<line x1="{_short(mark.x0)}" y1="{_short(mark.y0)}" x2="{_short(mark.x1)}" '
        f'y2="{_short(mark.y1)}" stroke="{code(mark.colour)}" '
        f'stroke-width="{_short(mark.width)}"{_faded(mark.opacity)}/>'
    )


def _faded(opacity: float) -> str:
    return "" if opacity >= 1 else f' opacity="{opacity:.3g}"'


def _short(number: float) -> str:
    """Return *number* to a tenth of a logical pixel, without needless digits."""
    return f"{number:.1f}".removesuffix(".0")

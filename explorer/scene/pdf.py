"""The graph as the content of a PDF page: what lies under the marks that Qt writes.

Qt's own writer turns every translucent line into a polygon and every dot into four curves; these
streams hold the same lines and dots as the SVG, and are a tenth as large.
"""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from explorer.scene.budget import edges_picture
from explorer.scene.easel import VEIL
from explorer.scene.few import drawn_singly
from explorer.scene.outlines import strokes_operators
from explorer.scene.png import write_png
from explorer.scene.vectors import SEGMENTS, Grid, dots, lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from explorer.scene.budget import Planned
    from explorer.scene.composed import Composed
    from explorer.scene.theme import Colour
    from explorer.scene.vectors import Dots, Lines

INCH = 72.0
"""Points."""
SIGNATURE = 8
"""Bytes of a PNG before its first chunk."""


class Opacities:
    """The opacities that a page uses, in thousandths: each is a state with a name."""

    def __init__(self) -> None:
        self.used: set[int] = set()
        self.factor = 1.0

    def state(self, opacity: float) -> str:
        """Return what sets *opacity* in [0, 1], times the factor."""
        thousandths = min(1000, max(1, round(1000 * opacity * self.factor)))
        self.used.add(thousandths)
        return f"/S{thousandths} gs"


class Embedded(NamedTuple):
    """A picture: its size, its packed rows as PNG filters them, and opacities if it has any."""

    size: tuple[int, int]
    rows: bytes
    opacities: bytes = b""


@dataclass(frozen=True, slots=True)
class Content:
    """What lies under the marks of a page.

    Attributes
    ----------
    stream
        Operators of the graph.
    opacities
        Thousandths that the stream names.
    picture
        The edges, if they are a picture.
    """

    stream: bytes
    opacities: frozenset[int]
    picture: Embedded | None


def content(plan: Planned, points: float) -> Content:
    """Return the graph on its ground; a device pixel is so many *points* wide."""
    composed, drawn, clear = plan.composed, plan.drawn, plan.figure.choices.transparent
    size, opacities = composed.page.size, Opacities()
    out = [f"q {points:.8g} 0 0 {-points:.8g} 0 {size[1] * points:.8g} cm\n"]
    if clear:
        place = (side * plan.figure.unit for side in composed.furniture.open)
        out.append("{:.6g} {:.6g} {:.6g} {:.6g} re W n\n".format(*place))
    else:
        out.append(f"{_colour(composed.page.theme.ground)} rg 0 0 {size[0]} {size[1]} re f\n")
    if not drawn.vectors:
        out.append(f"q {size[0]} 0 0 {-size[1]} 0 {size[1]} cm /Edges Do Q\n")
    grid = Grid.of(composed.layers, composed.page)
    out.append(f"q {1 / grid.fine:.8g} 0 0 {1 / grid.fine:.8g} 0 0 cm\n")
    out += _graph(plan, grid, opacities)
    out.append("Q Q\n")
    picture = None if drawn.vectors else _picture(composed, clear)
    return Content("".join(out).encode("ascii"), frozenset(opacities.used), picture)


def _graph(plan: Planned, grid: Grid, opacities: Opacities) -> Iterator[str]:
    """Yield edges and accounts; what is not selected, if anything is, lies veiled below.

    Without a ground there is none to veil it with: it is drawn fainter.
    """
    layers, vectors = plan.composed.layers, plan.drawn.vectors
    clear = plan.figure.choices.transparent
    if clear and layers.lit is not None:
        opacities.factor = 1.0 - VEIL / 256
    every, some = drawn_singly(layers, grid.page, grid.sizes) if vectors else (None, None)
    if every is not None:
        yield from strokes_operators(every.strokes, grid.fine, opacities.state(1.0))
    elif vectors:
        yield from _edges(lines(grid, layers.groups), grid, opacities)
    yield from _accounts(dots(grid, layers.accounts), opacities)
    opacities.factor = 1.0
    if layers.lit is None or layers.chosen is None:
        return
    if not clear:
        wide, high = (side * grid.fine for side in grid.page.size)
        veil = f"{opacities.state(VEIL / 256)} {_colour(grid.page.theme.ground)} rg"
        yield f"{veil} 0 0 {wide} {high} re f\n"
    if some is not None:
        yield from strokes_operators(some.strokes, grid.fine, opacities.state(1.0))
    elif vectors:
        yield from _edges(lines(grid, layers.lit, lit=True), grid, opacities)
    yield from _accounts(dots(grid, layers.chosen, bright=True), opacities)


def _colour(colour: Colour) -> str:
    return " ".join(f"{part / 255:.4g}" for part in colour)


def _edges(parts: Iterable[Lines], grid: Grid, opacities: Opacities) -> Iterator[str]:
    yield f"0 J {grid.line:.4g} w\n"
    for part in parts:
        yield f"{_colour(part.colour)} RG {opacities.state(part.opacity)}\n"
        numbers = np.hstack([part.first, part.last]).tolist()
        for start in range(0, len(numbers), SEGMENTS):
            some = numbers[start : start + SEGMENTS]
            yield "".join([f"{x} {y} m {u} {v} l\n" for x, y, u, v in some]) + "S\n"


def _accounts(parts: Iterable[Dots], opacities: Opacities) -> Iterator[str]:
    yield "1 J\n"
    for part in parts:
        path = "".join([f"{x} {y} m {x} {y} l\n" for x, y in part.at.tolist()])
        for colour, opacity, width in part.coats:
            yield f"{_colour(colour)} RG {opacities.state(opacity)} {width:.4g} w\n{path}S\n"


def _picture(composed: Composed, clear: bool) -> Embedded:
    """Return the edges packed as PNG packs them, which PDF reads too."""
    size, strips = edges_picture(composed.layers, composed.page, clear)
    opacities = zlib.compressobj(6)
    packed_opacities: list[bytes] = []

    def noted() -> Iterator[NDArray[np.uint32]]:
        for strip in strips:
            if clear:
                packed_opacities.append(
                    opacities.compress((strip >> 24).astype(np.uint8).tobytes())
                )
            yield strip

    file = io.BytesIO()
    write_png(file, size, noted())
    if not clear:
        return Embedded(size, b"".join(packed(file.getvalue())))
    mask = b"".join([*packed_opacities, opacities.flush()])
    return Embedded(size, b"".join(packed(file.getvalue())), mask)


def packed(png: bytes) -> Iterator[bytes]:
    """Yield the pieces of the compressed rows of a PNG."""
    at = SIGNATURE
    while at < len(png):
        length, kind = struct.unpack_from(">I4s", png, at)
        if kind == b"IDAT":
            yield png[at + 8 : at + 8 + length]
        at += 12 + length

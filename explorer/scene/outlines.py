"""Edges drawn each as itself, as SVG and PDF: the very curves and heads of the raster."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from explorer.scene.theme import code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from explorer.scene.strokes import Strokes

Dash: TypeAlias = "list[float]"


def strokes_markup(drawn: Strokes, name: str) -> Iterator[str]:
    """Yield *drawn* as one group, each edge a curve and a head, those behind first."""
    yield f'<g id="{name}" fill="none" stroke-linecap="butt">\n'
    for curve, head, width, colour, (on, off) in _each(drawn):
        x, y, *bend = (f"{number:.7g}" for number in curve)
        dash = f' stroke-dasharray="{on:.3g} {off:.3g}"' if off else ""
        paint = code((colour[0], colour[1], colour[2]))
        yield (
            f'<path stroke="{paint}" stroke-width="{width:.3g}"{dash} '
            f'd="M{x} {y}C{" ".join(bend)}"/>'
        )
        corners = " ".join(f"{number:.7g}" for number in head)
        yield f'<polygon fill="{paint}" points="{corners}"/>\n'
    yield "</g>\n"


def strokes_operators(drawn: Strokes, fine: int, opaque: str) -> Iterator[str]:
    """Yield *drawn* as operators of a PDF page, on which a pixel is *fine* units wide.

    *opaque* is the operator that sets full opacity.
    """
    yield f"q {fine} 0 0 {fine} 0 0 cm {opaque} 0 J\n"
    for curve, head, width, colour, (on, off) in _each(drawn):
        x, y, *bend = (f"{number:.7g}" for number in curve)
        tip, *barbs = (f"{a:.7g} {b:.7g}" for a, b in zip(head[::2], head[1::2], strict=True))
        dash = f"[{on:.3g} {off:.3g}] 0 d" if off else "[] 0 d"
        paint = " ".join(f"{part / 255:.4g}" for part in colour)
        yield f"{paint} RG {paint} rg {width:.3g} w {dash} {x} {y} m {' '.join(bend)} c S\n"
        yield f"{tip} m {barbs[0]} l {barbs[1]} l f\n"
    yield "Q\n"


def _each(drawn: Strokes) -> Iterator[tuple[list[float], list[float], float, list[int], Dash]]:
    """Yield edge after edge: an edge is an element, so a stream of text takes a loop."""
    return zip(
        np.round(drawn.curves.reshape(-1, 8), 2).tolist(),
        np.round(drawn.heads.reshape(-1, 6), 2).tolist(),
        drawn.widths.tolist(),
        drawn.colours.tolist(),
        drawn.dashes.tolist(),
        strict=True,
    )

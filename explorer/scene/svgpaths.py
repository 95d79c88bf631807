"""Lines and dots as SVG paths: few elements, short numbers."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from explorer.graph.roles import ROLES
from explorer.scene.theme import code
from explorer.scene.vectors import SEGMENTS, dots, lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from explorer.graph.model import Index
    from explorer.scene.layers import Ends
    from explorer.scene.vectors import Dots, Grid


def edges_markup(
    grid: Grid, groups: Sequence[Ends | None], name: str, lit: bool = False
) -> Iterator[str]:
    """Yield the edges of *groups*, given in the order of ``GROUPS``, from back to front."""
    yield (
        f'<g id="{name}" fill="none" stroke-width="{grid.line:.4g}" transform="{_scale(grid)}">\n'
    )
    for group, parts in groupby(lines(grid, groups, lit), lambda part: part.group):
        yield f'<g id="{name}-{group.replace(">", "-to-")}">\n'
        for part in parts:
            yield f'<g stroke="{code(part.colour)}" stroke-opacity="{part.opacity:.3g}">\n'
            yield from _segments(part.first, part.last)
            yield "</g>\n"
        yield "</g>\n"
    yield "</g>\n"


def _segments(first: NDArray[np.int64], second: NDArray[np.int64]) -> Iterator[str]:
    numbers = np.hstack([first, second - first]).tolist()
    for start in range(0, len(numbers), SEGMENTS):
        some = numbers[start : start + SEGMENTS]
        yield f'<path d="{"".join([f"M{x} {y}l{u} {v}" for x, y, u, v in some])}"/>\n'


def accounts_markup(
    grid: Grid, accounts: Sequence[Index], name: str, bright: bool = False
) -> Iterator[str]:
    """Yield *accounts*, given by role, as round dots: strokes of no length with round caps.

    *bright* ones are solid however far away they are.
    """
    yield f'<g id="{name}" fill="none" stroke-linecap="round" transform="{_scale(grid)}">\n'
    for role, parts in groupby(dots(grid, accounts, bright), lambda part: part.role):
        yield f'<g id="{name}-{ROLES[role]}">\n'
        for part in parts:
            yield from _dotted(part)
        yield "</g>\n"
    yield "</g>\n"


def _dotted(part: Dots) -> Iterator[str]:
    path = "".join([f"M{x} {y}h0" for x, y in part.at.tolist()])
    for colour, opacity, width in part.coats:
        yield (
            f'<path stroke="{code(colour)}" stroke-opacity="{opacity:.3g}" '
            f'stroke-width="{width:.4g}" d="{path}"/>\n'
        )


def _scale(grid: Grid) -> str:
    return f"scale({1 / grid.fine:.6g})"

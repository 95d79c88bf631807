"""Vector marks over the picture: what a legend, a label and a footer are made of.

Coordinates are logical pixels of the figure, y down. ``ui.image`` paints them, ``scene.svg``
writes them, so that screen, PNG and SVG show the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from explorer.scene.theme import Colour


class Measure(Protocol):
    """How wide a text is; given by ``ui`` from Qt's fonts and by tests as fixed widths."""

    def __call__(self, text: str, size: float, bold: bool = False, /) -> float:
        """Return the width of *text* in pixels at a font size in pixels."""


@dataclass(frozen=True, slots=True)
class Words:
    """One line of plain text; *x*, *y* is the left, middle or right of its baseline."""

    x: float
    y: float
    text: str
    size: float
    colour: Colour
    anchor: str = "start"
    bold: bool = False
    halo: Colour | None = None
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with round corners, filled."""

    x: float
    y: float
    width: float
    height: float
    fill: Colour
    opacity: float = 1.0
    radius: float = 0.0
    line: Colour | None = None


@dataclass(frozen=True, slots=True)
class Disc:
    """A filled circle, or a ring if *line* is given and *fill* is not."""

    x: float
    y: float
    radius: float
    fill: Colour | None = None
    line: Colour | None = None
    width: float = 1.0
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line."""

    x0: float
    y0: float
    x1: float
    y1: float
    colour: Colour
    width: float = 1.0
    opacity: float = 1.0


Mark: TypeAlias = Words | Box | Disc | Stroke


class Outline(Protocol):
    """How words look as an outline; given by ``ui`` from Qt's fonts."""

    def __call__(self, mark: Words, /) -> str:
        """Return SVG path data in logical pixels; empty if the letters have no outline."""


FONTS = (
    "Inter",
    "Noto Sans",
    "Segoe UI",
    "Helvetica Neue",
    "Noto Sans CJK SC",
    "Microsoft YaHei",
    "PingFang SC",
    "Source Han Sans SC",
    "Noto Naskh Arabic",
    "DejaVu Sans",
    "Arial",
)
"""Families to take type from, the first that has the letter: Latin, then Chinese, then Arabic."""

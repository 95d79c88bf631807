"""Words as outlines, for files that are opened where the fonts are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainterPath, QTransform

from explorer.ui.letters import BASE, left_of
from explorer.ui.typeset import shaped

if TYPE_CHECKING:
    from explorer.scene.marks import Words

CURVE = QPainterPath.ElementType.CurveToElement
LINE = QPainterPath.ElementType.LineToElement
MOVE = QPainterPath.ElementType.MoveToElement
LETTERS = {MOVE: "M", LINE: "L", CURVE: "C"}


def qt_outline(mark: Words) -> str:
    """Return the data of an SVG path that draws *mark*; empty if its letters are pictures."""
    words = shaped(mark)
    if words.pictures:
        return ""
    scale = mark.size / BASE
    placed = QTransform(scale, 0, 0, scale, left_of(mark), mark.y).map(words.outline())
    return "".join(_pieces(placed))


def _pieces(path: QPainterPath) -> list[str]:
    """Return the commands; a letter has few, and there is no way to take them at once."""
    elements = [path.elementAt(i) for i in range(path.elementCount())]
    return [f"{LETTERS.get(each.type, ' ')}{each.x:.2f} {each.y:.2f}" for each in elements]

"""The key to arrows, for as long as edges are so few that each is drawn as itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from explorer.archive.tables import KINDS
from explorer.scene.density import KIND_WORDS
from explorer.scene.strokes import DASHES

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from explorer.scene.theme import Theme

NOTE = "From who acts to whom. Wider: more interactions. Side by side: several kinds, or both ways."
WIDE, LINE = 44.0, 1.6
"""Logical pixels of a sample, from end to end and across."""
HEAD = 8.5
"""Logical pixels of its head."""


class Sample(QWidget):
    """An edge drawn as itself: its dashes, and the head that says which way it goes."""

    def __init__(self, parent: QWidget, kind: str) -> None:
        super().__init__(parent)
        self.setFixedSize(round(WIDE), 14)
        self.kind, self.colour = kind, QColor()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self.colour, LINE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        drawn, left_out = DASHES[self.kind]
        if left_out:
            pen.setDashPattern([drawn / LINE, left_out / LINE])
        painter.setPen(pen)
        painter.drawLine(QPointF(0.0, 7.0), QPointF(WIDE - HEAD, 7.0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colour)
        painter.drawPolygon(
            QPolygonF([QPointF(34.0, 7.0), QPointF(25.5, 3.4), QPointF(25.5, 10.6)])
        )


class ArrowKey(QWidget):
    """What arrows mean, while edges are drawn each as itself: the dashes of every kind shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._head = QLabel("ARROWS", self)
        self._head.setObjectName("heading")
        self._note = QLabel(NOTE, self)
        self._note.setObjectName("note")
        self._note.setWordWrap(True)
        self._rows = {kind: (Sample(self, kind), QLabel(KIND_WORDS[kind], self)) for kind in KINDS}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 2)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.addWidget(self._head, 0, 0, 1, 4)
        for place, widgets in enumerate(self._rows.values()):
            for column, widget in enumerate(widgets):
                grid.addWidget(widget, 1 + place // 2, column + 2 * (place % 2))
        grid.addWidget(self._note, 2 + len(self._rows) // 2, 0, 1, 4)
        grid.setColumnStretch(3, 1)
        self.show_kinds(())

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that it explains."""
        return tuple(kind for kind, (sample, _) in self._rows.items() if not sample.isHidden())

    def show_kinds(self, kinds: tuple[str, ...]) -> None:
        """Explain these kinds, or nothing."""
        for kind, widgets in self._rows.items():
            for widget in widgets:
                widget.setHidden(kind not in kinds)
        self.setHidden(not kinds)

    def set_theme(self, shown: Theme) -> None:
        """Take the colours of a theme."""
        for sample, _ in self._rows.values():
            sample.colour = QColor(*shown.window["text"])
            sample.update()

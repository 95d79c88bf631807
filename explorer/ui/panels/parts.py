"""The few shapes that all panels are made of: headings, rows of a name and a number, rules."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent

GAP = 8
"""The rhythm of the window in logical pixels."""


def plain(text: str = "", name: str = "") -> QLabel:
    """Return a label that never reads its text as HTML."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if name:
        label.setObjectName(name)
    return label


class Yielding(QLabel):
    """Plain words that give way where there is no room: they are shown whole or not at all."""

    def __init__(self, text: str = "", name: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(name)

    def minimumSizeHint(self) -> QSize:
        """Ask for no width at all."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the words if all of them fit."""
        if self.width() >= self.sizeHint().width():
            super().paintEvent(event)


def wrapped(text: str = "", name: str = "") -> QLabel:
    """Return a plain label that breaks its lines."""
    label = plain(text, name)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label


def literal(text: str) -> str:
    """Return *text* for a tip: Qt takes one that looks like HTML for HTML, whoever wrote it."""
    return f"<span>{escape(text)}</span>"


def breakable(text: str) -> str:
    """Return *text* with places to break long file names at, which do not show."""
    return text.replace("_", "_\u200b")


def heading(text: str) -> QLabel:
    """Return a section heading in small capitals."""
    label = plain(text.upper(), "heading")
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return label


def rule() -> QFrame:
    """Return a thin line between sections."""
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line


def link(text: str, act: Callable[[], object]) -> QPushButton:
    """Return a button that looks like a link."""
    button = QPushButton(text)
    button.setObjectName("link")
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setFlat(True)
    button.clicked.connect(lambda: act())
    return button


def entry(text: str, tip: str, act: Callable[[], object]) -> QPushButton:
    """Return a button that looks like words of a list until the hand is over it."""
    button = QPushButton(text.replace("&", "&&"))
    button.setObjectName("row")
    button.setToolTip(tip)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.clicked.connect(lambda: act())
    return button


class Row(QWidget):
    """A name at the left and a number at the right, the numbers of all rows in one column."""

    def __init__(self, name: str, tail: QWidget | None = None, head: QWidget | None = None) -> None:
        super().__init__()
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 1, 0, 1)
        box.setSpacing(GAP)
        self.name = plain(name)
        self.value = plain()
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.addWidget(self.name if head is None else head)
        box.addStretch(1)
        box.addWidget(self.value)
        if tail is not None:
            box.addWidget(tail)

    def show_number(self, number: int) -> None:
        """Show a count with thousands separators."""
        self.value.setText(f"{number:,}")

    def show_text(self, text: str) -> None:
        """Show words."""
        self.value.setText(text)


class Section(QWidget):
    """A heading with its rows under it."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(16, GAP + 4, 16, GAP)
        self.box.setSpacing(4)
        self.head = heading(title)
        self.box.addWidget(self.head)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def add(self, widget: QWidget) -> None:
        """Put *widget* below what is there."""
        self.box.addWidget(widget)


def column(*sections: QWidget) -> QWidget:
    """Return sections one under another, a thin line between them."""
    whole = QWidget()
    box = QVBoxLayout(whole)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(0)
    for i, section in enumerate(sections):
        if i:
            box.addWidget(rule())
        box.addWidget(section)
    box.addStretch(1)
    return whole

"""Fields that windows ask with: lists to choose from, boxes to tick, whole numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QScrollArea,
    QSpinBox,
    QWidget,
)

from explorer.scene.png import MOST_SIDE
from explorer.ui.form import INSET
from explorer.ui.panels.parts import literal

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST = 160
"""Pixels of height of what scrolls, at least."""


def chosen(*items: tuple[str, object]) -> QComboBox:
    """Return a list of titles, each with what it means."""
    combo = QComboBox()
    for title, value in items:
        combo.addItem(title, value)
    return combo


def ticked(title: str, on: bool) -> QCheckBox:
    """Return a box to tick."""
    box = QCheckBox(title)
    box.setChecked(on)
    return box


def number(value: int, least: int, most: int, unit: str) -> QSpinBox:
    """Return a field for a whole number."""
    spin = QSpinBox()
    spin.setRange(least, most)
    spin.setSuffix(unit)
    spin.setGroupSeparatorShown(True)
    spin.setKeyboardTracking(False)
    spin.setValue(value)
    spin.lineEdit().setTextMargins(INSET, 0, 0, 0)
    return spin


def side(pixels: int, least: int) -> QSpinBox:
    """Return a field for a side of the figure."""
    return number(pixels, least, MOST_SIDE, " px")


def listed(*items: tuple[str, str]) -> QComboBox:
    """Return a list of titles that may be cut off, each with what it means."""
    combo = QComboBox()
    fill(combo, items)
    return combo


def fill(combo: QComboBox, items: Sequence[tuple[str, object]], wanted: object = None) -> None:
    """Offer other *items*, titles and what they mean, of which *wanted* is held; tips tell all."""
    combo.clear()
    for title, value in items:
        combo.addItem(title, value)
        combo.setItemData(combo.count() - 1, literal(title), Qt.ItemDataRole.ToolTipRole)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(16)
    if wanted is not None:
        combo.setCurrentIndex(max(combo.findData(wanted), 0))


class Scrolled(QScrollArea):
    """Shows *held* whole where there is room, and scrolls it down where there is none."""

    def __init__(self, held: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(held)
        self._held = held

    def minimumSizeHint(self) -> QSize:
        """Leave room for the widest row, the scroll bar and a few rows."""
        width = self._held.minimumSizeHint().width()
        return QSize(width + self.verticalScrollBar().sizeHint().width(), LEAST)

    def sizeHint(self) -> QSize:
        """Ask for the room of all that is held."""
        whole, layout = self.minimumSizeHint(), self._held.layout()
        tall = self._held.sizeHint().height()
        if layout is not None and layout.hasHeightForWidth():
            tall = layout.totalHeightForWidth(whole.width())
        return QSize(whole.width(), max(tall, LEAST))


def form(*rows: tuple[str, QWidget | QHBoxLayout]) -> QFormLayout:
    """Return rows of a title and a field."""
    made = QFormLayout()
    made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    made.setHorizontalSpacing(16)
    made.setVerticalSpacing(8)
    for title, field in rows:
        made.addRow(title, field)
    return made

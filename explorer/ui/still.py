"""Values in a panel that scrolls: the wheel scrolls the panel, and changes none of them."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

Held = TypeVar("Held", bound=QWidget)


class Still(QObject):
    """Keeps the wheel from a widget: over a panel it scrolls the panel, and changes no value."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Pass the wheel on to what holds the widget."""
        if event.type() != QEvent.Type.Wheel:
            return False
        event.ignore()
        return True


def still(widget: Held) -> Held:
    """Return *widget*, which the wheel does not change or give the keyboard to."""
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    widget.installEventFilter(Still(widget))
    return widget

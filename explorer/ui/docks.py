"""Docks round the picture: part of the window, or free to be dragged, floated and closed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import (
    QDockWidget,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QScrollArea,
    QToolButton,
    QWidget,
)

from explorer.scene.theme import theme
from explorer.ui.icons import painted

BELOW_HEIGHT = 124


class Area(QScrollArea):
    """Scrolls down, and is never narrower than what it holds."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self._width = width
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def minimumSizeHint(self) -> QSize:
        """Leave room for the widest row and the scroll bar."""
        held = self.widget()
        inside = held.minimumSizeHint().width() if held is not None else 0
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(max(self._width, inside + bar + 2), 120)

    def sizeHint(self) -> QSize:
        """Ask for no more than that."""
        return self.minimumSizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow when what it holds does."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class Handle(QWidget):
    """The title of a free dock: drag it, double-click it, float it, close it."""

    def __init__(self, made: QDockWidget) -> None:
        super().__init__(made)
        name = QLabel(made.windowTitle())
        name.setObjectName("heading")
        self.float = _button(f"Float {made.windowTitle()}, or put it back")
        self.float.clicked.connect(lambda: made.setFloating(not made.isFloating()))
        self.close_it = _button(f"Close {made.windowTitle()}; Reset windows brings it back")
        self.close_it.clicked.connect(made.close)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 6, 4)
        row.setSpacing(2)
        row.addWidget(name, 1)
        row.addWidget(self.float)
        row.addWidget(self.close_it)

    def tint(self, name: str) -> None:
        """Draw the icons for the theme called *name*."""
        window = theme(name).window
        self.float.setIcon(painted("external-link", window["text"], window["quiet"]))
        self.close_it.setIcon(painted("x", window["text"], window["quiet"]))


def _button(says: str) -> QToolButton:
    made = QToolButton()
    made.setAutoRaise(True)
    made.setIconSize(QSize(14, 14))
    made.setToolTip(says)
    made.setAccessibleName(says)
    return made


def dock(title: str, widget: QWidget, width: int, window: QMainWindow) -> QDockWidget:
    """Return a dock that scrolls, folds away, floats, and comes back."""
    area = Area(width)
    area.setWidget(widget)
    return _made(title, area, window)


def strip(title: str, widget: QWidget, window: QMainWindow) -> QDockWidget:
    """Return a dock along the lower edge: low, and no lower than its bars can be read."""
    widget.setMinimumHeight(BELOW_HEIGHT)
    return _made(title, widget, window)


def _made(title: str, widget: QWidget, window: QMainWindow) -> QDockWidget:
    made = QDockWidget(title, window)
    made.setObjectName(title)
    made.setWidget(widget)
    made.setTitleBarWidget(QWidget(made))
    return made


def set_free(one: QDockWidget, free: bool) -> None:
    """Give *one* a handle, or take it away and put the dock back into the window."""
    held = one.titleBarWidget()
    if isinstance(held, Handle) == free:
        return
    if not free:
        one.setFloating(False)
    one.setTitleBarWidget(Handle(one) if free else QWidget(one))
    held.deleteLater()


def tint(one: QDockWidget, name: str) -> None:
    """Draw the icons of a handle for the theme called *name*, if there is one."""
    held = one.titleBarWidget()
    if isinstance(held, Handle):
        held.tint(name)

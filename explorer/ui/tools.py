"""The bar of tools: what a hand reaches for first, and the search field at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QToolBar, QToolButton, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from PySide6.QtGui import QAction

TOOLS = (
    ("file.open", "file.export"),
    ("tool.hand", "tool.box", "tool.lasso", "tool.move"),
    ("select.core",),
    ("layout.run", "layout.stop"),
    ("view.fit",),
)
PRIMARY = "select.core"
Style = Qt.ToolButtonStyle


class Tools(QToolBar):
    """Some of the *actions* as buttons, with words where there is room for them."""

    def __init__(self, actions: Mapping[str, QAction], search: QLineEdit) -> None:
        super().__init__("Tools")
        self._actions = actions
        self.setObjectName("tools")
        self.setMovable(False)
        self.setIconSize(QSize(18, 18))
        for i, group in enumerate(TOOLS):
            if i:
                self.addSeparator()
            for name in group:
                self.addAction(actions[name])
        self._button(PRIMARY).setObjectName("primary")
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)
        search.setPlaceholderText("Find account…   Ctrl+F")
        search.setFixedWidth(240)
        search.setAcceptDrops(False)
        self.addWidget(search)

    def fit(self, width: int) -> None:
        """Leave the words off where they would push the search field out of so many pixels."""
        wide = Style.ToolButtonTextBesideIcon
        for style in (wide, Style.ToolButtonIconOnly):
            for name in self._names():
                self._button(name).setToolButtonStyle(wide if name == PRIMARY else style)
            if self.sizeHint().width() <= width:
                return

    def _names(self) -> Iterator[str]:
        return (name for group in TOOLS for name in group)

    def _button(self, name: str) -> QToolButton:
        button = self.widgetForAction(self._actions[name])
        assert isinstance(button, QToolButton)
        return button

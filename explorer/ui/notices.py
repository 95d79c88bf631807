"""Notices instead of dialogs: a quiet bar that says one thing and goes away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from explorer.ui.panels.parts import link, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable

STAY_MS = 9000


class NoticeBar(QFrame):
    """Speaks over the top of *host*: tidings leave by themselves, failures and offers stay."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("notice")
        self._words = wrapped()
        self._hint = wrapped("", "quiet")
        self._details = ""
        self._act: Callable[[], None] | None = None
        self._link = link("", self._do)
        self._copy = link("copy the details", self._copy_details)
        close = QPushButton("×")
        close.setFlat(True)
        close.setFixedSize(26, 26)
        close.setObjectName("row")
        close.setToolTip("Close")
        close.clicked.connect(self.hide)
        words = QVBoxLayout()
        words.setSpacing(2)
        for part in (self._words, self._hint, self._link, self._copy):
            words.addWidget(part)
        box = QHBoxLayout(self)
        box.setContentsMargins(14, 10, 8, 10)
        box.addLayout(words, 1)
        box.addWidget(close)
        self._timer = QTimer(self, singleShot=True, interval=STAY_MS)
        self._timer.timeout.connect(self.hide)
        host.installEventFilter(self)
        self.hide()

    @property
    def said(self) -> str:
        """What it says now, whole; empty if it is closed."""
        return f"{self._words.text()} {self._hint.text()}".strip() if not self.isHidden() else ""

    def tell(
        self,
        message: str,
        link: str = "",
        act: Callable[[], None] | None = None,
        *,
        stays: bool = False,
    ) -> None:
        """Say something; *link* offers to do *act*. It leaves by itself, unless it *stays*."""
        self._say(message, "", "", bad=False)
        self._act = act
        self._link.setText(link)
        self._link.setVisible(bool(link))
        self._place()
        if stays:
            self._timer.stop()
        else:
            self._timer.start()

    def fail(self, message: str, hint: str, details: str) -> None:
        """Say that something went wrong; it stays until it is closed."""
        self._timer.stop()
        self._say(message, hint, details, bad=True)
        self._link.hide()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the host."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _say(self, message: str, hint: str, details: str, *, bad: bool) -> None:
        self._words.setText(message)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._details = details
        self._copy.setVisible(bool(details))
        self.setProperty("bad", bad)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()
        self.raise_()

    def _place(self) -> None:
        host = self.parentWidget()
        if self.isHidden() or host is None:
            return
        width = min(560, host.width() - 32)
        width = max(width, 200)
        layout = self.layout()
        assert layout is not None
        self.setFixedSize(width, layout.totalHeightForWidth(width))
        self.move((host.width() - self.width()) // 2, 52)

    def _do(self) -> None:
        self.hide()
        if self._act is not None:
            self._act()

    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.said}\n\n{self._details}")

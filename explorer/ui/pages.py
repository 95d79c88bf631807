"""What the middle of the window shows while there is no picture: a way in, or how far it is."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from explorer.graph.build import Found
from explorer.ui.panels.parts import heading, link, literal, plain, wrapped

if TYPE_CHECKING:
    from explorer.job import Step

WIDE = 560
"""Logical pixels of a line that is easily read."""
CENTRE = Qt.AlignmentFlag.AlignHCenter


class EmptyPage(QWidget):
    """One sentence, one target to drop on, three ways in.

    Signals
    -------
    open_asked, sample_asked
        The user would like to open files, or the sample.
    recent_asked : str
        The user would like to open this again.
    """

    open_asked = Signal()
    sample_asked = Signal()
    recent_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._drop = QFrame()
        self._drop.setObjectName("drop")
        self._drop.setMaximumWidth(WIDE)
        inside = QVBoxLayout(self._drop)
        inside.setContentsMargins(40, 40, 40, 36)
        inside.setSpacing(8)
        title = plain("Drop an archive here", "title")
        title.setAlignment(CENTRE)
        words = wrapped(
            "The users and tweets files of a release, as CSV or zip, several at once. "
            "Starling reads them on this computer, says what it kept, and draws "
            "who amplifies whom. Posts, graphs and tables of other tools open here too.",
            "quiet",
        )
        words.setAlignment(CENTRE)
        inside.addWidget(title)
        inside.addWidget(words)
        inside.addSpacing(16)
        inside.addWidget(self._buttons())
        self._recent = QWidget()
        self._recent_box = QVBoxLayout(self._recent)
        self._recent_box.setContentsMargins(0, 24, 0, 0)
        self._recent_box.setSpacing(6)
        self._recent.setMaximumWidth(WIDE)
        box = QVBoxLayout(self)
        box.addStretch(2)
        box.addLayout(centred(self._drop))
        box.addLayout(centred(self._recent))
        box.addStretch(3)

    def _buttons(self) -> QWidget:
        open_, sample = QPushButton("Open files…"), QPushButton("Open the sample")
        open_.setObjectName("primary")
        open_.clicked.connect(self.open_asked)
        sample.clicked.connect(self.sample_asked)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addStretch(1)
        row.addWidget(open_)
        row.addWidget(sample)
        row.addStretch(1)
        return buttons

    def show_recent(self, entries: tuple[str, ...]) -> None:
        """List what was opened lately."""
        while (item := self._recent_box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        if entries:
            self._recent_box.addWidget(heading("Recent"))
        for entry in entries[:5]:
            button = link(recent_title(entry), partial(self.recent_asked.emit, entry))
            button.setToolTip(literal(entry))
            self._recent_box.addWidget(button)

    def show_hot(self, hot: bool) -> None:
        """Show that what is held over the window can be dropped."""
        self._drop.setProperty("hot", hot)
        self._drop.style().unpolish(self._drop)
        self._drop.style().polish(self._drop)


def centred(widget: QWidget) -> QHBoxLayout:
    """Return a row with *widget* in the middle, as wide as it may be."""
    row = QHBoxLayout()
    row.setContentsMargins(16, 0, 16, 0)
    row.addStretch(1)
    row.addWidget(widget, 100)
    row.addStretch(1)
    return row


def recent_title(entry: str) -> str:
    """Return what to call an entry of the recent list: the first file, and how many more."""
    paths = [Path(path) for path in entry.split("\n")]
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return f"{paths[0].name}{more}"


class ProgressPage(QWidget):
    """How far an import is, what it has found so far, and how to stop it.

    Signals
    -------
    cancel_asked
        The user would like it to stop.
    """

    cancel_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = plain("", "title")
        self._title.setAlignment(CENTRE)
        self._note = wrapped("", "quiet")
        self._note.setAlignment(CENTRE)
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._found = plain("", "name")
        self._found.setAlignment(CENTRE)
        cancel = QPushButton("Cancel")
        cancel.clicked.connect(self.cancel_asked)
        frame = QWidget()
        frame.setMaximumWidth(WIDE)
        inside = QVBoxLayout(frame)
        inside.setSpacing(14)
        for widget in (self._title, self._bar, self._note, self._found):
            inside.addWidget(widget)
        inside.addWidget(cancel, 0, CENTRE)
        box = QVBoxLayout(self)
        box.addStretch(2)
        box.addLayout(centred(frame))
        box.addStretch(3)

    def begin(self, title: str) -> None:
        """Show that something begins."""
        self._title.setText(title)
        self._note.setText("")
        self._found.setText("")
        self._bar.setValue(0)

    def show_step(self, step: Step) -> None:
        """Show how far it is."""
        self._bar.setValue(round(1000 * step.done))
        if step.note:
            self._note.setText(step.note)
        found = step.partial
        if isinstance(found, Found):
            parts = [f"{found.accounts:,} accounts", f"{found.posts:,} posts"]
            if found.edges:  # counted last: until then there are not none, but none counted
                parts.append(f"{found.edges:,} edges")
            self._found.setText(" · ".join(parts))

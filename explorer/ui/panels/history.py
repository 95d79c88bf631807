"""What was done, step by step: each can be gone back to, or on to, with one click."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from explorer.scene.naming import plain as clean
from explorer.ui.panels.parts import heading, wrapped

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from explorer.document.history import History, Moment
    from explorer.document.steps import Log

Index: TypeAlias = QModelIndex | QPersistentModelIndex

EMPTY = "Nothing has been done yet. Every step will be listed here, and you can go back to each."
EARLIER, DONE, NOW, UNDONE = "earlier", "done", "now", "undone"
STATES = {
    EARLIER: "done before it was saved; it cannot be undone",
    DONE: "go back to here",
    NOW: "here you are",
    UNDONE: "undone; go on to here",
}
GAP = 6
BAR = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list; *place* among the moments of the history, -1 if out of reach."""

    title: str
    words: str
    state: str
    place: int


def lines(history: History) -> tuple[Line, ...]:
    """Return the rows that tell *history*: its moments, and steps from before it began."""
    found: list[Line] = []
    before: Log = ()
    here = len(history.past)
    for place, moment in enumerate(history.moments):
        steps = _new(before, moment.log)
        before = moment.log
        older, words = _told(moment, steps, first=place == 0)
        found += [Line(one.title, one.words, EARLIER, -1) for one in older]
        state = NOW if place == here else DONE if place < here else UNDONE
        found.append(Line(moment.title or "Empty window", words, state, place))
    return tuple(found)


def _new(before: Log, log: Log) -> Log:
    """Return the steps of *log* that are not in the one *before* it."""
    same = min(len(before), len(log))
    while same and before[same - 1] is not log[same - 1]:
        same -= 1
    return log[same:]


def _told(moment: Moment, steps: Log, *, first: bool) -> tuple[Log, str]:
    """Return the steps from before a moment, and the words for itself."""
    if not steps:
        return (), ""
    if steps[-1].title != moment.title:  # a session was opened: its steps came with it
        return steps, ""
    if first:  # what is older is out of the reach of undo
        return steps[:-1], steps[-1].words
    return (), "; ".join(step.words for step in steps if step.words)


class Lines(QAbstractListModel):
    """The rows for Qt."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, _parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row says; what it is to a screen reader."""
        line = self.lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return clean(line.title)
            case Qt.ItemDataRole.UserRole:
                return line
            case Qt.ItemDataRole.AccessibleTextRole:
                parts = (line.title, line.words, STATES[line.state])
                return clean(", ".join(filter(None, parts)))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let be chosen what can be gone to."""
        reach = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return reach if self.lines[index.row()].place >= 0 else Qt.ItemFlag.NoItemFlags


class LinePainter(QStyledItemDelegate):
    """Draws a title with its parameters under it; the present one has a bar and is bold."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Give every row two lines."""
        high = option.fontMetrics.height()
        return QSize(120, 2 * high + 2 * GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row as plain text."""
        line: Line = index.data(Qt.ItemDataRole.UserRole)
        area: QRect = option.rect
        palette: QPalette = option.palette
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & (QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver):
            painter.fillRect(area, palette.color(QPalette.ColorRole.AlternateBase))
        if line.state == NOW:
            bar = QRect(area.left(), area.top() + 2, BAR, area.height() - 4)
            painter.fillRect(bar, palette.color(QPalette.ColorRole.Highlight))
        quiet = palette.color(QPalette.ColorRole.PlaceholderText)
        loud = palette.color(QPalette.ColorRole.Text)
        font = option.font
        font.setBold(line.state == NOW)
        painter.setFont(font)
        inner = area.adjusted(BAR + 13, GAP, -8, -GAP)
        half = inner.height() // 2
        for words, top, colour in (
            (line.title, 0, loud if line.state in {DONE, NOW} else quiet),
            (line.words, half, quiet),
        ):
            where = QRect(inner.left(), inner.top() + top, inner.width(), half)
            short = painter.fontMetrics().elidedText(
                clean(words), Qt.TextElideMode.ElideRight, where.width()
            )
            painter.setPen(colour)
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, short)
            font.setBold(False)
            painter.setFont(font)
        painter.restore()


class HistoryPanel(QWidget):
    """Lists what was done.

    Signals
    -------
    jumped : int
        The user would like to go to this moment of the history.
    """

    jumped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._empty = wrapped(EMPTY, "quiet")
        self.view = QListView()
        self.view.setObjectName("history")
        self.view.setAccessibleName("History")
        self.view.setFrameShape(QListView.Shape.NoFrame)
        self.view.setMouseTracking(True)
        self.view.setUniformItemSizes(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.model = Lines(self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(LinePainter(self.view))
        self.view.clicked.connect(self._chosen)
        self.view.activated.connect(self._chosen)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 12, 0, 0)
        box.setSpacing(8)
        for widget in (heading("History"), self._empty):
            widget.setContentsMargins(16, 0, 16, 0)
            box.addWidget(widget)
        box.addWidget(self.view, 1)
        self.setMinimumSize(200, 160)
        self._history: History | None = None

    def show_history(self, history: History) -> None:
        """Show *history*, at once if it can be seen, else when it is."""
        self._history = history
        if self.isVisible():
            self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was done meanwhile."""
        self._fill()
        super().showEvent(event)

    def _fill(self) -> None:
        if self._history is None:
            return
        some = len(self._history.moments) > 1
        self._empty.setVisible(not some)
        self.view.setVisible(some)
        found = lines(self._history)
        if found == self.model.lines:
            return
        self.model.show_lines(found)
        here = next(row for row, line in enumerate(found) if line.state == NOW)
        self.view.setCurrentIndex(self.model.index(here))
        self.view.scrollTo(self.model.index(here))

    def _chosen(self, index: QModelIndex) -> None:
        line = self.model.lines[index.row()]
        if line.place >= 0 and line.state != NOW:
            self.jumped.emit(line.place)

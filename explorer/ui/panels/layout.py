"""How it is laid out: what to bring out, how much room, and for experts which layout."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from explorer.layout.estimate import spoken
from explorer.layout.run import FLOCK, layouts
from explorer.ui.form import Form
from explorer.ui.panels.drawing import STEPS, from_step, to_step
from explorer.ui.panels.parts import GAP, Section, link, plain, wrapped
from explorer.ui.still import still

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QEnterEvent

    from explorer.document.model import Document
    from explorer.ui.desk import Facts

INTENTIONS = (
    ("communities", "Groups", "Who belongs together: communities far apart"),
    ("balanced", "Balanced", "Communities and distances both, as well as they go together"),
    ("structure", "Distances", "Who is how far from whom: distances as true as can be"),
)
"""What Flock can bring out: its word, ours, and what it is good for."""
SOON = 400
"""Milliseconds after a change, with the pointer here, until the sliders are made ready."""
MORE, LESS = "Other layouts and options…", "Fewer options"
RESTS = "Rest after the round under way, or go on (P)"
STUCK = "This layout of igraph cannot rest on Windows, only be stopped"


class LayoutPanel(Section):
    """What to bring out, run and rest and stop, two sliders that act at once, and the rest.

    Signals
    -------
    chosen : str, object
        Id of a layout and its options.
    run_asked, pause_asked, stop_asked
        The user would like it to begin, to rest or go on, to end.
    neared
        A slider may soon be taken in hand: the pointer is near.
    begun
        A slider is taken in hand.
    room_edited : float
        Room for crowds, from -1 to 1.
    tray_edited : float
        Size of the tray; 1 as it was laid out.
    fold_asked
        The tray should go away, or come back.
    """

    chosen = Signal(str, object)
    run_asked = Signal()
    pause_asked = Signal()
    stop_asked = Signal()
    neared = Signal()
    begun = Signal()
    room_edited = Signal(float)
    tray_edited = Signal(float)
    fold_asked = Signal()

    def __init__(self) -> None:
        super().__init__("Layout")
        self._accounts = 0
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self.neared)
        self._intention = "balanced"
        self._tip, self._time = wrapped("", "quiet"), wrapped("", "quiet")
        self._group = QButtonGroup(self)
        self.add(self._intentions())
        self.add(self._tip)
        self.add(self._buttons())
        self.add(self._time)
        self.add(self._sliders())
        self._more = link(MORE, self._unfold)
        self._expert = self._others()
        self.add(self._more)
        self.add(self._expert)
        self._show_form(FLOCK.id)
        self._say()

    def show_document(self, document: Document, what: frozenset[str]) -> None:
        """Take from the document how long a layout will take, and get ready for its sliders."""
        if "graph" in what:
            self._accounts = document.graph.n
            self._say()
        if what & {"graph", "positions", "pinned"} and self.underMouse():
            self._soon.start()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Say that the pointer is near the sliders: what they need takes a second."""
        super().enterEvent(event)
        self.neared.emit()

    def show_shape(self, room: float, size: float) -> None:
        """Show to what the layout was reshaped."""
        for slider, step in ((self._room, round(STEPS * room)), (self._tray, to_step(size))):
            with QSignalBlocker(slider):
                slider.setValue(step)
        self._name(room, size)

    def show_facts(self, facts: Facts) -> None:
        """Enable what can be done now."""
        still = facts.has_graph and not facts.placing
        self._run.setEnabled(still)
        self._pause.setEnabled(facts.placing and not facts.stuck)
        self._pause.setToolTip(STUCK if facts.stuck else RESTS)
        self._pause.setText("Go on" if facts.paused else "Pause")
        self._stop.setEnabled(facts.placing)
        for widget in (self._room, self._tray, self._fold):
            widget.setEnabled(still)
        with QSignalBlocker(self._fold):
            self._fold.setChecked(facts.folded > 0)
        count = f" ({facts.folded:,})" if facts.folded else ""
        self._fold.setText(f"Fold tray away{count}")

    @property
    def options(self) -> Any:
        """The options of the layout in hand as they stand."""
        assert self._form is not None
        options = self._form.options
        return replace(options, intention=self._intention) if self._ours else options

    @property
    def _ours(self) -> bool:
        return bool(self._choice.currentData() == FLOCK.id)

    def _intentions(self) -> QWidget:
        row, box = _row()
        box.setSpacing(0)
        for i, (key, title, tip) in enumerate(INTENTIONS):
            button = QPushButton(title)
            button.setObjectName("segment")
            button.setProperty("place", ("first", "middle", "last")[i])
            button.setCheckable(True)
            button.setChecked(key == self._intention)
            button.setToolTip(tip)
            self._group.addButton(button, i)
            box.addWidget(button, 1)
        self._group.idClicked.connect(self._intend)
        return row

    def _buttons(self) -> QWidget:
        row, box = _row(4)
        self._run, self._pause, self._stop = (QPushButton(t) for t in ("Run", "Pause", "Stop"))
        self._pause.setToolTip(RESTS)
        self._stop.setToolTip("Stop; what is placed so far stays (Esc)")
        for button, signal in (
            (self._run, self.run_asked),
            (self._pause, self.pause_asked),
            (self._stop, self.stop_asked),
        ):
            button.clicked.connect(signal)
            box.addWidget(button, 1)
        return row

    def _sliders(self) -> QWidget:
        whole = QWidget()
        form = QFormLayout(whole)
        form.setContentsMargins(0, 4, 0, 0)
        form.setHorizontalSpacing(GAP)
        self._room = self._slider(lambda step: self.room_edited.emit(step / STEPS))
        self._tray = self._slider(lambda step: self.tray_edited.emit(from_step(step)))
        self._room.setToolTip("To the left draws groups together, to the right gives crowds room")
        self._tray.setToolTip("How large the small components beside the main one are drawn")
        self._room_said, self._tray_said = plain("", "quiet"), plain("", "quiet")
        for name, slider, said in (
            ("Room", self._room, self._room_said),
            ("Tray", self._tray, self._tray_said),
        ):
            row, box = _row()
            said.setFixedWidth(44)
            said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            slider.setAccessibleName(name)
            box.addWidget(slider, 1)
            box.addWidget(said)
            form.addRow(name, row)
        self._fold = QCheckBox("Fold tray away")
        self._fold.setToolTip("Hide the small components beside the main one; they stay laid out")
        self._fold.clicked.connect(self.fold_asked)
        form.addRow("", self._fold)
        self._name(0.0, 1.0)
        return whole

    def _slider(self, edited: Callable[[int], None]) -> QSlider:
        slider = still(QSlider(Qt.Orientation.Horizontal))
        slider.setRange(-STEPS, STEPS)
        slider.sliderPressed.connect(self.begun)
        slider.valueChanged.connect(edited)
        return slider

    def _others(self) -> QWidget:
        whole = QWidget()
        self._inner = QVBoxLayout(whole)
        self._inner.setContentsMargins(0, 4, 0, 0)
        self._choice = still(QComboBox())
        for layout in layouts().values():
            self._choice.addItem(layout.title, layout.id)
            row = self._choice.count() - 1
            self._choice.setItemData(row, layout.tip, Qt.ItemDataRole.ToolTipRole)
        self._choice.activated.connect(self._chose)
        self._form: Form | None = None
        self._inner.addWidget(self._choice)
        whole.hide()
        return whole

    def _unfold(self) -> None:
        shut = self._expert.isHidden()
        self._expert.setVisible(shut)
        self._more.setText(LESS if shut else MORE)
        if shut:
            QTimer.singleShot(0, self, self._reveal)  # when it has its place

    def _reveal(self) -> None:
        """Scroll to what was unfolded: it lies below the edge of most windows."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(self._expert, 0, GAP)

    def _intend(self, place: int) -> None:
        self._intention = INTENTIONS[place][0]
        if not self._ours:
            self._choice.setCurrentIndex(self._choice.findData(FLOCK.id))
            self._show_form(FLOCK.id)
        self._tell()

    def _chose(self, index: int) -> None:
        self._show_form(self._choice.itemData(index))
        self._tell()

    def _show_form(self, name: str) -> None:
        if self._form is not None:
            self._form.setParent(None)
            self._form.deleteLater()
        self._form = Form(layouts()[name].options(), without=frozenset({"intention"}))
        self._form.edited.connect(lambda _: self._tell())
        self._inner.addWidget(self._form)

    def _tell(self) -> None:
        self._say()
        self.chosen.emit(self._choice.currentData(), self.options)

    def _say(self) -> None:
        """Show which intention is in hand, what it is good for, and how long it will take."""
        layout, ours = layouts()[self._choice.currentData()], self._ours
        self._group.setExclusive(False)  # else none could be unchecked
        for i, (key, _, tip) in enumerate(INTENTIONS):
            held = ours and key == self._intention
            self._group.button(i).setChecked(held)
            if held:
                self._tip.setText(tip + ".")
        self._group.setExclusive(ours)
        if not ours:
            self._tip.setText(f"{layout.title}. {layout.tip}")
        words = spoken(layout.id, self._accounts)
        if words and layout.most and self._accounts > layout.most:
            words = f"{words} It is meant for {layout.most:,} or fewer."
        self._time.setText(words)
        self._time.setVisible(bool(words))

    def _name(self, room: float, size: float) -> None:
        self._room_said.setText(f"{room:+.0%}" if room else "as is")
        self._tray_said.setText(f"× {size:.2g}" if size != 1 else "as is")


def _row(top: int = 0) -> tuple[QWidget, QHBoxLayout]:
    row = QWidget()
    box = QHBoxLayout(row)
    box.setContentsMargins(0, top, 0, 0)
    box.setSpacing(GAP)
    return row, box

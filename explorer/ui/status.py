"""The line at the bottom: what runs and how to stop it, and how much the picture shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStatusBar, QWidget

from explorer.ui.desk import WARM
from explorer.ui.panels.parts import plain

if TYPE_CHECKING:
    from explorer.job import Step


STAY_MS = 9000


class StatusLine(QStatusBar):
    """Progress at the left, facts at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self._titles: dict[str, str] = {}
        self._note = plain("", "quiet")
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(180)
        self._hint = plain("Esc stops", "quiet")
        left = QWidget()
        box = QHBoxLayout(left)
        box.setContentsMargins(12, 4, 12, 4)
        box.setSpacing(12)
        for widget in (self._note, self._bar, self._hint):
            box.addWidget(widget)
        self.addWidget(left)
        self._facts = plain("", "quiet")
        self._facts.setContentsMargins(12, 4, 12, 4)
        self.addPermanentWidget(self._facts)
        self._show(None)

    def show_lane(self, lane: str, title: str) -> None:
        """Show that a job began in a lane, or ended if *title* is empty."""
        if title:
            self.clearMessage()
        self._titles = {**self._titles, lane: title}
        self._titles = {name: words for name, words in self._titles.items() if words}
        self._show(None)

    def say(self, words: str) -> None:
        """Say something for a while, until the next job begins."""
        self.showMessage(words, STAY_MS)

    def show_step(self, lane: str, step: Step) -> None:
        """Show how far the job of a lane is."""
        if lane in self._titles:
            self._show(step, lane)

    def show_facts(self, words: str) -> None:
        """Show how much the picture shows."""
        self._facts.setText(words)

    def _show(self, step: Step | None, lane: str = "") -> None:
        lane = lane or next((name for name in self._titles if name != WARM), WARM)
        title = self._titles.get(lane, "")
        note = f" · {step.note}" if step is not None and step.note else ""
        self._note.setText(f"{title}{note}")
        self._bar.setValue(round(1000 * step.done) if step is not None else 0)
        self._bar.setVisible(bool(title) and lane != WARM)
        self._hint.setVisible(any(name != WARM for name in self._titles))

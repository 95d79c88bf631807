"""Layout: run, stop, keep the best so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.document import edits
from explorer.document.placing import MAIN, described
from explorer.document.verbs import placed
from explorer.layout.run import RunLayout, layouts

if TYPE_CHECKING:
    from explorer.job import Step
    from explorer.ui.desk import Desk


class Placings:
    """Run layouts in a process; each partial result is shown, and kept if the user stops."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._count = 0
        self.chosen = MAIN
        self.options: Any = None

    def choose(self, layout: str, options: Any) -> None:
        """Take another layout in hand, with its options."""
        self.chosen, self.options = layout, options

    def run(self) -> None:
        """Run the chosen layout."""
        self._count += 1
        self._run(f"layout {self._count}", "")

    def run_first(self, merge: str) -> None:
        """Lay out what was just opened, as part of that step."""
        layout = layouts()[MAIN]
        self.chosen, self.options = MAIN, layout.options(seed=self._desk.settings["seed"])
        self._run(merge, self._desk.session.history.now.title)

    def stop(self) -> None:
        """Stop what runs; what it has placed so far stays."""
        self._desk.stop()

    def _run(self, merge: str, title: str) -> None:
        desk, layout = self._desk, layouts()[self.chosen]
        document = desk.document
        options = self.options or layout.options()
        if layout.most and document.graph.n > layout.most:
            desk.notices.tell(
                f"{layout.title} takes minutes above {layout.most:,} accounts; "
                f"this graph has {document.graph.n:,}. Esc stops it."
            )
        graph = document.graph
        start = document.positions if getattr(options, "keep", False) else None
        task = desk.runner.task(RunLayout(graph.bare("count"), layout, options, start))
        step_title = title or f"Layout {layout.title}"

        def place(positions: object, complete: bool) -> None:
            now = desk.document
            if now.graph is not graph or not isinstance(positions, np.ndarray):
                return  # another archive was opened meanwhile
            placing = described(layout, options, complete)
            done = placed(layout, options, positions, now, complete=complete)
            desk.session.commit(step_title, edits.place(now, positions, placing), merge, done)

        def stepped(step: Step) -> None:
            if step.partial is not None:
                place(step.partial, complete=False)

        task.stepped.connect(stepped)
        task.succeeded.connect(lambda positions: place(positions, complete=True))
        desk.follow(task)

"""Layout: run, stop, keep the best so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import ref

import numpy as np

from explorer.document import edits, partly
from explorer.document.placing import MAIN, described
from explorer.document.recording import placed
from explorer.layout.estimate import spoken
from explorer.layout.run import layouts

if TYPE_CHECKING:
    from explorer.job import Step
    from explorer.layout.base import Layout
    from explorer.layout.steered import Placed
    from explorer.ui.desk import Desk
    from explorer.ui.tasks import Task


class Placings:
    """Run layouts in a process; each partial result is shown, and kept if the user stops."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._count = 0
        self.chosen = MAIN
        self.options: Any = None
        self._task: ref[Task] | None = None
        desk.stopped.connect(self._stopped)

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

    def options_of(self, layout: Layout) -> Any:
        """Return the options in hand for *layout*, or its own."""
        fits = isinstance(self.options, layout.options)
        return self.options if fits else layout.options(seed=self._desk.settings["seed"])

    def pause(self) -> None:
        """Let the layout rest where it is, or go on; what runs without rounds cannot rest."""
        self._desk.pause()

    def stop(self) -> None:
        """Stop what runs; what it has placed so far stays."""
        self._desk.stop()

    def _run(self, merge: str, title: str) -> None:
        desk, layout = self._desk, layouts()[self.chosen]
        document = desk.document
        options = self.options_of(layout)
        if layout.most and document.graph.n > layout.most:
            words = spoken(layout.id, document.graph.n)
            desk.notices.tell(
                f"{words} {layout.title} is meant for {layout.most:,} accounts or fewer. "
                "Esc stops it.".lstrip()
            )
        graph = document.graph
        task = desk.runner.task(partly.whole(document, layout, options))
        step_title = title or f"Layout {layout.title}"

        def place(positions: object, complete: bool, called: str = step_title) -> None:
            now = desk.document
            if now.graph is not graph or not isinstance(positions, np.ndarray):
                return  # another archive was opened meanwhile
            placing = described(layout, options, complete)
            how = placed(layout, options, positions, now, complete=complete)
            desk.session.commit(called, edits.place(now, positions, placing), merge, how)

        def stepped(step: Step) -> None:
            if step.partial is not None:
                place(step.partial, complete=False)

        def done(value: Placed) -> None:
            cached = value.cached and not title
            called = f"{step_title} (from the cache)" if cached else step_title
            place(value.positions, complete=True, called=called)

        task.stepped.connect(stepped)
        task.succeeded.connect(done)
        self._task = ref(task)  # its job holds arrays that are not wanted when it has ended
        desk.follow(task)

    def _stopped(self, task: Task) -> None:
        """Say why accounts stand in rows, if the layout has not got as far as a picture."""
        desk = self._desk
        ours = self._task is not None and self._task() is task
        if ours and desk.document.graph.n and not desk.document.placing.layout:
            desk.notices.tell(
                "The layout was stopped before its first picture, so accounts stand in rows.",
                "Run layout",
                lambda: desk.run(self.run),
            )

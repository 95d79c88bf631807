"""Compare: try another layout beside the present one, and judge both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from explorer.document import edits
from explorer.document.partly import bare_for
from explorer.document.placing import described
from explorer.document.recording import placed
from explorer.layout.judge import JudgeLayout, TryLayout
from explorer.layout.run import layouts

if TYPE_CHECKING:
    from explorer.document.model import Document, Placing
    from explorer.graph.model import Positions
    from explorer.job import Step
    from explorer.layout.judge import Tried
    from explorer.ui.compare import CompareWindow
    from explorer.ui.desk import Desk

WORDS = {"communities": "groups", "balanced": "balanced", "structure": "distances"}
"""What the panel at the left calls each intention."""
JUDGED, TRIED = "judge", "try"
"""Lanes: the numbers of the left, and what is done for the right."""


@dataclass(frozen=True, slots=True, eq=False)
class Earlier:
    """Places that the history still holds."""

    positions: Positions
    placing: Placing


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A layout to try, with its options."""

    layout: str
    options: Any


class Comparisons:
    """Fills the window that compares."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def ask(self) -> None:
        """Open the window."""
        self._desk.asked.emit("compare", None)

    def begin(self, window: CompareWindow) -> None:
        """Show the present layout in *window*, judge it, and offer others."""
        desk, document = self._desk, self._desk.document
        window.set_theme(desk.settings["theme"])
        window.begin(document, choices(document, desk))
        window.wanted.connect(lambda key: desk.run(lambda: self._put(window, key)))
        window.agreed.connect(lambda tried, key: desk.run(lambda: self._use(tried, key)))
        window.moved.connect(lambda: desk.run(lambda: self._judge(window)))
        self._judge(window)

    def end(self) -> None:
        """Stop what is done for a window that was closed."""
        for lane in (JUDGED, TRIED):
            self._desk.stop_lane(lane)

    def _judge(self, window: CompareWindow) -> None:
        """Have the present layout judged."""
        desk, document = self._desk, self._desk.document
        task = desk.runner.task(JudgeLayout(document.graph.bare("count"), document.positions))

        def judged(tried: Tried) -> None:
            if desk.document.positions is document.positions:  # else it will be judged anew
                window.numbers.show_left(tried.quality)

        task.succeeded.connect(judged)
        desk.follow(task, JUDGED)

    def _put(self, window: CompareWindow, key: Earlier | Asked | None) -> None:
        desk, graph = self._desk, self._desk.document.graph
        if key is None:
            desk.stop_lane(TRIED)
            return
        bare = graph.bare("count")
        if isinstance(key, Earlier):
            task = desk.runner.task(JudgeLayout(bare, key.positions))
        else:
            layout = layouts()[key.layout]
            now = desk.document
            pins = (now.positions, now.pinned) if now.pinned.any() else (None, None)
            task = desk.runner.task(TryLayout(bare_for(layout, now), layout, key.options, *pins))

        def tried(value: Tried) -> None:
            if desk.document.graph is graph:  # else another archive was opened meanwhile
                window.show_tried(value)

        def stepped(step: Step) -> None:
            window.say(f"{task.job.title}: {step.note}" if step.note else task.job.title)

        task.stepped.connect(stepped)
        task.succeeded.connect(tried)
        task.failed.connect(lambda failure: window.say(str(failure.error)))
        desk.follow(task, TRIED)

    def _use(self, tried: Tried, key: Earlier | Asked) -> None:
        document = self._desk.document
        if len(tried.positions) != document.graph.n:
            return
        done = None
        if isinstance(key, Earlier):
            placing, title = key.placing, f"Back to {key.placing.layout or 'earlier places'}"
        else:
            layout = layouts()[key.layout]
            placing, title = described(layout, key.options), f"Layout {layout.title}"
            done = placed(layout, key.options, tried.positions, document, complete=True)
        after = edits.place(document, tried.positions, placing)
        self._desk.session.commit(title, after, done=done)


def choices(document: Document, desk: Desk) -> list[tuple[str, Earlier | Asked]]:
    """Return what the present layout can be compared with: earlier places, and every layout."""
    found: list[tuple[str, Earlier | Asked]] = []
    seen = {id(document.positions)}
    for moment in reversed((*desk.session.history.past, *desk.session.history.future)):
        old = moment.document
        if old.graph is document.graph and id(old.positions) not in seen and old.placing.layout:
            seen.add(id(old.positions))
            found.append((f"Earlier: {moment.title}", Earlier(old.positions, old.placing)))
    seed = desk.settings["seed"]
    for layout in layouts().values():
        if layout.most and document.graph.n > layout.most:
            continue  # it would take minutes
        for title, wish in intentions(layout.options):
            options = layout.options(seed=seed, **wish)
            found.append((f"{layout.title}{title}", Asked(layout.id, options)))
    return found


def intentions(options: type) -> list[tuple[str, dict[str, str]]]:
    """Return the intentions that a layout knows, as words and options; one without, if none."""
    field = getattr(options, "__dataclass_fields__", {}).get("intention")
    if field is None:
        return [("", {})]
    return [(f": {WORDS[name]}", {"intention": name}) for name in field.metadata["choices"]]

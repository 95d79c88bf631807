"""Layout: of the selection, of what is in view, of what is shown, and on from here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.document import edits, partly
from explorer.document.placing import described
from explorer.document.plain import plain
from explorer.document.steps import Accounts, Done, Given
from explorer.document.verbs import MOVED
from explorer.errors import LayoutError
from explorer.layout.carried import RunCarried
from explorer.layout.run import FLOCK, layouts
from explorer.layout.steered import Placed

if TYPE_CHECKING:
    from explorer.document.history import History
    from explorer.document.model import Document
    from explorer.graph.model import Mask
    from explorer.job import Job
    from explorer.ui.commands.placing import Placings
    from explorer.ui.desk import Desk

MOST_IN_VIEW = 5_000
"""Accounts that can be untangled while one waits."""


class Steers:
    """Lay out a part; everybody else stays, and so do the pinned."""

    def __init__(self, desk: Desk, placings: Placings) -> None:
        self._desk, self._placings = desk, placings

    def selection(self) -> None:
        """Lay out the selected accounts by their own ties, where they are."""
        document = self._desk.document
        moving = document.selected & ~document.pinned
        count = int(moving.sum())
        if not count:
            raise LayoutError(
                f"All {int(document.selected.sum()):,} selected accounts are pinned.",
                "Unpin them, or select others.",
            )
        options = self._placings.options_of(FLOCK)
        then = f"{count:,} accounts laid out anew"
        self._local("Lay out selection", then, moving, (options.intention, options.seed))

    def untangle(self) -> None:
        """Loosen what is in view, below what a layout of everybody can see."""
        desk, document = self._desk, self._desk.document
        moving = seen(document, desk) & ~document.pinned
        count = int(moving.sum())
        if count > MOST_IN_VIEW:
            raise LayoutError(
                f"Untangling works on {MOST_IN_VIEW:,} accounts or fewer; "
                f"this view shows {count:,}.",
                "Zoom in, or filter.",
            )
        if count < 3:
            raise LayoutError(
                f"There is nothing to untangle: this view shows {count:,} accounts.", "Zoom out."
            )
        self._local("Untangle view", "a part untangled", moving, ("", 7))

    def settle(self) -> None:
        """Lay out from here: everybody moves little. Under a filter, only what it shows."""
        options = replace(self._placings.options_of(FLOCK), keep=True)
        self._part("Settle from here", FLOCK.id, options, "settled")

    def carry(self) -> None:
        """Take places from the network that was open before: who is in both stays there."""
        document, old = self._desk.document, earlier(self._desk.session.history)
        if old is None:
            raise LayoutError(
                "There is no earlier network whose places could be taken.",
                "Open and lay out one, then the other.",
            )
        ids, before = document.graph.text("id"), old.graph.text("id")
        options = replace(self._placings.options_of(FLOCK), keep=True)
        job = RunCarried(document.graph.bare("count"), ids, before, old.positions, options)
        everybody = np.ones(document.graph.n, bool)
        self._follow(job, "Take earlier places", everybody, None, "earlier places taken")

    def shown(self) -> None:
        """Lay out what the filter shows by the chosen layout, in the room that it has."""
        chosen = self._placings.chosen
        options = self._placings.options_of(layouts()[chosen])
        self._part("Lay out what is shown", chosen, options, "what a filter shows laid out anew")

    def _local(self, title: str, then: str, moving: Mask, how: tuple[str, int]) -> None:
        values = {"intention": how[0], "seed": how[1], "then": then}
        done = Done("layout local", values, then, Given({MOVED: Accounts.of(moving)}))
        job = partly.local(self._desk.document, moving, *how)
        self._follow(job, title, moving, done, then)

    def _part(self, title: str, name: str, options: Any, then: str) -> None:
        document, layout = self._desk.document, layouts()[name]
        values = {"id": name, "options": plain(options), "then": then}
        words = f"{layout.title}: {described(layout, options).options}"
        job = partly.shown(document, layout, options)
        done = Done("layout part", values, words)
        self._follow(job, title, edits.shown(document), done, then)

    def _follow(
        self, job: Job[object], title: str, moving: Mask, done: Done | None, then: str
    ) -> None:
        """Run *job*, and take the new places of the accounts of *moving* from it."""
        desk, graph = self._desk, self._desk.document.graph
        task = desk.runner.task(job)

        def take(value: object) -> None:
            if desk.document.graph is not graph or not isinstance(value, Placed):
                return  # another archive was opened meanwhile
            made = partly.taken(desk.document, value, moving, then)
            if made is desk.document:
                desk.notices.tell("Nobody had to move.")
            called = f"{title} (from the cache)" if value.cached else title
            desk.session.commit(called, made, done=done)

        task.succeeded.connect(take)
        desk.follow(task)


def earlier(history: History) -> Document | None:
    """Return the last document of another network that was laid out; None if there is none."""
    graph = history.now.document.graph
    for moment in reversed(history.past):
        old = moment.document
        if old.graph is not graph and old.graph.n and old.placing.layout:
            return old
    return None


def seen(document: Document, desk: Desk) -> Mask:
    """Return the ``(n,)`` mask of the shown accounts that are on the screen."""
    assert desk.stage is not None
    view = desk.stage.view()
    camera, positions = view.camera, document.positions
    wide, high = (side / camera.scale / 2 for side in view.size)
    x, y = positions[:, 0] - camera.x, positions[:, 1] - camera.y
    inside: np.ndarray[Any, np.dtype[np.bool_]] = (abs(x) <= wide) & (abs(y) <= high)
    return inside & edits.shown(document)

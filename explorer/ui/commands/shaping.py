"""Layout: reshape it by sliders that act at once, fold the tray away and bring it back."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from explorer.document import edits
from explorer.graph.model import frozen
from explorer.graph.query import Folded
from explorer.layout.shape import MakeShape, Shape
from explorer.scene.naming import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from explorer.document.model import Document, Placing
    from explorer.graph.model import Graph, Positions
    from explorer.ui.desk import Desk

SHAPE = "shape"
"""Lane in which shapes are worked out."""
KEPT = 16
"""Results that are recognised when undo brings them back."""


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """Positions, and how they came of a shape."""

    positions: Positions
    shape: Shape
    placing: Placing
    room: float = 0.0
    size: float = 1.0


class Shapes:
    """What the sliders of the layout do; the layout they reshape is remembered."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._made: deque[Made] = deque(maxlen=KEPT)
        self._graph: Graph | None = None
        self._wanted: tuple[float, float] | None = None
        self._drag = 0

    def values(self, document: Document) -> tuple[float, float]:
        """Return how much room and how large a tray *document* was reshaped to."""
        made = self._found(document)
        return (0.0, 1.0) if made is None else (made.room, made.size)

    def begin(self) -> None:
        """Begin a drag: what follows is one step; get ready for it while the hand closes."""
        self._drag += 1
        if self._desk.document.graph.n and self._desk.running() is None:
            self._with_shape(self._apply)

    def prepare(self) -> None:
        """Work out ahead what a slider will need, while nothing else runs."""
        if self._desk.document.graph.n and not self._desk.facts.busy:
            self._with_shape(self._apply)

    def room(self, amount: float) -> None:
        """Give crowded places more room, or draw groups together below 0; in [-1, 1]."""
        self._want(amount, None)

    def tray(self, size: float) -> None:
        """Draw the tray so many times as large as it was laid out."""
        self._want(None, size)

    def fold(self) -> None:
        """Fold the tray of small components away, or bring it back."""
        desk, document = self._desk, self._desk.document
        clauses = tuple(one for one in document.filter.clauses if not isinstance(one, Folded))
        if clauses != document.filter.clauses:
            opened = edits.keep(document, replace(document.filter, clauses=clauses))
            desk.session.commit("Unfold tray", opened)
        else:
            self._with_shape(self._fold)

    def _fold(self, made: Made) -> None:
        desk, document, tray = self._desk, self._desk.document, made.shape.tray
        if not tray.any():
            desk.notices.tell("There is no tray: no component stands out from the others.")
            return
        clauses = (*document.filter.clauses, Folded(frozen(~tray)))
        folded = edits.keep(document, replace(document.filter, clauses=clauses))
        desk.session.commit("Fold tray", folded)
        desk.notices.tell(f"{counted(int(tray.sum()), 'account')} folded away.", "Unfold",
                          lambda: desk.run(self.fold))  # fmt: skip

    def _want(self, room: float | None, size: float | None) -> None:
        now = self._wanted or self.values(self._desk.document)
        self._wanted = (now[0] if room is None else room, now[1] if size is None else size)
        self._with_shape(self._apply)

    def _apply(self, made: Made) -> None:
        if self._wanted is None:
            return
        (room, size), self._wanted = self._wanted, None
        document = self._desk.document
        if (room, size) == self.values(document):
            return
        positions = made.shape.placed(room, size)
        placing = made.placing
        if room:
            words = "crowds given room" if room > 0 else "groups drawn together"
            placing = placing.followed_by(f"{words} by {abs(room):.0%}")
        if size != 1:
            placing = placing.followed_by(f"tray {size:.2g} times as large")
        self._made.append(Made(positions, made.shape, made.placing, room, size))
        title = "Room for crowds" if size == made.size else "Size of tray"
        new = replace(document, positions=positions, placing=placing)
        self._desk.session.commit(title, new, f"shape {self._drag}")

    def _with_shape(self, act: Callable[[Made], None]) -> None:
        """Do *act* with the shape of the present positions, at once or as soon as it is known."""
        desk, document = self._desk, self._desk.document
        made = self._found(document)
        if made is not None:
            act(made)
            return
        if desk.running(SHAPE) is not None and act == self._apply:
            return  # what is wanted last will be done when it ends
        job = MakeShape(document.graph.bare(), document.positions, document.pinned)
        task = desk.runner.task(job)

        def done(shape: object) -> None:
            now = desk.document
            fits = now.positions is document.positions and now.pinned is document.pinned
            if not isinstance(shape, Shape) or now.graph is not document.graph or not fits:
                self._wanted = None
                return
            known = Made(document.positions, replace(shape, base=document.positions),
                         document.placing)  # fmt: skip
            self._graph = document.graph
            self._made.append(known)
            act(known)

        task.succeeded.connect(done)
        task.ended.connect(self._rest)  # else what was stopped would be done at the next drag
        desk.follow(task, SHAPE)

    def _rest(self, _task: object) -> None:
        self._wanted = None

    def _found(self, document: Document) -> Made | None:
        """Return how the positions of *document* came about, if the sliders know them."""
        if document.graph is not self._graph:
            self._made.clear()
            return None
        return next(
            (
                made
                for made in reversed(self._made)
                if made.positions is document.positions
                and np.array_equal(made.shape.pinned, document.pinned)
            ),
            None,
        )

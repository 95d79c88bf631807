"""Select: by role, by neighbourhood, by hand, by word."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from explorer.document import edits
from explorer.document.steps import Done
from explorer.graph.edges import CLASSES
from explorer.graph.query import EVERYTHING, Between
from explorer.graph.roles import AMPLIFIER, CORE, OTHER, ROLES

if TYPE_CHECKING:
    from explorer.document.edits import Mode
    from explorer.document.model import Document
    from explorer.graph.model import Mask
    from explorer.graph.moments import Span
    from explorer.ui.desk import Desk

MEASURED = {"in_strength": "interactions received", "out_strength": "interactions made"}
"""What numbers are called that the graph itself gives."""


class Selects:
    """Select and filter; every one is one undoable step."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def core(self) -> None:
        """Select exactly the core."""
        self.role(CORE)

    def amplifiers(self) -> None:
        """Select exactly the amplifiers."""
        self.role(AMPLIFIER)

    def others(self) -> None:
        """Select exactly the accounts that are neither."""
        self.role(OTHER)

    def role(self, role: int, mode: Mode = "replace") -> None:
        """Select the accounts of one role."""
        name = {"core": "core", "amplifier": "amplifiers", "other": "others"}[ROLES[role]]
        done = Done(
            "select role", {"role": ROLES[role], "mode": mode}, "" if mode == "replace" else mode
        )
        chosen = edits.select_role(self._desk.document, role, mode)
        self._commit(f"Select {name}", chosen, done)
        if role == CORE and not chosen.roles.mask(CORE).any():
            self._desk.notices.tell("Nobody is core by this rule. Choose another under Roles.")

    def classes(self, codes: tuple[int, ...]) -> None:
        """Select the accounts at either end of edges of these classes."""
        names = [CLASSES[code] for code in codes]
        done = Done("select ends", {"classes": names}, ", ".join(names))
        self._commit("Select ends of edges", edits.select_ends(self._desk.document, codes), done)

    def everything(self) -> None:
        """Select all that is shown."""
        self._commit("Select all", edits.select_all(self._desk.document), Done("select all"))

    def nothing(self) -> None:
        """Select nothing."""
        self._commit("Select none", edits.select_none(self._desk.document), Done("select none"))

    def invert(self) -> None:
        """Select the others."""
        self._commit("Invert selection", edits.invert(self._desk.document), Done("invert"))

    def grow(self) -> None:
        """Select the neighbours of the selection too."""
        self._commit("Add neighbours", edits.grow(self._desk.document), Done("grow"))

    def shrink(self) -> None:
        """Leave out the selected accounts at the rim."""
        self._commit("Shrink selection", edits.shrink(self._desk.document), Done("shrink"))

    def one(self, account: int, mode: Mode) -> None:
        """Select, add or toggle one account; -1 is the background."""
        document = self._desk.document
        mask = np.zeros(document.graph.n, bool)
        if account >= 0:
            mask[account] = True
        elif mode != "replace":
            return
        self._commit("Select account" if account >= 0 else "Select none",
                     edits.select(document, mask, mode))  # fmt: skip

    def ends(self, edge: int) -> None:
        """Select the two ends of an edge."""
        document = self._desk.document
        mask = np.zeros(document.graph.n, bool)
        mask[[document.graph.source[edge], document.graph.target[edge]]] = True
        self._commit("Select edge", edits.select(document, mask, "replace"))

    def ego(self, account: int) -> None:
        """Select an account and its neighbours."""
        document = self._desk.document
        one = document.graph.text("id")[account]
        near = edits.select_ego(document, account)
        self._commit("Select ego network", near, Done("ego", {"id": one}, one))

    def swept(self, mask: Mask, mode: Mode) -> None:
        """Select what a box or lasso went round."""
        inside = mask & edits.shown(self._desk.document)
        self._commit("Select area", edits.select(self._desk.document, inside, mode))

    def found(self, words: str) -> int:
        """Select the accounts whose name or id contains *words*; return how many there are.

        If there is none, what is selected stays selected.
        """
        found = edits.select_found(self._desk.document, words)
        count = int(np.count_nonzero(found.selected))
        if count:
            self._commit(f"Find “{words}”", found, Done("find", {"words": words}))
        return count

    def keep(self) -> None:
        """Show the selected accounts only."""
        self._commit("Show selection only", edits.keep_selected(self._desk.document))

    def hide(self) -> None:
        """Hide the selected accounts."""
        self._commit("Hide selection", edits.hide_selected(self._desk.document))

    def show_all(self) -> None:
        """Drop every filter."""
        self._commit("Show everything", edits.keep(self._desk.document, EVERYTHING))

    def kinds(self, kind: str, shown: bool) -> None:
        """Show or hide the edges of one kind."""
        document = self._desk.document
        hidden = document.filter.hidden_kinds
        hidden = hidden - {kind} if shown else hidden | {kind}
        kept = replace(document.filter, hidden_kinds=frozenset(hidden))
        self._commit(f"{'Show' if shown else 'Hide'} {kind} edges", edits.keep(document, kept))

    def at_least(self, column: str, low: int) -> None:
        """Show accounts whose measure is *low* or more; 0 shows all again."""
        document = self._desk.document
        others = tuple(
            one
            for one in document.filter.clauses
            if not (isinstance(one, Between) and one.column == column)
        )
        clauses = (*others, Between(column, low)) if low > 0 else others
        kept = replace(document.filter, clauses=clauses)
        title = f"Filter by {MEASURED.get(column, column.replace('_', ' '))}"
        self._desk.session.commit(title, edits.keep(document, kept), f"filter {column}")

    def during(self, span: Span | None) -> None:
        """Show the interactions of one time; None shows those of all times."""
        kept = replace(self._desk.document.filter, during=span)
        title = f"Time: {span.words}" if span else "All times"
        self._desk.session.commit(title, edits.keep(self._desk.document, kept), "time")

    def active(self) -> None:
        """Select the accounts at either end of an edge that is shown."""
        self._commit(
            "Select active accounts",
            edits.select_active(self._desk.document),
            Done("select active"),
        )

    def _commit(self, title: str, document: Document, done: Done | None = None) -> None:
        self._desk.session.commit(title, document, done=done)

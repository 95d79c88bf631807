"""Roles: choose the rule that says who is core."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from explorer.document import edits
from explorer.graph.measured import AssignRoles
from explorer.graph.roles import Roles, assign
from explorer.graph.rules import AssignListed, light_for_ids

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from explorer.graph.direct import Ids
    from explorer.graph.roles import Rule
    from explorer.ui.desk import Desk


ROLES = "roles"
"""Lane in which a list of ids is read."""


class RoleVerbs:
    """Give roles by a rule: at once, or in a process if it needs one."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def use(self, rule: Rule) -> None:
        """Give roles by *rule*."""
        document = self._desk.document
        if not rule.heavy:
            roles = assign(rule, document.graph)
            self._desk.session.commit(f"Roles: {rule.title}", edits.give_roles(document, roles))
            return
        graph = document.graph
        task = self._desk.runner.task(AssignRoles(graph.bare("kind", "count"), rule))

        def done(codes: object) -> None:
            now = self._desk.document
            if now.graph is graph:  # else another archive was opened meanwhile
                assert isinstance(codes, np.ndarray)
                roles = Roles(codes, rule, graph)
                self._desk.session.commit(f"Roles: {rule.title}", edits.give_roles(now, roles))

        task.succeeded.connect(done)
        self._desk.follow(task)

    def from_list(self) -> None:
        """Ask for a list of ids, and call those core."""
        paths = self._desk.ask.open_paths("Open a list of ids", "Lists (*.txt *.csv);;All (*)")
        if paths:
            self.read(paths[0])

    def read(self, path: Path) -> None:
        """Call those core whom the list at *path* names; a layout under way goes on."""
        graph = self._desk.document.graph
        task = self._desk.runner.task(AssignListed(light_for_ids(graph), path))

        def done(found: tuple[Ids, NDArray[np.uint8]]) -> None:
            now = self._desk.document
            if now.graph is graph:  # else another archive was opened meanwhile
                rule, codes = found
                given = edits.give_roles(now, Roles(codes, rule, graph))
                self._desk.session.commit(f"Roles: {rule.title}", given)

        task.succeeded.connect(done)
        self._desk.follow(task, ROLES)

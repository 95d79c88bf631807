"""Edge classes: role of the source to role of the target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from explorer.graph.roles import AMPLIFIER, CORE, ROLES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Graph
    from explorer.graph.roles import Roles

CLASSES = tuple(f"{source}>{target}" for source in ROLES for target in ROLES)
"""Names of the nine edge classes; a class's code is ``3 * role of source + role of target``."""


@dataclass(frozen=True, slots=True)
class Group:
    """Edge classes that are drawn in one tone; more than four tones cannot be told apart."""

    id: str
    title: str
    classes: tuple[int, ...]


GROUPS = (
    Group("amplifier>core", "amplifier → core", (3 * AMPLIFIER + CORE,)),
    Group("core>amplifier", "core → amplifier", (3 * CORE + AMPLIFIER,)),
    Group(
        "rest",
        "all other",
        tuple(
            code
            for code in range(9)
            if code not in (3 * AMPLIFIER + CORE, 3 * CORE + AMPLIFIER, 3 * CORE + CORE)
        ),
    ),
    Group("core>core", "core → core", (3 * CORE + CORE,)),
)
"""The four groups that are drawn; ``scene`` decides about their order and colour."""

GROUP_OF_CLASS = np.array(
    [next(i for i, group in enumerate(GROUPS) if code in group.classes) for code in range(9)],
    np.uint8,
)
"""``(9,)`` uint8: the group of each class."""


def edge_classes(graph: Graph, roles: Roles) -> NDArray[np.uint8]:
    """Return ``(m,)`` uint8 codes into ``CLASSES``."""
    codes = roles.codes
    return np.asarray(3 * codes[graph.source] + codes[graph.target], np.uint8)


@dataclass(frozen=True, slots=True)
class ClassCounts:
    """How much of each class there is: edges and the interactions behind them."""

    edges: tuple[int, ...]
    interactions: tuple[int, ...]

    def by_name(self) -> dict[str, int]:
        """Return edges by the name of their class, all nine."""
        return dict(zip(CLASSES, self.edges, strict=True))

    def group(self, group: Group) -> int:
        """Return the edges of a whole group."""
        return sum(self.edges[code] for code in group.classes)


def count_classes(graph: Graph, classes: NDArray[np.uint8]) -> ClassCounts:
    """Count the edges and interactions of each class."""
    edges = np.bincount(classes, minlength=9)
    interactions = np.bincount(classes, graph.weight(), 9)
    return ClassCounts(
        tuple(int(count) for count in edges), tuple(int(count) for count in interactions)
    )

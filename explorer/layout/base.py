"""What a layout is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Graph, Positions
    from explorer.job import Report


def roles_of(graph: Graph) -> dict[str, NDArray[np.uint8]]:
    """Return the node column that says who is core, by its name; nothing if it is not told."""
    role = graph.nodes.get("role")
    return {"role": role} if isinstance(role, np.ndarray) else {}


class Place(Protocol):
    """The one function a layout must give."""

    def __call__(
        self, graph: Graph, options: Any, start: Positions | None, report: Report, /
    ) -> Positions:
        """Return ``(n, 2)`` float32 positions, any scale, y up.

        *report* is told the fraction done, a note, and now and then positions to show meanwhile.

        Raises
        ------
        LayoutError
            If this graph cannot be placed with these options.
        """


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to place accounts: how it is called, asked for, and done.

    Attributes
    ----------
    id
        Stable name, written into session files.
    title
        What the menu says.
    tip
        One sentence on what it is good for.
    options
        A frozen dataclass whose fields, defaults and ``metadata`` (min, max, step, unit, tip)
        make the form; every one has a ``seed``.
    place
        A module-level function, so that it can be pickled.
    most
        Accounts above which it warns, since it would take minutes; 0 for no limit.
    roles
        Whether it asks who is core: the graph then has ``role`` among its node columns, the code
        of each account in `explorer.graph.roles.ROLES`. Without it all count as core.
    rests
        Whether it reports so often that it can rest between two rounds. One that does not, can
        only be held up as a process, where the system can do that.
    """

    id: str
    title: str
    tip: str
    options: type
    place: Place
    most: int = 0
    roles: bool = False
    rests: bool = True

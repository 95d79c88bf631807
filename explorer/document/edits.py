"""Every way to change a document: a function from one to the next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from explorer.document.model import Document, Named, Placing
from explorer.graph.direct import Listed
from explorer.graph.edges import edge_classes
from explorer.graph.model import frozen, neighbours
from explorer.graph.query import Chosen, Filter
from explorer.graph.roles import CORE, assign
from explorer.graph.search import find

if TYPE_CHECKING:
    from explorer.archive.receipt import Receipt
    from explorer.document.model import ArchiveRef, Style
    from explorer.graph.model import Graph, Mask, Positions
    from explorer.graph.roles import Roles

Mode: TypeAlias = Literal["replace", "add", "toggle", "remove"]


def load(
    graph: Graph, receipt: Receipt | None = None, archive: ArchiveRef | None = None
) -> Document:
    """Return a fresh document: default roles, nothing selected.

    Accounts stand where the file says, else on a square.
    """
    document = Document(
        graph=graph,
        roles=assign(Listed(), graph),
        positions=square(graph.n),
        selected=frozen(np.zeros(graph.n, bool)),
    )
    given = given_positions(graph)
    if given is not None:
        document = place(document, given, Placing("as in the file"))
    if receipt is not None:
        document = replace(document, receipt=receipt)
    return document if archive is None else replace(document, archive=archive)


def given_positions(graph: Graph) -> Positions | None:
    """Return the ``(n, 2)`` positions that came with the file; None unless all are usable."""
    x, y = graph.nodes.get("x"), graph.nodes.get("y")
    if not isinstance(x, np.ndarray) or not isinstance(y, np.ndarray) or not graph.n:
        return None
    given = np.column_stack([x, y]).astype(np.float32)
    usable = np.isfinite(given).all() and (graph.n == 1 or np.ptp(given, axis=0).any())
    return frozen(given) if usable else None


def square(n: int) -> Positions:
    """Return ``(n, 2)`` float32 positions on a square, one unit apart, centred on zero."""
    side = max(1, int(np.ceil(np.sqrt(n))))
    at = np.arange(n)
    grid = np.column_stack([at % side, -(at // side)]).astype(np.float32)
    return frozen(grid - (grid.mean(axis=0) if n else np.float32(0)))


def select(document: Document, mask: Mask, mode: Mode = "replace") -> Document:
    """Return *document* with *mask* selected, added to, toggled in or taken from the selection."""
    old = document.selected
    made = {
        "replace": lambda: mask.copy(),
        "add": lambda: old | mask,
        "toggle": lambda: old ^ mask,
        "remove": lambda: old & ~mask,
    }[mode]()
    if np.array_equal(made, old):
        return document
    return replace(document, selected=frozen(made))


def select_role(document: Document, role: int = CORE, mode: Mode = "replace") -> Document:
    """Return *document* with exactly the shown accounts of one role selected."""
    return select(document, document.roles.mask(role) & shown(document), mode)


def shown(document: Document) -> Mask:
    """Return the ``(n,)`` mask of accounts that the filter keeps."""
    return document.filter.mask(document.graph)


def select_all(document: Document) -> Document:
    """Return *document* with every account selected that the filter shows."""
    return select(document, shown(document))


def select_none(document: Document) -> Document:
    """Return *document* with nothing selected."""
    return select(document, np.zeros(document.graph.n, bool))


def invert(document: Document) -> Document:
    """Return *document* with the other shown accounts selected."""
    return select(document, shown(document) & ~document.selected)


def select_active(document: Document) -> Document:
    """Return *document* with the accounts selected that an edge touches which the filter keeps."""
    graph = document.graph
    kept = document.filter.edges(graph, shown(document))
    mask = np.zeros(graph.n, bool)
    mask[graph.source[kept]] = mask[graph.target[kept]] = True
    return select(document, mask)


def name_selection(document: Document, title: str) -> Document:
    """Return *document* with its selection called *title*; one of that name is replaced."""
    others = tuple(one for one in document.named if one.title != title)
    return replace(document, named=(*others, Named(title, document.selected)))


def recall(document: Document, place: int, mode: Mode = "replace") -> Document:
    """Return *document* with what is shown of a named selection selected."""
    return select(document, document.named[place].mask & shown(document), mode)


def forget(document: Document, place: int) -> Document:
    """Return *document* without a named selection."""
    kept = tuple(one for at, one in enumerate(document.named) if at != place)
    return replace(document, named=kept)


def grow(document: Document) -> Document:
    """Return *document* with the neighbours of the selection selected too."""
    return select(document, neighbours(document.graph, document.selected) & shown(document))


def shrink(document: Document) -> Document:
    """Return *document* without the selected accounts that touch an unselected one."""
    rim = neighbours(document.graph, ~document.selected)
    return select(document, document.selected & ~rim)


def select_ends(document: Document, classes: tuple[int, ...]) -> Document:
    """Return *document* with the accounts at either end of edges of these classes selected."""
    rows = np.isin(edge_classes(document.graph, document.roles), classes)
    mask = np.zeros(document.graph.n, bool)
    mask[document.graph.source[rows]] = True
    mask[document.graph.target[rows]] = True
    return select(document, mask)


def select_ego(document: Document, account: int) -> Document:
    """Return *document* with an account and its shown neighbours selected."""
    mask = np.zeros(document.graph.n, bool)
    mask[account] = True
    return select(document, neighbours(document.graph, mask) & shown(document))


def select_found(document: Document, words: str) -> Document:
    """Return *document* with the shown accounts selected whose name or id contains *words*."""
    return select(document, find(document.graph, words) & shown(document))


def place(document: Document, positions: Positions, placing: Placing) -> Document:
    """Return *document* with its accounts at *positions*."""
    return replace(document, positions=frozen(positions), placing=placing)


def move(document: Document, mask: Mask, by: tuple[float, float]) -> Document:
    """Return *document* with the accounts of *mask* moved by a world vector."""
    positions = document.positions.copy()
    positions[mask] += np.array(by, np.float32)
    placing = document.placing.followed_by("moved by hand")
    return replace(document, positions=frozen(positions), placing=placing)


def give_roles(document: Document, roles: Roles) -> Document:
    """Return *document* with other roles."""
    return replace(document, roles=roles)


def restyle(document: Document, style: Style) -> Document:
    """Return *document* drawn otherwise."""
    return document if style == document.style else replace(document, style=style)


def switch_classes(document: Document, classes: tuple[int, ...], on: bool) -> Document:
    """Return *document* with edge classes shown or hidden."""
    hidden = document.style.hidden - set(classes) if on else document.style.hidden | set(classes)
    return restyle(document, replace(document.style, hidden=frozenset(hidden)))


def keep(document: Document, kept: Filter) -> Document:
    """Return *document* with another filter, the selection inside it."""
    if kept == document.filter:
        return document
    inside = document.selected & kept.mask(document.graph)
    return replace(document, filter=kept, selected=frozen(inside))


def keep_selected(document: Document) -> Document:
    """Return *document* showing the selected accounts only."""
    clause = Chosen(document.selected)
    return keep(document, replace(document.filter, clauses=(*document.filter.clauses, clause)))


def hide_selected(document: Document) -> Document:
    """Return *document* without the selected accounts."""
    clause = Chosen(frozen(~document.selected))
    return keep(document, replace(document.filter, clauses=(*document.filter.clauses, clause)))

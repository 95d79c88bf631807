"""The vocabulary of the log of steps: how each kind of step is done again.

To teach the log a new kind of step, add a row to ``VERBS`` and let the command that does it pass
``Done(verb, values, words)`` to ``Session.commit``. The values are plain JSON: ids, never row
numbers. A step without a verb is taken down by what it changed, and one whose result cannot be
made again keeps its positions. A step that is merged into the one before it must say the whole
change, not the last bit of it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from explorer.document import arrange, edits, partly, parts
from explorer.document.model import Document, Placing
from explorer.document.placing import described
from explorer.document.plain import made
from explorer.document.steps import (
    OPEN,
    SET,
    Log,
    Step,
    Values,
    lightened,
    superseded,
)
from explorer.errors import StarlingError
from explorer.graph.edges import CLASSES
from explorer.graph.roles import ROLES
from explorer.layout.run import layouts

if TYPE_CHECKING:
    from explorer.document.edits import Mode
    from explorer.document.steps import Parts
    from explorer.graph.model import Mask
    from explorer.job import Report

ALL = frozenset(field.name for field in fields(Document))
SELECTION = frozenset({"selected"})
PLACES = frozenset({"positions"})
MOVED = "moved"
"""Name of the set of accounts that a step has moved."""


class Again(Protocol):
    """Do a step once more."""

    def __call__(self, document: Document, step: Step, report: Report, /) -> Document:
        """Return the next document.

        Raises
        ------
        ValueError, TypeError, KeyError, IndexError
            If the values make no sense.
        StarlingError
            If it cannot be done.
        """


@dataclass(frozen=True, slots=True)
class Verb:
    """One kind of step.

    Attributes
    ----------
    again
        How it is done again.
    writes
        Parts of the document that it makes, whole.
    reads
        Parts whose state before it matters to what it makes.
    """

    again: Again
    writes: Parts
    reads: Parts


def _parts(*names: str) -> Parts:
    found = frozenset(names)
    return lambda _values: found


def _select(again: Again, *reads: str) -> Verb:
    return Verb(again, _parts("selected"), _parts("filter", *reads))


def _set_reads(values: Values) -> frozenset[str]:
    """Styles are told by what differs, so that the rest of the style before matters."""
    return frozenset({"style"} & set(values))


def _role_reads(values: Values) -> frozenset[str]:
    seen = {"filter", "roles"}
    return frozenset(seen if values.get("mode") == "replace" else {*seen, "selected"})


def _layout_reads(values: Values) -> frozenset[str]:
    kept = values.get("complete") and dict(values.get("options", {})).get("keep")
    held = kept or values.get("pinned")
    return PLACES | {"pinned"} if held else frozenset({"pinned"})


def _select_role(document: Document, step: Step, _report: Report, /) -> Document:
    mode: Mode = step.values["mode"]
    return edits.select_role(document, ROLES.index(step.values["role"]), mode)


def _select_ends(document: Document, step: Step, _report: Report, /) -> Document:
    return edits.select_ends(document, tuple(map(CLASSES.index, step.values["classes"])))


def _ego(document: Document, step: Step, _report: Report, /) -> Document:
    return edits.select_ego(document, document.graph.text("id").strings().index(step.values["id"]))


def _find(document: Document, step: Step, _report: Report, /) -> Document:
    return edits.select_found(document, str(step.values["words"]))


def _plainly(edit: Any) -> Again:
    """Return how to do an edit again that takes nothing but the document."""

    def again(document: Document, _step: Step, _report: Report, /) -> Document:
        done: Document = edit(document)
        return done

    return again


def _layout(document: Document, step: Step, report: Report, /) -> Document:
    values = step.values
    if not values["complete"]:
        placed = parts.given_to(document, step.given)
        return edits.place(document, placed, made(Placing, values["placing"]))
    layout = layouts().get(values["id"])
    if layout is None:
        raise StarlingError(f"There is no layout {values['id']!r} in this Starling.")
    options: Any = made(layout.options, values["options"])
    job = replace(partly.whole(document, layout, options), fresh=True)
    return edits.place(document, job(report).positions, described(layout, options))


def _part(document: Document, step: Step, report: Report, /) -> Document:
    layout = layouts()[step.values["id"]]
    options: Any = made(layout.options, step.values["options"])
    job = replace(partly.shown(document, layout, options), fresh=True)
    return partly.taken(document, job(report), edits.shown(document), step.values["then"])


def _local(document: Document, step: Step, report: Report, /) -> Document:
    values, wanted = step.values, parts.ids(step.given, MOVED)
    found = (one in wanted for one in document.graph.text("id").strings())
    moving = np.fromiter(found, bool, document.graph.n)
    job = partly.local(document, moving, values["intention"], int(values["seed"]))
    return partly.taken(document, job(report), moving, values["then"])


def _turn(document: Document, step: Step, _report: Report, /) -> Document:
    return arrange.turn(document, float(step.values["degrees"]), _whom(document, step))


def _mirror(document: Document, step: Step, _report: Report, /) -> Document:
    return arrange.mirror(document, step.values["axis"])


def _align(document: Document, step: Step, _report: Report, /) -> Document:
    return arrange.align(document, step.values["side"], document.selected)


def _distribute(document: Document, step: Step, _report: Report, /) -> Document:
    return arrange.distribute(document, step.values["axis"], document.selected)


def _whom(document: Document, step: Step) -> Mask | None:
    return document.selected if step.values["selection"] else None


def _move(document: Document, step: Step, _report: Report, /) -> Document:
    x, y = (float(one) for one in step.values["by"])
    wanted = parts.ids(step.given, MOVED)
    found = (one in wanted for one in document.graph.text("id").strings())
    return edits.move(document, np.fromiter(found, bool, document.graph.n), (x, y))


def _set(document: Document, step: Step, _report: Report, /) -> Document:
    return parts.apply_set(document, step.values, step.given)


VERBS: dict[str, Verb] = {
    SET: Verb(_set, lambda values: frozenset(values), _set_reads),
    "select role": Verb(_select_role, _parts("selected"), _role_reads),
    "select ends": _select(_select_ends, "roles"),
    "select all": _select(_plainly(edits.select_all)),
    "select active": _select(_plainly(edits.select_active)),
    "select none": _select(_plainly(edits.select_none)),
    "invert": _select(_plainly(edits.invert), "selected"),
    "grow": _select(_plainly(edits.grow), "selected"),
    "shrink": _select(_plainly(edits.shrink), "selected"),
    "ego": _select(_ego),
    "find": _select(_find),
    "layout": Verb(_layout, _parts("positions"), _layout_reads),
    "layout part": Verb(_part, _parts("positions"), _parts("positions", "pinned", "filter")),
    "layout local": Verb(_local, _parts("positions"), _parts("positions")),
    "turn": Verb(_turn, _parts("positions"), _parts("positions", "selected")),
    "mirror": Verb(_mirror, _parts("positions"), _parts("positions")),
    "align": Verb(_align, _parts("positions"), _parts("positions", "selected")),
    "distribute": Verb(_distribute, _parts("positions"), _parts("positions", "selected")),
    "move": Verb(_move, _parts("positions"), _parts("positions")),
}
"""Kinds of steps by the name that files know them by, for ever."""


def replaced(log: Log) -> frozenset[int]:
    """Return the places of steps whose results were replaced later; their verbs say so."""
    return superseded(log, _writes, _reads)


def light(log: Log) -> Log:
    """Return *log* as a session keeps it: without what later steps have replaced."""
    return lightened(log, replaced(log))


def _writes(step: Step) -> frozenset[str]:
    if step.verb == OPEN:
        return ALL
    return VERBS[step.verb].writes(step.values) if step.verb in VERBS else frozenset()


def _reads(step: Step) -> frozenset[str]:
    return VERBS[step.verb].reads(step.values) if step.verb in VERBS else ALL

"""Steps known by what came of them: each part of a document as plain values and sets, and back."""

from __future__ import annotations

from dataclasses import dataclass, is_dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from explorer.document import choices, edits
from explorer.document.model import Placing, Style, changes
from explorer.document.plain import made, plain
from explorer.document.steps import SET, Accounts, Done, Given, Values
from explorer.errors import SessionFileError, StarlingError
from explorer.graph.edges import CLASSES
from explorer.graph.model import frozen
from explorer.graph.roles import assign

if TYPE_CHECKING:
    from collections.abc import Mapping

    from explorer.document.model import Document
    from explorer.document.steps import Members
    from explorer.graph.listing import Listing
    from explorer.graph.model import Mask, Positions

DERIVED = frozenset({"placing", "receipt", "archive"})
"""Parts that follow from others, or from the files that were read."""
UNRECORDED = "unrecorded"
"""Key under which a step names the parts whose change it could not take down."""


class Record(Protocol):
    """From a change to its values and words; what is too large goes into *sets*."""

    def __call__(
        self, old: Document, new: Document, sets: dict[str, Members], /
    ) -> tuple[Any, str]:
        """Raise TypeError or SessionFileError if it cannot be taken down."""


class Apply(Protocol):
    """From a document and what was taken down to the next document."""

    def __call__(self, document: Document, values: Any, given: Given, /) -> Document:
        """Raise ValueError, TypeError or KeyError if the values make no sense."""


@dataclass(frozen=True, slots=True)
class Part:
    """How the change of one part is taken down, and done again."""

    record: Record
    apply: Apply


def ids(given: Given, name: str) -> frozenset[str] | Listing:
    """Return the ids of a set.

    Raises
    ------
    ValueError
        If the set was not kept.
    """
    found = given.sets.get(name, frozenset())
    if isinstance(found, Accounts) or not given.kept:
        raise ValueError(f"the accounts of {name!r} were not kept")
    return found


def difference(old: Document, new: Document) -> Done | None:
    """Return how to get from *old* to *new*, part by part; None if nothing differs."""
    values: Values = {}
    sets: dict[str, Members] = {}
    words: list[str] = []
    lost: list[str] = []
    names = changes(old, new)
    if "selected" in names and np.array_equal(old.selected, new.selected):
        names -= {"selected"}
    for name in sorted(names - DERIVED):
        try:
            part = PARTS.get(name, Part(_record_any(name), _apply_any(name)))
            values[name], said = part.record(old, new, sets)
            words.append(said)
        except (TypeError, SessionFileError):
            lost.append(name)
    if lost:
        values[UNRECORDED] = lost
        words.append(f"{', '.join(lost)} not recorded")
    if not values:
        return None
    held = new.positions if "positions" in values else None
    given = Given(sets, held, new.graph.text("id") if held is not None else None)
    return Done(SET, values, "; ".join(filter(None, words)), given)


def apply_set(document: Document, values: Values, given: Given) -> Document:
    """Return *document* with the parts that ``difference`` took down.

    Raises
    ------
    StarlingError
        If some part could not be taken down then.
    """
    lost = values.get(UNRECORDED)
    if lost:
        raise StarlingError(
            f"It changed {', '.join(map(str, lost))} in a way that is not recorded."
        )
    for name, value in values.items():
        part = PARTS.get(name, Part(_record_any(name), _apply_any(name)))
        document = part.apply(document, value, given)
    return document


def given_to(document: Document, given: Given) -> Positions:
    """Return the positions of a step, put to the accounts of *document* by their ids.

    Accounts that the step does not know stand where they stood.

    Raises
    ------
    ValueError
        If there are none, or they were not kept.
    """
    if given.positions is None or given.ids is None:
        raise ValueError("its positions were not kept")
    here = document.graph.text("id")
    if np.array_equal(here.offsets, given.ids.offsets) and np.array_equal(
        here.data, given.ids.data
    ):
        return given.positions
    rows = {one: row for row, one in enumerate(given.ids.strings())}
    found = np.array([rows.get(one, -1) for one in here.strings()], np.int64)
    placed = document.positions.copy()
    placed[found >= 0] = given.positions[found[found >= 0]]
    return frozen(placed)


def _record_roles(_old: Document, new: Document, sets: dict[str, Members], /) -> tuple[Any, str]:
    told, listed = choices.rule_told(new.roles.rule)
    if listed:
        sets[choices.LIST] = listed
    return told, new.roles.rule.title


def _apply_roles(document: Document, values: Any, given: Given, /) -> Document:
    rule = choices.rule_of(values, {choices.LIST: sorted(ids(given, choices.LIST))})
    return edits.give_roles(document, assign(rule, document.graph))


def _record_filter(_old: Document, new: Document, sets: dict[str, Members], /) -> tuple[Any, str]:
    masks: dict[str, Mask] = {}
    told = choices.filter_told(new.filter, new.graph, masks)
    sets.update({name: Accounts.of(mask) for name, mask in masks.items()})
    return told, new.filter.words or "everything"


def _apply_filter(document: Document, values: Any, given: Given, /) -> Document:
    members: Mapping[str, Any] = {name: sorted(ids(given, name)) for name in given.sets}
    return replace(document, filter=choices.filter_of(values, document.graph, members))


def _mask(name: str, members: str) -> Part:
    """Return how a mask of accounts is taken down, as the set called *members*."""

    def record(_old: Document, new: Document, sets: dict[str, Members], /) -> tuple[Any, str]:
        mask = getattr(new, name)
        count = int(np.count_nonzero(mask))
        if count:
            sets[members] = Accounts.of(mask)
        words = f"{count:,} account{'s' * (count != 1)}"
        return {"accounts": count}, words if name == "selected" else f"{name} {words}"

    def apply(document: Document, _values: Any, given: Given, /) -> Document:
        mask = choices.mask_of(document.graph, sorted(ids(given, members)))
        return replace(document, **{name: frozen(mask)})  # type: ignore[arg-type]  # a mask's name

    return Part(record, apply)


def _record_named(_old: Document, new: Document, sets: dict[str, Members], /) -> tuple[Any, str]:
    masks: dict[str, Mask] = {}
    titles = choices.named_told(new, masks)
    sets.update({name: Accounts.of(mask) for name, mask in masks.items()})
    return {"titles": titles}, ", ".join(f"“{title}”" for title in titles) or "no names"


def _apply_named(document: Document, values: Any, given: Given, /) -> Document:
    members: Mapping[str, Any] = {name: sorted(ids(given, name)) for name in given.sets}
    named = choices.named_of(values["titles"], document.graph, members)
    return replace(document, named=named)


def _record_positions(
    _old: Document, new: Document, _sets: dict[str, Members], /
) -> tuple[Any, str]:
    return plain(new.placing), "positions kept as they are"


def _apply_positions(document: Document, values: Any, given: Given, /) -> Document:
    return edits.place(document, given_to(document, given), made(Placing, values))


def _record_style(old: Document, new: Document, _sets: dict[str, Members], /) -> tuple[Any, str]:
    before, after = plain(old.style), plain(new.style)
    told = {name: value for name, value in after.items() if value != before.get(name)}
    return told, ", ".join(_said(name, value) for name, value in told.items())


def _said(name: str, value: Any) -> str:
    """Say one choice of how it is drawn in words."""
    if name == "hidden":
        return f"hidden: {', '.join(CLASSES[code] for code in value) or 'no edges'}"
    words = str(round(value, 2) if isinstance(value, float) else value).replace("_", " ")
    return f"{name.replace('_', ' ')} {words}"


def _apply_style(document: Document, values: Any, _given: Given, /) -> Document:
    return edits.restyle(document, made(Style, {**plain(document.style), **values}))


PARTS: dict[str, Part] = {
    "roles": Part(_record_roles, _apply_roles),
    "filter": Part(_record_filter, _apply_filter),
    "selected": _mask("selected", choices.SELECTION),
    "pinned": _mask("pinned", choices.PINNED),
    "named": Part(_record_named, _apply_named),
    "positions": Part(_record_positions, _apply_positions),
    "style": Part(_record_style, _apply_style),
}
"""How each part is taken down. Any other part is, if it is a dataclass of plain values."""


def _record_any(name: str) -> Record:
    def record(_old: Document, new: Document, _sets: dict[str, Members], /) -> tuple[Any, str]:
        value = getattr(new, name)
        if not is_dataclass(value):
            raise TypeError(f"{name} is no dataclass")
        return plain(value), name

    return record


def _apply_any(name: str) -> Apply:
    def apply(document: Document, values: Any, _given: Given, /) -> Document:
        if name not in document.__dataclass_fields__:
            raise ValueError(f"a part {name!r}")
        return replace(document, **{name: made(type(getattr(document, name)), values)})

    return apply

"""Rules, filters and sets of accounts as a file names them: by lasting names and by ids."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.document.columns import TEXT, Told
from explorer.document.model import Named
from explorer.document.plain import made, plain
from explorer.errors import SessionFileError
from explorer.graph.direct import Authors, Column, Ids, Listed, Strengths, TopActive
from explorer.graph.listing import Listing
from explorer.graph.measured import Hits, KCore
from explorer.graph.model import Text, frozen
from explorer.graph.moments import Span
from explorer.graph.query import Between, Chosen, Filter, Folded, OneOf

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from explorer.document.model import Document
    from explorer.document.upgrade import Meta
    from explorer.graph.model import Graph, Mask
    from explorer.graph.roles import Rule

RULES: dict[str, type[Any]] = {
    "listed": Listed,
    "authors": Authors,
    "ids": Ids,
    "strengths": Strengths,
    "top": TopActive,
    "column": Column,
    "hits": Hits,
    "kcore": KCore,
}
"""Rules by the name that files know them by, for ever."""
CLAUSES: dict[str, type[Any]] = {
    "between": Between,
    "one_of": OneOf,
    "chosen": Chosen,
    "folded": Folded,
}
"""Clauses of filters by the name that files know them by, for ever."""
SHOWN = frozenset({"title", "heavy"})
"""Fields of a rule that only the menus use."""
SELECTION, LIST, PINNED = "selection", "rule", "pinned"
"""Names of the sets that hold the selected accounts, the ids that a rule lists, and the pinned."""
SETS_TOLD: list[Told] = [
    {"name": "set", "column": "set", "type": TEXT},
    {"name": "id", "column": "id", "type": TEXT},
]


def rule_told(rule: Rule) -> tuple[Meta, frozenset[str] | Listing]:
    """Return what a rule is by its lasting name, and the ids it lists, if it lists any.

    Raises
    ------
    SessionFileError
        If no file knows this rule.
    """
    names = {kind: name for name, kind in RULES.items()}
    if type(rule) not in names:
        raise SessionFileError(
            f"The rule of roles “{rule.title}” cannot be kept in a session.",
            "Choose another rule, then save.",
        )
    listed = rule.ids if isinstance(rule, Ids) else frozenset()
    values = plain(replace(rule, ids=frozenset()) if isinstance(rule, Ids) else rule)
    values = {one: value for one, value in values.items() if one not in {*SHOWN, "ids"}}
    return {"id": names[type(rule)], "values": values}, listed


def rule_of(told: Meta, members: Mapping[str, Sequence[str]]) -> Rule:
    """Return the rule that ``rule_told`` took apart."""
    values, name = dict(told["values"]), told["id"]
    if name == "ids":
        rule_by_ids = made(Ids, {**values, "ids": []}, SHOWN)
        return replace(rule_by_ids, ids=Listing.of(members.get(LIST, ())))
    rule: Rule = made(RULES[name], values, SHOWN)
    return rule


def filter_told(kept: Filter, graph: Graph, sets: dict[str, Mask]) -> Meta:
    """Return what a filter is; accounts chosen by hand are put into *sets*.

    Raises
    ------
    SessionFileError
        If it has a clause that no file knows.
    """
    names = {kind: name for name, kind in CLAUSES.items()}
    clauses = []
    for place, clause in enumerate(kept.clauses):
        if isinstance(clause, Chosen | Folded):
            sets[f"filter {place}"] = clause.mask(graph)
            clauses.append({"id": names[type(clause)], "set": f"filter {place}"})
        elif type(clause) in names:
            clauses.append({"id": names[type(clause)], "values": plain(clause)})
        else:
            raise SessionFileError(
                f"A filter of the kind {type(clause).__name__} cannot be kept in a session.",
                "Take it away, then save.",
            )
    told = {"clauses": clauses, "hidden_kinds": plain(kept.hidden_kinds)}
    return told if kept.during is None else {**told, "during": plain(kept.during)}


def filter_of(told: Meta, graph: Graph, members: Mapping[str, Sequence[str]]) -> Filter:
    """Return the filter that ``filter_told`` took apart."""
    clauses = tuple(
        CLAUSES[one["id"]](frozen(mask_of(graph, members.get(one["set"], ()))))
        if one["id"] in ("chosen", "folded")
        else made(CLAUSES[one["id"]], one["values"])
        for one in told["clauses"]
    )
    during = made(Span, told["during"]) if "during" in told else None
    return Filter(clauses, frozenset(map(str, told["hidden_kinds"])), during)


def sets_column(
    graph: Graph,
    sets: Mapping[str, Mask],
    listed: Iterable[str],
    named: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> dict[str, Text]:
    """Return the members of every set as two columns: the set's name and an id.

    Sets are given as masks, *named* as ids.
    """
    ids = graph.text("id")
    rows = {name: ids.take(np.flatnonzero(mask)) for name, mask in sets.items()}
    rows[LIST] = sorted(listed)
    rows.update({name: list(ids) for name, ids in named.items()})
    return {
        "set": Text.of(name for name, members in rows.items() for _ in members),
        "id": Text.of(one for members in rows.values() for one in members),
    }


def named_told(document: Document, sets: dict[str, Any]) -> list[str]:
    """Return the names of named selections; their masks are put into *sets*."""
    for place, one in enumerate(document.named):
        sets[f"named {place}"] = one.mask
    return [one.title for one in document.named]


def named_of(
    titles: Sequence[Any], graph: Graph, members: Mapping[str, Sequence[str]]
) -> tuple[Named, ...]:
    """Return the named selections that ``named_told`` took apart."""
    return tuple(
        Named(str(title), frozen(mask_of(graph, members.get(f"named {place}", ()))))
        for place, title in enumerate(titles)
    )


def members_of(sets: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the ids in each set, from the two columns of ``sets_column``."""
    found: dict[str, list[str]] = {}
    for name, one in zip(sets["set"].strings(), sets["id"].strings(), strict=True):
        found.setdefault(name, []).append(one)
    return found


def mask_of(graph: Graph, ids: Sequence[str]) -> Mask:
    """Return the ``(n,)`` mask of the accounts with these ids: text has no faster way."""
    if not ids:
        return np.zeros(graph.n, bool)
    wanted = frozenset(ids)
    return np.fromiter((one in wanted for one in graph.text("id").strings()), bool, graph.n)

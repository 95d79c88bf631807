"""Rules of roles that are answered at once, from what the files say or from simple sums."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from explorer.errors import RuleError
from explorer.graph.listing import Listing  # noqa: TC001 - sessions ask for the types of fields
from explorer.graph.model import Category, Text, in_strength, out_strength
from explorer.graph.roles import ACTIVE_KINDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Graph, Mask


MANY = 1_000_000_000
"""A threshold that nobody reaches: none."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Core is who a users file names; without one, who wrote the posts; else nobody."""

    kinds: frozenset[str] = ACTIVE_KINDS
    title: str = "Listed in the users file"
    heavy: bool = False

    def core(self, graph: Graph) -> Mask:
        """Return the mask of listed accounts, or of authors where no users file was given."""
        listed = _listed(graph)
        return listed if listed.any() else _flag(graph, "author")

    def because(self, graph: Graph, node: int) -> str:
        """Say which record of which file names the account."""
        column, record = graph.nodes.get("listed_in"), graph.nodes.get("listed_at")
        if not isinstance(column, Category) or not column[node]:
            return "it wrote posts in the files, and no users file was given"
        where = f", record {int(record[node]):,}" if isinstance(record, np.ndarray) else ""
        return f"it is listed in {column[node]}{where}"

    def sentence(self, graph: Graph) -> str:
        """Say the rule as it worked out on this graph."""
        tail = "Amplifier: not core, and interacts towards a core account."
        if _listed(graph).any():
            return f"Core: listed in the users file. {tail}"
        if _flag(graph, "author").any():
            return f"Core: wrote the posts, since no users file was given. {tail}"
        return "All other: these files do not say who is core. Choose a rule."


@dataclass(frozen=True, slots=True)
class Authors:
    """Core is everybody with a post in the files."""

    kinds: frozenset[str] = ACTIVE_KINDS
    title: str = "Authors of the posts"
    heavy: bool = False

    def core(self, graph: Graph) -> Mask:
        """Return the mask of authors."""
        return _flag(graph, "author")

    def because(self, graph: Graph, node: int) -> str:
        """Say how many posts it wrote."""
        posts = graph.nodes.get("posts")
        count = int(posts[node]) if isinstance(posts, np.ndarray) else 0
        return f"it wrote {count:,} of the posts in the files"

    def sentence(self, _graph: Graph) -> str:
        """Say the rule."""
        return "Core: wrote posts in the files. Amplifier: interacts towards a core account."


@dataclass(frozen=True, slots=True)
class Ids:
    """Core is who a list of ids names.

    Attributes
    ----------
    ids
        Account ids or screen names, as text.
    origin
        Name of the file they came from.
    """

    ids: frozenset[str] | Listing
    origin: str = "a list"
    kinds: frozenset[str] = ACTIVE_KINDS
    title: str = "Named in a list of ids"
    heavy: bool = False

    def core(self, graph: Graph) -> Mask:
        """Return the mask of accounts whose id or screen name is in the list."""
        ids = frozenset(self.ids)
        wanted = ids | {one.removeprefix("@") for one in ids}
        names = zip(graph.text("id").strings(), graph.text("name").strings(), strict=True)
        found = np.fromiter((i in wanted or s in wanted for i, s in names), bool, graph.n)
        if graph.n and not found.any():
            raise RuleError(
                f"None of the {len(self.ids):,} ids in {self.origin} is in this graph.",
                "Ids are compared as text; check that a spreadsheet has not rounded them.",
            )
        return found

    def because(self, _graph: Graph, _node: int) -> str:
        """Say which list."""
        return f"its id is in {self.origin}"

    def sentence(self, _graph: Graph) -> str:
        """Say the rule."""
        return (
            f"Core: one of {len(self.ids):,} ids in {self.origin}. "
            "Amplifier: interacts towards a core account."
        )


@dataclass(frozen=True, slots=True)
class Strengths:
    """Core is who receives much and gives little: the pattern of seed accounts."""

    least_in: int = field(default=10, metadata={"label": "Receives, at least", "min": 1})
    most_out: int = field(default=MANY, metadata={"label": "Makes, at most"})
    kinds: frozenset[str] = ACTIVE_KINDS
    title: str = "Interactions received and made"
    heavy: bool = False

    def core(self, graph: Graph) -> Mask:
        """Return the mask of accounts within both thresholds."""
        core = in_strength(graph) >= self.least_in
        return core & (out_strength(graph) <= self.most_out) if self.most_out < MANY else core

    def because(self, graph: Graph, node: int) -> str:
        """Say the account's own numbers."""
        received = int(graph.weight()[graph.target == node].sum())
        made = int(graph.weight()[graph.source == node].sum())
        return f"it receives {received:,} interactions and makes {made:,}"

    def sentence(self, _graph: Graph) -> str:
        """Say the rule."""
        most = f" and makes at most {self.most_out:,}" if self.most_out < MANY else ""
        return (
            f"Core: receives at least {self.least_in:,} interactions{most}. "
            "Amplifier: interacts towards a core account."
        )


@dataclass(frozen=True, slots=True)
class TopActive:
    """Core is the *n* accounts with most posts, or most interactions made where none are known."""

    n: int = field(default=1000, metadata={"label": "Accounts in the core", "min": 1})
    kinds: frozenset[str] = ACTIVE_KINDS
    title: str = "Most active accounts"
    heavy: bool = False

    def core(self, graph: Graph) -> Mask:
        """Return the mask of the most active; ties go to the earlier account."""
        return top(_activity(graph), self.n)

    def because(self, graph: Graph, node: int) -> str:
        """Say the account's activity."""
        return f"with {int(_activity(graph)[node]):,} it is among the {self.n:,} most active"

    def sentence(self, _graph: Graph) -> str:
        """Say the rule."""
        return (
            f"Core: the {self.n:,} most active accounts. "
            "Amplifier: interacts towards a core account."
        )


@dataclass(frozen=True, slots=True)
class Column:
    """Core is who has a given value in a column of the file."""

    name: str
    value: str
    kinds: frozenset[str] = ACTIVE_KINDS
    title: str = "Value of a column"
    heavy: bool = False

    def core(self, graph: Graph) -> Mask:
        """Return the mask of accounts with this value."""
        column = graph.nodes.get(self.name)
        if column is None:
            known = ", ".join(sorted(graph.nodes)) or "none"
            raise RuleError(f"There is no column {self.name!r}.", f"There are: {known}.")
        if isinstance(column, Category):
            return column.equals(self.value)
        if isinstance(column, Text):
            return np.array([one == self.value for one in column.strings()], bool)
        return np.asarray(column.astype(str) == self.value)

    def because(self, _graph: Graph, _node: int) -> str:
        """Say which value."""
        return f"its {self.name} is {self.value}"

    def sentence(self, _graph: Graph) -> str:
        """Say the rule."""
        return f"Core: {self.name} is {self.value}. Amplifier: interacts towards a core account."


def top(values: NDArray[np.floating] | NDArray[np.integer], n: int) -> Mask:
    """Return the mask of the *n* largest positive values; ties go to the earlier row."""
    if not 0 < n < len(values):
        return np.asarray(values > 0) & (n > 0)
    least = np.partition(values, len(values) - n)[len(values) - n]
    mask = np.asarray(values > least)
    ties = np.flatnonzero(values == least)
    mask[ties[: n - np.count_nonzero(mask)]] = True
    return mask & np.asarray(values > 0)


def _activity(graph: Graph) -> NDArray[np.int64]:
    posts = graph.nodes.get("posts")
    if isinstance(posts, np.ndarray) and posts.any():
        return posts.astype(np.int64)
    return out_strength(graph)


def _listed(graph: Graph) -> Mask:
    column = graph.nodes.get("listed_in")
    if not isinstance(column, Category):
        return np.zeros(graph.n, bool)
    return ~column.equals("") if "" in column.labels else np.ones(graph.n, bool)


def _flag(graph: Graph, name: str) -> Mask:
    column = graph.nodes.get(name)
    return column.astype(bool) if isinstance(column, np.ndarray) else np.zeros(graph.n, bool)

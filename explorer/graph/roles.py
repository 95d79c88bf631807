"""Who is core, amplifier or other, by a rule that is always told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from explorer.archive.tables import KINDS
from explorer.errors import RuleError
from explorer.graph.model import Category, Text, in_strength, out_strength

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.graph.model import Graph, Mask

ROLES = ("other", "amplifier", "core")
"""Names of the roles; a role's code is its place here."""
OTHER, AMPLIFIER, CORE = range(3)

ACTIVE_KINDS = frozenset(KINDS)
"""Kinds of interaction by which an account can amplify: all, unless the analyst narrows them."""


class Rule(Protocol):
    """How core accounts are found; amplifiers follow from them. A frozen dataclass."""

    @property
    def title(self) -> str:
        """What a menu says."""

    @property
    def heavy(self) -> bool:
        """Whether it needs a process of its own."""

    @property
    def kinds(self) -> frozenset[str]:
        """By which kinds of interaction an account amplifies."""

    def core(self, graph: Graph) -> Mask:
        """Return the ``(n,)`` mask of core accounts.

        Raises
        ------
        RuleError
            If this graph lacks what the rule asks for.
        """

    def because(self, graph: Graph, node: int) -> str:
        """Say why *node* is core, as the end of a sentence: "it is listed in …"."""

    def sentence(self, graph: Graph) -> str:
        """Say the whole rule, for the panel and the figure's footer."""


@dataclass(frozen=True, slots=True, eq=False)
class Roles:
    """The role of every account, and the rule that gave it.

    Attributes
    ----------
    codes
        ``(n,)`` uint8: other 0, amplifier 1, core 2.
    graph
        The graph they belong to; shared, never copied.
    """

    codes: NDArray[np.uint8]
    rule: Rule
    graph: Graph

    def __post_init__(self) -> None:
        self.codes.flags.writeable = False

    def mask(self, role: int) -> Mask:
        """Return the ``(n,)`` mask of accounts with this role."""
        return np.asarray(self.codes == role)

    def counts(self) -> dict[str, int]:
        """Return how many accounts have each role, by name."""
        found = np.bincount(self.codes, minlength=3).tolist()
        return dict(zip(ROLES, found, strict=True))

    def name(self, node: int) -> str:
        """Return the role of one account: core, amplifier or other."""
        return ROLES[int(self.codes[node])]

    def why(self, node: int) -> str:
        """Say in one or two sentences why this account has its role."""
        role = int(self.codes[node])
        if role == CORE:
            return f"Core: {self.rule.because(self.graph, node)}."
        made = _interactions(self.graph, self.graph.source == node, self.graph.target, self.codes)
        had = _interactions(self.graph, self.graph.target == node, self.graph.source, self.codes)
        if role == AMPLIFIER:
            return f"Amplifier: not core, and has made {made} towards core accounts."
        targeted = f" It is the target of {had} by core accounts." if had else ""
        return f"Other: not core, and has made no interaction towards a core account.{targeted}"


def _interactions(graph: Graph, at: Mask, far: NDArray[np.int32], codes: NDArray[np.uint8]) -> str:
    """Say how many interactions of which kinds the edges *at* have with core accounts."""
    rows = np.flatnonzero(at)
    rows = rows[codes[far[rows]] == CORE]
    if not len(rows):
        return ""
    kind, weight = graph.edges.get("kind"), graph.weight()[rows]
    if not isinstance(kind, Category):
        return f"{int(weight.sum()):,} interactions"
    counts = np.bincount(kind.codes[rows], weight, len(kind.labels)).astype(int)
    parts = [f"{n:,} {name}" for name, n in zip(kind.labels, counts, strict=True) if n]
    total = int(weight.sum())
    return f"{total:,} interaction{'s' * (total != 1)} ({', '.join(parts)})"


def assign(rule: Rule, graph: Graph) -> Roles:
    """Return the roles that *rule* gives.

    An amplifier is an account that is not core and has made at least one interaction of its own,
    of the kinds chosen, towards a core account. To be mentioned by the core does not make one.
    """
    core = rule.core(graph)
    return Roles(codes_from_core(graph, core, rule.kinds), rule, graph)


def codes_from_core(graph: Graph, core: Mask, kinds: frozenset[str]) -> NDArray[np.uint8]:
    """Return ``(n,)`` uint8 role codes, given who is core."""
    towards = core[graph.target]
    kind = graph.edges.get("kind")
    if isinstance(kind, Category) and not kinds.issuperset(kind.labels):
        chosen = np.array([label in kinds for label in kind.labels], bool)
        towards &= chosen[kind.codes]
    codes = np.full(graph.n, OTHER, np.uint8)
    codes[graph.source[towards]] = AMPLIFIER
    codes[core] = CORE
    return codes


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

    ids: frozenset[str]
    origin: str = "a list"
    kinds: frozenset[str] = ACTIVE_KINDS
    title: str = "Named in a list of ids"
    heavy: bool = False

    def core(self, graph: Graph) -> Mask:
        """Return the mask of accounts whose id or screen name is in the list."""
        wanted = {one.removeprefix("@") for one in self.ids} | self.ids
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

    least_in: int = 10
    most_out: int = 1_000_000_000
    kinds: frozenset[str] = ACTIVE_KINDS
    title: str = "Interactions received and made"
    heavy: bool = False

    def core(self, graph: Graph) -> Mask:
        """Return the mask of accounts within both thresholds."""
        return (in_strength(graph) >= self.least_in) & (out_strength(graph) <= self.most_out)

    def because(self, graph: Graph, node: int) -> str:
        """Say the account's own numbers."""
        received = int(graph.weight()[graph.target == node].sum())
        made = int(graph.weight()[graph.source == node].sum())
        return f"it receives {received:,} interactions and makes {made:,}"

    def sentence(self, _graph: Graph) -> str:
        """Say the rule."""
        return (
            f"Core: receives at least {self.least_in:,} interactions and makes at most "
            f"{self.most_out:,}. Amplifier: interacts towards a core account."
        )


@dataclass(frozen=True, slots=True)
class TopActive:
    """Core is the *n* accounts with most posts, or most interactions made where none are known."""

    n: int = 1000
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
    mask = np.zeros(len(values), bool)
    mask[np.argsort(-values, kind="stable")[: max(n, 0)]] = True
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


NO_AMPLIFIERS = (
    "This release names its core accounts only. Amplifiers were not published: add a file of "
    "their activity, or choose another rule."
)

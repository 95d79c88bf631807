"""Who is core, amplifier or other, by a rule that is always told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from explorer.archive.tables import KINDS, PLURALS
from explorer.graph.model import Category

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

    @property
    def sentence(self) -> str:
        """Say the rule, and how many it found where that is not how many it asked for."""
        said, found = self.rule.sentence(self.graph), int(np.count_nonzero(self.codes == CORE))
        wanted = getattr(self.rule, "n", 0) or len(getattr(self.rule, "ids", ()))
        if not wanted or wanted == found:
            return said
        return f"{said} Found here: {found:,} of {wanted:,}."

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
        return _counted(int(weight.sum()), "interaction", "interactions")
    counts = np.bincount(kind.codes[rows], weight, len(kind.labels)).astype(int)
    found = [(int(n), name) for name, n in zip(kind.labels, counts, strict=True) if n]
    parts = ", ".join(_counted(n, name, PLURALS.get(name, name)) for n, name in found)
    return f"{_counted(int(weight.sum()), 'interaction', 'interactions')} ({parts})"


def _counted(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"


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


NO_AMPLIFIERS = (
    "This release names its core accounts only. Amplifiers were not published: add a file of "
    "their activity, or choose another rule."
)

"""The log of steps: what was done to a document, with all it takes to do it again."""

from __future__ import annotations

import platform
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from explorer import __version__
from explorer.graph.listing import Listing
from explorer.graph.model import frozen

if TYPE_CHECKING:
    from explorer.graph.model import Mask, Positions, Text

Values: TypeAlias = dict[str, Any]
"""Parameters of a step as JSON can hold them."""
LIBRARIES = ("igraph", "numpy", "numba", "scipy")
"""Distributions whose version can change where an account stands."""
OPEN = "open"
"""Verb of the step that begins a log: files were read."""
SET = "set"
"""Verb of a step that is known by what came of it, not by how it was done."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """Some accounts of one graph, small enough to be kept for thousands of steps."""

    n: int
    bits: bytes

    @classmethod
    def of(cls, mask: Mask) -> Accounts:
        """Return the accounts of an ``(n,)`` mask."""
        return cls(len(mask), zlib.compress(np.packbits(mask).tobytes(), 1))

    def mask(self) -> Mask:
        """Return the ``(n,)`` mask, read-only."""
        bits = np.frombuffer(zlib.decompress(self.bits), np.uint8)
        return frozen(np.unpackbits(bits, count=self.n).astype(bool))


Members: TypeAlias = Accounts | frozenset[str] | Listing
"""Accounts by row while their graph is open, by id in anything kept."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a step holds that is too large for words.

    Attributes
    ----------
    sets
        Sets of accounts by name.
    positions
        ``(n, 2)`` float32 that no recipe makes again; None if there are none.
    ids
        Ids of the accounts that *positions* belong to, row by row.
    kept
        Whether it was kept; a session drops what a later step has replaced.
    """

    sets: Mapping[str, Members] = field(default_factory=dict)
    positions: Positions | None = field(default=None, compare=False)
    ids: Text | None = field(default=None, compare=False)
    kept: bool = True


NOTHING = Given()


@dataclass(frozen=True, slots=True)
class Done:
    """How an edit was done, told by the command that did it.

    Attributes
    ----------
    verb
        A name in ``explorer.document.verbs.VERBS``.
    words
        The parameters as people read them.
    log
        The steps that come before, where the edit begins or takes up a document.
    """

    verb: str
    values: Values = field(default_factory=dict)
    words: str = ""
    given: Given = NOTHING
    log: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One committed change.

    Attributes
    ----------
    title
        What the menu said.
    verb
        How it is done again: a name in ``explorer.document.verbs.VERBS``.
    when
        UTC, ISO 8601 to the second.
    program
        Name and version of what did it: Starling, Python and the libraries that matter.
    """

    title: str
    verb: str
    values: Values = field(default_factory=dict)
    words: str = ""
    given: Given = NOTHING
    when: str = ""
    program: tuple[tuple[str, str], ...] = ()


Log: TypeAlias = tuple[Step, ...]
"""Steps, the first one first; moments of a history share them."""
Parts: TypeAlias = Callable[[Values], frozenset[str]]
"""From the parameters of a step to names of parts of a document."""


@cache
def program() -> tuple[tuple[str, str], ...]:
    """Return name and version of what makes steps now."""
    return (("starling", __version__), *versions(LIBRARIES))


def versions(distributions: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return name and version of Python and of each distribution, none of them imported."""
    found = [("python", platform.python_version())]
    for name in distributions:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:  # a bundle may carry the library without its metadata
            found.append((name, "unknown"))
    return tuple(found)


def appended(log: Log, step: Step, *, merged: bool) -> Log:
    """Return *log* with *step*; if *merged*, in place of the last step if that is of its kind."""
    again = merged and bool(log) and log[-1].verb == step.verb
    return (*(log[:-1] if again else log), step)


def superseded(
    log: Log, writes: Callable[[Step], frozenset[str]], reads: Callable[[Step], frozenset[str]]
) -> frozenset[int]:
    """Return the places of steps that nothing of the end result depends on.

    A step is one if every part it makes is made anew later, and not looked at in between.
    """
    dead, made_anew = set(), frozenset[str]()
    for place in reversed(range(len(log))):
        makes = writes(log[place])
        if makes and makes <= made_anew:
            dead.add(place)
        else:
            made_anew = (made_anew | makes) - reads(log[place])
    return frozenset(dead)


def lightened(log: Log, dead: frozenset[int]) -> Log:
    """Return *log* without the sets and positions of steps that were superseded."""
    return tuple(
        replace(step, given=Given(kept=False))
        if place in dead and (step.given.sets or step.given.positions is not None)
        else step
        for place, step in enumerate(log)
    )

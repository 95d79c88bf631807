"""The rules of roles one can choose from, and how the command line names them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.errors import RuleError
from explorer.graph.direct import Authors, Column, Ids, Listed, Strengths, TopActive
from explorer.graph.listing import Listing
from explorer.graph.measured import Hits, KCore
from explorer.graph.model import Graph
from explorer.graph.roles import codes_from_core
from explorer.job import silent

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from explorer.graph.roles import Rule
    from explorer.job import Report

SPELLING = "listed, file:IDS.txt, authors, top:N, kcore:K, hits:N, strength:IN, column:NAME=VALUE"
MOST_IDS = 64 << 20
"""Bytes of a list of ids beyond which it is not one."""
PIECE = 100_000
"""Lines of a list between two reports."""


def parse_rule(text: str) -> Rule:
    """Return the rule that *text* names, such as ``top:500``.

    Raises
    ------
    RuleError
        If it names none, or its number or file is no good.
    """
    name, _, rest = text.partition(":")
    match name:
        case "listed" if not rest:
            return Listed()
        case "authors" if not rest:
            return Authors()
        case "file":
            return ids_from(Path(rest))
        case "top" | "kcore" | "hits" | "strength":
            number = _number(rest, text)
            made: dict[str, Rule] = {
                "top": TopActive(number),
                "kcore": KCore(number),
                "hits": Hits(number),
                "strength": Strengths(number),
            }
            return made[name]
        case "column" if "=" in rest:
            column, _, value = rest.partition("=")
            return Column(column, value)
        case _:
            raise RuleError(f"{text!r} is not a rule of roles.", f"Rules are: {SPELLING}.")


@dataclass(frozen=True, slots=True, eq=False)
class AssignListed:
    """Job: a list of ids read from a file as a rule, and the role codes that it gives.

    Attributes
    ----------
    graph
        With all that ``light_for_ids`` keeps.
    """

    graph: Graph
    path: Path

    @property
    def title(self) -> str:
        """What the user sees while it runs."""
        return f"Roles: ids in {self.path.name}"

    def __call__(self, report: Report, /) -> tuple[Ids, NDArray[np.uint8]]:
        """Read the list, and find whom it names."""
        rule = ids_from(self.path, lambda done, *said: report(0.6 * done, *said))
        report(0.7, "finding the core")
        core = rule.core(self.graph)
        report(0.9, "finding the amplifiers")
        return rule, codes_from_core(self.graph, core, rule.kinds)


def light_for_ids(graph: Graph) -> Graph:
    """Return of *graph* what it takes to give roles by ids: light to send to a process."""
    nodes = {name: graph.nodes[name] for name in ("id", "name") if name in graph.nodes}
    edges = {name: graph.edges[name] for name in ("kind",) if name in graph.edges}
    return Graph(graph.n, graph.source, graph.target, nodes, edges)


def ids_from(path: Path, report: Report = silent) -> Ids:
    """Read a list of ids: one a line, or the first column of a CSV; ``#`` starts a comment.

    Raises
    ------
    RuleError
        If the file cannot be read as text or names nobody.
    """
    try:
        if path.stat().st_size > MOST_IDS:
            raise RuleError(f"{path.name} is too large to be a list of ids.")
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise RuleError(f"Cannot read {path.name}: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise RuleError(f"{path.name} is not text in UTF-8, so not a list of ids.") from None
    lines, ids = text.splitlines(), set[str]()
    for start in range(0, len(lines), PIECE):  # one turn a piece, to tell of it
        report(0.8 * start / len(lines), f"{start:,} lines read")
        words = (
            line.split(",")[0].split("\t")[0].strip().strip('"')
            for line in lines[start : start + PIECE]
        )
        ids.update(word for word in words if word and not word.startswith("#"))
    ids -= {"userid", "user_id", "id", "author_id", "account"}
    if not ids:
        raise RuleError(f"{path.name} names no account.", "Put one id on each line.")
    report(0.8, f"{len(ids):,} ids")
    return Ids(Listing.of(ids), path.name)


def looks_like_ids(path: Path) -> bool:
    """Tell whether *path* is a list of ids rather than a table: one word a line, no header."""
    try:
        with path.open("rb") as file:
            head = file.read(4096).decode("utf-8-sig", "strict")
    except (OSError, UnicodeDecodeError):  # a folder, a zip, a cut letter: not a list
        return False
    lines = [line.strip().strip('"') for line in head.splitlines()[:50]]
    words = [line for line in lines if line and not line.startswith("#")]
    return bool(words) and not any(set(word) & set(" ,;\t{}<>") for word in words)


def _number(text: str, whole: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise RuleError(f"{whole!r} needs a whole number above 0.", "For example top:500.")
    return int(text)

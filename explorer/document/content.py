"""What a session file holds: a document as plain values and columns, and back."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer import __version__
from explorer.archive.receipt import Receipt
from explorer.document import choices, columns, steplog, when, where
from explorer.document.alike import fingerprint, same
from explorer.document.edits import square
from explorer.document.model import Document, Placing, Style
from explorer.document.pictured import Pictured  # noqa: TC001 - fields are read by their types
from explorer.document.plain import made, plain
from explorer.document.steps import Log  # noqa: TC001 - fields are read by their types
from explorer.document.upgrade import VERSION, Meta, upgraded
from explorer.errors import SessionFileError, StarlingError
from explorer.graph.model import Graph, frozen
from explorer.graph.roles import Roles
from explorer.layout.run import layouts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from explorer.graph.model import Mask

__all__ = ["KEPT", "Beside", "OpenedSession", "fingerprint", "packed", "same", "unpacked"]

KEPT = frozenset(
    {
        "archive",
        "receipt",
        "graph",
        "roles",
        "positions",
        "placing",
        "filter",
        "selected",
        "style",
        "pinned",
        "named",
    }
)
"""Parts of a document that a session keeps: all, and a test says so."""
ACCOUNTS, EDGES, SETS = "accounts.parquet", "edges.parquet", "sets.parquet"
OURS = {"role": np.uint8, "x": np.float32, "y": np.float32}
ENDS = {"source": np.int32, "target": np.int32}


@dataclass(frozen=True, slots=True)
class Beside:
    """What a session keeps beside the document: never undone.

    Attributes
    ----------
    camera
        World point in the middle, and logical pixels to one world unit; None to show everything.
    theme
        Name of the theme; empty if none was chosen.
    steps
        Titles of the steps that made the document, the first one first.
    origin
        In an autosave, the session file that it belongs to; empty if there is none yet.
    size, ratio
        Device pixels of the view, and device pixels to a logical one; None if nobody looked.
    log
        The steps with all it takes to do them again; empty in a session older than them.
    posts
        Whether the session file carries the posts, too.
    picture
        What it looked like; None in a session older than that, or if it was not drawn.
    """

    camera: tuple[float, float, float] | None = None
    theme: str = ""
    steps: tuple[str, ...] = ()
    origin: str = ""
    size: tuple[int, int] | None = None
    ratio: float = 1.0
    log: Log = ()
    posts: bool = False
    picture: Pictured | None = None


APART = frozenset({"log"})
"""Of what is beside the document, what is kept in a place of its own."""


@dataclass(frozen=True, slots=True, eq=False)
class OpenedSession:
    """What came of opening a session: the document, and sentences the user should read."""

    document: Document
    beside: Beside
    notices: tuple[str, ...] = ()


def packed(document: Document, beside: Beside) -> tuple[Meta, dict[str, bytes]]:
    """Return ``meta.json`` and the Parquet parts of a session.

    Raises
    ------
    SessionFileError
        If the document holds something that a session cannot keep.
    """
    graph = document.graph
    sets: dict[str, Mask] = {
        choices.SELECTION: document.selected,
        choices.PINNED: document.pinned,
    }
    accounts = columns.describe(graph.nodes, tuple(OURS))
    edges = columns.describe(graph.edges, tuple(ENDS))
    filter_ = choices.filter_told(document.filter, graph, sets)
    named = choices.named_told(document, sets)
    rule, listed = choices.rule_told(document.roles.rule)
    log = steplog.told(beside.log, document)
    held = choices.sets_column(graph, sets, listed, log.sets)
    meta: Meta = {
        "format": "starling session",
        "version": VERSION,
        "program": __version__,
        "saved": datetime.now(UTC).isoformat(timespec="seconds"),
        "counts": {
            "accounts": graph.n,
            "edges": graph.m,
            "sets": len(held["id"]),
            **({} if graph.moments is None else {"moments": len(graph.moments.time)}),
        },
        "columns": {"accounts": accounts, "edges": edges},
        "edges_sha256": fingerprint(graph),
        "positions": {"edges_sha256": fingerprint(graph)},
        "rule": rule,
        "filter": filter_,
        "named": named,
        "style": plain(document.style),
        "placing": {**plain(document.placing), "id": _layout_id(document.placing)},
        "archive": {
            "fingerprint": document.archive.fingerprint,
            "title": document.archive.title,
            "folder": where.hint(document.archive.folder),
            "carried": where.carried(document.archive),
        },
        "inputs": [
            {"path": one.path, "member": one.member, "sha256": one.sha256}
            for one in document.receipt.files
        ],
        "receipt": document.receipt.as_dict(),
        "beside": plain(replace(beside, log=())),
        "log": log.meta,
    }
    x, y = document.positions.T
    return meta, {
        ACCOUNTS: columns.pack(
            {**graph.nodes, "": document.roles.codes, " ": x, "  ": y}, _with_ours(accounts)
        ),
        EDGES: columns.pack(
            {**graph.edges, "": graph.source, " ": graph.target}, _with_ends(edges)
        ),
        SETS: columns.pack(held, choices.SETS_TOLD),
        **when.packed(graph.moments),
        **log.parts,
    }


def unpacked(meta: Meta, parts: Mapping[str, bytes], name: str) -> OpenedSession:
    """Return the document that ``packed`` took apart, of the file *name*.

    Raises
    ------
    SessionFileError
        If the parts do not make a document, or a newer version would be needed.
    """
    if meta.get("format") != "starling session":
        raise SessionFileError(f"{name} is not a Starling session.")
    meta = upgraded(meta, name)
    import duckdb  # here and not above: the window names this job, its worker does it

    try:
        return _unpacked(meta, parts)
    except SessionFileError:
        raise
    except (StarlingError, ValueError, TypeError, KeyError, AttributeError) as error:
        what = error.message if isinstance(error, StarlingError) else str(error)
    except (IndexError, OverflowError, RecursionError, duckdb.Error) as error:
        what = str(error).partition("\n")[0]
    raise SessionFileError(
        f"{name} cannot be opened: it does not make sense ({what[:120]}).",
        "It was not saved by Starling, or edited since.",
    )


def _unpacked(meta: Meta, parts: Mapping[str, bytes]) -> OpenedSession:
    graph, ours = _graph(meta, parts)
    sets = columns.unpack(parts[SETS], choices.SETS_TOLD, meta["counts"]["sets"])
    members = choices.members_of(sets)
    roles = np.asarray(ours["role"])
    if len(roles) and roles.max() > 2:
        raise ValueError(f"role {roles.max()}")
    notices: tuple[str, ...] = ()
    positions, placing = np.column_stack([ours["x"], ours["y"]]), _placing(meta["placing"])
    if meta["positions"]["edges_sha256"] != meta["edges_sha256"]:
        positions, placing = square(graph.n), Placing()
        notices += ("The positions belong to another graph, and were left out.",)
    if not np.isfinite(positions).all():
        raise ValueError("a position that is no number")
    archive, gone = where.archive_of(meta["archive"])
    document = Document(
        archive=archive,
        receipt=Receipt.from_dict(meta["receipt"]),
        graph=graph,
        roles=Roles(roles, choices.rule_of(meta["rule"], members), graph),
        positions=frozen(positions),
        placing=placing,
        filter=choices.filter_of(meta["filter"], graph, members),
        selected=frozen(choices.mask_of(graph, members.get(choices.SELECTION, ()))),
        style=made(Style, meta["style"]),
        pinned=frozen(choices.mask_of(graph, members.get(choices.PINNED, ()))),
        named=choices.named_of(meta.get("named", ()), graph, members),
    )
    beside = _beside(meta, members, parts, document)
    if beside.camera is not None and not (
        all(map(math.isfinite, beside.camera)) and beside.camera[2] > 0
    ):
        raise ValueError("a camera that looks nowhere")
    return OpenedSession(document, beside, notices + gone)


def _beside(
    meta: Meta,
    members: Mapping[str, list[str]],
    parts: Mapping[str, bytes],
    document: Document,
) -> Beside:
    log: Log = ()
    if "log" in meta:
        log = steplog.log_of(meta["log"], members, parts, document.graph, document.positions)
    told = {name: value for name, value in meta["beside"].items() if name not in APART}
    return replace(made(Beside, told, APART), log=log)


def _graph(meta: Meta, parts: Mapping[str, bytes]) -> tuple[Graph, dict[str, Any]]:
    counts, told = meta["counts"], meta["columns"]
    nodes: Any = columns.unpack(parts[ACCOUNTS], _with_ours(told["accounts"]), counts["accounts"])
    edges: Any = columns.unpack(parts[EDGES], _with_ends(told["edges"]), counts["edges"])
    ours = {name: nodes.pop(mark) for mark, name in zip(MARKS, OURS, strict=False)}
    source, target = (edges.pop(mark) for mark in MARKS[:2])
    moments = when.unpacked(meta, parts)
    graph = Graph(counts["accounts"], source, target, nodes, edges, moments)
    if fingerprint(graph) != meta["edges_sha256"]:
        raise ValueError("its edges are not those that were saved")
    return graph, ours


MARKS = ("", " ", "  ")
"""Names of our own columns among those of the graph, which are never blank."""


def _with_ours(told: Sequence[columns.Told]) -> list[columns.Told]:
    return [*told, *_own(OURS)]


def _with_ends(told: Sequence[columns.Told]) -> list[columns.Told]:
    return [*told, *_own(ENDS)]


def _own(names: Mapping[str, Any]) -> list[columns.Told]:
    return [
        {"name": mark, "column": name, "type": np.dtype(dtype).name}
        for mark, (name, dtype) in zip(MARKS, names.items(), strict=False)
    ]


def _layout_id(placing: Placing) -> str:
    ids = {layout.title: layout.id for layout in layouts().values()}
    return ids.get(placing.layout, "")


def _placing(values: dict[str, Any]) -> Placing:
    return made(Placing, {name: value for name, value in values.items() if name != "id"})

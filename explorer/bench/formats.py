"""Networks written in every format, beside the writer that an analyst's notebook would use."""

from __future__ import annotations

import json
import time
import warnings
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from explorer.bench.notebook import peak_memory
from explorer.document import edits
from explorer.document.file import open_session, save_session
from explorer.document.model import Placing
from explorer.evidence.provenance import provenance
from explorer.formats.write import FORMATS, WriteNetwork
from explorer.graph.build import OpenArchive
from explorer.graph.convert import to_networkx
from explorer.job import silent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from explorer.document.model import Document

    Measured: TypeAlias = tuple[float, float]
    """Seconds of processor time and peak MB of a process of its own."""
    Apart: TypeAlias = Callable[[Callable[[Path, Path], Any], Path, Path], Any]
    RowOf: TypeAlias = tuple[str, float, str, float | None, str]


SESSION = "network.starling"
"""Holds the network for every process, so that none of them pays for an import."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A writer to compare with.

    Attributes
    ----------
    title
        What it is, and what it leaves out.
    module
        What must be installed.
    write
        From the graph as networkx holds it, or from the document where *module* is another.
    """

    title: str
    module: str
    write: Callable[[Any, Path], None]


def rows(archive: Path, folder: Path, apart: Apart) -> Iterator[RowOf]:
    """Yield seconds and peak memory of each format, and of its reference."""
    apart(prepare, archive, folder)
    for one in FORMATS:
        ours = apart(partial(write, one.ending), archive, folder)
        reference = OTHERS.get(one.id)
        theirs = apart(partial(write_as, one.id), archive, folder) if reference else None
        against = reference.title if reference and theirs else ""
        seconds, peak = theirs or (None, None)
        yield f"write {one.id}, processor time", ours[0], "s", seconds, against
        yield f"write {one.id}, peak memory", ours[1], "MB", peak, against


def prepare(archive: Path, folder: Path) -> None:
    """Import the archive, place its accounts, and save a session."""
    found = OpenArchive((archive,), folder / "cache")(silent)
    document = edits.load(found.graph, found.receipt, found.stored)
    placed = edits.place(document, edits.square(found.graph.n), Placing("square"))
    save_session(placed, folder / SESSION)


def write(ending: str, _archive: Path, folder: Path) -> Measured:
    """Measure one format of ours, from the document to the file."""
    document = open_session(folder / SESSION).document
    start = time.process_time()
    WriteNetwork(document, folder / f"SIMULATED network{ending}", "all", provenance)(silent)
    return time.process_time() - start, peak_memory()


def write_as(name: str, _archive: Path, folder: Path) -> Measured | None:
    """Measure the reference of a format, without the making of its graph; None if there is none."""
    reference = OTHERS[name]
    try:
        import_module(reference.module)
    except ImportError:
        return None
    given: Any = open_session(folder / SESSION).document
    if reference.module == "networkx":
        given = to_networkx(given.graph, given.roles)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of attributes that Pajek does not hold
        start = time.process_time()
        reference.write(given, folder / f"SIMULATED.{name}")
        return time.process_time() - start, peak_memory()


def by_networkx(name: str, graph: Any, path: Path) -> None:
    """Write with the writer of networkx that is called *name*."""
    writer: Callable[..., None] = getattr(import_module("networkx"), name)
    writer(graph, path)


def node_link(graph: Any, path: Path) -> None:
    """Write node-link JSON as networkx makes it."""
    with path.open("w") as file:
        json.dump(import_module("networkx").node_link_data(graph), file)


def by_pandas(document: Document, path: Path) -> None:
    """Write the edges alone as CSV, from a frame."""
    import_module("pandas").DataFrame(columns(document)).to_csv(path, index=False)


def by_openpyxl(document: Document, path: Path) -> None:
    """Write the edges alone as a workbook, row by row."""
    book = import_module("openpyxl").Workbook(write_only=True)
    sheet = book.create_sheet("Edges")
    made = columns(document)
    sheet.append(list(made))
    for row in zip(*made.values(), strict=True):  # the only way openpyxl has
        sheet.append(row)
    book.save(path)


def columns(document: Document) -> dict[str, list[Any]]:
    """Return the edges as columns of plain values."""
    graph = document.graph
    ids = graph.text("id").strings()
    kind: Any = graph.edges["kind"]
    return {
        "source": [ids[node] for node in graph.source.tolist()],
        "target": [ids[node] for node in graph.target.tolist()],
        "kind": [kind.labels[code] for code in kind.codes.tolist()],
        **{name: np.asarray(graph.edges[name]).tolist() for name in ("count", "first", "last")},
    }


def _networkx(name: str) -> Reference:
    return Reference("networkx", "networkx", partial(by_networkx, name))


OTHERS = {
    "gexf": _networkx("write_gexf"),
    "graphml": _networkx("write_graphml_xml"),
    "gml": _networkx("write_gml"),
    "pajek": _networkx("write_pajek"),
    "json": Reference("networkx", "networkx", node_link),
    "csv": Reference("pandas, edges alone", "pandas", by_pandas),
    "xlsx": Reference("openpyxl, edges alone", "openpyxl", by_openpyxl),
}
"""What each format is compared with, by its id; nothing writes Parquet without pyarrow."""

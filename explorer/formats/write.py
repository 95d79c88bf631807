"""The job of writing a network: the format by the ending of its name, whole or not at all."""

from __future__ import annotations

import zipfile
from contextlib import ExitStack
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any, Protocol

from explorer.errors import FormatError
from explorer.formats import csvs, gexf, gml, graphml, nodelink, pajek, parquet, xlsx
from explorer.formats.taken import network, with_communities
from explorer.scene.naming import file_name
from explorer.scene.saving import forget, replacing_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from explorer.document.model import Document
    from explorer.formats.network import Network
    from explorer.formats.taken import What
    from explorer.job import Report

    Blocks = Iterator[tuple[int, str]]
    Write = Callable[[Network, tuple[Path, ...], Report], None]

CSVS = (csvs.edges, csvs.accounts, csvs.about)


def _texts(*makers: Callable[[Network], Blocks]) -> Write:
    """Return what writes one file of text after another."""

    def write(made: Network, paths: tuple[Path, ...], report: Report) -> None:
        tell = _Told(made, len(makers), report)
        for maker, path in zip(makers, paths, strict=True):
            with path.open("wb") as file:
                for text in tell.through(maker(made)):
                    file.write(text.encode())

    return write


def _zipped(made: Network, paths: tuple[Path, ...], report: Report) -> None:
    tell = _Told(made, len(CSVS), report)
    with zipfile.ZipFile(paths[0], "w", zipfile.ZIP_DEFLATED, compresslevel=xlsx.PACKED) as whole:
        for maker, name in zip(CSVS, ("edges.csv", "accounts.csv", "about.json"), strict=True):
            with whole.open(csv_member(made, name), "w", force_zip64=True) as file:
                for text in tell.through(maker(made)):
                    file.write(text.encode())


def csv_member(made: Network, name: str) -> zipfile.ZipInfo:
    """Return a member called *name*, SIMULATED if it is; always with the same date."""
    simulated = "SIMULATED_" if made.about["simulated"] else ""
    member = zipfile.ZipInfo(simulated + name)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


class _Told:
    """Tells how far the writing of several files is."""

    def __init__(self, made: Network, files: int, report: Report) -> None:
        self._whole = max(made.n + made.m, 1) if files == 1 else max(made.n, 1) + max(made.m, 1)
        self._before, self._report = 0, report

    def through(self, blocks: Blocks) -> Iterator[str]:
        """Yield the text of *blocks*, telling of each."""
        done = 0
        for done, text in blocks:
            yield text
            self._report(min((self._before + done) / self._whole, 1.0), "writing")
        self._before += done


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a network.

    Attributes
    ----------
    title
        What it is and for whom.
    beside
        Endings of the files that stand beside the first.
    note
        What the user should know before; empty if nothing.
    """

    id: str
    title: str
    ending: str
    write: Write
    beside: tuple[str, ...] = ()
    note: str = ""

    def paths(self, path: Path) -> tuple[Path, ...]:
        """Return every file that is written when the first is called *path*."""
        return (path, *(path.with_name(path.stem + ending) for ending in self.beside))


FORMATS = (
    Format("gexf", "GEXF, for Gephi", ".gexf", _texts(gexf.text)),
    Format("graphml", "GraphML, for igraph, networkx, Cytoscape", ".graphml", _texts(graphml.text)),
    Format("csv", "CSV, two tables", ".csv", _texts(*CSVS), (".accounts.csv", ".about.json"),
           "The file that you name holds the edges; the accounts and the story stand beside it."),
    Format("zip", "CSV, two tables in a zip", ".zip", _zipped),
    Format("xlsx", "Excel workbook", ".xlsx", lambda made, paths, report:
           xlsx.write(made, paths[0], report),
           note=f"A sheet holds {xlsx.MOST_ROWS - 1:,} edges at the most."),
    Format("parquet", "Parquet, two tables", ".parquet", lambda made, paths, report:
           parquet.write(made, paths[0], paths[1], report), (".accounts.parquet",),
           "The file that you name holds the edges; the accounts stand beside it."),
    Format("gml", "GML", ".gml", _texts(gml.text)),
    Format("pajek", "Pajek", ".net", _texts(pajek.text, pajek.partition), (".roles.clu",),
           "Pajek keeps ids, positions, kinds and weights; the roles stand beside it as a "
           "partition."),
    Format("json", "Node-link JSON, for networkx and d3", ".json", _texts(nodelink.text)),
)  # fmt: skip


def format_of(path: Path) -> Format:
    """Return the format that the ending of *path* asks for.

    Raises
    ------
    FormatError
        If there is no such.
    """
    ending = path.suffix.lower()
    for one in FORMATS:
        if one.ending == ending:
            return one
    raise FormatError(
        f"{path.name} does not end like a network.",
        f"Choose one of {', '.join(one.ending for one in FORMATS)}.",
    )


class Provenance(Protocol):
    """Where a document comes from."""

    def as_dict(self) -> dict[str, Any]:
        """Return plain values."""


@dataclass(frozen=True, slots=True)
class WrittenNetwork:
    """What came of it.

    Attributes
    ----------
    paths
        Every file, the one that was asked for first.
    note
        What the reader of the files should know, empty if nothing.
    """

    paths: tuple[Path, ...]
    accounts: int
    edges: int
    bytes: int
    seconds: float
    simulated: bool
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class WriteNetwork:
    """Job: write the accounts and edges of *document* to *path*.

    Attributes
    ----------
    tell
        From the document and the time to state to its provenance.
    look
        Name of the theme whose colours are written.
    made
        UTC time to state, as ISO 8601; the same time gives the same bytes. Empty for none.
    communities
        Whether to find communities first, and write them as a column.
    """

    document: Document
    path: Path
    what: What
    tell: Callable[[Document, str], Provenance]
    look: str = "dark"
    made: str = ""
    communities: bool = False

    @property
    def title(self) -> str:
        """What the user sees while it runs."""
        return f"Export: {self.path.name}"

    def __call__(self, report: Report, /) -> WrittenNetwork:
        """Take out what is wanted, and write it.

        Raises
        ------
        FormatError
            If the ending is unknown, the format cannot hold so much, or a file not be written.
        """
        start, chosen = perf_counter(), format_of(self.path)
        paths = chosen.paths(self.path)
        spare_others(paths)
        spare_inputs(paths, (file.path for file in self.document.receipt.files))
        document = self.document
        if self.communities:
            report(0.0, "finding communities")
            document = with_communities(document)
        report(0.0, "gathering columns")
        told: Mapping[str, Any] = self.tell(self.document, self.made).as_dict()
        taken = network(document, self.what, told, self.look)
        with ExitStack() as stack:
            parts = tuple(stack.enter_context(replacing_by(one, FormatError)) for one in paths)
            chosen.write(taken, parts, report)
        report(1.0, "done")
        size = sum(one.stat().st_size for one in paths)
        simulated = bool(taken.about["simulated"])
        return WrittenNetwork(
            paths, taken.n, taken.m, size, perf_counter() - start, simulated, _note(taken)
        )

    def forget(self) -> None:
        """Remove what a killed process has left of the files."""
        for path in format_of(self.path).paths(self.path):
            forget(path)


def spare_others(paths: tuple[Path, ...]) -> None:
    """Raise FormatError if a file beside would replace one that nobody was asked about."""
    first, *others = paths
    for one in others:
        if one.exists() and not first.exists():
            raise FormatError(
                f"{one.name} is already in {one.parent}, and would stand beside {first.name}.",
                "Choose another name, or move that file away.",
            )


def spare_inputs(paths: tuple[Path, ...], inputs: Iterable[str]) -> None:
    """Raise FormatError if a file that would be written is one that was read."""
    read = set(inputs)
    for one in paths:
        if any(_same(one, other) for other in read):
            raise FormatError(
                f"{one.name} is the file that this network was read from.",
                "Choose another name: what was read is never written over.",
            )


def _same(path: Path, other: str) -> bool:
    try:
        return path.samefile(other)
    except (OSError, ValueError):  # one of them is not there
        return False


def _note(taken: Network) -> str:
    if not taken.renamed:
        return ""
    some = "1 id" if taken.renamed == 1 else f"{taken.renamed:,} ids"
    return f"{some} held characters that cannot be seen, and lost them."


def suggested(document: Document, what: What, ending: str) -> str:
    """Return a name for the file: simulated data say so in it."""
    title = file_name(document.archive.title or "network")
    part = "" if what == "all" else f"_{what}"
    mark = "_SIMULATED" * (document.receipt.simulated and "SIMULATED" not in title)
    return f"{title}{mark}{part}{ending}"

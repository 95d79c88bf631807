"""Where a figure comes from and how it was made: read by people, and by machines."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer import __version__
from explorer.document.steps import versions
from explorer.graph.edges import CLASSES
from explorer.graph.roles import ROLES
from explorer.scene.naming import plain
from explorer.scene.shares import shares

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from explorer.archive.receipt import FileReceipt, Receipt
    from explorer.document.model import Document
    from explorer.scene.shares import Share

PROGRAM = "Starling"
LIBRARIES = ("duckdb", "igraph", "numba", "numpy")
"""Distributions whose version can change a result."""
INPUTS_NAMED = 3
"""Inputs that the footer names; the metadata name all."""


@dataclass(frozen=True, slots=True)
class Input:
    """One table that was read; its file without the folders, which are nobody's business."""

    name: str
    member: str
    sha256: str
    format: str
    records: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many of one role or class are shown, and of how many."""

    name: str
    shown: int
    all: int


@dataclass(frozen=True, slots=True)
class Provenance:
    """All that is needed to judge a figure and to make it again.

    Attributes
    ----------
    made
        When, in UTC as ISO 8601; given from outside, so that the same figure gives the same file.
    graph, positions
        SHA-256 of the edges and of the places of accounts, in hexadecimal.
    first, last
        UTC seconds since 1970 of the earliest and latest post; -1 without posts.
    """

    program: str
    version: str
    libraries: tuple[tuple[str, str], ...]
    made: str
    simulated: bool
    inputs: tuple[Input, ...]
    records: dict[str, int]
    first: int
    last: int
    rule: str
    filter: str
    layout: str
    layout_options: str
    seed: int
    complete: bool
    accounts: Count
    edges: Count
    interactions: Count
    roles: tuple[Count, ...]
    classes: tuple[Count, ...]
    hidden: tuple[str, ...]
    selected: int
    graph: str
    positions: str

    def footer(self) -> tuple[str, ...]:
        """Return a few lines of plain text for the foot of a figure."""
        return (
            " · ".join(part for part in self._how() if part),
            self.rule,
            *self._from(),
        )

    def _how(self) -> tuple[str, ...]:
        """Say what program drew it, with which layout, filter and classes, and when."""
        return (
            f"{self.program} {self.version}",
            self.layout,
            f"filter: {self.filter}" if self.filter else "no filter",
            f"switched off: {', '.join(self.hidden)}" if self.hidden else "",
            f"positions {self.positions[:12]}",
            self.made.replace("T", " ").replace("+00:00", " UTC"),
        )

    def _from(self) -> tuple[str, ...]:
        """Say what was read, and what became of it."""
        if not self.inputs:
            return ()
        files = {one.sha256: one.name for one in self.inputs}  # a zip gives several tables
        named = [
            f"{name} (SHA-256 {sha256[:12]})" for sha256, name in list(files.items())[:INPUTS_NAMED]
        ]
        more = len(files) - INPUTS_NAMED
        if more > 0:
            named.append(f"and {more:,} more")
        sums = ", ".join(f"{count:,} {what}" for what, count in self.records.items())
        return (f"Input: {', '.join(named)} · records: {sums}",)

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, in the order of the fields."""
        return asdict(self) | {"libraries": dict(self.libraries)}

    def as_json(self) -> str:
        """Return the same as JSON, readable, with no character that a file could trip over."""
        return json.dumps(self.as_dict(), indent=1)


def provenance(document: Document, made: str = "") -> Provenance:
    """Return where *document* comes from; *made* is the time to state, in UTC."""
    receipt, placing, shown = document.receipt, document.placing, shares(document)
    return Provenance(
        program=PROGRAM,
        version=__version__,
        libraries=libraries(),
        made=made,
        simulated=receipt.simulated,
        inputs=tuple(_input(file) for file in receipt.files),
        records=_records(receipt),
        first=receipt.first,
        last=receipt.last,
        rule=plain(document.roles.sentence),
        filter=plain(document.filter.words),
        layout=placing.words,
        layout_options=placing.options,
        seed=placing.seed,
        complete=placing.complete,
        accounts=_count("accounts", shown.accounts),
        edges=_count("edges", shown.edges),
        interactions=_count("interactions", shown.interactions),
        roles=tuple(_count(*pair) for pair in zip(ROLES, shown.roles, strict=True)),
        classes=tuple(_count(*pair) for pair in zip(CLASSES, shown.classes, strict=True)),
        hidden=shown.hidden,
        selected=shown.selected,
        graph=_digest(document.graph.source, document.graph.target, document.graph.weight()),
        positions=_digest(document.positions),
    )


def stated_time() -> str:
    """Return the time that what is made now states: ``SOURCE_DATE_EPOCH`` if that is set.

    With it, the same command gives the same bytes on any day.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    when = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)
    return when.isoformat(timespec="seconds")


def libraries() -> tuple[tuple[str, str], ...]:
    """Return name and version of Python and of each library, none of them imported."""
    return versions(LIBRARIES)


def methods(told: Provenance) -> str:
    """Return a paragraph for the methods section of a report."""
    read = ", ".join(
        f"{one.member + ' in ' if one.member else ''}{one.name} ({one.format}, "
        f"{one.records:,} records; SHA-256 of {one.name}: {one.sha256})"
        for one in told.inputs
    )
    with_ = ", ".join(f"{name} {number}" for name, number in told.libraries)
    parts = [
        "The data are simulated." if told.simulated else "",
        f"The interaction graph was built from {read}." if read else "",
        f"It has {told.accounts.all:,} accounts and {told.edges.all:,} edges, an edge being all "
        f"interactions of one kind from one account to another ({told.interactions.all:,} in all).",
        f"Roles: {told.rule}",
        f"The figure shows {told.accounts.shown:,} accounts and {told.edges.shown:,} edges"
        + (f" (filter: {told.filter})." if told.filter else "."),
        f"Edge classes switched off: {', '.join(told.hidden)}." if told.hidden else "",
        f"Positions: {told.layout} (SHA-256 {told.positions}).",
        f"Made with {told.program} {told.version} ({with_}).",
    ]
    return " ".join(part for part in parts if part)


def _input(file: FileReceipt) -> Input:
    return Input(
        name=plain(PurePath(file.path.replace("\\", "/")).name),
        member=plain(PurePath(file.member).name),
        sha256=file.sha256,
        format=file.format,
        records=file.read,
    )


def _records(receipt: Receipt) -> dict[str, int]:
    return {
        "read": receipt.read,
        "kept": sum(file.kept for file in receipt.files),
        "merged": receipt.merged,
        "refused": receipt.refused,
    }


def _count(name: str, share: Share) -> Count:
    return Count(name, share.shown, share.all)


def _digest(*arrays: NDArray[Any]) -> str:
    """Return the SHA-256 of the bytes of *arrays*, least significant first."""
    whole = hashlib.sha256()
    for array in arrays:
        whole.update(np.ascontiguousarray(array, array.dtype.newbyteorder("<")).data)
    return whole.hexdigest()

"""Does this installation work: the main job on the bundled sample, and what came of it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from explorer.assets import sample
from explorer.document import edits
from explorer.document.placing import laid_out
from explorer.errors import StarlingError
from explorer.graph.build import OpenArchive
from explorer.scene.camera import Camera
from explorer.scene.view import View
from explorer.ui.export import ExportFigure
from explorer.ui.letters import ensure_gui

if TYPE_CHECKING:
    from explorer.job import Report

SIZE = (1200, 800)


def run_selftest(report: Report) -> dict[str, str]:
    """Open the sample, lay it out, select the core, write PNG and SVG; say what each step gave.

    Raises
    ------
    StarlingError
        If a step gives something else than it must.
    """
    steps: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="starling-selftest-") as name:
        folder = Path(name)
        opened = OpenArchive((sample(),), folder / "cache")(report)
        document = edits.load(opened.graph, opened.receipt, opened.stored)
        _must(document.receipt.simulated, "the sample does not say that it is simulated")
        _must(not opened.receipt.discrepancies(), "the receipt does not add up")
        steps["archive"] = f"{opened.receipt.read:,} records, {opened.graph.m:,} edges"
        document = laid_out(document, 7, report)
        steps["layout"] = f"{document.graph.n:,} accounts placed"
        document = edits.select_role(document)
        core = document.roles.counts()["core"]
        _must(int(document.selected.sum()) == core > 0, "selecting the core did not")
        steps["core"] = f"{core:,} accounts selected"
        ensure_gui()
        for ending in ("png", "svg"):
            path = folder / f"core.{ending}"
            written = ExportFigure.of(document, View(Camera(), SIZE), path, SIZE)(report)
            steps[ending] = f"{written.bytes:,} bytes"
        _must((folder / "core.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n", "the PNG is none")
        ElementTree.parse(folder / "core.svg")
    return steps


def _must(true: bool, otherwise: str) -> None:
    if not true:
        raise StarlingError(f"The self-test failed: {otherwise}.", "Please report this.")

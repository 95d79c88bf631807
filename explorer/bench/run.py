"""The product's own benchmark: each figure beside a named reference of the same run."""

from __future__ import annotations

import os
import tempfile
import time
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer.bench import (
    canvas,
    exports,
    formats,
    gaps,
    layouts,
    million,
    minute,
    notebook,
    painting,
    peers,
    steering,
    window,
)
from explorer.graph.build import OpenArchive
from explorer.ingest.simulate import Simulate, planned
from explorer.job import silent

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from explorer.ingest.simulated_plan import Sizes
    from explorer.job import Report

PRESETS = {"small": "small", "mission": "china"}


@dataclass(frozen=True, slots=True)
class Row:
    """One figure.

    Attributes
    ----------
    value, reference
        In *unit*; the reference was measured in the same run, on the same input.
    against
        What the reference is; empty if there is none.
    """

    name: str
    value: float
    unit: str
    reference: float | None = None
    against: str = ""

    @property
    def ratio(self) -> float | None:
        """Reference to value: above 1 Starling needs less."""
        return None if not self.reference or not self.value else self.reference / self.value


def run_bench(size: str, report: Report, only: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Measure the sections in *only*, or all, on a simulated archive; return rows for JSON."""
    chosen = only or tuple(SECTIONS)
    with tempfile.TemporaryDirectory(prefix="starling-bench-") as name:
        folder = Path(name)
        archive = folder / "SIMULATED.zip"
        report(0.0, "simulating an archive")
        plan = planned("china", **MILLION) if size == "million" else planned(PRESETS[size])
        Simulate(plan, archive)(silent)
        rows: list[Row] = []
        for done, section in enumerate(chosen, start=1):
            report(done / (len(chosen) + 1), section)
            rows += SECTIONS[section](archive, folder)
    report(1.0, "done")
    return [{**asdict(row), "ratio": row.ratio} for row in rows]


MILLION: Sizes = {"core": 140_000, "amplifiers": 860_000, "posts": 2_000_000}
"""The mission's shape at a million accounts."""


def import_rows(archive: Path, folder: Path) -> list[Row]:
    """Measure the import, and the same job done with pandas and networkx."""
    ours = _apart(_import, archive, folder)
    theirs = _apart(notebook.measure, archive, folder)
    against = "pandas + networkx" if theirs else "pandas is not installed"
    seconds, peak, edges = theirs or (None, None, None)
    return [
        Row("import", ours[0], "s", seconds, against),
        Row("import, peak memory of the worker", ours[1], "MB", peak, against),
        Row("edges found", ours[2], "edges", edges, against),
    ]


def window_rows(archive: Path, folder: Path) -> list[Row]:
    """Measure the real window, from its start to an exported figure."""
    return [Row(*row) for row in _apart(window.measure, archive, folder) or ()]


def canvas_rows(archive: Path, folder: Path) -> list[Row]:
    """Measure the canvas by itself, and what others draw and find the same with."""
    return [Row(*row) for row in canvas.rows(archive, folder, _apart)]


def painting_rows(archive: Path, folder: Path) -> list[Row]:
    """Measure the drawing without a window, up to a million accounts."""
    return [Row(*row) for row in _apart(painting.measure, archive, folder) or ()]


def minute_rows(archive: Path, folder: Path) -> list[Row]:
    """Play a minute of use in the real window, and measure when it does not listen."""
    return [Row(*row) for row in _apart(minute.measure, archive, folder) or ()]


def gaps_rows(archive: Path, folder: Path) -> list[Row]:
    """Lay out, stop, drag sliders and show names, and measure when the window does not listen."""
    return [Row(*row) for row in _apart(gaps.measure, archive, folder) or ()]


def million_rows(archive: Path, folder: Path) -> list[Row]:
    """Move about among a million accounts, and draw them; stock pyqtgraph on the same."""
    theirs = _apart(million.stock, archive, folder)
    return [
        Row(*row, *((theirs, peers.STOCK) if "frame, median" in row[0] else ()))
        for row in _apart(million.measure, archive, folder) or ()
    ]


def layout_rows(archive: Path, folder: Path) -> list[Row]:
    """Measure Flock on networks with planted communities, and other programs on the same."""
    return [Row(*row) for row in layouts.measure(archive, folder)]


def formats_rows(archive: Path, folder: Path) -> list[Row]:
    """Measure the writing of networks for other programs, beside networkx and others."""
    return [Row(*row) for row in formats.rows(archive, folder, _apart)]


def exports_rows(archive: Path, folder: Path) -> list[Row]:
    """Measure every kind of figure, each in a process of its own."""
    return [Row(*row) for row in exports.rows(archive, folder, _apart)]


def steering_rows(archive: Path, folder: Path) -> list[Row]:
    """Measure laying out a part, going on from here, reshaping and remembering."""
    return [Row(*row) for row in _apart(steering.measure, archive, folder) or ()]


SECTIONS: dict[str, Callable[[Path, Path], list[Row]]] = {
    "import": import_rows,
    "window": window_rows,
    "canvas": canvas_rows,
    "minute": minute_rows,
    "gaps": gaps_rows,
    "painting": painting_rows,
    "million": million_rows,
    "layout": layout_rows,
    "formats": formats_rows,
    "exports": exports_rows,
    "steering": steering_rows,
}
"""What can be measured alone: each takes the archive and a folder, and returns its rows."""


def table(rows: list[dict[str, Any]]) -> str:
    """Return rows as aligned text."""
    lines = [f"{'figure':<58}{'Starling':>12}{'':6}{'reference':>12}  {'ratio':>7}  against"]
    for row in rows:
        reference = f"{row['reference']:,.2f}" if row["reference"] is not None else "–"
        ratio = f"{row['ratio']:.1f}" if row["ratio"] is not None else "–"
        lines.append(
            f"{row['name']:<58}{row['value']:>12,.2f} {row['unit']:<5}{reference:>12}  {ratio:>7}"
            f"  {row['against']}"
        )
    return "\n".join(lines)


def _import(archive: Path, folder: Path) -> tuple[float, float, float]:
    start = time.perf_counter()
    opened = OpenArchive((archive,), folder / "cache")(silent)
    return time.perf_counter() - start, notebook.peak_memory(), float(opened.graph.m)


def _apart(measure: Callable[[Path, Path], Any], archive: Path, folder: Path) -> Any:
    """Run *measure* in a fresh process, so that memory and imports are its own."""
    context = get_context("spawn")
    near, far = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(far, measure, archive, folder))
    process.start()
    far.close()
    try:
        return near.recv()
    except EOFError:
        return None
    finally:
        process.join()


def _answer(pipe: Connection, measure: Callable[[Path, Path], Any], *paths: Path) -> None:
    pipe.send(measure(*paths))
    pipe.close()
    os._exit(0)  # threads of a drawing canvas need not be waited for

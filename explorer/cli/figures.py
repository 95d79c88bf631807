"""Commands that make figures without a window."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from explorer.cli.common import (
    CONTEXT,
    Named,
    check_place,
    core_option,
    encoding_option,
    json_option,
    looked_at,
    map_option,
    parse_size,
    paths_argument,
    progress,
    tell,
)
from explorer.errors import StarlingError

if TYPE_CHECKING:
    from pathlib import Path

    from explorer.document.content import Beside
    from explorer.document.model import Document
    from explorer.scene.view import View

CHOICES = ("title", "caption", "author", "dpi", "outline", "transparent")
"""Options that go into the figure as they are."""
SIZE = (1600, 1000)
"""Pixels of a figure of the whole graph."""
PLACES = ("outside", "top left", "top right", "bottom left", "bottom right", "none")


@click.command(context_settings=CONTEXT)
@paths_argument
@click.option("-o", "--output", required=True, type=Named())
@click.option("--size", metavar="WxH", help="Pixels; 1600x1000, or those of what was seen.")
@click.option(
    "--show",
    type=click.Choice(["whole", "seen"]),
    default="whole",
    show_default=True,
    help="The whole graph, or exactly what the window showed when the session was saved.",
)
@core_option
@click.option("--select", type=click.Choice(["none", "core", "amplifier", "other"]), default="none")
@click.option(
    "--seed",
    default=7,
    show_default=True,
    help="Of the layout; places that are there already stay.",
)
@click.option(
    "--theme",
    type=click.Choice(["dark", "light", "print"]),
    help="As the session was saved if not given, else dark.",
)
@click.option("--title", default="", help="At the top; the name of the archive if not given.")
@click.option("--caption", default="", help="Under the title.")
@click.option("--author", default="", help="Into the file's metadata.")
@click.option(
    "--dpi",
    type=click.IntRange(36, 2400),
    default=96,
    show_default=True,
    help="Pixels to an inch on paper.",
)
@click.option(
    "--legend",
    "place",
    type=click.Choice(PLACES),
    default="outside",
    show_default=True,
    help="Where the key stands; in a corner it lies over the picture.",
)
@click.option("--no-title", is_flag=True, help="Neither title nor caption.")
@click.option("--no-footer", is_flag=True, help="Provenance in the metadata alone.")
@click.option("--no-scale", is_flag=True, help="Do not explain the size of accounts.")
@click.option("--no-tones", is_flag=True, help="Do not explain tones, widths and dashes of edges.")
@click.option("--transparent", is_flag=True, help="No ground behind the picture.")
@click.option("--outline-text", "outline", is_flag=True, help="SVG: words as outlines.")
@map_option
@encoding_option
@json_option
def render(output: Path, size: str | None, select: str, seed: int, **rest: Any) -> None:
    """Lay the archive out and write the figure as PNG, SVG or PDF, by the ending of OUTPUT.

    A session is drawn as it was saved: places, selection, hidden classes, names and theme; with
    --show seen also from where it was looked at, pixel for pixel the window's own figure.
    """
    from explorer.document import edits
    from explorer.document.placing import laid_out
    from explorer.graph.roles import ROLES
    from explorer.scene.figure import Choices
    from explorer.ui.export import ExportFigure
    from explorer.ui.letters import ensure_gui

    asked = _asked(size, output)
    document, beside = looked_at(rest["paths"], rest["rule"], rest["mapping"], rest["encoding"])
    whole = rest["show"] == "whole"
    view, pixels = _view(document, beside, asked, whole=whole)
    if whole and not document.placing.layout:
        document = laid_out(document, seed, progress())
    if select != "none":
        document = edits.select_role(document, ROLES.index(select))
    ensure_gui()
    chosen = Choices(
        heading=not rest["no_title"],
        footer=not rest["no_footer"],
        scale=not rest["no_scale"],
        tones=not rest["no_tones"],
        legend=rest["place"] != "none",
        place=rest["place"] if rest["place"] != "none" else "outside",
        theme=rest["theme"] or "",
        **{name: rest[name] for name in CHOICES},
    )
    job = ExportFigure.of(document, view, output, pixels, whole=whole, choices=chosen)
    written = job(progress())
    said = {
        "path": str(written.path),
        "bytes": written.bytes,
        "seconds": round(written.seconds, 3),
        "vector_edges": written.vector_edges,
        "note": written.note,
    }
    tell(json.dumps(said) if rest["as_json"] else f"Wrote {output}. {written.note}".strip())


def _asked(size: str | None, output: Path) -> tuple[int, int] | None:
    """Return the size in pixels, if it is given; refuse before the work what cannot be done."""
    from explorer.scene.figure import LEAST
    from explorer.scene.png import check_size
    from explorer.ui.export import ending_of

    ending_of(output)
    check_place(output)
    if size is None:
        return None
    pixels = parse_size(size)
    check_size(pixels, LEAST)
    return pixels


def _view(
    document: Document, beside: Beside | None, asked: tuple[int, int] | None, *, whole: bool
) -> tuple[View, tuple[int, int]]:
    """Return from where to look at *document*, and pixels: as *asked*, else as it was looked at.

    Raises
    ------
    StarlingError
        If what was seen is wanted, and nobody has seen anything.
    """
    from explorer.document.content import Beside
    from explorer.evidence.pictured import view_of
    from explorer.scene.figure import LEAST

    if not whole and (beside is None or beside.camera is None):
        raise StarlingError(
            "Only a session that was saved from the window knows what it showed.",
            "Save it from the window, or render the whole graph with --show whole.",
        )
    view = view_of(document, beside or Beside())
    if whole:
        return view, asked or SIZE
    return view, asked or (max(view.size[0], LEAST[0]), max(view.size[1], LEAST[1]))

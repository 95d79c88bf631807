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
    document_of,
    json_option,
    map_option,
    parse_size,
    paths_argument,
    progress,
)

if TYPE_CHECKING:
    from pathlib import Path

CHOICES = ("title", "caption", "author", "dpi", "outline", "transparent")
"""Options that go into the figure as they are."""
PLACES = ("outside", "top left", "top right", "bottom left", "bottom right", "none")


@click.command(context_settings=CONTEXT)
@paths_argument
@click.option("-o", "--output", required=True, type=Named())
@click.option("--size", default="1600x1000", show_default=True, metavar="WxH", help="Pixels.")
@core_option
@click.option("--select", type=click.Choice(["none", "core", "amplifier", "other"]), default="none")
@click.option("--seed", default=7, show_default=True, help="Of the layout.")
@click.option("--theme", type=click.Choice(["dark", "light", "print"]), default="dark")
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
@click.option("--no-tones", is_flag=True, help="Do not explain tones and widths of edges.")
@click.option("--transparent", is_flag=True, help="No ground behind the picture.")
@click.option("--outline-text", "outline", is_flag=True, help="SVG: words as outlines.")
@map_option
@json_option
def render(output: Path, size: str, select: str, seed: int, theme: str, **rest: Any) -> None:
    """Lay the archive out and write the figure as PNG, SVG or PDF, by the ending of OUTPUT."""
    from explorer.document import edits
    from explorer.document.placing import laid_out
    from explorer.graph.roles import ROLES
    from explorer.scene.camera import Camera
    from explorer.scene.figure import Choices
    from explorer.scene.view import View
    from explorer.ui.export import ExportFigure
    from explorer.ui.letters import ensure_gui

    pixels = _asked(size, output)
    document = document_of(rest["paths"], rest["rule"], rest["mapping"])
    if not document.placing.layout:
        document = laid_out(document, seed, progress())
    if select != "none":
        document = edits.select_role(document, ROLES.index(select))
    ensure_gui()
    view = View(Camera(), pixels, theme)
    chosen = Choices(
        heading=not rest["no_title"],
        footer=not rest["no_footer"],
        scale=not rest["no_scale"],
        tones=not rest["no_tones"],
        legend=rest["place"] != "none",
        place=rest["place"] if rest["place"] != "none" else "outside",
        **{name: rest[name] for name in CHOICES},
    )
    job = ExportFigure.of(document, view, output, pixels, choices=chosen)
    written = job(progress())
    said = {
        "path": str(written.path),
        "bytes": written.bytes,
        "seconds": round(written.seconds, 3),
        "vector_edges": written.vector_edges,
        "note": written.note,
    }
    click.echo(json.dumps(said) if rest["as_json"] else f"Wrote {output}. {written.note}".strip())


def _asked(size: str, output: Path) -> tuple[int, int]:
    """Return the size in pixels; refuse before the work what cannot be done."""
    from explorer.scene.figure import LEAST
    from explorer.scene.png import check_size
    from explorer.ui.export import ending_of

    ending_of(output)
    check_place(output)
    pixels = parse_size(size)
    check_size(pixels, LEAST)
    return pixels

"""The command that writes a network in another program's format."""

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
    encoding_option,
    json_option,
    map_option,
    paths_argument,
    progress,
    tell,
)

if TYPE_CHECKING:
    from pathlib import Path


@click.command(context_settings=CONTEXT)
@paths_argument
@click.option("-o", "--output", required=True, type=Named())
@core_option
@click.option(
    "--what",
    type=click.Choice(["all", "shown", "selected"]),
    default="all",
    show_default=True,
    help="Which accounts: a session knows what is shown and selected.",
)
@click.option("--layout", "name", metavar="NAME", help="Lay it out first, to write positions.")
@click.option("--seed", default=7, show_default=True, help="Of the layout.")
@click.option(
    "--theme",
    type=click.Choice(["dark", "light", "print"]),
    default="light",
    show_default=True,
    help="Whose colours are written.",
)
@click.option(
    "--communities/--no-communities",
    default=True,
    show_default=True,
    help="Find communities (Leiden), and write them as a column.",
)
@map_option
@encoding_option
@json_option
def convert(output: Path, what: Any, name: str | None, seed: int, **rest: Any) -> None:
    """Write accounts and edges as GEXF, GraphML, GML, Pajek, CSV, XLSX, Parquet or JSON.

    The ending of OUTPUT says which: .gexf .graphml .gml .net .csv .zip .xlsx .parquet .json
    """
    from explorer.errors import StarlingError
    from explorer.evidence.provenance import provenance, stated_time
    from explorer.formats.write import WriteNetwork, format_of, spare_inputs

    check_place(output)  # before the long work
    paths = format_of(output).paths(output)
    spare_inputs(paths, map(str, rest["paths"]))
    document = document_of(rest["paths"], rest["rule"], rest["mapping"], rest["encoding"])
    if what == "selected" and not document.selected.any():
        raise StarlingError(
            "Nothing is selected, so there is nothing to write.",
            "Name a session in which something is, or leave --what out.",
        )
    if name is not None:
        document = _placed(document, name, seed)
    look = rest["theme"]
    job = WriteNetwork(document, output, what, provenance, look, stated_time(), rest["communities"])
    written = job(progress())
    said = {
        "paths": [str(path) for path in written.paths],
        "accounts": written.accounts,
        "edges": written.edges,
        "bytes": written.bytes,
        "seconds": round(written.seconds, 3),
        "simulated": written.simulated,
        "note": written.note,
    }
    tell(json.dumps(said) if rest["as_json"] else _words(said))


def _placed(document: Any, name: str, seed: int) -> Any:
    from explorer.document.placing import laid_out
    from explorer.errors import LayoutError
    from explorer.layout.run import layouts

    if name not in layouts():
        raise LayoutError(f"There is no layout {name!r}.", f"Choose one of {', '.join(layouts())}.")
    return laid_out(document, seed, progress(), name)


def _words(said: dict[str, Any]) -> str:
    simulated = "SIMULATED, " if said["simulated"] else ""
    counts = f"{simulated}{said['accounts']:,} accounts, {said['edges']:,} edges."
    return f"Wrote {', '.join(said['paths'])}: {counts} {said['note']}".strip()

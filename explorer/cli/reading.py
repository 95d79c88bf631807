"""Commands that read archives and tell what is in them, or make a simulated one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from explorer.cli.common import (
    CONTEXT,
    Named,
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
@core_option
@map_option
@encoding_option
@json_option
def inspect(
    paths: tuple[Path, ...], rule: str, mapping: str | None, encoding: str | None, as_json: bool
) -> None:
    """Print the receipt, accounts by role, interactions by kind and edges by class.

    RULE is listed, file:IDS.txt, authors, top:N, kcore:K, hits:N, strength:IN or
    column:NAME=VALUE. COLUMNS say how a table is read: source, target, kind, weight, time, id and
    label are columns; direction is directed, reverse or undirected; merge is sum, rows, max or
    first; separator and header (yes, no) say how it is written.
    """
    from explorer.evidence.inspection import inspection, lines

    document = document_of(paths, rule, mapping, encoding)
    if as_json:
        tell(json.dumps(inspection(document), ensure_ascii=False, indent=2))
    else:
        tell("\n".join(lines(document)))


@click.command(context_settings=CONTEXT)
@click.argument("out", type=Named())
@click.option("--preset", default="small", show_default=True, help="china, russia, turkey, small.")
@click.option("--core", type=int, help="Core accounts.")
@click.option("--amplifiers", type=int, help="Amplifier accounts.")
@click.option("--posts", type=int, help="Posts of the core.")
@click.option("--seed", default=7, show_default=True)
@click.option("--ids", type=click.Choice(["hashed", "clear", "mixed"]), default="hashed")
@click.option("--scale", type=float, help="Share of the published posts to simulate.")
@json_option
def simulate(out: Path, preset: str, as_json: bool, **wishes: Any) -> None:
    """Write a simulated archive with known truth: OUT.zip, and OUT.truth.zip beside it."""
    from dataclasses import asdict

    from explorer.ingest.simulate import Simulate, planned, spare_real

    spare_real(out)
    truth = Simulate(planned(preset, **wishes), out)(progress())
    said = asdict(truth)
    if as_json:
        tell(json.dumps(said, default=str))
    else:
        tell(f"Wrote {out}: SIMULATED, {truth.accounts:,} accounts, {truth.edges:,} edges.")

"""Commands that try this installation and measure this machine."""

from __future__ import annotations

import json

import click

from explorer.cli.common import CONTEXT, json_option, progress, tell
from explorer.errors import StarlingError


@click.command(context_settings=CONTEXT)
@click.option("--size", type=click.Choice(["small", "mission", "million"]), default="small")
@click.option(
    "--only",
    multiple=True,
    metavar="SECTION",
    help="What to measure, such as import or canvas; may be repeated. All if not given.",
)
@json_option
def bench(size: str, only: tuple[str, ...], as_json: bool) -> None:
    """Measure this machine: each figure beside a named reference of the same run."""
    from explorer.bench.run import SECTIONS, run_bench, table

    for name in only:
        if name not in SECTIONS:
            raise StarlingError(
                f"There is no section {name!r}.", f"Say one of {', '.join(SECTIONS)}."
            )
    rows = run_bench(size, progress(), only)
    tell(json.dumps(rows, indent=2) if as_json else table(rows))


@click.command(context_settings=CONTEXT)
@json_option
def selftest(as_json: bool) -> None:
    """Try the main job on the bundled sample: graph, layout, PNG and SVG."""
    from explorer.selftest import run_selftest

    steps = run_selftest(progress())
    if as_json:
        tell(json.dumps(steps, indent=2))
    else:
        tell("\n".join(f"ok  {name}: {said}" for name, said in steps.items()))

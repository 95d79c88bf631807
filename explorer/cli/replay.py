"""The command that proves whether a session comes out the same again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from explorer.cli.common import CONTEXT, Named, check_place, json_option, progress, tell
from explorer.errors import StarlingError

if TYPE_CHECKING:
    from pathlib import Path


@click.command(context_settings=CONTEXT)
@click.argument("session", type=Named())
@click.option(
    "--inputs",
    type=Named(),
    help="Folder with the input files, if they are no longer where they were.",
)
@click.option("-o", "--output", type=Named(), help="Write the figure, PNG, SVG or PDF.")
@json_option
def replay(session: Path, inputs: Path | None, output: Path | None, as_json: bool) -> int:
    """Make SESSION again from its inputs, step by step, and say whether it is the same.

    The exit code is 0 if every input and every part is the same, and 1 if not.
    """
    from explorer.evidence.replay import Replay

    if inputs is not None and not inputs.is_dir():
        raise StarlingError(f"There is no folder {inputs}.", "Name the one that holds the inputs.")
    if output is not None:
        from explorer.ui.export import ending_of

        check_place(output)
        ending_of(output)
    done = Replay(session, inputs)(progress())
    said = done.as_dict()
    if output is not None:
        if done.document is None:
            raise StarlingError(done.trouble, "So there is no figure to write.")
        from explorer.evidence.pictured import view_of
        from explorer.scene.figure import LEAST
        from explorer.ui.export import ExportFigure
        from explorer.ui.letters import ensure_gui

        ensure_gui()
        view = view_of(done.document, done.beside)
        size = max(view.size[0], LEAST[0]), max(view.size[1], LEAST[1])
        whole = done.beside.camera is None
        ExportFigure.of(done.document, view, output, size, whole=whole)(progress())
        said["figure"] = str(output)
    if as_json:
        tell(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        tell("\n".join(done.lines()))
    return 0 if done.same else 1

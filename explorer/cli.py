"""The command line: thin, each command a few lines over the rooms below; no Qt until a window."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from explorer import __version__
from explorer.errors import StarlingError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from explorer.document.model import Document
    from explorer.job import Report

USER_ERROR = 1
BUG = 70
STOPPED = 130


class Front(click.Group):
    """Commands by name; anything else is a path to open in the window."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; words that are none are paths."""
        if self.get_command(ctx, args[0]) is None:
            return "open", self.get_command(ctx, "open"), args
        return super().resolve_command(ctx, args)


CONTEXT: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
paths_argument = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
core_option = click.option("--core", "rule", default="listed", show_default=True, metavar="RULE")


@click.group(cls=Front, invoke_without_command=True, context_settings=CONTEXT)
@click.version_option(__version__, prog_name="starling")
@click.pass_context
def starling(ctx: click.Context) -> None:
    """See who amplifies whom in an archive of account interactions.

    Without a command, opens the window: starling [PATH…]
    """
    if ctx.invoked_subcommand is None:
        ctx.exit(_window(()))


@starling.command("open", context_settings=CONTEXT)
@paths_argument
def open_window(paths: tuple[Path, ...]) -> int:
    """Open the window on files, folders or zips."""
    for path in paths:
        if not path.exists():
            raise StarlingError(
                f"There is no command and no file called {path}.", "See starling --help."
            )
    return _window(paths)


@starling.command(context_settings=CONTEXT)
@paths_argument
@core_option
@json_option
def inspect(paths: tuple[Path, ...], rule: str, as_json: bool) -> None:
    """Print the receipt, accounts by role, interactions by kind and edges by class.

    RULE is listed, file:IDS.txt, authors, top:N, kcore:K, hits:N, strength:IN or
    column:NAME=VALUE.
    """
    from explorer.evidence.inspection import inspection, lines

    document = _document(paths, rule)
    if as_json:
        click.echo(json.dumps(inspection(document), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(lines(document)))


@starling.command(context_settings=CONTEXT)
@paths_argument
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path))
@click.option("--size", default="1600x1000", show_default=True, metavar="WxH", help="Pixels.")
@core_option
@click.option("--select", type=click.Choice(["none", "core", "amplifier", "other"]), default="none")
@click.option("--seed", default=7, show_default=True, help="Of the layout.")
@click.option("--theme", type=click.Choice(["dark", "light", "print"]), default="dark")
@json_option
def render(output: Path, size: str, select: str, seed: int, theme: str, **rest: Any) -> None:
    """Lay the archive out and write the figure as PNG or SVG, by the ending of OUTPUT."""
    from explorer.document import edits
    from explorer.document.placing import laid_out
    from explorer.graph.roles import ROLES
    from explorer.scene.camera import Camera
    from explorer.scene.view import View
    from explorer.ui.export import ExportFigure
    from explorer.ui.image import ensure_gui

    document = _document(rest["paths"], rest["rule"])
    if not document.placing.layout:
        document = laid_out(document, seed, progress())
    if select != "none":
        document = edits.select_role(document, ROLES.index(select))
    pixels = parse_size(size)
    ensure_gui()
    view = View(Camera(), pixels, theme)
    written = ExportFigure.of(document, view, output, pixels, whole=True)(progress())
    said = {
        "path": str(written.path),
        "bytes": written.bytes,
        "seconds": round(written.seconds, 3),
        "vector_edges": written.vector_edges,
        "note": written.note,
    }
    click.echo(json.dumps(said) if rest["as_json"] else f"Wrote {output}. {written.note}".strip())


@starling.command(context_settings=CONTEXT)
@click.argument("out", type=click.Path(path_type=Path))
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

    from explorer.ingest.simulate import Simulate, planned

    truth = Simulate(planned(preset, **wishes), out)(progress())
    said = asdict(truth)
    if as_json:
        click.echo(json.dumps(said, default=str))
    else:
        click.echo(f"Wrote {out}: SIMULATED, {truth.accounts:,} accounts, {truth.edges:,} edges.")


@starling.command(context_settings=CONTEXT)
@click.option("--size", type=click.Choice(["small", "mission", "million"]), default="small")
@json_option
def bench(size: str, as_json: bool) -> None:
    """Measure this machine: each figure beside a named reference of the same run."""
    from explorer.bench import run_bench, table

    rows = run_bench(size, progress())
    click.echo(json.dumps(rows, indent=2) if as_json else table(rows))


@starling.command(context_settings=CONTEXT)
@json_option
def selftest(as_json: bool) -> None:
    """Try the main job on the bundled sample: graph, layout, PNG and SVG."""
    from explorer.selftest import run_selftest

    steps = run_selftest(progress())
    if as_json:
        click.echo(json.dumps(steps, indent=2))
    else:
        click.echo("\n".join(f"ok  {name}: {said}" for name, said in steps.items()))


def run(words: list[str]) -> int:
    """Run one command line; return the exit code.

    0, 1 for a user's error, 2 for misuse, 70 for a bug of ours, 130 if it was interrupted.
    """
    try:
        code = starling.main(words, prog_name="starling", standalone_mode=False)
    except StarlingError as known:
        return _say(str(known), USER_ERROR)
    except click.ClickException as misuse:
        misuse.show()
        return misuse.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _say("Stopped.", STOPPED)
    except Exception as bug:  # the last line before the shell: a sentence, no trace
        if os.environ.get("STARLING_DEBUG"):
            raise
        return _broken(bug)
    return code if isinstance(code, int) else 0


def _broken(bug: Exception) -> int:
    if "Query interrupted" in str(bug):  # how DuckDB takes Ctrl+C
        return _say("Stopped.", STOPPED)
    words = f"Something broke in Starling: {type(bug).__name__}: {bug}"
    return _say(f"{words}\nPlease report it; STARLING_DEBUG=1 shows where.", BUG)


def _say(words: str, code: int) -> int:
    click.echo(words, err=True)
    return code


def progress() -> Report:
    """Return a report that writes one moving line, if somebody watches."""

    def report(done: float, note: str = "", _partial: object = None, /) -> None:
        if sys.stderr.isatty():
            end = "\n" if done >= 1 else ""
            sys.stderr.write(f"\r\x1b[K{100 * done:3.0f} % {note}{end}")
            sys.stderr.flush()

    return report


def parse_size(text: str) -> tuple[int, int]:
    """Return width and height in pixels from ``1600x1000``.

    Raises
    ------
    StarlingError
        If it is not two whole numbers between 16 and 16384.
    """
    parts = text.lower().replace("×", "x").split("x")
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() for part in parts):
        raise StarlingError(f"{text!r} is not a size.", "Write it as 1600x1000.")
    width, height = (int(part) for part in parts)
    if not all(16 <= side <= 16384 for side in (width, height)):
        raise StarlingError(f"{text} is not a size between 16x16 and 16384x16384.")
    return width, height


def _document(paths: tuple[Path, ...], rule: str) -> Document:
    from explorer.document import edits
    from explorer.document.file import looks_like_session, open_session
    from explorer.graph.build import OpenArchive
    from explorer.graph.roles import assign
    from explorer.graph.rules import parse_rule

    if not paths:
        raise StarlingError("Nothing to read.", "Name a file, a folder or a zip.")
    parsed = parse_rule(rule)

    def ruled(document: Document) -> Document:
        return edits.give_roles(document, assign(parsed, document.graph))

    if len(paths) == 1 and looks_like_session(paths[0]):
        document = open_session(paths[0]).document
        return document if rule == "listed" else ruled(document)
    opened = OpenArchive(paths)(progress())
    for one in opened.receipt.damaged:
        click.echo(f"Warning: left out. {one.reason}", err=True)
    return ruled(edits.load(opened.graph, opened.receipt, opened.stored))


def _blind(environment: Mapping[str, str]) -> bool:
    """Whether Qt would find nowhere to show a window."""
    named = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    return sys.platform.startswith("linux") and not any(map(environment.get, named))


def _window(paths: tuple[Path, ...]) -> int:
    if _blind(os.environ):
        raise StarlingError(
            "There is no display to open a window on.",
            "On a machine without one use starling inspect and starling render.",
        )
    from explorer.app import main

    return main(paths)

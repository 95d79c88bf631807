"""The door: finds the command, and turns what goes wrong into a sentence and an exit code."""

from __future__ import annotations

import errno
import os

import click

from explorer import __version__
from explorer.cli.checking import bench, selftest
from explorer.cli.common import CONTEXT, tell
from explorer.cli.convert import convert
from explorer.cli.figures import render
from explorer.cli.layout import layout
from explorer.cli.opening import open_window, safe_option, window
from explorer.cli.reading import inspect, simulate
from explorer.cli.replay import replay
from explorer.errors import StarlingError

USER_ERROR = 1
BUG = 70
STOPPED = 130
COMMANDS = (open_window, inspect, render, convert, layout, simulate, bench, selftest, replay)


class Front(click.Group):
    """Commands by name; anything else is a path to open in the window."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; words that are none are paths."""
        if self.get_command(ctx, args[0]) is None:
            return "open", self.get_command(ctx, "open"), args
        return super().resolve_command(ctx, args)


@click.group(cls=Front, invoke_without_command=True, context_settings=CONTEXT)
@click.version_option(__version__, prog_name="starling")
@safe_option
@click.pass_context
def starling(ctx: click.Context, safe_graphics: bool) -> None:
    """See who amplifies whom in an archive of account interactions.

    Without a command, opens the window: starling [PATH…]
    """
    ctx.obj = safe_graphics
    if ctx.invoked_subcommand is None:
        ctx.exit(window((), safe_graphics))


for command in COMMANDS:
    starling.add_command(command)


def run(words: list[str]) -> int:
    """Run one command line; return the exit code.

    0, 1 for a user's error, 2 for misuse, 70 for a bug of ours, 130 if it was interrupted.
    """
    try:
        code = starling.main(words, prog_name="starling", standalone_mode=False)
    except click.ClickException as misuse:
        misuse.show()
        return misuse.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _say("Stopped.", STOPPED)
    except Exception as error:  # the last line before the shell: a sentence, no trace
        if os.environ.get("STARLING_DEBUG") and not isinstance(error, StarlingError):
            raise
        return _failed(error)
    return code if isinstance(code, int) else 0


def _failed(error: Exception) -> int:
    if isinstance(error, StarlingError):
        return _say(str(error), USER_ERROR)
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _say("There is no room on the disk for what was to be written.", USER_ERROR)
    if "Query interrupted" in str(error):  # how DuckDB takes Ctrl+C
        return _say("Stopped.", STOPPED)
    words = f"Something broke in Starling: {type(error).__name__}: {error}"
    return _say(f"{words}\nPlease report it; STARLING_DEBUG=1 shows where.", BUG)


def _say(words: str, code: int) -> int:
    tell(words, err=True)
    return code

"""Run the whole gate: format, lint, types, contracts, audit, tests without a window, with one.

Makes a development environment in .venv-dev in the checkout, then runs the stages, cheapest
first, and stops at the first that fails. The window tests run on an Xvfb of their own. The
audit looks the libraries up in the public list of known weaknesses, and says so if it cannot;
nothing else here uses the network once the environment stands. What follows a lone -- is handed
to pytest.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import ground
import libraries
from display import display
from speech import SetupError, say
from stage import Outcome, follow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

NO_TESTS = 5
"""How pytest ends when it found nothing to run."""

SCRIPTS = sorted(path.name for path in (ground.ROOT / "packaging").glob("*.py"))
TOOLS = ("Xvfb", "xdotool")
HOMES = ("RUNTIME_DIR", "CONFIG_HOME", "DATA_HOME", "CACHE_HOME", "STATE_HOME")


@dataclass(frozen=True)
class Stage:
    """One step of the gate: commands to run one after another, with a window or without."""

    name: str
    commands: tuple[tuple[str, ...], ...]
    window: bool = False


def stages(
    environment: ground.Environment,
    fast: bool = False,
    extra: Sequence[str] = (),
    audit: bool = True,
) -> tuple[Stage, ...]:
    """Return the gate's stages, cheapest first; *fast* leaves out the tests marked slow."""

    def tool(name: str, *arguments: str) -> tuple[str, ...]:
        return (str(environment.command(name)), *arguments)

    def tests(marked: str) -> tuple[str, ...]:
        chosen = f"{marked} and not slow" if fast else marked
        hang = "faulthandler_timeout=120"  # a test that hangs says where
        return (str(environment.python), "-m", "pytest", "-m", chosen, "-o", hang, *extra)

    scripts = tuple(f"packaging/{name}" for name in SCRIPTS)
    return (
        Stage("format", (tool("ruff", "format", "--check"),)),
        Stage("lint", (tool("ruff", "check"),)),
        Stage("types", (tool("mypy"), tool("mypy", *scripts))),
        Stage("contracts", (tool("lint-imports"),)),
        *((Stage("audit", ((str(environment.python), "packaging/audit.py"),)),) if audit else ()),
        Stage("tests", (tests("not screen"),)),
        Stage("screen", (tests("screen"),), window=True),
    )


def options(arguments: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    """Read the command line; the second value is for pytest."""
    given = list(arguments)
    cut = given.index("--") if "--" in given else len(given)
    parser = argparse.ArgumentParser(description=__doc__, usage="%(prog)s [options] [-- PYTEST]")
    parser.add_argument("--fast", action="store_true", help="leave out the tests marked slow")
    parser.add_argument("--no-audit", action="store_true", help="do not look up known weaknesses")
    names = ("format", "lint", "types", "contracts", "audit", "tests", "screen")
    parser.add_argument("--only", choices=names, metavar="STAGE", help=f"one of {', '.join(names)}")
    return parser.parse_args(given[:cut]), given[cut + 1 :]


def private(folder: Path) -> dict[str, str]:
    """Return variables that keep tests away from the user's files, and Qt content.

    Qt warns of a missing runtime folder, and a warning of Qt's fails a test. Compiled code is not
    kept from one run to the next: numba does not see every change, and would run the old.
    """
    homes = {f"XDG_{name}": folder / name for name in HOMES}
    for home in homes.values():
        home.mkdir(mode=0o700)
    return {
        **ground.surroundings(os.environ),
        **{key: str(home) for key, home in homes.items()},
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONIOENCODING": "utf-8",
    }


def run(stage: Stage, variables: dict[str, str]) -> Outcome:
    """Run the commands of *stage* until one fails."""
    outcome = Outcome(0, "")
    place: AbstractContextManager[dict[str, str]] = display() if stage.window else nullcontext({})
    with place as shown:
        for command in stage.commands:
            outcome = follow(command, {**variables, **shown}, ground.ROOT)
            if outcome.code:
                break
    if outcome.code == NO_TESTS:
        what = "window test" if stage.window else "test"
        return Outcome(NO_TESTS, f"no {what} ran")
    return outcome


def gate(chosen: Sequence[Stage], variables: dict[str, str]) -> bool:
    """Run the *chosen* stages, say how each went, and return whether all did well."""
    lines: list[str] = []
    good = True
    began = time.monotonic()
    for stage in chosen:
        say(f"── {stage.name}")
        start = time.monotonic()
        try:
            outcome = run(stage, variables)
        except SetupError as error:
            outcome = Outcome(1, str(error))
        good = outcome.code == 0
        lines.append(summary(stage.name, good, time.monotonic() - start, outcome.closing))
        if not good:
            break
    say("\n" + "\n".join(lines))
    state = "open" if good else "shut"
    spent = time.monotonic() - began
    say(f"The gate is {state}: ran {len(lines)} of {len(chosen)} stages in {spent:.0f} s.")
    return good


def summary(name: str, good: bool, seconds: float, closing: str) -> str:
    """Return the line that says how one stage went."""
    mark = "ok    " if good else "FAILED"
    return f"{mark} {name:<10}{seconds:6.1f} s  {closing}".rstrip()


def main(arguments: Sequence[str]) -> int:
    """Make the environment, run the gate."""
    chosen, extra = options(arguments)
    try:
        ground.refuse_old_python()
        libraries.prepare(TOOLS)
        start = time.monotonic()
        environment = ground.make(ground.ROOT / ".venv-dev", "dev")
        say(f"The environment is ready ({time.monotonic() - start:.0f} s).")
    except SetupError as error:
        say(str(error))
        return 1
    wanted = [
        stage
        for stage in stages(environment, chosen.fast, extra, not chosen.no_audit)
        if chosen.only in {None, stage.name}
    ]
    with tempfile.TemporaryDirectory(prefix="starling-check-") as folder:
        return 0 if gate(wanted, private(Path(folder))) else 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)

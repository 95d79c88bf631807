"""Run one command of the gate: show its output as it comes, keep its closing line, end its hang."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from speech import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

LIMIT = 2400.0
"""Seconds after which a command is taken to hang, and ended."""

CLOSING = re.compile(
    r"^=+ (.*\b(?:passed|failed|error|errors|deselected|no tests ran|audited)\b.*) =+$"
)


@dataclass(frozen=True)
class Outcome:
    """How a command ended: its exit code, and the line that sums it up, if it has one."""

    code: int
    closing: str


def closing(line: str) -> str:
    """Return what pytest says in its closing line, if *line* is it, else nothing."""
    found = CLOSING.match(line.strip())
    return found.group(1) if found else ""


def end(process: subprocess.Popen[str]) -> None:
    """End *process* and what it started."""
    if os.name == "posix":
        with suppress(ProcessLookupError):  # it ended just now by itself
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def follow(
    command: Sequence[str], variables: Mapping[str, str], folder: Path, limit: float = LIMIT
) -> Outcome:
    """Run *command* in *folder*, print what it says, and return how it ended."""
    hung = threading.Event()
    last = ""
    with subprocess.Popen(
        command,
        cwd=folder,
        env=dict(variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    ) as process:

        def stop() -> None:
            hung.set()
            end(process)

        clock = threading.Timer(limit, stop)
        clock.start()
        try:
            for line in process.stdout or ():
                say(line.rstrip("\n"))
                last = closing(line) or last
            code = process.wait()
        except KeyboardInterrupt:
            end(process)
            raise
        finally:
            clock.cancel()
    if hung.is_set():
        last = f"it took more than {limit:.0f} s"
    elif code < 0:
        last = f"it crashed ({signal.Signals(-code).name})"
    return Outcome(code, last)

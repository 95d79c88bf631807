"""Prove by the system's own account that a whole journey through the window talks to nobody.

By hand, on Linux with strace: runs the journey of tests/security under it, in every process and
thread, libraries in C included, and names each address that is not a socket file of this computer.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import ground
from speech import SetupError, say

CALLS = "connect,bind,sendto,sendmsg,sendmmsg,listen"
ADDRESS = re.compile(r"sa_family=(AF_\w+)[^}]*")
LOCAL = frozenset({"AF_UNIX", "AF_UNSPEC", "AF_NETLINK"})
"""Families that do not leave this computer: socket files, and questions to the kernel."""


def abroad(trace: str) -> list[str]:
    """Return the addresses in the output of strace that are not of this computer."""
    return [found.group(0) for found in ADDRESS.finditer(trace) if found.group(1) not in LOCAL]


def run(folder: Path) -> str:
    """Run the journey in *folder* under strace; return what it wrote."""
    strace = shutil.which("strace")
    if strace is None:
        raise SetupError("This needs strace: apt-get install strace, or your system's own way.")
    trace = folder / "trace.txt"
    journey = ground.ROOT / "tests" / "security" / "journey.py"
    command = [strace, "-f", "-qq", "-e", f"trace={CALLS}", "-o", str(trace)]
    environment = {
        **os.environ,
        "PYTHONPATH": str(ground.ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        "STARLING_CACHE": str(folder / "cache"),
        "STARLING_STATE": str(folder / "state"),
    }
    ended = subprocess.run(
        [*command, sys.executable, str(journey), str(folder)], env=environment, check=False
    )
    if ended.returncode:
        raise SetupError(f"The journey itself failed (exit code {ended.returncode}).")
    return trace.read_text("utf-8", "replace")


def main() -> int:
    """Run, and say what was found."""
    try:
        with tempfile.TemporaryDirectory(prefix="starling-silence-") as folder:
            found = abroad(trace := run(Path(folder)))
    except SetupError as error:
        say(str(error))
        return 1
    for address in found:
        say(f"TALKED TO {address}")
    calls = len(trace.splitlines())
    say(f"{calls:,} calls on sockets, {len(found):,} of them to the outside.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

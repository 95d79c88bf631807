"""Ask the public list of known weaknesses about every library this checkout stands on.

A stage of the gate. It needs the network; without it, it says that nothing was audited, and shuts
nothing.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

from speech import say

if TYPE_CHECKING:
    from collections.abc import Callable

HOST = "https://pypi.org/"
"""Where pip-audit asks."""
PATIENCE = 10.0
NAME = "pip_audit"


def reachable(host: str = HOST) -> bool:
    """Tell whether *host* answers at all."""
    try:
        with urllib.request.urlopen(host, timeout=PATIENCE):
            return True
    except urllib.error.HTTPError:  # it answers, if only to refuse
        return True
    except OSError:
        return False


def hindrance(installed: bool, answers: Callable[[], bool]) -> str:
    """Return why nothing can be audited here; empty if it can."""
    if not installed:
        return "pip-audit is not installed: pip install pip-audit"
    if not answers():
        return f"{HOST} cannot be reached"
    return ""


def verdict(told: str) -> tuple[str, int]:
    """Return what to say of the JSON that pip-audit writes, and the exit code.

    A library that the public list does not know is not called sound: it is counted as not looked
    up, and if that is all of them, nothing was audited.
    """
    libraries = json.loads(told)["dependencies"]
    asked = [one for one in libraries if "skip_reason" not in one]
    weak = {one["name"]: [v["id"] for v in one["vulns"]] for one in asked if one.get("vulns")}
    share = f"{len(asked)} of {len(libraries)} libraries"
    if weak:
        names = "; ".join(f"{name}: {', '.join(ids)}" for name, ids in weak.items())
        return f"=== audited {share}: known weaknesses in {names} ===", 1
    if not asked:
        why = f"{HOST} knows none of {len(libraries)} libraries"
        return f"=== skipped: nothing was audited, {why} ===", 0
    return f"=== audited {share}: nothing is known ===", 0


def main() -> int:
    """Audit, and end with a line that the gate repeats."""
    why = hindrance(importlib.util.find_spec(NAME) is not None, reachable)
    if why:
        say(f"=== skipped: nothing was audited, {why} ===")
        return 0
    words = (sys.executable, "-m", NAME, "--skip-editable", "--progress-spinner", "off")
    run = subprocess.run((*words, "-f", "json"), check=False, capture_output=True, text=True)
    try:
        line, code = verdict(run.stdout)
    except (ValueError, KeyError, TypeError):
        last = run.stderr.strip().rpartition("\n")[2] or "it said nothing"
        line, code = f"=== skipped: nothing was audited, pip-audit failed: {last} ===", 0
    say(line)
    return code


if __name__ == "__main__":
    sys.exit(main())

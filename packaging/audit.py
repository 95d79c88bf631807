"""Ask the public list of known weaknesses about every library this checkout stands on.

It needs the network and pip-audit, and the gate needs neither: `check.py --audit` runs it, and
without them it says that nothing was audited.
"""

from __future__ import annotations

import importlib.util
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


def main() -> int:
    """Audit, and end with a line that the gate repeats."""
    why = hindrance(importlib.util.find_spec(NAME) is not None, reachable)
    if why:
        say(f"=== skipped: nothing was audited, {why} ===")
        return 0
    code = subprocess.run(
        [sys.executable, "-m", NAME, "--skip-editable", "--progress-spinner", "off"], check=False
    ).returncode
    say(f"=== audited: {'known weaknesses were found' if code else 'nothing is known'} ===")
    return code


if __name__ == "__main__":
    sys.exit(main())

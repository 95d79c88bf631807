"""Run with ``starling`` or ``python -m explorer``."""

from __future__ import annotations

import sys
from multiprocessing import freeze_support


def main() -> None:
    """Start the command line; heavy imports wait until a command needs them."""
    freeze_support()
    try:
        # Here and not above: a spawned worker imports this module and needs none of it.
        from explorer.cli.front import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # before anything was begun
        sys.stderr.write("Stopped.\n")
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()

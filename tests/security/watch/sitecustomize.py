"""Takes down what every Python process of a journey asks of the network and of temporary folders.

Python imports a module of this name at its start, in worker processes too.
"""

import os
import sys

KEPT = os.environ.get("STARLING_WATCH", "")
WATCHED = ("socket.", "tempfile.", "webbrowser.", "urllib.", "http.", "ftplib.", "smtplib.")


def take_down(event, arguments):
    """Write one line for what is watched."""
    if not event.startswith(WATCHED):
        return
    first = arguments[0] if arguments else None
    family = getattr(getattr(first, "family", None), "name", "")
    if event == "socket.__new__":
        family = getattr(arguments[1], "name", str(arguments[1]))
    write(f"{event}\t{family}\t{arguments[-1]!r}")


def write(line):
    """Append one line, in one piece whatever the other processes do."""
    handle = os.open(KEPT, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(handle, f"{os.getpid()}\t{line}\n".encode(errors="replace"))
    os.close(handle)


if KEPT:
    write("watching\t\t")
    sys.addaudithook(take_down)

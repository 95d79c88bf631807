"""How the scripts of this folder speak: lines on the terminal, and one kind of failure."""

from __future__ import annotations

import sys


class SetupError(Exception):
    """Something the user must know or do: one sentence."""


def say(line: str) -> None:
    """Print *line* at once, with ? for what the terminal cannot show."""
    coding = sys.stdout.encoding or "utf-8"
    print(line.encode(coding, "replace").decode(coding), flush=True)

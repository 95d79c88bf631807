"""What the picture of a session was when it was saved: enough to say whether it is the same."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pictured:
    """The picture without names of accounts, title and key.

    Attributes
    ----------
    size
        Width and height in pixels.
    sha256
        Of its rows from the top, each pixel four bytes: blue, green, red, 255.
    program
        Name and version of the program and the libraries that drew it.
    """

    size: tuple[int, int]
    sha256: str
    program: tuple[tuple[str, str], ...]

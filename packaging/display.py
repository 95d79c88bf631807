"""A display of our own for the window tests: Xvfb, started and stopped with them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from speech import SetupError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def display() -> Iterator[dict[str, str]]:
    """Give the environment variables of a display that lives as long as the block.

    On Linux it is an Xvfb on a number that is free; elsewhere it is the one that is there.

    Raises
    ------
    SetupError
        If there is no Xvfb, or it does not start.
    """
    if sys.platform != "linux":
        yield {}
        return
    program = shutil.which("Xvfb")
    if not program:
        raise SetupError("There is no Xvfb, so no window can be tested.")
    reader, writer = os.pipe()
    server = subprocess.Popen(
        [program, "-displayfd", str(writer), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=[writer],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    try:
        with os.fdopen(reader) as told:  # one line, once it is ready; nothing, if it dies
            number = told.readline().strip()
        if not number:
            raise SetupError("Xvfb did not start, so no window can be tested.")
        yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait()

import subprocess
import sys

import pytest

from explorer.scene.release import clean, release_compiler

MAPS = """\
7f00000000-7f00010000 r-xp 00000000 fe:00 12 /lib/libllvmlite.so
Rss:                  64 kB
Private_Dirty:         0 kB
7f00010000-7f00020000 r--p 00010000 fe:00 12 /lib/libllvmlite.so
Rss:                  64 kB
Private_Dirty:        12 kB
7f00020000-7f00030000 rw-p 00020000 fe:00 12 /lib/libllvmlite.so
Rss:                  64 kB
Private_Dirty:         0 kB
7f00030000-7f00040000 r-xp 00000000 fe:00 13 /lib/another.so
Rss:                  64 kB
Private_Dirty:         0 kB
7f00040000-7f00050000 rw-p 00000000 00:00 0
Rss:                  64 kB
Private_Dirty:         0 kB
"""

AFTER = """
import numpy as np
from explorer.scene.release import release_compiler
from explorer.scene.raster import Frame, veil
pixels = np.full((2, 2), 0xFFFFFFFF, np.uint32)
veil(pixels, (0, 0, 0), 128, pixels)
print(release_compiler() > 10_000_000)
veil(pixels, (0, 0, 0), 128, pixels)
import numba
print(numba.njit(lambda x: x + 1)(1), hex(pixels[0, 0]))
"""


def test_only_clean_pages_of_the_compiler_that_nobody_writes_are_given_up():
    assert clean(MAPS) == [(0x7F00000000, 0x7F00010000, 65536)]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is given back")
def test_afterwards_kernels_run_and_more_can_be_compiled():
    made = subprocess.run(
        [sys.executable, "-c", AFTER], capture_output=True, text=True, check=True, timeout=120
    )
    assert made.stdout.split() == ["True", "2", "0xff3f3f3f"]


def test_without_the_system_s_help_nothing_happens(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    assert release_compiler() == 0

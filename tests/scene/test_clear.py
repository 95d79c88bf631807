import io
import zlib

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from explorer.scene.clear import matte
from explorer.scene.pdf import packed
from explorer.scene.png import write_png


def laid(colour, opacity, ground):
    """One pixel of *colour* with *opacity* in [0, 1] over a ground."""
    parts = [round(opacity * c + (1 - opacity) * g) for c, g in zip(colour, ground, strict=True)]
    return np.array([[0xFF << 24 | parts[0] << 16 | parts[1] << 8 | parts[2]]], np.uint32)


@given(st.tuples(*[st.integers(0, 255)] * 3), st.floats(0, 1))
def test_a_coat_comes_back_with_its_opacity(colour, opacity):
    pixel = int(matte(laid(colour, opacity, (0, 0, 0)), laid(colour, opacity, (255,) * 3))[0, 0])
    assert abs((pixel >> 24) - 255 * opacity) <= 1.5
    seen = [(pixel >> shift & 255) * (pixel >> 24) / 255 for shift in (16, 8, 0)]
    assert max(abs(s - c * opacity) for s, c in zip(seen, colour, strict=True)) <= 2.5


def test_a_clear_png_has_four_channels():
    file, strip = io.BytesIO(), np.array([[0x10203040, 0xFF000001]], np.uint32)
    write_png(file, (2, 1), iter([strip]), clear=True)
    assert file.getvalue()[25] == 6
    rows = zlib.decompress(b"".join(packed(file.getvalue())))
    assert list(rows) == [1, 0x20, 0x30, 0x40, 0x10, 0xE0, 0xD0, 0xC1, 0xEF]

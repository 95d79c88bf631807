import io
import json
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.errors import FigureError
from explorer.scene.png import MOST_SIDE, check_size, write_png


def chunks(data):
    """Take a PNG apart, its checksums proved."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at, found = 8, []
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0] == zlib.crc32(
            kind + body
        )
        found.append((kind, body))
        at += 12 + length
    return found


def pixels_of(data):
    """Return ``(h, w, 3)`` of a PNG whose rows all have the filter Sub."""
    parts = chunks(data)
    width, height = struct.unpack(">II", parts[0][1][:8])
    raw = zlib.decompress(b"".join(body for kind, body in parts if kind == b"IDAT"))
    rows = np.frombuffer(raw, np.uint8).reshape(height, 1 + 3 * width)
    assert (rows[:, 0] == 1).all()
    return np.cumsum(rows[:, 1:].reshape(height, width, 3), axis=1, dtype=np.uint8)


def written(pixels, rows=7, **more):
    file = io.BytesIO()
    strips = (pixels[i : i + rows] for i in range(0, len(pixels), rows))
    write_png(file, (pixels.shape[1], pixels.shape[0]), strips, **more)
    return file.getvalue()


def noise(width, height, seed=0):
    random = np.random.default_rng(seed)
    return random.integers(0, 1 << 24, (height, width), np.uint32) | np.uint32(0xFF000000)


def rgb(pixels):
    return np.stack([pixels >> 16 & 255, pixels >> 8 & 255, pixels & 255], -1).astype(np.uint8)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 45), st.integers(0, 9))
def test_the_pixels_come_back(width, height, rows, seed):
    pixels = noise(width, height, seed)
    assert np.array_equal(pixels_of(written(pixels, rows)), rgb(pixels))


def test_the_same_pixels_give_the_same_bytes():
    pixels = noise(300, 200)
    assert written(pixels, 16) == written(pixels.copy(), 16)


def test_texts_come_back_whatever_they_hold():
    told = json.dumps({"inputs": ["观察者.zip"]}, ensure_ascii=False)
    data = written(noise(3, 3), texts={"Title": "观察者 🙂", "Starling": told})
    texts = {}
    for kind, body in chunks(data):
        if kind == b"iTXt":
            keyword, _, rest = body.partition(b"\0")
            texts[keyword.decode()] = rest[4:].decode("utf-8")
    assert texts == {"Title": "观察者 🙂", "Starling": told}


def test_dots_per_inch_are_told_in_metres():
    parts = dict(chunks(written(noise(3, 3), dpi=300)))
    assert struct.unpack(">IIB", parts[b"pHYs"]) == (11811, 11811, 1)


def test_nothing_is_said_of_dots_per_inch_if_none_are_given():
    assert b"pHYs" not in dict(chunks(written(noise(3, 3))))


@pytest.mark.parametrize("size", [(0, 10), (10, MOST_SIDE + 1), (MOST_SIDE + 1, 10)])
def test_a_size_that_programs_do_not_open_is_refused_before_a_byte_is_written(size):
    file = io.BytesIO()
    with pytest.raises(FigureError, match="cannot be made"):
        write_png(file, size, iter(()))
    assert not file.getvalue()


def test_the_refusal_names_the_sizes_that_are_possible():
    with pytest.raises(FigureError, match=r"400 × 300 to 16,384 × 16,384"):
        check_size((100, 50), (400, 300))

"""Write pictures too large to hold: rows go in, a PNG file comes out."""

from __future__ import annotations

import struct
import zlib
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

import numpy as np

from explorer.errors import FigureError
from explorer.scene.compiled import compiled, still

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import NDArray

    Filter = Callable[["Rows"], NDArray[np.uint8]]

Rows: TypeAlias = "NDArray[np.uint32]"
"""``(rows, width)`` uint32 as ``0xffRRGGBB``, or with an opacity in place of ``ff``."""

MOST_SIDE = 16384
"""Pixels a side beyond which common programs do not open a picture."""
THREADS = 2
"""Strips compressed at once; zlib and NumPy let other threads run meanwhile."""
INCH = 0.0254

_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def write_png(
    file: BinaryIO,
    size: tuple[int, int],
    strips: Iterable[Rows],
    *,
    dpi: float = 0.0,
    texts: Mapping[str, str] | None = None,
    clear: bool = False,
) -> None:
    """Write *strips*, which together are *size* (width, height), as a PNG.

    Each strip is compressed by itself while the next is drawn, and the pieces are put end to end
    in the one stream that the format asks for (as in pigz). The same rows give the same bytes.

    Parameters
    ----------
    strips
        Arrays of rows from the top; each must stay as it is until the next but two is asked for.
    dpi
        Pixels to an inch of paper; 0 to say nothing.
    texts
        Keyword and text of every ``iTXt`` chunk.
    clear
        Keep the opacity of pixels, ``0xAARRGGBB`` and not premultiplied; else all are opaque.

    Raises
    ------
    FigureError
        If the picture is larger than 16,384 pixels a side, or has none.
    """
    check_size(size)
    file.write(_SIGNATURE)
    _chunk(file, b"IHDR", struct.pack(">IIBBBBB", *size, 8, 6 if clear else 2, 0, 0, 0))
    _chunk(file, b"sRGB", b"\0")
    if dpi:
        metre = round(dpi / INCH)
        _chunk(file, b"pHYs", struct.pack(">IIB", metre, metre, 1))
    for keyword, text in (texts or {}).items():
        _chunk(file, b"iTXt", _text(keyword, text))
    rows = _pixels(file, strips, filtered_clear if clear else filtered)
    assert rows == size[1], f"{rows} rows given for {size[1]}"
    _chunk(file, b"IEND", b"")


def check_size(size: tuple[int, int], least: tuple[int, int] = (1, 1)) -> None:
    """Refuse a size that cannot be made.

    Raises
    ------
    FigureError
        If a side is below *least* or above 16,384 pixels.
    """
    if any(not low <= side <= MOST_SIDE for side, low in zip(size, least, strict=True)):
        raise FigureError(
            f"A picture of {size[0]:,} × {size[1]:,} pixels cannot be made.",
            f"It may have {least[0]:,} × {least[1]:,} to {MOST_SIDE:,} × {MOST_SIDE:,}.",
        )


def _pixels(file: BinaryIO, strips: Iterable[Rows], filter_: Filter) -> int:
    """Write the IDAT chunks, and return how many rows there were."""
    rows, adler = 0, 1
    waiting: deque[Future[tuple[bytes, bytes]]] = deque()
    _chunk(file, b"IDAT", b"\x78\x5e")
    with ThreadPoolExecutor(THREADS, "png") as pool:
        for strip in strips:
            rows += len(strip)
            waiting.append(pool.submit(_pack, strip, filter_))
            if len(waiting) > THREADS:
                adler = _drain(file, waiting, adler)
        while waiting:
            adler = _drain(file, waiting, adler)
    last = zlib.compressobj(wbits=-15).flush(zlib.Z_FINISH)
    _chunk(file, b"IDAT", last + struct.pack(">I", adler))
    return rows


def _drain(file: BinaryIO, waiting: deque[Future[tuple[bytes, bytes]]], adler: int) -> int:
    """Write the oldest strip, and return the checksum of all that went before and of it."""
    raw, packed = waiting.popleft().result()
    _chunk(file, b"IDAT", packed)
    return zlib.adler32(raw, adler)


def _pack(strip: Rows, filter_: Filter) -> tuple[bytes, bytes]:
    """Return the filtered bytes of a strip, and the same as deflate blocks of their own.

    Run lengths alone: on pictures of graphs the full search for repeats takes two to three times
    as long and saves less than a hundredth.
    """
    raw = filter_(still(strip)).tobytes()
    squeeze = zlib.compressobj(1, wbits=-15, memLevel=9, strategy=zlib.Z_RLE)
    return raw, squeeze.compress(raw) + squeeze.flush(zlib.Z_FULL_FLUSH)


@compiled
def filtered(strip: Rows) -> NDArray[np.uint8]:
    """Return ``(rows, 1 + 3 * width)`` uint8: each row's filter, then differences of its pixels.

    Every row takes the filter *Sub*: what is flat becomes zeros, which is all that run lengths
    can squeeze.
    """
    height, width = strip.shape
    rows = np.empty((height, 1 + 3 * width), np.uint8)
    for y in range(height):
        rows[y, 0] = 1
        before = np.uint32(0)
        for x in range(width):
            here = strip[y, x]
            at = 1 + 3 * x
            rows[y, at] = ((here >> 16) & 255) - ((before >> 16) & 255)
            rows[y, at + 1] = ((here >> 8) & 255) - ((before >> 8) & 255)
            rows[y, at + 2] = (here & 255) - (before & 255)
            before = here
    return rows


def filtered_clear(strip: Rows) -> NDArray[np.uint8]:
    """Return ``(rows, 1 + 4 * width)`` uint8: the same of red, green, blue and opacity."""
    height, width = strip.shape
    parts = strip.view(np.uint8).reshape(height, width, 4)[:, :, [2, 1, 0, 3]]
    rows = np.ones((height, 1 + 4 * width), np.uint8)
    rows[:, 1:5] = parts[:, 0]
    rows[:, 5:] = (parts[:, 1:] - parts[:, :-1]).reshape(height, -1)
    return rows


def _text(keyword: str, text: str) -> bytes:
    """Return an ``iTXt`` chunk's data, uncompressed, so that any tool finds the words."""
    return keyword.encode("latin-1") + b"\0\0\0\0\0" + text.encode("utf-8", "replace")


def _chunk(file: BinaryIO, kind: bytes, data: bytes) -> None:
    file.write(struct.pack(">I", len(data)) + kind)
    file.write(data)
    file.write(struct.pack(">I", zlib.crc32(data, zlib.crc32(kind))))

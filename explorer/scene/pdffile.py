"""The objects of a PDF file as Qt writes it: taken apart, added to, and put together again."""

from __future__ import annotations

import re
import zlib
from itertools import pairwise
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from explorer.scene.pdf import Content, Embedded

PAGE = b"/Type /Page\n"
SMALL = 4000
"""Bytes of an object in which an entry of a dictionary is looked for."""


class Objects:
    """The numbered objects of a PDF file as Qt writes it."""

    def __init__(self, file: bytes) -> None:
        start = int(re.findall(rb"startxref\s+(\d+)", file[-200:])[-1])
        table = re.match(rb"xref\s+0 (\d+)\s+", file[start:])
        assert table is not None, "Qt writes one table of all objects"
        first = start + table.end()
        self._head = file[: file.index(b"\n", file.index(b"\n") + 1) + 1]
        count = int(table[1])
        rows = [file[first + 20 * i : first + 20 * (i + 1)] for i in range(count)]
        begins = {i: int(row[:10]) for i, row in enumerate(rows) if row[17:18] == b"n"}
        ends = dict(pairwise([*sorted(begins.values()), start]))
        self._bodies = {i: _body(file[at : ends[at]]) for i, at in begins.items()}
        trailer = file[start + table.end() + 20 * count :]
        self._trailer = trailer[: trailer.index(b"startxref")]

    def add(self, body: bytes) -> bytes:
        """Add an object, and return what refers to it."""
        number = max(self._bodies) + 1
        self._bodies[number] = body
        return b"%d 0 R" % number

    def stream(self, data: bytes, entries: bytes) -> bytes:
        """Add a stream of *data* that its *entries* describe, and return what refers to it."""
        head = b"<< %s /Length %d >>\nstream\n" % (entries, len(data))
        return self.add(head + data + b"\nendstream")

    def change(self, holding: bytes, what: bytes, by: bytes) -> None:
        """Replace the expression *what* by *by* in the one small object that has *holding*."""
        number = next(i for i, body in self._bodies.items() if holding in body[:SMALL])
        body, found = re.subn(what, by, self._bodies[number])
        assert found, f"Qt writes {what!r}"
        self._bodies[number] = body

    def write(self, file: BinaryIO) -> None:
        """Write all objects with a new table of their places."""
        at = file.write(self._head)
        places = {}
        for number, body in sorted(self._bodies.items()):
            places[number] = at
            at += file.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        size = max(places) + 1
        table = [b"xref\n0 %d\n0000000000 65535 f \n" % size]
        table += [
            b"%010d 00000 n \n" % places[i] if i in places else b"0000000000 65535 f \n"
            for i in range(1, size)
        ]
        trailer = re.sub(rb"/Size \d+", b"/Size %d" % size, self._trailer)
        file.write(b"".join(table) + trailer + b"startxref\n%d\n%%%%EOF\n" % at)


def _body(written: bytes) -> bytes:
    """Return an object without its number and its end."""
    return written[written.index(b"obj") + 3 : written.rindex(b"endobj")].strip(b"\r\n")


def underlay(page: bytes, below: Content) -> Objects:
    """Return the objects of the one-page file *page* with *below* painted under its marks."""
    whole = Objects(page)
    under = whole.stream(zlib.compress(below.stream, 6), b"/Filter /FlateDecode")
    whole.change(PAGE, rb"/Contents (\d+ 0 R)", rb"/Contents [" + under + rb" \1]")
    states = b"".join(
        b"\n/S%d << /ca %.3f /CA %.3f >>" % (each, each / 1000, each / 1000)
        for each in sorted(below.opacities)
    )
    whole.change(b"/ExtGState <<", rb"/ExtGState <<", rb"\g<0>" + states)
    if below.picture is not None:
        image = _image(whole, below.picture)
        whole.change(b"/XObject <<", rb"/XObject <<", rb"\g<0>\n/Edges " + image)
    return whole


def _image(whole: Objects, picture: Embedded) -> bytes:
    """Add a picture, with its opacities if it has any, and return what refers to it."""
    wide, high = picture.size
    entries = _PICTURE % (wide, high) + _COLOURS % wide
    if picture.opacities:
        mask = whole.stream(picture.opacities, _PICTURE % (wide, high) + b"/ColorSpace /DeviceGray")
        entries += b" /SMask " + mask
    return whole.stream(picture.rows, entries)


_PICTURE = (
    b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 "
    b"/Interpolate true /Filter /FlateDecode "
)
_COLOURS = b"/ColorSpace /DeviceRGB /DecodeParms << /Predictor 15 /Colors 3 /Columns %d >>"

"""Figures as PDF: page and type by Qt, so that fonts are embedded; the graph by ``scene``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF, QUuid
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter

from explorer import __version__
from explorer.errors import FigureError
from explorer.job import silent
from explorer.scene.budget import EDGE_BUDGET, planned
from explorer.scene.pdf import INCH, content
from explorer.scene.pdffile import underlay
from explorer.scene.told import description, record
from explorer.ui.image import paint_marks
from explorer.ui.letters import qt_measure

if TYPE_CHECKING:
    from explorer.job import Report
    from explorer.scene.budget import Drawn, Planned
    from explorer.scene.figure import Figure

FINE = 1200
"""Dots to an inch in which Qt places marks."""
LARGEST = 200.0
"""Inches a side of the largest page that readers open."""

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:starling="urn:starling:provenance">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
{author}<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{said}</rdf:li></rdf:Alt>
</dc:description>
<xmp:CreatorTool>{program}</xmp:CreatorTool>
{made}<starling:provenance>{record}</starling:provenance>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def write_pdf(
    file: BinaryIO, figure: Figure, report: Report = silent, budget: int = EDGE_BUDGET
) -> Drawn:
    """Write *figure* as a PDF of one page, and return how its edges are drawn.

    Edges are vectors up to *budget*, else one picture, as in SVG. The same figure gives the same
    bytes.

    Raises
    ------
    FigureError
        If the page would be larger than readers open.
    """
    check_page(figure)
    report(0.0, "placing names and key")
    plan = planned(figure, qt_measure(), budget)
    report(0.1, "drawing")
    below = content(plan, INCH / figure.choices.dpi)
    report(0.8, "writing names and key")
    whole = underlay(_page(plan), below)
    date = _date(plan.figure)
    whole.change(b"/CreationDate", rb"/(CreationDate|ModDate) \(D:\d+Z\)\n", date)
    whole.write(file)
    report(1.0, "done")
    return plan.drawn


def check_page(figure: Figure) -> None:
    """Refuse a page that readers do not open.

    Raises
    ------
    FigureError
        If a side is longer than 200 inches.
    """
    longest = max(figure.size) / figure.choices.dpi
    if longest > LARGEST:
        raise FigureError(
            f"A PDF page cannot be {longest:,.0f} inches long.",
            f"It may be {LARGEST:.0f}: choose fewer pixels or more of them to an inch.",
        )


def _page(plan: Planned) -> bytes:
    """Return a file of one page with names and furniture, without the graph."""
    figure, composed = plan.figure, plan.composed
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(FINE)
    points = QSizeF(*(side * INCH / figure.choices.dpi for side in figure.size))
    size = QPageSize(points, QPageSize.Unit.Point, "figure", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageSize(size)
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setTitle(figure.title or "Interaction graph")
    writer.setCreator(f"Starling {__version__}")
    writer.setAuthor(figure.choices.author)
    told = _xmp(plan)
    writer.setDocumentXmpMetadata(QByteArray(told))
    writer.setDocumentId(QUuid(str(uuid5(NAMESPACE_URL, told.decode("utf-8")))))
    painter = QPainter(writer)
    ratio = figure.unit * FINE / figure.choices.dpi
    furniture = composed.furniture
    marks = furniture.marks if figure.choices.transparent else furniture.all
    marks = (*composed.pins, *composed.labels, *marks)
    paint_marks(painter, marks, ratio, as_text=not figure.choices.outline)
    painter.end()
    buffer.close()
    return bytes(buffer.data().data())


def _xmp(plan: Planned) -> bytes:
    """Return the metadata: title, author, what is seen, and the provenance as JSON."""
    figure, drawn = plan.figure, plan.drawn
    kind = "vectors" if drawn.vectors else "picture"
    told = record(figure, plan.composed, format="PDF", edges=kind, note=drawn.note)
    author, made = escape(figure.choices.author), figure.metadata.get("made", "")
    listed = f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>\n"
    return _XMP.format(
        title=escape(figure.title or "Interaction graph"),
        author=listed if author else "",
        said=escape(description(figure, plan.composed, drawn.said)),
        program=f"Starling {__version__}",
        made=f"<xmp:CreateDate>{escape(made)}</xmp:CreateDate>\n" if made else "",
        record=escape(told),
    ).encode("utf-8", "replace")


def _date(figure: Figure) -> bytes:
    """Return the time that the figure states, in place of that at which it was written."""
    digits = re.sub(r"\D", "", figure.metadata.get("made", "")[:19])
    return rb"/\1 (D:%sZ)" % digits.encode() + b"\n" if digits else b""

"""XML as a stream: no document type declarations, and one sentence for what is not well-formed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from explorer.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from explorer.ingest.entry import Entry

BLOCK = 1 << 18
LONGEST = 1 << 21
"""Bytes of a tag: the parser begins an unfinished one anew with each block that comes."""


class _Stop(Exception):  # noqa: N818 - caught on its way: not a failure but the end of the prolog
    """The root element was reached."""


def refuse_dtd(entry: Entry) -> None:
    """Raise SourceError if an XML file has a document type declaration, or no root element.

    Entities that one declares can blow up, fetch files, or silently leave names empty.
    """

    def stop(_tag: str, _attributes: dict[str, str]) -> None:
        raise _Stop

    one = parser(entry.shown)
    one.StartElementHandler = stop
    try:
        with entry.open() as stream:
            for _ in fed(one, stream, entry.shown):
                pass
    except _Stop:
        return


def parser(shown: str) -> expat.XMLParserType:
    """Return a parser that gives text in one piece and refuses declarations."""

    def refuse(*_declaration: object) -> None:
        raise SourceError(
            f"{shown} has a document type declaration (DTD), which is refused: "
            "it can hide or fetch text.",
            "Export the graph again, or take the <!DOCTYPE …> out with a text editor.",
        )

    one = expat.ParserCreate()
    one.buffer_text = True
    one.StartDoctypeDeclHandler = refuse
    return one


def fed(one: expat.XMLParserType, stream: BinaryIO, shown: str) -> Iterator[int]:
    """Parse a stream to its end; after each block yield its bytes, for the parser has new things.

    Raises
    ------
    SourceError
        If it is not well-formed, has a tag without end, or is in an encoding that is not known.
    """
    try:
        for block in blocks(stream, shown):
            one.Parse(block, False)
            yield len(block)
        one.Parse(b"", True)
        yield 0
    except expat.ExpatError as error:
        why = expat.ErrorString(error.code)
        raise SourceError(
            f"{shown} is not well-formed XML: {why} in line {error.lineno:,}.",
            "Export it again; it may not have been written to its end.",
        ) from None
    except (ValueError, LookupError):  # an encoding that is unknown, or does not fit
        raise SourceError(
            f"{shown} is XML in an encoding that cannot be read.", "Save it as UTF-8."
        ) from None


def blocks(stream: BinaryIO, shown: str) -> Iterator[bytes]:
    """Yield a stream block by block.

    Raises
    ------
    SourceError
        If a tag has no end within ``LONGEST``: parsers take a minute for one of 20 MB.
    """
    unfinished = 0
    while block := stream.read(BLOCK):
        unfinished = _unfinished(block, unfinished)
        if unfinished > LONGEST:
            raise SourceError(
                f"{shown} has a tag of more than {LONGEST >> 20} MB, which no graph needs.",
                "Export it again; it may not have been written to its end.",
            )
        yield block


def _unfinished(block: bytes, before: int) -> int:
    """Return how long the tag is that *block* leaves open, after *before* bytes of it."""
    last = block.rfind(b">")
    if last < 0 and before:
        return before + len(block)
    start = block.find(b"<", last + 1)
    return len(block) - start if start >= 0 else 0


def local(tag: str) -> str:
    """Return the name of an element without its namespace, in lower case."""
    return tag.rsplit(":", 1)[-1].lower()

"""Files that hold one packed stream: gz, xz and zst, read once to know that they are whole."""

from __future__ import annotations

import gzip
import io
import lzma
import re
import sys
import zlib
from functools import partial
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Protocol, cast

from explorer.errors import SourceError
from explorer.ingest import zipstream

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    Start: TypeAlias = Callable[[], BinaryIO]
    """Opens the packed bytes."""

BLOCK = 1 << 20
WINDOW = 27
"""Binary logarithm of the bytes that a stream may look back, 128 MB: every ordinary level's."""
MEMORY = 256 << 20
"""Bytes that an xz file may ask for to be unpacked."""
ENDING = re.compile(r"\.(?:gz|xz|zst)$", re.IGNORECASE)
DAMAGE = (EOFError, zlib.error, gzip.BadGzipFile, lzma.LZMAError, zstd.ZstdError)
"""What the standard library raises over a packed stream that is not well."""


class _Decompressor(Protocol):
    """What the standard library's decompressors have in common; each takes one stream."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Unpacked(io.RawIOBase):
    """What a file unpacks to, several streams end to end included, never more at once than asked.

    The library's own file object would let an xz file ask for any amount of memory.
    """

    def __init__(self, file: IO[bytes], make: Callable[[], _Decompressor]) -> None:
        self._file, self._make, self._one = file, make, make()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        while True:
            packed = b""
            if self._one.eof:  # xz may be padded with zeros
                packed = self._one.unused_data.lstrip(b"\0") or self._file.read(BLOCK).lstrip(b"\0")
                if not packed:
                    return 0
                self._one = self._make()
            elif self._one.needs_input:
                packed = self._file.read(BLOCK)
                if not packed:
                    raise EOFError
            block = self._one.decompress(packed, len(buffer))
            if block:
                buffer[: len(block)] = block
                return len(block)

    def close(self) -> None:
        self._file.close()
        super().close()


def _xz() -> _Decompressor:
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, MEMORY)


def _zst() -> _Decompressor:
    return zstd.ZstdDecompressor(options={int(zstd.DecompressionParameter.window_log_max): WINDOW})


class _Gzip(gzip.GzipFile):
    """A packed stream that closes what it reads from with itself."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(fileobj=file, mode="rb")
        self._packed = file

    def close(self) -> None:
        try:
            super().close()
        finally:
            self._packed.close()


def _open_gz(start: Start) -> BinaryIO:
    return cast("BinaryIO", _Gzip(start()))  # read-only, and read is all we do


def _open_with(make: Callable[[], _Decompressor], start: Start) -> BinaryIO:
    return cast("BinaryIO", io.BufferedReader(_Unpacked(start(), make), BLOCK))


PACKINGS: tuple[tuple[bytes, Callable[[Start], BinaryIO]], ...] = (
    (b"\x1f\x8b", _open_gz),
    (b"\xfd7zXZ\x00", partial(_open_with, _xz)),
    (b"\x28\xb5\x2f\xfd", partial(_open_with, _zst)),
)
"""How a packed file begins, and what opens it."""


def opener(head: bytes) -> Callable[[Start], BinaryIO] | None:
    """Return what opens a packed file that begins with *head*; None if it is not packed."""
    return next((opens for begin, opens in PACKINGS if head.startswith(begin)), None)


def size(start: Start, taken: int, shown: str, opens: Callable[[Start], BinaryIO]) -> int:
    """Read a packed stream once; return its bytes when unpacked.

    Parameters
    ----------
    taken
        Bytes that it takes on disk: unpacked it may be ``MOST_RATIO`` times as long, no more.

    Raises
    ------
    SourceError
        If it is damaged, a bomb, or asks for more memory than is allowed.
    """
    most = zipstream.MOST_RATIO * max(taken, zipstream.LEAST_PACKED)
    found = 0
    try:
        with opens(start) as stream:
            while block := stream.read(BLOCK):
                found += len(block)
                if found > most:
                    raise SourceError(
                        f"{shown} expands more than {zipstream.MOST_RATIO} to 1, as a bomb does."
                    )
    except DAMAGE as error:
        if "memory" in str(error).lower():
            raise SourceError(
                f"{shown} was packed in a way that takes more than "
                f"{MEMORY >> 20} MB of memory to unpack.",
                "Unpack it, or pack it with an ordinary level.",
            ) from None
        raise SourceError(
            f"{shown} is damaged: it cannot be decompressed to its end.",
            "Copy or download it again.",
        ) from None
    return found

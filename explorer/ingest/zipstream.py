"""Zip members as streams: verified by length and CRC-32 as they are read."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from bisect import bisect_right
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import IO, TYPE_CHECKING, Any, BinaryIO, cast

from explorer.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MOST_MEMBERS = 100_000
MOST_RATIO = 200
"""To 1; real archives compress about 3 to 1, text of one repeated letter 1000 to 1."""
LEAST_PACKED = 4096
"""Bytes below which the ratio says nothing."""
METHODS = {1: "Shrink", 6: "Implode", 9: "Deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard"}
AGAIN = "Make the zip again with an ordinary program, without a password."
END = b"PK\x05\x06"


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside a zip.

    Attributes
    ----------
    place
        Its number in the directory of the zip: names may repeat.
    size
        Bytes, decompressed, as the directory says and reading verifies.
    objection
        Why it must not be read, as the end of a sentence; empty if it may.
    packed
        Bytes that it takes in the zip.
    """

    name: str
    place: int
    size: int
    objection: str
    packed: int = 0


def parts(path: Path) -> tuple[Path, ...]:
    """Return the files that make up a zip, in order: itself, or the whole of a split set."""
    numbered = re.fullmatch(r"(.*\.zip)\.\d{3}", path.name, re.IGNORECASE)
    if numbered:
        first = 0 if path.with_name(f"{numbered[1]}.000").exists() else 1
        return tuple(_run(path, numbered[1] + ".{:03d}", first))
    return (*_run(path, path.stem + ".z{:02d}", 1), path)


def _run(path: Path, pattern: str, number: int) -> Iterator[Path]:
    while (part := path.with_name(pattern.format(number))).is_file():
        yield part
        number += 1


def members(path: Path, said: str = "") -> tuple[Member, ...]:
    """List what is in a zip: folders and the leavings of file managers left out.

    Parameters
    ----------
    said
        What to call the zip in a sentence, where that is not the name of its file.

    Raises
    ------
    SourceError
        If the zip is truncated, damaged, or built to deceive.
    """
    said = said or path.name
    with _opened(path, said) as archive:
        infos = archive.infolist()
        if len(infos) > MOST_MEMBERS:
            raise SourceError(
                f"{said} holds {len(infos):,} files, more than {MOST_MEMBERS:,}.",
                "Take out the tables and drop those.",
            )
        spans = sorted((one.header_offset, one.compress_size) for one in infos)
        if any(start + 30 + packed > after for (start, packed), (after, _) in pairwise(spans)):
            raise SourceError(f"{said} is damaged: its files overlap.", AGAIN)
        return tuple(
            Member(one.filename, place, one.file_size, _objection(one), one.compress_size)
            for place, one in enumerate(infos)
            if not one.is_dir() and not _junk(one.filename)
        )


def heads(path: Path, places: Iterable[int], count: int) -> list[bytes]:
    """Return how members begin, *count* bytes of each; nothing of one that cannot be read."""
    found = []
    with _opened(path) as archive:
        infos = archive.infolist()
        for place in places:
            try:
                with archive.open(infos[place]) as stream:
                    found.append(stream.read(count))
            except (*DAMAGE, zlib.error):  # whoever reads it all says so
                found.append(b"")
    return found


def open_member(path: Path, place: int) -> BinaryIO:
    """Open a member as a stream that ends with an error unless length and CRC-32 are right."""
    with ExitStack() as stack:
        archive = stack.enter_context(_opened(path))
        stream = stack.enter_context(archive.open(archive.infolist()[place]))
        return cast("BinaryIO", _Closing(stream, stack.pop_all()))


def damage(path: Path, member: str, error: Exception) -> SourceError:
    """Say that a stream did not end well."""
    where = f"{member} in {path.name}" if member else path.name
    return SourceError(f"{where} is damaged: {_reason(error)}.", "Copy or download it again.")


DAMAGE = (zipfile.BadZipFile, EOFError, struct.error, NotImplementedError, RuntimeError)
"""What the standard library raises over a zip that is not well."""


def _reason(error: Exception) -> str:
    if "CRC" in str(error):
        return "its checksum (CRC-32) is wrong"
    return "it ends too early" if isinstance(error, EOFError) else "it cannot be decompressed"


def _junk(name: str) -> bool:
    last = name.rsplit("/", 1)[-1]
    return name.startswith("__MACOSX/") or last.startswith("._") or last in JUNK


JUNK = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""Leavings of file managers, passed over in silence."""


def _objection(info: zipfile.ZipInfo) -> str:
    if info.create_system == 3 and stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
        return "is a link or a device, not a file"
    if info.flag_bits & 1:
        return "is encrypted"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        method = METHODS.get(info.compress_type, f"method {info.compress_type}")
        return f"is compressed in a way that cannot be read here ({method})"
    if info.file_size > MOST_RATIO * max(info.compress_size, LEAST_PACKED):
        ratio = info.file_size / max(info.compress_size, 1)
        return f"expands {ratio:,.0f} to 1, more than {MOST_RATIO} to 1, as a zip bomb does"
    return ""


@contextmanager
def _opened(path: Path, said: str = "") -> Iterator[zipfile.ZipFile]:
    with ExitStack() as stack:
        files = parts(path)
        joined = Joined(files) if len(files) > 1 else None
        if joined is not None:
            stack.callback(joined.close)
        try:
            archive = zipfile.ZipFile(cast("IO[bytes]", joined) if joined else path)
        except (*DAMAGE, ValueError):
            raise SourceError(
                f"{said or path.name} is not a whole zip: its directory is missing or damaged.",
                "It may have been cut off; copy or download it again, with all its parts.",
            ) from None
        stack.enter_context(archive)
        if joined is not None and path.suffix.lower() == ".zip":
            _respan(archive, joined)
        yield archive


NEXT_MEMBER = "_end_offset"
"""Where newer libraries keep what they check overlaps by; in a set it is wrong, and we check."""


def _respan(archive: zipfile.ZipFile, joined: Joined) -> None:
    """Turn offsets within a disk into offsets in the set, which the library knows nothing of."""
    joined.seek(joined.starts[-1])
    end = joined.read()
    disk = struct.unpack_from("<H", end, end.rfind(END) + 6)[0]  # where the directory starts
    for one in archive.infolist():  # the library has shifted all by the start of that disk
        one.header_offset += joined.starts[one.volume] - joined.starts[disk]
        if hasattr(one, NEXT_MEMBER):
            setattr(one, NEXT_MEMBER, None)


class Joined(io.RawIOBase):
    """Files end to end, to be read as one."""

    def __init__(self, files: tuple[Path, ...]) -> None:
        self._files = [path.open("rb") for path in files]
        ends = list(accumulate(path.stat().st_size for path in files))
        self.starts = [0, *ends[:-1]]
        self._size, self._at = ends[-1], 0

    def readable(self) -> bool:
        """Say yes."""
        return True

    def seekable(self) -> bool:
        """Say yes."""
        return True

    def tell(self) -> int:
        """Return the place in the whole."""
        return self._at

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place in the whole."""
        self._at = max(0, (0, self._at, self._size)[whence] + offset)
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        """Read on, at most to the end of one file."""
        if self._at >= self._size:
            return 0
        which = bisect_right(self.starts, self._at) - 1
        file = self._files[which]
        file.seek(self._at - self.starts[which])
        count = file.readinto(memoryview(buffer))
        self._at += count
        return count

    def close(self) -> None:
        """Close every file."""
        for file in self._files:
            file.close()
        super().close()


class _Closing(io.RawIOBase):
    """A member that closes its zip with itself."""

    def __init__(self, stream: IO[bytes], stack: ExitStack) -> None:
        self._stream, self._stack = stream, stack

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        return self._stream.read(size)

    def readinto(self, buffer: Any, /) -> int:
        block = self._stream.read(len(buffer))
        buffer[: len(block)] = block
        return len(block)

    def close(self) -> None:
        self._stack.close()
        super().close()

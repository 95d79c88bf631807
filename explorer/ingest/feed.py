"""Show streams to DuckDB as if they were files, so that nothing is unpacked or kept in memory."""

from __future__ import annotations

import io
import threading
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from fsspec import AbstractFileSystem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    import duckdb

SCHEME = "starling"
BLOCKS_KEPT = 12
"""Each as large as DuckDB's buffer."""
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Shown:
    """One stream on show.

    Attributes
    ----------
    start
        Opens the stream; it is opened anew if DuckDB goes back further than one block.
    skip
        Bytes at its start that DuckDB must not see.
    size
        Bytes that DuckDB sees: no more and no fewer.
    heard
        Is given every byte once, in order.
    failure
        What went wrong while reading: DuckDB turns it into words, we need the exception.
    """

    start: Callable[[], AbstractContextManager[BinaryIO]]
    skip: int
    size: int
    heard: Callable[[bytes], None] = lambda _block: None
    furthest: int = 0
    failure: BaseException | None = None


class Handle(io.RawIOBase):
    """An open file in DuckDB's eyes: reads exactly what is asked for, and goes back a little.

    Several threads of DuckDB use one handle, each with a seek and then a read: so every thread
    has a place of its own. When short of memory DuckDB forgets blocks that some thread still
    needs and reads them again: so the last ones are kept, and only beyond them is the stream
    opened anew.
    """

    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self._open: AbstractContextManager[BinaryIO] | None = None
        self._stream: BinaryIO | None = None
        self._read = 0  # from the stream
        self._kept: deque[tuple[int, bytes]] = deque(maxlen=BLOCKS_KEPT)
        self._place = threading.local()
        self._lock = threading.Lock()

    def readable(self) -> bool:
        """Say yes."""
        return True

    def seekable(self) -> bool:
        """Say yes, at a price."""
        return True

    def tell(self) -> int:
        """Return the place of this thread."""
        return int(getattr(self._place, "at", 0))

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Note the place; the stream follows when something is read."""
        self._place.at = (0, self.tell(), self._shown.size)[whence] + offset
        return self.tell()

    def read(self, size: int = -1, /) -> bytes:
        """Read exactly *size* bytes, or to the end."""
        at, left = self.tell(), self._shown.size - self.tell()
        with self._lock:
            try:
                block = self._take(at, left if size < 0 else min(size, left))
            except BaseException as error:
                self._shown.failure = self._told(error)
                raise
        self._place.at = at + len(block)
        return block

    def _take(self, at: int, size: int) -> bytes:
        for start, block in self._kept:
            if start <= at and at + size <= start + len(block):
                return block[at - start : at - start + size]
        if at < self._read or self._stream is None:
            self._restart()
        while self._read < at:
            self._forward(min(at - self._read, 1 << 20))
        block = self._forward(size)
        self._kept.append((at, block))
        return block

    def _told(self, error: BaseException) -> BaseException:
        """Return what the stream's own context makes of an error."""
        context, self._open, self._stream = self._open, None, None
        try:
            if context is not None:
                context.__exit__(type(error), error, error.__traceback__)
        except BaseException as better:  # noqa: BLE001 - carried to where DuckDB was called
            return better
        return error

    def _restart(self) -> None:
        self._close()
        self._open = self._shown.start()
        self._stream = self._open.__enter__()
        self._read, left = 0, self._shown.skip
        while left and (block := self._stream.read(min(left, 1 << 20))):
            left -= len(block)

    def _forward(self, size: int) -> bytes:
        assert self._stream is not None  # _restart comes first
        pieces, missing = [], size
        while missing and (piece := self._stream.read(missing)):
            pieces.append(piece)
            missing -= len(piece)
        if missing:
            raise EOFError
        self._read += size
        block = pieces[0] if len(pieces) == 1 else b"".join(pieces)
        new = self._read - self._shown.furthest
        if new > 0:
            self._shown.furthest = self._read
            self._shown.heard(block[-new:] if new < len(block) else block)
        return block

    def _close(self) -> None:
        context, self._open, self._stream = self._open, None, None
        if context is not None:
            context.__exit__(None, None, None)

    def close(self) -> None:
        """Let the stream go."""
        with self._lock:
            self._close()
            self._kept.clear()
        super().close()


@dataclass(eq=False)
class Feed:
    """A file system of streams, known to one connection."""

    db: duckdb.DuckDBPyConnection
    on_show: dict[str, Shown] = field(default_factory=dict)

    @contextmanager
    def registered(self) -> Iterator[Feed]:
        """Make it known to the connection for a while."""
        on_show = self.on_show
        self.db.register_filesystem(_FileSystem(on_show, skip_instance_cache=True))
        try:
            yield self
        finally:
            self.db.unregister_filesystem(SCHEME)

    @contextmanager
    def show(self, shown: Shown) -> Iterator[str]:
        """Give the address of a stream; if reading it failed, raise that instead of an echo."""
        name = f"{len(self.on_show)}.csv"
        self.on_show[name] = shown
        try:
            yield f"{SCHEME}://{name}"
        except Exception:
            if shown.failure is not None:
                raise shown.failure from None
            raise
        finally:
            del self.on_show[name]


class _FileSystem(AbstractFileSystem):
    """As little as DuckDB asks for."""

    protocol = SCHEME
    cachable = False

    def __init__(self, on_show: dict[str, Shown], **options: Any) -> None:
        super().__init__(**options)
        self._on_show = on_show

    def _one(self, path: str) -> Shown | None:
        return self._on_show.get(path.rsplit("/", 1)[-1])

    def glob(self, path: str, **_options: Any) -> list[str]:
        return [path] if self._one(path) else []

    def exists(self, path: str, **_options: Any) -> bool:
        return self._one(path) is not None

    def isfile(self, path: str) -> bool:
        return self.exists(path)

    def size(self, path: str) -> int:
        shown = self._one(path)
        return shown.size if shown else 0

    def info(self, path: str, **_options: Any) -> dict[str, Any]:
        return {"name": path, "size": self.size(path), "type": "file"}

    def modified(self, _path: str) -> datetime:
        return LONG_AGO

    def open(self, path: str, mode: str = "rb", **_options: Any) -> Handle:
        shown = self._one(path)
        if shown is None or "w" in mode:
            raise FileNotFoundError(path)
        return Handle(shown)

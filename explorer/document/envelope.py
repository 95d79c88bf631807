"""The zip round a session: known members only, each of them sealed."""

from __future__ import annotations

import json
import shutil
import struct
import zipfile
import zlib
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NoReturn

from explorer.archive.tables import TABLES
from explorer.errors import SessionFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from typing import IO

SUFFIX = ".starling"
TYPE, TYPE_NAME = "mimetype", b"application/x-starling-session"
META, SEAL = "meta.json", "seal.txt"
PARTS = (
    "accounts.parquet",
    "edges.parquet",
    "sets.parquet",
    "moments.parquet",
    "steps.parquet",
)
LARGE = tuple(f"archive.{table}.parquet" for table in TABLES)
"""Members that are never held in memory: the tables of an archive, in a session with posts."""
KNOWN = {TYPE, META, SEAL, *PARTS, *LARGE}
PIECE = 1 << 20
MOST_META = 256 << 20
"""Bytes of ``meta.json`` that are taken in."""
WHEN = (1980, 1, 1, 0, 0, 0)
AGAIN = "The versions before it are kept beside it: their names end in .1~, .2~ and .3~."
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    UnicodeDecodeError,
    ValueError,
    OverflowError,
)
"""What the standard library raises over a zip that is not well."""


def looks_like_session(path: Path) -> bool:
    """Tell whether *path* is a session: by its name, or by how it begins."""
    if path.suffix.lower() == SUFFIX:
        return True
    try:
        with path.open("rb") as file:
            head = file.read(30 + len(TYPE) + len(TYPE_NAME))
    except OSError:  # a folder, or gone: whoever opens it will say so
        return False
    return head[:4] == b"PK\x03\x04" and head[30:] == TYPE.encode() + TYPE_NAME


def write(
    file: IO[bytes],
    meta: dict[str, Any],
    parts: Mapping[str, bytes],
    large: Mapping[str, Path] = MappingProxyType({}),
) -> dict[str, str]:
    """Write a session: what the parts are and their SHA-256 in ``meta.json``, its own beside it.

    Members of *large* are copied from files, piece by piece. Return the SHA-256 by part.
    """
    seals = {name: {"bytes": len(part), "sha256": digest(part)} for name, part in parts.items()}
    for name, path in large.items():
        with path.open("rb") as whole:
            seals[name] = {"bytes": path.stat().st_size, "sha256": digest_of(whole)}
    words = json.dumps({**meta, "parts": seals}, indent=1, allow_nan=False).encode()
    with zipfile.ZipFile(file, "w") as archive:
        _put(archive, TYPE, TYPE_NAME)
        _put(archive, META, words)
        _put(archive, SEAL, digest(words).encode())
        for name, part in parts.items():
            _put(archive, name, part)
        for name, path in large.items():
            with path.open("rb") as whole, archive.open(_info(name), "w", force_zip64=True) as into:
                shutil.copyfileobj(whole, into, PIECE)
    return {name: str(seal["sha256"]) for name, seal in seals.items()}


def extract(path: Path, names: Iterable[str], folder: Path) -> dict[str, Path]:
    """Copy *large* members of a session that was read into *folder*; return the file of each.

    Raises
    ------
    OSError, zipfile.BadZipFile
        If that cannot be done.
    """
    made = {name: folder / name for name in names if name in LARGE}
    with zipfile.ZipFile(path) as archive:
        for name, target in made.items():
            with archive.open(name) as whole, target.open("xb") as into:
                shutil.copyfileobj(whole, into, PIECE)
    return made


def read(path: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return ``meta.json`` and the parts of a session, every one as it was sealed.

    Raises
    ------
    SessionFileError
        If it is none, is not whole, was edited, or is built to deceive.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _check(archive, path.name)
            names = archive.namelist()
            held = {name: archive.read(name) for name in names if name not in LARGE}
            found = {name: digest(part) for name, part in held.items() if name in PARTS}
            for name in names:
                if name in LARGE:
                    with archive.open(name) as whole:
                        found[name] = digest_of(whole)
        if digest(held[META]) != held[SEAL].decode("ascii"):
            _edited(path.name)
        meta: dict[str, Any] = json.loads(held[META], parse_constant=_no_number)
        seals = meta["parts"]
        parts = {name: part for name, part in held.items() if name in PARTS}
        if found != {name: seal["sha256"] for name, seal in seals.items()}:
            _edited(path.name)
    except OSError as error:
        raise SessionFileError(f"{path.name} cannot be read: {reason(error)}.") from None
    except RecursionError:
        raise damaged(path.name) from None
    except (*DAMAGE, KeyError, TypeError, AttributeError):
        raise damaged(path.name) from None
    return meta, parts


def digest(data: bytes) -> str:
    """Return the SHA-256 of *data* in hexadecimal."""
    return sha256(data).hexdigest()


def digest_of(file: IO[bytes]) -> str:
    """Return the SHA-256 of what is in *file*, read in pieces."""
    whole = sha256()
    while piece := file.read(PIECE):
        whole.update(piece)
    return whole.hexdigest()


def damaged(name: str) -> SessionFileError:
    """Say that a file is not a whole session."""
    return SessionFileError(f"{name} is not a whole session: it is cut off or damaged.", AGAIN)


def reason(error: OSError) -> str:
    """Return what the system says, as the end of a sentence."""
    return error.strerror or type(error).__name__


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(_info(name), data)


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, WHEN)
    info.compress_type = zipfile.ZIP_STORED
    info.external_attr = 0o600 << 16
    return info


def _check(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse members we did not write; no name is a path, and nothing can expand."""
    infos = archive.infolist()
    names = [info.filename for info in infos]
    if len(set(names)) != len(names) or not set(names) <= KNOWN or META not in names:
        raise SessionFileError(
            f"{name} is a zip, but not a Starling session.", "Drop archives as they were published."
        )
    for info in infos:
        if info.compress_type != zipfile.ZIP_STORED or info.file_size != info.compress_size:
            raise SessionFileError(f"{name} was packed again by another program.", AGAIN)
        if info.filename == META and info.file_size > MOST_META:
            raise SessionFileError(
                f"{name} holds {info.file_size:,} bytes in {META}, more than {MOST_META:,}.",
                "It may be built to fill memory; it was not opened.",
            )


def _edited(name: str) -> NoReturn:
    raise SessionFileError(
        f"{name} was changed outside Starling: its checksums (SHA-256) do not match.", AGAIN
    )


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")

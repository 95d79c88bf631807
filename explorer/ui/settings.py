"""What the program remembers between runs: one table, typed by its defaults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QByteArray, QSettings

RECENT = 10


class Store(Protocol):
    """Where settings live: Qt's, or a dictionary in tests."""

    def value(self, key: str, default: Any = None) -> Any:
        """Return what is kept under *key*."""

    def setValue(self, key: str, value: Any) -> None:
        """Keep *value* under *key*."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """Every setting and what it is until the user says otherwise."""

    theme: str = "dark"
    motion: str = "smooth"
    glide: str = "off"
    graphics: str = "auto"
    overview: str = "on"
    panels: str = "fixed"
    seed: int = 7
    recent: str = ""
    network_folder: str = ""
    network_format: str = ""


class Memory:
    """A store that forgets: for tests."""

    def __init__(self) -> None:
        self._kept: dict[str, Any] = {}

    def value(self, key: str, default: Any = None) -> Any:
        """Return what is kept under *key*."""
        return self._kept.get(key, default)

    def setValue(self, key: str, value: Any) -> None:
        """Keep *value* under *key*."""
        self._kept[key] = value


class Settings:
    """Reads and writes the table ``Defaults`` in a store, and where the window stood."""

    def __init__(self, store: Store | None = None) -> None:
        self._store = store if store is not None else QSettings("Starling", "Starling")

    def __getitem__(self, key: str) -> Any:
        default = getattr(Defaults(), key)
        value = self._store.value(key, default)
        try:
            return type(default)(value)
        except (TypeError, ValueError):  # edited by hand, or by another version
            return default

    def __setitem__(self, key: str, value: Any) -> None:
        self._store.setValue(key, value)

    @property
    def recent(self) -> tuple[str, ...]:
        """Paths opened lately, the newest first; several dropped at once are one, by newline."""
        return tuple(one for one in str(self["recent"]).split("\x1f") if one)

    def opened(self, entry: str) -> None:
        """Remember that *entry* was opened now."""
        others = [one for one in self.recent if one != entry]
        self["recent"] = "\x1f".join([entry, *others][:RECENT])

    def answer(self, key: str) -> str:
        """Return what was said of a table with this header, '' for nothing."""
        return str(self._store.value(f"mapping/{key}", ""))

    def keep_answer(self, key: str, text: str) -> None:
        """Remember what was said of a table with this header."""
        self._store.setValue(f"mapping/{key}", text)

    def geometry(self, key: str) -> QByteArray | None:
        """Return where a window stood."""
        value = self._store.value(f"window/{key}")
        return value if isinstance(value, QByteArray) else None

    def keep_geometry(self, key: str, value: QByteArray) -> None:
        """Remember where a window stood."""
        self._store.setValue(f"window/{key}", value)

"""Networks written for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from explorer.evidence.provenance import provenance, stated_time
from explorer.formats.write import FORMATS, WriteNetwork, WrittenNetwork, format_of, suggested
from explorer.scene.naming import counted
from explorer.ui.commands.figures import sized

if TYPE_CHECKING:
    from explorer.formats.taken import What
    from explorer.ui.desk import Desk

NETWORK = "network"
"""Lane in which networks are written."""


class Networks:
    """Write accounts and edges as other programs read them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def ask(self) -> None:
        """Ask in which format and which accounts."""
        self._desk.asked.emit("network", self._desk.settings["network_format"])

    def choose(self, format_: str, what: What, communities: bool = True) -> None:
        """Ask where to, beginning in the folder of the last one, and write."""
        desk = self._desk
        chosen = next(one for one in FORMATS if one.id == format_)
        folder, name = (
            desk.settings["network_folder"],
            suggested(desk.document, what, chosen.ending),
        )
        start = str(Path(folder) / name) if folder and Path(folder).is_dir() else name
        pattern = f"{chosen.title} (*{chosen.ending})"
        path = desk.ask.save_path("Export network", start, pattern)
        if path is None:
            return
        if path.suffix.lower() != chosen.ending:
            path = path.with_name(path.name + chosen.ending)
        desk.settings["network_folder"] = str(path.parent)
        desk.settings["network_format"] = format_
        self.write(path, what, communities)

    def write(self, path: Path, what: What, communities: bool = True) -> None:
        """Write the network to *path* in the background; its ending says how."""
        desk = self._desk
        format_of(path)
        look = desk.settings["theme"]
        made = stated_time()
        job = WriteNetwork(desk.document, path, what, provenance, look, made, communities)
        task = desk.runner.task(job)
        task.succeeded.connect(self._written)
        task.ended.connect(lambda _: job.forget())
        desk.follow(task, NETWORK)

    def _written(self, value: object) -> None:
        assert isinstance(value, WrittenNetwork)
        first, *others = (path.name for path in value.paths)
        names = f"{first}, beside it {' and '.join(others)}" if others else first
        self._desk.notices.tell(
            f"Wrote {names}: {counted(value.accounts, 'account')}, {counted(value.edges, 'edge')}, "
            f"{sized(value.bytes)} in {value.seconds:.1f} s. {value.note}".strip()
        )

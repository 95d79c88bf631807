"""The verbs, split by menu; no widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.document.file import looks_like_session
from explorer.graph.rules import looks_like_ids
from explorer.ui.commands.arranging import Arranges
from explorer.ui.commands.comparing import Comparisons
from explorer.ui.commands.editing import Edits
from explorer.ui.commands.figures import Figures
from explorer.ui.commands.files import Files
from explorer.ui.commands.naming import Namings
from explorer.ui.commands.networks import Networks
from explorer.ui.commands.placing import Placings
from explorer.ui.commands.roles import RoleVerbs
from explorer.ui.commands.selecting import Selects
from explorer.ui.commands.shaping import Shapes
from explorer.ui.commands.steering import Steers
from explorer.ui.commands.tables import Tables
from explorer.ui.commands.viewing import Views

if TYPE_CHECKING:
    from pathlib import Path

    from explorer.ui.desk import Desk


class Commands:
    """All verbs over one desk, by menu."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.layout = Placings(desk)
        self.tables = Tables(desk, lambda paths, columns: self.file.open(paths, columns))
        self.file = Files(desk, self.layout.run_first, self.tables.ask_about)
        self.edit = Edits(desk)
        self.arrange = Arranges(desk)
        self.steer = Steers(desk, self.layout)
        self.shape = Shapes(desk)
        self.select = Selects(desk)
        self.roles = RoleVerbs(desk)
        self.figure = Figures(desk)
        self.network = Networks(desk)
        self.view = Views(desk)
        self.names = Namings(desk)
        self.compare = Comparisons(desk)

    def take(self, paths: tuple[Path, ...]) -> None:
        """Take what was dropped: a list of ids names the core, anything else is an archive."""
        alone = len(paths) == 1 and not looks_like_session(paths[0])
        if self.desk.document.graph.n and alone and looks_like_ids(paths[0]):
            self.roles.read(paths[0])
        else:
            self.file.open(paths)

"""The verbs, split by menu; no widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.ui.commands.editing import Edits
from explorer.ui.commands.figures import Figures
from explorer.ui.commands.files import Files
from explorer.ui.commands.placing import Placings
from explorer.ui.commands.roles import RoleVerbs
from explorer.ui.commands.selecting import Selects
from explorer.ui.commands.viewing import Views

if TYPE_CHECKING:
    from explorer.ui.desk import Desk


class Commands:
    """All verbs over one desk, by menu."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.layout = Placings(desk)
        self.file = Files(desk, self.layout.run_first)
        self.edit = Edits(desk)
        self.select = Selects(desk)
        self.roles = RoleVerbs(desk)
        self.figure = Figures(desk)
        self.view = Views(desk)

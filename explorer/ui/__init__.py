"""The window: the only room, with app, that knows Qt."""

import PySide6.QtCore  # noqa: F401 - loaded here, so that what comes after it is spared its search

from explorer.ui.spare import spare_sources

spare_sources()

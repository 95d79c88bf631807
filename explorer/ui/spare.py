"""PySide reads the source of every module that is loaded after it; here it is kept from that."""

from __future__ import annotations

import sys


def spare_sources() -> bool:
    """Have modules loaded from now on without their sources; return whether that was possible.

    PySide looks in each for its own name, to know whether names in snake case may be wanted in
    it (``__feature__``), and Python keeps what was read: 790 files, 35 MB for as long as the
    window lives. Nothing here asks for such names, and without an answer they are as always.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if not hasattr(feature, "_mod_uses_pyside"):
        return False
    setattr(feature, "_mod_uses_pyside", _not_asked)  # noqa: B010 - it has no types
    return True


def _not_asked(_module: object) -> bool:
    return False

"""Where the built program starts: PyInstaller wants a script, not an entry point."""

from __future__ import annotations

from explorer.__main__ import main

if __name__ == "__main__":
    main()

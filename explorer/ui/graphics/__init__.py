"""The graphics card: asked in a process of its own, so that no driver can break the window."""

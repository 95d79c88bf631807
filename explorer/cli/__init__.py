"""The command line: thin, each command a few lines over the rooms below; no Qt until a window."""

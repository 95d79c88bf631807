"""Starling: see who amplifies whom in an archive of account interactions."""

__version__ = "0.1.0"

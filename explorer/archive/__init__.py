"""The tables on disk: written once, questioned later."""

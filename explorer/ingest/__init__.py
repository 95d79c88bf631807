"""From what was dropped to tables and a receipt."""

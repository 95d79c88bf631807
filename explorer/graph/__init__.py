"""From tables to a graph of columns, and questions about it."""

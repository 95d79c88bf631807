"""Where the accounts go."""

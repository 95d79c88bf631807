"""What lets a figure be defended: the words and numbers that travel with it."""

"""Where a book lives: on disk for real, in memory for tests."""

"""Where a desk is kept: in memory, or in one SQLite file."""

"""Settings and the folders that they live in."""

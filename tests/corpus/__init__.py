"""A corpus of essays in the files that programs make of them, and how faithfully they are read."""

"""See the tests' own docstrings."""

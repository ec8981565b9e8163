"""The desk as one SQLite file. The only package that knows SQL."""

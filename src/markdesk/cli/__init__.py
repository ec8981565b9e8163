"""The command line: everything that a screen does, for scripts and for people who like to type."""

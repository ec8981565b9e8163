"""The tests of markdesk. A package, so that they can share ``tests.kit``."""

"""Telling Ctrl+C from a fault."""


def is_interruption(error: BaseException) -> bool:
    """Whether an exception is Ctrl+C, or what Python 3.11 makes of it while a class is being made: a RuntimeError."""
    found: BaseException | None = error
    while found is not None and not isinstance(found, KeyboardInterrupt):
        found = found.__cause__
    return found is not None

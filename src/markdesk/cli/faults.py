"""What is said when the program itself is wrong: where, and never a word of what anybody wrote."""

import traceback
from pathlib import Path

from markdesk.core.plain import show

_PACKAGE = Path(__file__).resolve().parents[1]


def sentence(error: BaseException) -> str:
    """One sentence with the kind of fault and the last place in markdesk's own code. No message, no values."""
    place = ""
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        if path.is_relative_to(_PACKAGE):
            place = f" in {path.relative_to(_PACKAGE).as_posix()} line {frame.lineno}"
    return (
        f"markdesk stopped because of a fault in the program: {type(error).__name__}{place}. Everything saved is kept."
    )


def trace(error: BaseException) -> str:
    """The traceback for ``--debug``: places and the message, never local variables."""
    return show("".join(traceback.format_exception(error)))

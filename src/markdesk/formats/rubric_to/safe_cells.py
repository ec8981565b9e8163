"""Cells of a CSV that no spreadsheet takes for a formula, and the way back.

A line that begins like a formula gets an apostrophe in front, and so does one that begins with such an apostrophe
already: what is read back is then what was written, whatever it was.
"""

import re

_RISKY = re.compile("^(?=(?:[^\\S\n]|['\u200b-\u200f\u2060\ufeff])*[=+\\-@＝＋－＠\t\r])", re.M)
_GUARDED = re.compile("^'(?=(?:[^\\S\n]|['\u200b-\u200f\u2060\ufeff])*[=+\\-@＝＋－＠\t\r])", re.M)


def guarded(text: str) -> str:
    """Text that is safe to open in a spreadsheet."""
    return _RISKY.sub("'", text)


def unguarded(text: str) -> str:
    """What ``guarded`` was given; other text unchanged."""
    return _GUARDED.sub("", text)

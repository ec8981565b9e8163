"""Bars out of the eighths of a cell: one small one in a cell, or a piece of one over several rows."""

from fractions import Fraction

BARS = "▁▂▃▄▅▆▇█"
"""From an eighth of a cell to a whole one."""


def small_bar(share: Fraction | None) -> str:
    """A share in one cell."""
    return upright(share, 1, 1)


def upright(share: Fraction | None, high: int, row: int) -> str:
    """The piece of a bar in one row of it, from 1 at the foot; a share of 0 is a line at the foot, none is empty."""
    if share is None:
        return " "
    eighths = max(1, round(share * high * len(BARS)))
    filled = min(len(BARS), eighths - (row - 1) * len(BARS))
    return BARS[filled - 1] if filled > 0 else " "

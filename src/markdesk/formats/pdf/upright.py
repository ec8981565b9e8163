"""A page as it is seen: turned as it says, cut to the part that is shown, with its text running from left to right."""

import math
from collections import Counter
from collections.abc import Sequence

from markdesk.formats.pdf.drawing import Matrix
from markdesk.formats.pdf.shapes import Run

_BEYOND = 2.0
"""Points by which a line may stand over the edge and still be on the page."""

Box = tuple[float, float, float, float]


def upright(drawn: Sequence[tuple[Run, Matrix]], box: Box, turned: int) -> tuple[float, float, list[Run], list[Run]]:
    """The width and height of a page, its runs, and those beyond its edge or turned to another side than most.

    ``box`` is the part that is shown: left, bottom, right, top. ``turned`` are degrees clockwise.
    """
    sides = [_quarters(matrix) for _, matrix in drawn]
    letters: Counter[int] = Counter()
    for (run, _), side in zip(drawn, sides, strict=True):
        letters[side] += len(run.text)
    # What runs upwards on most of the page is a page that was turned without saying so.
    main = letters.most_common(1)[0][0] if letters else -(turned // 90) % 4
    left, bottom, right, top = box
    width, height = (right - left, top - bottom)[:: -1 if main % 2 else 1]
    runs: list[Run] = []
    outside: list[Run] = []
    for (run, matrix), side in zip(drawn, sides, strict=True):
        length = run.x1 - run.x0
        scale = math.hypot(matrix[0], matrix[1])
        end = run.x0 + matrix[0] / scale * length, run.y + matrix[1] / scale * length
        x0, y = _seen(run.x0, run.y, box, main)
        x1, _ = _seen(*end, box, main)
        placed = Run(run.text, min(x0, x1), max(x0, x1), y, run.size, run.bold, run.tag, run.margin)
        on_page = -_BEYOND < y < height + _BEYOND and placed.x1 > -_BEYOND and placed.x0 < width + _BEYOND
        (runs if side == main and on_page else outside).append(placed)
    return width, height, runs, outside


def _quarters(matrix: Matrix) -> int:
    """In which of four directions letters run: 0 to the right, 1 upwards, 2 to the left, 3 downwards."""
    return round(math.atan2(matrix[1], matrix[0]) / (math.pi / 2)) % 4


def _seen(x: float, y: float, box: Box, main: int) -> tuple[float, float]:
    left, bottom, right, top = box
    match main:
        case 0:
            return x - left, top - y
        case 1:
            return y - bottom, x - left
        case 2:
            return right - x, y - bottom
        case _:
            return top - y, right - x

"""A scheme as Canvas's rubric CSV: a row a scale, ranges on, the points of a rating at the top of its level."""

import csv
import io
from dataclasses import dataclass

from markdesk.core.errors import MarkdeskError
from markdesk.core.rubric import Rubric, Scale
from markdesk.formats.rubric_to.lost import level_text, lost_in, points_text, whole_factor
from markdesk.formats.rubric_to.safe_cells import guarded, unguarded

_HEADING = ("Rubric Name", "Criteria Name", "Criteria Description", "Criteria Enable Range")
_RATING = ("Rating Name", "Rating Description", "Rating Points")


@dataclass(frozen=True, slots=True)
class Written:
    """The file, and a sentence for each thing of the scheme that isn't in it."""

    content: bytes
    lost: tuple[str, ...]


def write_canvas(rubric: Rubric) -> Written:
    """The scheme for Canvas's import. Cells that a spreadsheet would run begin with an apostrophe."""
    rows = [_row(rubric, scale) for scale in rubric.scales]
    widest = max(len(row) - len(_HEADING) for row in rows) // len(_RATING)
    table = [[*_HEADING, *_RATING * widest], *([guarded(cell) for cell in row] for row in rows)]
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows(table)
    _check(stream.getvalue(), rows)
    lost = lost_in(rubric, "Canvas")
    if any(scale.kind == "points" for scale in rubric.scales):
        lost.append("A scale of points has one rating in Canvas; its items stand in the description.")
    return Written(stream.getvalue().encode(), tuple(lost))


def _row(rubric: Rubric, scale: Scale) -> list[str]:
    title = f"{scale.part} {scale.title}".strip()
    factor = whole_factor(rubric)
    about = "\n".join(part for part in (", ".join(scale.aos), points_text(scale)) if part)
    row = [rubric.title, title, about, "true"]
    for level in reversed(scale.levels):
        row += [level.label, level_text(rubric, scale.id, level.n), str(level.max * factor)]
    if not scale.levels:
        row += ["Full marks", "", str(scale.max * factor)]
    return [*row, rubric.zero_label, "", "0"]


def _check(text: str, rows: list[list[str]]) -> None:
    found = [[unguarded(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    if found[1:] != rows:
        raise MarkdeskError("The file for Canvas did not read back as it was written.", "Nothing was exported.")

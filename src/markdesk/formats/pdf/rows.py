"""From runs of letters to pieces of lines: what shares a baseline, in order, with the spaces between words."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from markdesk.formats.pdf.shapes import Line, Run

PIECE_GAP = 0.8
"""Ems between two pieces of a row. Justified words stand so far apart too, and are put together again later."""
_SPACE, _NARROW_SPACE = 0.2, 0.16
"""Ems that make a space: where a file has spaces of its own, and where words are only drawn apart."""
_SAME_BASELINE = 0.2
_RAISED = 0.5
"""Ems that a note's number may stand above its line, or a formula's letter below."""
_SMALLER = 0.8


@dataclass(slots=True)
class _Row:
    y: float
    size: float
    runs: list[Run]


def spaces_are_drawn(runs: Iterable[Run]) -> bool:
    """Whether a file draws the spaces between words, or only moves on."""
    letters = spaces = 0
    for run in runs:
        spaces += run.text.count(" ")
        letters += len(run.text)
    return spaces * 14 > letters


def pieces(runs: Sequence[Run], *, drawn_spaces: bool = True) -> list[Line]:
    """The rows of a page from top to bottom, each cut where a wide gap may be the edge of a column."""
    least = _SPACE if drawn_spaces else _NARROW_SPACE
    found: list[Line] = []
    for row in sorted(_rows(runs), key=lambda row: row.y):
        found.extend(_pieces_of(row, least))
    return found


def _rows(runs: Sequence[Run]) -> list[_Row]:
    """Large letters make rows; small ones beside them join, so that a raised number stays with its word."""
    rows: list[_Row] = []
    places: list[tuple[float, int]] = []
    for run in sorted((run for run in runs if run.text.strip()), key=lambda run: -run.size):
        row = _row_for(run, rows, places)
        if row is None:
            insort(places, (run.y, len(rows)))
            rows.append(_Row(run.y, run.size, [run]))
        else:
            row.runs.append(run)
    for run in runs:  # spaces last: they belong to a row that is there, and never make one
        if run.text and not run.text.strip() and (row := _row_for(run, rows, places)):
            row.runs.append(run)
    return rows


def _row_for(run: Run, rows: Sequence[_Row], places: Sequence[tuple[float, int]]) -> _Row | None:
    reach = run.size / _SMALLER * 2
    near = places[bisect_left(places, (run.y - reach, -1)) : bisect_left(places, (run.y + reach, len(rows)))]
    best: _Row | None = None
    for _, number in near:
        row = rows[number]
        small = run.size < row.size * _SMALLER
        apart = abs(row.y - run.y)
        if apart > row.size * (_RAISED if small else _SAME_BASELINE):
            continue
        if small and apart > row.size * _SAME_BASELINE and not _beside(run, row):
            continue
        if best is None or apart < abs(best.y - run.y):
            best = row
    return best


def _beside(run: Run, row: _Row) -> bool:
    return any(other.x0 - row.size < run.x0 < other.x1 + row.size for other in row.runs)


def _pieces_of(row: _Row, least: float) -> Iterable[Line]:
    runs = sorted(row.runs, key=lambda run: run.x0)
    least = _for_letters_apart(runs, least)
    part: list[Run] = []
    end = 0.0
    for run in runs:
        if part and run.text.strip() and (run.x0 - end > PIECE_GAP * row.size or _is_other_cell(part, run, row)):
            yield from _piece(part, row, least)
            part = []
        end = max(end, run.x1) if part else run.x1
        part.append(run)
    yield from _piece(part, row, least)


def _is_other_cell(part: Sequence[Run], run: Run, row: _Row) -> bool:
    """Whether a run belongs to another paragraph than those before it in its row, so that it is another cell's."""
    before = next((other.tag for other in reversed(part) if other.tag and other.size > row.size * _SMALLER), 0)
    return before != run.tag and before != 0 and run.tag != 0 and run.size > row.size * _SMALLER


def _for_letters_apart(runs: Sequence[Run], least: float) -> float:
    """How wide a space is at least in a row of single letters that may be spaced out."""
    gaps = [after.x0 - before.x1 for before, after in pairwise(runs) if len(before.text) == len(after.text) == 1]
    if len(gaps) * 2 < sum(len(run.text) for run in runs) or len(gaps) < 6:
        return least
    return max(least, median(gaps) / max(run.size for run in runs) + _NARROW_SPACE)


def _piece(runs: Sequence[Run], row: _Row, least: float) -> Iterable[Line]:
    inked = [run for run in runs if run.text.strip()]
    if not inked:
        return
    text = ""
    for before, run in pairwise((None, *runs)):
        assert run is not None
        if before and run.x0 - before.x1 > least * row.size and not (text[-1:].isspace() or run.text[:1].isspace()):
            text += " "
        text += _raised(run, row, text)
    tags = [run.tag for run in inked]
    yield Line(
        text.strip(" "),
        inked[0].x0,
        max(run.x1 for run in inked),
        row.y,
        max(run.size for run in inked),
        bold=all(run.bold for run in inked),
        tag=max(tags, key=lambda tag: (tags.count(tag), tag)),
        margin=all(run.margin for run in inked),
    )


def _raised(run: Run, row: _Row, text: str) -> str:
    """The run's text; a raised number in brackets, as the notes of every format are numbered."""
    number = run.text.strip()
    raised = run.size < row.size * _SMALLER and row.y - run.y > row.size * 0.15
    if raised and number.isdecimal() and len(number) <= 3 and not text[-1:].isdecimal():
        return run.text.replace(number, f"[{number}]")
    return run.text


def put_together(row: Sequence[Line], tab: float) -> Line:
    """One line of the pieces of a row: a space between them, or a tab where they stand far apart."""
    text = row[0].text
    for before, piece in pairwise(row):
        text += ("\t" if piece.x0 - before.x1 > tab * piece.size else " ") + piece.text
    return replace(row[0], text=text, x1=row[-1].x1, bold=all(piece.bold for piece in row))

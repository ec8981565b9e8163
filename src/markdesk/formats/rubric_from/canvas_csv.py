"""Canvas's rubric CSV: a row for each criterion, then name, description and points of each rating in threes.

Rows with one rubric name make one rubric. Columns of ratings are found by what their headings contain, as Canvas
does it: ``Rating Name`` and ``Rating Name 2`` are both good.
"""

from dataclasses import dataclass

from markdesk.formats.rubric_from.csv_rows import Rows, read_rows
from markdesk.formats.rubric_from.draft import Draft, Rating, banded, one_line, quoted, refuse, whole_marks
from markdesk.formats.rubric_to.safe_cells import unguarded

_PARTS = ("rating name", "rating description", "rating points")


@dataclass(frozen=True, slots=True)
class _Columns:
    rubric: int
    name: int
    about: int | None
    ranged: int | None
    ratings: tuple[tuple[int, int, int], ...]


def is_canvas(rows: Rows) -> bool:
    """Whether the first row is the heading of such a file."""
    heading = [cell.strip().casefold() for cell in rows.rows[0][1]] if rows.rows else []
    return "rubric name" in heading and "criteria name" in heading


def read_canvas(data: bytes, file_name: str) -> list[Draft]:
    """Every rubric of the file. Raises RubricInvalid naming the row."""
    rows = read_rows(data)
    if not rows.rows:
        refuse("row 1", "the file has no heading.")
    columns = _columns(rows.rows[0][1], rows.rows[0][0])
    drafts: dict[str, Draft] = {}
    for number, row in rows.rows[1:]:
        where = f"row {number}"
        rubric = _cell(row, columns.rubric)
        if not rubric:
            refuse(where, "the cell under 'Rubric Name' is empty.", "Repeat the rubric's name in each of its rows.")
        draft = drafts.setdefault(one_line(rubric).casefold(), Draft(rubric, [], list(rows.notes)))
        _add(draft, row, columns, where)
    if not drafts:
        refuse(f"row {rows.rows[0][0]}", "there is no row below the heading.")
    return list(drafts.values())


def _add(draft: Draft, row: tuple[str, ...], columns: _Columns, where: str) -> None:
    title = _cell(row, columns.name)
    if not title:
        refuse(where, "the cell under 'Criteria Name' is empty.", "Give the criterion a name.")
    if len(row) > 1 + max(max(three) for three in columns.ratings) and any(
        cell.strip() for cell in row[1 + max(max(three) for three in columns.ratings) :]
    ):
        refuse(where, "it has more cells than the heading has columns.", "Is a comma outside quotation marks?")
    ratings: list[Rating] = []
    for place, (name, text, points) in enumerate(columns.ratings, start=1):
        if not any(_cell(row, column) for column in (name, text, points)):
            continue
        label = _cell(row, name)
        what = f"the points of rating {place} {quoted(label)}" if label else f"the points of rating {place}"
        ratings.append(Rating(whole_marks(_cell(row, points), where, what), label, _cell(row, text), where))
    if not ratings:
        refuse(where, f"{quoted(title)} has no ratings, so nothing says how many marks it carries.")
    ranged = _cell(row, columns.ranged).casefold()
    if ranged not in ("", "true", "false", "1", "0", "yes", "no"):
        refuse(where, f"'Criteria Enable Range' is {quoted(ranged)}, neither true nor false.")
    draft.criteria.append(
        banded(draft, title, ratings, where, ranged in ("true", "1", "yes"), _cell(row, columns.about))
    )


def _columns(heading: tuple[str, ...], number: int) -> _Columns:
    where = f"row {number}"
    names = [one_line(cell).casefold() for cell in heading]

    def column(name: str) -> int | None:
        found = [place for place, cell in enumerate(names) if cell == name]
        if len(found) > 1:
            refuse(where, f"the heading has '{name}' twice.")
        return found[0] if found else None

    rubric, name = column("rubric name"), column("criteria name")
    if rubric is None or name is None:
        missing = "Rubric Name" if rubric is None else "Criteria Name"
        refuse(where, f"the heading has no column '{missing}'.", "Start from the template that Canvas gives.")
    threes = [[place for place, cell in enumerate(names) if part in cell] for part in _PARTS]
    if not threes[0] or len({len(places) for places in threes}) > 1:
        counts = ", ".join(f"{len(places)} of '{part.title()}'" for places, part in zip(threes, _PARTS, strict=True))
        refuse(where, f"the columns of the ratings don't go in threes: {counts}.")
    return _Columns(
        rubric,
        name,
        column("criteria description"),
        column("criteria enable range"),
        tuple((a, b, c) for a, b, c in zip(*threes, strict=True)),
    )


def _cell(row: tuple[str, ...], column: int | None) -> str:
    return unguarded(row[column]).strip() if column is not None and column < len(row) else ""

"""Which rows of a table are levels, with what marks, and which cells describe them."""

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from markdesk.core.errors import RubricInvalid
from markdesk.formats.rubric_from.draft import one_line, quoted, refuse
from markdesk.formats.rubric_from.grids import Cell, Grid
from markdesk.formats.rubric_from.level_words import LevelName, is_nothing, level_head, level_name

_MARKS_HEADING = re.compile(r"\b(?:marks?|scores?|points?|pts|range)\b", re.I)
_LEVEL_HEADING = re.compile(r"\b(?:levels?|bands?|grades?|tiers?|stages?)\b", re.I)
_TOTAL = re.compile(r"(?:sub-?)?total\b.*", re.I | re.S)
_NO_RESPONSE = re.compile(r"NR\b.*|no response.*|not attempted.*", re.I | re.S)
_SHORT_NAME = 30


class NoMarks(RubricInvalid):
    """A table that names levels and says nothing of their marks."""


@dataclass(slots=True)
class Row:
    """A row of the table that belongs to a level."""

    index: int
    name: LevelName
    cells: dict[int, Cell]
    """The cells that aren't the level's name or marks, by column."""
    origin: tuple[tuple[int, int], ...]
    """Where the cells of its name and marks begin: the same for rows that share a merged one."""


@dataclass(slots=True)
class Section:
    """The levels below one title, with the names of the columns."""

    title: str
    heading: dict[int, str]
    grid: Grid
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Columns:
    """What the columns hold. ``side`` names the scale, left of its levels; ``headed`` has levels before their words."""

    marks: list[int]
    labels: list[int]
    headed: int | None
    side: int | None


def find_sections(grid: Grid) -> list[Section]:
    """The levels of a table, read down or across; empty for a table that has none. Raises RubricInvalid."""
    turned = grid.turn()
    ways = [grid, turned] if _evidence(grid) >= _evidence(turned) else [turned, grid]
    failed: RubricInvalid | None = None
    for way in ways:
        try:
            found = _read_down(way)
        except RubricInvalid as error:
            if failed is None and _evidence(way) > _evidence(way.turn()):
                raise
            failed = failed or error
            continue
        if found:
            return found
    if failed:
        raise failed
    return []


def _evidence(grid: Grid) -> int:
    """How many cells below each other name a level or its marks."""
    columns = zip(*grid.rows, strict=True)
    return max(len({cell.origin for cell in column if level_name(cell.text)}) for column in columns)


def _read_down(grid: Grid) -> list[Section]:
    columns = _columns(grid)
    if columns is None:
        return []
    sections: list[Section] = []
    heading: dict[int, str] = {}
    title = side = ""
    first: list[str] = []
    for index, cells in enumerate(grid.rows):
        texts = [cell.text for cell in cells]
        if any(map(_NO_RESPONSE.fullmatch, texts[:2])):
            continue  # markdesk has NR of itself, apart from no marks
        name, rest = _name(grid, index, columns)
        if grid.is_one_cell(index) and not is_nothing(texts[0]):
            _refuse_level_across(grid, index)
            name = None
        if name is not None:
            beside = one_line(rest.pop(columns.side).text) if columns.side is not None else side
            if not sections or title or beside != side:
                side = beside
                sections.append(Section(title or ("" if _is_general(side) else side), heading, grid))
                title = ""
            origin = tuple(cells[column].origin for column in (*columns.marks, *columns.labels))
            sections[-1].rows.append(Row(index, name, rest, origin))
        elif grid.is_one_cell(index) or grid.is_alone(index):
            title = "" if sections and _TOTAL.fullmatch(texts[0]) else one_line(texts[0])
        elif not sections:
            heading.update({column: one_line(text) for column, text in enumerate(texts) if text})
            first = texts
        elif texts != first and not any(map(_TOTAL.fullmatch, texts)):
            refuse(
                grid.where(index),
                f"it names no level and no marks: {quoted(' '.join(texts))}.",
                "Merge the cells of one level, or write its marks beside each of its rows.",
            )
    return [section for section in sections if any(row.name.high for row in section.rows)]


def _is_general(side: str) -> bool:
    """'Performance level' beside all levels names no scale, as 'AO1 (10 marks)' does."""
    return not any(map(str.isdigit, side)) and bool(_MARKS_HEADING.search(side) or _LEVEL_HEADING.search(side))


def _refuse_level_across(grid: Grid, index: int) -> None:
    text = grid.rows[index][0].text
    across = level_name(text)
    if across and (across.n is not None or not across.is_single):
        refuse(
            grid.where(index),
            f"{quoted(across.label or text)} stands across the whole table.",
            "Put the level's name and marks into a column beside its description.",
        )


def _columns(grid: Grid) -> _Columns | None:
    levels = _level_columns(grid)
    if levels:
        marks, labels = _kinds(grid, levels)
        return _Columns(
            marks, labels, None, _side(grid, min(*marks, *labels) if marks and labels else min(levels), labels)
        )
    headed = _headed_column(grid)
    return None if headed is None else _Columns([], [], headed, _side(grid, headed, []))


def _level_columns(grid: Grid) -> list[int]:
    """The columns that hold nothing but names and marks of levels, below their heading."""
    found: list[int] = []
    for column in range(len(grid.rows[0])):
        cells = {
            row[column].origin: row[column].text
            for index, row in enumerate(grid.rows)
            if row[column].text and not grid.is_one_cell(index)
        }
        names = [text for text in cells.values() if level_name(text)]
        good = [text for text in cells.values() if level_name(text) or is_nothing(text)]
        if names and len(good) * 2 > len(cells) - 1:
            found.append(column)
    return found


def _headed_column(grid: Grid) -> int | None:
    """The column whose cells begin with a level's name and marks, and go on with its description."""
    for column in range(len(grid.rows[0])):
        if sum(level_head(row[column].text) is not None for row in grid.rows) >= 2:
            return column
    return None


def _side(grid: Grid, before: int, labels: list[int]) -> int | None:
    """A column left of the levels whose texts hold for several of them, such as the objective of each."""
    rows = [row for index, row in enumerate(grid.rows) if not grid.is_one_cell(index) and index]
    for column in range(before):
        texts = [row[column].text for row in rows if row[column].text]
        runs = [1]
        for above, below in pairwise(texts):
            if above == below:
                runs[-1] += 1
            else:
                runs.append(1)
        if column not in labels and len(texts) > 1 and min(runs) > 1:
            return column
    return None


def _kinds(grid: Grid, columns: list[int]) -> tuple[list[int], list[int]]:
    """Which of the level columns hold marks and which names. A bare number can be either."""
    marks: list[int] = []
    labels: list[int] = []
    unsure: list[int] = []
    rows = [row for index, row in enumerate(grid.rows) if not grid.is_one_cell(index)]
    for column in columns:
        names = [name for row in rows if (name := level_name(row[column].text))]
        if any(name.has_marks and (name.unit or name.n is not None) for name in names):
            marks.append(column)
        elif not any(name.has_marks for name in names):
            labels.append(column)
        else:
            unsure.append(column)
    for column in unsure:
        heading = next((row[column].text for row in rows if not level_name(row[column].text)), "")
        is_marks = bool(_MARKS_HEADING.search(heading))
        is_label = bool(_LEVEL_HEADING.search(heading)) or bool(marks)
        above_zero = any(name.high for row in rows if (name := level_name(row[column].text)))
        if is_marks == is_label and not labels and above_zero:
            refuse(
                f"table {grid.number}, {'row' if grid.turned else 'column'} {column + 1}",
                "its numbers can be levels or marks.",
                "Write 'Marks' or 'Level' above them.",
            )
        (labels if is_label and not is_marks else marks).append(column)
    if marks and not labels:
        labels = _named_column(rows, min(marks), columns)
    return marks, labels


def _named_column(rows: list[tuple[Cell, ...]], before: int, columns: list[int]) -> list[int]:
    """A column of short names such as 'Merit', left of the marks or headed 'Grade'."""
    for column in range(len(rows[0])):
        names = list({row[column].origin: row[column].text for row in rows if row[column].text}.values())
        if column in columns or len(names) < 2:
            continue
        is_in_place = column < before or bool(_LEVEL_HEADING.fullmatch(names[0]))
        if is_in_place and max(map(len, names)) <= _SHORT_NAME and len(set(names)) == len(names):
            return [column]
    return []


def _name(grid: Grid, index: int, columns: _Columns) -> tuple[LevelName | None, dict[int, Cell]]:
    """The level of a row with its marks, and the row's other cells. None for a row that has no level."""
    cells = grid.rows[index]
    rest = {column: cell for column, cell in enumerate(cells) if column not in (*columns.marks, *columns.labels)}
    if columns.headed is not None:
        head = level_head(cells[columns.headed].text)
        if head is None:
            return None, rest
        rest[columns.headed] = Cell(head[1], cells[columns.headed].origin)
        return _with_marks(grid, index, head[0]), rest
    labels = [cells[column].text for column in columns.labels]
    marks = [cells[column].text for column in columns.marks]
    named = next((name for text in labels if (name := level_name(text))), None)
    found = next((name for text in marks if (name := level_name(text))), None)
    if found and not found.has_marks:
        named, found = named or found, None
    if found is not None:
        shown = named.label if named and named.label else one_line(next((text for text in labels if text), ""))
        return replace(found, label=found.label or (f"Level {shown}" if shown.isdecimal() else shown)), rest
    if named is not None:
        is_heading = any(map(_LEVEL_HEADING.fullmatch, labels))
        return (None if is_heading else _with_marks(grid, index, named)), rest
    words = next((text for text in (*marks, *labels) if is_nothing(text)), "")
    return (LevelName(one_line(words), 0, 0, 0) if words else None), rest


def _with_marks(grid: Grid, index: int, name: LevelName) -> LevelName:
    if name.has_marks:
        return name
    if name.n == 0:
        return replace(name, low=0, high=0)
    raise NoMarks(f"{grid.where(index)}: {quoted(name.label)} has no marks.", "Write its marks beside it: '21-25'.")

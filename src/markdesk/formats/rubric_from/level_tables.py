"""A table of levels as schools write them: levels down and strands across or the other way, marks in any spelling.

A table is read twice, as it stands and turned; the reading that finds more levels with marks counts. Tables without
levels are left out. Several tables, or one table in sections, become several scales.
"""

import re
from dataclasses import dataclass, replace

from markdesk.core.errors import RubricInvalid
from markdesk.formats.rubric_from.draft import (
    LONGEST_LABEL,
    Band,
    Criterion,
    Draft,
    Rating,
    banded,
    one_line,
    quoted,
    refuse,
    tiled,
)
from markdesk.formats.rubric_from.grids import Cell, Grid, Page
from markdesk.formats.rubric_from.level_words import LevelName, is_nothing, level_head, level_name

_MARKS_HEADING = re.compile(r"\b(?:marks?|scores?|points?|pts|range)\b", re.I)
_LEVEL_HEADING = re.compile(r"\b(?:levels?|bands?|grades?|tiers?|stages?)\b", re.I)
_SUMMARY_HEADING = re.compile(r"(?:summary|overall|general|in short)\b.*", re.I)
_TOTAL = re.compile(r"(?:sub-?)?total\b.*", re.I | re.S)
_TARIFF = re.compile(r"([(\[]?)\s*(\d{1,3})\s*marks?\s*[)\]]?", re.I)


class _NoMarks(RubricInvalid):
    """A table that names levels and says nothing of their marks."""


@dataclass(slots=True)
class _Row:
    """A row of the table that belongs to a level."""

    index: int
    name: LevelName
    cells: dict[int, Cell]
    """The cells that aren't the level's name or marks, by column."""
    origin: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class _Section:
    """The rows below one title, with the names of the columns."""

    title: str
    heading: dict[int, str]
    rows: list[_Row]


def read_tables(page: Page, draft: Draft) -> None:
    """Put a criterion for each table of levels into the draft. Raises RubricInvalid naming the table and row."""
    left_out = 0
    without_marks: _NoMarks | None = None
    for grid in page.grids:
        try:
            sections = _sections(grid)
        except _NoMarks as error:
            without_marks = without_marks or error
            continue
        left_out += not sections
        for section, turned in sections:
            draft.criteria.append(_criterion(draft, section, turned))
    if not draft.criteria:
        if without_marks:
            raise without_marks
        count = len(page.grids)
        refuse(
            "",
            f"it has {count or 'no'} table{'' if count == 1 else 's'}, and none of levels with marks.",
            "A table of levels has a row or a column for each level, such as 'Level 5' with '21-25'.",
        )
    if without_marks:
        draft.say(f"A table was left out: {without_marks.message}")
    if left_out:
        draft.say(f"{left_out} table{'s' if left_out > 1 else ''} without levels left out.")


def _sections(grid: Grid) -> list[tuple[_Section, Grid]]:
    """The levels of a table, read down or across; empty for a table that has none."""
    best: list[tuple[_Section, Grid]] = []
    failed: RubricInvalid | None = None
    for way in (grid, grid.turn()):
        try:
            found = _read_down(way)
        except RubricInvalid as error:
            failed = failed or error
            continue
        if sum(len(section.rows) for section in found) > sum(len(section.rows) for section, _ in best):
            best = [(section, way) for section in found]
    if not best and failed:
        raise failed
    return best


def _read_down(grid: Grid) -> list[_Section]:
    columns = _level_columns(grid)
    headed = None if columns else _headed_column(grid)
    if not columns and headed is None:
        return []
    marks, labels = _kinds(grid, columns)
    sections: list[_Section] = []
    heading: dict[int, str] = {}
    title = ""
    first: list[str] = []
    for index, cells in enumerate(grid.rows):
        name, rest = _name(grid, index, marks, labels, headed)
        if name is not None:
            if not sections or title:
                sections.append(_Section(title, heading, []))
                title = ""
            origin = tuple(cells[column].origin for column in (*marks, *labels))
            sections[-1].rows.append(_Row(index, name, rest, origin))
        elif grid.is_one_cell(index):
            title = one_line(cells[0].text)
            if _TOTAL.fullmatch(title) and sections:
                title = ""
        elif not sections:
            heading.update({column: one_line(cell.text) for column, cell in enumerate(cells) if cell.text})
            first = [cell.text for cell in cells]
        elif [cell.text for cell in cells] != first and not any(_TOTAL.fullmatch(cell.text) for cell in cells):
            refuse(
                grid.where(index),
                f"it names no level and no marks: {quoted(' '.join(cell.text for cell in cells))}.",
                "Merge the cells of one level, or write its marks beside each of its rows.",
            )
    return [section for section in sections if any(row.name.high for row in section.rows)]


def _level_columns(grid: Grid) -> list[int]:
    """The columns that hold nothing but names and marks of levels, below their heading."""
    found: list[int] = []
    for column in range(len(grid.rows[0])):
        cells = {
            row[column].origin: row[column].text
            for index, row in enumerate(grid.rows)
            if row[column].text and not grid.is_one_cell(index)
        }
        texts = list(cells.values())
        good = [text for text in texts if level_name(text) or is_nothing(text)]
        if sum(level_name(text) is not None for text in texts) >= 1 and len(good) * 2 > len(texts) - 1 and good:
            found.append(column)
    return found


def _headed_column(grid: Grid) -> int | None:
    """The column whose cells begin with a level's name and marks, and go on with its description."""
    for column in range(len(grid.rows[0])):
        heads = [level_head(row[column].text) for row in grid.rows]
        if sum(head is not None for head in heads) >= 2:
            return column
    return None


def _kinds(grid: Grid, columns: list[int]) -> tuple[list[int], list[int]]:
    """Which of the level columns hold marks and which names. A bare number can be either."""
    marks: list[int] = []
    labels: list[int] = []
    unsure: list[int] = []
    for column in columns:
        names = [name for row in grid.rows if (name := level_name(row[column].text))]
        if any(name.has_marks and (name.unit or name.n is not None) for name in names):
            marks.append(column)
        elif not any(name.has_marks for name in names):
            labels.append(column)
        else:
            unsure.append(column)
    for column in unsure:
        heading = next((row[column].text for row in grid.rows if not level_name(row[column].text)), "")
        is_marks = bool(_MARKS_HEADING.search(heading))
        is_label = bool(_LEVEL_HEADING.search(heading)) or bool(marks)
        if is_marks == is_label and not labels:
            refuse(
                f"table {grid.number}, {'row' if grid.turned else 'column'} {column + 1}",
                "its numbers can be levels or marks.",
                "Write 'Marks' or 'Level' above them.",
            )
        (labels if is_label and not is_marks else marks).append(column)
    return marks, labels


def _name(
    grid: Grid, index: int, marks: list[int], labels: list[int], headed: int | None
) -> tuple[LevelName | None, dict[int, Cell]]:
    """The level of a row with its marks, and the row's other cells. None for a row that has no level."""
    cells = grid.rows[index]
    if headed is not None:
        head = level_head(cells[headed].text)
        rest = {column: cell for column, cell in enumerate(cells) if cell.text or column == headed}
        if head is None:
            return None, rest
        rest[headed] = Cell(head[1], cells[headed].origin)
        return _with_marks(grid, index, head[0]), rest
    rest = {column: cell for column, cell in enumerate(cells) if column not in (*marks, *labels)}
    label = next((cells[c].text for c in labels if cells[c].text), "")
    named = next((name for c in labels if (name := level_name(cells[c].text))), None)
    found = next((name for c in marks if (name := level_name(cells[c].text))), None)
    if found is None and named is None:
        words = next((cells[c].text for c in (*marks, *labels) if is_nothing(cells[c].text)), "")
        return (LevelName(one_line(words), 0, 0, 0) if words else None), rest
    if found is None:
        if any(_LEVEL_HEADING.fullmatch(cells[c].text) for c in labels):
            return None, rest
        assert named is not None
        return _with_marks(grid, index, named), rest
    shown = named.label if named and named.label else one_line(label)
    if shown.isdecimal():
        shown = f"Level {shown}"
    return replace(found, label=found.label or shown), rest


def _with_marks(grid: Grid, index: int, name: LevelName) -> LevelName:
    if not name.has_marks:
        if name.n == 0:
            return replace(name, low=0, high=0)
        raise _NoMarks(
            f"{grid.where(index)}: {quoted(name.label)} has no marks.", "Write its marks beside it: '21-25'."
        )
    return name


def _criterion(draft: Draft, section: _Section, grid: Grid) -> Criterion:
    title = section.title or grid.heading or draft.title or f"Table {grid.number}"
    where = grid.where(section.rows[0].index)
    groups = _groups(section.rows)
    columns = [c for c in section.rows[0].cells if any(row.cells[c].text for row in section.rows if c in row.cells)]
    strand_column = _strand_column(groups, columns)
    bands: list[Band] = []
    for group in groups:
        name = group[0].name
        at = grid.where(group[0].index)
        if name.high == 0:
            _note_nothing(draft, title, name, _joined(group, columns))
            continue
        text, strands = _words(group, columns, strand_column, section.heading)
        label, text = _label(name, text)
        assert name.low is not None
        assert name.high is not None
        bands.append(Band(name.low, name.high, label, text, at, tuple(strands)))
    _refuse_empty(bands, grid)
    criterion = _tiled_or_banded(draft, title, bands, where)
    return replace(criterion, title=_without_total(draft, title, criterion.max))


def _groups(rows: list[_Row]) -> list[list[_Row]]:
    """Neighbouring rows that are one level: their cell is merged, or repeats the same name and marks."""
    groups: list[list[_Row]] = []
    for row in rows:
        before = groups[-1][-1] if groups else None
        if before is not None and (before.name == row.name or (row.origin and before.origin == row.origin)):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _strand_column(groups: list[list[_Row]], columns: list[int]) -> int | None:
    """Where each level has a row for each strand: the column that names the strands, alike in every level."""
    marked = [group for group in groups if group[0].name.high]
    if not marked or any(len(group) < 2 for group in marked):
        return None
    for column in columns:
        lists = [[row.cells[column].text for row in group] for group in marked]
        names = lists[0]
        are_names = all(names) and len(set(names)) == len(names) and max(map(len, names)) <= 80
        if len(columns) > 1 and are_names and all(other == names for other in lists):
            return column
    return None


def _joined(group: list[_Row], columns: list[int]) -> str:
    """The texts of some columns over the rows of a level, each merged cell once."""
    texts = {row.cells[column].origin: row.cells[column].text for column in columns for row in group}
    return "\n".join(text for text in texts.values() if text)


def _words(
    group: list[_Row], columns: list[int], strand_column: int | None, heading: dict[int, str]
) -> tuple[str, list[tuple[str, str]]]:
    """A level's text, or its text strand by strand."""
    if strand_column is not None:
        others = [column for column in columns if column != strand_column]
        return "", [(one_line(row.cells[strand_column].text), _joined([row], others)) for row in group]
    if len(columns) < 2:
        return _joined(group, columns), []
    summary = [c for c in columns if _SUMMARY_HEADING.fullmatch(heading.get(c, ""))]
    strands = [c for c in columns if c not in summary]
    if len(strands) < 2:
        return _joined(group, columns), []
    names = _unique([heading.get(column, "") or f"Strand {n}" for n, column in enumerate(strands, start=1)])
    return _joined(group, summary), [
        (name, _joined(group, [column])) for name, column in zip(names, strands, strict=True)
    ]


def _unique(names: list[str]) -> list[str]:
    """The names, numbered where a merged heading gives several columns the same."""
    return [
        name if names.count(name) == 1 else f"{name} {names[: place + 1].count(name)}"
        for place, name in enumerate(names)
    ]


def _label(name: LevelName, text: str) -> tuple[str, str]:
    """The level's name, taken from in front of its description where no cell has it: ``L5: Answers…``."""
    if name.label or not text:
        return name.label, text
    head = level_head(text)
    if head and not head[0].has_marks:
        return head[0].label, head[1]
    return "", text


def _note_nothing(draft: Draft, title: str, name: LevelName, text: str) -> None:
    called = one_line(text) or name.label
    draft.zeros.append(called if len(called) <= LONGEST_LABEL * 2 else name.label)
    if len(called) > LONGEST_LABEL * 2:
        draft.say(f"No marks has a name but no description here: that of {quoted(title)} is left out.")


def _refuse_empty(bands: list[Band], grid: Grid) -> None:
    for band in bands:
        for name, words in band.strands:
            if not words:
                refuse(band.where, f"nothing stands under {quoted(name)} for {_called(band)}.", "Fill the cell.")
        if not band.strands and not band.text and not band.label:
            refuse(band.where, f"{_called(band)} has neither a name nor a description.", "Fill the cell.")


def _called(band: Band) -> str:
    return quoted(band.label or f"{band.low}–{band.high}")


def _tiled_or_banded(draft: Draft, title: str, bands: list[Band], where: str) -> Criterion:
    if all(band.low == band.high for band in bands):
        # One number for each level, as in other systems.
        texts = {band.where: band for band in bands}
        ratings = [Rating(band.high, band.label or f"{band.high}", band.text, band.where) for band in bands]
        made = banded(draft, title, ratings, where, ranged=False)
        with_strands = tuple(replace(band, strands=texts[band.where].strands) for band in made.bands)
        return replace(made, bands=with_strands)
    ordered = tiled(title, bands, where)
    return Criterion(title, where, ordered[-1].high, ordered)


def _without_total(draft: Draft, title: str, most: int) -> str:
    """The heading without its number of marks, which the scale shows itself."""
    told = _TARIFF.search(title)
    if told is None:
        return title
    if int(told[2]) != most:
        draft.say(f"The heading {quoted(title)} says {told[2]} marks, and the levels reach {most}: the levels count.")
    return (title[: told.start()] + title[told.end() :]).strip(" :–—-") or title

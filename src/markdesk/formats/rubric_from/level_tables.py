"""Tables of levels as schools write them: levels down and strands across or the other way, marks in any spelling.

A table is read twice, as it stands and turned. Tables without levels are left out. Several tables, sections of one
table, or a column that names the objective of its rows, become several scales.
"""

import re
from dataclasses import replace

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
from markdesk.formats.rubric_from.grids import Page
from markdesk.formats.rubric_from.level_rows import NoMarks, Row, Section, find_sections
from markdesk.formats.rubric_from.level_words import LevelName, level_head

_SUMMARY_HEADING = re.compile(r"(?:summary|overall|general|in short)\b.*", re.I)
_TARIFF = re.compile(r"([(\[]?)\s*(\d{1,3})\s*marks?\s*[)\]]?", re.I)
_LONGEST_STRAND = 80


def read_tables(page: Page, draft: Draft) -> None:
    """Put a criterion for each table of levels into the draft. Raises RubricInvalid naming the table and row."""
    left_out = 0
    without_marks: NoMarks | None = None
    for grid in page.grids:
        try:
            sections = find_sections(grid)
        except NoMarks as error:
            without_marks = without_marks or error
            continue
        left_out += not sections
        draft.criteria += [_criterion(draft, section) for section in sections]
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


def _criterion(draft: Draft, section: Section) -> Criterion:
    grid = section.grid
    title = section.title or grid.heading or draft.title or f"Table {grid.number}"
    where = grid.where(section.rows[0].index)
    groups = _groups(section.rows)
    # A column that is empty at every level is for the marker to fill in.
    columns = [column for column in section.rows[0].cells if any(row.cells[column].text for row in section.rows)]
    bands: list[Band] = []
    strands = _Strands(draft, section.heading, groups, columns)
    for group in groups:
        name = group[0].name
        if name.high == 0:
            _note_nothing(draft, title, name, _joined(group, columns))
            continue
        text, by_strand = strands.words(group)
        label, text = _label(name, text)
        assert name.low is not None, "a row without marks was refused"
        assert name.high is not None
        bands.append(Band(name.low, name.high, label, text, grid.where(group[0].index), by_strand))
    _refuse_empty(bands)
    _refuse_name_twice(bands)
    criterion = _tiled_or_banded(draft, title, bands, where)
    return replace(criterion, title=_without_total(draft, title, criterion.max))


def _groups(rows: list[Row]) -> list[list[Row]]:
    """Neighbouring rows that are one level: their cell is merged, or repeats the same name and marks."""
    groups: list[list[Row]] = []
    for row in rows:
        before = groups[-1][-1] if groups else None
        if before is not None and (before.name == row.name or (row.origin and before.origin == row.origin)):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


class _Strands:
    """How the columns of a section divide a level's description: not at all, by column, or by row."""

    def __init__(self, draft: Draft, heading: dict[int, str], groups: list[list[Row]], columns: list[int]) -> None:
        self.columns = columns
        self.by_row = _strand_column(groups, columns)
        self.summary: list[int] = []
        self.named: list[tuple[int, str]] = []
        if self.by_row is not None or len(columns) < 2:
            return
        self.summary = [column for column in columns if _SUMMARY_HEADING.fullmatch(heading.get(column, ""))]
        strands = [column for column in columns if column not in self.summary]
        if len(strands) < 2:
            return
        names = [heading.get(column, "") or f"Strand {n}" for n, column in enumerate(strands, start=1)]
        if not all(heading.get(column) for column in strands):
            draft.say("Columns without a heading are called 'Strand 1' and so on; give them their names.")
        self.named = list(zip(strands, _unique(names), strict=True))

    def words(self, group: list[Row]) -> tuple[str, tuple[tuple[str, str], ...]]:
        """A level's text, and its text strand by strand."""
        if self.by_row is not None:
            others = [column for column in self.columns if column != self.by_row]
            return "", tuple((one_line(row.cells[self.by_row].text), _joined([row], others)) for row in group)
        if not self.named:
            return _joined(group, self.columns), ()
        return _joined(group, self.summary), tuple((name, _joined(group, [column])) for column, name in self.named)


def _strand_column(groups: list[list[Row]], columns: list[int]) -> int | None:
    """Where each level has a row for each strand: the column that names the strands, alike in every level."""
    marked = [group for group in groups if group[0].name.high]
    if not marked or any(len(group) < 2 for group in marked):
        return None
    for column in columns:
        lists = [[row.cells[column].text for row in group] for group in marked]
        names = lists[0]
        are_names = all(names) and len(set(names)) == len(names) and max(map(len, names)) <= _LONGEST_STRAND
        if len(columns) > 1 and are_names and all(other == names for other in lists):
            return column
    return None


def _joined(group: list[Row], columns: list[int]) -> str:
    """The texts of some columns over the rows of a level, each merged cell once."""
    texts = {row.cells[column].origin: row.cells[column].text for column in columns for row in group}
    return "\n".join(text for text in texts.values() if text)


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


def _refuse_empty(bands: list[Band]) -> None:
    has_words = any(band.text or band.strands for band in bands)
    for band in bands:
        called = quoted(band.label or f"{band.low}–{band.high}")
        for name, words in band.strands:
            if not words:
                refuse(band.where, f"nothing stands under {quoted(name)} for {called}.", "Fill the cell.")
        if has_words and not band.strands and not band.text:
            refuse(band.where, f"nothing stands beside {called}.", "Fill the cell.")


def _refuse_name_twice(bands: list[Band]) -> None:
    seen: set[str] = set()
    for band in bands:
        if band.label and band.label in seen:
            refuse(
                band.where,
                f"a second range for {quoted(band.label)}: {band.low}–{band.high}.",
                "Give each level one range, from its lowest mark to its highest.",
            )
        seen.add(band.label)


def _tiled_or_banded(draft: Draft, title: str, bands: list[Band], where: str) -> Criterion:
    if all(band.low == band.high for band in bands):
        # One number for each level, as in other systems.
        strands = {band.where: band.strands for band in bands}
        ratings = [Rating(band.high, band.label or f"{band.high}", band.text, band.where) for band in bands]
        made = banded(draft, title, ratings, where, ranged=False)
        return replace(made, bands=tuple(replace(band, strands=strands[band.where]) for band in made.bands))
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

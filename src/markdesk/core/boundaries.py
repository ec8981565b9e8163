"""Grade boundaries that a department copies from the board's published document, and the notional grade that follows.

Boards award grades to the whole subject, after marking, for one series and one combination of options. What a mock or
a component would have been is *notional*, and is called so wherever it is shown. markdesk ships no boundary, and never
works one out from others: what isn't entered gives no grade.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from markdesk.core.award import Total
from markdesk.core.file_keys import Key, Kind, Pattern, Tables, count, must, tables, text
from markdesk.core.toml_reader import Path, Problem, Reader

SCHEMA = "markdesk.boundaries/1"
BELOW_ALL = "U"
"""The grade below the lowest boundary."""

SERIES = Pattern(r"[0-9]{4}-(0[1-9]|1[0-2])", "a year and month such as 2026-06")


class Level(StrEnum):
    """What the boundaries are of."""

    SUBJECT = "subject"
    NOTIONAL_COMPONENT = "notional_component"


TABLES: Tables = {
    "": {
        "schema": must("Which rules the file follows.", one_of=(SCHEMA,)),
        "board": must("Whose boundaries they are."),
        "spec": must("The specification's code."),
        "set": tables("set", "The boundaries of one series and option.", required=True),
    },
    "set": {
        "series": must("The examination series.", pattern=SERIES),
        "option": must("The entry code or combination of options, as the board prints it."),
        "level": must("What they are of.", one_of=tuple(Level)),
        "component": text("For notional_component: which component."),
        "max": count("The marks that the boundaries are out of."),
        "grades": Key(Kind.TABLE, "The lowest mark of each grade, the highest grade first; 0 is not entered."),
        "source": text("The document that they were copied from, and where it says so."),
    },
}


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The lowest mark of each grade, for one series, option and level."""

    board: str
    spec: str
    series: str
    option: str
    level: Level
    component: str
    max: int
    grades: tuple[tuple[str, int], ...]
    """From the highest grade down; 0 is not entered."""
    source: str

    @property
    def key(self) -> tuple[str, ...]:
        return self.board, self.spec, self.series, self.option, self.level, self.component

    @property
    def name(self) -> str:
        """``2026-06, 7042AE, component 1``: which boundaries they are, for people."""
        what = f"component {self.component}" if self.level is Level.NOTIONAL_COMPONENT else "whole subject"
        return f"{self.series}, {self.option}, {what}"


@dataclass(frozen=True, slots=True)
class NotionalGrade:
    """The grade that a total would have had in that series; None with the reason where none can be told."""

    grade: str | None
    reason: str = ""


def notional_grade(boundaries: Boundaries, total: Total) -> NotionalGrade:
    """The grade of a finished total, by the entered boundaries alone.

    A mark between two grades has one only if the boundary above it is entered too: with A* left out, a mark above A
    could be either. Below all of them it is U, if the lowest is entered.
    """
    if total.value == "NR":
        return NotionalGrade(None, "no response")
    if total.value is None:
        return NotionalGrade(None, "provisional")
    above: tuple[str, int] | None = None
    for grade, lowest in boundaries.grades:
        if lowest and total.value >= lowest:
            return _told(grade, above)
        above = (grade, lowest)
    return _told(BELOW_ALL, above)


def _told(grade: str, above: tuple[str, int] | None) -> NotionalGrade:
    if above is not None and above[1] == 0:
        return NotionalGrade(None, f"the boundary of {above[0]} is not entered")
    return NotionalGrade(grade)


def check_boundaries(data: dict[str, Any]) -> tuple[tuple[Boundaries, ...], tuple[Problem, ...]]:
    """The sets of a file, and everything that is wrong with it; no set where anything is."""
    reader = Reader(TABLES)
    top = reader.table(data, "", ())
    found: list[Boundaries] = []
    for path, item in reader.tables(top, "set"):
        level = Level(item.get("level", Level.SUBJECT))
        component = item.get("component", "")
        if (level is Level.NOTIONAL_COMPONENT) != bool(component) and "level" in item:
            wanted = "must name the component" if level is Level.NOTIONAL_COMPONENT else "has none for the subject"
            reader.wrong((*path, "component"), f"'component' {wanted}")
        boundaries = Boundaries(
            top.get("board", ""),
            top.get("spec", ""),
            item.get("series", ""),
            item.get("option", ""),
            level,
            component,
            item.get("max", 0),
            _grades(reader, (*path, "grades"), item),
            item.get("source", "").strip(),
        )
        if any(lowest for _, lowest in boundaries.grades) and not boundaries.source:
            reader.wrong((*path, "source"), "'source' must say from which document the boundaries were copied")
        if boundaries.key in {other.key for other in found}:
            reader.wrong((*path, "series"), f"{boundaries.name} is in the file twice")
        found.append(boundaries)
    return (() if reader.problems else tuple(found)), tuple(reader.problems)


def _grades(reader: Reader, path: Path, item: dict[str, Any]) -> tuple[tuple[str, int], ...]:
    """The grades in the order of the file, which must be from the highest down."""
    grades: list[tuple[str, int]] = []
    if not item.get("grades"):
        reader.wrong(path, "'grades' is missing: the lowest mark of each grade, 0 where it isn't entered")
    most = item.get("max", 0)
    above: tuple[str, int] | None = None
    for grade, lowest in item.get("grades", {}).items():
        where = (*path, grade)
        if not re.fullmatch(r"[A-Za-z0-9*]{1,3}", grade) or grade == BELOW_ALL:
            reader.wrong(where, f"'{grade:.20}' is no grade that has a boundary")
        elif isinstance(lowest, bool) or not isinstance(lowest, int) or lowest < 0:
            reader.wrong(where, f"'{grade}' must be a whole number, 0 where it isn't entered, not {lowest!r:.60}")
        elif lowest > most:
            reader.wrong(where, f"{grade} is at {lowest}, and there are {most} marks")
        elif lowest and above and lowest >= above[1]:
            reader.wrong(where, f"{grade} is at {lowest}, which is not below {above[0]} at {above[1]}")
        else:
            grades.append((grade, lowest))
            above = (grade, lowest) if lowest else above
    return tuple(grades)

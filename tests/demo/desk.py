"""The sample desk with its two years, as the program lays it out."""

import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path

from markdesk.bootstrap import rubric_shelf, shipped_comments, stamp_sets
from markdesk.config.paths import shipped
from markdesk.core.award import Total, total
from markdesk.core.marking import Marking
from markdesk.core.people import Student
from markdesk.core.rubric import Rubric
from markdesk.desk.demo import lay_out
from markdesk.desk.demo_course import Course
from markdesk.desk.desk import Desk
from markdesk.desk.ports import Entry
from markdesk.desk.sitting import Sitting
from markdesk.formats.sample_years import sample_years
from markdesk.formats.samples import GROUP, RUBRIC, sample_sets
from markdesk.store.sqlite.store import SqliteStore
from tests.tui.seat import World

TABLES = (
    "student", "teaching_group", "membership", "assignment", "script", "essay", "marking", "annotation", "award",
    "feedback", "absence", "grade", "log",
)  # fmt: skip
"""Whatever the two years write."""


def course(seed: int | None = None) -> Course:
    found = sample_years(shipped("sample_essays") / "years", rubric_shelf().get)
    return found if seed is None else replace(found, seed=seed)


def laid_out(path: Path, years: Course | None = None) -> World:
    """The sample desk in a world whose clock and ids are always the same."""
    world = World(path)
    store = SqliteStore(path, create=True)
    sets = sample_sets(shipped("sample_essays"))
    lay_out(world.desk(store), GROUP, sets, rubric_shelf().get(RUBRIC), years or course())
    store.close()
    return world


@dataclass
class Demo:
    """The desk to read, and a second connection to its file."""

    world: World
    desk: Desk
    course: Course

    @property
    def rows(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self.world.path.as_uri()}?mode=ro", uri=True)

    def student(self, name: str) -> Student:
        return next(student for student in self.desk.store.students() if student.name == name)

    def pile(self, name: str) -> Sitting:
        return Sitting(self.desk, next(one for one in self.desk.store.assignments() if one.name == name))

    def of(self, pile: str, student: str) -> Entry:
        return next(entry for entry in self.pile(pile).entries if entry.student.name == student)

    def markings(self) -> list[tuple[Entry, Marking, Rubric]]:
        """Every marking of the desk, with whose it is and its scheme."""
        store = self.desk.store
        found = []
        for entry in store.entries(self.desk.marker.id):
            marking = store.marking(entry.script.id, self.desk.marker.id)
            if marking is not None:
                found.append((entry, marking, store.rubric(marking.header.rubric_hash)))
        return found

    def years(self) -> list[tuple[Entry, Marking, Rubric]]:
        """Those of the two years."""
        names = {piece.name for piece in self.course.pieces}
        return [one for one in self.markings() if one[0].assignment.name in names]


def total_of(marking: Marking, rubric: Rubric) -> Total:
    return total(rubric, marking.award_by_scale())


def bank_lines() -> set[str]:
    """What the comment bank that ships can say."""
    return {comment.text for comment in shipped_comments(stamp_sets())}

"""What goes into a school system's list of marks: which row gets what, and why another gets nothing.

A row is known by an id alone. A name never decides: it can only say that an id is somebody else's.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from markdesk.core.award import NO_RESPONSE, total
from markdesk.core.coursework import Assignment
from markdesk.core.errors import MarkdeskError
from markdesk.core.feedback import LABELS, PRIVATE, Field
from markdesk.core.marking import DONE, Marking
from markdesk.core.people import Student
from markdesk.core.plain import show_line
from markdesk.core.whose import Whose
from markdesk.core.worksheet import ANY, CANDIDATE, PARTICIPANT, Bar, SheetId, SheetRow, Worksheet, is_blank, number
from markdesk.desk.desk import Desk
from markdesk.desk.matching import fitting_a_reading, shares_a_name
from markdesk.desk.ports import Entry
from markdesk.desk.sheets import ON_EARLIER_TEXT, as_listed, on_earlier_text

LINES = (Field.WWW, Field.EBI, Field.TARGET, Field.TASK, Field.QUESTION, Field.COMMENT)
"""What of the feedback may stand in a cell that a student reads, in its order."""
CASELESS = ("email", "login")
_CLASS_LIST = "Bring the class list in, so that ids are known: 'markdesk student import'."


class Fate(StrEnum):
    """What becomes of a row."""

    WRITTEN = "written"
    SAME = "same"
    """All of it stands there already."""
    LEFT = "left"
    """There is nothing to write, and nothing to look at."""
    REFUSED = "refused"
    """Something doesn't fit: somebody has to look at it."""


@dataclass(frozen=True, slots=True)
class FillOrder:
    """How the teacher wants it filled."""

    lines: tuple[Field, ...] = LINES
    """The feedback that goes into its column; none for the mark alone."""
    overwrite: bool = False
    """Whether a cell that holds something else is written all the same."""
    nr_as_zero: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """A row of the file, and what becomes of it. A cell that isn't written has no value to come."""

    row: SheetRow
    fate: Fate
    why: str = ""
    hint: str = ""
    student: Student | None = None
    called: str = ""
    """What she is called; her script's id while names are hidden. Empty where it isn't known whose the row is."""
    script: str = ""
    mark: str | None = None
    feedback: str | None = None


@dataclass(frozen=True, slots=True)
class FillPlan:
    """What will be written; the file is made from it, and the table that is shown first."""

    worksheet: Worksheet
    rows: tuple[Filled, ...]
    missing: tuple[Entry, ...]
    """Who is marked, and has no row."""

    def of(self, fate: Fate) -> tuple[Filled, ...]:
        return tuple(row for row in self.rows if row.fate is fate)

    @property
    def marks(self) -> dict[int, str]:
        """The marks to write, by the number of the row."""
        return {row.row.number: row.mark for row in self.rows if row.mark is not None}

    @property
    def feedback(self) -> dict[int, str]:
        return {row.row.number: row.feedback for row in self.rows if row.feedback is not None}


class _Refused(Exception):
    """Why a row gets nothing."""

    def __init__(self, why: str, hint: str = "", fate: Fate = Fate.REFUSED, student: Student | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.hint = hint
        self.fate = fate
        self.student = student


def plan_fill(
    desk: Desk,
    assignment: Assignment,
    worksheet: Worksheet,
    order: FillOrder,
    feedback: Callable[[Sequence[tuple[str, str]]], str],
    lost: Callable[[str], str],
) -> FillPlan:
    """What this marker's finished marks change in a file.

    ``feedback`` makes the text of a cell from labelled lines, and ``lost`` tells the letters that the file can't hold.
    Raises MarkdeskError where names are hidden and the file tells them.
    """
    if assignment.is_anonymous and any(row.readings for row in worksheet.rows):
        raise MarkdeskError(
            f"Names are hidden in '{assignment.name}', and the file has them beside the marks.",
            f"'markdesk assignment names {assignment.id} --show' shows them, and the log says who did.",
        )
    entries = as_listed(desk.store.entries(desk.marker.id, assignment.id))
    known = _Known(desk.store.students(), entries, assignment.is_anonymous)
    found = [_whose(row, known) for row in worksheet.rows]
    rows_of: dict[str, list[int]] = defaultdict(list)
    for row, student in zip(worksheet.rows, found, strict=True):
        if isinstance(student, Student):
            rows_of[student.id].append(row.number)
    writer = _Writer(desk, known, order, feedback, lost, bool(worksheet.feedback_column))
    rows: list[Filled] = []
    for row, student in zip(worksheet.rows, found, strict=True):
        try:
            if isinstance(student, _Refused):
                raise student
            if len(rows_of[student.id]) > 1:
                told = " and ".join(map(str, rows_of[student.id]))
                raise _Refused(f"she stands in it more than once: rows {told}", "Take one of them out.")
            rows.append(writer.fill(row, student))
        except _Refused as no:
            hers = no.student or (student if isinstance(student, Student) else None)
            rows.append(Filled(row, no.fate, no.why, no.hint, hers, known.called(hers) if hers else ""))
    missing = tuple(
        entry for entry in entries if entry.student.id not in rows_of and entry.header and entry.header.status in DONE
    )
    return FillPlan(worksheet, tuple(rows), missing)


class _Known:
    """The students by everything that a file may call them."""

    def __init__(self, students: Sequence[Student], entries: Sequence[Entry], hides_names: bool) -> None:
        self._hides_names = hides_names
        self.entries = {entry.student.id: entry for entry in entries}
        self._by_id: dict[tuple[str, str], dict[str, Student]] = defaultdict(dict)
        self._by_digits: dict[tuple[str, str], dict[str, Student]] = defaultdict(dict)
        for student in students:
            self._add(CANDIDATE, student.candidate_number, student)
            for system, value in student.ids:
                self._add(system, value, student)
        for entry in entries:
            if entry.script.system == "moodle":
                self._add(PARTICIPANT, entry.script.system_id, entry.student)

    def _add(self, kind: str, value: str, student: Student) -> None:
        if value:
            self._by_id[kind, _plain(kind, value)][student.id] = student
            if value.isdecimal():
                self._by_digits[kind, value.lstrip("0")][student.id] = student
            if kind != PARTICIPANT:
                self._by_id[ANY, _plain(kind, value)][student.id] = student

    def called(self, student: Student) -> str:
        """What a student is called in a sentence."""
        if not self._hides_names:
            return show_line(student.name)
        entry = self.entries.get(student.id)
        return f"script {entry.script.short_id}" if entry else "somebody without a script"

    def who(self, given: SheetId) -> list[Student]:
        """Everybody who has this id."""
        return list(self._by_id.get((given.kind, _plain(given.kind, given.value)), {}).values())

    def without_zeros(self, given: SheetId) -> Student | None:
        """Who is meant if a spreadsheet took the zeros off a number."""
        fits = list(self._by_digits.get((given.kind, given.value.lstrip("0")), {}).values())
        return fits[0] if len(fits) == 1 and given.value.isdecimal() else None


def _plain(kind: str, value: str) -> str:
    return value.casefold() if kind in CASELESS or "@" in value else value


def _whose(row: SheetRow, known: _Known) -> Student | _Refused:
    """Whose a row is, by its ids; else why that isn't certain."""
    found: dict[str, tuple[Student, SheetId]] = {}
    for given in row.ids:
        fits = known.who(given)
        if len(fits) > 1:
            told = " and ".join(f"{known.called(one)} ({one.id[-6:]})" for one in fits)
            return _Refused(
                f"'{show_line(given.column)}' {show_line(given.value)} is an id of {told}",
                "Two students can't have one id: correct one of them, or merge them.",
            )
        if fits:
            found.setdefault(fits[0].id, (fits[0], given))
    if len(found) > 1:
        told = " and ".join(f"'{show_line(by.column)}' is {known.called(one)}'s" for one, by in found.values())
        return _Refused(f"its ids are of two students: {told}", "Correct the ids here or in the school's system.")
    whose = Whose("", *row.readings[0], others=row.readings[1:]) if row.readings else None
    if not found:
        return _by_no_id(row, known, whose)
    student, by = next(iter(found.values()))
    if whose is not None and not _is_nameless(student) and not shares_a_name(student, whose):
        return _Refused(
            f"'{show_line(by.column)}' {show_line(by.value)} is {known.called(student)}, and the row says "
            f"{show_line(whose.name)}",
            "If they are one person, rename her: 'markdesk student rename'.",
            student=student,
        )
    return student


def _is_nameless(student: Student) -> bool:
    """Whether she came in while names were hidden, and is called by Moodle's number alone."""
    word, _, digits = student.family_name.partition(" ")
    return not student.given_name and word == "Participant" and digits.isdecimal()


def _by_no_id(row: SheetRow, known: _Known, whose: Whose | None) -> _Refused:
    for given in row.ids:
        if (meant := known.without_zeros(given)) is not None:
            shown = f"'{show_line(given.column)}' {show_line(given.value)}"
            return _Refused(
                f"{shown} would be {known.called(meant)}'s but for its zeros",
                "A spreadsheet may have taken them: fill in the file as it was downloaded.",
            )
    here = [entry.student for entry in known.entries.values()]
    fits = fitting_a_reading(here, whose.readings) if whose is not None else []
    if fits:
        told = " or ".join(f"{known.called(one)} ({one.id[-6:]})" for one in fits)
        return _Refused(f"its name fits {told}, but no id does", _CLASS_LIST)
    return _Refused("nobody of this assignment has its id", fate=Fate.LEFT)


@dataclass
class _Writer:
    desk: Desk
    known: _Known
    order: FillOrder
    feedback: Callable[[Sequence[tuple[str, str]]], str]
    lost: Callable[[str], str]
    has_column: bool

    def fill(self, row: SheetRow, student: Student) -> Filled:
        """What goes into a row. Raises _Refused where nothing may."""
        marking, mark = self._marked(student)
        if row.bar is not None:
            raise _Refused(row.why, row.hint, Fate.REFUSED if row.bar is Bar.REFUSED else Fate.LEFT)
        self._same_maximum(row, marking)
        held = number(row.mark)
        if held is None and not is_blank(row.mark):
            raise _Refused(f"'{show_line(row.mark)}' stands in its cell, which is no mark", "Empty the cell first.")
        if held is not None and held != int(mark) and not self.order.overwrite:
            raise _Refused(f"{show_line(row.mark)} stands there, and it is {mark} here", "--overwrite writes over it.")
        called = self.known.called(student)
        made = Filled(row, Fate.WRITTEN, student=student, called=called, script=marking.header.script_id)
        if held is None or held != int(mark):
            made = replace(made, mark=mark)
        made = self._with_feedback(made, marking)
        if made.mark is None and made.feedback is None:
            return replace(made, fate=Fate.REFUSED if made.why else Fate.SAME)
        return made

    def _marked(self, student: Student) -> tuple[Marking, str]:
        """The finished marking, and its mark. Raises _Refused where there is nothing to give out."""
        entry = self.known.entries.get(student.id)
        if entry is None:
            raise _Refused("nothing was handed in for this assignment", fate=Fate.LEFT)
        marking = self.desk.store.marking(entry.script.id, self.desk.marker.id)
        if marking is None or marking.header.status not in DONE:
            began = "is still being marked" if marking is not None and marking.is_kept else "is not marked yet"
            raise _Refused(began, fate=Fate.LEFT)
        if on_earlier_text(self.desk, [entry]):
            raise _Refused(ON_EARLIER_TEXT, fate=Fate.LEFT)
        came_to = total(self.desk.store.rubric(marking.header.rubric_hash), marking.award_by_scale())
        if came_to.value == NO_RESPONSE:
            if not self.order.nr_as_zero:
                raise _Refused("no response (NR), which is no mark; --nr-as-zero writes 0", fate=Fate.LEFT)
            return marking, "0"
        if came_to.value is None:
            raise _Refused("is not marked on every scale", fate=Fate.LEFT)
        return marking, str(came_to.value)

    def _same_maximum(self, row: SheetRow, marking: Marking) -> None:
        if not row.out_of:
            return
        most, said = self.desk.store.rubric(marking.header.rubric_hash).max_mark, number(row.out_of)
        if said != most:
            raise _Refused(
                f"the file's mark is out of {show_line(row.out_of)}, the mark scheme's out of {most}",
                f"Set it to {most} in the school's system, then download the file again.",
            )

    def _with_feedback(self, made: Filled, marking: Marking) -> Filled:
        if not self.has_column or not self.order.lines:
            return made
        lines = [
            (LABELS[field], line.text)
            for field in LINES
            if field in self.order.lines and field not in PRIVATE
            for line in marking.lines(field)
        ]
        if not lines:
            return made
        text = self.feedback(lines)
        if text == made.row.feedback:
            return made
        if lost := self.lost(text):
            told = ", ".join(f"{show_line(letter)} (U+{ord(letter):04X})" for letter in lost[:5])
            raise _Refused(
                f"the file's encoding has no {told}, which the feedback has",
                "Download the file as UTF-8, or leave the feedback out with --feedback off.",
            )
        if made.row.feedback.strip() and not self.order.overwrite:
            return replace(made, why="other feedback stands there; it is left", hint="--overwrite writes over it.")
        return replace(made, feedback=text)

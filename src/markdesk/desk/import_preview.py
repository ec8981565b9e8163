"""An import before it is done: every file with whose it is, what the teacher decides about it, and then one step.

The plan is worked out anew after each decision, so that what is shown is what will be done.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from markdesk.core.coursework import Assignment
from markdesk.core.essay import Essay
from markdesk.core.ids import StudentId
from markdesk.core.people import Student
from markdesk.core.whose import Whose
from markdesk.desk.course import Order
from markdesk.desk.desk import Desk
from markdesk.desk.drafts import EssayDraft
from markdesk.desk.handed_in import Gathered, Plan, Taken, Turned
from markdesk.desk.intake import NO_CHOICE, plan_import, whose_of
from markdesk.desk.matching import Badge, Choice, Unmatched
from markdesk.desk.moving import take_in
from markdesk.desk.putting_back import Part, parts_of, with_parts
from markdesk.desk.rubrics import RubricShelf


class Fate(StrEnum):
    """What becomes of a file, as it stands; in the order in which the preview lists them."""

    ASK = "ask"
    """Nobody is certain to have written it."""
    CHECK = "check"
    """A name of the class list fits: Enter takes it, and a look confirms it."""
    REFUSED = "refuse"
    IMPORT = "import"
    UNCHANGED = "there"
    """The desk has this very text."""
    LEFT_OUT = "leave"

    @property
    def sign(self) -> str:
        """The sign and the word that stand for it, on the screen and in a terminal."""
        return _SIGNS[self]


_SIGNS = {
    Fate.ASK: "? ask", Fate.CHECK: "≈ check", Fate.REFUSED: "✗ no", Fate.IMPORT: "✓ in", Fate.UNCHANGED: "= there",
    Fate.LEFT_OUT: "– out",
}  # fmt: skip


def fate_of(taken: Taken) -> Fate:
    """What becomes of an essay that comes in."""
    return Fate.CHECK if taken.badge is Badge.CHECK else Fate.IMPORT


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One file."""

    path: str
    file_name: str
    fate: Fate
    student: str = ""
    """Whose it is, or as far as the file says."""
    is_new: bool = False
    version: int = 1
    words: int | None = None
    why: str = ""
    """How its student is known, or what is wrong with the file."""
    notes: tuple[str, ...] = ()
    removed: int = 0
    """How many lines were left out."""
    proposals: tuple[Student, ...] = ()
    can_be_read: bool = True


class Preview:
    """What an import would do, and the teacher's decisions about it. Not shared between threads."""

    def __init__(self, desk: Desk, shelf: RubricShelf, assignment: Assignment, gathered: Gathered) -> None:
        self.desk, self.shelf, self.assignment, self.gathered = desk, shelf, assignment, gathered
        self.choices: dict[str, Choice] = {}
        self.knows_students = bool(desk.store.students())
        """Whether there is anybody to choose."""
        self._files = {file.path: file for file in gathered.handed}
        self._places: dict[str, int] = {}
        """Where each file stands: by what became of it at first, so that a decision never moves a row."""
        self.plan = self._planned()
        fates = list(Fate)
        self.rows = tuple(sorted(self._rows(), key=lambda row: fates.index(row.fate)))
        self._places = {row.path: at for at, row in enumerate(self.rows)}

    def count(self, fate: Fate) -> int:
        return sum(row.fate is fate for row in self.rows)

    @property
    def students(self) -> Sequence[Student]:
        """Who can be chosen: the class list first, then everybody else on the desk."""
        store, group = self.desk.store, self.assignment.group_id
        members = {one.student_id for one in store.memberships(group)} if group else set[StudentId]()
        return sorted(store.students(), key=lambda student: (student.id not in members, student.sort_key))

    def said_name(self, path: str) -> tuple[str, str]:
        """The name that a file itself tells, given and family; empty where it tells none."""
        whose = self._whose(path)
        return whose.readings[0] if whose and whose.readings else ("", "")

    def draft(self, path: str) -> EssayDraft:
        """What was read in a file, with the lines that the teacher put back."""
        return with_parts(self._files[path].draft, self._choice(path).parts)

    def parts(self, path: str) -> tuple[tuple[str, Part], ...]:
        """Every line of a file with what it is: of the essay, its question, or left out."""
        return parts_of(self._files[path].draft, self._choice(path).parts)

    # -- deciding

    def choose(self, path: str, student: StudentId) -> None:
        """Say whose a file is."""
        self._decide(path, replace(self._choice(path), student=student, new=None, is_left_out=False))

    def make_new(self, path: str, name: tuple[str, str]) -> None:
        """Say that a file is a new student's."""
        self._decide(path, replace(self._choice(path), student=None, new=name, is_left_out=False))

    @property
    def all_new(self) -> dict[str, tuple[str, str]]:
        """The files whose names the class list doesn't have or come near, with those names."""
        said = {one.path: self.said_name(one.path) for one in self.plan.unmatched if not one.proposals}
        return {path: name for path, name in said.items() if any(name)}

    def make_all_new(self) -> int:
        """Make students of everybody whose name the class list doesn't have or come near; of how many files."""
        wanted = self.all_new
        self.choices |= {path: replace(self._choice(path), new=name) for path, name in wanted.items()}
        self._plan_again()
        return len(wanted)

    def leave_out(self, path: str) -> None:
        """Leave a file out, or no longer."""
        choice = self._choice(path)
        self._decide(path, replace(choice, is_left_out=not choice.is_left_out))

    def put(self, path: str, at: int, part: Part) -> None:
        """Say what a line of a file is."""
        read, choice = parts_of(self._files[path].draft, {}), self._choice(path)
        parts = {place: said for place, said in {**choice.parts, at: part}.items() if said is not read[place][1]}
        self._decide(path, replace(choice, parts=parts))

    def take_in(self) -> Plan:
        """Do it, as one step. Raises MarkdeskError where it can't be done; nothing is written then."""
        return take_in(self.desk, self._planned)

    def _choice(self, path: str) -> Choice:
        return self.choices.get(path, NO_CHOICE)

    def _decide(self, path: str, choice: Choice) -> None:
        if path in self._files:
            self.choices[path] = choice
            if choice == NO_CHOICE:
                del self.choices[path]
            self._plan_again()

    def _plan_again(self) -> None:
        self.plan = self._planned()
        self.rows = self._rows()

    def _planned(self) -> Plan:
        order = Order(self.assignment.id)
        handed, refused = self.gathered.handed, self.gathered.refused
        return plan_import(self.desk, self.shelf, order, handed, refused, choices=self.choices)

    # -- showing

    def _whose(self, path: str) -> Whose | None:
        file = self._files.get(path)
        try:
            return None if file is None else whose_of(file)
        except Unmatched:
            return None

    def _rows(self) -> tuple[PreviewRow, ...]:
        plan, found = self.plan, dict[str, PreviewRow]()
        for taken in plan.taken:
            found[taken.path] = PreviewRow(
                taken.path, self._files[taken.path].file_name, fate_of(taken), taken.student.name, taken.is_new_student,
                taken.script.version, taken.essay.words, taken.why, taken.notes, len(taken.draft.removed),
            )  # fmt: skip
        for taken in plan.unchanged:
            found[taken.path] = PreviewRow(
                taken.path, self._files[taken.path].file_name, Fate.UNCHANGED, taken.student.name,
                words=taken.essay.words, why=" ".join(taken.notes),
            )  # fmt: skip
        for one in (*plan.unmatched, *plan.refused):
            found[one.path] = self._turned_row(one, Fate.ASK if one.can_be_decided else Fate.REFUSED)
        for path in plan.left_out:
            found[path] = PreviewRow(
                path, self._files[path].file_name, Fate.LEFT_OUT, self._told(path), why="You left it out."
            )
        return tuple(sorted(found.values(), key=lambda row: self._place(row.path)))

    def _turned_row(self, one: Turned, fate: Fate) -> PreviewRow:
        file = self._files.get(one.path)
        name = file.file_name if file else one.file_name
        words = None if file is None else Essay.from_paragraphs(self.draft(one.path).paragraphs).words
        return PreviewRow(
            one.path, name, fate, one.student or self._told(one.path), words=words,
            why=one.told or one.reason, proposals=one.proposals, can_be_read=file is not None,
        )  # fmt: skip

    def _place(self, path: str) -> int:
        return self._places.get(path, len(self._places))

    def _told(self, path: str) -> str:
        whose = self._whose(path)
        return (whose.name or whose.id) if whose else ""

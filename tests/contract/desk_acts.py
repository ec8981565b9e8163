"""What is done to a desk beside the marking of an essay: the acts of its lists and its bank, every kind of change."""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

from markdesk.core.bank import BankComment, Origin
from markdesk.core.changes import (
    AnyChange,
    GroupChanged,
    MembershipChanged,
    PaperChanged,
    ScriptChanged,
    StudentChanged,
)
from markdesk.core.coursework import Returns
from markdesk.core.grades import GradeKind
from markdesk.core.history import Step
from markdesk.core.ids import PaperSetId, StudentId
from markdesk.core.paper import PaperSet
from markdesk.core.people import Membership, Student
from markdesk.core.queue_notes import Heap, Why
from markdesk.desk.bank import CommentBank, bank_of
from markdesk.desk.desk import Desk
from markdesk.desk.grades import type_grade
from markdesk.desk.queueing import Missing, QueueActs, missing
from markdesk.desk.rewording import BankActs, Reach
from tests.kit import SmallDesk
from tests.papers import BREADTH

SHIPPED = (BankComment("markdesk.so", "And so? Say what follows from it.", "so", origin=Origin.SHIPPED),)


def read_bank(desk: Desk) -> CommentBank:
    return bank_of(desk, SHIPPED)


class DeskActs:
    """One teacher's acts beside her marking. Each says whether it changed something."""

    def __init__(self, small: SmallDesk, dice: Random) -> None:
        self.small, self.dice = small, dice
        self.queue = QueueActs(small.desk)
        self.bank = BankActs(small.desk, read_bank)
        self.done = 0
        self.kinds: dict[str, Callable[[], bool]] = {
            "sort": lambda: bool(self.queue.sort(self._entry(), dice.choice((*Heap, None))).changes),
            "flag": lambda: bool(self.queue.flag(self._entry()).changes),
            "absent": self._absent,
            "excuse": self._excuse,
            "hide_names": lambda: bool(self.queue.hide_names(small.assignment, dice.random() < 0.5).changes),
            "mark_by_scale": lambda: bool(self.queue.mark_by_scale(small.assignment, dice.random() < 0.5).changes),
            "give_back": lambda: bool(self.queue.give_back(small.assignment, dice.choice(tuple(Returns))).changes),
            "reword": self._reword,
            "give_code": lambda: self.bank.give_code(self._comment(), f"c{self.done}").is_saved,
            "remove": self._remove,
            "join": self._join,
            "rename": self._rename,
            "hand in again": self._hand_in_again,
            "set a paper": self._set_paper,
            "grade": self._grade,
        }

    def act(self) -> str:
        """One of them; empty where it came to nothing."""
        kind = self.dice.choice(list(self.kinds))
        self.done += 1
        return kind if self.kinds[kind]() else ""

    def _do(self, *changes: AnyChange) -> bool:
        self.small.desk.commit("desk", "a change", changes)
        return True

    def _entry(self) -> Any:
        return self.small.entry(self.dice.randrange(3))

    # -- who is there

    def _join(self) -> bool:
        student = Student(StudentId(f"late-{self.done}"), "Late", f"[b]{self.done}")
        membership = Membership(self.small.group.id, student.id)
        return self._do(StudentChanged(None, student), MembershipChanged(None, membership))

    def _missing(self) -> tuple[Missing, ...]:
        small = self.small
        return missing(small.desk, small.assignment, [small.entry(place) for place in range(3)])

    def _absent(self) -> bool:
        found = self._missing()
        why = self.dice.choice(list(Why))
        return bool(found and self.queue.absent(self.small.assignment, self.dice.choice(found), why).changes)

    def _excuse(self) -> bool:
        found = self._missing()
        why = self.dice.choice((*Why, None))
        return bool(found and self.queue.excuse(self.small.assignment, self.dice.choice(found).student, why).changes)

    def _grade(self) -> bool:
        kind, value = self.dice.choice(list(GradeKind)), self.dice.choice(("A*", "B", "[b]", "C/D", ""))
        day = f"2026-11-{self.dice.randint(1, 3):02d}"
        return type_grade(self.small.desk, self._entry().student, kind, value, day) is not None

    def _rename(self) -> bool:
        (group,) = self.small.store.groups()
        return self._do(GroupChanged(group, replace(group, name=f"13H {self.done}")))

    def _hand_in_again(self) -> bool:
        script = self.small.entry(2).script
        return self._do(ScriptChanged(script, replace(script, file_name=f"page {self.done}.jpg")))

    def _set_paper(self) -> bool:
        present = next(iter(self.small.store.paper_sets()), None)
        number, assignment = BREADTH.questions[0].number, self.small.assignment
        name = f"Mock {self.done}"
        exam = PaperSet(
            PaperSetId("exam"), name, BREADTH, ((number, assignment.id),), "2026-11-23", assignment.group_id
        )
        return self._do(PaperChanged(present, exam))

    # -- the bank

    def _comment(self) -> BankComment:
        return self.dice.choice(read_bank(self.small.desk).comments)

    def _reword(self) -> bool:
        text = f"Say what follows ({self.done})"
        return self.bank.reword(self._comment(), text, self.dice.choice((Reach.UNRETURNED, Reach.FROM_NOW_ON))).is_saved

    def _remove(self) -> bool:
        own = self.small.store.bank_comments()
        return bool(own) and self.bank.remove(self.dice.choice(own)).is_saved


def steps_beside(small: SmallDesk) -> list[Step]:
    """The steps on the desk itself, oldest first."""
    return [step for step in small.store.first_steps(1_000_000) if step.marking_id is None]


def desk_as_it_is(small: SmallDesk) -> tuple[Any, ...]:
    """All that stands on the desk beside the markings."""
    store = small.store
    entries = store.entries(small.desk.marker.id)
    return (
        set(store.students()), set(store.groups()), set(store.memberships(small.group.id)), store.assignments(),
        store.paper_sets(), store.absences(small.assignment.id), set(store.bank_comments()),
        [(entry.script, entry.note) for entry in entries],
    )  # fmt: skip

"""For which assignment essays come in: one that is there, or a new one with its mark scheme and group."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from markdesk.core.coursework import Assignment, Kind, order_seed
from markdesk.core.errors import MarkdeskError, NotFound, UsageProblem
from markdesk.core.essay import normalise
from markdesk.core.ids import AssignmentId, GroupId
from markdesk.core.people import TeachingGroup, split_name
from markdesk.core.plain import fold, show_line
from markdesk.core.rubric import Rubric
from markdesk.desk.desk import Desk
from markdesk.desk.near import near_name
from markdesk.desk.rubrics import RubricShelf

LONGEST_NAME = 200
"""Characters; a name that is longer is something else."""


class SchemeMissing(NotFound):
    """A new assignment, and nobody said under which mark scheme; the hint proposes some."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the teacher said about the essays that come in. Names are as typed; ``cleaned`` makes them fit."""

    assignment: str
    question: str = ""
    rubric: str = ""
    group: str = ""
    student: str = ""
    create_students: bool = False
    kind: Kind | None = None
    """Of a new assignment; None for a class essay."""

    def cleaned(self) -> "Order":
        """The order with its names on one line. Raises UsageProblem for a name that is none."""
        if not self.assignment.strip():
            raise UsageProblem("The assignment needs a name.", "Give --assignment NAME.")
        if self.student.strip() and not any(split_name(self.student)):
            raise UsageProblem(f"'{show_line(self.student)}' is no name of a student.", "Give --student NAME.")
        return replace(
            self,
            assignment=clean_name(self.assignment, "assignment"),
            question=normalise(self.question).strip(),
            group=clean_name(self.group, "group"),
            student=clean_name(self.student, "student"),
        )


def clean_name(name: str, what: str) -> str:
    """A name on one line, without spaces at its ends. Raises UsageProblem for one that is too long."""
    name = " ".join(normalise(name).split())
    if len(name) > LONGEST_NAME:
        raise UsageProblem(f"The name of the {what} has {len(name)} characters; the most is {LONGEST_NAME}.")
    return name


@dataclass(frozen=True, slots=True)
class Course:
    """The assignment that essays are for. ``before`` is None for a new one."""

    before: Assignment | None
    assignment: Assignment
    rubric: Rubric
    group: TeachingGroup | None
    is_new_group: bool
    notes: tuple[str, ...] = ()

    @property
    def is_new(self) -> bool:
        return self.before is None


def find_course(desk: Desk, shelf: RubricShelf, order: Order, asked: Sequence[str | None]) -> Course:
    """The assignment by its whole name or id, or a new one. ``asked`` are the questions that the files print."""
    assignments = desk.store.assignments()
    names = [a.name for a in assignments]
    by_name = [a for a in assignments if a.id == order.assignment or fold(a.name) == fold(order.assignment)]
    group, is_new_group = find_group(desk, order.group)
    if by_name:
        return _known(desk, shelf, order, by_name[0], group, is_new_group, asked)
    if not order.rubric:
        near = near_name(order.assignment, names) or next(
            iter(get_close_matches(order.assignment, names, 1, 0.6)), None
        )
        meant = f" Did you mean '{show_line(near)}'?" if near else ""
        question = order.question or next((question for question in asked if question), "")
        raise SchemeMissing(
            f"No assignment is called '{show_line(order.assignment)}'.{meant}",
            f"A new one needs its mark scheme: --rubric ID. {proposed_schemes(shelf, question)}",
        )
    rubric = shelf.get(order.rubric)
    new_id = AssignmentId(desk.ids.new())
    found = Counter(question for question in asked if question)
    question = order.question or (found.most_common(1)[0][0] if found else order.assignment)
    assignment = Assignment(
        new_id,
        order.assignment,
        normalise(question),
        rubric.hash,
        desk.clock.today(),
        group.id if group else None,
        order.kind or Kind.CLASS_ESSAY,
        order_seed(new_id),
        is_anonymous=order.kind is not None and order.kind.hides_names,
    )
    notes = _near(order.assignment, names)
    if not order.question and found:
        notes = (*notes, _asked_in_files(question))
    return Course(None, assignment, rubric, group, is_new_group, notes)


def _asked_in_files(question: str) -> str:
    """Which heading was read as the question: it stands in no essay."""
    return f"Its question, as it stands above the essays: {show_line(question)}"


def _near(name: str, names: Sequence[str]) -> tuple[str, ...]:
    """That a new assignment has nearly the name of another, in case a slip made it."""
    near = near_name(name, names)
    if near is None:
        return ()
    told = f"'{show_line(name)}' is a new assignment, and there is '{show_line(near)}' already."
    return (f"{told} If that was meant, import the files again with --assignment '{show_line(near)}'.",)


def proposed_schemes(shelf: RubricShelf, question: str) -> str:
    """A sentence on which schemes fit the question; where it is empty, how to find one."""
    from markdesk.core.proposals import asked as size_of
    from markdesk.core.proposals import propose

    found = propose(question, shelf.sound()) if question else ()
    if not found:
        return "'markdesk rubric list' names them; with --question TEXT those that fit it are proposed."
    wanted = size_of(question)
    says = f"says {wanted.tariff} marks" if wanted.tariff else f"asks for {wanted.task}"
    named = ", ".join(f"{proposal.id} ({proposal.reason})" for proposal in found)
    return f"This question {says}: {named}."


def _known(
    desk: Desk,
    shelf: RubricShelf,
    order: Order,
    present: Assignment,
    group: TeachingGroup | None,
    is_new_group: bool,
    asked: Sequence[str | None],
) -> Course:
    rubric = desk.store.rubric(present.rubric_hash)
    name = show_line(present.name)
    if order.rubric and shelf.plain_id(order.rubric) != rubric.id:
        raise MarkdeskError(
            f"'{name}' is marked under {rubric.id}, not {show_line(order.rubric)}.",
            "An assignment keeps its mark scheme until 'markdesk assignment scheme --to ID' takes it over to another.",
        )
    if order.kind not in (None, present.kind):
        raise MarkdeskError(
            f"'{name}' is set as a {present.kind}, not as a {order.kind}.", "Leave --kind out, or set another."
        )
    after = present
    if group and group.id != present.group_id:
        if present.group_id is not None:
            set_to = next((g.name for g in desk.store.groups() if g.id == present.group_id), "another group")
            raise MarkdeskError(
                f"'{name}' was set to {show_line(set_to)}, not {show_line(group.name)}.",
                "Make another assignment for another group.",
            )
        after = replace(after, group_id=group.id)
    if group is None:
        group = next((g for g in desk.store.groups() if g.id == present.group_id), None)
    given = order.question or next((question for question in asked if question), "")
    notes = _other_version(shelf, order, rubric)
    if fold(present.question) == fold(present.name) and given:
        after = replace(after, question=normalise(given))
        notes = notes if order.question else (*notes, _asked_in_files(given))
    elif order.question and fold(order.question) != fold(present.question):
        raise MarkdeskError(
            f"'{name}' has another question: {show_line(present.question)}",
            "Leave --question out, or make another assignment for another question.",
        )
    return Course(present, after, rubric, group, is_new_group, notes)


def _other_version(shelf: RubricShelf, order: Order, kept: Rubric) -> tuple[str, ...]:
    if not order.rubric or shelf.get(order.rubric).hash == kept.hash:
        return ()
    return (
        f"It keeps {kept.id} as it was when it was set (version {kept.version}); the file has changed since."
        " 'markdesk assignment scheme' takes it over.",
    )


def find_group(desk: Desk, name: str) -> tuple[TeachingGroup | None, bool]:
    """The class by its id or whole name, or a new one of that name, and whether it is new; None without a name."""
    if not name:
        return None, False
    known = next((g for g in desk.store.groups() if g.id == name or fold(g.name) == fold(name)), None)
    return (known, False) if known else (TeachingGroup(GroupId(desk.ids.new()), name), True)


def kind_named(typed: str) -> Kind:
    """The kind of task that was typed. Raises UsageProblem for a word that is none."""
    found = next((kind for kind in Kind if kind.casefold() == " ".join(typed.split()).casefold()), None)
    if found is None:
        raise UsageProblem(f"--kind {show_line(typed)} is none.", f"It is one of: {', '.join(Kind)}.")
    return found

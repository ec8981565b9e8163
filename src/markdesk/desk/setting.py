"""Setting an assignment before any essay of it is there, correcting it, and how its essays are brought in."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from markdesk.core.changes import AnyChange, AssignmentChanged, GroupChanged
from markdesk.core.coursework import Assignment, Kind, order_seed
from markdesk.core.errors import MarkdeskError, NotFound, UsageProblem
from markdesk.core.essay import normalise
from markdesk.core.ids import AssignmentId
from markdesk.core.paper import PaperSet
from markdesk.core.plain import fold, is_plain, show_line
from markdesk.core.rubric import Rubric
from markdesk.desk.anonymous import exam_of
from markdesk.desk.course import clean_name, find_group
from markdesk.desk.desk import Desk
from markdesk.desk.ports import Keep

LONGEST_QUESTION = 6000
"""Characters: a question with three printed extracts has about 3000."""
MOST_MARKS = 999
"""The largest tariff that is taken for one."""


@dataclass(frozen=True, slots=True)
class NewAssignment:
    """What is to be set. Names are as typed; ``set_assignment`` makes them fit."""

    name: str
    question: str
    rubric: Rubric
    set_on: str
    """The day, ISO ``2026-11-25``."""
    group: str = ""
    """The class by name or id, made when new; empty for none."""
    kind: Kind = Kind.CLASS_ESSAY
    is_anonymous: bool | None = None
    """Whether names are hidden while it is marked; None leaves it to the kind."""


def set_assignment(desk: Desk, wanted: NewAssignment) -> Assignment:
    """Set it in one logged step, its class with it where that is new.

    Raises UsageProblem for what can't be a name or a question, MarkdeskError where the name is taken; then nothing is
    written.
    """
    name, group_name = _clean_name(wanted.name), clean_name(wanted.group, "class")
    question = _clean_question(wanted.question)
    if wanted.rubric.max_mark > MOST_MARKS:
        raise UsageProblem(f"An assignment is out of {MOST_MARKS} marks at most, not {wanted.rubric.max_mark}.")
    with desk.store.together():  # so that two windows don't give one name twice
        desk.find_marker()
        _check_is_free(name, desk.store.assignments())
        group, is_new_group = find_group(desk, group_name)
        new_id = AssignmentId(desk.ids.new())
        assignment = Assignment(
            new_id, name, question, wanted.rubric.hash, wanted.set_on, group.id if group else None, wanted.kind,
            order_seed(new_id),
            is_anonymous=wanted.kind.hides_names if wanted.is_anonymous is None else wanted.is_anonymous,
        )  # fmt: skip
        changes: list[AnyChange] = []
        if group is not None and is_new_group:
            changes.append(GroupChanged(None, group))
        changes.append(AssignmentChanged(None, assignment))
        desk.commit("assignment", "an assignment set", tuple(changes), Keep(rubrics=(wanted.rubric,)))
    return assignment


def correct_assignment(
    desk: Desk, wanted: Assignment, name: str | None = None, question: str | None = None, set_on: str | None = None
) -> Assignment:
    """Correct what was set, in one logged step; None leaves a thing as it is. ``set_on`` is a day, ISO.

    Marks, essays and files already written stay as they are. Raises UsageProblem for what can't be a name or a
    question, and for the name or day of a question of a paper, which are the paper's; MarkdeskError where the name is
    taken. Then nothing is written.
    """
    with desk.store.together():
        desk.find_marker()
        before = desk.store.assignment(wanted.id)
        if before is None:
            raise NotFound(f"The assignment '{show_line(wanted.name)}' is there no more.")
        exam = exam_of(desk, before.id) if name is not None or set_on is not None else None
        if exam is not None:
            raise UsageProblem(f"It is a question of the paper '{show_line(exam.name)}', which has its name and day.")
        after = replace(
            before,
            name=before.name if name is None else _clean_name(name),
            question=before.question if question is None else _clean_question(question),
            set_on=before.set_on if set_on is None else set_on,
        )
        _check_is_free(after.name, (a for a in desk.store.assignments() if a.id != after.id))
        if after != before:
            desk.commit("correct", "an assignment corrected", (AssignmentChanged(before, after),))
    return after


def _clean_name(typed: str) -> str:
    name = clean_name(typed, "assignment")
    if not name:
        raise UsageProblem("The assignment needs a name.")
    return name


def _clean_question(typed: str) -> str:
    question = normalise(typed).strip()
    if not question:
        raise UsageProblem("The assignment needs its question.")
    if len(question) > LONGEST_QUESTION:
        raise UsageProblem(f"The question has {len(question)} characters; the most is {LONGEST_QUESTION}.")
    return question


def _check_is_free(name: str, others: Iterable[Assignment]) -> None:
    there = next((a for a in others if fold(a.name) == fold(name)), None)
    if there is not None:
        raise MarkdeskError(
            f"There is an assignment called '{show_line(there.name)}' already.", "Give this one another name."
        )


def as_option(made: Assignment | PaperSet) -> str:
    """What an assignment or an exam is called on a command line: its name in quotation marks, or its id.

    A name with a character that a shell reads, or that can't be seen or typed, is better called by its id.
    """
    name = made.name
    is_safe = is_plain(name) and not set(name) & set('"$`\\!\n') and name != "-" and not name.startswith("@")
    return f'"{name}"' if is_safe else made.id


def import_command(chosen: Assignment | PaperSet | None, at: str = "") -> str:
    """The command that brings in what was typed for an assignment or an exam; (None) for one that it makes too.

    ``at`` names the desk, where it isn't the usual one.
    """
    if isinstance(chosen, PaperSet):
        return f"markdesk import FILE --paper {as_option(chosen)}{at}"
    return f"markdesk import FOLDER --assignment {as_option(chosen) if chosen else 'NAME'}{at}"


def ways_in(chosen: Assignment | PaperSet | None, at: str = "") -> list[tuple[str, str]]:
    """How scripts come in: what kind, and the command for it."""
    ways = [("typed", import_command(chosen, at))]
    if not isinstance(chosen, PaperSet):
        name = as_option(chosen) if chosen else "NAME"
        ways.append(("by hand", f"markdesk paper --assignment {name} --names FILE{at}"))
    return ways

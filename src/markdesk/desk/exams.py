"""Setting a question paper to a class, and finding it again by its name."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from markdesk.core.changes import AnyChange, AssignmentChanged, GroupChanged, PaperChanged
from markdesk.core.coursework import Assignment, Kind, order_seed
from markdesk.core.errors import Ambiguous, MarkdeskError, NotFound, UsageProblem
from markdesk.core.essay import normalise
from markdesk.core.ids import AssignmentId, PaperSetId
from markdesk.core.paper import Paper, PaperQuestion, PaperSet
from markdesk.core.people import TeachingGroup
from markdesk.core.plain import fold, show_line
from markdesk.core.rubric import Rubric, Status
from markdesk.desk.course import clean_name, find_group
from markdesk.desk.desk import Desk
from markdesk.desk.ports import Keep
from markdesk.desk.rubrics import RubricShelf, warning


@dataclass(frozen=True, slots=True)
class ExamOrder:
    """What the teacher said about a paper that she sets."""

    group: str
    name: str = ""
    """Empty for the paper's title."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """The words of questions, by number, in place of the paper's."""


@dataclass(frozen=True, slots=True)
class ExamMade:
    """A paper as it was set."""

    exam: PaperSet
    group: TeachingGroup
    is_new_group: bool
    warnings: tuple[str, ...]
    """What must be said about the paper and its schemes."""


def set_exam(desk: Desk, shelf: RubricShelf, paper: Paper, order: ExamOrder) -> ExamMade:
    """Set a paper to a class, in one step: an assignment a question, and what ties them together.

    Raises UsageProblem, NotFound or MarkdeskError, and changes nothing, where a name is taken, a mark scheme isn't
    there or is out of other marks than its question, or a question is named that the paper doesn't have.
    """
    name = clean_name(order.name or paper.title, "exam")
    group_name = clean_name(order.group, "group")
    if not name or not group_name:
        raise UsageProblem("An exam needs a class.", "Give --group NAME.")
    for number in order.texts:
        if paper.question(number) is None:
            known = ", ".join(question.number for question in paper.questions)
            raise NotFound(f"{paper.title} has no question {show_line(number)}.", f"It has: {known}.")
    rubrics = paper_rubrics(shelf, paper)
    with desk.store.together():  # so that two windows don't set it at once
        desk.find_marker()
        group, is_new = find_group(desk, group_name)
        assert group is not None
        _refuse_taken(desk, name, paper)
        assignments = {
            question.number: _assignment(desk, name, question, order, rubrics[question.rubric], group)
            for question in paper.questions
        }
        pairs = tuple((number, assignment.id) for number, assignment in assignments.items())
        exam = PaperSet(PaperSetId(desk.ids.new()), name, paper, pairs, desk.clock.today(), group.id)
        changes: list[AnyChange] = []
        if is_new:
            changes.append(GroupChanged(None, group))
        changes += [AssignmentChanged(None, assignment) for assignment in assignments.values()]
        changes.append(PaperChanged(None, exam))
        desk.commit("exam", "a question paper set", tuple(changes), Keep(rubrics=tuple(rubrics.values())))
    said = (paper_warning(paper), *(warning(rubric) for rubric in rubrics.values()))
    return ExamMade(exam, group, is_new, tuple(sentence for sentence in said if sentence))


def paper_warning(paper: Paper) -> str:
    """What must be said whenever a paper is set; empty for one that may be relied on."""
    if paper.status is Status.DRAFT:
        return f"{paper.id} is a draft: its questions are not certain. Compare it with the board's paper."
    if paper.status is Status.RETIRED:
        return f"{paper.id} is retired: the board no longer sets it."
    return ""


def find_exam(desk: Desk, name: str) -> PaperSet:
    """By id, whole name or a part that only one exam has. Raises NotFound or Ambiguous, naming what there is."""
    exams = desk.store.paper_sets()
    wanted = fold(name)
    for fits in (
        [exam for exam in exams if exam.id == name],
        [exam for exam in exams if fold(exam.name) == wanted],
        [exam for exam in exams if wanted and wanted in fold(exam.name)],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise Ambiguous(f"'{show_line(name)}' fits several exams: {_listed(fits)}.", "Give the whole name.")
    hint = f"The desk has: {_listed(list(exams))}." if exams else "The desk has none yet: 'markdesk exam new' sets one."
    raise NotFound(f"No exam is called '{show_line(name)}'.", hint)


def _listed(exams: list[PaperSet]) -> str:
    return ", ".join(show_line(exam.name) for exam in exams[:8]) + (" and more" if len(exams) > 8 else "")


def paper_rubrics(shelf: RubricShelf, paper: Paper) -> dict[str, Rubric]:
    """The paper's schemes by the ids that it gives. Raises where one is missing or doesn't fit its questions."""
    found = {question.rubric: shelf.get(question.rubric) for question in paper.questions}
    wrong = [
        f"Question {question.number} of {paper.id} is out of {question.max}, and its mark scheme {question.rubric} is"
        f" out of {found[question.rubric].max_mark}."
        for question in paper.questions
        if found[question.rubric].max_mark != question.max
    ]
    if wrong:
        raise MarkdeskError("\n".join(wrong), "Mend the paper's file, or give another scheme in it.")
    return found


def _refuse_taken(desk: Desk, name: str, paper: Paper) -> None:
    if any(fold(exam.name) == fold(name) for exam in desk.store.paper_sets()):
        raise MarkdeskError(f"There is an exam called '{show_line(name)}' already.", "Give another name with --name.")
    wanted = {fold(_assignment_name(name, question)) for question in paper.questions}
    for assignment in desk.store.assignments():
        if fold(assignment.name) in wanted:
            told = f"There is an assignment called '{show_line(assignment.name)}' already."
            raise MarkdeskError(told, "Give the exam another name with --name.")


def _assignment_name(name: str, question: PaperQuestion) -> str:
    return f"{name} {question.number}"


def _assignment(
    desk: Desk, name: str, question: PaperQuestion, order: ExamOrder, rubric: Rubric, group: TeachingGroup
) -> Assignment:
    new_id = AssignmentId(desk.ids.new())
    called = _assignment_name(name, question)
    # Without its words a question goes by the assignment's name, until an import brings one that is printed.
    text = normalise(order.texts.get(question.number, "") or question.text).strip() or called
    day = desk.clock.today()
    kind = Kind.MOCK
    return Assignment(
        new_id, called, text, rubric.hash, day, group.id, kind, order_seed(new_id), is_anonymous=kind.hides_names
    )

"""``markdesk import --paper``: one script that answers several questions of an exam."""

from typing import TYPE_CHECKING

from markdesk.cli import output
from markdesk.cli.imports import counted, gathered, taken_shape
from markdesk.cli.session import Session
from markdesk.core.errors import EssayUnreadable

if TYPE_CHECKING:
    from markdesk.core.ids import AssignmentId
    from markdesk.core.paper import PaperSet
    from markdesk.desk.course import Order
    from markdesk.desk.desk import Desk
    from markdesk.desk.handed_in import Plan


def import_answers(session: Session, path: str, order: "Order", dry_run: bool, as_json: bool) -> int:
    """Divide the script at its question numbers: all of its answers come in, or none. ``order`` names the exam."""
    from markdesk import bootstrap
    from markdesk.desk.exam_intake import plan_answers
    from markdesk.desk.exams import find_exam
    from markdesk.desk.moving import take_in

    shelf = bootstrap.rubric_shelf()
    with session.desk() as desk:
        exam = find_exam(desk, order.assignment)
        with gathered([path]) as found:
            for turned in found.refused:
                raise EssayUnreadable(turned.reason)
            handed = found.handed[0]

            def planned() -> "Plan":
                return plan_answers(desk, shelf, exam, order, handed)

            plan = planned() if dry_run else take_in(desk, planned)
        cautions = _cautions(desk, exam)
        answered = {taken.script.assignment_id for taken in (*plan.taken, *plan.unchanged)}
        hidden = any(one.is_anonymous for one in desk.store.assignments() if one.id in answered)
    numbers = {assignment_id: number for number, assignment_id in exam.assignments}
    for caution in cautions:
        output.say(caution)
    _tell(plan, exam, dry_run)
    if as_json:
        imported = [
            {"number": numbers[taken.script.assignment_id], **taken_shape(taken, dry_run, hidden)}
            for taken in plan.taken
        ]
        unchanged = [
            {"number": numbers[taken.script.assignment_id], **taken_shape(taken, False, hidden)}
            for taken in plan.unchanged
        ]
        output.json_out(
            "import",
            {
                "dry_run": dry_run,
                "exam": {"id": exam.id, "name": exam.name},
                "imported": imported,
                "unchanged": unchanged,
                "refused": [],
                "unmatched": [],
                "skipped": [],
                "notes": list(plan.notes),
            },
        )
    else:
        _list(plan, numbers, hidden, dry_run)
    return 0


def _cautions(desk: "Desk", exam: "PaperSet") -> list[str]:
    """What must be said of the paper and its schemes each time they are used."""
    from markdesk.desk.exams import paper_warning
    from markdesk.desk.rubrics import warning

    used = {a.rubric_hash for a in desk.store.assignments() if a.id in dict(exam.assignments).values()}
    said = [paper_warning(exam.paper), *(warning(desk.store.rubric(rubric)) for rubric in sorted(used))]
    return [sentence for sentence in said if sentence]


def _tell(plan: "Plan", exam: "PaperSet", dry_run: bool) -> None:
    for note in plan.notes:
        output.say(note)
    for note in dict.fromkeys(f"{taken.student.name}: {note}" for taken in plan.taken for note in taken.notes):
        output.say(note)
    if plan.unchanged:
        output.say(f"{counted(len(plan.unchanged), 'answer')} there already: nothing changed.")
    would = "would be taken in" if dry_run else "taken in"
    output.say(f"{counted(len(plan.taken), 'answer')} {would} for '{exam.name}'.")
    if any(taken.is_new_student for taken in plan.taken):
        output.say("1 new student.")
    if dry_run:
        output.say("Nothing was written.")


def _list(plan: "Plan", numbers: "dict[AssignmentId, str]", hidden: bool, dry_run: bool) -> None:
    rows = [
        (
            numbers[taken.script.assignment_id],
            "" if hidden or (dry_run and taken.script.version == 1) else taken.script.short_id,
            taken.student.name,
            taken.essay.words,
            taken.script.version,
            remark,
        )
        for listed, remark in ((plan.taken, ""), (plan.unchanged, "unchanged"))
        for taken in listed
    ]
    output.table(("question", "script", "student", "words", "version", ""), rows)

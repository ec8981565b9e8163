"""``markdesk import``: essays in, students and assignment made as needed."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Annotated, Any

import typer

from markdesk.cli import output, shapes
from markdesk.cli.session import Session
from markdesk.config.paths import user_path
from markdesk.core.errors import MarkdeskError, UsageProblem

if TYPE_CHECKING:
    from markdesk.desk.course import Order
    from markdesk.desk.handed_in import Gathered, Plan, Taken, Turned


def import_essays(
    ctx: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, downloads (.zip).")],
    assignment: Annotated[
        str | None, typer.Option("--assignment", "-a", metavar="NAME", help="What the essays are for.")
    ] = None,
    paper: Annotated[
        str | None, typer.Option("--paper", metavar="NAME", help="The exam that one script answers, instead.")
    ] = None,
    rubric: Annotated[
        str | None, typer.Option("--rubric", metavar="ID", help="The mark scheme, where it is new.")
    ] = None,
    question: Annotated[str | None, typer.Option("--question", metavar="TEXT", help="Else the files' own.")] = None,
    group: Annotated[str | None, typer.Option("--group", metavar="NAME", help="The class. Made when new.")] = None,
    student: Annotated[str | None, typer.Option("--student", metavar="NAME", help="Whose it is; for one file.")] = None,
    kind: Annotated[
        str | None,
        typer.Option("--kind", metavar="KIND", help="What a new one is: mock, NEA, NEA draft."),
    ] = None,
    create_students: Annotated[
        bool, typer.Option("--create-students", help="Add those who are not in the class list.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> int:
    """Take in essays: Word, OpenDocument, RTF, PDF, text, Markdown, saved web pages and mails; whole downloads too.

    A new assignment needs --rubric. Whose an essay is tells the download of a school system, its file name ("Okafor
    Amara.docx") or --student. All that is good comes in as one step; what is refused is listed, and the exit code is
    then 1. --dry-run shows first what would come in, whose it is taken for, and why.

    With --paper one script with the answers to several questions is divided at the numbers that stand above them.

    \b
    Example:
      markdesk import essays/ --assignment "Henry VII" --rubric aqa-7042-b-essay-25 --group 13H
      markdesk import okafor.docx --paper "Mock C1" --student "Amara Okafor"
    """
    from markdesk.desk.course import Order, kind_named

    session: Session = ctx.obj
    given = session.given
    if (assignment is None) == (paper is None):
        raise UsageProblem("Say what is answered: one of --assignment NAME and --paper NAME.")
    if paper is not None and (rubric or question or kind):
        raise UsageProblem("--paper has its questions and schemes: --question, --rubric and --kind don't go with it.")
    named = given.text(assignment if assignment is not None else paper or "")
    if paper is not None and not named.strip():
        raise UsageProblem("--paper needs the name of an exam.", "'markdesk exam list' names them.")
    order = Order(
        named,
        given.text(question or ""),
        rubric or "",
        given.text(group or ""),
        given.text(student or ""),
        create_students,
        kind_named(kind) if kind else None,
    ).cleaned()
    if student is not None and not order.student:
        raise UsageProblem("--student needs a name.")
    is_one_file = len(paths) == 1 and not os.path.isdir(user_path(paths[0]))
    if order.student and not is_one_file:
        raise UsageProblem("--student says whose one file is; here are several.", "Import that file alone.")
    if paper is not None and not is_one_file:
        raise UsageProblem("--paper divides one script; here are several.", "Import each file alone.")
    try:
        if paper is not None:
            from markdesk.cli.exam_import import import_answers

            return import_answers(session, paths[0], order, dry_run, as_json)
        return _import(session, paths, order, dry_run, as_json)
    except MarkdeskError as error:
        if as_json and error.exit_code == 1:
            refused = [{"file": path, "reason": str(error)} for path in paths]
            output.json_out("import", {"imported": [], "unchanged": [], "refused": refused, "unmatched": []})
        raise


def _import(session: Session, paths: list[str], order: "Order", dry_run: bool, as_json: bool) -> int:
    from markdesk import bootstrap
    from markdesk.desk.course import SchemeMissing
    from markdesk.desk.intake import plan_import
    from markdesk.desk.moving import take_in

    shelf = bootstrap.rubric_shelf()
    with session.desk_to_be() as (desk, to_write):
        # Planned without files first: a wrong scheme is known before thirty essays are read.
        # Without a scheme they are read all the same: the question that they print tells which schemes fit.
        with suppress(SchemeMissing):
            plan_import(desk, shelf, order, [])
        with gathered(paths) as found:
            plan = plan_import(desk, shelf, order, found.handed, found.refused)
            if plan.does_something and not dry_run:
                desk = to_write()
                plan = take_in(desk, lambda: plan_import(desk, shelf, order, found.handed, found.refused))
    _tell(plan, found, dry_run)
    if as_json:
        output.json_out("import", _shape(plan, found, dry_run))
    else:
        _list(plan, dry_run)
    return 1 if plan.refused or plan.unmatched else 0


@contextmanager
def gathered(paths: list[str]) -> Iterator["Gathered"]:
    """The essays at these paths, each read in a process that can be ended; the files stay within reach meanwhile."""
    from markdesk.formats.gathering import look, read_all

    with output.progress("Reading") as progress:
        found = read_all(look(paths), progress)
    try:
        yield found
    finally:
        found.release()


def _tell(plan: "Plan", found: "Gathered", dry_run: bool) -> None:
    from markdesk.desk.rubrics import warning

    caution = warning(plan.rubric)
    if caution:
        output.say(caution)
    for reason in dict.fromkeys(map(_reason, (*plan.refused, *plan.unmatched, *found.skipped))):
        output.say(reason)
    if any(turned.can_be_decided for turned in (*plan.unmatched, *plan.refused)):
        output.say("On the screen ('i' in the library) a key says whose each of these is.")
    for note in (*found.notes, *plan.notes):
        output.say(note)
    times = Counter(note for taken in plan.taken for note in taken.notes)
    for note, count in times.items():
        if count > MANY:
            output.say(f"{count} essays: {note}")
    for taken in plan.taken:
        for note in taken.notes:
            if times[note] <= MANY:
                output.say(f"{taken.student.name}: {note}")
        _tell_removed(taken.student.name, taken.draft.removed)
    if plan.unchanged:
        output.say(f"{counted(len(plan.unchanged), 'essay')} there already: nothing changed.")
    count = len(plan.taken)
    new = f" It is new, marked under {plan.rubric.title}." if plan.is_new_assignment and count else ""
    would = "would be taken in" if dry_run else "taken in"
    output.say(f"{counted(count, 'essay')} {would} for '{plan.assignment.name}'.{new}")
    if plan.left_over:
        output.say(f"Left over: {plan.left_over}. Each is named above, with why.")
    students = sum(taken.is_new_student for taken in plan.taken)
    if students:
        made = f"{students} new {'student' if students == 1 else 'students'}"
        output.say(f"{made}: a file's name is read family name first; 'markdesk student rename' mends one.")
    if dry_run:
        output.say("Nothing was written.")


def _reason(turned: "Turned") -> str:
    """Why a file isn't taken in, with whose or which it is where the sentence doesn't say."""
    if turned.student and turned.student not in turned.reason:
        return f"{turned.student}: {turned.reason}"
    is_named = turned.file_name in turned.reason or turned.path in turned.reason
    return turned.reason if is_named else f"{turned.path}: {turned.reason}"


def counted(count: int, one: str) -> str:
    """``1 essay``, ``12 essays`` and ``No essays``, to begin a sentence with."""
    return f"1 {one}" if count == 1 else f"{count or 'No'} {one}s"


MANY = 3
"""So many students have a note told by name; what is to be said of more is said once."""
MOST_TOLD = 6
"""Lines that were left out, told one by one; ``--json`` has them all."""


def _tell_removed(name: str, removed: Sequence[str]) -> None:
    """What of a file was left out of the essay: a web site's lines, the candidate's, a count of words."""
    if removed:
        output.say(f"{name}: {len(removed)} {'line' if len(removed) == 1 else 'lines'} left out of the essay:")
    for line in removed[:MOST_TOLD]:
        output.say(f"  | {line if len(line) <= 90 else line[:89] + '…'}")
    if len(removed) > MOST_TOLD:
        output.say(f"  | … and {len(removed) - MOST_TOLD} more: --json lists all of them.")


def _list(plan: "Plan", dry_run: bool) -> None:
    from markdesk.desk.import_preview import Fate, fate_of

    hides = plan.assignment.is_anonymous  # an id beside a name would tell whose it is
    rows = [_row(taken, hides or (dry_run and taken.script.version == 1), fate_of(taken).sign) for taken in plan.taken]
    rows += [_row(taken, hides, f"{Fate.UNCHANGED.sign}, unchanged") for taken in plan.unchanged]
    for one in (*plan.unmatched, *plan.refused):
        sign = (Fate.ASK if one.can_be_decided else Fate.REFUSED).sign
        rows.append(("", one.student, "", "", one.path, sign))
    if rows:
        output.table(("script", "student", "words", "version", "file", ""), rows)


def _row(taken: "Taken", hides_id: bool, remark: str) -> tuple[object, ...]:
    remark = f"{remark}, new student" if taken.is_new_student else remark
    script = taken.script
    return (
        "" if hides_id else script.short_id,
        taken.student.name,
        taken.essay.words,
        script.version,
        taken.path,
        remark,
    )


def _shape(plan: "Plan", found: "Gathered", dry_run: bool) -> dict[str, Any]:
    """What ``--json`` answers."""
    hides = plan.assignment.is_anonymous
    return {
        "dry_run": dry_run,
        "assignment": {
            "id": None if plan.is_new_assignment and (dry_run or not plan.changes) else plan.assignment.id,
            "name": plan.assignment.name,
            "question": plan.assignment.question,
            "is_new": plan.is_new_assignment,
        },
        "imported": [taken_shape(taken, dry_run, hides) for taken in plan.taken],
        "unchanged": [taken_shape(taken, False, hides) for taken in plan.unchanged],
        "refused": [_turned(turned) for turned in plan.refused],
        "unmatched": [_turned(turned) for turned in plan.unmatched],
        "skipped": [_turned(turned) for turned in found.skipped],
    }


def taken_shape(taken: "Taken", is_only_planned: bool, hides_id: bool) -> dict[str, Any]:
    """One essay as ``--json`` tells it; without its id where that would tell whose it is."""
    has_none = hides_id or (is_only_planned and taken.script.version == 1)
    return {
        **shapes.script_ids("" if has_none else taken.script.id),
        "student": taken.student.name,
        "student_id": None if is_only_planned and taken.is_new_student else taken.student.id,
        "is_new_student": taken.is_new_student,
        "badge": str(taken.badge),
        "why": taken.why,
        "file": taken.path,
        "version": taken.script.version,
        "question": taken.draft.question,
        "paragraphs": list(taken.draft.paragraphs),
        "words": taken.essay.words,
        "removed": list(taken.draft.removed),
        "notes": list(taken.notes),
    }


def _turned(turned: "Turned") -> dict[str, str]:
    return {"file": turned.path, "reason": turned.reason}

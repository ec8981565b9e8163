"""``markdesk student``: one student added, mended, or made one of two records."""

from typing import TYPE_CHECKING, Annotated

import typer

from markdesk.cli import output
from markdesk.cli.session import Session

if TYPE_CHECKING:
    from markdesk.desk.class_list import ClassPlan

AS_JSON = typer.Option("--json", help="Answer as JSON.")


def rename_student(
    ctx: typer.Context,
    student: Annotated[str, typer.Argument(metavar="STUDENT", help="Name, candidate number or id.")],
    given: Annotated[str | None, typer.Option("--given", metavar="NAME", help="The given name.")] = None,
    family: Annotated[str | None, typer.Option("--family", metavar="NAME", help="The family name.")] = None,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Mend a student's name. Scripts and marks stay hers; what is left out stays as it is.

    \b
    Example:
      markdesk student rename "Okafor Amara" --given Amara --family Okafor
    """
    from dataclasses import replace

    from markdesk.cli import shapes
    from markdesk.core.changes import StudentChanged
    from markdesk.core.errors import UsageProblem
    from markdesk.desk.course import clean_name
    from markdesk.desk.desk import find_student

    session: Session = ctx.obj
    named, told = session.given.text(student), session.given
    if given is None and family is None:
        raise UsageProblem("Say the new name: --given NAME, --family NAME, or both.", "What is left out stays.")
    with session.desk() as desk, desk.store.together():
        before = find_student(desk, named)
        after = replace(
            before,
            given_name=before.given_name if given is None else clean_name(told.text(given), "student"),
            family_name=before.family_name if family is None else clean_name(told.text(family), "student"),
        )
        if not after.name.strip():
            raise UsageProblem("A student needs a name.", "Give --given, --family or both.")
        if after != before:
            desk.commit("student", f"{before.name} is {after.name} now", (StudentChanged(before, after),))
    output.say(f"{before.name} is {after.name} now." if after != before else "Nothing changed: it was so already.")
    if as_json:
        output.json_out("student-rename", {"student": shapes.person(after)})


def add_student(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="'Amara Okafor', or 'Okafor, Amara'.")],
    group: Annotated[str, typer.Option("--group", metavar="NAME", help="The class. Made when new.")],
    candidate: Annotated[str, typer.Option("--candidate", metavar="NUMBER", help="The candidate number.")] = "",
    tutor: Annotated[str, typer.Option("--tutor", metavar="GROUP", help="The tutor group.")] = "",
    access: Annotated[bool, typer.Option("--access", help="She has access arrangements.")] = False,
    another: Annotated[bool, typer.Option("--another", help="Also where somebody has such a name.")] = False,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Add one student to a class. A whole list comes in with 'markdesk student import'.

    \b
    Example:
      markdesk student add "Amara Okafor" --group 13H --candidate 0123
    """
    from markdesk.cli import shapes
    from markdesk.core.class_list import ClassList, Listed
    from markdesk.core.errors import MarkdeskError, UsageProblem
    from markdesk.core.people import split_name
    from markdesk.desk.class_list import NEW, Fate, ListOrder, plan_class_list, take_list
    from markdesk.desk.course import clean_name

    session: Session = ctx.obj
    told = session.given
    given, family = split_name(clean_name(told.text(name), "student"))
    into = clean_name(told.text(group), "group")
    if not (given or family):
        raise UsageProblem("A student needs a name.", "Like 'Amara Okafor'.")
    if not into:
        raise UsageProblem("--group needs the name of a class.")
    number, tutors = (clean_name(told.text(one), "student") for one in (candidate, tutor))
    row = Listed(1, given, family, number, tutors, access or None)
    order = ListOrder(into, answers={1: NEW} if another else {})
    with session.desk() as desk:

        def planned() -> "ClassPlan":
            plan = plan_class_list(desk, ClassList("", (row,), ()), order)
            (one,) = plan.placed
            if one.fate in (Fate.CHANGED, Fate.THERE) and one.student is not None:
                told = f"{one.student.name} ({one.student.id[-6:]}) is on the desk already."
                raise MarkdeskError(told, "'markdesk student edit' changes what is kept; --another adds a namesake.")
            if one.fate is not Fate.NEW:
                raise MarkdeskError(f"Not added: {one.why}", "--another says that it is another student.")
            return plan

        (made,) = take_list(desk, planned).placed
    assert made.student is not None
    output.say(f"Added {made.student.name} to {into}." + (f" Note: {made.note}." if made.note else ""))
    if as_json:
        output.json_out("student-add", {"student": shapes.person(made.student, (into,))})
    else:
        output.data(made.student.id[-6:])


def edit_student(
    ctx: typer.Context,
    student: Annotated[str, typer.Argument(metavar="STUDENT", help="Name, candidate number or id.")],
    candidate: Annotated[str | None, typer.Option("--candidate", metavar="NUMBER", help="Empty for none.")] = None,
    tutor: Annotated[str | None, typer.Option("--tutor", metavar="GROUP", help="Empty for none.")] = None,
    access: Annotated[
        bool | None, typer.Option("--access/--no-access", help="Whether she has access arrangements.")
    ] = None,
    group: Annotated[str, typer.Option("--group", metavar="NAME", help="A class that she joins.")] = "",
    leave: Annotated[str, typer.Option("--leave", metavar="NAME", help="A class that she leaves.")] = "",
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Change what is kept of a student besides her name, which 'student rename' mends.

    \b
    Example:
      markdesk student edit "Amara Okafor" --candidate 0123 --tutor 13B --access
    """
    from markdesk.cli import shapes
    from markdesk.core.errors import UsageProblem
    from markdesk.desk.desk import find_student
    from markdesk.desk.student_edit import Edit
    from markdesk.desk.student_edit import edit_student as edit

    session: Session = ctx.obj
    told = session.given
    named = told.text(student)
    wanted = Edit(told.maybe(candidate), told.maybe(tutor), access, told.text(group), told.text(leave))
    if wanted == Edit():
        raise UsageProblem("Say what to change.", "See 'markdesk student edit --help'.")
    with session.desk() as desk, desk.store.together():
        desk.find_marker()
        after, changed = edit(desk, find_student(desk, named), wanted)
        groups = desk.store.groups()
        its = {g.name for g in groups if after.id in {m.student_id for m in desk.store.memberships(g.id)}}
    output.say(f"{after.name} is changed." if changed else "Nothing changed: it was so already.")
    if as_json:
        output.json_out("student-edit", {"student": shapes.person(after, tuple(sorted(its)))})


def merge_students(
    ctx: typer.Context,
    keep: Annotated[str, typer.Argument(metavar="KEEP", help="Who stays: name, candidate number or id.")],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The other record of the same person.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")] = False,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Make two records of one person one: scripts, marks, classes and ids go to the first, and the second goes.

    Refused where both have a script for one assignment.

    \b
    Example:
      markdesk student merge "Amara Okafor" "Okafor Amara" --dry-run
    """
    from markdesk.cli import shapes
    from markdesk.desk.desk import find_student
    from markdesk.desk.merging import merge, plan_merge

    session: Session = ctx.obj
    names = session.given.text(keep), session.given.text(other)
    with session.desk() as desk:
        first, second = (find_student(desk, name) for name in names)
        done = plan_merge(desk, first, second) if dry_run else merge(desk, first, second)
    for note in done.notes:
        output.say(note)
    count = len(done.scripts)
    scripts = "1 script" if count == 1 else f"{count or 'no'} scripts"
    would = "would go" if dry_run else "went"
    output.say(f"{second.name} ({second.id[-6:]}) {would} into {done.kept.name} ({done.kept.id[-6:]}), with {scripts}.")
    if dry_run:
        output.say("Nothing was written.")
    if as_json:
        shape = {
            "dry_run": dry_run,
            "student": shapes.person(done.kept),
            "merged": second.id,
            "scripts": [script.id for script in done.scripts],
            "notes": list(done.notes),
        }
        output.json_out("student-merge", shape)

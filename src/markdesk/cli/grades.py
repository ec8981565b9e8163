"""``markdesk student grade``: the grades that a teacher types for a student."""

from typing import Annotated

import typer

from markdesk.cli import output
from markdesk.cli.session import Session

EMPTY = "An empty one takes it back."


def grade_student(
    ctx: typer.Context,
    student: Annotated[str, typer.Argument(metavar="STUDENT", help="Name, candidate number or id.")],
    target: Annotated[str | None, typer.Option("--target", metavar="GRADE", help="Empty takes it back.")] = None,
    working_at: Annotated[
        str | None, typer.Option("--working-at", metavar="GRADE", help="Empty takes it back.")
    ] = None,
    predicted: Annotated[str | None, typer.Option("--predicted", metavar="GRADE", help="Empty takes it back.")] = None,
    on: Annotated[str, typer.Option("--on", metavar="DAY", help="For which day: 25 Nov 2026, yesterday.")] = "today",
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Type a grade for a student, or list those that were typed. markdesk computes none, and shows none while you mark.

    \b
    Example:
      markdesk student grade "Amara Okafor" --target B --predicted A
      markdesk student grade "Amara Okafor" --working-at C --on "3 Sep"
      markdesk student grade "Amara Okafor"
    """
    from markdesk.core.days import read_day
    from markdesk.core.errors import UsageProblem
    from markdesk.core.grades import GradeKind
    from markdesk.desk.desk import find_student
    from markdesk.desk.grades import type_grade

    session: Session = ctx.obj
    told = session.given
    named = told.text(student)
    given = {
        GradeKind.TARGET: told.maybe(target),
        GradeKind.WORKING_AT: told.maybe(working_at),
        GradeKind.PREDICTED: told.maybe(predicted),
    }
    with session.desk() as desk:
        day = read_day(told.text(on), desk.clock.today())
        if day is None:
            raise UsageProblem(f"'{on}' is no day.", "Such as '25 Nov 2026', 25/11/2026, today.")
        one = find_student(desk, named)
        with desk.store.together():
            steps = [type_grade(desk, one, kind, value, day) for kind, value in given.items() if value is not None]
        its = desk.store.grades(one.id)
    for step in steps:
        output.say(f"{step.label}." if step is not None else "Nothing changed: it was so already.")
    if as_json:
        listed = [{"kind": str(grade.kind), "day": grade.day, "grade": grade.value} for grade in its]
        output.json_out("student-grade", {"student": one.id, "name": one.name, "grades": listed})
    elif not steps:  # what was just typed is said already
        for grade in its:
            output.data(f"{grade.day}  {grade.kind:<10}  {grade.value}")
        if not its:
            output.say(f"No grade is typed for {one.name}.")

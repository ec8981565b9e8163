"""``markdesk exam totals`` and ``exam grades``: what a class's answers come to."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from markdesk.cli import output
from markdesk.cli.session import Session
from markdesk.core.errors import UsageProblem

if TYPE_CHECKING:
    from markdesk.core.award import Total
    from markdesk.core.boundaries import Boundaries
    from markdesk.desk.desk import Desk
    from markdesk.desk.exam_grid import ExamGrid, Overall
    from markdesk.desk.grading import Wanted

AS_JSON = typer.Option("--json", help="Answer as JSON.")
NAMES = typer.Argument(metavar="NAME...", help="An exam; with --qualification, each component's exam or assignment.")
QUALIFICATION = typer.Option("--qualification", metavar="ID", help="Put these components together.")


def totals(
    ctx: typer.Context,
    names: Annotated[list[str], NAMES],
    qualification: Annotated[str | None, QUALIFICATION] = None,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """What each student's answers come to: by question, section and paper, or by component and qualification.

    Where more questions were answered than asked for, the best count. A total is provisional while an answer isn't
    finished or one is missing.

    \b
    Example:
      markdesk exam totals "Mock C1"
      markdesk exam totals "Mock C1" "Mock C2" NEA --qualification aqa-7042
    """
    session: Session = ctx.obj
    with session.desk() as desk:
        found = _found(desk, session, names, qualification)
    if as_json:
        output.json_out("exam-totals", _shape(found))
    else:
        _table(found)


def _found(desk: "Desk", session: Session, names: list[str], qualification: str | None) -> "ExamGrid | Overall":
    from markdesk import bootstrap
    from markdesk.desk.exam_grid import exam_grid, overall
    from markdesk.desk.exams import find_exam

    called = [session.given.text(name) for name in names]
    if qualification is not None:
        return overall(desk, bootstrap.qualification_shelf().get(qualification), called)
    if len(called) > 1:
        raise UsageProblem(
            "Several exams have one total only as parts of a qualification.",
            "Give --qualification ID, or one name at a time.",
        )
    return exam_grid(desk, find_exam(desk, called[0]))


def _shape(found: "ExamGrid | Overall") -> dict[str, Any]:
    from markdesk.cli import exam_shapes
    from markdesk.desk.exam_grid import Overall

    if isinstance(found, Overall):
        return {
            **_about(found),
            "components": [
                {
                    "id": component.id,
                    "title": component.title,
                    "max": component.max,
                    "weight": component.weight,
                    "scale": str(component.scale),
                    "from": found.sources.get(component.id),
                }
                for component in found.qualification.components
            ],
            "students": [
                {
                    **exam_shapes.person(row.student),
                    "components": {name: exam_shapes.total(total) for name, total in row.components.items()},
                    **exam_shapes.total(row.total),
                }
                for row in found.rows
            ],
        }
    return {
        **_about(found),
        "sections": exam_shapes.sections(found.exam.paper),
        "students": [
            {
                **exam_shapes.person_of(row),
                "questions": {number: exam_shapes.total(cell.answer.settled) for number, cell in row.cells.items()},
                "sections": {
                    section.section.id: {**exam_shapes.total(section.total), "counted": list(section.counted)}
                    for section in row.came_to.sections
                },
                **exam_shapes.total(row.total),
                **exam_shapes.open_ends(row.came_to),
            }
            for row in found.rows
        ],
    }


def _about(found: "ExamGrid | Overall") -> dict[str, Any]:
    """Of which exam or qualification the totals are; the other is null."""
    from markdesk.cli import exam_shapes
    from markdesk.desk.exam_grid import Overall

    if not isinstance(found, Overall):
        return {"exam": exam_shapes.exam(found), "qualification": None}
    its = found.qualification
    about = {"id": its.id, "version": its.version, "title": its.title, "board": its.board, "spec": its.spec}
    return {"exam": None, "qualification": {**about, "max": its.max}}


def _table(found: "ExamGrid | Overall") -> None:
    from markdesk.cli import exam_shapes
    from markdesk.desk.exam_grid import Overall

    if not found.rows:
        output.say("There is nobody to add up for yet.")
        return
    if isinstance(found, Overall):
        components = found.qualification.components
        heading = ("student", *(f"{c.id} of {c.max}" for c in components), f"of {found.qualification.max}")
        rows = [
            (
                row.student.name,
                *(exam_shapes.mark(row.components[c.id]) if c.id in row.components else "" for c in components),
                exam_shapes.mark(row.total),
            )
            for row in found.rows
        ]
        output.table(heading, rows)
        for component in found.missing:
            output.say(f"Nothing was named for {component.id}, {component.title}: the totals are provisional.")
    else:
        paper = found.exam.paper
        numbers = [question.number for question in paper.questions]
        heading = (
            "student",
            *numbers,
            *(f"{section.id} of {section.max}" for section in paper.sections),
            f"of {paper.max}",
            "to do",
        )
        output.table(
            heading,
            [
                (
                    row.called,
                    *(exam_shapes.cell(row, number) for number in numbers),
                    *(exam_shapes.mark(section.total) for section in row.came_to.sections),
                    exam_shapes.mark(row.total),
                    exam_shapes.reasons(row.came_to),
                )
                for row in found.rows
            ],
        )
    output.say(exam_shapes.LEGEND)


def grades(
    ctx: typer.Context,
    names: Annotated[list[str], NAMES],
    series: Annotated[str, typer.Option("--series", metavar="YYYY-MM", help="The series of the boundaries.")],
    option: Annotated[str, typer.Option("--option", metavar="CODE", help="The entry option, such as 7042AE.")],
    qualification: Annotated[str | None, QUALIFICATION] = None,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Notional grades, by the boundaries that your department entered for one series and option.

    markdesk has no boundaries of its own and never works one out. A provisional total has no grade.

    \b
    Example:
      markdesk exam grades "Mock C1" --series 2026-06 --option 7042AE
      markdesk exam grades "Mock C1" "Mock C2" NEA --qualification aqa-7042 --series 2026-06 --option 7042AE
    """
    from markdesk import bootstrap
    from markdesk.cli import exam_shapes
    from markdesk.core.boundaries import notional_grade
    from markdesk.desk.exam_grid import Overall

    session: Session = ctx.obj
    with session.desk() as desk:
        found = _found(desk, session, names, qualification)
    boundaries = bootstrap.boundary_files().find(_wanted(found, series, option))
    people: list[tuple[dict[str, Any], Total]]
    if isinstance(found, Overall):
        people = [(exam_shapes.person(row.student), row.total) for row in found.rows]
    else:
        people = [(exam_shapes.person_of(row), row.total) for row in found.rows]
    graded = [(person, total, notional_grade(boundaries, total)) for person, total in people]
    if as_json:
        output.json_out(
            "exam-grades",
            {
                **_about(found),
                "boundaries": _boundaries(boundaries),
                "students": [
                    {
                        **person,
                        **exam_shapes.total(total),
                        "notional_grade": grade.grade,
                        "reason": grade.reason or None,
                    }
                    for person, total, grade in graded
                ],
            },
        )
        return
    output.table(
        ("student", f"of {boundaries.max}", "notional grade", "why none"),
        [(person["name"], exam_shapes.mark(total), grade.grade, grade.reason) for person, total, grade in graded],
    )
    output.data(f"Notional grades: {boundaries.name}. Source of the boundaries: {boundaries.source or 'not entered'}.")


def _wanted(found: "ExamGrid | Overall", series: str, option: str) -> "Wanted":
    from markdesk.desk.exam_grid import Overall
    from markdesk.desk.grading import Wanted

    if isinstance(found, Overall):
        its = found.qualification
        return Wanted(its.board, its.spec, series, option, "", its.max)
    paper = found.exam.paper
    if not paper.component:
        raise UsageProblem(
            f"{paper.title} says of no component that it examines it, so no boundaries are its own.",
            "Give its file a 'component', and enter boundaries for it.",
        )
    return Wanted(paper.board, paper.spec, series, option, paper.component, paper.max)


def _boundaries(found: "Boundaries") -> dict[str, Any]:
    return {
        "series": found.series,
        "option": found.option,
        "level": str(found.level),
        "component": found.component or None,
        "max": found.max,
        "grades": {grade: lowest or None for grade, lowest in found.grades},
        "source": found.source,
    }

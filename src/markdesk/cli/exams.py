"""``markdesk exam``: question papers set to a class."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from markdesk.cli import output
from markdesk.cli.rubrics import usable
from markdesk.cli.session import Session
from markdesk.config.paths import user_path
from markdesk.core.errors import MarkdeskError, UsageProblem

if TYPE_CHECKING:
    from markdesk.core.paper import Paper
    from markdesk.desk.exam_grid import ExamGrid, GridRow

AS_JSON = typer.Option("--json", help="Answer as JSON.")


def list_papers(as_json: Annotated[bool, AS_JSON] = False) -> int:
    """The question papers that can be set: those that come with markdesk, and your own.

    \b
    Example:
      markdesk exam papers
    """
    from markdesk import bootstrap

    papers, is_sound = usable(bootstrap.paper_shelf())
    if as_json:
        output.json_out("exam-papers", {"papers": [_paper(paper) for paper in papers]})
    else:
        rows = [(paper.id, paper.title, paper.board, len(paper.questions), paper.max, paper.status) for paper in papers]
        output.table(("id", "title", "board", "questions", "marks", "status"), rows)
    return 0 if is_sound else 1


def _paper(paper: "Paper") -> dict[str, Any]:
    from markdesk.cli import exam_shapes

    return {
        "id": paper.id,
        "version": paper.version,
        "title": paper.title,
        "board": paper.board,
        "spec": paper.spec,
        "component": paper.component,
        "status": str(paper.status),
        "max": paper.max,
        "sections": exam_shapes.sections(paper),
    }


def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Papers, qualifications or boundaries.")],
    as_json: Annotated[bool, AS_JSON] = False,
) -> int:
    """Check files of papers, qualifications and grade boundaries: every problem with its line and key.

    \b
    Example:
      markdesk exam check our-mock.toml
    """
    results: list[dict[str, Any]] = []
    for name in files:
        path = user_path(name)
        try:
            told = _checked(path)
        except MarkdeskError as error:
            results.append({"file": str(name), "ok": False, "problems": error.message.split("\n")})
            output.refuse(error)
            continue
        results.append({"file": str(name), "ok": True, "problems": []})
        if not as_json:
            output.data(f"{name}: {told}")
    if as_json:
        output.json_out("exam-check", {"files": results})
    return 0 if all(result["ok"] for result in results) else 1


def _checked(path: Path) -> str:
    """What a sound file is. Raises RubricInvalid, or another refusal where a paper's schemes don't fit it."""
    from markdesk import bootstrap
    from markdesk.core import boundaries, qualification
    from markdesk.desk.exams import paper_rubrics
    from markdesk.formats import paper_toml
    from markdesk.formats.toml_file import read_toml

    match read_toml(path).data.get("schema"):
        case boundaries.SCHEMA:
            return f"sound, {len(paper_toml.read_boundaries(path))} sets of boundaries."
        case qualification.SCHEMA:
            found = paper_toml.read_qualification(path)
            return f"{found.id} is sound, {found.max} marks in {len(found.components)} components."
        case _:
            paper = paper_toml.read_paper(path)
            paper_rubrics(bootstrap.rubric_shelf(), paper)
            return f"{paper.id} is sound, {len(paper.questions)} questions, {paper.max} marks."


def new(
    ctx: typer.Context,
    paper: Annotated[str, typer.Argument(metavar="PAPER", help="A paper's id, or its file (.toml).")],
    group: Annotated[str, typer.Option("--group", metavar="NAME", help="The class. Made when new.")],
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Else the paper's title.")] = None,
    question: Annotated[
        list[str] | None, typer.Option("--question", metavar="NUMBER=TEXT", help="A question's words.")
    ] = None,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Set a question paper to a class: each question becomes an assignment, and the marks are added up by the paper.

    \b
    Example:
      markdesk exam new aqa-7042-c1 --group 13H --name "Mock C1"
    """
    from markdesk import bootstrap
    from markdesk.cli import exam_shapes
    from markdesk.desk.exam_grid import exam_grid
    from markdesk.desk.exams import ExamOrder, set_exam
    from markdesk.formats.paper_toml import read_paper

    session: Session = ctx.obj
    given = session.given
    texts = dict(_numbered(given.text(value)) for value in question or [])
    order = ExamOrder(given.text(group), given.text(name or ""), texts)
    read = read_paper(user_path(paper)) if paper.endswith(".toml") else bootstrap.paper_shelf().get(paper)
    with session.desk() as desk:
        made = set_exam(desk, bootstrap.rubric_shelf(), read, order)
        grid = exam_grid(desk, made.exam)
    for caution in dict.fromkeys(made.warnings):
        output.say(caution)
    output.say(f"'{made.exam.name}' is set to {made.group.name}{', a new class' if made.is_new_group else ''}.")
    if as_json:
        output.json_out("exam-new", {"exam": exam_shapes.exam(grid), "questions": _questions(grid)})
    else:
        _questions_table(grid)


def _numbered(value: str) -> tuple[str, str]:
    number, equals, text = value.partition("=")
    if not equals or not number.strip() or not text.strip():
        raise UsageProblem(f"--question '{value[:60]}' is not NUMBER=TEXT.", "For instance: --question '02=How far …?'")
    return number.strip(), text.strip()


def _questions(grid: "ExamGrid") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for section in grid.exam.paper.sections:
        for question in section.questions:
            assignment = grid.assignments[question.number]
            cells = [row.cells[question.number] for row in grid.rows if question.number in row.cells]
            rows.append(
                {
                    "number": question.number,
                    "section": section.id,
                    "text": assignment.question if assignment.question != assignment.name else None,
                    "rubric": question.rubric,
                    "max": question.max,
                    "assignment": assignment.name,
                    "assignment_id": assignment.id,
                    "scripts": len(cells),
                    "complete": sum(cell.answer.is_settled for cell in cells),
                }
            )
    return rows


def _questions_table(grid: "ExamGrid") -> None:
    rows = [
        (
            question["number"],
            question["section"],
            question["max"],
            question["rubric"],
            question["assignment"],
            f"{question['complete']} of {question['scripts']}",
        )
        for question in _questions(grid)
    ]
    output.table(("question", "section", "marks", "mark scheme", "assignment", "marked"), rows)


def list_exams(ctx: typer.Context, as_json: Annotated[bool, AS_JSON] = False) -> None:
    """The papers that were set, newest first, with how far their marking is.

    \b
    Example:
      markdesk exam list
    """
    from markdesk.cli import exam_shapes
    from markdesk.desk.exam_grid import exam_grid

    session: Session = ctx.obj
    with session.desk() as desk:
        grids = [exam_grid(desk, exam) for exam in desk.store.paper_sets()]
    counts = [
        (
            grid,
            sum(len(row.cells) for row in grid.rows),
            sum(cell.answer.is_settled for row in grid.rows for cell in row.cells.values()),
        )
        for grid in grids
    ]
    if as_json:
        listed = [{**exam_shapes.exam(grid), "scripts": all_, "complete": done} for grid, all_, done in counts]
        output.json_out("exam-list", {"exams": listed})
    elif counts:
        rows = [
            (grid.exam.set_on, grid.exam.name, grid.group, grid.exam.paper.id, grid.exam.paper.max, f"{done} of {all_}")
            for grid, all_, done in counts
        ]
        output.table(("set on", "exam", "class", "paper", "marks", "answers marked"), rows)
    else:
        output.say("No paper is set yet: 'markdesk exam new' sets one.")


def show(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The exam's name, a part of it, or its id.")],
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """One exam: its questions, and the grid of students by questions.

    \b
    Example:
      markdesk exam show "Mock C1"
    """
    from markdesk.cli import exam_shapes
    from markdesk.desk.exam_grid import exam_grid
    from markdesk.desk.exams import find_exam, paper_warning

    session: Session = ctx.obj
    with session.desk() as desk:
        grid = exam_grid(desk, find_exam(desk, session.given.text(name)))
    paper = grid.exam.paper
    if paper_warning(paper):
        output.say(paper_warning(paper))
    if as_json:
        output.json_out(
            "exam-show",
            {
                "exam": exam_shapes.exam(grid),
                "sections": exam_shapes.sections(paper),
                "questions": _questions(grid),
                "students": [_student(row) for row in grid.rows],
            },
        )
        return
    output.data(f"{grid.exam.name}  {grid.group}  set on {grid.exam.set_on}")
    output.data(f"{paper.title} ({paper.id}, version {paper.version}), {paper.max} marks")
    output.data()
    _questions_table(grid)
    if not grid.rows:
        output.say(
            f"Nobody is in the class yet: 'markdesk import FILE --paper \"{grid.exam.name}\"' brings scripts in."
        )
        return
    output.data()
    numbers = [question.number for question in paper.questions]
    rows = [
        (row.called, *(exam_shapes.cell(row, number) for number in numbers), exam_shapes.mark(row.total))
        for row in grid.rows
    ]
    output.table(("student", *numbers, f"of {paper.max}"), rows)
    output.say(exam_shapes.LEGEND)


def _student(row: "GridRow") -> dict[str, Any]:
    from markdesk.cli import exam_shapes, shapes

    counted = {number for section in row.came_to.sections for number in section.counted}
    answers = [
        {
            "number": number,
            **shapes.script_ids(cell.entry.script.id, row.is_hidden or cell.entry.assignment.is_anonymous),
            "status": str(cell.status) if cell.status else None,
            "mark": cell.answer.total.value,
            "max": cell.answer.total.max,
            "counted": number in counted,
        }
        for number, cell in row.cells.items()
    ]
    return {
        **exam_shapes.person_of(row),
        "answers": answers,
        **exam_shapes.total(row.total),
        **exam_shapes.open_ends(row.came_to),
    }

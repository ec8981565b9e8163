"""How exams are told: the shapes of ``--json`` that several commands share, and the cells of their tables."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdesk.core.award import Total
    from markdesk.core.paper import Paper
    from markdesk.core.paper_totals import PaperTotal
    from markdesk.core.people import Student
    from markdesk.desk.exam_grid import Cell, ExamGrid, GridRow

UNFINISHED = "*"
LEGEND = "* not finished   – not marked   (…) beyond the number asked for: marked, not counted"


def exam(grid: "ExamGrid") -> dict[str, Any]:
    """Which exam it is."""
    paper = grid.exam.paper
    return {
        "id": grid.exam.id,
        "name": grid.exam.name,
        "group": grid.group or None,
        "set_on": grid.exam.set_on,
        "paper": paper.id,
        "paper_version": paper.version,
        "title": paper.title,
        "board": paper.board,
        "spec": paper.spec,
        "component": paper.component,
        "max": paper.max,
    }


def sections(paper: "Paper") -> list[dict[str, Any]]:
    """The sections: how many questions each asks for, and out of how much it is."""
    return [
        {
            "id": section.id,
            "title": section.title,
            "choose": section.needed,
            "max": section.max,
            "questions": [question.number for question in section.questions],
        }
        for section in paper.sections
    ]


def total(came_to: "Total") -> dict[str, Any]:
    """A total wherever it stands: null while it is provisional, "NR" where all is no response."""
    return {
        "total": came_to.value,
        "so_far": came_to.so_far,
        "max": came_to.max,
        "provisional": came_to.value is None,
    }


def person(student: "Student") -> dict[str, Any]:
    return {"id": student.id, "name": student.name, "candidate_number": student.candidate_number}


def person_of(row: "GridRow") -> dict[str, Any]:
    """Who a row of the grid is: while names are hidden a number, and nothing else."""
    if row.is_hidden:
        return {"id": None, "name": row.called, "candidate_number": None}
    return person(row.student)


def open_ends(came_to: "PaperTotal") -> dict[str, list[str]]:
    """Why a total is provisional, and what is marked and doesn't count."""
    return {
        "unfinished": list(came_to.unsettled),
        "missing": list(came_to.missing),
        "beyond": list(came_to.beyond),
    }


def cell(row: "GridRow", number: str) -> str:
    """One cell of the grid: see LEGEND. Empty where nothing was handed in."""
    answered = row.cells.get(number)
    if answered is None:
        return ""
    told = _mark(answered)
    return f"({told})" if number in row.came_to.beyond else told


def _mark(answered: "Cell") -> str:
    answer = answered.answer
    if answered.entry.header is None:
        return "–"
    if answer.is_settled:
        return str(answer.total.value)
    so_far = answer.total.so_far if answer.total.value is None else answer.total.value
    return f"{so_far if answered.has_mark else '–'}{UNFINISHED}"


def mark(came_to: "Total") -> str:
    """A total in a table."""
    if came_to.value is None:
        return f"{came_to.so_far}{UNFINISHED}" if came_to.so_far else "–"
    return str(came_to.value)


def reasons(came_to: "PaperTotal") -> str:
    """What is still to do, in words; empty for a total that stands."""
    told = [f"{', '.join(came_to.unsettled)} not finished"] if came_to.unsettled else []
    told += [f"{', '.join(came_to.missing)} missing"] if came_to.missing else []
    return "; ".join(told)

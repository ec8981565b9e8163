"""The pages that are there to be read: what is in the folder, and how a class did. No import reads them."""

from collections.abc import Callable, Mapping, Sequence

from markdesk.core.award import total
from markdesk.core.coursework import Assignment
from markdesk.core.ids import MarkerId, RubricHash
from markdesk.core.marking import Marking
from markdesk.core.people import Marker, TeachingGroup
from markdesk.core.rubric import Rubric
from markdesk.desk.whole_desk import Mentioned, WholeAssignment, WholeScript
from markdesk.formats.documents.markdown import escaped

_ABOUT = """\
# A desk of markdesk, as text

This folder is a copy of a whole desk: to read, to compare with an earlier copy, to keep, and to move. It holds every
student's name, every essay and every mark, **private notes too**. Keep it as you keep the desk.

`markdesk data import DIR --db NEW.db` makes the desk again, with its log and all that can be undone. Nothing in here is
meant to be edited: an import compares every file with the log and refuses what doesn't agree with it.
"""

_FILES = (
    ("`assignments/`", "a folder for each assignment, in it one for each script: its text, marks and notes, its log"),
    ("`students.toml`, `groups.toml`, `markers.toml`", "who writes, who is taught together, who marks"),
    ("`bank.toml`", "the comments of your own bank"),
    ("`papers/`", "the question papers that were set"),
    ("`mark-schemes/`", "every version of a mark scheme that a mark was given under"),
    ("`stamps.toml`", "what the stamps on the essays mean"),
    ("`earlier-texts/`", "texts of scripts that are no longer on the desk; the log speaks of them"),
    ("`sources/`", "the files that came in, and scans, each by its hash"),
    ("`log.jsonl`", "what was done on the desk itself; each script has its own beside it"),
    ("`markdesk.toml`", "what shows that this is a desk's folder"),
)


def of_desk(assignments: Sequence[tuple[str, Assignment, str, int]], mentioned: Mentioned, has_sources: bool) -> str:
    """The first page: what stands where. ``assignments`` are folder, assignment, group and scripts of each."""
    lines = [_ABOUT, *_table(("what", "holds"), [(what, holds) for what, holds in _FILES]), ""]
    if not has_sources:
        lines += ["The original files were left out, so this copy can be read and compared, but not imported.", ""]
    rows = [
        (
            f"[{_cell(assignment.name)}](assignments/{folder}/README.md)",
            _cell(group),
            _cell(assignment.set_on),
            str(scripts),
        )
        for folder, assignment, group, scripts in assignments
    ]
    lines += ["## Assignments", "", *_table(("assignment", "group", "set on", "scripts"), rows), ""]
    return "\n".join([*lines, f"{mentioned.steps} steps in the log.", ""])


def of_assignment(
    whole: WholeAssignment,
    scheme: Rubric,
    group: TeachingGroup | None,
    scripts: Sequence[tuple[str, WholeScript]],
    markers: Mapping[MarkerId, Marker],
    rubric: Callable[[RubricHash], Rubric],
) -> str:
    """An assignment's page: the question, and each script with what every marker gave it."""
    assignment = whole.assignment
    about = [
        f"# {escaped(assignment.name)}",
        "",
        f"> {escaped(assignment.question)}".replace("\n", "\n> "),
        "",
        f"- set on {_cell(assignment.set_on)}{f' to {_cell(group.name)}' if group else ''}; {assignment.kind}",
        f"- marked under {_cell(scheme.title)} ({_cell(scheme.id)})",
        "",
    ]
    rows = []
    for folder, one in scripts:
        whose = f"Script {one.script.short_id}" if assignment.is_anonymous else one.student.name
        link = f"[{_cell(whose)}]({folder}/script.toml)"
        if not one.markings:
            rows.append((link, "", "not begun", ""))
        for marking in one.markings:
            marker = markers.get(marking.header.marker_id)
            status = str(marking.header.status).replace("_", " ")
            rows.append((link, _cell(marker.name if marker else ""), status, _mark(marking, rubric)))
    return "\n".join([*about, *_table(("script", "marker", "status", "mark"), rows), ""])


def _mark(marking: Marking, rubric: Callable[[RubricHash], Rubric]) -> str:
    found = total(rubric(marking.header.rubric_hash), marking.award_by_scale())
    return f"{found} / {found.max}"


def _table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [heading, ["---"] * len(heading), *rows]
    return [f"| {' | '.join(row)} |" for row in lines]


def _cell(text: str) -> str:
    return escaped(" ".join(text.split()))

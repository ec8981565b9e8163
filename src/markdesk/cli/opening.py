"""Opening the screens. Nothing here imports typer: bare ``markdesk``, ``demo`` and ``mark`` come straight here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from markdesk.cli.session import Session, need_terminal
from markdesk.config.paths import user_path

if TYPE_CHECKING:
    from markdesk.core.ids import AssignmentId, ScriptId
    from markdesk.core.paper import PaperSet
    from markdesk.desk.desk import Desk

ORDERS = ("random", "name", "arrival", "worried", "marked")
OPTIONS = {"--assignment": "assignment", "-a": "assignment", "--paper": "paper", "--order": "order"}
"""Those of ``mark``, and what of a ``MarkOrder`` each says."""


@dataclass(frozen=True, slots=True)
class MarkOrder:
    """What ``markdesk mark`` was asked for. No name at all: go on where the marker left."""

    script: str | None = None
    assignment: str | None = None
    paper: str | None = None
    order: str = "random"
    hides_names: bool = False
    """Whether the students' names are put out of sight first, which the log says."""

    @property
    def is_of_several(self) -> bool:
        """Whether more than one thing was named."""
        return sum(name is not None for name in (self.script, self.assignment, self.paper)) > 1


def plain_order(args: Sequence[str]) -> MarkOrder | None:
    """``mark`` as it is mostly typed; None for anything that the full command line had better read."""
    order = MarkOrder()
    waiting = list(args)
    while waiting:
        word = waiting.pop(0)
        if word in OPTIONS and waiting and not waiting[0].startswith("-"):
            said: dict[str, Any] = {OPTIONS[word]: waiting.pop(0)}
            order = replace(order, **said)
        elif not word.startswith("-") and order.script is None:
            order = replace(order, script=word)
        else:
            return None
    if order.order not in ORDERS or order.is_of_several:
        return None
    return order


def open_library(session: Session) -> int:
    """The library; a desk that isn't there yet is made."""
    need_terminal()
    from markdesk import bootstrap

    return bootstrap.open_screens(session.path(), session.marker_name(), create=True)


def open_demo(session: Session, fresh: bool) -> int:
    """The sample class, on a desk of its own."""
    need_terminal()
    from markdesk import bootstrap
    from markdesk.config.paths import demo_desk

    path = user_path(session.db) if session.db else demo_desk()
    return bootstrap.open_screens(path, session.marker_name(), create=True, demo=True, fresh=fresh)


def open_marking(session: Session, wanted: MarkOrder) -> int:
    """An essay beside its scheme, or a paper's grid. A wrong name is a sentence here: no screen has opened then."""
    need_terminal()
    from markdesk import bootstrap
    from markdesk.desk.desk import find_assignment, find_script
    from markdesk.desk.sitting import where_to_go_on

    script = session.given.text(wanted.script) if wanted.script else ""
    assignment = session.given.text(wanted.assignment) if wanted.assignment else ""
    paper = session.given.text(wanted.paper) if wanted.paper is not None else ""

    def find(desk: "Desk") -> "tuple[AssignmentId, ScriptId | None]":
        if script:
            entry = find_script(desk, script)
            found: tuple[AssignmentId, ScriptId | None] = entry.assignment.id, entry.script.id
        else:
            found = (find_assignment(desk, assignment).id, None) if assignment else where_to_go_on(desk)
        if wanted.hides_names:
            _hide_names(desk, found[0])
        return found

    def find_paper(desk: "Desk") -> "PaperSet":
        from markdesk.desk.exams import find_exam

        exam = find_exam(desk, paper)
        if wanted.hides_names:
            _hide_names(desk, exam.assignments[0][1])
        return exam

    path, marker = session.path(), session.marker_name()
    if wanted.paper is not None:
        return bootstrap.open_screens(path, marker, create=False, find_paper=find_paper, order=wanted.order)
    return bootstrap.open_screens(path, marker, create=False, find=find, order=wanted.order)


def _hide_names(desk: "Desk", assignment_id: "AssignmentId") -> None:
    """Hide the names of an assignment's students; those of a paper's in all its questions."""
    from markdesk.desk.queueing import QueueActs

    assignment = next(a for a in desk.store.assignments() if a.id == assignment_id)
    QueueActs(desk).hide_names(assignment, True)

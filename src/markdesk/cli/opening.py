"""Opening the screens. Nothing here imports typer: bare ``markdesk``, ``demo`` and ``mark`` come straight here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markdesk.cli.given import user_path
from markdesk.cli.session import Session, need_terminal

if TYPE_CHECKING:
    from markdesk.core.ids import AssignmentId, ScriptId
    from markdesk.desk.desk import Desk

ORDERS = ("random", "name", "arrival")


@dataclass(frozen=True, slots=True)
class MarkOrder:
    """What ``markdesk mark`` was asked for. Neither name: go on where the marker left."""

    script: str | None = None
    assignment: str | None = None
    order: str = "random"


def plain_order(args: Sequence[str]) -> MarkOrder | None:
    """``mark`` as it is mostly typed; None for anything that the full command line had better read."""
    order = MarkOrder()
    waiting = list(args)
    while waiting:
        word = waiting.pop(0)
        if word in ("--assignment", "-a", "--order") and waiting and not waiting[0].startswith("-"):
            value = waiting.pop(0)
            order = replace(order, order=value) if word == "--order" else replace(order, assignment=value)
        elif not word.startswith("-") and order.script is None:
            order = replace(order, script=word)
        else:
            return None
    if order.order not in ORDERS or (order.script is not None and order.assignment is not None):
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
    """An essay beside its scheme. A wrong name is a sentence on the command line: no screen has opened then."""
    need_terminal()
    from markdesk import bootstrap
    from markdesk.desk.desk import find_assignment, find_script
    from markdesk.desk.sitting import where_to_go_on

    script = session.given.text(wanted.script) if wanted.script else ""
    assignment = session.given.text(wanted.assignment) if wanted.assignment else ""

    def find(desk: "Desk") -> "tuple[AssignmentId, ScriptId | None]":
        if script:
            entry = find_script(desk, script)
            return entry.assignment.id, entry.script.id
        return (find_assignment(desk, assignment).id, None) if assignment else where_to_go_on(desk)

    return bootstrap.open_screens(session.path(), session.marker_name(), create=False, find=find, order=wanted.order)

"""The commands that open a screen."""

from typing import Annotated

import typer

from markdesk.cli.given import user_path
from markdesk.cli.session import Session, need_terminal

ORDERS = ("random", "name", "arrival")


def demo(
    ctx: typer.Context,
    fresh: Annotated[bool, typer.Option("--fresh", help="Start over: the sample desk is made anew.")] = False,
) -> int:
    """Open a desk with a sample class: essays, students and some past marks, all invented.

    It is a file of its own (demo.db): no other command touches it unless --db names it.

    \b
    Example:
      markdesk demo
    """
    need_terminal()
    from markdesk import bootstrap
    from markdesk.config.paths import demo_desk

    session: Session = ctx.obj
    path = user_path(session.db) if session.db else demo_desk()
    return bootstrap.open_screens(path, session.marker_name(), create=True, demo=True, fresh=fresh)


def mark(
    ctx: typer.Context,
    script: Annotated[str | None, typer.Argument(metavar="SCRIPT", help="Short id, or ASSIGNMENT/STUDENT.")] = None,
    assignment: Annotated[str | None, typer.Option("--assignment", "-a", metavar="NAME", help="Mark its pile.")] = None,
    order: Annotated[str, typer.Option("--order", help="random (always the same one), name or arrival.")] = "random",
) -> int:
    """Open the marking screen: one essay, or the next unmarked one of an assignment.

    \b
    Example:
      markdesk mark --assignment "Henry VII" --order name
    """
    if (script is None) == (assignment is None):
        raise typer.BadParameter("give a SCRIPT or --assignment NAME, one of the two")
    if order not in ORDERS:
        raise typer.BadParameter(f"--order is one of: {', '.join(ORDERS)}")
    need_terminal()
    from markdesk import bootstrap
    from markdesk.desk.desk import find_assignment, find_script

    session: Session = ctx.obj
    # Looked up before the screen opens, so that a wrong name is a sentence on the command line.
    with session.desk() as desk:
        assignment_id = find_assignment(desk, session.given.text(assignment)).id if assignment else None
        script_id = find_script(desk, session.given.text(script)).script.id if script else None
    return bootstrap.open_screens(
        session.path(), session.marker_name(), create=False, assignment=assignment_id, script=script_id, order=order
    )

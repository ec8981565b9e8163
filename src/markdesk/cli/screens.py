"""The commands that open a screen."""

from typing import Annotated

import typer

from markdesk.cli.opening import ORDERS, MarkOrder, open_demo, open_marking

ORDER = typer.Option(
    "--order",
    help="random (always the same one), name, arrival, worried (those of the skim first), or marked: as finished.",
)


def refuse_no_order(order: str) -> None:
    """Raises BadParameter for what is no order of a pile."""
    if order not in ORDERS:
        raise typer.BadParameter(f"--order is one of: {', '.join(ORDERS)}")


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
    return open_demo(ctx.obj, fresh)


def mark(
    ctx: typer.Context,
    script: Annotated[str | None, typer.Argument(metavar="SCRIPT", help="Short id, or ASSIGNMENT/STUDENT.")] = None,
    assignment: Annotated[str | None, typer.Option("--assignment", "-a", metavar="NAME", help="Mark its pile.")] = None,
    paper: Annotated[str | None, typer.Option("--paper", metavar="NAME", help="The grid of a paper's answers.")] = None,
    order: Annotated[str, ORDER] = "random",
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help="Hide the names first, until they are shown again; the log says so.")
    ] = False,
) -> int:
    """Open the marking screen: one essay, the next unmarked one of an assignment, or a paper's grid to choose from.

    With none of them it goes on where you left, or with the newest pile that isn't done.

    \b
    Example:
      markdesk mark
      markdesk mark --assignment "Henry VII" --order name
      markdesk mark --assignment "Henry VII" --anonymous
      markdesk mark --paper "Mock C1"
    """
    wanted = MarkOrder(script, assignment, paper, order, anonymous)
    if wanted.is_of_several:
        raise typer.BadParameter("give one of SCRIPT or --assignment NAME or --paper NAME")
    refuse_no_order(order)
    return open_marking(ctx.obj, wanted)

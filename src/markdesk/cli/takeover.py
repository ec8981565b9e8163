"""``markdesk assignment scheme``: an assignment taken over to another version of its mark scheme, or to another one."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from markdesk.cli import output
from markdesk.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdesk.core.carrying import LookAgain
    from markdesk.core.rubric import Rubric
    from markdesk.desk.carrying import ScriptPlan, Takeover
    from markdesk.desk.ports import Entry

AS_JSON = typer.Option("--json", help="Answer as JSON.")


def scheme(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The assignment: its name, a part of it, or its id.")],
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="ID", help="Another scheme, ID:25, or id@version on the desk; else its own file."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would become of each mark; write nothing.")
    ] = False,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Take an assignment, and your markings of it, over to its mark scheme as the file is now, or to another scheme.

    Where only the wording changed, marks stay as they are. Where ranges, levels, strands or rules changed, a mark is
    kept in pencil and its marking is in progress again, until you have looked at it. What was returned to a student
    never changes; what other markers gave stays until they do the same. In an essay, Ctrl+Z takes its marks back.

    \b
    Example:
      markdesk assignment scheme "Henry VII" --dry-run
      markdesk assignment scheme "Henry VII" --to aqa-7042-b-essay-25
    """
    from markdesk import bootstrap
    from markdesk.desk.anonymous import called_in
    from markdesk.desk.carrying import find_target, plan_takeover, take_over
    from markdesk.desk.desk import find_assignment
    from markdesk.desk.rubrics import warning

    session: Session = ctx.obj
    wanted = session.given.maybe(to) or ""
    with session.desk() as desk:
        assignment = find_assignment(desk, session.given.text(name))
        new = find_target(desk, bootstrap.rubric_shelf(), assignment, wanted)
        plan = plan_takeover(desk, assignment, new) if dry_run else take_over(desk, assignment.id, new)
        called = called_in(desk, assignment)
    if caution := warning(new):
        output.say(caution)
    if as_json:
        output.json_out("assignment-scheme", _shape(plan, dry_run, called))
        return
    if not plan.does_something:
        output.say(f"'{assignment.name}' and its markings are under {_named(new)} already: nothing to take over.")
        return
    _print(plan, called)
    output.say("Nothing was written." if dry_run else f"Taken over to {_named(new)}.")


def _print(plan: "Takeover", called: "Callable[[Entry], str]") -> None:
    from markdesk.desk.carrying import Way, counted

    output.data(f"{plan.assignment.name}: {_named(plan.old)} to {_named(plan.new)}")
    for way, count, sentence in counted(plan):
        output.data(f"{count:>4}  {sentence}")
        for title, why, times in plan.reasons if way is Way.LOOK_AGAIN else ():
            output.data(f"      {title or 'the mark as a whole'}: {why} ({times})")
    for name, count in plan.others:
        output.data(f"{count:>4}  marked by {name}: they stay under their version until {name} takes them over")
    if plan.idle_stamps:
        output.data(f"{plan.idle_stamps:>4}  stamps that name what the new version doesn't reward; they stay")
    rows = [
        (script.entry.script.short_id, called(script.entry), item.title or "the whole", item.told)
        for script in plan.those(Way.LOOK_AGAIN)
        for item in script.again
    ]
    if rows:
        output.data()
        output.table(("script", "student", "look again at", "what became of it"), rows)


def _named(rubric: "Rubric") -> str:
    return f"{rubric.id}, version {rubric.version}"


def _shape(plan: "Takeover", dry_run: bool, called: "Callable[[Entry], str]") -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "changed": plan.does_something,
        "assignment": {"id": plan.assignment.id, "name": plan.assignment.name},
        "old": _identity(plan.old),
        "new": _identity(plan.new),
        "change": str(plan.comparison.weight),
        "scripts": [_script(script, called(script.entry)) for script in plan.scripts],
        "others": [{"marker": name, "markings": count} for name, count in plan.others],
    }


def _identity(rubric: "Rubric") -> dict[str, str]:
    return {"id": rubric.id, "version": rubric.version, "hash": rubric.hash}


def _script(script: "ScriptPlan", called: str) -> dict[str, Any]:
    from markdesk.cli import shapes

    return {
        **shapes.script_ids(script.entry.script.id, script.entry.assignment.is_anonymous),
        "student": called,
        "outcome": str(script.way),
        "look_again": [_item(item) for item in script.again],
        "idle_stamps": script.carried.idle_stamps,
    }


def _item(item: "LookAgain") -> dict[str, Any]:
    from markdesk.core.award import NO_RESPONSE, Award

    def given(award: Award | None) -> dict[str, Any] | None:
        if award is None:
            return None
        return {"level": award.level, "mark": NO_RESPONSE if award.no_response else award.mark}

    return {
        "scale": item.scale or None,
        "fate": str(item.fate),
        "why": item.why,
        "before": given(item.before),
        "after": given(item.after),
    }

"""``markdesk data export`` and ``data import``: the whole desk as a folder of text, and back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from markdesk.cli import output
from markdesk.cli.session import Session
from markdesk.config.paths import user_path

if TYPE_CHECKING:
    from markdesk.desk.ports import Verification
    from markdesk.formats.text_folder.taking_in import Imported

AS_JSON = typer.Option("--json", help="Answer as JSON.")
SAME = "It replaced an earlier export that was just the same."


def export_folder(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder: new, empty, or an earlier export.")],
    no_sources: Annotated[
        bool, typer.Option("--no-sources", help="Leave the original files out: to read and compare, not to import.")
    ] = False,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """The whole desk as a folder of text, to read, compare, keep and move: every essay, mark, note and act.

    The same desk is always the same files. It holds private notes too. An earlier export gives way once the new
    one is whole; what else lies beside its markdesk.toml stays.

    \b
    Example:
      markdesk data export ~/marks-as-text
    """
    from markdesk.formats.text_folder.writing import export_desk

    session: Session = ctx.obj
    with session.desk() as desk, output.progress("Assignment") as progress:
        done = export_desk(desk.store, user_path(folder), desk.stamp_sets, not no_sources, progress)
    if as_json:
        shape = {
            "folder": str(done.folder),
            "files": done.files,
            "changes": done.steps,
            "sources": not no_sources,
            "replaced": {"new": done.new, "changed": done.changed, "gone": done.gone} if done.is_over else None,
            "kept": list(done.kept),
        }
        output.json_out("data-export", shape)
    else:
        output.data(str(done.folder))
    output.say(
        f"{done.files:,} files, {done.steps:,} steps of the log. Private notes are in it: keep it as you keep the desk."
    )
    if done.is_over:
        told = f"{done.new:,} new, {done.changed:,} changed, {done.gone:,} gone"
        output.say(f"It replaced an earlier export: {told}." if done.new or done.changed or done.gone else SAME)
    if done.kept:
        output.say(f"Not of the export, and left where it was: {_some(done.kept)}.")
    if done.left is not None:
        output.say(f"The earlier export couldn't be removed; delete {done.left}.")


def import_folder(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder that 'data export' wrote.")],
    as_json: Annotated[bool, AS_JSON] = False,
) -> int:
    """Make the desk again from its folder, with its log and all that can be undone. Only where no desk is yet.

    Every file is checked first; one that was changed is refused by its name, and then nothing is written.

    \b
    Example:
      markdesk data import ~/marks-as-text --db ~/marks-again.db
    """
    session: Session = ctx.obj
    done, found = _import(session.path(), user_path(folder))
    for problem in found.problems:
        output.say(problem)
    if as_json:
        shape = {
            "path": str(session.path()),
            "changes": done.steps,
            "assignments": done.assignments,
            "scripts": done.scripts,
            "ignored": list(done.foreign),
            "ok": not found.problems,
        }
        output.json_out("data-import", shape)
    else:
        output.data(str(session.path()))
    counts = ((done.assignments, "assignment"), (done.scripts, "script"), (done.steps, "step"))
    what = ", ".join(f"{count:,} {name}{'' if count == 1 else 's'}" for count, name in counts)
    output.say(f"{what} of the log. {'It is whole.' if not found.problems else 'It is not whole: see above.'}")
    if done.foreign:
        output.say(f"Not of the export, and not looked at: {_some(done.foreign)}.")
    return 1 if found.problems else 0


def _some(paths: tuple[str, ...]) -> str:
    from markdesk.formats.text_folder.layout import shown_first

    return shown_first(paths)


def _import(path: Path, folder: Path) -> "tuple[Imported, Verification]":
    """The desk of the folder at ``path``, where none or an empty one is, and what a check of it says.

    A refusal leaves no file behind that wasn't there.
    """
    from markdesk.bootstrap import open_store
    from markdesk.config.known import forget, refuse_if_lost
    from markdesk.config.paths import is_there
    from markdesk.desk.whole_desk import is_empty, refuse_unless_empty
    from markdesk.formats.text_folder.reading import TextFolder
    from markdesk.formats.text_folder.taking_in import import_desk

    refuse_if_lost(path)
    was_there = is_there(path)
    if was_there:  # told before a large folder is looked at
        store = open_store(path)
        try:
            refuse_unless_empty(store)
        finally:
            store.close()
    copy = TextFolder(folder)
    store = open_store(path, create=not was_there)
    try:
        with output.progress("Assignment") as progress:
            done = import_desk(store, copy, progress)
        return done, store.verify()
    finally:
        is_left_empty = not was_there and is_empty(store)
        store.close()
        if is_left_empty:
            forget(path)
            path.unlink(missing_ok=True)

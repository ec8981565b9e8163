"""``markdesk data``: the desk's file."""

from pathlib import Path
from typing import Annotated

import typer

from markdesk.cli import output
from markdesk.cli.session import Session
from markdesk.config.paths import user_path
from markdesk.core.errors import StoreRefused

AS_JSON = typer.Option("--json", help="Answer as JSON.")


def info(ctx: typer.Context, as_json: Annotated[bool, AS_JSON] = False) -> None:
    """Where the desk is kept, how large it is, and how much is on it.

    \b
    Example:
      markdesk data info
    """
    session: Session = ctx.obj
    with session.desk() as desk:
        found, read_only = desk.store.info(), desk.store.read_only
    if as_json:
        shape = {
            "path": found.path,
            "size": found.size,
            "schema_version": found.schema_version,
            "sqlite_version": found.sqlite_version,
            "uuid": found.uuid,
            "read_only": read_only,
            "counts": dict(found.counts),
        }
        output.json_out("data-info", shape)
        return
    output.data(f"{found.path}  {found.size:,} bytes{'  read-only' if read_only else ''}")
    output.data(f"schema {found.schema_version}, SQLite {found.sqlite_version}, desk {found.uuid}")
    output.table(("what", "how many"), [(name.replace("_", " "), count) for name, count in found.counts.items()])


def verify(ctx: typer.Context, as_json: Annotated[bool, AS_JSON] = False) -> int:
    """Check the whole desk: the file, every text against its hash, and the log against what is there.

    \b
    Example:
      markdesk data verify
    """
    session: Session = ctx.obj
    try:
        with session.desk() as desk:
            found = desk.store.verify()
    except StoreRefused as error:
        if as_json:  # a desk that can't even be opened is not whole
            output.json_out("data-verify", {"ok": False, "changes": 0, "problems": [error.message]})
        raise
    is_whole = not found.problems
    for problem in found.problems:
        output.say(problem)
    if as_json:
        output.json_out("data-verify", {"ok": is_whole, "changes": found.changes, "problems": list(found.problems)})
    elif is_whole:
        output.data(f"The desk is whole: {found.changes} steps in the log, and every mark is what they say.")
    else:
        output.data(f"{len(found.problems)} problems found. Restore a backup, or ask for help before marking on.")
    return 0 if is_whole else 1


def backup(
    ctx: typer.Context,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="FILE", help="Else beside the desk, with the time in its name."),
    ] = None,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """A copy of the whole desk, opened and checked before it counts. Never overwrites a file.

    \b
    Example:
      markdesk data backup --to /media/stick/marks-2026-11-23.db
    """
    session: Session = ctx.obj
    path = session.path()
    with session.desk() as desk:
        stamp = desk.clock.now()[:19].replace("-", "").replace(":", "").replace("T", "-")
        target = user_path(to) if to else path.with_name(f"{path.stem}-backup-{stamp}.db")
        desk.store.backup(target)
    size = target.stat().st_size
    if as_json:
        output.json_out("data-backup", {"path": str(target), "size": size})
    else:
        output.data(str(target))
        output.say(f"Copied and checked: {size:,} bytes.")

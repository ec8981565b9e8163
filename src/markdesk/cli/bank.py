"""``markdesk bank``: the comments to be used again, listed, shown with their uses, taken in and written out."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from markdesk.cli import output, shapes
from markdesk.cli.session import Session
from markdesk.config.paths import user_path
from markdesk.core.errors import UsageProblem

if TYPE_CHECKING:
    from markdesk.core.bank import BankComment
    from markdesk.desk.bank import CommentBank
    from markdesk.desk.ports import Entry

AS_JSON = typer.Option("--json", help="Answer as JSON.")
ORIGINS = ("own", "typed", "shipped", "all")
FORMATS = {".toml": "TOML", ".csv": "CSV"}


def list_comments(
    ctx: typer.Context,
    words: Annotated[str, typer.Argument(metavar="[WORDS]", help="Only those that have these words.")] = "",
    origin: Annotated[str, typer.Option("--origin", help="own, typed, shipped or all.")] = "all",
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """The comments of the bank: your own, those that ship, and those that you typed on scripts.

    \b
    Example:
      markdesk bank list "date" --origin own
    """
    from markdesk.core.bank_rank import words_of

    session: Session = ctx.obj
    bank, comments = _of(session, origin)
    wanted = words_of(session.given.text(words))
    found = [comment for comment in comments if _begins_with(comment, wanted)] if wanted else comments
    if as_json:
        output.json_out("bank-list", {"comments": [_shape(bank, comment) for comment in found]})
    elif found:
        rows = [
            (f";{c.code}" if c.code else "", str(c.field), str(c.origin), str(len(bank.uses(c.id)) or ""), c.text)
            for c in found
        ]
        output.table(("code", "for", "from", "used", "comment"), rows)
    else:
        output.say("No comment of the bank is like that.")


def _begins_with(comment: "BankComment", wanted: Sequence[str]) -> bool:
    """Whether each wanted word is the beginning of one of the comment's."""
    from markdesk.core.bank_rank import words_of

    words = words_of(f"{comment.code} {comment.text}")
    return all(any(word.startswith(begun) for word in words) for begun in wanted)


def show(
    ctx: typer.Context,
    comment: Annotated[str, typer.Argument(metavar="ID", help="Its id, or its short code.")],
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """One comment: what it is for, and every script that it was used on.

    \b
    Example:
      markdesk bank show ev
    """
    from markdesk.desk.anonymous import named

    session: Session = ctx.obj
    name = session.given.text(comment).removeprefix(";")
    with session.desk() as desk:
        from markdesk import bootstrap

        bank = bootstrap.comment_bank(desk)
        found = bank.by_code(name) or bank.get(name)
        entries: dict[str, Entry] = {entry.script.id: entry for entry in desk.store.entries(desk.marker.id)}
    uses = [(use, entries.get(use.script)) for use in bank.uses(found.id)]
    if as_json:
        listed = [
            {
                **shapes.script_ids(use.script, entry is not None and entry.assignment.is_anonymous),
                "student": named(entry) if entry else None,
                "assignment": entry.assignment.name if entry else None,
                "at": use.at,
                "stamp": use.stamp or None,
                "text": use.text,
                "is_returned": use.is_returned,
            }
            for use, entry in uses
        ]
        output.json_out("bank-show", {"comment": _shape(bank, found), "uses": listed})
        return
    output.data(found.text)
    for label, value in _facts(found):
        output.data(f"  {label}: {value}")
    for use, entry in uses:
        whose = f"{entry.script.short_id}  {entry.assignment.name}/{named(entry) or '–'}" if entry else use.script
        output.data(f"  {use.at[:10]}  {whose}")


def import_comments(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="TOML or CSV; docs/reference/bank.md has its keys.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")] = False,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Take a file of comments into your own bank: new ones come, those of a known id are replaced.

    The file is taken whole or refused, with the line or row of everything that is wrong in it.

    \b
    Example:
      markdesk bank import department.csv
    """
    from markdesk import bootstrap
    from markdesk.core.bank_check import Known
    from markdesk.desk.bank import import_changes
    from markdesk.formats.bank_csv import read_bank_csv
    from markdesk.formats.bank_toml import read_bank

    session: Session = ctx.obj
    path = user_path(file)
    kind = _format_of(path)
    with session.desk() as desk:
        known = Known.of(bootstrap.rubric_shelf().sound(), desk.stamp_sets.usual)
        incoming = read_bank(path, known) if kind == "TOML" else read_bank_csv(path, known)
        with desk.store.together():
            changes = import_changes(desk.store.bank_comments(), incoming)
            if changes and not dry_run:
                desk.commit("bank", f"{len(changes)} comments taken into the bank", changes)
    new = sum(change.before is None for change in changes)
    would = "would be " if dry_run else ""
    output.say(f"{new} {would}new, {len(changes) - new} {would}replaced, {len(incoming) - len(changes)} as they were.")
    if as_json:
        shape = {
            "dry_run": dry_run,
            "new": new,
            "replaced": len(changes) - new,
            "unchanged": len(incoming) - len(changes),
        }
        output.json_out("bank-import", shape)


def export_comments(
    ctx: typer.Context,
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="A .toml or a .csv.")],
    origin: Annotated[str, typer.Option("--origin", help="own, typed, shipped or all.")] = "own",
    force: Annotated[bool, typer.Option("--force", help="Replace a file of another content.")] = False,
    bom: Annotated[bool, typer.Option("--bom", help="CSV with the sign by which old Excel knows UTF-8.")] = False,
) -> None:
    """Write comments into a file that reads back as the same comments: for a colleague, or to edit.

    \b
    Example:
      markdesk bank export --origin all --to comments.csv
    """
    from markdesk.formats.bank_csv import bank_csv
    from markdesk.formats.bank_toml import bank_toml
    from markdesk.formats.safe_write import refuse_overwriting, write_file

    session: Session = ctx.obj
    kind = _format_of(to)
    _, found = _of(session, origin)
    content = bank_toml(found).encode() if kind == "TOML" else bank_csv(found, bom)
    path = user_path(to)
    refuse_overwriting(path, content, force)
    write_file(path, content, force)
    output.say(f"{len(found)} {'comment' if len(found) == 1 else 'comments'} written.")
    output.data(str(path))


def _of(session: Session, origin: str) -> "tuple[CommentBank, list[BankComment]]":
    """The bank, and its comments of an origin. Raises UsageProblem for a word that is none."""
    from markdesk import bootstrap

    if origin not in ORIGINS:
        raise UsageProblem(f"--origin is one of: {', '.join(ORIGINS)}.")
    with session.desk() as desk:
        bank = bootstrap.comment_bank(desk)
    return bank, [comment for comment in bank.comments if origin in ("all", comment.origin)]


def _format_of(path: Path) -> str:
    kind = FORMATS.get(path.suffix.casefold())
    if kind is None:
        raise UsageProblem(f"{path.name} is neither .toml nor .csv.", "Name the file by what it is.")
    return kind


def _facts(comment: "BankComment") -> list[tuple[str, str]]:
    lists = (
        ("stamps", comment.stamps),
        ("strands", comment.strands),
        ("AOs", comment.aos),
        ("schemes", comment.rubrics),
    )
    facts = [("id", comment.id), ("code", f";{comment.code}" if comment.code else ""), ("for", str(comment.field))]
    facts += [(label, ", ".join(values)) for label, values in lists]
    facts += [("question", comment.question), ("level", str(comment.level or "")), ("from", str(comment.origin))]
    return [(label, value) for label, value in facts if value]


def _shape(bank: "CommentBank", comment: "BankComment") -> dict[str, Any]:
    return {
        "id": comment.id,
        "code": comment.code or None,
        "text": comment.text,
        "field": str(comment.field),
        "stamps": list(comment.stamps),
        "strands": list(comment.strands),
        "aos": list(comment.aos),
        "rubrics": list(comment.rubrics),
        "question": comment.question or None,
        "level": comment.level or None,
        "origin": str(comment.origin),
        "uses": len(bank.uses(comment.id)),
    }

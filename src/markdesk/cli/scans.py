"""``markdesk scan``: photographs and PDFs kept with handwritten scripts."""

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from markdesk.cli import output, shapes
from markdesk.cli.returns import AS_JSON, about, who
from markdesk.cli.session import Session
from markdesk.config.paths import user_path
from markdesk.core.errors import UsageProblem
from markdesk.core.plain import show_line

if TYPE_CHECKING:
    from markdesk.core.coursework import Assignment, Scan
    from markdesk.core.scans import Listed
    from markdesk.desk.desk import Desk
    from markdesk.desk.ports import Entry
    from markdesk.desk.scans import Part, ScanFile, Split
    from markdesk.desk.sitting import Sitting

SCRIPT = typer.Argument(metavar="SCRIPT", help="Short id, ASSIGNMENT/STUDENT, or a part of it that is unique.")
ASSIGNMENT = typer.Option("--assignment", "-a", metavar="NAME", help="What the scripts are for.")


def add(
    ctx: typer.Context,
    script: Annotated[str, SCRIPT],
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="PDF, JPEG, PNG, HEIC or TIFF.")],
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Keep scans or photographs with a handwritten script, in the order in which they are named.

    A file may have 25 MB. The same file again changes nothing. A marking that was returned stays as it is.

    \b
    Example:
      markdesk scan add "Mock/Okafor" okafor.pdf
      markdesk scan add 3f9a2c page1.jpg page2.jpg
    """
    from markdesk.core.scans import page_count, told_pages
    from markdesk.desk.desk import find_script
    from markdesk.desk.scans import add_scans

    session: Session = ctx.obj
    wanted = session.given.text(script)
    with session.desk() as desk:
        entry = find_script(desk, wanted)  # before the files are read: a wrong name is known at once
        added = add_scans(desk, entry, _read(files))
        called = _called(desk, added.entry)
    if added.new:
        output.say(f"Kept: {told_pages(page_count(added.new))}.")
    if added.there:
        there = len(added.there)
        output.say(f"Nothing changed for {there} {'file' if there == 1 else 'files'}: there already.")
    if as_json:
        output.json_out("scan-add", {**_script_shape(added.entry, called), "added": len(added.new)})
    else:
        output.data(_told(added.entry, called))


def remove(
    ctx: typer.Context,
    script: Annotated[str, SCRIPT],
    number: Annotated[
        int | None, typer.Argument(metavar="[N]", help="Which scan, from 1, where there are several.")
    ] = None,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Take a scan off a script. The log keeps what was done.

    \b
    Example:
      markdesk scan remove 3f9a2c 2
    """
    from markdesk.desk.desk import find_script
    from markdesk.desk.scans import remove_scan

    session: Session = ctx.obj
    with session.desk() as desk:
        entry, _ = remove_scan(desk, find_script(desk, session.given.text(script)), number)
        called = _called(desk, entry)
    output.say("Taken off.")
    if as_json:
        output.json_out("scan-remove", _script_shape(entry, called))
    else:
        output.data(_told(entry, called))


def list_scans(
    ctx: typer.Context,
    assignment: Annotated[str, ASSIGNMENT],
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """The handwritten scripts of an assignment and what is scanned of each.

    While names are hidden files and pages aren't told: they would say whose a script is.

    \b
    Example:
      markdesk scan list --assignment "Mock, question 1"
    """
    from markdesk.core.scans import page_count
    from markdesk.desk.desk import find_assignment
    from markdesk.desk.sitting import Sitting

    session: Session = ctx.obj
    with session.desk() as desk:
        sitting = Sitting(desk, find_assignment(desk, session.given.text(assignment)), "name")
    entries = [entry for entry in sitting.entries if entry.script.essay_hash is None or entry.script.scans]
    if as_json:
        scripts = [_script_shape(entry, sitting.called(entry)) for entry in entries]
        output.json_out("scan-list", {"assignment": about(sitting.assignment), "scripts": scripts})
        return
    if not entries:
        output.say("There are no handwritten scripts: 'markdesk paper' lays them out.")
        return
    output.table(("script", "student", "pages", "scans"), [_row(sitting, entry) for entry in entries])
    without = sum(not page_count(entry.script.scans) for entry in entries)
    if without:
        output.say(f"{without} of {len(entries)} without a scan.")


def _row(sitting: "Sitting", entry: "Entry") -> tuple[object, ...]:
    from markdesk.core.scans import page_count

    scans = entry.script.scans
    told = "" if entry.assignment.is_anonymous else "; ".join(map(_scan_told, scans))
    return (entry.script.short_id, sitting.called(entry), page_count(scans) or "", told)


def split(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A PDF with the scripts of the class.")],
    assignment: Annotated[str, ASSIGNMENT],
    pages: Annotated[
        int | None, typer.Option("--pages", metavar="N", min=1, help="Pages of each script; else divided evenly.")
    ] = None,
    listed: Annotated[
        str | None, typer.Option("--from", metavar="LIST.csv", help="Rows of student,first,last, instead.")
    ] = None,
    order: Annotated[
        str | None,
        typer.Option("--order", metavar="ORDER", help="pile, as the scripts were laid out (the default), or name."),
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option("--without", metavar="STUDENT", help="Who handed nothing in; may be repeated.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show whose pages are which; write nothing.")] = False,
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Divide one scan of a whole class among its handwritten scripts, so many pages each, or by a list.

    The file is kept once, and may have 100 MB. Pages that don't come out even are refused with the numbers. Look at
    --dry-run first; the same file is divided anew when it is given again.

    \b
    Example:
      markdesk scan split class.pdf --assignment "Mock, question 1" --pages 4 --dry-run
      markdesk scan split class.pdf --assignment "Mock, question 1" --from pages.csv
    """
    from markdesk.desk.desk import find_assignment
    from markdesk.desk.scans import BY_NAME, PILE, SplitOrder, plan_split
    from markdesk.desk.scans import split as do_it

    session: Session = ctx.obj
    if order not in (None, PILE, BY_NAME):
        raise UsageProblem(f"--order {show_line(order or '')} is none.", f"It is one of: {PILE}, {BY_NAME}.")
    if listed is not None and (pages or order or without):
        raise UsageProblem("--from says whose pages are which: --pages, --order and --without don't go with it.")
    wanted = session.given.text(assignment)
    names = tuple(session.given.text(name) for name in without or ())
    how = SplitOrder(pages, _listed(session, listed) if listed is not None else (), order or PILE, names)
    with session.desk() as desk:
        found = find_assignment(desk, wanted)
        scan = _read([file], of_class=True)[0]
        plan = (
            plan_split(desk, found, scan, how)
            if dry_run
            else do_it(desk, lambda: find_assignment(desk, found.id), scan, how)
        )
        found = find_assignment(desk, found.id)
    _tell_split(plan, scan, found, dry_run)
    if as_json:
        output.json_out("scan-split", _split_shape(plan, scan, found, dry_run))
    else:
        output.table(("pages", "student", "script", ""), [_split_row(part) for part in (*plan.parts, *plan.lost)])


def open_scan(
    ctx: typer.Context,
    script: Annotated[str, SCRIPT],
    number: Annotated[int | None, typer.Argument(metavar="[N]", help="One of several, from 1.")] = None,
) -> int:
    """Open the scans of a script with the system's viewer.

    They are opened as copies. On a terminal markdesk waits until you press Enter and takes them away; elsewhere they
    stay until it is started again.

    \b
    Example:
      markdesk scan open "Mock/Okafor"
    """
    from markdesk.desk.desk import find_script
    from markdesk.desk.scans import kept_scans
    from markdesk.formats.viewing import Copies, clear_left_overs

    session: Session = ctx.obj
    with session.desk() as desk:
        _, kept = kept_scans(desk, find_script(desk, session.given.text(script)).script.id, number)
    copies = Copies()
    waits = sys.stdin is not None and sys.stdin.isatty() and sys.stderr is not None and sys.stderr.isatty()
    if waits:
        clear_left_overs()
    try:
        shown = copies.show(kept)
        for path in shown.paths:
            output.data(path)
        if shown.trouble:
            output.say(f"It could not be opened: {shown.trouble}. Open the copy yourself.")
        if waits:
            output.tell("Press Enter when you have looked at it; the copy is then removed. ")
            sys.stdin.readline()
        else:
            copies.leave()
            output.say("The copy is removed when markdesk is next opened.")
    finally:
        copies.close()
    return 1 if shown.trouble else 0


# -- reading


def _read(files: Sequence[str], of_class: bool = False) -> "list[ScanFile]":
    from markdesk.formats.scan_files import read_scan

    return [read_scan(user_path(name), of_class) for name in files]


def _listed(session: Session, named: str) -> "tuple[Listed, ...]":
    from markdesk.formats.scan_list import read_scan_list

    return read_scan_list(session.given.text(named if named == "-" else f"@{named}").encode(), named)


# -- telling


def _called(desk: "Desk", entry: "Entry") -> str:
    from markdesk.desk.sitting import Sitting

    return Sitting(desk, entry.assignment).called(entry)


def _told(entry: "Entry", called: str) -> str:
    from markdesk.core.scans import page_count, told_pages

    scans = entry.script.scans
    return f"{entry.script.short_id}  {called}  {told_pages(page_count(scans)) if scans else 'no scan'}"


def _scan_told(scan: "Scan") -> str:
    from markdesk.core.scans import pages_of

    return f"{scan.file_name} {pages_of(scan)}" if scan.first_page else scan.file_name


def _script_shape(entry: "Entry", called: str) -> dict[str, Any]:
    """A script with its scans; without what would tell whose it is while names are hidden."""
    from markdesk.core.scans import page_count, pages_of

    hidden = entry.assignment.is_anonymous
    scans = [
        {
            "number": at,
            "file": None if hidden else scan.file_name,
            "pages": len(pages_of(scan)),
            "first_page": scan.first_page if scan.first_page and not hidden else None,
            "last_page": scan.last_page if scan.first_page and not hidden else None,
        }
        for at, scan in enumerate(entry.script.scans, start=1)
    ]
    return {**who(entry), "student": called, "pages": page_count(entry.script.scans), "scans": scans}


def _tell_split(plan: "Split", scan: "ScanFile", assignment: "Assignment", dry_run: bool) -> None:
    from markdesk.core.scans import told_pages

    for student in plan.without_script:
        output.say(f"{student.name} is in the class and has no paper script: are her or his pages among these?")
    for entry in plan.left_out:
        output.say(f"No pages for {entry.student.name}.")
    if plan.unused:
        output.say(f"Nobody's: {'page' if sum(map(len, plan.unused)) == 1 else 'pages'} {_runs(plan.unused)}.")
    name, count = show_line(scan.file_name), len(plan.parts)
    would = "would be divided" if dry_run else "divided"
    scripts = "1 script" if count == 1 else f"{count} scripts"
    if not plan.changes:
        output.say(f"Nothing changed: {name} is divided so already.")
    else:
        output.say(f"{name}, {told_pages(scan.pages)}: {would} among {scripts} for '{assignment.name}'.")
    if dry_run:
        output.say("Nothing was written.")


def _runs(pages: "Iterable[object]") -> str:
    return ", ".join(map(str, pages))


def _split_row(part: "Part") -> tuple[object, ...]:
    remark = f"had {_runs(part.had)}" if part.had and part.had != part.pages else ""
    # While names are hidden the id is what the essay is called: beside a name it would say whose that is.
    script = "" if part.entry.assignment.is_anonymous else part.entry.script.short_id
    return (_runs(part.pages) or "–", part.entry.student.name, script, remark)


def _split_shape(plan: "Split", scan: "ScanFile", assignment: "Assignment", dry_run: bool) -> dict[str, Any]:
    def runs(pages: "Iterable[Any]") -> list[dict[str, int]]:
        return [{"first": one.first, "last": one.last} for one in pages]

    def shape(part: "Part") -> dict[str, Any]:
        hidden, script = assignment.is_anonymous, part.entry.script
        return {
            "student": part.entry.student.name,
            **shapes.script_ids("" if hidden else script.id),
            "pages": runs(part.pages),
            "had": runs(part.had),
        }

    return {
        "dry_run": dry_run,
        "changed": bool(plan.changes) and not dry_run,
        "assignment": about(assignment),
        "file": scan.file_name,
        "pages": scan.pages,
        "scripts": [shape(part) for part in (*plan.parts, *plan.lost)],
        "left_out": [entry.student.name for entry in plan.left_out],
        "without_script": [student.name for student in plan.without_script],
        "unused": runs(plan.unused),
    }

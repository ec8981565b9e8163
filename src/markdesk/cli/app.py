"""All commands in one place. Each imports what it needs when it runs, so that ``--help`` stays quick."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Annotated, Any

import typer
from typer._click.exceptions import ClickException

from markdesk.cli import (
    assignments,
    bank,
    class_lists,
    class_marks,
    class_reviews,
    convert,
    data,
    exam_results,
    exams,
    export_coursework,
    export_moodle,
    export_records,
    export_slips,
    exports,
    fill,
    grades,
    imports,
    marking,
    oneroster,
    output,
    paper,
    people,
    pile,
    returns,
    reviews,
    rubric_making,
    rubrics,
    scans,
    screens,
    search,
    setup,
    stamps,
    students,
    takeover,
    text_folder,
)
from markdesk.cli.session import Session
from markdesk.core.errors import UsageProblem

app = typer.Typer(
    name="markdesk",
    add_completion=True,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


@app.callback()
def _everywhere(
    db: Annotated[
        str | None, typer.Option("--db", metavar="PATH", help="The desk's file. Also MARKDESK_DB in the environment.")
    ] = None,
    marker: Annotated[
        str | None, typer.Option("--marker", metavar="NAME", help="Who marks. Also MARKDESK_MARKER, or the settings.")
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="Say which version this is.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of a fault.")] = False,
) -> None:
    """The desk on which history teachers mark essays. Without a command it opens the library.

    The four options below stand before or after any command. Wherever a name or a text is taken, an id works too,
    @FILE reads it from a file and - from standard input: what is typed here stays in the shell's history.

    \b
    Example:
      markdesk demo
      markdesk import essays/ --assignment "Henry VII" --rubric aqa-7042-b-essay-25 --group 13H
      markdesk mark --assignment "Henry VII"
    """
    # run() has taken these off the line already; they stand here for --help and for completion.


def _group(name: str, about: str, commands: dict[str, Callable[..., Any]]) -> None:
    group = typer.Typer(name=name, help=about, no_args_is_help=True, rich_markup_mode=None)
    for command, does in commands.items():
        group.command(command)(does)
    app.add_typer(group)


app.command("demo")(screens.demo)
app.command("import")(imports.import_essays)
app.command("mark")(screens.mark)
app.command("paper")(paper.paper)
_group(
    "scan",
    "Photographs and PDFs kept with handwritten scripts.",
    {
        "add": scans.add,
        "split": scans.split,
        "open": scans.open_scan,
        "list": scans.list_scans,
        "remove": scans.remove,
    },
)
app.command("award")(marking.award)
app.command("annotate")(marking.annotate)
_group(
    "export",
    "Write mark sheets, slips, coursework's data, records, the class mark sheet, and the annotations.",
    {
        "sheets": exports.sheets,
        "class": exports.whole_class,
        "slips": export_slips.slips,
        "marks": class_marks.marks,
        "coursework": export_coursework.coursework,
        "record": export_records.record,
        "moodle": export_moodle.moodle,
        "annotations": exports.annotations,
        "oneroster": oneroster.oneroster,
    },
)
app.command("fill")(fill.fill)
_group(
    "review",
    "Look back at past marks.",
    {
        "student": reviews.student,
        "assignment": class_reviews.assignment,
        "group": class_reviews.group,
        "search": search.search,
    },
)
_group(
    "student",
    "The students on the desk.",
    {
        "list": people.list_students,
        "show": people.show_student,
        "import": class_lists.import_list,
        "add": students.add_student,
        "rename": students.rename_student,
        "edit": students.edit_student,
        "merge": students.merge_students,
        "grade": grades.grade_student,
    },
)
_group(
    "assignment",
    "The assignments on the desk.",
    {
        "list": assignments.list_assignments,
        "new": assignments.new_assignment,
        "show": assignments.show_assignment,
        "correct": assignments.correct,
        "scheme": takeover.scheme,
        "queue": pile.queue,
        "note": pile.note,
        "names": pile.names,
        "gives-back": pile.gives_back,
        "absent": pile.absent,
        "tasks": pile.tasks,
        "return": returns.return_assignment,
        "reopen": returns.reopen,
    },
)
_group(
    "rubric",
    "The mark schemes to choose from.",
    {
        "list": rubrics.list_rubrics,
        "show": rubrics.show_rubric,
        "check": rubrics.check,
        "diff": rubric_making.diff,
        "new": rubric_making.new,
        "schema": rubric_making.schema,
        "convert": convert.convert,
    },
)
_group(
    "stamps",
    "The codes to put on passages, by set.",
    {"list": stamps.list_sets, "show": stamps.show, "check": stamps.check},
)
_group(
    "exam",
    "Question papers set to a class: their grid, totals and notional grades.",
    {
        "papers": exams.list_papers,
        "check": exams.check,
        "new": exams.new,
        "list": exams.list_exams,
        "show": exams.show,
        "totals": exam_results.totals,
        "grades": exam_results.grades,
    },
)
_group(
    "bank",
    "The comments to be used again.",
    {
        "list": bank.list_comments,
        "show": bank.show,
        "import": bank.import_comments,
        "export": bank.export_comments,
    },
)
_group(
    "data",
    "The desk's file: what is in it, whether it is whole, copies of it.",
    {
        "info": data.info,
        "verify": data.verify,
        "backup": data.backup,
        "export": text_folder.export_folder,
        "import": text_folder.import_folder,
    },
)
app.command("keys")(setup.keys)
_group("config", "The settings and where they are.", {"path": setup.path, "show": setup.show_settings})


@cache
def _commands() -> Any:
    """All commands, put together from the functions above; which takes as long as many a command."""
    return typer.main.get_command(app)


_RENAME = "'markdesk student rename \"Amara Okafr\" --given Amara --family Okafor'"
_INSTEAD = {
    "markdesk student rename": f"Say which half of the new name is which: {_RENAME}.",
    "markdesk student edit": f"A new name is given by {_RENAME}.",
    "markdesk student merge": f"Two records are merged, KEEP and OTHER; a new name is given by {_RENAME}.",
}
"""What somebody was after who gave a command a name too many."""


def invoke(args: Sequence[str], session: Session) -> int:
    """Run one command and give its exit code. Raises MarkdeskError for all that is refused, usage included."""
    try:
        result = _commands().main(list(args), prog_name="markdesk", standalone_mode=False, obj=session)
    except ClickException as error:
        context = getattr(error, "ctx", None)
        path = context.command_path if context is not None else "markdesk"
        if type(error).__name__ == "NoArgsIsHelpError":
            output.tell(error.format_message().rstrip() + "\n")
            return error.exit_code
        hint = _INSTEAD.get(path, "") if "extra argument" in error.format_message() else ""
        raise UsageProblem(_sentence(error.format_message()), hint or f"See '{path} --help'.") from None
    except typer.Abort:
        return 130
    except SystemExit as leaving:
        if isinstance(leaving.__context__, BrokenPipeError):  # who read the help has left; typer calls that a failure
            raise output.ReaderGone from leaving
        return leaving.code if isinstance(leaving.code, int) else 0
    return result if isinstance(result, int) else 0


def options_with_a_value() -> frozenset[str]:
    """Every command's options after which a word of the user's own follows, whatever that looks like."""

    def inside(command: object) -> Iterator[str]:
        for option in getattr(command, "params", ()):
            if option.param_type_name == "option" and not (option.is_flag or option.count):
                yield from option.opts
        for child in getattr(command, "commands", {}).values():
            yield from inside(child)

    return frozenset(inside(_commands()))


def _sentence(message: str) -> str:
    message = " ".join(message.split())
    return message if message.endswith((".", "?", "!")) else f"{message}."

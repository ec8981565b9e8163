"""The files that go out of a pile: sheets, whole-class feedback, slips, the class mark sheet.

The module is ``desk.giving_out.GivingOut`` with this computer's file system.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from markdesk.config.paths import user_path
from markdesk.config.settings import logo_file, read_settings
from markdesk.core.anonymity import known_as
from markdesk.core.coursework import Assignment, Kind
from markdesk.core.errors import MarkdeskError, UsageProblem
from markdesk.core.marksheet import is_wordless
from markdesk.core.people import Student
from markdesk.desk.anonymous import called
from markdesk.desk.assignments import by_number, class_sheet
from markdesk.desk.coursework import refuse_hidden_names
from markdesk.desk.desk import Desk
from markdesk.desk.giving_out import OutFile, Outlook, Product, Wanted, Written
from markdesk.desk.ports import Entry
from markdesk.desk.sheets import each_sheet, given_entries
from markdesk.desk.slips import who_is_due
from markdesk.formats import safe_write
from markdesk.formats.documents.document import NO_SCHOOL, Document, School
from markdesk.formats.documents.registry import FORMATS, Writer, format_of
from markdesk.formats.safe_write import refuse_overwriting, write_file
from markdesk.formats.sheets.student import Choice, student_sheet
from markdesk.formats.slug import file_name, slug

if TYPE_CHECKING:
    from markdesk.desk.looking_back import LookBack

TABLES = (("xlsx", "Excel"), ("csv", "CSV"))
"""What a class mark sheet is written in, beside JSON on the command line."""


_FOLDERS = {
    Product.SHEETS: "mark-sheets", Product.CLASS: "class-feedback", Product.MARKS: "marks", Product.SLIPS: "mark-slips",
}  # fmt: skip
"""What is for students never lies beside the whole class's marks."""


def endings(product: Product) -> tuple[tuple[str, str, bool], ...]:
    """The formats of a product: ending, name, and whether it can be written on this computer."""
    if product is Product.MARKS:
        return tuple((ending, name, True) for ending, name in TABLES)
    return tuple((one.ending, one.name, one.is_there) for one in FORMATS)


def folder(assignment: Assignment, product: Product) -> str:
    """A folder named after what goes out and the assignment, where the program was started."""
    return str(Path.cwd() / f"{_FOLDERS[product]}-{slug(assignment.name, 'assignment')}")


def refuse_folder(folder: str) -> None:
    """Raises MarkdeskError where no file can be written into it, or it can't be made."""
    safe_write.refuse_folder(user_path(folder))


def show(path: str) -> str:
    """Open a file or folder with the system's viewer; why that couldn't be, else nothing."""
    from markdesk.formats.viewing import SystemViewer

    return SystemViewer()([Path(path)])


def record(desk: Desk, student: Student) -> OutFile:
    """The record of a student, in the usual format and a folder for records."""
    usual = next(one for one in FORMATS if one.is_there)

    def make() -> bytes:
        from markdesk.desk.record import record_of
        from markdesk.formats.sheets.record import record_page

        page = record_page(record_of(desk, student), desk.clock.today(), school_of_settings())
        return usual.writer()([page])

    path = Path.cwd() / "records" / record_name(student, usual.ending)
    return OutFile(str(path), path.name, student.name, (), path.exists(), make)


def review_path(look: "LookBack") -> str:
    """In the usual format, where the program was started. Raises MarkdeskError where no essay is left."""
    from markdesk.formats.review_files import refuse_empty, review_name

    refuse_empty(look)
    return str(Path.cwd() / review_name(look, next(one.ending for one in FORMATS if one.is_there)))


def review(desk: Desk, look: "LookBack", path: str) -> OutFile:
    """What is looked back at, as the path's ending has it.

    Raises UsageProblem for one that is none, and MarkdeskError where no essay is left.
    """
    from markdesk.formats.review_files import refuse_empty, refuse_ending, write_review

    to = user_path(path)
    ending, on = to.suffix.lower().lstrip("."), desk.clock.today()
    refuse_ending(ending)
    refuse_empty(look)
    return OutFile(
        str(to), to.name, "", (), _lies_there(to), lambda: write_review(look, ending, on, school_of_settings())
    )


def _lies_there(path: Path) -> bool:
    """Whether there is such a file; what can't be the name of one says so when it is written."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def put(file: OutFile, replace: bool) -> bool:
    """Write one file, whole or not at all; False where it lay there just so."""
    return write_file(Path(file.path), file.make(), replace)


def record_name(student: Student, ending: str) -> str:
    """What the file of a student's record is called."""
    return file_name(student.name, student.id[-6:], ending)


def school_of_settings() -> School:
    """The school at the head of every page, as the settings have it. Raises UsageProblem for a logo that won't do."""
    from markdesk.formats.sheets.school import read_school

    settings = read_settings()
    logo = logo_file(settings)
    return read_school(settings.school, logo) if settings.school or logo else NO_SCHOOL


def prints_two_sided() -> bool:
    """Whether several sheets in one file are for a printer that uses both sides, as the settings have it."""
    return read_settings().printing == "two-sided"


def outlook(desk: Desk, assignment: Assignment, wanted: Wanted) -> Outlook:
    """What will be written, before anything is made: no file where nothing is finished.

    Raises MarkdeskError where names are hidden that would be told, and where no slip is due.
    """
    if wanted.product is not Product.CLASS and not wanted.by_number:
        refuse_hidden_names(assignment, " Or take candidate numbers (--numbers).")
    if wanted.product is Product.MARKS:
        if wanted.ending not in dict(TABLES):
            known = ", ".join(ending for ending, _ in TABLES)
            raise UsageProblem(f"A class mark sheet isn't written as .{wanted.ending}.", f"It is one of: {known}.")
        make = partial(_marks, desk, assignment, wanted)
        return Outlook(wanted, (_file(wanted, f"marks.{wanted.ending}", assignment.name, make),), ())
    write = _writing(wanted.ending)
    school = school_of_settings()
    given, left_out = given_entries(desk, assignment, wanted.by_number)
    if not given:
        return Outlook(wanted, (), left_out)
    cautions = _cautions(desk, given, wanted)
    if wanted.product is Product.CLASS:
        document = partial(_whole_class, desk, assignment, school)
        file = _file(wanted, f"whole-class-feedback.{wanted.ending}", assignment.name, lambda: write([document()]))
        return Outlook(wanted, (file,), left_out)
    if wanted.product is Product.SLIPS:
        due, waiting = who_is_due(assignment, given, left_out)
        if not due:
            raise MarkdeskError("No slip is due yet.", f"{called(waiting[0].entry)} {waiting[0].why}.")
        slips = partial(_slips, desk, assignment, due, wanted.by_number, school)
        file = _file(wanted, f"mark-slips.{wanted.ending}", assignment.name, lambda: write([slips()]), due)
        return Outlook(wanted, (file,), waiting, cautions)
    choice = Choice(assignment.returns, wanted.by_number, wanted.with_essay, wanted.boundaries, school)

    def sheets(entries: Sequence[Entry]) -> bytes:
        return write([student_sheet(sheet, choice) for sheet in each_sheet(desk, assignment, entries)])

    if wanted.is_merged:
        files = [
            _file(wanted, f"all-mark-sheets.{wanted.ending}", f"{len(given)} students", partial(sheets, given), given)
        ]
    else:
        files = [_sheet_file(wanted, entry, partial(sheets, [entry])) for entry in given]
    return Outlook(wanted, tuple(files), left_out, cautions)


def write(
    outlook: Outlook,
    replace: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Written:
    """Write the files one after another; none where one that lies there is another, unless ``replace``.

    Made one at a time, so that a year's sheets take no more memory than one. Stopped in between, those that were
    written stay, each of them whole.
    """
    if not replace:
        for file in outlook.files:
            if file.is_there:
                refuse_overwriting(Path(file.path), file.make(), force=False)
    refuse_folder(outlook.wanted.folder)
    paths: list[str] = []
    replaced = same = 0
    for at, file in enumerate(outlook.files):
        progress(at, len(outlook.files))
        if is_cancelled():
            return Written(tuple(paths), replaced, same, was_stopped=True)
        was_there = Path(file.path).exists()
        is_new = write_file(Path(file.path), file.make(), replace)
        paths.append(file.path)
        same += not is_new
        replaced += is_new and was_there
    progress(len(outlook.files), len(outlook.files))
    return Written(tuple(paths), replaced, same)


def _writing(ending: str) -> Writer:
    """What writes the format; it is loaded with the first file. Raises UsageProblem where there is no such format."""
    one, two_sided = format_of(ending), prints_two_sided()
    return lambda documents: one.writer(two_sided)(documents)


def _file(wanted: Wanted, name: str, about: str, make: Callable[[], bytes], entries: tuple[Entry, ...] = ()) -> OutFile:
    path = user_path(wanted.folder) / name
    return OutFile(str(path), name, about, entries, path.exists(), make)


def _sheet_file(wanted: Wanted, entry: Entry, make: Callable[[], bytes]) -> OutFile:
    """One student's file, named after her or her number and the script."""
    student, script_id = entry.student, entry.script.id
    told = student.candidate_number if wanted.by_number else student.name
    name = file_name(told, script_id[-6:], wanted.ending, "script" if wanted.by_number else "student")
    return _file(wanted, name, known_as(student, script_id, wanted.by_number), make, (entry,))


def _whole_class(desk: Desk, assignment: Assignment, school: School) -> Document:
    from markdesk.desk.class_feedback import class_feedback
    from markdesk.formats.sheets.whole_class import whole_class_sheet

    return whole_class_sheet(class_feedback(desk, assignment), school)


def _slips(desk: Desk, assignment: Assignment, due: Sequence[Entry], by_number: bool, school: School) -> Document:
    from markdesk.formats.sheets.slip import SlipChoice, mark_slips

    choice = SlipChoice(by_number, assignment.kind is Kind.NEA, school=school)
    return mark_slips(tuple(each_sheet(desk, assignment, due)), choice)


def _marks(desk: Desk, assignment: Assignment, wanted: Wanted) -> bytes:
    sheet = class_sheet(desk, assignment)
    sheet = by_number(sheet) if wanted.by_number else sheet
    if wanted.ending == "csv":
        from markdesk.formats.marks_csv import write_marks

        return write_marks(sheet, mark=True)
    from markdesk.formats.marks_xlsx import write_workbook

    return write_workbook(sheet)


def _cautions(desk: Desk, given: Sequence[Entry], wanted: Wanted) -> tuple[str, ...]:
    """What the teacher should know before these sheets are given out."""
    numberless = [entry for entry in given if wanted.by_number and not entry.student.candidate_number]
    wordless = [entry for entry in given if wanted.product is Product.SHEETS and _is_wordless(desk, entry)]
    return (
        *(f"{called(entry)} has no candidate number and goes by the script's id." for entry in numberless),
        *(f"{called(entry)} gets a mark and not a word of feedback." for entry in wordless),
    )


def _is_wordless(desk: Desk, entry: Entry) -> bool:
    if entry.annotations or entry.target or entry.task:
        return False
    marking = desk.store.marking(entry.script.id, desk.marker.id)
    return marking is not None and is_wordless(marking)

"""Takes the pictures of the sheets in the docs from the program itself: ``python -m tests.exports.show``.

The pages are written as PDF and drawn by pdftoppm; LibreOffice prints the workbook. Both have to be
there (poppler-utils, libreoffice).
"""

import csv
import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from markdesk.core.changes import StudentChanged
from markdesk.core.feedback import Field
from markdesk.core.people import split_name
from markdesk.desk.assignments import class_sheet
from markdesk.desk.class_feedback import class_feedback
from markdesk.desk.coursework import cohort
from markdesk.desk.desk import Desk
from markdesk.desk.record import record_of
from markdesk.desk.sitting import Sitting
from markdesk.desk.slips import slips_due
from markdesk.formats.documents.document import Document, School, Table
from markdesk.formats.documents.pdf import write
from markdesk.formats.marks_xlsx import write_workbook
from markdesk.formats.sheets.coursework import record_page as data_page
from markdesk.formats.sheets.coursework import summary_page
from markdesk.formats.sheets.record import record_page
from markdesk.formats.sheets.school import Centre
from markdesk.formats.sheets.slip import SlipChoice, mark_slips
from markdesk.formats.sheets.student import Choice, student_sheet
from markdesk.formats.sheets.whole_class import whole_class_sheet
from markdesk.store.sqlite.store import SqliteStore
from tests.exports.coursework import AQA, coursework_desk, mark, nea
from tests.kit import sheets_of
from tests.tui.show import FOLDER, desk_to_show
from tests.worksheets.desk import CLASS, lay_out

SCHOOL = School("Riverside College")
DPI = 80
CANDIDATES = {
    "Amara Okafor": (17, 8, 7),
    "Ben Hartley": (20, 10, 9),
    "Chloe Świderska": (11, 5, 5),
    "Dev Raman": (14, 7, 6),
    "Ellie Pritchard": (8, 4, 3),
    "Finn O’Connell": (16, 8, 9),
}
"""Their marks on the objectives."""
TOLD = (
    (Field.WWW, 1, "You know the period and use it: what you name is dated, quoted and explained."),
    (Field.WWW, 2, "Each paragraph begins with a claim about the question."),
    (
        Field.EBI,
        1,
        "Weigh the change in style against what stayed the same before you judge, and say which decides it.",
    ),
    (Field.TARGET, 1, "End each paragraph with a judgement that answers the question and says how far."),
    (
        Field.TASK,
        1,
        "Rewrite your third paragraph so that it weighs both sides, in about 120 words, and ends in a judgement.",
    ),
)
COMMENTS = (
    "Which of them matters most? Say so here.",
    "Exact, and it proves something. Do this in the next paragraph too.",
    "How do you know? Name the evidence.",
)


def tell(desk: Desk) -> None:
    """Feedback and comments on every essay that is finished; two passages for the class."""
    assignment = desk.store.assignments()[0]
    sitting = Sitting(desk, assignment, "arrival")
    for place, entry in enumerate(sitting.entries[1:6]):
        opened = sitting.open(entry.script.id)
        for field, at, text in TOLD:
            opened.write_feedback(field, at, text)
        notes = opened.marking.annotations_in_order()
        for at, note in enumerate(notes):
            opened.comment(note.id, COMMENTS[(place + at) % len(COMMENTS)] if at % 2 == 0 else "")
        if place in (0, 3):
            opened.tell_class(notes[-1].id)
    sitting.close()


def draw(documents: Sequence[Document], page: int, path: Path, part: tuple[int, int] = (0, 0)) -> None:
    """One page of sheets as a picture, or its upper left part."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "sheets.pdf"
        file.write_bytes(write(documents, two_sided=False))
        picture(file, page, path, part)


def picture(file: Path, page: int, path: Path, part: tuple[int, int] = (0, 0)) -> None:
    """One page of a PDF, or the upper left part of it that is so wide and so high, in dots."""
    wanted = ["-f", str(page), "-l", str(page), "-r", str(DPI), "-png", "-singlefile"]
    cut = ["-x", "0", "-y", "0", "-W", str(part[0]), "-H", str(part[1])] if any(part) else []
    subprocess.run(["pdftoppm", *wanted, *cut, str(file), str(path.with_suffix(""))], check=True)


def print_table(workbook: bytes, page: int, path: Path, part: tuple[int, int]) -> None:
    """The upper left part of one page of a workbook, as a spreadsheet prints it, in dots."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "marks.xlsx"
        file.write_bytes(workbook)
        profile = f"-env:UserInstallation=file://{name}/profile"
        made = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", name, str(file)]
        subprocess.run(made, check=True, capture_output=True)
        picture(file.with_suffix(".pdf"), page, path, part)


def show_coursework(folder: Path) -> None:
    """The centre's summary and one candidate's data."""
    centre = Centre(SCHOOL, "12345")
    desk = coursework_desk(AQA, len(CANDIDATES))
    people = zip(desk.store.students(), map(split_name, CANDIDATES), strict=True)
    named = (StudentChanged(one, replace(one, given_name=given, family_name=family)) for one, (given, family) in people)
    desk.commit("rename", "names for a picture", tuple(named))
    for n, marks in enumerate(CANDIDATES.values(), start=1):
        mark(desk, n, marks)
    found = cohort(desk, [nea(desk)])
    draw([summary_page(found, centre)], 1, folder / "coursework-summary.png")
    draw([data_page(found.records[0], centre)], 1, folder / "coursework-record.png")


def show_filled_list(folder: Path) -> None:
    """A list of the school's with the marks in it, and nothing else of it altered."""
    rows = [f"{one.id_in('sis')},{one.family_name},{one.given_name},13H,\n" for one in CLASS]
    filled, _ = lay_out().fill(("Admission No,Surname,Forename,Class,Mark\n" + "".join(rows)).encode())
    heading, *cells = csv.reader(io.StringIO(filled.decode()))
    table = Table(tuple(heading), tuple(map(tuple, cells)), frozenset({len(heading) - 1}))
    page = Document("marks.csv", "as it was filled", "", "", (table,))
    draw([page], 1, folder / "filled-list.png", (520, 330))


def main(folder: Path) -> None:
    """Every picture."""
    for program, package in (("pdftoppm", "poppler-utils"), ("soffice", "libreoffice")):
        if shutil.which(program) is None:
            sys.exit(f"{program} isn't there: install {package}.")
    show_coursework(folder)
    show_filled_list(folder)
    with tempfile.TemporaryDirectory() as name:
        world, assignment_id, _ = desk_to_show(Path(name) / "marks.db")
        store = SqliteStore(world.path)
        desk = world.desk(store)
        tell(desk)
        assignment = next(one for one in store.assignments() if one.id == assignment_id)
        sheets = sheets_of(desk, assignment)
        sheet = student_sheet(sheets[0], Choice(school=SCHOOL))
        whole = whole_class_sheet(class_feedback(desk, assignment), SCHOOL)
        for title, document, page in (
            ("sheet-front", sheet, 1),
            ("sheet-overleaf", sheet, 2),
            ("whole-class", whole, 1),
            ("record", record_page(record_of(desk, sheets[0].student), "2026-11-26", SCHOOL), 1),
            ("slips", mark_slips(slips_due(desk, assignment).due, SlipChoice(school=SCHOOL)), 1),
        ):
            draw([document], page, folder / f"{title}.png")
            print(folder / f"{title}.png")
        workbook = write_workbook(class_sheet(desk, assignment))
        print_table(workbook, 1, folder / "workbook-marks.png", (750, 420))
        print_table(workbook, 3, folder / "workbook-summary.png", (662, 830))
        store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)

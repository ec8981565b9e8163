"""Takes the pictures of the sheets in the docs from the program itself: ``python -m tests.exports.show``.

The pages are written as PDF and drawn by pdftoppm, which has to be there (poppler-utils).
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from markdesk.core.feedback import Field
from markdesk.desk.class_feedback import class_feedback
from markdesk.desk.desk import Desk
from markdesk.desk.record import record_of
from markdesk.desk.sitting import Sitting
from markdesk.desk.slips import slips_due
from markdesk.formats.documents.document import Document, School
from markdesk.formats.documents.pdf import write
from markdesk.formats.sheets.record import record_page
from markdesk.formats.sheets.slip import SlipChoice, mark_slips
from markdesk.formats.sheets.student import Choice, student_sheet
from markdesk.formats.sheets.whole_class import whole_class_sheet
from markdesk.store.sqlite.store import SqliteStore
from tests.kit import sheets_of
from tests.tui.show import FOLDER, desk_to_show

SCHOOL = School("Riverside College")
DPI = 80
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


def draw(documents: Sequence[Document], page: int, path: Path) -> None:
    """One page of a PDF as a picture."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "sheets.pdf"
        file.write_bytes(write(documents, two_sided=False))
        wanted = ["-f", str(page), "-l", str(page), "-r", str(DPI), "-png", "-singlefile"]
        subprocess.run(["pdftoppm", *wanted, str(file), str(path.with_suffix(""))], check=True)


def main(folder: Path) -> None:
    """Every picture."""
    if shutil.which("pdftoppm") is None:
        sys.exit("pdftoppm isn't there: install poppler-utils.")
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
        store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)

"""Moodle's zip of feedback files: the folders that its importer reads, the same bytes each time, nothing outside."""

import io
import zipfile

import pytest

from markdesk.core.errors import MarkdeskError
from markdesk.formats.downloads.detect import understand
from markdesk.formats.downloads.members import Member, Use
from markdesk.formats.worksheets.feedback_zip import feedback_zip, member_name


def _moodle_reads(path: str) -> tuple[int, str, str, str] | None:
    """Number, kind, part and file name as Moodle's importer takes a path apart (importziplib.php, 4.1 and later)."""
    parts = path.split("/")
    while parts:
        info = parts.pop(0).split("_", 4)
        if len(info) < 4 or not info[1].isdigit():
            continue
        rest = [info[4] if len(info) == 5 else "", *parts]
        return int(info[1]), info[2], info[3], "/".join(rest)
    return None


@pytest.mark.parametrize(
    "name", ["Amara Okafor", "Mary_Ann O'Neill", "../../x", "毛泽东", "a/b\\c", "\u202e", "CON", ""]
)
def test_moodle_finds_the_submission_by_its_number_whatever_the_name(name: str) -> None:
    made = member_name(name, "100481", "pdf")
    assert _moodle_reads(made) == (100481, "assignsubmission", "file", "/marked.pdf")
    assert made.isascii()
    assert ".." not in made
    assert made.count("/") == 1


def test_the_same_sheets_make_the_same_zip() -> None:
    members = [(member_name("Amara", "1", "docx"), b"one" * 1000), (member_name("Zoë", "2", "docx"), b"two")]
    first, second = feedback_zip(members), feedback_zip(iter(members))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        assert [(one.filename, packed.read(one)) for one in packed.infolist()] == members
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_two_sheets_of_one_submission_are_refused() -> None:
    with pytest.raises(MarkdeskError):
        feedback_zip([("a_1_assignsubmission_file_/marked.md", b"1"), ("a_1_assignsubmission_file_/marked.md", b"2")])


def test_an_import_takes_no_sheet_of_ours_for_an_essay() -> None:
    paths = [member_name("Amara Okafor", "100481", "pdf"), "f/" + member_name("", "100482", "md")]
    paths += [
        "Amara Okafor_100481_assignsubmission_file_/essay.docx",
        "Amara Okafor_100481_assignsubmission_file_/marked.docx",
    ]
    found = understand([Member(path, 100) for path in paths], lambda _: "")
    assert [one.use for one in found.members] == [Use.RETURNED, Use.RETURNED, Use.ESSAY, Use.ESSAY]

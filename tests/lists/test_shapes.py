"""Lists of every shape: who is in them, what isn't kept, which rows are no students, and what has to be asked."""

import pytest

from markdesk.core.class_list import Asked, ClassList, Listed
from markdesk.core.errors import ListUnreadable
from markdesk.formats.class_lists import class_list, named_columns, read_class_list
from tests.lists.shapes import CLASSES, SHAPES, SHEETS, USERS_12, WRITTEN, Shape, csv, zipped


def line(row: Listed) -> str:
    access = {None: "-", True: "yes", False: "no"}[row.has_access_arrangements]
    ids = ", ".join(f"{system} {known}" for system, known in row.ids)
    cells = (row.given_name, row.family_name, row.candidate_number, row.tutor_group, access, ids)
    return "|".join((*cells, ", ".join(row.classes)))


def read(text: str, **chosen: str) -> ClassList:
    return class_list(text.encode(), "list.csv", named_columns([f"{what}={name}" for what, name in chosen.items()]))


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_list_is_read_as_it_is_meant(shape: Shape) -> None:
    found = class_list(shape.content, shape.file)
    assert tuple(map(line, found.rows)) == shape.students
    assert found.kind == shape.kind
    assert found.dropped_columns == shape.not_kept
    assert len(found.left_out) == shape.left_out, found.left_out
    assert not found.doubts


def test_there_are_enough_of_them() -> None:
    assert len(SHAPES) >= 25


@pytest.mark.parametrize("file", [path.name for path in SHEETS])
def test_a_spreadsheet_of_any_program_is_read(file: str) -> None:
    found = read_class_list(WRITTEN / file)
    assert tuple(map(line, found.rows)) == (
        "Amara|Okafor|0123|13B|yes||",
        "Finn|O'Neill|1124|13C|-||",
        "Łucja|Świderska|0125|13C|no||",
    )
    assert found.dropped_columns == ("DOB",)
    assert [row.row for row in found.rows] == ([6, 7, 8] if file == "xlsxwriter.xlsx" else [5, 6, 7])


def test_a_sheet_is_chosen_by_its_name_and_a_hidden_one_is_not_there() -> None:
    data = (WRITTEN / "xlsxwriter.xlsx").read_bytes()
    assert len(class_list(data, "x.xlsx", sheet="class").rows) == 3
    assert "Read from the sheet 'Class', not from 'Cover'." in class_list(data, "x.xlsx").notes
    with pytest.raises(ListUnreadable, match=r"No sheet is called 'Staff'.*'Cover', 'Class'"):
        class_list(data, "x.xlsx", sheet="Staff")


def test_rows_that_are_no_students_are_told_with_the_reason() -> None:
    found = class_list(SHAPES[0].content, "grades.csv")
    assert [(one.row, one.why) for one in found.left_out] == [
        (2, "how marks are posted"),
        (3, "points possible"),
        (6, "the system's test student"),
    ]


def test_a_list_without_headings_is_asked_about() -> None:
    found = read("Okafor,Amara,a@x.example\nO'Neill,Finn,f@x.example\n")
    assert [(taken.asked, taken.header) for taken in found.doubts] == [("given", "column A"), ("family", "column B")]
    said = read("Okafor,Amara,a@x.example\nO'Neill,Finn,f@x.example\n", given="B", family="A")
    assert not said.doubts
    assert line(said.rows[0]) == "Amara|Okafor|||-|email a@x.example|"


def test_names_in_the_order_of_their_first_words_are_asked_about() -> None:
    reversed_names = "Name\nBell Tom\nLee Kim\nOkafor Amara\nPatel Ravi\nShaw Ann\n"
    (taken,) = read(reversed_names).doubts
    assert "the family name may come first" in taken.doubt
    assert line(read(reversed_names, **{"family-first": "Name"}).rows[0]) == "Tom|Bell|||-||"
    assert not read(reversed_names, name="Name").doubts
    assert not read("Name\nTom Bell\nKim Lee\nAmara Okafor\nRavi Patel\nAnn Shaw\n").doubts


def test_family_names_alone_are_asked_about() -> None:
    assert [taken.doubt for taken in read("Surname,Form\nOkafor,13B\n").doubts] == ["it has no given names"]
    assert not read("Surname,Form\nOkafor,13B\n", family="Surname").doubts


def test_a_preferred_name_that_is_the_whole_one_is_no_given_name() -> None:
    assert line(read("Forename,Surname,Preferred Name\nAmarachi,Okafor,Amara Okafor\n").rows[0])[:12] == "Amara|Okafor"


def test_a_column_that_the_teacher_names_is_taken_and_one_that_she_empties_is_not() -> None:
    text = "Rufname,Zuname,ID,Form\nAmara,Okafor,0123,13B\n"
    with pytest.raises(ListUnreadable, match="No column was found that has names"):
        read(text)
    found = read(text, given="Rufname", family="zuname", candidate="ID", tutor="")
    assert line(found.rows[0]) == "Amara|Okafor|0123||-||"
    assert found.dropped_columns == ("Form",)
    with pytest.raises(ListUnreadable, match=r"No column is called 'Vorname'.*'Rufname'"):
        read(text, given="Vorname", family="Zuname")


def test_two_columns_for_one_name_are_asked_about() -> None:
    found = read("Forename,First name,Surname\nAmara,Ama,Okafor\n")
    assert [taken.doubt for taken in found.doubts] == ["'Forename' and 'First name' both say the given name"]
    assert not read("Forename,First name,Surname\nAmara,Ama,Okafor\n", given="First name").doubts


def test_a_number_that_nobody_explains_is_told_and_not_kept() -> None:
    found = read("Name,ID\nAmara Okafor,55\n")
    (note,) = found.notes
    assert "'ID' doesn't say which number it is: it is not kept." in note
    assert line(read("Name,ID\nAmara Okafor,55\n", sis="ID").rows[0]).endswith("|sis 55|")


def test_cells_that_say_nothing_are_empty() -> None:
    for nothing in ("-", "n/a", "None", "TBC", "0"):
        (row,) = read(f"Name,Cand No,Reg,Admission No\nAmara Okafor,{nothing},{nothing},{nothing}\n").rows
        assert line(row) == "Amara|Okafor|||-||"


def test_lost_zeros_of_candidate_numbers_are_told() -> None:
    assert any("may have taken their zeros" in note for note in read("Name,Cand No\nAmara Okafor,123\n").notes)
    assert not read("Name,Cand No\nAmara Okafor,0123\n").notes


def test_which_of_three_words_are_the_family_name_is_left_open() -> None:
    (row,) = read("Name,Email\nMary Ann Smith,m@x.example\n").rows
    assert (row.given_name, row.family_name) == ("Mary Ann", "Smith")
    assert row.doubt
    assert ("Mary", "Ann Smith") in row.others


@pytest.mark.parametrize(
    ("content", "file", "told"),
    [
        (zipped(users=USERS_12, classes=CLASSES), "o.zip", "There are no students in it"),
        (csv(USERS_12), "users.csv", "doesn't say who is a student"),
        (zipped(essay="words"), "essays.zip", "no list of OneRoster is in it"),
        (csv("Identifier,Status,Grade\nParticipant 7,,\n"), "w.csv", "marked blind"),
        (b"<html><table><tr><td>Name</td></tr></table></html>", "list.xls", "a web page, whatever its name says"),
        (b"%PDF-1.7 list", "list.pdf", "It is a PDF"),
        (csv("Forename,Surname\nTest,Student\n"), "l.csv", "All rows were left out: the system's test student"),
        (csv("Date,Score\n2026-01-01,4\n"), "l.csv", "No column was found that has names. Its columns"),
    ],
)
def test_what_is_no_list_is_refused_with_the_reason(content: bytes, file: str, told: str) -> None:
    with pytest.raises(ListUnreadable) as refused:
        class_list(content, file)
    assert told in str(refused.value)
    assert str(refused.value).startswith(file)
    assert refused.value.hint or "columns" in told


def test_what_a_column_is_called_on_the_command_line() -> None:
    assert named_columns(["given=First name", "Tutor="]) == {Asked.GIVEN: "First name", Asked.TUTOR: ""}
    with pytest.raises(ListUnreadable, match=r"'upn=UPN' names no column.*candidate \(candidate number\)"):
        named_columns(["upn=UPN"])

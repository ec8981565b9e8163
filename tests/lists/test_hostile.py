"""Lists that somebody made to do harm, or that a program spoilt: read as text, or refused with a sentence."""

import io
import random
import sys
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from markdesk.core.errors import EssayUnreadable, ListUnreadable
from markdesk.core.plain import is_plain
from markdesk.formats.child import ChildReader
from markdesk.formats.class_lists import class_list, named_columns, read_class_list
from tests.lists.shapes import SHAPES, SHEETS, WRITTEN, Shape, zipped


def test_cells_that_a_spreadsheet_or_a_terminal_would_obey_are_text() -> None:
    text = (
        "Forename,Surname,Email\n"
        '=HYPERLINK("http://x"),Okafor,a@x.example\n'
        "\x1b[2J[/b][@click=app.quit],Lee,\u202eb@x.example\n"
        "@SUM(1),Bell,\n'=Amara,Okafor,\n\x00Finn\x00,O'Neill,\n"
    )
    found = class_list(text.encode(), "x\x1b[2J.csv")
    assert [row.given_name for row in found.rows] == ["\x1b[2J[/b][@click=app.quit]", "\x00Finn\x00"]
    assert [one.row for one in found.left_out] == [2, 4, 5]
    assert {one.why for one in found.left_out} == {"no name, but a number, a sign or a formula"}


def test_a_name_of_fifty_thousand_letters_is_no_name_and_the_others_come_in() -> None:
    found = class_list(f"Forename,Surname,Notes\n{'a' * 50_000},Lee,\nAmara,Okafor,{'b' * 50_000}\n".encode(), "l.csv")
    assert [row.name for row in found.rows] == ["Amara Okafor"]
    assert "50,004 characters" in found.left_out[0].why


def test_ids_that_are_too_long_are_told_and_not_kept() -> None:
    long = "1" * 50_000
    found = class_list(
        f"Name,Candidate No,Admission No,Tutor Group\nAmara Okafor,{long},{long},{long}\n".encode(), "l.csv"
    )
    assert (found.rows[0].candidate_number, found.rows[0].ids, found.rows[0].tutor_group) == ("", (), "")
    assert sum("too long to be one" in note for note in found.notes) == 3


def test_three_hundred_columns_are_read_and_two_thousand_and_one_are_not() -> None:
    def wide(count: int) -> bytes:
        more = ",".join(f"Essay {n} ({n})" for n in range(count - 2))
        return f"Forename,Surname,{more}\nAmara,Okafor,{',' * (count - 3)}7\n".encode()

    found = class_list(wide(300), "l.csv")
    assert len(found.rows) == 1
    assert len(found.dropped_columns) == 298
    with pytest.raises(ListUnreadable, match="2,001 columns; no class list has"):
        class_list(wide(2_001), "l.csv")


def test_ten_thousand_rows_are_read_in_a_second_or_two_and_one_more_is_refused() -> None:
    rows = "".join(f"Amara{n},Okafor,{n}\n" for n in range(9_999))
    began = time.process_time()
    assert len(class_list(f"Forename,Surname,Admission No\n{rows}".encode(), "l.csv").rows) == 9_999
    assert time.process_time() - began < 8
    with pytest.raises(ListUnreadable, match="more than 10,000 rows"):
        class_list(f"Forename,Surname,Admission No\n{rows}One,More,x\n".encode(), "l.csv")


@pytest.mark.parametrize("content", [b'Forename,Surname\n"Amara,Okafor\n' + b"x,y\n" * 60_000, b"," * 9_000_000])
def test_what_is_no_table_is_refused_and_quickly(content: bytes) -> None:
    began = time.process_time()
    with pytest.raises(ListUnreadable):
        class_list(content, "l.csv")
    assert time.process_time() - began < 10


def test_a_text_of_eleven_megabytes_is_refused() -> None:
    with pytest.raises(ListUnreadable, match=r"11\.0 MB"):
        class_list(b"Name\n" + b"Amara Okafor\n" * (11_000_000 // 13), "l.csv")


def test_what_a_refusal_says_can_be_shown() -> None:
    for text in ("\x1b]52;c;x\x07,\u202e\n1,2\n", "Student\x1b[2J ID,Score\n1,2\n"):
        with pytest.raises(ListUnreadable) as refused:
            class_list(text.encode(), "\x1b[2J.csv")
        assert is_plain(str(refused.value))
    with pytest.raises(ListUnreadable) as refused:
        named_columns(["\x1b[2J=x"])
    assert is_plain(str(refused.value))


@pytest.mark.parametrize("what", ["folder", "missing", "empty", "blank"])
def test_a_file_that_is_none_is_refused(tmp_path: Path, what: str) -> None:
    file = tmp_path / "l.csv"
    if what == "folder":
        file.mkdir()
    elif what != "missing":
        file.write_bytes(b"" if what == "empty" else b" \n\n ")
    with pytest.raises(ListUnreadable) as refused:
        read_class_list(file)
    assert refused.value.hint


def test_a_spreadsheet_that_unpacks_to_more_than_there_is_room_for_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("[Content_Types].xml", "<Types/>")
        container.writestr("xl/workbook.xml", "<workbook/>")
        with container.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member:
            for _ in range(101):
                member.write(b"0" * 1_000_000)
    with pytest.raises(ListUnreadable, match="unpacks to 101 MB"):
        class_list(stream.getvalue(), "bomb.xlsx")


@pytest.mark.parametrize(
    ("content", "file", "told"),
    [
        (b"PK\x03\x04 xl/workbook not really", "cut.xlsx", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old.xls", "damaged"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "locked.xlsx", "protected by a password"),
        (zipped(users="sourcedId,givenName\n" + "x,y\n" * 2), "o.zip", "no list of OneRoster"),
        (bytes(range(256)) * 40, "noise.csv", "neither text nor a spreadsheet"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_spreadsheet_that_does_harm_is_refused(content: bytes, file: str, told: str) -> None:
    with pytest.raises(ListUnreadable) as refused:
        class_list(content, file)
    assert told in str(refused.value)


def workbook(cells: str) -> bytes:
    """A workbook of one sheet with these rows."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as container:
        for name, text in {
            "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r" Type="{office}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="r"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="r"'
            f' Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
        }.items():
            container.writestr(name, text)
    return stream.getvalue()


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


@pytest.mark.parametrize(
    ("last", "told"),
    [
        (f'<row r="1048576">{cell("XFD1048576", "x")}</row>', "made its reader fail"),  # 17 thousand million cells
        (f'<row r="900000">{cell("A900000", "Amara Okafor")}</row>', "larger than a class list"),
        (f'<row r="2">{cell("A2", "a" * 50_000)}</row>', "50,000 characters"),
    ],
)
def test_a_sheet_of_two_cells_far_apart_takes_no_memory(last: str, told: str) -> None:
    with pytest.raises(ListUnreadable) as refused:
        class_list(workbook(f'<row r="1">{cell("A1", "Name")}</row>{last}'), "l.xlsx")
    assert told in str(refused.value)


def test_without_the_library_a_spreadsheet_is_refused_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    from markdesk.formats.class_lists.spreadsheets import answer

    monkeypatch.setitem(sys.modules, "python_calamine", None)
    told = answer((WRITTEN / "openpyxl.xlsx").read_bytes())
    assert told["refused"] == "It is a spreadsheet."
    assert "Save it as CSV" in str(told["hint"])


def test_a_sheet_over_which_its_reader_never_ends_is_given_up() -> None:
    """Found among 2,000 altered sheets; a later version of the library may read it, or refuse it itself."""
    data = (Path(__file__).parent / "hangs.ods").read_bytes()
    began = time.perf_counter()
    with ChildReader(seconds=2) as child, suppress(EssayUnreadable):
        child.sheets(data, "hangs.ods")
    assert time.perf_counter() - began < 8


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_spoilt_spreadsheet_is_read_or_refused_and_nothing_else(path: Path) -> None:
    """Its reader is somebody's parser, which may die of it; only the child does."""
    whole, dice = path.read_bytes(), random.Random(path.name)
    refused = [told for _ in range(8) for told in _refused(spoilt_sheet(whole, dice), path.name)]
    assert all(map(is_plain, refused))


def spoilt_sheet(whole: bytes, dice: random.Random) -> bytes:
    """Some bytes altered: of what is packed in it, where it is a zip."""
    if not whole.startswith(b"PK"):
        return spoilt_bytes(whole, dice)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as container, zipfile.ZipFile(stream, "w") as made:
        for info in container.infolist():
            inside = container.read(info)
            is_hit = bool(inside) and info.filename.endswith(".xml") and dice.random() < 0.4
            made.writestr(info.filename, spoilt_bytes(inside, dice) if is_hit else inside)
    return stream.getvalue()


def spoilt_bytes(whole: bytes, dice: random.Random) -> bytes:
    """Some bytes altered, and sometimes the end cut off."""
    made = bytearray(whole)
    for _ in range(dice.randint(1, 12)):
        made[dice.randrange(len(made))] = dice.randrange(256)
    return bytes(made[: dice.randint(len(made) // 2, len(made))] if dice.random() < 0.2 else made)


@pytest.mark.parametrize("shape", SHAPES[::3], ids=lambda shape: shape.name)
def test_a_spoilt_list_is_read_or_refused_and_nothing_else(shape: Shape) -> None:
    dice = random.Random(shape.name)
    refused: list[str] = []
    for _ in range(150):
        spoilt = bytearray(shape.content)
        for _ in range(dice.randint(1, 8)):
            at = dice.randrange(len(spoilt))
            spoilt[at : at + dice.randint(0, 3)] = dice.choice([b"\x00", b'"', b",", b"\n", b"\xff", b"=", b"\xe2\x80"])
        refused += _refused(bytes(spoilt), shape.file)
    assert all(map(is_plain, refused))


def _refused(content: bytes, file: str) -> list[str]:
    try:
        class_list(content, file)
    except ListUnreadable as error:
        return [str(error)]
    return []

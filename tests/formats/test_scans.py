"""Files that are kept as scans: known by their bytes, read in a process that can be ended, refused by name."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from markdesk.core.errors import MarkdeskError
from markdesk.core.scans import Pages
from markdesk.desk.scans import MOST_BYTES
from markdesk.formats import scan_files
from markdesk.formats.child import ChildReader
from markdesk.formats.scan_files import cut_out, ending_of, read_scan
from markdesk.formats.scan_list import read_scan_list
from tests import scanned
from tests.scanned import HEIC, HTML, JPEG, PNG, a_pdf, a_tiff, said_by


@pytest.mark.parametrize(
    ("content", "ending", "pages"),
    [(JPEG, "jpg", 0), (PNG, "png", 0), (HEIC, "heic", 0), (a_tiff(1), "tiff", 1), (a_tiff(3), "tiff", 3),
     (a_pdf(2), "pdf", 2), (b"\n% some scanners begin so\n" + a_pdf(4), "pdf", 4)],
)  # fmt: skip
def test_a_scan_is_known_by_its_bytes_whatever_it_is_called(
    tmp_path: Path, content: bytes, ending: str, pages: int
) -> None:
    path = tmp_path / "Amara.docx"
    path.write_bytes(content)
    found = read_scan(path)
    assert (found.ending, found.pages, found.content) == (ending, pages, content)
    assert found.file_name == "Amara.docx"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (HTML, "photo.jpg is a text and no scan. 'markdesk import'"),
        (b"An essay.", "photo.jpg is a text and no scan."),
        (b"GIF89a....", "photo.jpg is a picture of a kind that isn't kept. Save it as JPEG or PNG."),
        (b"RIFF\x00\x00\x00\x00WEBP", "photo.jpg is a picture of a kind that isn't kept."),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "photo.jpg: This is an old Word document"),
        (b"\x00\x01\x02" * 999, "photo.jpg: This is not a text."),
        (b"", "photo.jpg is empty."),
        (b"   \n", "photo.jpg is empty."),
    ],
)
def test_what_is_no_scan_is_refused_by_name(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(content)
    with pytest.raises(MarkdeskError) as refused:
        read_scan(path)
    assert str(refused.value).startswith(told)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a bomb": (scanned.a_bomb, "unpacks to more than a scan can be"),
    "a loop": (scanned.a_loop, "damaged"),
    "10,000 pages": (lambda: scanned.many_pages(10_000), "has 10,000 pages; the most that markdesk takes is 2,000"),
    "a million pages": (lambda: scanned.many_pages(1_000_000), "unpacks to more than a scan can be"),
    "no pages": (scanned.without_pages, "has no pages"),
    "a password": (lambda: a_pdf(2, password="secret"), "protected by a password"),
    "only a head": (lambda: b"%PDF-1.7\n", "damaged"),
    "half of it": (lambda: a_pdf(9)[:900], "damaged"),
    "its tail is missing": (lambda: a_pdf(9)[:-40], "damaged"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_in_seconds(tmp_path: Path, name: str) -> None:
    make, told = HOSTILE[name]
    path = tmp_path / "class.pdf"
    path.write_bytes(make())
    begun = time.monotonic()
    with pytest.raises(MarkdeskError, match=told) as refused:
        read_scan(path, of_class=True)
    assert time.monotonic() - begun < 10
    assert "class.pdf" in refused.value.message
    assert refused.value.hint


def test_a_file_that_states_a_wrong_number_of_pages_is_counted(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(scanned.a_lie(5_000))
    assert read_scan(tmp_path / "scan.pdf").pages == 1


def test_damage_anywhere_ends_in_a_scan_or_a_refusal() -> None:
    whole = a_pdf(3, linked=True)
    counted = refused = 0
    for at in range(20, len(whole), 37):
        with ChildReader() as reader:
            try:
                counted += reader.count_pages(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :], "scan.pdf") >= 0
            except MarkdeskError:
                refused += 1
    assert counted + refused == len(range(20, len(whole), 37))
    assert counted


def test_a_large_file_is_refused_with_its_size_and_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(a_pdf(1))
    with path.open("r+b") as file:
        file.truncate(MOST_BYTES + 100_000)
    with pytest.raises(MarkdeskError, match=r"25\.1 MB; the most that markdesk reads is 25 MB") as refused:
        read_scan(path)
    assert "dots an inch" in refused.value.hint
    with path.open("r+b") as file:
        file.truncate(100_000_001)
    with pytest.raises(MarkdeskError, match="reads is 100 MB"):
        read_scan(path, of_class=True)


def test_only_these_pages_are_cut_out_and_nothing_leads_from_them() -> None:
    whole = a_pdf(6, linked=True)
    cut = cut_out(whole, Pages(2, 3))
    assert said_by(cut) == ["scan page 2", "scan page 3"]
    for other in (b"page 1.", b"page 4.", b"page 5.", b"page 6.", b"everybody", b"/Link", b"a remark"):
        assert other not in cut, other
        assert other in whole
    assert b"page 2." in cut, "what is looked for would be seen"


def test_the_whole_of_a_scan_is_the_file_as_it_came() -> None:
    whole = a_pdf(3)
    assert cut_out(whole, Pages(1, 3)) == whole
    assert cut_out(JPEG, None) == JPEG
    assert cut_out(a_tiff(3), Pages(1, 3)) == a_tiff(3)


def test_pages_that_are_too_large_for_an_answer_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from markdesk.core.errors import EssayUnreadable
    from markdesk.formats import scan_pages

    monkeypatch.setattr(scan_pages, "MOST_CUT", 100)
    with pytest.raises(EssayUnreadable, match="too large"):
        scan_pages.answer("cut 1 2", a_pdf(3), "scan.pdf")


def test_a_picture_chain_that_goes_in_circles_ends() -> None:
    circle = b"II*\x00\x08\x00\x00\x00" + b"\x00\x00\x08\x00\x00\x00" + b"\x00" * 20
    assert scan_files._tiff_pages(circle) == 1
    assert ending_of(circle) == "tiff"


def test_a_list_has_a_heading_or_none_and_names_with_commas() -> None:
    rows = read_scan_list(b'student,first,last\n"Okafor, Amara",1,4\nFinn,5,5\n\n', "pages.csv")
    assert [(one.line, one.student, str(one.pages)) for one in rows] == [(2, "Okafor, Amara", "1–4"), (3, "Finn", "5")]
    plain = read_scan_list("\ufeffOkafor, Amara, 1, 4\nŁucja;".encode()[:-1] + b",5,8,,\n", "pages.csv")
    assert [(one.student, one.pages.first) for one in plain] == [("Okafor, Amara", 1), ("Łucja", 5)]
    assert read_scan_list(b"Name;From;To\r\nFinn;1;2\r\n", "pages.csv")[0].pages == Pages(1, 2)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"Finn,1\n", "row 1: it doesn't say a student and two pages"),
        (b"student,first,last\nFinn,one,two\n", "row 2"),
        (b"Finn,1,2\n,3,4\n", "row 2"),
        (b"student,first,last\n", "names nobody"),
        (b"\n", "names nobody"),
        ("Finn,²,³\n".encode(), "row 1|names nobody"),
        (b'"Finn,1,2\n', "row 1"),
    ],
)
def test_a_row_that_says_no_pages_is_named(content: bytes, told: str) -> None:
    with pytest.raises(MarkdeskError, match=told):
        read_scan_list(content, "pages.csv")

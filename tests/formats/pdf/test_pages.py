"""Pages that are turned, cropped, stamped, partly pictures, or drawn in odd ways."""

import pytest

from markdesk.desk.drafts import EssayDraft
from markdesk.formats.child import read_here

from ..pages import CHARTISM, RUSSIA_1905, WEIMAR, WOLSEY
from .written import drawn, pdf, scanned, set_out, stream

ESSAY = (WOLSEY[0], WOLSEY[1], WOLSEY[2])
LINES = set_out(ESSAY)


def read(data: bytes) -> EssayDraft:
    return read_here(data, "essay.pdf")


TURNS = {
    "by the page": (drawn(LINES), "/MediaBox[0 0 595 842]/Rotate 90"),
    "by the page, upside down": (drawn(LINES), "/MediaBox[0 0 595 842]/Rotate 180"),
    "by the page, the other way": (drawn(LINES), "/MediaBox[0 0 595 842]/Rotate 270"),
    "by its text": (b"0 1 -1 0 842 0 cm\n" + drawn(LINES), "/MediaBox[0 0 842 595]"),
    "by its text, the other way": (b"0 -1 1 0 0 595 cm\n" + drawn(LINES), "/MediaBox[0 0 842 595]"),
    "away from the corner": (b"1 0 0 1 100 200 cm\n" + drawn(LINES), "/MediaBox[100 200 695 1042]"),
}


@pytest.mark.parametrize("name", TURNS)
def test_a_turned_page_is_read_as_it_is_seen(name: str) -> None:
    commands, page = TURNS[name]

    assert read(pdf([commands], page=page)).paragraphs == ESSAY


def test_what_the_crop_cuts_off_is_left_out_and_told() -> None:
    draft = read(
        pdf([drawn([*LINES, (72, 20, "printer's mark 4021")])], page="/MediaBox[0 0 595 842]/CropBox[40 40 555 802]")
    )

    assert draft.paragraphs == ESSAY
    assert draft.removed == ("printer's mark 4021",)
    assert draft.notes == ("1 line turned sideways or beyond the page's edge left out.",)


def test_a_stamp_across_the_page_is_left_out_and_told() -> None:
    stamp = b"BT /F1 40 Tf 0 1 -1 0 40 300 Tm (DRAFT) Tj ET\n"
    draft = read(pdf([drawn(LINES) + stamp]))

    assert (draft.paragraphs, draft.removed) == (ESSAY, ("DRAFT",))


def test_a_page_that_is_a_picture_is_told_by_its_number() -> None:
    draft = read(scanned(b"", before=(drawn(LINES), drawn(set_out(CHARTISM[2:])))))

    assert draft.paragraphs == (*ESSAY, *CHARTISM[2:])
    assert draft.notes == ("Page 3 is a picture; what it shows was not read.",)
    assert read(scanned(b"", pages=2, before=(drawn(LINES),))).notes == (
        "Pages 2 and 3 are pictures; what they show was not read.",
    )


def test_what_a_scanner_believed_to_read_is_taken_in_and_told() -> None:
    draft = read(scanned(b"3 Tr\n" + drawn(LINES)))

    assert draft.paragraphs == ESSAY
    assert draft.notes == (
        "This is a scan, and its words are what the scanner believed to read; compare them with the original.",
    )


def test_letters_drawn_again_for_boldness_are_read_once() -> None:
    again = [(x + 0.4, y, text) for x, y, text in LINES]

    assert read(pdf([drawn([*LINES, *again])])).paragraphs == ESSAY


@pytest.mark.parametrize(
    ("code", "letters"),
    [("FB01", "fi"), ("FB04", "ffl"), ("00E6", "æ"), ("0153", "œ"), ("66006900", "fi"), ("6600CF00", "ffi")],
)
def test_ligatures_are_the_printers_and_other_letters_the_students(code: str, letters: str) -> None:
    cmap = f"1 beginbfchar\n<7E> <{code}>\nendbfchar".encode()
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 10000 0 R>>"
    line = (72, 700, "The kings of the north ~ took the field in that year.")
    data = pdf([drawn([line])], font=font, objects={10000: stream(cmap)})

    assert read(data).paragraphs == (f"The kings of the north {letters} took the field in that year.",)


def test_heads_and_page_numbers_are_taken_off_once_each() -> None:
    essays = (ESSAY, CHARTISM[2:], WEIMAR[:2], RUSSIA_1905[:2])
    pages = [
        drawn([(72, 810, "Raman Dev 13C"), *set_out(essay), (72, 30, "Norvale Sixth Form"), (290, 30, f"- {n} -")])
        for n, essay in enumerate(essays, start=1)
    ]
    draft = read(pdf(pages))

    assert draft.paragraphs == tuple(text for essay in essays for text in essay)
    assert draft.removed == ("Raman Dev 13C", "Norvale Sixth Form - 1 -")


def test_a_number_at_the_foot_that_does_not_count_on_is_the_students() -> None:
    pages = [drawn([*set_out(essay), (72, 60, text)]) for essay, text in ((ESSAY, "1905"), (CHARTISM[2:], "312"))]

    assert {"1905", "312"} <= set(read(pdf(pages)).paragraphs)

"""Sheets as PDF: what they look like to a reader who hears them, and that nothing of them is ever lost."""

import hashlib
import io
import random
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import typst
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject

from markdesk.core.errors import MarkdeskError
from markdesk.core.essay import Essay, Span
from markdesk.formats.documents import pdf
from markdesk.formats.documents.document import (
    Chart,
    Document,
    Facts,
    Heading,
    Logo,
    MarkedEssay,
    Note,
    Overleaf,
    Panel,
    Prose,
    Result,
    Ruled,
    Run,
    School,
    Signatures,
    Tone,
    said,
)
from markdesk.formats.documents.pdf import letters, read_back
from markdesk.formats.documents.pdf.plain import BREAK, LONGEST_WORD, plain_document, safe
from tests.exports.documents import charts, every_block, marked
from tests.exports.payloads import PAYLOADS, Payload, named
from tests.kit import ROOT, child_environment

SHORT = [payload for payload in PAYLOADS if payload.kind != "long"]
QUESTION = (
    "‘Henry VII kept the throne by fear, and by nothing else.’ Assess the validity of this view of 1485 to 1509. "
    "[25 marks]"
)
PHRASE = "however the council of nobles was seldom asked about money "
RIGHT_COLUMN = 350
"""Points from the left: what begins further right in an essay is a note."""


def words(count: int) -> str:
    """So many words as long as English ones are."""
    return " ".join((PHRASE * count).split()[:count]) + "."


def document(*blocks: Any, title: str = "Amara Okafor") -> Document:
    return Document(
        title, QUESTION, title, "Henry VII, 3 November 2026", blocks, School("Northgate Sixth Form College")
    )


def first_side(**sizes: int) -> tuple[Any, ...]:
    """What a student's first side holds, by its longest realistic length in words."""
    return (
        Facts(
            (
                ("Class", "13H"),
                ("Set on", "3 November 2026"),
                ("Marked", "9 November 2026, by Ms Clarke"),
                ("Mark scheme", "AQA A-level History, Section B essay (aqa-7042-b-essay-25, version 0.1.0)"),
                ("Length", "1,024 words"),
                ("Status", "marked"),
            )
        ),
        Result("17 out of 25", "Level 4", words(sizes.get("sentence", 30)), words(30)),
        Panel("What went well (WWW)", (words(20), words(20)), Tone.STRENGTH),
        Panel("Even better if (EBI)", (words(30),), Tone.IMPROVE),
        Panel("Your last target", (words(20), "You met it in part.")),
        Panel("Your target", (words(20),), Tone.TARGET),
        Panel("To do now", (words(sizes.get("task", 30)),), Tone.TASK),
        Ruled(8, "Write your answer to the task here."),
        Overleaf(),
        Heading("Your essay"),
    )


def opened(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def text_of(content: bytes) -> str:
    """What any reader of PDF files finds: not our own reading back."""
    return "\n".join(page.extract_text() for page in opened(content).pages)


@pytest.fixture(scope="module")
def every() -> bytes:
    logo = Logo(png(), "png", "An oak")
    return pdf.write([replace(every_block("Łucja’s “words” – naïve"), school=School("Northgate", logo))])


def png() -> bytes:
    """A red square of one pixel."""

    def part(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    head = (1).to_bytes(4) * 2 + bytes([8, 2, 0, 0, 0])
    pixels = zlib.compress(b"\0\xff\0\0")
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", pixels) + part(b"IEND", b"")


def test_it_is_tagged_and_says_its_language_and_title(every: bytes) -> None:
    root: Any = opened(every).root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    told = opened(every).metadata
    assert told is not None
    assert told.title == "Łucja’s “words” – naïve, Łucja’s “words” – naïve"


def tags(node: Any) -> Iterator[tuple[str, str]]:
    """Each tag of a file with its description."""
    node = node.get_object()
    if isinstance(node, list):
        for item in node:
            yield from tags(item)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"]), str(node.get("/Alt", ""))
        if "/K" in node:
            yield from tags(node["/K"])


def test_headings_tables_and_drawings_are_what_they_are_to_who_hears_them(every: bytes) -> None:
    found = list(tags(opened(every).root_object["/StructTreeRoot"]))
    kinds = [kind for kind, _ in found]
    assert [kind for kind in kinds if kind.startswith("/H") and kind[2:].isdigit()][:4] == ["/H1", "/H2", "/H3", "/H4"]
    assert {"/Table", "/TH", "/TD", "/L", "/LI"} <= set(kinds)
    described = " ".join(alt for kind, alt in found if kind == "/Figure")
    assert "An oak" in described
    assert "(8 empty lines)" in described
    assert "Level 5: 0" in described
    assert "8 essays: 5 at L2, 3 at Łucja’s “words” – naïve; none at L1." in described
    assert all(alt for kind, alt in found if kind == "/Figure")


def test_the_same_sheet_is_the_same_bytes_in_another_process(every: bytes) -> None:
    assert pdf.write([every_block("twice")]) == pdf.write([every_block("twice")])
    told = subprocess.run(
        [sys.executable, "-c", _IN_A_CHILD], env=child_environment(), cwd=ROOT, capture_output=True, check=True
    )
    assert told.stdout.decode().strip() == hashlib.sha256(pdf.write([every_block("twice")])).hexdigest()


_IN_A_CHILD = """
import hashlib
from markdesk.formats.documents.pdf import write
from tests.exports.documents import every_block
print(hashlib.sha256(write([every_block("twice")])).hexdigest())
"""


@pytest.mark.parametrize("kind", sorted({payload.kind for payload in SHORT}))
def test_a_hostile_text_is_shown_letter_by_letter_in_every_place(kind: str) -> None:
    """Each file is read back by ``write``: a letter that is missing would be refused."""
    pdf.write([every_block(payload.text) for payload in SHORT if payload.kind == kind])


@pytest.mark.parametrize("payload", [p for p in SHORT if p.name.startswith(("typst", "latex"))], ids=lambda p: p.name)
def test_nothing_in_a_text_is_an_order_to_the_typesetter(payload: Payload) -> None:
    content = pdf.write([document(Prose(said(payload.text)), Panel(payload.text, (payload.text,)))])
    assert "".join(text_of(content).split()).count("".join(payload.text.split())) == 3
    (page,) = opened(content).pages
    assert [round(side) for side in page.mediabox] == [0, 0, 595, 842]


@pytest.mark.parametrize("name", ["letters", "words", "lines-long"])
def test_a_text_of_forty_thousand_letters_flows_on(name: str) -> None:
    text = named(name).text
    essay = Essay.from_paragraphs([text])
    spans = tuple(paragraph.span for paragraph in essay.paragraphs)
    notes = (Note(1, Span(9, 14), "", "", "K", "knowledge", text),)
    pages = opened(pdf.write([document(Panel("Comment", (text,)), MarkedEssay(essay.text, spans, notes))])).pages
    assert len(pages) > 20


def test_a_word_of_ten_thousand_letters_flows_on_in_every_place() -> None:
    """A table's heading that fills pages was drawn on each: its memory grew with the square of its letters."""
    assert len(opened(pdf.write([every_block("a" * 10_000)])).pages) > 100


def test_a_line_chart_at_a_page_s_end_goes_on_to_the_next_in_one_piece() -> None:
    lines = tuple(Prose((Run(f"line {n}"),)) for n in range(32))
    assert len(opened(pdf.write([document(*lines, Chart(charts("Marks")[1]))])).pages) == 2


@pytest.mark.parametrize("count", range(26, 36, 2))
def test_a_signature_never_stands_on_a_page_by_itself(count: int) -> None:
    lines = tuple(Prose((Run(f"line {n}"),)) for n in range(count))
    last = opened(pdf.write([document(*lines, Prose((Run("the last"),)), Signatures(("Teacher",)))])).pages[-1]
    assert "the last" in last.extract_text()


def test_each_of_several_begins_on_a_right_hand_page_and_counts_its_own() -> None:
    sheets = [document(*first_side(), marked(3, n), title=f"Student {n}") for n in range(3)]
    sheets[1] = replace(sheets[1], blocks=(*sheets[1].blocks, Overleaf(), Heading("And on")))
    pages = [page.extract_text() for page in opened(pdf.write(sheets)).pages]
    feet = [" ".join(page.splitlines()[-2:])[-34:] if page.strip() else "" for page in pages]
    assert [foot[-11:] for foot in feet] == [
        *(f"Page {n} of {all_}" if n else "" for all_, ns in ((2, (1, 2)), (3, (1, 2, 3, 0)), (2, (1, 2))) for n in ns)
    ]
    assert len(opened(pdf.write(sheets, two_sided=False)).pages) == 7
    assert "Student 2" in pages[6]
    assert "Student 2" in pages[7]


def test_the_first_side_is_one_side_and_flows_on_where_texts_are_longer() -> None:
    pages = [page.extract_text() for page in opened(pdf.write([document(*first_side())])).pages]
    assert ["Your essay" in page for page in pages] == [False, True]
    longer = [page.extract_text() for page in opened(pdf.write([document(*first_side(task=400))])).pages]
    assert ["Your essay" in page for page in longer] == [False, False, True]


def placed(content: bytes) -> list[tuple[int, float, float, float, str]]:
    """What is drawn, in order: page, height from above, from the left, size, text."""
    found: list[tuple[int, float, float, float, str]] = []
    for number, page in enumerate(opened(content).pages):

        def seen(text: str, cm: Any, tm: Any, font: Any, size: float, at: int = number) -> None:
            if text.strip():
                found.append((at, 842 - cm[5] - tm[5], cm[4] + tm[4], size, text.strip()))

        page.extract_text(visitor_text=seen)
    return found


@pytest.mark.parametrize(("notes", "every", "length"), [(12, 110, 15), (40, 60, 9), (25, 7, 40), (5, 900, 300)])
def test_a_note_stands_at_or_below_its_passage_and_none_on_another(notes: int, every: int, length: int) -> None:
    """Essays of nine hundred words whose words are all different, so that a passage is found by its word."""
    text = "".join(f"w{n:03d}" + ("\n\n" if n % every == every - 1 and n < 899 else " ") for n in range(900)).strip()
    essay = Essay(text)
    at = sorted(random.Random(notes).sample(range(900), notes))
    made = tuple(
        Note(number, Span(text.index(f"w{n:03d}"), text.index(f"w{n:03d}") + 4), "", "", "K", "", words(length))
        for number, n in enumerate(at, start=1)
    )
    drawn = placed(pdf.write([document(MarkedEssay(text, tuple(p.span for p in essay.paragraphs), made))]))
    passages = {t: (page, y) for page, y, x, _, t in drawn if x < RIGHT_COLUMN}
    margin = [(page, y, t) for page, y, x, size, t in drawn if x > RIGHT_COLUMN and size == 8.8]
    begun = [(page, y) for page, y, t in margin if t.isdigit()]
    assert [int(t) for _, _, t in margin if t.isdigit()] == list(range(1, notes + 1))
    for (page, y), n in zip(begun, at, strict=True):
        where, below = passages[f"w{n:03d}"]
        assert (page, y) >= (where, below - 0.5)
    rows = sorted({(page, round(y, 1)) for page, y, _ in margin})
    gaps = [b[1] - a[1] for a, b in pairwise(rows) if a[0] == b[0]]
    assert all(gap > 8 for gap in gaps)  # no line of the margin lies on another


def test_forty_notes_in_one_paragraph_are_all_there() -> None:
    text = words(3000)
    notes = tuple(Note(n, Span(n * 400, n * 400 + 30), "", "", "K", "", f"Comment {n}.") for n in range(1, 41))
    found = text_of(pdf.write([document(MarkedEssay(text, (Span(0, len(text)),), notes))]))
    assert all(f"Comment {n}." in found for n in range(1, 41))


def test_letters_that_no_font_has_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    inside = letters.fonts(False)
    monkeypatch.setattr(letters, "fonts", lambda with_machine_s: inside)  # a machine without fonts
    told = (
        "毛泽 wrote; a family 👩‍👧😀😀😀; naïve, Świątek, Ελλάδα, Москва, שלום, नमस्ते \x1b; สวัสดี \U000ff000"
        + "한" * 40
        + "x"
    )
    plain = document(Prose(said("naïve")))
    found = [" ".join(one.split()) for one in text_of(pdf.write([document(Prose(said(told))), plain])).split("Page 1")]
    for words in (
        "[CJK ideograph 6BDB, 6CFD] wrote",
        "a family [woman + girl, grinning face × 3];",
        "naïve, Świątek, Ελλάδα, Москва,",
        "[U+001B];",
        "[thai character so sua, wo waen, mai han-akat, so sua, do dek, sara ii]",
        "[U+FF000, hangul syllable han × 40]",
        "Words in brackets such as [CJK ideograph 6BDB] name what this computer has no font for.",
    ):
        assert words in found[0], words
    assert "Words in brackets" not in found[1]


def test_the_machine_s_fonts_are_asked_only_for_what_the_others_lack() -> None:
    assert letters.lettering(["plain", "naïve Świątek Ελλάδα Москва ﬁ ✓ ½"]) == letters.Lettering()
    asked = letters.lettering(["毛泽东 👩‍👧"])
    assert asked.needs_machine_s or asked.undrawn >= {"毛", "👩‍👧"}


def test_a_file_that_lacks_a_letter_or_a_word_or_a_sheet_is_not_given_out() -> None:
    content = pdf.write([document(Prose(said("He ruled by fear.")))])
    held = document(Prose(said("He ruled by fear.")))
    read_back.check(content, [plain_document(held)])
    for text in ("He ruled by fears.", "He ruled by efar."):
        with pytest.raises(MarkdeskError, match=r"letters are missing|don't read back"):
            read_back.check(content, [plain_document(document(Prose(said(text))))])
    with pytest.raises(MarkdeskError, match="begins 1 sheets, where 2"):
        read_back.check(content, [plain_document(held)] * 2)


def test_a_file_with_words_outside_its_pages_is_not_given_out() -> None:
    held = document(Prose(said("He ruled by fear.")))
    writer = PdfWriter(clone_from=opened(pdf.write([held])))
    writer.pages[0].mediabox = RectangleObject((0, 0, 300, 300))
    smaller = io.BytesIO()
    writer.write(smaller)
    with pytest.raises(MarkdeskError, match="outside its pages"):
        read_back.check(smaller.getvalue(), [plain_document(held)])


def test_a_long_word_can_be_broken_and_no_other() -> None:
    word = "a" * (LONGEST_WORD + 1)
    assert safe(f"so {word} it is").count(BREAK) == LONGEST_WORD
    assert safe("so it is " * 20) == "so it is " * 20


def test_a_logo_that_is_none_is_refused() -> None:
    with pytest.raises(MarkdeskError, match="logo can't be drawn"):
        pdf.write([replace(document(), school=School("Northgate", Logo(b"\x89PNG\r\n", "png", "")))])


def test_a_logo_is_blamed_for_its_own_fault_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A chart is a picture too."""
    real = typst.compile

    def broken(page: Path, **how: Any) -> Any:
        if page.name == "sheet.typ":
            page.with_name("chart.png").write_bytes(b"\x89PNG\r\n")
            page.write_text('#image("chart.png")')
        return real(page, **how)

    monkeypatch.setattr(typst, "compile", broken)
    with pytest.raises(typst.TypstError, match="decode image"):
        pdf.write([replace(document(), school=School("Northgate", Logo(png(), "png", "")))])


def test_without_the_typesetter_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MarkdeskError, match=r"pip install 'typst") as refused:
        pdf.write([document()])
    assert "isn't installed" in refused.value.message

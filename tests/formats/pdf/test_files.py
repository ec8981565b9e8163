"""PDFs as programs make them, and as people break, lock and scan them."""

from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.errors import DependencyError

from markdesk.core.errors import EssayUnreadable
from markdesk.desk.drafts import EssayDraft
from markdesk.formats.child import ChildReader, read_file, read_here

from ..pages import CHARTISM, WOLSEY
from .written import GLYPH_NUMBERS, drawn, pdf, scanned, stream

FILES = Path(__file__).parent.parent / "files"
QUESTION = "To what extent was hunger the cause of Chartism? [25 marks]"
CURLY = tuple(text.replace("'", "’") for text in CHARTISM)
TWO = (CHARTISM[0], CHARTISM[2])


def read(data: bytes) -> EssayDraft:
    return read_here(data, "essay.pdf")


@pytest.mark.parametrize(
    ("name", "paragraphs", "removed"),
    [
        ("double-spaced", (*CHARTISM, *WOLSEY), ("Okafor Amara 12B", "Page 1")),
        (
            "footnotes",
            (
                f"{CURLY[0]}[1]",
                f"{CURLY[2]}[2]",
                "[1] Fisher, p.\u00a04.",
                "[2] Hill, The Land Plan, p.\u00a08, where the figures are given by year and by town and by trade.",
            ),
            (),
        ),
        ("two-columns", CURLY, ("1",)),
        ("distilled", CURLY, ("1",)),
        ("justified", (*CHARTISM, *WOLSEY), ("Hartley Ben 13H", "Page 1 of 2")),
        ("letter-by-letter", TWO, ()),
        ("locked", TWO, ()),
        (
            "tagged",
            (
                "12 October 2025",
                CHARTISM[0],
                "• the looms",
                "• the land plan",
                "Year",
                "What was asked for",
                "1839",
                "The six points, signed by more than a million and brought to the House on a cart",
                CHARTISM[2],
            ),
            (),
        ),
    ],
)
def test_every_word_and_paragraph_of_a_programs_pdf(
    name: str, paragraphs: tuple[str, ...], removed: tuple[str, ...]
) -> None:
    draft = read((FILES / f"{name}.pdf").read_bytes())

    assert draft.question == QUESTION
    assert draft.paragraphs == paragraphs
    assert draft.removed == removed
    assert draft.notes == ()


def test_what_a_browser_prints_round_a_page_is_taken_off() -> None:
    draft = read((FILES / "browser.pdf").read_bytes())

    assert (draft.question, draft.paragraphs) == (QUESTION, CHARTISM)
    head, foot = draft.removed
    assert head.endswith("Essay")
    assert foot == "file:///essay.html 1/1"


def test_the_fields_of_a_form_are_read_and_comments_are_told() -> None:
    draft = read((FILES / "form.pdf").read_bytes())

    assert (draft.question, draft.paragraphs) == (QUESTION, TWO)
    assert draft.removed == ("Good point! See me.",)
    assert draft.notes == (
        "1 comment on the PDF left out.",
        "1 note typed over the pages left out of the essay.",
        "1 field of a form taken in with the text.",
    )


REFUSED = {
    "password": ((FILES / "password.pdf").read_bytes(), "protected by a password", "without one"),
    "scan": ((FILES / "scan.pdf").read_bytes(), "This is a scan.", "'markdesk scan add SCRIPT FILE'"),
    "scan with a number": (scanned(drawn([(290, 30, "7")])), "This is a scan.", "as a scan of a paper script"),
    "shapes only": (pdf([b"10 10 100 100 re f"]), "no text in it", "best as .docx"),
    "glyph numbers": (pdf([drawn([(72, 700, "a\x00b\x00c\x00d\x00")])], font=GLYPH_NUMBERS), "gibberish", "made from"),
    "only its head": (b"%PDF-1.7\n1 0 obj\n", "damaged", "print or save it as a new PDF"),
    "cut in half": ((FILES / "justified.pdf").read_bytes()[:2900], "damaged", "print or save it as a new PDF"),
    "201 pages": (pdf([drawn([(72, 700, "again")])] * 201), "has 201 pages; the most", "one essay"),
    "40 MB of spaces": (pdf([b" " * 40_000_000]), "unpacks to more than an essay can be", "new PDF"),
    "a million commands": (pdf([b"BT " + b"1 0 0 1 5 5 Tm " * 300_000 + b"ET"]), "unpacks to more", "new PDF"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_holds_no_essay_to_read_is_refused_by_name_with_the_way_out(name: str) -> None:
    data, sentence, hint = REFUSED[name]

    with pytest.raises(EssayUnreadable) as refused:
        read(data)
    assert sentence in refused.value.message
    assert refused.value.message.startswith("essay.pdf")
    assert hint in refused.value.hint


def test_without_the_extra_package_a_locked_file_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(self: PdfReader, password: str) -> None:
        raise DependencyError("cryptography>=3.1 is required for AES algorithm")

    monkeypatch.setattr(PdfReader, "decrypt", missing)
    with pytest.raises(EssayUnreadable, match="locked by its maker") as refused:
        read((FILES / "locked.pdf").read_bytes())
    assert "extra 'locked'" in refused.value.hint


@pytest.mark.parametrize("name", ["40 MB of spaces", "a million commands"])
def test_a_bomb_is_refused_in_the_limited_child_by_what_it_unpacks_to(name: str, tmp_path: Path) -> None:
    (tmp_path / "essay.pdf").write_bytes(REFUSED[name][0])

    with ChildReader(seconds=60) as reader, pytest.raises(EssayUnreadable, match="unpacks to more"):
        read_file(tmp_path / "essay.pdf", reader)


def test_a_form_that_shows_itself_ends() -> None:
    commands = b"BT /F1 12 Tf 72 700 Td (It goes round and round for ever.) Tj ET /X Do /X Do"
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X 10000 0 R>>/Font<</F1 3 0 R>>>>"
    data = pdf([b"/X Do"], resources="/XObject<</X 10000 0 R>>", objects={10000: stream(commands, entries)})

    assert read(data).paragraphs == ("It goes round and round for ever.",)

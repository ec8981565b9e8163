"""Sheets as Word files: read again by python-docx and by LibreOffice, neither of which knows how they were made."""

import io
import re
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordFile
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from markdesk.core.errors import MarkdeskError
from markdesk.core.essay import Essay
from markdesk.core.plain import show
from markdesk.formats.documents.document import (
    Block,
    Bullets,
    Chart,
    Document,
    Heading,
    Logo,
    MarkedEssay,
    Note,
    Overleaf,
    Panel,
    Prose,
    Ruled,
    School,
    Slip,
    Slips,
    Table,
    Tone,
    said,
)
from markdesk.formats.documents.docx import write
from markdesk.formats.documents.docx_check import read_back
from markdesk.formats.documents.docx_essay import initials
from markdesk.formats.documents.docx_pen import column_widths
from markdesk.formats.documents.svg_png import png_of
from tests.exports.documents import charts, every_block, marked
from tests.exports.office import OFFICE, office_passages, passages, word_passages
from tests.exports.payloads import PAYLOADS, named
from tests.exports.test_school import png
from tests.seeds import examples

NOTES = marked(200, 6)
PAPER = Document("Ben Hartley", "How far?", "Ben Hartley", "Homework 6, 3 November 2026", ())


def of(*blocks: Block) -> Document:
    return replace(PAPER, blocks=blocks)


def opened(*documents: Document) -> WordFile:
    return docx.Document(io.BytesIO(write(documents)))


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name).decode() for name in file.namelist() if not name.endswith(".png")}


@pytest.fixture(scope="module")
def with_notes() -> bytes:
    return write([of(NOTES)])


def test_two_hundred_comments_lie_on_their_letters(with_notes: bytes) -> None:
    found = word_passages(with_notes)
    assert found == passages(NOTES)
    assert len(found) == 200


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice isn't on this machine")
def test_libreoffice_reads_the_same_two_hundred(with_notes: bytes, tmp_path: Path) -> None:
    found = office_passages(with_notes, tmp_path)
    assert found == passages(NOTES)
    assert len(found) == 200


@settings(max_examples=examples(30))
@given(st.integers(0, 12), st.integers())
def test_any_notes_lie_on_their_letters(count: int, seed: int) -> None:
    essay = marked(count, seed)
    assert word_passages(write([of(essay)])) == passages(essay)


def test_a_comment_says_what_the_stamp_stands_for(with_notes: bytes) -> None:
    comments = list(docx.Document(io.BytesIO(with_notes)).comments)
    for note, comment in zip(NOTES.notes, comments, strict=True):
        assert comment.text.startswith(f"[{note.number}] {note.code}".rstrip())
        assert note.meaning in comment.text
        assert comment.text.endswith(f": {note.comment}" if note.comment else note.meaning)
        assert (comment.author, comment.initials, comment.timestamp) == ("Ms Clarke", "MC", None)


def test_the_words_of_a_comment_alone() -> None:
    text = Essay("He listened.")
    notes = tuple(
        replace(NOTES.notes[0], number=number, code=code, meaning=meaning, comment=comment)
        for number, (code, meaning, comment) in enumerate(
            [("K", "knowledge", ""), ("", "", "Who?"), ("K", "knowledge", "Whose?\nWhen?"), ("", "", "")], start=1
        )
    )
    essay = MarkedEssay(text.text, tuple(p.span for p in text.paragraphs), notes)
    told = [comment.text for comment in opened(of(essay)).comments]
    assert told == ["[1] K knowledge", "[2] Who?", "[3] K knowledge: Whose?\nWhen?", "[4]"]


def test_notes_without_a_place_stand_below_the_essay() -> None:
    lost = Note(201, None, "no longer in the text", "Henry paid", "K", "knowledge", "Which?")
    file = opened(of(replace(NOTES, notes=(*NOTES.notes, lost))))
    assert len(file.comments) == 200
    assert file.paragraphs[-1].text == "[201] no longer in the text: “Henry paid”  K knowledge: Which?"


def test_the_essay_is_its_paragraphs_letter_by_letter(with_notes: bytes) -> None:
    file = docx.Document(io.BytesIO(with_notes))
    found = [p.text for p in file.paragraphs if p.style is not None and p.style.name == "Essay paragraph"]
    assert found == [NOTES.text[span.start : span.end] for span in NOTES.paragraphs]


def test_the_same_sheet_is_the_same_file_and_no_clock_shows_in_it() -> None:
    content = write([every_block()])
    assert write([every_block()]) == content
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not re.search("w:date=|dcterms:(created|modified)>", "".join(parts(content).values()))


def test_a_sheet_is_small(with_notes: bytes) -> None:
    assert len(with_notes) < 40_000
    every = every_block("Some words of a teacher, as long as they are.")
    drawn = [block for block in every.blocks if isinstance(block, Chart)]
    bare = tuple(block for block in every.blocks if not isinstance(block, Chart))
    assert len(write([replace(every, blocks=bare)])) < 20_000
    assert len(write([every])) < 20_000 + 25_000 * len(drawn)


def test_headings_are_headings_and_panels_are_found_among_them() -> None:
    file = opened(of(Heading("a"), Heading("b", 2), Heading("c", 3), Panel("To do now", ("x",), Tone.TASK)))
    named_styles = [p.style.name for p in file.paragraphs if p.style is not None]
    assert named_styles[:2] == ["Heading 1", "Subtitle"]
    assert named_styles[2:] == ["Heading 2", "Heading 3", "Heading 4", "Panel task label", "Panel task"]
    assert '<w:outlineLvl w:val="1"/>' in parts(write([PAPER]))["word/styles.xml"].partition('"PanelTaskLabel"')[2]
    assert {style.name for style in file.styles} >= {f"Panel {tone.value}" for tone in Tone}


def test_several_lines_of_a_panel_are_a_list_and_one_is_not() -> None:
    file = opened(of(Panel("WWW", ("Clear.", "Well read."), Tone.STRENGTH), Panel("EBI", ("Weigh.",), Tone.IMPROVE)))
    styles = {p.text: p.style.name for p in file.paragraphs if p.style is not None}
    assert (styles["Clear."], styles["Well read."], styles["Weigh."]) == (
        *("Panel strength item",) * 2,
        "Panel improve",
    )
    sheet = parts(write([PAPER]))
    (number,) = re.findall(r'"PanelStrengthItem".*?<w:numId w:val="(\d+)"/>', sheet["word/styles.xml"])
    its_list = re.search(rf'<w:num w:numId="{number}"><w:abstractNumId w:val="(\d+)"/>', sheet["word/numbering.xml"])
    assert its_list is not None
    of_kind = re.search(rf'abstractNumId="{its_list[1]}".*?<w:numFmt w:val="(\w+)"/>', sheet["word/numbering.xml"])
    assert of_kind is not None
    assert of_kind[1] == "bullet"


def test_each_tone_has_a_sign_and_an_edge_of_its_own() -> None:
    file = opened(of(*(Panel("Label", ("line",), tone) for tone in Tone)))
    assert len({p.text for p in file.paragraphs if p.text.endswith("Label")}) == len(Tone)
    styles = parts(write([PAPER]))["word/styles.xml"]
    edges = {
        edge
        for tone in Tone
        for edge in re.findall(f'styleId="Panel{tone.value.title()}".*?<w:pBdr>(.*?)</w:pBdr>', styles)[:1]
    }
    assert len(edges) == len(Tone)


def test_a_table_repeats_its_heading_and_keeps_its_rows_whole() -> None:
    long = "a" * 5_000
    (table,) = opened(of(Table(("Name", "Mark"), (("Ada", "17"), (long, "9"), ("Ben",)), frozenset({1})))).tables
    head, short, tall, ragged = table.rows
    assert [cell.text for cell in ragged.cells] == ["Ben", ""]
    assert head._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert short._tr.find(f".//{qn('w:cantSplit')}") is not None
    assert tall._tr.find(f".//{qn('w:cantSplit')}") is None
    assert [row.cells[1]._tc.find(f".//{qn('w:jc')}") is not None for row in table.rows] == [True] * 4


def test_a_chart_is_a_picture_with_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    for chart in charts("Łucja [sic]"):
        file = opened(of(Chart(chart)))
        (picture,) = file.inline_shapes
        assert picture._inline.docPr.get("descr") == f"{chart.title}. {chart.told}"
        assert chart.told in [paragraph.text for paragraph in file.paragraphs]
    monkeypatch.setitem(sys.modules, "typst", None)
    png_of.cache_clear()
    bare = opened(of(Chart(chart)))
    assert len(bare.inline_shapes) == 0, "left out where nothing can draw it"
    assert chart.told in [paragraph.text for paragraph in bare.paragraphs]


def test_the_ruled_lines_are_eight_millimetres() -> None:
    content = parts(write([of(Ruled(8, "Write here."))]))
    assert content["word/document.xml"].count('"RuledLine"') == 8
    (height,) = re.findall('styleId="RuledLine".*?w:line="([0-9]+)" w:lineRule="exact"', content["word/styles.xml"])
    assert abs(int(height) / 20 / 72 * 25.4 - 8) < 0.02


def test_each_list_and_each_essay_counts_from_one() -> None:
    points = Bullets((said("a"), said("b")), are_numbered=True)
    file = opened(of(points, points, NOTES))
    used = re.findall(r'<w:numId w:val="(\d+)"/>', parts(write([of(points, points, NOTES)]))["word/document.xml"])
    assert len(set(used)) == 3
    anew = file.part.numbering_part.element.findall(f".//{qn('w:startOverride')}")
    assert [start.get(qn("w:val")) for start in anew] == ["1"] * 3


def test_each_document_of_several_has_its_own_foot_and_its_own_pages() -> None:
    one = of(Prose(said("one")), Overleaf(), Prose(said("overleaf")), Overleaf())
    two = replace(of(NOTES), whose="Ada Okafor", foot="Homework 7", language="fr")
    file = opened(one, two, replace(one, whose="Cy"))
    feet = [section.footer.paragraphs[0].text for section in file.sections]
    assert feet[1] == "Ada Okafor   ·  Homework 7\tPage "
    assert [foot.partition(" ")[0] for foot in feet] == ["Ben", "Ada", "Cy"]
    content = parts(write([one, two, one]))
    body = content["word/document.xml"]
    assert body.count('<w:pgNumType w:start="1"/>') == 3
    assert body.count("<w:pageBreakBefore/>") == 2
    assert content["word/footer2.xml"].count('w:instr="PAGE"') == 1
    assert '<w:lang w:val="en-GB"/>' in content["word/styles.xml"]
    assert 'w:lang w:val="fr"' in body.partition("How far?")[2]
    assert 'w:lang w:val="en-GB"' not in body


def test_the_school_s_sign_has_its_words_and_fits() -> None:
    wide = Logo(png(400, 20), "png", "A red lion")
    file = opened(replace(PAPER, school=School("Northfield", wide)))
    (picture,) = file.inline_shapes
    assert picture.width.mm <= 60.01
    assert picture._inline.docPr.get("descr") == "A red lion"
    assert file.paragraphs[0].text.strip() == "Northfield"


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"])
def test_a_sign_that_can_t_be_read_is_refused(content: bytes) -> None:
    with pytest.raises(MarkdeskError, match="logo can't be read"):
        write([replace(PAPER, school=School("", Logo(content, "png", "")))])


def test_slips_stand_two_beside_each_other() -> None:
    slips = tuple(Slip(f"Student {n}", "Coursework", f"{n} out of 40", (("AO1", "3"),), ("Maybe.",)) for n in range(5))
    (table,) = opened(of(Slips(slips))).tables
    assert [[cell.text.partition("\n")[0] for cell in row.cells] for row in table.rows] == [
        ["Student 0", "Student 1"],
        ["Student 2", "Student 3"],
        ["Student 4", ""],
    ]
    assert "4 out of 40" in table.rows[2].cells[0].text


KINDS = sorted({payload.kind for payload in PAYLOADS} - {"long"})


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_text_is_text(kind: str) -> None:
    texts = [payload.text for payload in PAYLOADS if payload.kind == kind]
    found = parts(write([every_block(text) for text in texts]))
    body = found.pop("word/document.xml")
    file = docx.Document(io.BytesIO(write([every_block(texts[0])])))
    told = "\n".join(paragraph.text for paragraph in file.paragraphs)
    assert show(texts[0]).strip() in told
    assert not re.search(r"<w:(hyperlink|instrText|fldChar|fldSimple|object|pict|altChunk|sdt)\b", body)
    assert "TargetMode" not in "".join(found.values())
    instructions = re.findall(r'w:instr="([^"]*)"', "".join(found.values()))
    assert instructions == ["PAGE"] * len(texts)


@pytest.mark.parametrize("name", ["letters", "words"])
def test_nothing_of_a_long_text_is_cut(name: str) -> None:
    text = named(name).text
    assert len(text) == 40_000
    file = opened(every_block(text))
    assert [p.text for p in file.paragraphs][1] == text
    assert any(cell.text == text for table in file.tables for row in table.rows for cell in row.cells)
    assert text in next(iter(file.comments)).text


def test_a_foot_leaves_room_for_the_page() -> None:
    text = named("words").text
    file = opened(replace(PAPER, whose=text, foot="Homework"))
    assert text in [paragraph.text for paragraph in file.paragraphs]
    foot = file.sections[0].footer.paragraphs[0].text
    assert foot == f"{text[:80]}…   ·  Homework\tPage "


@pytest.mark.parametrize(
    "old",
    [
        "Honfleur",
        ">Ben Hartley<",
        "Who paid?",
        ">Wherefore<",
        '<w:commentRangeStart w:id="0"/>',
        '<w:commentRangeEnd w:id="0"/>',
    ],
)
def test_a_file_that_lost_anything_is_not_given_out(old: str) -> None:
    note = replace(NOTES.notes[0], comment="Who paid?")
    table = Table(("Wherefore", "Mark"), (("Fear", "17"),))
    document = of(Prose(said("He sailed to Honfleur.")), table, replace(NOTES, notes=(note,)))
    found = parts(write([document]))
    assert any(old in text for text in found.values())
    damaged = io.BytesIO()
    with zipfile.ZipFile(damaged, "w") as made:
        for name, text in found.items():
            made.writestr(name, text.replace(old, "><" if old.startswith(">") else ""))
    with pytest.raises(MarkdeskError, match=r"read back|missing"):
        read_back(damaged.getvalue(), [document])


def test_what_is_missing_to_write_word_files_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [name for name in sys.modules if name.startswith("markdesk.formats.documents.docx_")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MarkdeskError, match="python3 -m pip install python-docx"):
        write([PAPER])


@pytest.mark.parametrize(
    ("name", "short"), [("Ms Clarke", "MC"), ("ada", "A"), ("", ""), ("Dr J. R. Smith-Jones", "DJRS"), ("Łukasz", "Ł")]
)
def test_initials(name: str, short: str) -> None:
    assert initials(name) == short


@given(st.lists(st.integers(0, 400), min_size=1, max_size=12))
def test_columns_take_the_width_between_them(lengths: list[int]) -> None:
    widths = column_widths([["a" * length, ""] for length in lengths], 9_000)
    assert sum(widths) == 9_000
    assert min(widths) > 100


def test_a_short_column_beside_long_ones_has_what_it_needs() -> None:
    long = ["so many words that they never fit in one line of any table, however wide it may be"]
    number, *rest = column_widths([["12"], long, long, long], 9_000)
    assert number >= 5 * 105
    assert max(rest) - min(rest) <= 3

"""Word documents: nothing that a student wrote is lost, nothing that a file can do does harm."""

import contextlib
import io
import random
import time
import zipfile

import docx as word
import pytest

from markdesk.core.errors import EssayUnreadable
from markdesk.desk.drafts import EssayDraft
from markdesk.formats.child import read_here

from .documents import docx, paragraph, part
from .pages import CHARTISM, PAGES, RUSSIA_1905, WEIMAR, WOLSEY


def read(data: bytes) -> EssayDraft:
    return read_here(data, "essay.docx")


def saved(document: "word.document.Document") -> bytes:
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def test_title_question_headings_lists_and_tables_in_order() -> None:
    document = word.Document()
    document.add_paragraph("Candidate 4021 – Centre 12345")
    document.add_paragraph("To what extent was hunger the cause of Chartism? [25 marks]")
    document.add_heading("Introduction", 2)
    document.add_paragraph(CHARTISM[0])
    for item in ("the looms", "the land plan"):
        document.add_paragraph(item, style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for n, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"cell {n}"
    document.add_paragraph(CHARTISM[2])
    document.add_paragraph("Bibliography")

    draft = read(saved(document))

    assert draft.question == "To what extent was hunger the cause of Chartism? [25 marks]"
    assert draft.paragraphs == (
        "Introduction",
        CHARTISM[0],
        "the looms",
        "the land plan",
        "cell 0",
        "cell 1",
        "cell 2",
        "cell 3",
        CHARTISM[2],
        "Bibliography",
    )
    assert draft.removed == ("Candidate 4021 – Centre 12345",)
    assert draft.notes == ()


def test_spaces_tabs_and_line_breaks_stay_as_typed() -> None:
    document = word.Document()
    verse = document.add_paragraph("And did those feet")
    verse.add_run().add_break()
    verse.add_run("walk upon  England’s\tmountains [sic]")
    document.add_paragraph(WOLSEY[0])

    assert read(saved(document)).paragraphs == (
        "And did those feet\nwalk upon  England’s\tmountains [sic]",
        WOLSEY[0],
    )


def test_a_page_break_inside_a_paragraph_does_not_join_words() -> None:
    body = f'<w:p><w:r><w:t>before</w:t><w:br w:type="page"/><w:t>after</w:t></w:r></w:p>{paragraph(WOLSEY[0])}'

    assert read(docx(body)).paragraphs[0] == "before\nafter"


def test_tracked_insertions_are_kept_and_deletions_are_not() -> None:
    body = (
        "<w:p><w:r><w:t xml:space='preserve'>The king was </w:t></w:r>"
        "<w:del w:id='1' w:author='a'><w:r><w:delText>weak</w:delText></w:r></w:del>"
        "<w:ins w:id='2' w:author='a'><w:r><w:t>strong</w:t></w:r></w:ins>"
        "<w:moveFrom w:id='3' w:author='a'><w:r><w:t>elsewhere</w:t></w:r></w:moveFrom><w:r><w:t>.</w:t></w:r></w:p>"
    )
    draft = read(docx(body + paragraph(WOLSEY[0])))

    assert draft.paragraphs == ("The king was strong.", WOLSEY[0])
    assert draft.notes == ("The document has tracked changes: insertions are kept, deletions are left out.",)


def test_footnotes_and_endnotes_come_last_with_their_marks() -> None:
    body = (
        "<w:p><w:r><w:t>It rose</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>"
        "<w:r><w:t xml:space='preserve"
        "'> and fell</w:t></w:r><w:r><w:endnoteReference w:id='2'/></w:r><w:r><w:t>.</w:t></w:r></w:p>"
    )
    notes = f"<w:footnote w:id='2'>{paragraph('Fisher, p. 4.')}{paragraph('And p. 9.')}</w:footnote>"
    ends = f"<w:endnote w:id='2'>{paragraph('Hill, p. 8.')}</w:endnote>"
    draft = read(docx(body + paragraph(WOLSEY[0]), footnotes=part("footnotes", notes), endnotes=part("endnotes", ends)))

    assert draft.paragraphs == (
        "It rose[1] and fell[2].",
        WOLSEY[0],
        "[1] Fisher, p. 4.",
        "And p. 9.",
        "[2] Hill, p. 8.",
    )


@pytest.mark.parametrize(
    "box",
    [
        "<mc:AlternateContent><mc:Choice "
        "Requires='wps'>{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>",
        "<mc:AlternateContent><mc:Choice Requires='wps'>{new}</mc:Choice></mc:AlternateContent>",
        "{new}",
        "{old}",
    ],
    ids=["both", "newer only", "drawing alone", "older only"],
)
def test_a_text_box_is_read_once(box: str) -> None:
    inside = f"<w:txbxContent>{paragraph('In the box')}</w:txbxContent>"
    new = (
        "<w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx>"
        f"{inside}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    old = f"<w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"
    run = box.format(new=new, old=old)
    draft = read(docx(f"<w:p><w:r><w:t>Outside</w:t></w:r><w:r>{run}</w:r></w:p>{paragraph(WOLSEY[0])}"))

    assert draft.paragraphs == ("Outside", "In the box", WOLSEY[0])
    assert draft.notes == ()


def test_comments_are_counted_and_left_out() -> None:
    body = (
        "<w:p><w:commentRangeStart w:id='0'/><w:r><w:t>Marked.</w:t></w:r><w:commentRangeEnd w:id='0'/>"
        "<w:r><w:commentReference w:id='0'/></w:r></w:p>"
    )
    said = f"<w:comment w:id='0' w:author='A. Teacher' w:initials='AT'>{paragraph('Too vague')}</w:comment>"
    draft = read(docx(body + paragraph(WOLSEY[0]), comments=part("comments", said)))

    assert draft.paragraphs == ("Marked.", WOLSEY[0])
    assert draft.notes == ("1 comment in the margin left out.",)


def test_text_that_mammoth_does_not_know_is_reported() -> None:
    body = "<w:p><w:r><w:t>Seen.</w:t></w:r><w:strange><w:r><w:t>Unseen.</w:t></w:r></w:strange></w:p>"
    body += paragraph(WOLSEY[0])

    assert "Some text of the document could not be read; compare it with the original." in read(docx(body)).notes


def test_hidden_text_is_shown_and_reported() -> None:
    body = f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Invisible.</w:t></w:r></w:p>{paragraph(WOLSEY[0])}"
    draft = read(docx(body))

    assert draft.paragraphs[0] == "Invisible."
    assert "formatted as hidden" in draft.notes[0]


def test_a_students_lines_are_never_taken_for_a_site() -> None:
    lines = ["Contact us", *RUSSIA_1905, "Log in"]
    draft = read(docx("".join(map(paragraph, lines))))

    assert draft.paragraphs == tuple(lines)
    assert draft.removed == ()


def test_a_page_pasted_into_word_is_sorted() -> None:
    page = PAGES[0]
    draft = read(docx("".join(map(paragraph, page.lines))))

    assert draft.question == page.question
    assert draft.paragraphs == page.essay
    assert draft.removed == (*page.head, *page.tail)


def test_markup_characters_stay_text() -> None:
    odd = "5 &lt; 6 &amp; [/bold] <w:t/>".replace("<w:t/>", "&lt;b&gt;")

    assert read(docx(paragraph(odd) + paragraph(WOLSEY[0]))).paragraphs[0] == "5 < 6 & [/bold] <b>"


def changed(data: bytes, name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
        if name not in old.namelist():
            new.writestr(name, content)
    return packed.getvalue()


GOOD = docx(paragraph(WEIMAR[0]))
DOCTYPE = b'<!DOCTYPE d [<!ENTITY a "aaaa">]>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (changed(GOOD, "word/document.xml", b"<x/>" + b" " * 40_000_000), "unpacks to"),
        (changed(GOOD, "word/media/a.bin", b"\0" * 30_000_000), "unpacks to"),
        (changed(GOOD, "word/document.xml", DOCTYPE + b"<d>&a;</d>"), "DOCTYPE in word/document.xml"),
        (changed(GOOD, "word/styles.xml", ("\ufeff" + DOCTYPE.decode()).encode("utf-16-le")), "DOCTYPE"),
        (changed(GOOD, "word/document.xml", b"<w:document"), "damaged"),
        (changed(GOOD, "word/document.xml", b"<?xml version='1.0' encoding='QTF-8'?><d/>"), "damaged"),
        (GOOD[:200] + GOOD[400:], "damaged"),
        (GOOD[: len(GOOD) // 2], "damaged"),
        (docx("<w:p/>"), "has no words"),
        (docx("<w:sdt>" * 5_000 + "</w:sdt>" * 5_000), "nested too deeply"),
    ],
    ids=[
        "bomb",
        "ratio",
        "entities",
        "utf-16 doctype",
        "cut xml",
        "unheard-of encoding",
        "cut middle",
        "truncated",
        "empty",
        "deep",
    ],
)
def test_traps_and_ruins_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(EssayUnreadable, match=reason) as refused:
        read(data)
    assert "essay.docx" in refused.value.message
    assert refused.value.hint


def test_too_many_members_are_refused() -> None:
    packed = io.BytesIO(GOOD)
    with zipfile.ZipFile(packed, "a") as container:
        for n in range(2_001):
            container.writestr(f"word/x{n}.txt", b"")
    with pytest.raises(EssayUnreadable, match=r"holds 2,00\d parts"):
        read(packed.getvalue())


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<w:p/>" * 1_000_000, "has 1,000,000 paragraphs"),
        ("<w:p>" + "<w:r><w:t>a </w:t></w:r>" * 160_000 + "</w:p>", "is made of 320,0"),
        (
            "<w:tbl>" + ("<w:tr>" + "<w:tc><w:p/></w:tc>" * 60 + "</w:tr>") * 3_000 + "</w:tbl>",
            "has 180,000 paragraphs",
        ),
    ],
    ids=["paragraphs", "runs", "cells"],
)
def test_what_would_take_minutes_is_refused_by_its_number(body: str, reason: str) -> None:
    began = time.process_time()
    with pytest.raises(EssayUnreadable, match=reason) as refused:
        read(docx(body))
    assert refused.value.hint
    assert time.process_time() - began < 10


def run(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


MATHS = "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('in a control')}</w:sdtContent></w:sdt>", ("in a control",)),
        (f"<w:p>{run('a ')}<w:sdt><w:sdtContent>{run('word')}</w:sdtContent></w:sdt></w:p>", ("a word",)),
        (
            f"<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc>{paragraph('row')}</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>",
            ("row",),
        ),
        (f"<w:p>{run('in ')}<w:smartTag w:uri='x' w:element='p'>{run('Rome')}</w:smartTag></w:p>", ("in Rome",)),
        (f"<w:customXml w:uri='x' w:element='e'>{paragraph('custom')}</w:customXml>", ("custom",)),
        (f"<w:p>{run('Hill ')}<w:fldSimple w:instr='CITATION'>{run('(1961)')}</w:fldSimple></w:p>", ("Hill (1961)",)),
        (
            "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>ADDIN x</w:instrText></w:r>"
            f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{run('cited')}"
            "<w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>",
            ("cited",),
        ),
        (f"<w:p>{run('see ')}<w:hyperlink r:id='nowhere'>{run('the link')}</w:hyperlink></w:p>", ("see the link",)),
        (f"<w:p>{run('see ')}<w:hyperlink w:anchor='b'>{run('below')}</w:hyperlink></w:p>", ("see below",)),
        (
            f"<w:tbl><w:tr><w:tc>{paragraph('outer')}<w:tbl><w:tr><w:tc>{paragraph('inner')}</w:tc></w:tr></w:tbl>"
            f"{paragraph('after')}</w:tc></w:tr></w:tbl>",
            ("outer", "inner", "after"),
        ),
        (
            "<w:p><w:r><w:t>de</w:t><w:softHyphen/><w:t>central</w:t><w:noBreakHyphen/><w:t>ised</w:t></w:r></w:p>",
            ("de\u00adcentral\u2011ised",),
        ),
        ("<w:p><w:r><w:t>a</w:t><w:sym w:font='Symbol' w:char='F061'/></w:r></w:p>", ("aα",)),
        ("<w:p><w:r><w:t>a</w:t><w:cr/><w:t>b</w:t><w:ptab/><w:t>c</w:t></w:r></w:p>", ("a\nb\tc",)),
        (f"<w:p/><w:p>{run(' ')}</w:p>{paragraph('x')}<w:p/>", ("x",)),
        (f"<w:p><w:dir w:val='rtl'>{run('one ')}</w:dir><w:bdo w:val='ltr'>{run('two')}</w:bdo></w:p>", ("one two",)),
        (f"<w:p {MATHS}>{run('so ')}<m:oMath><m:r><m:t>2+2</m:t></m:r></m:oMath></w:p>", ("so 2+2",)),
        (
            f"<w:p><w:fldSimple w:instr='x'><w:fldSimple w:instr='y'>{run('twice')}</w:fldSimple></w:fldSimple></w:p>",
            ("twice",),
        ),
        (f"<w:p><w:moveTo w:id='1'>{run('moved')}</w:moveTo></w:p>", ("moved",)),
        (
            f"<w:tbl><w:tr><w:trPr><w:del w:id='3'/></w:trPr><w:tc>{paragraph('gone')}</w:tc></w:tr>"
            f"<w:tr><w:tc>{paragraph('stays')}</w:tc></w:tr></w:tbl>",
            ("stays",),
        ),
        (
            f"<w:p><w:pPr><w:rPr><w:del w:id='2'/></w:rPr></w:pPr>{run('joined ')}</w:p><w:p>{run('to this')}</w:p>",
            ("joined to this",),
        ),
    ],
    ids=[
        "control", "control in a line", "control round a row", "smart tag", "custom XML", "field", "long field",
        "link to nowhere", "link inside", "table in a table", "hyphens", "symbol", "breaks and tabs", "empty",
        "directions", "sum", "field in a field", "moved", "deleted row", "deleted paragraph end",
    ],
)  # fmt: skip
def test_whatever_word_wraps_words_in(body: str, expected: tuple[str, ...]) -> None:
    draft = read(docx(body + paragraph(WOLSEY[0])))

    assert draft.paragraphs == (*expected, WOLSEY[0])
    assert not any("could not be read" in note for note in draft.notes)


def test_a_field_in_a_footnote_is_read() -> None:
    body = f"<w:p>{run('It fell')}<w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
    note = (
        f"<w:footnote w:id='2'><w:p><w:fldSimple w:instr='CITATION'>{run('Hill 1961')}</w:fldSimple></w:p></w:footnote>"
    )

    assert read(docx(body + paragraph(WOLSEY[0]), footnotes=part("footnotes", note))).paragraphs[-1] == "[1] Hill 1961"


def test_heads_and_feet_of_pages_are_listed_as_removed() -> None:
    document = word.Document()
    document.add_paragraph(WOLSEY[0])
    document.sections[0].header.paragraphs[0].text = "Jo Example\t13H"
    document.sections[0].footer.paragraphs[0].text = "Page 1"

    draft = read(saved(document))

    assert draft.paragraphs == (WOLSEY[0],)
    assert draft.removed == ("Page 1", "Jo Example 13H")


def test_damaged_bytes_are_read_or_refused() -> None:
    chance = random.Random(1905)
    whole = docx(paragraph(WOLSEY[0]) * 5, footnotes=part("footnotes", ""), comments=part("comments", ""))
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with contextlib.suppress(EssayUnreadable):
            read(bytes(data))


def test_damaged_xml_is_read_or_refused() -> None:
    chance = random.Random(1917)
    with zipfile.ZipFile(io.BytesIO(GOOD)) as container:
        whole = container.read("word/document.xml")
    for _ in range(300):
        at = chance.randrange(len(whole))
        odd = chance.choice([b"", b"<w:r>", b"</w:p>", b"<w:p/>", b"w:id", b"&#x1;", b"\xff", b"<w:tbl><w:tr>"])
        with contextlib.suppress(EssayUnreadable):
            read(changed(GOOD, "word/document.xml", whole[:at] + odd + whole[at + chance.randrange(9) :]))


def test_linked_templates_and_pictures_are_ignored() -> None:
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        b'Target="http://192.0.2.1/t.dotm" TargetMode="External"/></Relationships>'
    )
    data = changed(GOOD, "word/_rels/settings.xml.rels", relations)

    assert read(data).paragraphs == (WEIMAR[0],)

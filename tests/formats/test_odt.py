"""OpenDocument texts: what LibreOffice, Word and Google Docs write, and what a file can hold that does harm."""

import io
import zipfile

import pytest

from markdesk.core.errors import EssayUnreadable
from markdesk.desk.drafts import EssayDraft
from markdesk.formats.child import ChildReader, read_here
from markdesk.formats.odt_body import MOST_SPACES

from .documents import hidden_style, odt, p, packed
from .pages import CHARTISM, PAGES, WEIMAR, WOLSEY


def read(data: bytes) -> EssayDraft:
    return read_here(data, "essay.odt")


def box(inside: str) -> str:
    return f"<draw:frame><draw:text-box>\n {inside}\n</draw:text-box></draw:frame>"


def note(kind: str, text: str, number: int = 7) -> str:
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation>{number}</text:note-citation>'
        f"<text:note-body>{text}</text:note-body></text:note>"
    )


def test_question_headings_lists_and_tables_in_order() -> None:
    body = (
        "<text:sequence-decls><text:sequence-decl/></text:sequence-decls>"
        + p("Candidate 4021 – Centre 12345")
        + p("To what extent was hunger the cause of Chartism? [25 marks]")
        + '<text:h text:outline-level="2">Introduction</text:h>'
        + p(CHARTISM[0])
        + "<text:list><text:list-item><text:number>1.</text:number>"
        + p("the looms")
        + "<text:list><text:list-item>"
        + p("the land plan")
        + "</text:list-item></text:list></text:list-item></text:list>"
        + '<table:table><table:table-column table:number-columns-repeated="2"/>'
        + "".join(
            "<table:table-row>"
            + "".join(f"<table:table-cell>{p(f'cell {n}')}</table:table-cell>" for n in (row, row + 1))
            + "</table:table-row>"
            for row in (0, 2)
        )
        + "</table:table>"
        + p(CHARTISM[2], "Quotations")
        + p("Bibliography")
    )
    draft = read(odt(body))

    assert draft.question == "To what extent was hunger the cause of Chartism? [25 marks]"
    assert draft.paragraphs == (
        "Introduction", CHARTISM[0], "the looms", "the land plan", "cell 0", "cell 1", "cell 2", "cell 3", CHARTISM[2],
        "Bibliography",
    )  # fmt: skip
    assert draft.removed == ("Candidate 4021 – Centre 12345",)
    assert draft.notes == ()


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("two<text:s/> spaces and<text:s text:c='3'/>four", "two  spaces and   four"),
        ("  wrapped\n   by the <text:span> markup</text:span>\n", "wrapped by the markup"),
        ("a<text:tab/>b<text:line-break/>c", "a\tb\nc"),
        ("de\u00adcentral\u2011ised 5\u00a0May\u202f1905", "de\u00adcentral\u2011ised 5\u00a0May\u202f1905"),
        ("page<text:soft-page-break/> break", "page break"),
        ("😀 𝔄 “Dvořák” – Łódź &amp; 5 &lt; 6 [/bold]", "😀 𝔄 “Dvořák” – Łódź & 5 < 6 [/bold]"),
        ("see <text:a xlink:href='https://example.org/'>the <text:span>link</text:span></text:a>.", "see the link."),
        ("<text:bookmark-start text:name='b'/>kept<text:bookmark-end text:name='b'/> on", "kept on"),
        ("<text:ruby><text:ruby-base>word</text:ruby-base><text:ruby-text>read</text:ruby-text></text:ruby>", "word"),
        ("page <text:page-number>3</text:page-number> of it", "page 3 of it"),
        ("<odd:thing>foreign</odd:thing> words<!-- remark --> stay", "foreign words stay"),
        ("<draw:frame><draw:image/><svg:title>a map</svg:title></draw:frame>the map", "the map"),
    ],
    ids=[
        "spaces", "markup's spaces", "tab and break", "hyphens and spaces", "page", "characters", "link", "bookmarks",
        "ruby", "field", "foreign", "picture",
    ],
)  # fmt: skip
def test_what_stands_in_a_paragraph(markup: str, text: str) -> None:
    assert read(odt(p(markup) + p(WOLSEY[0]))).paragraphs == (text, WOLSEY[0])


def test_spaces_by_the_million_are_not_made() -> None:
    draft = read(odt(p('a<text:s text:c="999999999"/>b') + p(WOLSEY[0])))

    assert draft.paragraphs[0] == f"a{' ' * MOST_SPACES}b"


def test_footnotes_and_endnotes_come_last_with_their_marks() -> None:
    body = (
        p(f"It rose{note('footnote', p(' Fisher, p. 4.') + p('And p. 9.'))} and fell{note('endnote', p('Hill'))}.")
        + box(p(f"Boxed{note('footnote', p('In a box.'))}"))
        + p(WOLSEY[0])
    )

    assert read(odt(body)).paragraphs == (
        "It rose[1] and fell[2].", "Boxed[3]", WOLSEY[0], "[1] Fisher, p. 4.", "And p. 9.", "[2] Hill", "[3] In a box.",
    )  # fmt: skip


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    shape = f"<draw:custom-shape>{p('In a shape')}<draw:enhanced-geometry/></draw:custom-shape>"
    body = p(f"Before {box(p('In the box') + p('second line'))}and after{shape}.") + p(WOLSEY[0])

    assert read(odt(body)).paragraphs == ("Before and after.", "In the box", "second line", "In a shape", WOLSEY[0])


def test_tracked_insertions_are_kept_and_deletions_are_not() -> None:
    def region(kind: str, inside: str) -> str:
        return f"<text:changed-region><text:{kind}>{inside}</text:{kind}></text:changed-region>"

    changed = p('was <text:change text:change-id="a"/><text:change-start/>strong<text:change-end/>')
    inserted = region("insertion", "<office:change-info><dc:creator>A</dc:creator></office:change-info>")
    both = f"<text:tracked-changes>{region('deletion', p('weak'))}{inserted}</text:tracked-changes>"

    draft = read(odt(both + changed + p(WOLSEY[0])))
    assert draft.paragraphs == ("was strong", WOLSEY[0])
    assert draft.notes == ("The document has tracked changes: insertions are kept, deletions are left out.",)
    one = read(odt(f"<text:tracked-changes>{inserted}</text:tracked-changes>{changed}{p(WOLSEY[0])}"))
    assert one.notes == ("The document has tracked changes: insertions are kept.",)


def test_comments_pictures_and_objects_are_told() -> None:
    comment = f"<office:annotation><dc:creator>T</dc:creator>{p('Rubbish')}</office:annotation>"
    body = (
        p(f"With{comment} two{comment} remarks<office:annotation-end/>.")
        + p('<draw:frame><draw:object xlink:href="./Object 1"/><draw:image/></draw:frame>')
        + p(WOLSEY[0])
    )
    draft = read(odt(body))

    assert draft.paragraphs == ("With two remarks.", WOLSEY[0])
    assert draft.notes == (
        "2 comments in the margin left out.",
        "The document holds another document, which was not read; compare it with the original.",
        "The document has pictures; only its text was taken in.",
    )


def test_hidden_text_is_shown_and_told() -> None:
    styles = (
        hidden_style("T1")
        + '<style:style style:name="T2" style:family="text" style:parent-style-name="T1"/>'
        + hidden_style("P1", "paragraph")
    )
    body = (
        p('Seen <text:span text:style-name="T1">not <text:span text:style-name="T2">seen</text:span></text:span>')
        + p("Wholly hidden", "P1")
        + f'<text:section text:display="none">{p("In a hidden section")}</text:section>'
        + p('A <text:hidden-text text:string-value="field" text:is-hidden="true"/>.')
        + p(WOLSEY[0])
    )
    draft = read(odt(body, styles))

    assert draft.paragraphs == ("Seen not seen", "Wholly hidden", "In a hidden section", "A field.", WOLSEY[0])
    assert draft.notes == ("4 passages are formatted as hidden; shown here.",)


def test_styles_that_take_after_each_other_end() -> None:
    ring = "".join(
        f'<style:style style:name="{a}" style:family="paragraph" style:parent-style-name="{b}"/>'
        for a, b in (("A", "B"), ("B", "A"))
    )
    assert read(odt(p(WOLSEY[0], "A"), ring)).paragraphs == (WOLSEY[0],)


def test_a_title_counts_as_a_heading() -> None:
    own = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    page = PAGES[0]
    asked = odt(p(page.question or "", "P1") + "".join(map(p, page.essay)), own)

    assert read(asked).question == page.question


def test_heads_and_feet_of_pages_are_listed_as_removed() -> None:
    page = (
        '<style:master-page style:name="Standard">'
        f"<style:header>{p('Jo Example<text:tab/>13H')}</style:header>"
        f'<style:header-left style:display="false">{p("not in use")}</style:header-left>'
        f"<style:footer>{p('Page <text:page-number>1</text:page-number>')}{p('')}</style:footer></style:master-page>"
    )
    draft = read(odt(p(WOLSEY[0]), masters=page + page))

    assert draft.paragraphs == (WOLSEY[0],)
    assert draft.removed == ("Jo Example 13H", "Page 1")


def test_a_page_pasted_into_a_document_is_sorted() -> None:
    page = PAGES[0]
    draft = read(odt("".join(p(line.replace("&", "&amp;")) for line in page.lines)))

    assert draft.question == page.question
    assert draft.paragraphs == page.essay


def test_an_odt_that_was_packed_again_is_known() -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(odt(p(WOLSEY[0])))) as old, zipfile.ZipFile(whole, "w") as new:
        for name in reversed(old.namelist()):
            new.writestr(name, old.read(name), zipfile.ZIP_DEFLATED)

    assert read_here(whole.getvalue(), "essay.zip").paragraphs == (WOLSEY[0],)


MIMETYPE = b"application/vnd.oasis.opendocument.text"
GOOD = odt(p(WEIMAR[0]))
LOCKED = b'<manifest><file-entry full-path="content.xml"><encryption-data checksum="x"/></file-entry></manifest>'


def one_part(content: bytes) -> bytes:
    return packed({"mimetype": MIMETYPE, "content.xml": content})


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (odt(p("x"), parts={"META-INF/manifest.xml": LOCKED}), "protected by a password"),
        (packed({"mimetype": MIMETYPE, "encrypted-package": b"\xf3" * 400}), "protected by a password"),
        (one_part(b"<a/>" + b" " * 40_000_000), "unpacks to 40 MB"),
        (odt(p("x"), parts={"Pictures/a.bin": b"\0" * 30_000_000}), "unpacks to 30 MB"),
        (one_part(b'<!DOCTYPE d [<!ENTITY a "aaaa">]><d>&a;</d>'), r"DOCTYPE in content\.xml"),
        (odt(p("x"), parts={"styles.xml": b"<!DOCTYPE d []><d/>"}), r"DOCTYPE in styles\.xml"),
        (one_part(b"<office:document-content"), "damaged"),
        (one_part(b"<a/>"), "damaged"),
        (packed({"mimetype": MIMETYPE, "other.xml": b"<a/>"}), "damaged"),
        (GOOD[: len(GOOD) // 2], "damaged"),
        (GOOD[:120] + GOOD[200:], "damaged"),
        (odt("<text:section>" * 5_000 + "</text:section>" * 5_000), "damaged|nested too deeply"),
        (odt(p("")), "has no words"),
        (odt("", kind="spreadsheet", parts={"mimetype": MIMETYPE}), "This is a spreadsheet"),
        (one_part(GOOD), "damaged"),
    ],
    ids=[
        "locked parts", "locked whole", "bomb", "ratio", "entities", "doctype in the styles", "cut xml", "no body",
        "no content", "truncated", "cut middle", "deep", "empty", "a sheet", "a zip inside",
    ],
)  # fmt: skip
def test_traps_and_ruins_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(EssayUnreadable, match=reason) as refused:
        read(data)
    assert "essay.odt" in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (p("word") * 41_000, "has 40,001 paragraphs"),
        (p("<text:span>a</text:span>" * 310_000), "is made of 310,0.. pieces"),
        (p("word " * 610_000), "has more than 3,000,000 characters"),
    ],
    ids=["paragraphs", "pieces", "characters"],
)
def test_what_would_take_minutes_is_refused_by_its_number(body: str, reason: str) -> None:
    # Bytes that don't shrink, so that the sizes don't tell first.
    noise = bytes(range(256)) * 600
    data = odt(body, parts={f"Pictures/{n}.bin": bytes((b * (n + 3) + n) % 251 for b in noise) for n in range(3)})
    with ChildReader(seconds=60) as reader, pytest.raises(EssayUnreadable, match=reason):
        reader.read("odt", data, "essay.odt")

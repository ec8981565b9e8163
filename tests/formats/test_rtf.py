"""RTF documents as Word, WordPad, TextEdit, LibreOffice and Google Docs shape them, and what in them does harm."""

import random
import time

import pytest

from markdesk.core.errors import EssayUnreadable
from markdesk.desk.drafts import EssayDraft
from markdesk.formats.child import ChildReader, read_here

from .documents import rtf
from .pages import CHARTISM, PAGES, WEIMAR, WOLSEY


def read(data: bytes) -> EssayDraft:
    return read_here(data, "essay.rtf")


def essay(body: str, **head: str) -> tuple[str, ...]:
    """The paragraphs of a document with this body, without the one that is added below it."""
    found = read(rtf(f"{body}\\par {WOLSEY[0]}\\par", **head)).paragraphs
    assert WOLSEY[0] in found
    return tuple(text for text in found if text != WOLSEY[0])


WORD_HEAD = (
    "\\adeflang1025\\ansi\\ansicpg1252\\uc1\\adeff31507\\deff0\\stshfdbch31506\\deflang2057{\\fonttbl{\\f0\\fbidi "
    "\\froman\\fcharset0\\fprq2{\\*\\panose 02020603050405020304}Times New Roman;}{\\f42\\fbidi \\froman\\fcharset238"
    "\\fprq2 Times New Roman CE;}{\\f3\\fbidi \\froman\\fcharset2 Symbol;}}{\\colortbl;\\red0\\green0\\blue0;}"
    "{\\*\\defchp \\f31506}{\\stylesheet{\\ql \\snext0 Normal;}{\\s1\\ql\\outlinelevel0 \\sbasedon0 heading 1;}"
    "{\\*\\cs10 \\additive Default Paragraph Font;}{\\s17\\qc \\sbasedon0 Title;}}{\\*\\listtable{\\list{\\listlevel"
    "{\\leveltext\\'01\\u-3913 ?;}{\\levelnumbers;}}}{\\*\\listpicture{\\pict 00}}}{\\*\\rsidtbl \\rsid1}"
    "{\\*\\generator Microsoft Word 16.0.1;}{\\info{\\title The title of the file}{\\author Somebody}}"
    "{\\*\\xmlnstbl {\\xmlns1 http://schemas}}\\paperw11906\\widowctrl\\ftnbj {\\*\\wgrffmtfilter 013f}"
    "{\\*\\ftnsep \\ltrpar \\pard\\plain \\chftnsep \\par }\\sectd "
)


def test_a_document_as_word_writes_it() -> None:
    body = (
        "\\pard\\plain \\ltrpar\\s17\\qc {\\rtlch\\fcs1 \\af0 \\ltrch\\fcs0 \\insrsid1 Chartism}{\\insrsid2 \\par }"
        "\\pard\\plain \\ltrpar\\s1\\ql\\outlinelevel0{\\insrsid1 Intro\n\rduction\\par }"
        "\\pard\\plain {\\rtlch\\fcs1 \\af0 \\ltrch\\fcs0 \\lang2057 The charter\\rquote s {\\b six} points"
        "\\u8212\\'97every one\\~of them\\par }"
        "{\\listtext\\pard\\plain\\ltrpar \\f3 \\'b7\\tab}\\pard \\ls1\\ilvl0 {the looms\\par }"
        "{\\*\\bkmkstart _x}{\\*\\bkmkend _x}"
        "\\trowd \\irow0\\cellx4000\\cellx8000\\pard \\intbl {cell 0\\cell cell\\~1\\line below\\cell }"
        "\\pard \\intbl {\\trowd \\irow0\\cellx4000\\row }"
        "\\trowd \\pard \\intbl {cell 2\\par more of it\\cell cell 3\\cell }\\pard {\\row }"
        "\\pard {\\field{\\*\\fldinst { HYPERLINK \"https://example.org/\" }{\\*\\datafield 00d0}}{\\fldrslt "
        "{\\ul the link}}}{ stays.\\par }{\\*\\themedata 504b}{\\*\\latentstyles{\\lsdlockedexcept Normal;}}"
    )  # fmt: skip

    assert essay(body, head=WORD_HEAD) == (
        "Chartism", "Introduction", "The charter’s six points—every one\u00a0of them", "the looms", "cell 0",
        "cell\u00a01\nbelow", "cell 2", "more of it", "cell 3", "the link stays.",
    )  # fmt: skip


def test_a_document_as_textedit_writes_it() -> None:
    head = (
        "\\ansi\\ansicpg1252\\cocoartf2709\\cocoatextscaling0{\\fonttbl\\f0\\fswiss\\fcharset0 Helvetica;"
        "\\f1\\fnil\\fcharset0 LucidaGrande;}\n{\\colortbl;\\red255\\green255\\blue255;}\n"
        "{\\*\\expandedcolortbl;;}\n\\paperw11900\\pard\\tx566\n"
        "\\f0\\fs24 \\cf0 "
    )
    body = (
        "The Tsar\\'92s \\'93October\\'94 \\\\ caf\\'e9 \\{so\\}\\\n"
        "next one \\uc0\\u8232 on \\u55357 \\u56832  \n\\f1\\b bold\\b0 \\\n\\\n"
    )

    assert essay(body, head=head) == ("The Tsar’s “October” \\ café {so}", "next one\non 😀 bold")


def test_a_document_as_wordpad_writes_it() -> None:
    head = (
        "\\ansi\\ansicpg1250\\deff0\\nouicompat\\deflang1045{\\fonttbl{\\f0\\fnil\\fcharset238 Calibri;}"
        "{\\f1\\fnil\\fcharset2 Symbol;}{\\f2\\fnil\\fcharset204 Arial;}}\n"
        "{\\*\\generator Riched20 10.0.19041}\\viewkind4\\uc1 \n\\pard\\sa200\\sl276 "
    )
    body = (
        "\\f0\\fs22\\lang21 \\'a3\\'f3d\\'9f and Dvo\\'f8\\'e1k\\f2\\'cc\\'ee\\f0\\par\n"
        "\\pard{\\pntext\\f1\\'B7\\tab}{\\*\\pn\\pnlvlblt\\pnf1{\\pntxtb\\'B7}}\\fi-360\\li720 an item\\par\n"
        "{\\pntext\\f1\\'B7\\tab}another\\plain\\'b9\\par\n\\pard\\sa200"
    )

    assert essay(body, head=head) == ("Łódź and DvořákМо", "an item", "anotherą")


def test_a_document_as_google_docs_writes_it() -> None:
    head = "\\ansi\\deff0{\\fonttbl{\\f0\\fnil\\fcharset0 Arial;}}{\\colortbl;}{\\stylesheet{\\s0 Normal;}}\\fs22"
    body = (
        "{\\pard \\ql \\f0 {\\f0 It was \\u8220 ?weak\\u8221 ?, he said}{\\super\\chftn}"
        "{\\footnote{\\super\\chftn}{ Hill, p. 4.}}{\\f0 .}\\par}\n{\\pard \\f0 \\par}{\\pard {Second\\line line}\\par}"
    )

    assert read(rtf(body, head=head)).paragraphs == ("It was “weak”, he said[1].", "Second\nline", "[1] Hill, p. 4.")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("caf\\'e9 \\'80 \\'93q\\'94", "café € “q”"),
        ("raw \x80 caf\xe9".replace("\x80", "€"), "raw € café"),
        ("\\u8364\\'80 \\u8217?s", "€ ’s"),
        ("{\\uc2 \\u8364 xxA}\\u8364 yB", "€A€B"),
        ("\\uc3\\u8364 \\'80\\'80\\'80C\\u8364 {DE}", "€C€DE"),
        ("\\u8217\\rquote s \\u-3913\\'b7", "’s \uf0b7"),
        ("\\u-10179?\\u-8704? \\u128512?", "😀 😀"),
        ("half \\u-10179?.", "half \ufffd."),
        ("out \\u99999999?\\u-99999? of \\u64976?range", "out \ufffd\ufffd of \ufffdrange"),
        ("de\\-central\\_ised 5\\~May\\emspace x\\bullet", "de\u00adcentral\u2011ised 5\u00a0May\u2003x•"),
        ("tab\\tab by\ttab \\endash  dash\\emdash", "tab\tby\ttab – dash—"),
        ("a\\line b\\page c\\column d", "a\nb\nc\nd"),
        ("a\\bin5 }}{{}b {\\pict\\bin4 }{\\\\}c", "ab c"),
        ("\\lquote l\\rquote  \\ldblquote d\\rdblquote", "‘l’ “d”"),
        ("\\zwj\\zwnj\\ltrmark x", "\u200d\u200c\u200ex"),
        ("literal \\'5cpict \\\\bin4 words", "literal \\pict \\bin4 words"),
        ("[/bold] <b> & %s", "[/bold] <b> & %s"),
        ("\\b bold\\b0  plain\\fs24\\unknown99 \\*odd", "bold plainodd"),
        ("{\\*\\secret words}{\\*\\another{\\b more}}shown", "shown"),
        ("{\\unknown kept}", "kept"),
        ("{\\upr{plain}{\\*\\ud{\\u322\\'b3}}}", "ł"),
        ("{\\field{\\*\\fldinst PAGE}{\\fldrslt 7}}", "7"),
        ("{\\field{\\*\\fldinst TOC {\\field{\\*\\fldinst x}{\\fldrslt no}}}{\\fldrslt yes}}", "yes"),
        ("{\\object\\objemb{\\*\\objdata 01}{\\result shown}}", "shown"),
        ("{\\mmath{\\*\\moMath{\\mr\\mscr0 2+2}{\\mrPr no}}}", "2+2"),
        ("{\\xe{\\v index}}{\\tc contents}{\\*\\bkmkstart b}x", "x"),
    ],
)
def test_what_stands_in_a_paragraph(source: str, text: str) -> None:
    assert essay(source) == (text,)


@pytest.mark.parametrize(
    ("head", "source", "text"),
    [
        ("\\mac\\deff0", "\\'d2caf\\'8e\\'d3", "“café”"),
        ("\\ansi\\ansicpg10000\\deff0", "\\'d5s", "’s"),
        ("\\pc\\deff0", "caf\\'82", "café"),
        ("\\pca", "caf\\'82", "café"),
        ("\\ansi\\ansicpg65001", "caf\\'c3\\'a9", "café"),
        ("\\ansi\\ansicpg1251", "\\'cc\\'ee", "Мо"),
        ("\\ansi\\ansicpg99999", "caf\\'e9", "café"),
        ("\\ansi{\\fonttbl{\\f5\\fcharset77 Geneva;}}", "\\f5 \\'d5\\f0 \\'92", "’’"),
        ("\\ansi{\\fonttbl{\\f5\\fcharset161 A;}{\\f6\\fcharset204 B;}}", "\\f5\\'e1 {\\f6\\'cc} \\'e1", "α М α"),
        ("\\ansi{\\fonttbl{\\f5\\fcharset78 Osaka;}}", "\\f5 \\'e9t\\'e9", "été"),
        ("\\ansi\\deff5{\\fonttbl{\\f5\\fcharset238 A;}}", "\\plain \\'b9", "ą"),
    ],
)
def test_the_code_page_is_the_fonts_or_the_files(head: str, source: str, text: str) -> None:
    assert essay(source, head=head) == (text,)


def test_utf_8_that_was_not_escaped() -> None:
    data = "{\\rtf1\\ansi The Tsar’s café: Łódź\\par}".encode()

    assert read(data).paragraphs == ("The Tsar’s café: Łódź",)


def test_footnotes_and_endnotes_come_last_with_their_marks() -> None:
    body = (
        "It rose{\\super \\chftn}{\\*\\footnote\\pard\\plain \\s5{\\super\\chftn} Fisher, p. 4.\\par And p. 9.}"
        " and fell{\\super\\chftn {\\footnote\\ftnalt \\pard\\plain {\\chftn }Hill{\\*\\bkmkstart x}, p. 8.}}.\\par "
        f"{WOLSEY[0]}\\par"
    )
    assert read(rtf(body)).paragraphs == (
        "It rose[1] and fell[2].", WOLSEY[0], "[1] Fisher, p. 4.", "And p. 9.", "[2] Hill, p. 8.",
    )  # fmt: skip


@pytest.mark.parametrize(
    "box",
    [
        "{\\shp{\\*\\shpinst\\shpleft0{\\sp{\\sn a}{\\sv 2}}{\\shptxt \\pard In the box\\par second}}{\\shprslt"
        "{\\*\\do\\dobxcolumn{\\dptxbxtext\\pard In the box\\par second\\par}}}}",
        "{\\*\\do\\dobxcolumn\\dptxbx{\\dptxbxtext\\pard In the box\\par second\\par}}",
        "{\\shpgrp{\\*\\shpinst{\\shp{\\*\\shpinst{\\shptxt In the box\\par second\\par}}}}}",
    ],
    ids=["newer with the older one", "older only", "in a group"],
)
def test_a_text_box_is_read_once_after_its_paragraph(box: str) -> None:
    assert essay(f"Before {box}and after.") == ("Before and after.", "In the box", "second")


def test_tracked_insertions_are_kept_and_deletions_are_not() -> None:
    body = (
        "The king was {\\deleted\\revauthdel1 weak}{\\revised\\revauth1 strong}{\\deleted \\u8217\\'92 {\\b gone}\\'e9}"
        "{\\mvf elsewhere}.\\par joined {\\deleted\\par }to this{\\deleted1 x\\deleted0  end}\\par "
    )
    draft = read(rtf(f"{body}{WOLSEY[0]}\\par"))

    assert draft.paragraphs == ("The king was strong.", "joined to this end", WOLSEY[0])
    assert draft.notes == ("The document has tracked changes: insertions are kept, deletions are left out.",)
    assert read(rtf(f"{{\\revised new}} {WOLSEY[0]}")).notes == (
        "The document has tracked changes: insertions are kept.",
    )


def test_comments_hidden_text_and_pictures_are_told() -> None:
    comment = "{\\*\\atnid T}{\\*\\atnauthor Teacher}\\chatn{\\*\\annotation{\\*\\atnref 1}\\pard Rubbish\\par}"
    picture = "{\\*\\shppict{\\pict\\pngblip 8950}}{\\nonshppict{\\pict\\wmetafile8 01}}"
    draft = read(rtf(f"With{comment} one {{\\v not {{\\b seen}}}}seen \\v again\\v0 .{picture}\\par {WOLSEY[0]}"))

    assert draft.paragraphs == ("With one not seenseen again.", WOLSEY[0])
    assert draft.notes == (
        "2 passages are formatted as hidden; shown here.",
        "1 comment in the margin left out.",
        "The document has pictures; only its text was taken in.",
    )


def test_heads_and_feet_of_pages_are_listed_as_removed() -> None:
    margins = (
        "{\\header \\pard Jo Example\\tab 13H\\par}{\\headerf Jo Example\\tab 13H\\par\\par}{\\footerl Page \\chpgn}"
    )
    draft = read(rtf(f"{margins}{WOLSEY[0]}\\par"))

    assert draft.paragraphs == (WOLSEY[0],)
    assert draft.removed == ("Jo Example 13H", "Page")


def test_question_and_details_above_the_essay() -> None:
    head = (
        "Candidate 4021 \\endash  Centre 12345\\par To what extent was hunger the cause of Chartism? [25 marks]\\par "
    )
    draft = read(rtf(head + "\\par ".join(CHARTISM)))

    assert draft.question == "To what extent was hunger the cause of Chartism? [25 marks]"
    assert draft.paragraphs == CHARTISM
    assert draft.removed == ("Candidate 4021 – Centre 12345",)


def test_a_page_pasted_into_a_document_is_sorted() -> None:
    page = PAGES[0]
    body = "".join(
        f"\\pard {''.join(c if c.isascii() else f'{chr(92)}u{ord(c)}?' for c in line)}\\par " for line in page.lines
    )
    draft = read(rtf(body))

    assert draft.question == page.question
    assert draft.paragraphs == page.essay


HEAD = b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 A;}}"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (rtf(WOLSEY[0])[:-1], "cut off before its end"),
        (rtf(f"{WOLSEY[0]}\\par {WOLSEY[0]}")[:400], "cut off before its end"),
        (HEAD + b"{" * 200_000 + b"words", "cut off before its end"),
        (HEAD + b"{\\pict\\bin999999999 abc}}", "cut off before its end"),
        (HEAD + b"{\\fonttbl{\\f1\\fcharset" * 20_000, "cut off before its end"),
        (HEAD + b"{\\pict 89504e47}\\par}", "has no words"),
        (HEAD + b"a\\par " * 50_000 + b"}", "has 40,001 paragraphs"),
        (HEAD + b"x{\\footnote y" * 50_000 + b"}" * 50_001, "has 40,001 paragraphs"),
        (HEAD + b"\\b0" * 1_100_000 + b" words}", "is made of 1,0.. pieces|is made of 1,0..,... pieces"),
        (HEAD + b"word " * 1_000_000 + b"}", "has more than 3,000,000 characters"),
        (HEAD + b"word " * 250_000 + b"}", "has 250,000 words"),
    ],
    ids=[
        "last brace", "middle", "braces", "binary", "fonts", "picture", "paragraphs", "notes in notes", "pieces",
        "characters", "words",
    ],
)  # fmt: skip
def test_traps_and_ruins_are_refused(data: bytes, reason: str) -> None:
    with ChildReader(seconds=60) as reader, pytest.raises(EssayUnreadable, match=reason) as refused:
        reader.read("rtf", data, "essay.rtf")
    assert "essay.rtf" in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"{" * 200_000 + b"words" + b"}" * 200_000, "words"),
        (b"{\\field{\\*\\fldinst{HYPERLINK \"http://x\"}}{\\fldrslt w}}" * 20_000, "w" * 20_000),
        (b"\\uc999999999\\u65? words}{words", "A"),
        (b"{\\pict\\bin-5 abc}words", "words"),
    ],
    ids=["braces", "links", "fallback", "binary backwards"],
)  # fmt: skip
def test_odd_but_whole_documents_are_read(body: bytes, text: str) -> None:
    began = time.process_time()
    assert read(HEAD + body + b"}").paragraphs[0].startswith(text)
    assert time.process_time() - began < 5


def test_what_stands_after_the_end_is_told() -> None:
    assert read(rtf(WOLSEY[0]) + b"\r\n\0").notes == ()
    draft = read(rtf(WOLSEY[0]) + b"{\\rtf1 A second one}")

    assert draft.paragraphs == (WOLSEY[0],)
    assert draft.notes == (
        "Something stands after the end of the document and was not read; compare it with the original.",
    )


def test_damaged_bytes_are_read_or_refused() -> None:
    chance = random.Random(1917)
    whole = rtf("".join(f"{{\\b {text}}}{{\\super\\chftn}}{{\\footnote Hill \\'e9\\u8217?}}\\par " for text in WEIMAR))
    outcomes = set()
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(7, len(data))] = chance.choice(b"{}\\'u09 \0\xff")
        try:
            outcomes.add(bool(read(bytes(data)).paragraphs))
        except EssayUnreadable:
            outcomes.add(False)
    assert outcomes == {True, False}

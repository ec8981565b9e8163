"""OpenDocument texts and RTF that were made to do harm, or damaged."""

import io
import zipfile
from collections.abc import Iterator
from functools import partial

from tests.formats.documents import docx, hidden_style, odt, p, packed, paragraph, rtf
from tests.hostile.handed import HENRY, NOBLES, Case, Named, packed_again, patched, zipped

odt_case = Named("odt", "essay.odt")
rtf_case = Named("rtf", "essay.rtf")


def cases() -> Iterator[Case]:
    yield from _texts()
    yield from _containers()
    yield from _groups()
    yield from _floods()


def _texts() -> Iterator[Case]:
    def case(
        name: str, body: str, *text: str, without: tuple[str, ...] = (), told: str = "", refused: str = ""
    ) -> Case:
        said = (HENRY, *text) if not refused else ()
        return odt_case(name, partial(odt, p(HENRY) + body), *said, without=without, told=told, refused=refused)

    yield case("without a fault", p(NOBLES), NOBLES)
    note = '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Hill, p. 4.</text:p></text:note-body></text:note>'
    yield case("with a footnote", p(f"Words.{note}"), "Hill, p. 4.")
    yield case(
        "with notes 300 deep",
        p("<text:note><text:note-body><text:p>" * 300 + "deep" + "</text:p></text:note-body></text:note>" * 300),
        refused="damaged|nested",
    )
    box = "<draw:frame><draw:text-box>{}</draw:text-box></draw:frame>"
    yield case("with a text box", p(box.format(p(NOBLES))), NOBLES)
    yield case(
        "with a comment",
        p(f"Words.<office:annotation><dc:creator>X</dc:creator>{p('Good!')}</office:annotation>"),
        without=("Good!",),
        told="1 comment",
    )
    yield case("with a script", p("<text:script>alert(1)</text:script>Words."), without=("alert",))
    yield case(
        "with an event",
        f'<office:event-listeners><script:event-listener xmlns:script="urn:s" xlink:href="vnd.sun.star.script:x"/></office:event-listeners>{p(NOBLES)}',
        NOBLES,
    )
    yield case(
        "with a section on a server",
        f'<text:section><text:section-source xlink:href="http://127.0.0.1:9/a.odt"/>{p(NOBLES)}</text:section>',
        NOBLES,
    )
    yield case(
        "with a section of this computer",
        f'<text:section><text:section-source xlink:href="file:///etc/passwd"/>{p(NOBLES)}</text:section>',
        NOBLES,
        without=("root:",),
    )
    yield case(
        "with a picture on a server", p('<draw:frame><draw:image xlink:href="http://127.0.0.1:9/a.png"/></draw:frame>')
    )
    yield case("with an object", p('<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>'))
    yield case("with spaces by the billion", p('a<text:s text:c="999999999"/>b'))
    yield case(
        "with a table of a billion columns",
        f'<table:table><table:table-column table:number-columns-repeated="999999999"/><table:table-row><table:table-cell table:number-columns-repeated="999999999">{p("x")}</table:table-cell></table:table-row></table:table>',
    )
    yield case(
        "with tables 200 deep",
        "<table:table><table:table-row><table:table-cell>" * 200
        + p("x")
        + "</table:table-cell></table:table-row></table:table>" * 200,
        refused="damaged|nested",
    )
    yield case(
        "with spans 5,000 deep", p("<text:span>" * 5_000 + "x" + "</text:span>" * 5_000), refused="nested|damaged"
    )
    yield case(
        "with lists 1,000 deep",
        "<text:list><text:list-item>" * 1_000 + p("x") + "</text:list-item></text:list>" * 1_000,
        refused="nested|damaged",
    )
    yield case("with an override", p("left \u202eright"), told="1 hidden character")
    yield case("with an unknown element", f"<odd:x>{p(NOBLES)}</odd:x>")
    yield odt_case(
        "with hidden words",
        partial(odt, p(HENRY) + p(f'<text:span text:style-name="H">{NOBLES}</text:span>'), hidden_style("H")),
        HENRY,
        NOBLES,
        told="formatted as hidden",
    )
    changes = f"<text:tracked-changes><text:changed-region><text:deletion>{p('gone words')}</text:deletion></text:changed-region></text:tracked-changes>"
    yield odt_case(
        "with deletions",
        partial(odt, changes + p(HENRY)),
        HENRY,
        without=("gone words",),
        told="deletions are left out",
    )
    yield odt_case("with 300,001 pieces", partial(odt, p("<text:s/>" * 300_001)), refused="pieces")
    yield odt_case("with 20,001 paragraphs", partial(odt, p("word") * 20_001), refused="20,001 paragraphs")
    yield odt_case(
        "with 200,001 words", partial(odt, p("word " * 100_000) + p("word " * 100_001)), refused="200,001 words"
    )
    yield odt_case("with a paragraph of 30,000 words", partial(odt, p("word " * 30_000)), "word word")
    yield odt_case("without words", partial(odt, ""), refused="no words")
    yield odt_case("that is a spreadsheet", partial(odt, "", kind="spreadsheet"), refused="spreadsheet")


def _containers() -> Iterator[Case]:
    good = odt(p(HENRY))

    def content(before: str, body: str) -> bytes:
        whole = f'<?xml version="1.0"?>{before}<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">{body}</office:document-content>'
        return packed_again(good, **{"content.xml": whole.encode()})

    yield odt_case(
        "with laughs",
        content('<!DOCTYPE a [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>', "&b;"),
        refused="DOCTYPE in content.xml",
    )
    yield odt_case(
        "with a file as an entity",
        content('<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "&a;"),
        refused="DOCTYPE",
    )
    yield odt_case("without a body", content("", ""), refused="damaged")
    yield odt_case("100,000 deep", content("", "<office:a>" * 100_000), refused="nested|damaged")
    yield odt_case("truncated", good[: len(good) // 2], refused="damaged")
    yield odt_case("without its text", packed_again(good, **{"content.xml": None}), refused="damaged|zip")
    yield odt_case(
        "of 2,001 members",
        packed_again(good, **{f"Pictures__{n}.png": b"" for n in range(2_001)}),
        refused="parts; an essay",
    )
    yield odt_case("with a bomb", packed_again(good, **{"Pictures__a.png": b"\0" * 40_000_000}), refused="unpacks to")
    yield odt_case("with a member that leads out", packed_again(good, **{"..__..__x": b"x"}), HENRY)
    locked = packed_again(good, **{"META-INF__manifest.xml": b'<m xmlns:manifest="x"><manifest:encryption-data/></m>'})
    yield odt_case("with a password", locked, refused="protected by a password")
    yield odt_case(
        "with a password of the newer kind",
        packed_again(good, **{"encrypted-package": b"x" * 90}),
        refused="protected by a password",
    )
    yield odt_case("with macros", packed_again(good, **{"Basic__Standard__Module1.xml": b"<a>Shell(1)</a>"}), HENRY)
    yield odt_case("with damaged styles", packed_again(good, **{"styles.xml": b"<off"}), refused="damaged")
    yield odt_case("that was packed again", packed({"a": b"x", **dict(_members(good))}), HENRY)
    yield odt_case("that is a .docx", docx(paragraph(HENRY)), HENRY)
    yield odt_case("that is a zip of anything", zipped({"a.txt": b"x"}), refused="zip archive")
    yield odt_case("of 0 bytes", b"", refused="is empty")


def _members(data: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        yield from ((name, container.read(name)) for name in container.namelist())


def _groups() -> Iterator[Case]:
    def case(name: str, body: str, *text: str, without: tuple[str, ...] = (), told: str = "") -> Case:
        return rtf_case(name, partial(rtf, rf"\pard {HENRY}\par {body}"), HENRY, *text, without=without, told=told)

    yield case("without a fault", NOBLES, NOBLES)
    yield case("with a footnote", r"Words.{\footnote Hill, p. 4.}", "Hill, p. 4.")
    yield case("with a text box", r"{\shp{\*\shpinst{\shptxt " + NOBLES + r"\par}}}", NOBLES)
    yield case("with hidden words", r"{\v " + NOBLES + "}", NOBLES, told="formatted as hidden")
    yield case("with deletions", r"{\deleted gone words}Words.", without=("gone words",), told="deletions are left out")
    yield case(
        "with an object", r"{\object\objemb{\*\objdata 0105000002000000}{\result shown}}Words.", without=("0105",)
    )
    yield case("with an object of 2 MB", r"{\object{\*\objdata " + "0a" * 1_000_000 + "}}Words.", without=("0a0a",))
    yield case("with a template on a server", r"{\*\template http://127.0.0.1:9/a.dotm}Words.", without=("127.0.0.1",))
    yield case(
        "with a DDE field", r'{\field{\*\fldinst DDEAUTO cmd "/k calc"}{\fldrslt shown}}', "shown", without=("calc",)
    )
    yield case(
        "with a picture included",
        r'{\field{\*\fldinst INCLUDEPICTURE "http://127.0.0.1:9/a.png"}{\fldrslt }}Words.',
        without=("127.0.0.1",),
    )
    yield case("with bytes as they are", r"{\pict\bin5 }}}}}Words.}", told="")
    yield rtf_case("with more bytes than there are", rtf(HENRY + r"{\pict\bin999999999 x}Words."), refused="cut off")
    yield case("with fewer than no bytes", r"{\pict\bin-5 x}Words.")
    yield case("with half letters", r"Words \u-10179?\u-8704? and \u55357?.")
    yield case("with letters beyond all", r"Words \u99999999999? and \u-99999?.")
    yield case("with a wrong code page", r"\ansicpg99999 Words \'e9.")
    yield case("with escape codes", r"Words \u27?[2J and \'1b[2J.", told="hidden character")
    yield case("with an override", r"Words \u8238?right.", told="1 hidden character")
    yield case("with a table", r"\trowd\cellx5000\intbl " + NOBLES + r"\cell\row", NOBLES)
    yield case("with a font without a name", r"{\f9999 Words.}", "Words.")


def _floods() -> Iterator[Case]:
    yield rtf_case("100,000 deep", rtf("{" * 100_000 + HENRY), refused="nested|damaged|deep|end")
    yield rtf_case("with notes 2,000 deep", rtf(r"{\footnote " * 2_000 + HENRY + "}" * 2_000))
    yield rtf_case("with boxes 2,000 deep", rtf(r"{\shp{\shptxt " * 2_000 + HENRY + "}}" * 2_000))
    yield rtf_case("of closing braces", rtf(HENRY + "}" * 100_000 + NOBLES), HENRY, told="after the end")
    yield rtf_case("cut off", rtf(HENRY)[:-30], refused="cut off|damaged|end")
    yield rtf_case("of its first bytes", rtf("")[:6], refused="cut off|damaged|end|no words")
    yield rtf_case("of a million control words", rtf(r"\b0" * 1_000_000 + HENRY))
    yield rtf_case("of a control word of a million letters", rtf("\\" + "a" * 1_000_000 + " " + HENRY))
    yield rtf_case("of a number of a million digits", rtf(r"\fs" + "1" * 1_000_000 + " " + HENRY))
    yield rtf_case("of 500,000 groups", rtf("{}" * 500_000 + HENRY), refused="500,00. pieces")
    yield rtf_case("of 20,001 paragraphs", rtf(r"word\par " * 20_001), refused="20,00. paragraphs")
    yield rtf_case("of 200,001 words", rtf((r"word " * 10_000 + r"\par ") * 20 + "one more"), refused="200,00. words")
    yield rtf_case("of a paragraph of 30,000 words", rtf("word " * 30_000), "word word")
    yield rtf_case("of 20 MB of picture", lambda: rtf(r"{\pict " + "0a" * 10_000_000 + "}" + HENRY), HENRY)
    yield rtf_case("without words", rtf(""), refused="no words")
    yield rtf_case(
        "of 100,000 fonts",
        rtf(HENRY, r"\ansi{\fonttbl" + "".join(rf"{{\f{n} Arial;}}" for n in range(100_000)) + "}"),
        HENRY,
    )
    yield rtf_case("with NULs", patched(rtf(HENRY + "@"), b"@", b"\0"), HENRY)
    yield rtf_case("of 0 bytes", b"", refused="is empty")
    yield rtf_case("that is a text", HENRY, HENRY)
    yield rtf_case("that is a .docx", docx(paragraph(HENRY)), HENRY)

"""Sheets as HTML, Markdown and text: every word there and in order, nothing acts, nothing is wider than its page."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser, LexborNode

from markdesk.core.charts import Chart as AnyChart
from markdesk.core.errors import MarkdeskError
from markdesk.core.essay import Essay, Span
from markdesk.core.plain import show
from markdesk.formats.documents import html, markdown, text
from markdesk.formats.documents.document import (
    Bars,
    Block,
    Chart,
    Document,
    Facts,
    Heading,
    Logo,
    MarkedEssay,
    Note,
    Panel,
    Prose,
    Run,
    School,
    Table,
    Tone,
    Weight,
    said,
)
from markdesk.formats.documents.read_back import bare, refuse_lost, texts
from tests.exports.documents import TEXT, charts, every_block, marked
from tests.exports.payloads import PAYLOADS, Payload
from tests.seeds import examples

Write = Callable[[Sequence[Document]], bytes]
WRITERS = pytest.mark.parametrize("write", [html.write, markdown.write, text.write], ids=["html", "md", "txt"])
HOSTILE = pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: payload.name)


def sheet(*blocks: Block, whose: str = "Amara Okafor") -> Document:
    return Document(whose, "How secure was he?", whose, "Henry VII, 3 November 2026", blocks)


def holding(payload: Payload) -> Document:
    """The text in every place; of 40,000 letters, in those of each kind alone."""
    if len(payload.text) < 4_000:
        return every_block(payload.text)
    essay = MarkedEssay(payload.text, (Span(0, len(payload.text)),), ())
    return sheet(Panel(payload.text, ("line",)), essay)


def page(*documents: Document) -> LexborHTMLParser:
    return LexborHTMLParser(html.write(documents).decode())


def first(tree: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    found = tree.css_first(selector)
    assert found is not None
    return found


def elements(tree: LexborHTMLParser) -> Counter[str]:
    return Counter(node.tag or "" for node in tree.css("*") if node.tag != "br")


def rendered(written: str) -> str:
    """What a reader of the Markdown sees. Fails where anything is markup that the writer doesn't use."""
    seen: list[str] = []
    for token in MarkdownIt("gfm-like", {"linkify": False, "html": True}).parse(written):
        kind = token.type.removesuffix("_open").removesuffix("_close")
        assert kind in STRUCTURE, token
        for child in token.children or []:
            assert child.type in INLINE, child
            seen.append("\n" if child.type in ("hardbreak", "softbreak") else child.content)
        seen.append("\n")
    return "".join(seen).replace("\u00a0", " ")


STRUCTURE = {
    "heading", "paragraph", "inline", "bullet_list", "ordered_list", "list_item", "blockquote", "hr", "table", "thead",
    "tbody", "tr", "th", "td",
}  # fmt: skip
INLINE = {"text", "text_special", "hardbreak", "softbreak", "code_inline", "strong_open", "strong_close"}


# -- what somebody wrote stays text


@cache
def plain_elements() -> Counter[str]:
    return elements(page(every_block("plain")))


@HOSTILE
def test_a_hostile_text_adds_no_element_and_reaches_nothing(payload: Payload) -> None:
    tree = page(holding(payload))
    found, plain = elements(tree), plain_elements()
    # An essay of several paragraphs has more of what a paragraph has, and a text of nothing has no caption.
    assert set(found) <= set(plain)
    assert {tag for tag in ("style", "meta", "svg", "table", "a") if found[tag] > plain[tag]} == set()
    for node in tree.css("*"):
        assert not [name for name in node.attributes if name.startswith("on") or name in ("style", "srcset")]
        assert (node.attributes.get("href") or "#").startswith("#")
        assert "src" not in node.attributes
    policy = first(tree, "meta[http-equiv]").attributes["content"] or ""
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")


@HOSTILE
def test_markdown_shows_a_hostile_text_letter_by_letter(payload: Payload) -> None:
    document = holding(payload)
    seen, at = bare(rendered(markdown.write([document]).decode())), 0
    for wanted in (bare(show(wanted)) for wanted in texts(document)):
        at = seen.find(wanted, at) + len(wanted)
        assert at >= len(wanted), wanted


AWKWARD = st.text(
    st.sampled_from(" ab1#*_-+=|<>&[]()`~!\\/.:@$^\n\t\x1b\u202eé0)w\u0301👨\u200d👩"), min_size=3, max_size=50
)


@settings(max_examples=examples(40))
@given(AWKWARD, st.integers(0, 5), st.integers())
def test_numbers_in_the_middle_of_awkward_text_make_no_markup(awkward: str, count: int, seed: int) -> None:
    essay = marked(count, seed, Essay.from_paragraphs([f"{awkward} www.x.y http://a@b.c", f"z {awkward}"]))
    document = sheet(Heading(awkward), essay, Panel(awkward, (awkward, awkward)))
    seen, at = bare(rendered(markdown.write([document]).decode())), 0
    for wanted in (bare(show(wanted)) for wanted in texts(document)):
        at = seen.find(wanted, at) + len(wanted)
        assert at >= len(wanted), wanted
    for write in (html.write, text.write):
        write([document])  # reads itself back


@HOSTILE
def test_a_line_of_text_is_never_wider_than_its_page(payload: Payload) -> None:
    written = text.write([holding(payload)]).decode()
    assert max(text.width(line) for line in written.split("\n")) <= text.WIDTH
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", written)


@WRITERS
def test_what_was_lost_on_the_way_is_refused(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    document = every_block("a rare word")
    read = write([document]).decode()
    if write is html.write:
        body = LexborHTMLParser(read).body
        assert body is not None
        read = body.text()
    kept = markdown._letters if write is markdown.write else bare
    refuse_lost([document], read, kept)
    with pytest.raises(MarkdeskError, match="didn't come out"):
        refuse_lost([document], read.replace("rare", "", 1), kept)
    swapped = sheet(*reversed(document.blocks))
    with pytest.raises(MarkdeskError):
        refuse_lost([swapped], read, kept)


def test_a_page_that_acts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for bad in (
        "<script>x</script>",
        "<a href='https://example.test'>x</a>",
        "<p onclick='x'>x</p>",
        "<iframe></iframe>",
    ):
        with pytest.raises(MarkdeskError, match="didn't come out"):
            html._refuse_unlike([sheet()], html.write([sheet()]).decode().replace("</article>", f"{bad}</article>"))


# -- the essay and its notes


@settings(max_examples=examples(60))
@given(st.integers(0, 20), st.integers())
def test_every_note_is_at_its_letters_and_linked_both_ways(count: int, seed: int) -> None:
    essay = marked(count, seed)
    tree = page(sheet(essay))
    marks = [(set((node.attributes["aria-details"] or "").split()), node.text()) for node in tree.css("mark")]
    for note in essay.notes:
        (place,) = tree.css(f"#s1b0p{note.number}")
        (told,) = tree.css(f"#s1b0n{note.number}")
        assert place.attributes["href"] == f"#{told.attributes['id']}"
        back = first(told, "a")
        assert back.attributes["href"] == f"#{place.attributes['id']}"
        covered = "".join(words for ids, words in marks if told.attributes["id"] in ids)
        if note.quotation.strip("\n"):
            assert bare(covered) == bare(note.quotation)
        assert note.comment in told.text()
    for write in (markdown.write, text.write):
        written = write([sheet(essay)]).decode()
        assert all(written.count(f"[{note.number}]") == 2 for note in essay.notes)


def test_a_note_without_a_place_is_listed_with_its_words() -> None:
    note = Note(1, None, "no longer in the text", "gone words", "K", "knowledge", "Why?")
    essay = MarkedEssay("a", (Span(0, 1),), (note,))
    for write in (html.write, markdown.write, text.write):
        written = write([sheet(essay)]).decode()
        assert [
            word for word in ("no longer in the text", "gone words", "knowledge", "Why?") if word not in written
        ] == []


# -- HTML


def test_headings_go_down_a_step_at_a_time() -> None:
    blocks = (Heading("deep", 3), Panel("a", ("b",)), Heading("one", 1), Heading("two", 2), marked(0, 1))
    for documents in ([sheet(*blocks)], [sheet(*blocks), sheet(*blocks)]):
        levels = [int((node.tag or "h0")[1]) for node in page(*documents).css("h1,h2,h3,h4,h5,h6")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_a_pile_has_its_contents_and_one_title() -> None:
    tree = page(sheet(), sheet(whose="Ben Hartley"), sheet(whose="<b>"))
    assert [node.text() for node in tree.css("nav a")] == ["Amara Okafor", "Ben Hartley", "<b>"]
    assert all(tree.css(node.attributes["href"] or "") for node in tree.css("nav a"))
    assert first(tree, "title").text() == "Henry VII, 3 November 2026"
    assert not page(sheet()).css("nav")
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))


def test_tables_name_their_columns_and_rows() -> None:
    tree = page(sheet(Table(("", "Level", "Mark"), (("AO1", "4", "17"), ("", "", "NR")), frozenset({2}), "Marks")))
    assert [(n.text(), n.attributes["scope"]) for n in tree.css("th")] == [
        ("Level", "col"), ("Mark", "col"), ("AO1", "row"),
    ]  # fmt: skip
    assert [n.text() for n in tree.css(".number")] == ["Mark", "17", "NR"]
    assert first(tree, "caption").text() == "Marks"


def test_bars_are_drawn_from_numbers_alone() -> None:
    tree = page(sheet(Bars("By level", (("Level 5", 3), ("Level 4", 6), ("Level 3", 0)))))
    assert [node.attributes["width"] for node in tree.css("rect")] == ["60", "120", "0"]


@pytest.mark.parametrize("chart", charts("<b onclick='x'>&amp; “name”</b>"), ids=lambda chart: type(chart).__name__)
def test_a_chart_is_drawn_in_the_page_with_its_words_beside_it(chart: AnyChart) -> None:
    tree = page(sheet(Chart(chart)))
    figure = first(tree, "figure.chart")
    assert first(figure, "svg") is not None
    assert figure.css("b[onclick]") == []
    assert chart.told in first(figure, "figcaption").text()
    assert first(figure, "div").attributes["aria-hidden"] == "true"


def test_a_chart_is_a_sentence_where_nothing_can_be_drawn() -> None:
    (level, *_) = charts("name")
    told = "8 essays: 5 at L2, 3 at name; none at L1."
    assert told in text.write([sheet(Chart(level))]).decode()
    assert told in markdown.write([sheet(Chart(level))]).decode()


def test_the_school_and_its_logo_stand_at_the_head() -> None:
    logo = Logo(b"\x89PNG", "png", 'The "sign"')
    tree = page(Document("a", "b", "c", "d", (), School("Hill School", logo), "cy"))
    image = first(tree, "img")
    assert image.attributes["src"] == "data:image/png;base64,iVBORw=="
    assert image.attributes["alt"] == 'The "sign"'
    assert first(tree, "article").attributes["lang"] == "cy"


def _colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", block))


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_text_is_dark_enough_on_its_ground() -> None:
    style = html._part("page.css")
    assert "url(" not in style
    assert "@import" not in style
    for root in re.findall(r":root \{(.*?)\}", style, re.S):
        of = _colours(root)
        grounds = {
            "text": ("page", "shade", "deep1", "deep2", "deep3"),
            "quiet": ("page", "shade"),
            "accent": ("page",),
        }
        for ink, on in grounds.items():
            for ground in on:
                light, dark = sorted((_light(of[ink]), _light(of[ground])), reverse=True)
                assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, ground)


# -- text


def test_wide_letters_count_two_and_marks_none() -> None:
    assert (text.width("毛泽东"), text.width("é"), text.width("abc")) == (6, 1, 3)
    lines = text.wrapped("毛" * 100, "- ", "  ").split("\n")
    assert [text.width(line) for line in lines] == [76, 76, 54]
    assert "".join(line[2:] for line in lines) == "毛" * 100


def test_lines_hang_and_indents_and_line_breaks_stay() -> None:
    assert text.wrapped("one\n    two\n\nthree", "- ", "  ") == "- one\n      two\n\n  three"


SNAPSHOT = """\
Amara Okafor
============

How secure was he?

Class:   13H
Set on:  3 November 2026

▲ Even better if (EBI)
----------------------
Weigh both sides.

Scale  Level  Mark
-----  -----  ----
AO1    4        17
AO2    3         9

Level 5  ############## 3
Level 4  ############################# 6

¶1   Henry VII was a king who [sic] trusted [1] nobody, and “bonds” were his
     chosen weapon. He ruled by fear & by law.

     [1] “a king who [sic] trusted”  K  (knowledge)
         Exact. Now say what follows.

¶2   However, the Great Council of 1487 shows another side: he listened.
     He also paid.

¶3   In 1504 the Duchy of Lancaster – naïve as it sounds – 𝕬ccounted for
     £38,000; é is one letter, é is two.

¶4   To conclude, *fear* was #1 but not the whole story.

----------------------------------------------------------------------------
Henry VII, 3 November 2026 · Amara Okafor
"""


def test_a_sheet_as_text() -> None:
    start = TEXT.text.index("a king")
    note = Note(
        1, Span(start, start + 24), "¶1", "a king who [sic] trusted", "K", "knowledge", "Exact. Now say what follows."
    )
    document = sheet(
        Facts((("Class", "13H"), ("Set on", "3 November 2026"))),
        Panel("Even better if (EBI)", ("Weigh both sides.",), Tone.IMPROVE),
        Table(("Scale", "Level", "Mark"), (("AO1", "4", "17"), ("AO2", "3", "9")), frozenset({2})),
        Bars("", (("Level 5", 3), ("Level 4", 6))),
        MarkedEssay(TEXT.text, tuple(p.span for p in TEXT.paragraphs), (note,)),
    )
    assert text.write([document]).decode() == SNAPSHOT


@WRITERS
def test_several_lines_of_a_panel_are_a_list_and_one_is_not(write: Write) -> None:
    written = write([sheet(Panel("WWW", ("Clear.", "Well read.")), Panel("EBI", ("Weigh.",)))]).decode()
    item = "<li>{}</li>" if write is html.write else "- {}"
    assert [item.format(line) in written for line in ("Clear.", "Well read.", "Weigh.")] == [True, True, False]


@WRITERS
def test_a_table_that_has_no_room_is_read_row_by_row(write: Write) -> None:
    long = "word " * 30
    written = write([sheet(Table(("Where", "Comment"), (("¶1", long), ("¶2", f"{long}\nand more"))))]).decode()
    seen = bare(page_text(written) if write is html.write else written)
    assert seen.index("¶1") < seen.index("¶2") < seen.index("andmore")


def page_text(written: str) -> str:
    body = LexborHTMLParser(written).body
    assert isinstance(body, LexborNode)
    return body.text()


# -- all of them


@WRITERS
def test_the_same_sheet_gives_the_same_bytes(write: Write) -> None:
    assert write([every_block("é"), every_block("two")]) == write([every_block("é"), every_block("two")])


def test_loud_and_quiet_pieces_of_a_line_stay_one_line() -> None:
    runs = (Run("a*"), Run("b", Weight.STRONG), Run("c", Weight.QUIET))
    assert "a*bc" in text.write([sheet(Prose(runs))]).decode()
    assert "a\\*bc" in markdown.write([sheet(Prose(runs))]).decode()
    assert "**b**" in markdown.write([sheet(Prose(said("b", Weight.STRONG)))]).decode()
    assert [n.text() for n in page(sheet(Prose(runs))).css("strong")] == ["b"]

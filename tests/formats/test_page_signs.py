"""What programs write on a page beside its text is neither taken for the essay nor dropped without a word."""

import pytest

from markdesk.desk.drafts import EssayDraft
from markdesk.formats.child import read_here

from .pages import WEIMAR, WOLSEY


def read(body: str) -> EssayDraft:
    page = f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{body}<p>{WOLSEY[0]}</p></body></html>"
    return read_here(page.encode(), "essay.html")


def test_tracked_changes_of_a_word_page_are_made_and_told() -> None:
    change = '<s><del cite="mailto:A" datetime="2026-11-02T19:04">weak</del></s><ins cite="mailto:A">strong</ins>'
    draft = read(f"<p>The king was {change}.</p>")

    assert draft.paragraphs == ("The king was strong.", WOLSEY[0])
    assert draft.notes == ("The page has tracked changes: insertions are kept, deletions are left out.",)


def test_an_insertion_alone_is_told() -> None:
    draft = read('<p>Wolsey fell <ins datetime="2026-11-02">in 1529</ins>.</p>')

    assert draft.paragraphs[0] == "Wolsey fell in 1529."
    assert draft.notes == ("The page has tracked changes: insertions are kept.",)


def test_what_is_struck_out_for_all_to_see_stays() -> None:
    draft = read("<p>The king was <del>weak</del> <s>poor</s> strong.</p>")

    assert draft.paragraphs[0] == "The king was weak poor strong."
    assert draft.notes == ()


@pytest.mark.parametrize(
    ("mark", "notes"),
    [
        (
            '<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup>',
            '<div class="c1"><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Too vague</span></p></div>',
        ),
        (
            "<span class=MsoCommentReference><a class=msocomanchor href='#_msocom_1'>[AT1]</a></span>",
            "<div style='mso-element:comment-list'><hr><div style='mso-element:comment'><div id='_com_1'>"
            "<p class=MsoCommentText><a class=msocomoff href='#_msoanchor_1'>[AT1]</a>Too vague</p></div></div></div>",
        ),
    ],
    ids=["Google Docs", "Word"],
)
def test_comments_in_the_margin_are_counted_and_left_out(mark: str, notes: str) -> None:
    draft = read(f"<p>Marked.{mark}</p>{notes}")

    assert draft.paragraphs == ("Marked.", WOLSEY[0])
    assert draft.notes == ("1 comment in the margin left out.",)


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        (
            '<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>',
            '<div id="sdfootnote1"><p><a class="sdfootnotesym" href="#sdfootnote1anc">1</a> Hill.</p></div>',
        ),
        (
            '<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a>',
            '<section role="doc-endnotes"><hr><ol><li id="fn1" role="doc-endnote"><p>Hill.<a href="#fnref1"'
            ' class="footnote-back" role="doc-backlink">↩︎</a></p></li></ol></section>',
        ),
        (
            '<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup>',
            '<div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;Hill.</span></p></div>',
        ),
    ],
    ids=["LibreOffice", "pandoc", "Google Docs"],
)
def test_notes_keep_their_numbers_apart_from_the_words(mark: str, note: str) -> None:
    draft = read(f"<p>It was repealed in 1736.{mark}</p>{note}")

    assert draft.paragraphs[0] == "It was repealed in 1736.[1]"
    assert draft.paragraphs[1].replace("\u00a0", " ") == "[1] Hill."


def test_the_head_and_foot_of_the_printed_page_are_kept_aside() -> None:
    draft = read('<div title="header"><p>Chloe\nŚwiderska</p></div><p>Text.</p><div title="footer"><p>1</p></div>')

    assert draft.paragraphs == ("Text.", WOLSEY[0])
    assert draft.removed == ("Chloe Świderska", "1")


def test_a_numbered_link_that_is_no_note_is_left_alone() -> None:
    draft = read(f'<p>See part <a href="#part2">2</a> of this.</p><p>{WEIMAR[0]}</p>')

    assert draft.paragraphs[0] == "See part 2 of this."


def test_verse_stays_one_paragraph_where_empty_lines_part_the_others() -> None:
    verse = "Christ crucified,<br>For Thy wounds wide<br>Us commons guide"
    draft = read(f"<div>{WOLSEY[0]}<br><br>{verse}<br><br>{WEIMAR[0]}</div>")

    assert draft.paragraphs[1] == "Christ crucified,\nFor Thy wounds wide\nUs commons guide"
    assert draft.paragraphs[2] == WEIMAR[0]


def test_a_heading_above_a_long_line_is_a_paragraph_of_its_own() -> None:
    draft = read(f"<div>Introduction<br>{WOLSEY[0]}<br>Judgement<br>{WEIMAR[0]}</div>")

    assert draft.paragraphs[:4] == ("Introduction", WOLSEY[0], "Judgement", WEIMAR[0])

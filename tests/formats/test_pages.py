"""Pages of sites, in the shapes in which teachers get them."""

import html
import textwrap
from collections.abc import Callable

import pytest

from markdesk.formats.child import read_here

from .pages import PAGES, WEIMAR, Page

NAVIGATION = "<nav><ul><li><a href='/'>Hearth</a></li><li><a href='/k'>Kiln</a></li></ul></nav>"


def one_newline(page: Page) -> str:
    return "\n".join(page.lines)


def blank_lines(page: Page) -> str:
    return "\n\n".join(page.lines) + "\n\n\n"


def windows_line_ends(page: Page) -> str:
    return "\r\n".join(f"  {line}\t " for line in page.lines)


def wrapped(page: Page) -> str:
    return "\n\n".join(textwrap.fill(line, 76, break_on_hyphens=False) for line in page.lines)


def _tagged(page: Page, tag: str, join: str = "") -> str:
    body = join.join(f"<{tag}>{html.escape(line)}</{tag}>" for line in page.lines)
    return f"<!doctype html><html><head><title>Any</title></head><body>{body}</body></html>"


def paragraphs(page: Page) -> str:
    return _tagged(page, "p", "\n")


def nested_divs(page: Page) -> str:
    return _tagged(page, "div").replace("<div>", "<div class='c'><div><span>").replace("</div>", "</span></div></div>")


def single_breaks(page: Page) -> str:
    # Breaks inside a heading or verse are the page's business: only long lines and furniture are tested this way.
    return "<html><body><div>" + "<br>\n".join(html.escape(line) for line in page.lines) + "</div></body></html>"


def double_breaks(page: Page) -> str:
    return "<html><body><div>" + "<br /><br />".join(html.escape(line) for line in page.lines) + "</div></body></html>"


def pre_wrapped(page: Page) -> str:
    lines = html.escape("\n".join(page.lines))
    return f"<html><style>.body, .x {{ color: red; white-space: pre-wrap; }}</style><p class='body'>{lines}</p></html>"


def source_wrapped(page: Page) -> str:
    body = "\n".join(f"<p class=MsoNormal>{textwrap.fill(html.escape(line), 70)}</p>" for line in page.lines)
    return f"<html><body>\n{body}\n</body></html>"


SHAPES: dict[Callable[[Page], str], str] = {
    one_newline: "page.txt",
    blank_lines: "page.txt",
    windows_line_ends: "page.txt",
    wrapped: "page.txt",
    paragraphs: "page.html",
    nested_divs: "page.htm",
    double_breaks: "page.html",
    pre_wrapped: "page.html",
    source_wrapped: "page.html",
}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_question_essay_and_furniture_are_told_apart(page: Page, shape: Callable[[Page], str]) -> None:
    draft = read_here(shape(page).encode(), SHAPES[shape])

    assert draft.question == page.question
    assert draft.paragraphs == page.essay
    assert draft.removed == (*page.head, *page.between, *page.tail)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_single_breaks_keep_every_word_of_the_essay(page: Page) -> None:
    draft = read_here(single_breaks(page).encode(), "page.html")

    assert draft.question == page.question
    assert "\n".join(draft.paragraphs) == "\n".join(page.essay)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_an_essay_alone_is_kept_whole(page: Page) -> None:
    draft = read_here("\n\n".join(page.essay).encode(), "essay.txt")

    assert draft.question is None
    assert draft.paragraphs == page.essay
    assert draft.removed == ()


def test_markup_says_what_words_do_not() -> None:
    page = PAGES[2]
    body = "".join(f"<p>{html.escape(line)}</p>" for line in page.essay)
    draft = read_here(
        f"<html><body>{NAVIGATION}<header>Ashdown Sixth Form</header><h1>{html.escape(page.question or '')}</h1>"
        f"<article>{body}</article><aside><p>Visit the museum in Weimar, as forty of us did last spring; the bus "
        f"leaves from"
        " the gate at nine and there are places left for parents who would like to come.</p></aside>"
        "<footer><p>Made in Rye</p></footer><div style='display:none'>Secret text</div>"
        "<script>var visible = 'no';</script><noscript>Turn it on</noscript></body></html>".encode(),
        "saved.html",
    )

    assert draft.question == page.question
    assert draft.paragraphs == page.essay
    assert "Hearth" in draft.removed
    assert "Made in Rye" in draft.removed
    assert "Secret text" in draft.removed
    assert "Turn it on" in draft.removed
    assert not any("visible" in line for line in draft.removed)


def test_an_essay_inside_an_aside_is_not_lost() -> None:
    body = "".join(f"<p>{html.escape(line)}</p>" for line in PAGES[3].essay)
    draft = read_here(f"<html><body>{NAVIGATION}<aside>{body}</aside></body></html>".encode(), "odd.html")

    assert draft.paragraphs == PAGES[3].essay


def test_an_advert_between_paragraphs_goes_and_the_rest_stays() -> None:
    first, second, third = PAGES[3].essay
    lines = [first, "Advertisement", second, "Need help with your essay?", "Order now", third, "Back to top"]
    draft = read_here("\n".join(lines).encode(), "page.txt")

    assert draft.paragraphs == (first, second, third)
    assert draft.removed == ("Advertisement", "Need help with your essay?", "Order now", "Back to top")


def test_sources_below_the_sites_first_line_stay() -> None:
    lines = [*WEIMAR_AND_SOURCES, "Facebook", "Log in"]
    draft = read_here("\n".join(lines).encode(), "page.txt")

    assert draft.paragraphs == (*PAGES[2].essay, "References", "Peukert, D. (1991) The Weimar Republic. London.")
    assert draft.removed == ("Share this article", "Facebook", "Log in")


WEIMAR_AND_SOURCES = (
    *PAGES[2].essay,
    "Share this article",
    "References",
    "Peukert, D. (1991) The Weimar Republic. London.",
)


@pytest.mark.parametrize(
    "heading", ["Terms", "Views", "Home Rule", "Related developments abroad", "Comments", "Share this land!"]
)
def test_a_sub_heading_that_sounds_like_a_site_stays(heading: str) -> None:
    first, second, third = PAGES[2].essay
    lines = ["Was the republic doomed?", first, heading, second, third]
    draft = read_here("\n\n".join(lines).encode(), "essay.txt")

    assert draft.paragraphs == (first, heading, second, third)
    assert draft.removed == ()


def test_one_line_that_sounds_like_a_site_does_not_cut_an_essay_in_half() -> None:
    first, second, third = PAGES[2].essay
    draft = read_here("\n\n".join([first, "Related questions", second, third]).encode(), "essay.txt")

    assert draft.paragraphs == (first, "Related questions", second, third)


def test_a_very_short_answer_is_kept() -> None:
    draft = read_here(
        b"Log in\nWhy did Charles I dissolve parliament in 1629? [4 marks]\nHe could not get money from it.\n3 "
        b"Views\nContact us",
        "page.txt",
    )

    assert draft.question == "Why did Charles I dissolve parliament in 1629? [4 marks]"
    assert draft.paragraphs == ("He could not get money from it.",)
    assert draft.removed == ("Log in", "3 Views", "Contact us")


def test_a_quotation_and_its_tariff_belong_to_the_question() -> None:
    lines = ["‘Wolsey failed.’", "Assess the validity of this view.", "[25 marks]", *PAGES[0].essay]
    draft = read_here("\n".join(lines).encode(), "essay.txt")

    assert draft.question == "‘Wolsey failed.’\nAssess the validity of this view.\n[25 marks]"
    assert draft.paragraphs == PAGES[0].essay


def test_an_opening_paragraph_that_asks_is_no_question() -> None:
    opening = (
        "Charles ruled alone for eleven years and few of his subjects rose against him. Historians have called it "
        "tyranny, "
        "and others have called it peace. How far, then, did the country accept it?"
    )
    draft = read_here(f"{opening}\n\n{PAGES[0].essay[0]}".encode(), "essay.txt")

    assert draft.question is None
    assert draft.paragraphs[0] == opening


def test_a_long_question_with_full_stops_is_found() -> None:
    question = (
        "‘In the years 1625 to 1640 the king was opposed by very few of his subjects. Those who opposed him did so for "
        "their "
        "purses and not for their faith, whatever they said later.’ Assess the validity of this view."
    )
    draft = read_here("\n".join([question, *PAGES[0].essay]).encode(), "essay.txt")

    assert draft.question == question
    assert draft.paragraphs == PAGES[0].essay


@pytest.mark.parametrize(
    "line",
    [
        "Many historians agree with this view.",
        "I do not agree with this statement.",
        "This essay will assess the reasons for his fall.",
        "It is a matter that people still discuss.",
        "Assessing the Cardinal",
        "Wolsey: a life",
    ],
)
def test_an_opening_line_that_asks_nothing_is_no_question(line: str) -> None:
    draft = read_here("\n".join([line, *PAGES[0].essay]).encode(), "essay.txt")

    assert draft.question is None
    assert draft.paragraphs == (line, *PAGES[0].essay)


def test_an_essay_wins_against_longer_comments_below() -> None:
    page = PAGES[0]
    lines = [*page.head, page.question or "", page.essay[0], "6 comments", *WEIMAR, *WEIMAR, *WEIMAR, "Reply", "Log in"]
    draft = read_here("\n".join(lines).encode(), "page.txt")

    assert draft.question == page.question
    assert draft.paragraphs == (page.essay[0],)


def test_two_answers_in_one_file_stay_together() -> None:
    second = "2. Explain why the Amicable Grant was resisted. [10]"
    lines = ["1. How far did Wolsey serve the king? [25]", *PAGES[0].essay, second, PAGES[0].essay[2]]
    draft = read_here("\n\n".join(lines).encode(), "essay.txt")

    assert draft.question == lines[0]
    assert draft.paragraphs == (*PAGES[0].essay, second, PAGES[0].essay[2])

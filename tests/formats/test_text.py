"""Text files: encodings, line ends, wrapped lines, and what must come back as it was written."""

import contextlib
import textwrap
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markdesk.core.errors import EssayUnreadable
from markdesk.core.essay import MAX_PARAGRAPHS, MAX_WORDS, Essay
from markdesk.desk.drafts import EssayDraft
from markdesk.formats.child import read_here
from markdesk.formats.text import unwrap, wrap_width
from tests.seeds import examples

from .pages import CIVIL_RIGHTS, WEIMAR, WOLSEY

SMART = "Napoleon’s “policy” – naïve, café, £5 – was his own. " * 3


def read(data: bytes | str, name: str = "essay.txt") -> EssayDraft:
    return read_here(data.encode() if isinstance(data, str) else data, name)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"]
)
def test_encodings(encoding: str) -> None:
    draft = read(SMART.encode(encoding))

    assert draft.paragraphs == (SMART.strip(),)
    guessed = encoding in ("utf-16-le", "utf-16-be", "cp1252", "mac_roman")
    assert [("guessed" in note) for note in draft.notes] == ([True] if guessed else [])


def test_a_byte_that_no_code_page_has_is_no_failure() -> None:
    draft = read(b"The caf\xe9 of \x81 1848 was full. " * 4)

    assert draft.paragraphs[0].startswith("The café of \x81 1848")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\n \t\n"])
def test_line_ends(end: str) -> None:
    assert read(end.join(WEIMAR)).paragraphs == WEIMAR


def test_hard_wrapped_text_is_joined_and_verse_and_lists_are_not() -> None:
    verse = "I met Murder on the way,\nHe had a mask like Castlereagh"
    listed = "- the looms\n- the land plan of 1845"
    wrapped = "\n\n".join(
        [
            textwrap.fill(WOLSEY[0], 70),
            verse,
            "Peterloo",
            textwrap.fill(WOLSEY[1], 70),
            listed,
            textwrap.fill(WOLSEY[2], 70),
        ]
    )

    assert read(wrapped).paragraphs == (
        WOLSEY[0],
        *verse.split("\n"),
        "Peterloo",
        WOLSEY[1],
        *listed.split("\n"),
        WOLSEY[2],
    )


def test_wrapped_text_without_blank_lines_divides_at_indents_and_short_lines() -> None:
    wrapped = "\n".join(textwrap.fill(text, 72, initial_indent="    ") for text in WEIMAR)

    assert read(wrapped).paragraphs == WEIMAR


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("the whole of the govern-", "ment was against it", "the whole of the government was against it"),
        ("he was well-", "known in the counties", "he was well-known in the counties"),
        ("to de-", "centralise the government", "to de-centralise the government"),
        ("both pre-", "and post-war ministers", "both pre- and post-war ministers"),
        ("the years 1914-", "18 were the worst", "the years 1914-18 were the worst"),
        ("he waited -", "and for years", "he waited - and for years"),
    ],
)
def test_hyphens_at_the_end_of_wrapped_lines(first: str, second: str, joined: str) -> None:
    lead = "it is said here that "
    lines = [
        "The ministers of the crown had governed the country since the year",
        "of the peace, and they went on to centralise what government they",
        (lead + first).rjust(66).strip(),
        second + " and so it went on for many years in",
        "the north of the country.",
    ]
    lines[2] = "x" * (66 - len(lines[2]) - 1) + " " + lines[2]

    text = unwrap(lines)

    assert len(text) == 1
    assert joined in text[0]


def test_sentences_typed_one_to_a_line_are_not_wrapped() -> None:
    lines = [f"The reign saw its harvest fail in {year} and prices rose in every market." for year in range(1590, 1599)]

    assert wrap_width(lines) == 0
    assert read("\n".join(lines)).paragraphs == tuple(lines)


def test_what_a_student_typed_stays_as_typed() -> None:
    lines = (
        "The  King [sic] said  'No.\"  and [/bold] left,   as `he` *would*; &amp; then <b>\\n</b> — nothing. "
        + WOLSEY[3],
        "end of it all ”",
        "\tx = 1",
        "1. First",
        "(a) second",
    )

    assert read("\n".join(lines)).paragraphs == tuple(line.strip(" \t") for line in lines)


def test_hidden_characters_are_kept_and_counted() -> None:
    text = f"{WEIMAR[0]}\x00 and \x1b]0;title\x07 \u202ehidden\u202c zero\u200bwidth \U000e0041 \x9b end"
    draft = read(text)

    assert draft.paragraphs == (text,)
    assert draft.notes == ("8 hidden characters in the text; all kept, shown as signs.",)


def test_half_a_surrogate_never_comes_out() -> None:
    draft = read("Kings and queens ".encode("utf-16-le") * 9 + b"\x3d\xd8" + " went".encode("utf-16-le"))

    "".join(draft.paragraphs).encode()


def test_markdown_keeps_its_marks() -> None:
    text = (
        "---\ntitle: Essay\nauthor: Jo\n---\n# How far was Weimar doomed?\n## Introduction\n"
        f"**{WEIMAR[0]}**\n\n> {WEIMAR[1]}\n\n* one\n* two\n"
    )
    draft = read(text, "essay.md")

    assert draft.question == "How far was Weimar doomed?"
    assert draft.paragraphs == ("## Introduction", f"**{WEIMAR[0]}**", f"> {WEIMAR[1]}", "* one", "* two")
    assert draft.removed == ("---", "title: Essay", "author: Jo", "---")


def test_a_rule_at_the_top_of_markdown_is_no_front_matter() -> None:
    assert read(f"---\n{WEIMAR[0]}\n---\n", "essay.md").paragraphs == ("---", WEIMAR[0], "---")


def test_only_a_question_is_kept_as_text() -> None:
    assert read("How far was Weimar doomed?").paragraphs == ("How far was Weimar doomed?",)


def test_a_word_count_is_no_text() -> None:
    draft = read("\n".join([*WEIMAR, "Word count: 1,482"]))

    assert draft.paragraphs == WEIMAR
    assert draft.removed == ("Word count: 1,482",)


def test_limits_name_the_number_found() -> None:
    with pytest.raises(EssayUnreadable, match="200,001 words"):
        read("word " * (MAX_WORDS + 1))
    with pytest.raises(EssayUnreadable, match="20,001 paragraphs"):
        read("\n".join(f"Line {n} of it." for n in range(MAX_PARAGRAPHS + 1)))
    assert len(read("word " * MAX_WORDS).paragraphs) == 1


@pytest.mark.parametrize("unit", ["word", "a ", "(", "- ", "\"'", "> ", "1.", "How far ", "-\u2019", "\u200b"])
@pytest.mark.parametrize("name", ["essay.txt", "essay.md", "essay.html"])
def test_a_line_of_a_megabyte_takes_no_time(unit: str, name: str) -> None:
    data = ("Words of it. " + unit * (1_000_000 // len(unit))).encode()
    began = time.process_time()
    with contextlib.suppress(EssayUnreadable):  # 500,000 words are too many, and that is the answer
        read(data, name)
    assert time.process_time() - began < 2


# Properties

WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyzABCDéß’'“”,;-0123456789[]*_#&<>", min_size=1, max_size=12)


@st.composite
def prose(draw: st.DrawFn) -> str:
    words = draw(st.lists(WORDS, min_size=30, max_size=60))
    return "The year " + " ".join(words) + " of the war was long."


@settings(max_examples=examples(80))
@given(st.lists(prose(), min_size=1, max_size=6), st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_prose_comes_back_exactly(paragraphs: list[str], end: str) -> None:
    for name in ("essay.txt", "essay.md"):
        draft = read(end.join(paragraphs), name)
        assert draft.question is None
        assert draft.paragraphs == tuple(paragraphs)
        assert draft.removed == ()


FURNITURE_AND_OTHER = st.sampled_from(
    [
        *CIVIL_RIGHTS,
        "Log in",
        "Related questions",
        "3 Views",
        "Answered by Jo T.",
        "Home",
        "Terms",
        "Why did it fail? [20 marks]",
        "Bibliography",
        "A. Author, Title (Oxford, 1999)",
        "Introduction",
        "Name: Jo",
        "Need help with your essay? Ask us!",
        "© 2024 Site",
        "[25 marks]",
        "‘Wolsey failed.’",
        "Assess the validity of this view.",
        "Word count: 900",
        "We use cookies to improve the site.",
    ]
)


@settings(max_examples=examples(300))
@given(st.lists(FURNITURE_AND_OTHER, min_size=1, max_size=14), st.sampled_from(["txt", "md", "html"]))
def test_every_line_is_somewhere(lines: list[str], kind: str) -> None:
    text = "".join(f"<p>{line}</p>" for line in lines) if kind == "html" else "\n\n".join(lines)
    try:
        draft = read(text, f"essay.{kind}")
    except EssayUnreadable:
        return
    found = [*(draft.question or "").split("\n"), *draft.paragraphs, *draft.removed]
    assert sorted(line for line in found if line) == sorted(lines)


@settings(max_examples=examples(300))
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "a", "a.pages"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    try:
        draft = read(data, name)
    except EssayUnreadable:
        return
    essay = Essay.from_paragraphs(draft.paragraphs)
    assert essay.words > 0
    assert len(essay.paragraphs) == len(draft.paragraphs)
    essay.text.encode()


@settings(max_examples=examples(200))
@given(st.text(max_size=600), st.sampled_from(["a.txt", "a.md", "a.html"]))
def test_any_text_is_read_or_refused(text: str, name: str) -> None:
    try:
        draft = read(text.encode("utf-8", "replace"), name)
    except EssayUnreadable:
        return
    assert all(paragraph.strip() for paragraph in draft.paragraphs)


def test_a_damaged_byte_does_not_change_the_letters_beside_it() -> None:
    text = "Napoleon’s “policy” – naïve, café. " * 3
    draft = read(text.encode() + b"\xe2 end.")

    assert draft.paragraphs == (f"{text}\ufffd end.",)
    assert draft.notes == ("Damaged characters are shown as \ufffd.",)


def test_a_few_letters_that_could_be_utf8_do_not_make_it_so() -> None:
    text = "The word Ã© stands for é in “bad” files – naïve, café, £5."

    assert read(text.encode("cp1252")).paragraphs == (text,)


def test_a_row_of_underscores_is_no_paragraph_and_is_kept_aside() -> None:
    draft = read(f"{WOLSEY[0]}\r\n________________\r\n[1] Hill, p. 4.")

    assert draft.paragraphs == (WOLSEY[0], "[1] Hill, p. 4.")
    assert draft.removed == ("________________",)


def test_a_gap_to_be_filled_in_stays() -> None:
    assert read("The king died in ________ at London.").paragraphs == ("The king died in ________ at London.",)


def test_thousands_of_short_answers_take_no_time() -> None:
    began = time.process_time()
    text = "How far was the war a cause?\n\n" + "\n\n".join(f"short answer {n}" for n in range(6_000))
    draft = read_here(f"{text}\n\nLog in\n\nSign up\n\nContact us\n".encode(), "essay.txt")

    assert len(draft.paragraphs) > 5_000
    assert time.process_time() - began < 5

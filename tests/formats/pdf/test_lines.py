"""From runs to lines and paragraphs, without a PDF: every place is given by hand."""

import textwrap
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markdesk.core.errors import EssayUnreadable
from markdesk.formats.pdf.columns import in_order, second_columns
from markdesk.formats.pdf.essay import blocks_of, essay_of
from markdesk.formats.pdf.hyphens import Hyphens
from markdesk.formats.pdf.rows import pieces, spaces_are_drawn
from markdesk.formats.pdf.shapes import Line, Page, Role, Run
from tests.seeds import examples

from ..pages import CHARTISM, WEIMAR, WOLSEY

HALF = 6.0
"""Points to a letter in these tests, all of them being equally wide."""


def run(
    text: str, x: float, y: float, size: float = 12, *, bold: bool = False, tag: int = 0, margin: bool = False
) -> Run:
    return Run(text, x, x + len(text) * HALF * size / 12, y, size, bold, tag, margin)


def lines_of(runs: Sequence[Run]) -> list[Line]:
    found = pieces(runs)
    return in_order(found, 1, 0, second_columns([found]))


def paragraphs(runs: Sequence[Run], *, roles: dict[int, Role] | None = None, height: float = 842) -> list[str]:
    blocks = blocks_of(lines_of(runs), lambda tag: (roles or {}).get(tag, Role()), height=height)
    texts: list[str] = []
    for block in blocks:
        if block.glued:
            texts[-1] += f"\n{block.text}"
        else:
            texts.append(block.text)
    return texts


def column(
    texts: Sequence[str],
    *,
    x: float = 72,
    y: float = 72,
    width: int = 75,
    pitch: float = 15,
    gap: float = 0,
    indent: float = 0,
    hanging: float = 0,
) -> list[Run]:
    """Paragraphs wrapped at so many letters, one below the other."""
    runs: list[Run] = []
    for text in texts:
        for n, line in enumerate(textwrap.wrap(text, width, break_on_hyphens=False)):
            runs.append(run(line, x + (hanging if n else indent), y))
            y += pitch
        y += gap
    return runs


# Words


def test_a_gap_is_a_space_and_touching_letters_are_one_word() -> None:
    drawn = [run("The", 72, 100), run("king", 93, 100), run("dom", 117, 100), run("fell.", 141, 100)]

    assert not spaces_are_drawn(drawn)
    assert [line.text for line in pieces(drawn, drawn_spaces=False)] == ["The kingdom fell."]


def test_letters_set_apart_are_still_words() -> None:
    apart = [run(letter, 72 + n * 9 + (6 if n > 4 else 0), 100) for n, letter in enumerate("ChiefJustice")]

    assert [line.text for line in pieces(apart, drawn_spaces=False)] == ["Chief Justice"]


def test_a_raised_number_is_a_note_and_a_power_is_not() -> None:
    drawn = [run("It rose", 72, 100), run("12", 114, 95, 7), run("and 10", 126, 100), run("3", 162, 95, 7)]

    assert [line.text for line in pieces(drawn)] == ["It rose[12] and 103"]


# Order


def test_two_columns_are_read_one_after_the_other_under_a_title_as_wide_as_both() -> None:
    title = [run("How secure was Henry Tudor on his throne by the end of the year 1499? [25]", 72, 60)]
    left = column(WOLSEY[:2], y=90, width=36, gap=6)
    right = column(WEIMAR[:2], x=310, y=90, width=36, gap=6)

    assert paragraphs([*title, *right, *left]) == [title[0].text, *WOLSEY[:2], *WEIMAR[:2]]


def test_a_second_column_of_two_lines_is_one() -> None:
    left = column(WOLSEY[:2], width=36)
    right = column(["and it was never paid for by anyone in the end"], x=310, width=36)

    assert paragraphs([*left, *right])[-1].endswith("he was. and it was never paid for by anyone in the end")


def test_a_date_at_the_right_is_no_column_and_stays_in_its_line() -> None:
    head = [run("Okafor Amara", 72, 60), run("12 October", 462, 60)]

    assert paragraphs([*head, *column(WOLSEY[:2], y=90, gap=10)]) == ["Okafor Amara\t12 October", *WOLSEY[:2]]


def test_a_table_is_read_row_by_row_with_what_did_not_fit_in_its_cell() -> None:
    rows = [
        ("Year", "Price", "What was said"),
        ("1839", "72s.", "that bread was dear and"),
        ("", "", "would be dearer"),
        ("1842", "57s.", "nothing"),
    ]
    cells = [
        run(text, 72 + 120 * n, 100 + 15 * at) for at, row in enumerate(rows) for n, text in enumerate(row) if text
    ]

    long = "that bread was dear and would be dearer"
    assert paragraphs(cells) == ["Year", "Price", "What was said", "1839", "72s.", long, "1842", "57s.", "nothing"]


# Paragraphs


@pytest.mark.parametrize(
    "shaped",
    [
        partial(column, gap=8),
        partial(column, indent=24),
        partial(column, indent=24, pitch=30),
        partial(column, pitch=30),
        partial(column, gap=8, indent=24, width=60),
        partial(column, gap=6, width=40),
    ],
    ids=lambda shaped: str(shaped.keywords),
)
def test_paragraphs_are_told_by_gap_by_indent_and_by_a_short_last_line(shaped: Callable[..., list[Run]]) -> None:
    texts = [*WOLSEY[:3], *WEIMAR[:3]]

    assert paragraphs(shaped(texts)) == texts


def test_a_bibliography_with_hanging_lines() -> None:
    sources = [
        "Brandt, T., The Party after Stalin: Offices and Men in the Provinces of Russia, 1953-1964 (London, 1998)",
        "Hale, S., Khrushchev: A Life (Oxford, 2007)",
        "Novak, J., Thaw: Writers, Painters and the Censor in Moscow from 1953 to the Fall of Khrushchev (2011)",
    ]

    assert paragraphs(column([*WOLSEY[:2]], gap=9) + column(sources, y=300, hanging=36, gap=9)) == [
        *WOLSEY[:2],
        *sources,
    ]


def test_verse_keeps_its_lines_in_one_paragraph_where_gaps_divide_paragraphs() -> None:
    verse = [
        run(text, 72, 300 + 15 * n)
        for n, text in enumerate(("Bring me my bow", "Bring me my arrows", "Bring me my spear"))
    ]

    found = paragraphs([*column(WOLSEY[:3], gap=9), *verse, *column(WEIMAR[:2], y=360, gap=9)])

    assert found == [*WOLSEY[:3], "Bring me my bow\nBring me my arrows\nBring me my spear", *WEIMAR[:2]]


def test_a_quotation_set_in_on_both_sides() -> None:
    quoted = column([CHARTISM[2]], x=110, y=300, width=55)

    assert paragraphs([*column(WOLSEY[:3], gap=9), *quoted, *column(WEIMAR[:2], y=420, gap=9)]) == [
        *WOLSEY[:3], CHARTISM[2], *WEIMAR[:2],
    ]  # fmt: skip


def test_what_a_tagged_file_says_wins_over_what_it_looks_like() -> None:
    first, second = column([WOLSEY[3]], width=60), column([WOLSEY[0]], y=87)
    marked = [run(one.text, one.x0, one.y, tag=4) for one in [*first, *second]]

    assert paragraphs([*first, *second]) == [WOLSEY[3], WOLSEY[0]]
    assert paragraphs(marked) != [WOLSEY[3], WOLSEY[0]]


def test_the_notes_at_the_foot_of_each_page_come_last() -> None:
    body = [*column(WOLSEY[:2], gap=9), run("Hall, p. 4.", 84, 700, 9), run("Ibid.", 84, 712, 9)]
    body += [run("1", 80, 697, 6), run("2", 80, 709, 6)]

    assert paragraphs(body) == [*WOLSEY[:2], "[1] Hall, p. 4.", "[2] Ibid."]


# Hyphens


DIVIDED = ["the govern-", "ment of the coun-", "tryside was refer-", "red to the justices"]
WHOLE = "the government of the countryside was referred to the justices"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (DIVIDED, WHOLE),
        (["the well-", "known king, and a well-known queen"], "the well-known king, and a well-known queen"),
        (["the govern-", "ment fell"], "the govern-ment fell"),
        (["the govern-", "ment fell; the government rose"], "the government fell; the government rose"),
        (["in 1914-", "1918 there"], "in 1914-1918 there"),
        (["the sixteenth- ", "and seventeenth-century"], "the sixteenth-  and seventeenth-century"),
        (["the sixteenth-", "and seventeenth-century"], "the sixteenth- and seventeenth-century"),
        (["an Anglo-", "Irish", *DIVIDED], f"an Anglo-Irish {WHOLE}"),
        (["in clear\u00ad", "ing the board"], "in clearing the board"),
        (["of the pe\u2010", "titions"], "of the petitions"),
    ],
)  # fmt: skip
def test_a_words_halves_are_joined_and_a_students_hyphen_is_kept(lines: list[str], text: str) -> None:
    hyphens = Hyphens(lines)
    joined = lines[0]
    for line in lines[1:]:
        joined = hyphens.join(joined, line)

    assert joined == text


# Whatever is drawn


WORDS = st.text("abcdefgXYZ", min_size=1, max_size=12)
RUNS = st.builds(
    run,
    WORDS,
    st.floats(0, 560),
    st.floats(0, 840),
    st.sampled_from([7, 9, 12, 12, 12, 24]),
    tag=st.sampled_from([0, 0, 0, 1, 2]),
    margin=st.sampled_from([False, False, True]),
    bold=st.booleans(),
)


@settings(max_examples=examples(200))
@given(st.lists(st.lists(RUNS, min_size=1, max_size=40), min_size=1, max_size=4))
def test_no_letter_is_lost_or_made_up_wherever_it_stands(drawn: list[list[Run]]) -> None:
    pages = [Page(n, 595, 842, runs) for n, runs in enumerate(drawn, start=1)]
    try:
        draft = essay_of(pages, "essay.pdf", lambda tag: Role(note=tag == 2))
    except EssayUnreadable:
        return  # nothing but heads and feet
    told = "".join((draft.question or "", *draft.paragraphs, *draft.removed))
    given_letters = Counter(letter for runs in drawn for one in runs for letter in one.text)
    found = Counter(letter for letter in told if letter.isalpha())
    # A head that is the same on several pages is told once.
    assert found <= given_letters
    assert set(given_letters) == set(found)
    if not any(one.margin or one.y < 110 or one.y > 730 for runs in drawn for one in runs):
        assert found == given_letters

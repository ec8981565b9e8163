"""Arrows and letters: what the target is, what a stamp writes, and what stands on the screen then."""

import re

import pytest

from tests.kit import HARD_ESSAY
from tests.tui.desks import ESSAYS, HOLISTIC, PARAGRAPHS, PARTS, SUMMED, lay_out, script_id
from tests.tui.seat import Seat, World

ESSAY = ESSAYS[0]
FIRST, SECOND, THIRD, FOURTH = (ESSAY.text[p.span.start : p.span.end] for p in ESSAY.paragraphs)


def quotations(seat: Seat) -> list[tuple[object, ...]]:
    """Code and quotation of each annotation, in the order in which they were made; the quotation is the passage."""
    found = seat.rows('select code, exact, start, "end" from annotation order by id')
    for _, exact, start, end in found:
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert ESSAY.text[start:end] == exact
    return [(code, exact) for code, exact, _, _ in found]


def given(seat: Seat) -> str:
    """What stands under the scheme of the stamps."""
    return seat.right_of(75).rpartition("Evidence")[2].partition("Feedback")[0]


def legend(seat: Seat) -> dict[str, str]:
    """The codes by their letters."""
    return dict(re.findall(r"(?<!\S)([a-z]) (\S+)", given(seat)))


def evidence(seat: Seat) -> dict[str, int]:
    """The codes that are counted beside the scheme."""
    listed = given(seat)
    return {code: int(count) for code, count in re.findall(r"(\S+) (\d+)\b", listed)}


async def test_a_letter_stamps_the_paragraph_with_the_bar(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("k")
        assert seat.foot.startswith("✓ saved  K on ¶1")
        assert seat.lines[3].startswith("▌¶1  K      First essay.")
        assert "accurate, relevant own knowledge" in seat.text
        assert "1 annotation" in seat.text
        await seat.press("down", "n")
        assert quotations(seat) == [("K", FIRST), ("NAR", SECOND)]
        assert seat.rows("select label from log where marking_id is not null") == [("K on ¶1",), ("NAR on ¶2",)]
        assert seat.rows("select status, revision from marking") == [("in_progress", 2)]
        assert evidence(seat) == {"K": 1, "NAR": 1}


@pytest.mark.parametrize("letter", "abcdefghijklmnopqrstuvwxyz")
async def test_every_letter_stamps_or_says_why_not(world: World, letter: str) -> None:
    here = "k K, e E, x EXP, a AN, v EVAL, j J, l LINK, d DEV, n NAR, t ASSERT, f FACT, i IRR, c CRIT, s SYN, r REP"
    codes = dict(pair.split() for pair in f"{here}, u UNCL, o SEEN, y ✓, z ~".split(", "))
    elsewhere = {"p": "PROV", "h": "CON", "g": "ARG", "m": "MECH"}
    async with world.sit(HOLISTIC) as seat:
        await seat.press(letter)
        if letter in codes:
            assert quotations(seat) == [(codes[letter], FIRST)]
            assert codes[letter][:4] in seat.lines[3][:10], "cut where it would touch the text"
        else:
            told = f"{elsewhere[letter]} isn't used in this scheme" if letter in elsewhere else "No stamp is on the key"
            assert told in seat.foot
            assert seat.rows("select * from marking") == []


async def test_a_stamp_of_another_objective_acts_where_the_scheme_has_it(world: World) -> None:
    async with world.sit(SUMMED) as seat:
        await seat.press("p", "g")
        assert [code for code, _ in quotations(seat)] == ["PROV", "ARG"]


@pytest.mark.parametrize("shape", [HOLISTIC, SUMMED, PARTS])
async def test_the_legend_has_at_most_twelve_stamps_and_only_those_that_act(world: World, shape: str) -> None:
    async with world.sit(shape, size=(160, 60)) as seat:
        codes = list(legend(seat).values())
        assert 8 <= len(codes) <= 12
        assert ("PROV" in codes) <= (shape == SUMMED)


async def test_up_and_down_move_the_bar_and_stop_at_the_ends(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        for key, number in (("down", 2), ("down", 3), ("down", 4), ("down", 4), ("up", 3), ("home", 1), ("up", 1),
                            ("end", 4), ("home", 1), ("pagedown", 4), ("pageup", 1), ("space", 4)):  # fmt: skip
            await seat.press(key)
            assert f"reading ¶{number}" in seat.text, key
            (bar,) = [line for line in seat.lines if line.startswith(f"▌¶{number}")]
            assert bar


async def test_left_and_right_choose_a_sentence_and_up_and_down_forget_it(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("right", "k", "right", "e", "left", "j")
        assert quotations(seat) == [
            ("K", "First essay."),
            ("E", "Khrushchev spoke in secret in February 1956."),
            ("J", "First essay."),
        ]
        await seat.press("down", "left", "n")
        assert quotations(seat)[-1] == ("NAR", "The tanks came in November, and the thaw stopped at the border.")
        await seat.press("up", "down", "x")
        assert quotations(seat)[-1] == ("EXP", SECOND)


async def test_the_sentence_under_the_cursor_is_bold(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("right", "right")
        bold = "".join(
            segment.text
            for strip in seat.strips[3:5]
            for segment in strip.crop(11, 74)
            if segment.style is not None and segment.style.bold
        )
        assert "Khrushchev spoke in secret in February 1956." in bold
        assert "First" not in bold
        assert "The party" not in bold


async def test_shift_and_an_arrow_extend_over_paragraphs_too(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("left", "shift+right", "k")
        assert quotations(seat) == [("K", "Nobody had said such things.\n\nHungary rose in the autumn.")]
        assert seat.lines[4].startswith("▌    K"), "where it begins"
        assert "K" in seat.lines[6][:11] or "┃" in seat.lines[6][:11], "it is a stamp of the second paragraph too"
        await seat.press("escape", "escape", "down", "right", "shift+left", "e")
        assert quotations(seat)[-1] == ("E", "Nobody had said such things.\n\nHungary rose in the autumn.")


async def test_extending_stops_at_the_ends_of_the_essay(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("shift+left", "k", "end", "left", "shift+right", "e")
        assert quotations(seat) == [("K", FIRST), ("E", "Its substance, however, had not.")]


async def test_braces_trim_the_target_to_a_phrase(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("down", "right", "{", "}", "k")
        assert quotations(seat) == [("K", "rose in the")]
        await seat.press(*("}",) * 9, "e")
        assert quotations(seat)[-1] == ("E", "rose"), "a word always stays"


async def test_esc_goes_one_step_out_and_loses_nothing(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("down", "right", "k", "escape")
        assert "“Hungary rose in the autumn.”" not in seat.text, "the annotation is let go"
        await seat.press("e")
        assert quotations(seat)[-1] == ("E", "Hungary rose in the autumn.")
        await seat.press("escape", "escape", "n")
        assert quotations(seat)[-1] == ("NAR", SECOND), "from the sentence to the paragraph"
        await seat.press("escape", "escape")
        assert "0 of 3 finished" in seat.lines[0], "then to the list"
        assert len(quotations(seat)) == 3


async def test_a_capital_stamps_and_opens_the_comment(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("K")
        assert quotations(seat) == [("K", FIRST)]
        await seat.type("Which party?")
        await seat.press("escape")
        assert seat.rows("select code, comment from annotation") == [("K", "Which party?")]
        assert "Which party?" in seat.text
        assert seat.foot.startswith("✓ saved  comment on ¶1")


async def test_a_capital_of_a_stamp_that_is_not_used_opens_nothing(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("P")
        assert "PROV isn't used in this scheme" in seat.foot
        await seat.press("k")
        assert quotations(seat) == [("K", FIRST)]


async def test_a_full_stop_repeats_the_last_stamp_with_its_comment(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press(".")
        assert "Nothing to repeat yet" in seat.foot
        await seat.press("N")
        await seat.type("a story")
        await seat.press("escape", "down", ".", "down", "e", ".")
        assert seat.rows("select code, exact, comment from annotation order by id") == [
            ("NAR", FIRST, "a story"),
            ("NAR", SECOND, "a story"),
            ("E", THIRD, ""),
            ("E", THIRD, ""),
        ]


async def test_backspace_takes_off_the_stamp_just_made_here_and_nothing_else(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", "k", "e", "backspace")
        assert quotations(seat) == [("K", FIRST)]
        assert seat.foot.startswith("✓ saved  E removed from ¶1")
        await seat.press("down", "backspace")
        assert "Nothing to remove here; Ctrl+Z undoes" in seat.foot
        assert quotations(seat) == [("K", FIRST)]
        await seat.press(*("backspace",) * 4)
        assert seat.rows("select mark, level, tentative from award") == [(18, 4, 1)], "it never touches a mark"


async def test_brackets_go_through_the_annotations_in_reading_order(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("[")
        assert "No annotations yet" in seat.foot
        await seat.press("end", "n", "home", "k", "down", "down", "e", "escape", "home")
        for key, code, number in (("]", "K", 1), ("]", "E", 3), ("]", "NAR", 4), ("]", "K", 1), ("[", "NAR", 4),
                                  ("f9", "E", 3), ("f10", "NAR", 4)):  # fmt: skip
            await seat.press(key)
            assert f"▌ ¶{number} {code} “" in seat.text, key
            assert f"reading ¶{number}" in seat.text, "the essay follows"


async def test_a_quotation_mark_edits_the_annotation_that_is_shown(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("k", "down", "e", "[", '"')
        await seat.type("good")
        await seat.press("escape")
        assert seat.rows("select code, comment from annotation order by id") == [("K", "good"), ("E", "")]
        await seat.press('"', "end")
        await seat.type(" and exact")
        await seat.press("escape")
        assert seat.rows("select comment from annotation order by id") == [("good and exact",), ("",)]


async def test_without_an_annotation_a_quotation_mark_writes_a_bare_comment_on_the_target(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("down", '"')
        await seat.type("Which autumn?")
        await seat.press("escape")
        assert seat.rows("select code, exact, comment from annotation") == [("", SECOND, "Which autumn?")]
        assert "✎" in seat.lines[6][:11]
        await seat.press('"', *("backspace",) * len("Which autumn?"), "escape")
        assert seat.rows("select * from annotation") == [], "a bare comment that is emptied goes"
        await seat.press("down", '"', "escape")
        assert seat.rows("select * from annotation") == []


async def test_delete_removes_the_annotation_that_is_shown(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("delete")
        assert "No annotation is chosen" in seat.foot
        await seat.press("k", "down", "e", "escape", "home", "]", "delete")
        assert quotations(seat) == [("E", SECOND)]
        assert "K" not in seat.lines[3][:11]
        await seat.press("ctrl+z")
        assert {code for code, _ in quotations(seat)} == {"E", "K"}


async def test_overlapping_stamps_stand_both_in_the_gutter(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("down", "k", "right", "e", "n")
        gutter = [line[5:11].strip() for line in seat.lines[6:8]]
        assert gutter == ["K", "E+1"] or gutter == ["K+1", "NAR"] or "+" in "".join(gutter)
        assert evidence(seat) == {"K": 1, "E": 1, "NAR": 1}


async def test_every_hard_character_keeps_its_place(tmp_path_factory: pytest.TempPathFactory) -> None:
    world = lay_out(tmp_path_factory.mktemp("hard") / "marks.db", [HOLISTIC], [HARD_ESSAY])
    async with world.sit(HOLISTIC) as seat:
        for _ in HARD_ESSAY.paragraphs:
            await seat.press("k", "right", "e", "right", "shift+right", "}", "n", "down", "down", "down")
        for exact, start, end in seat.rows('select exact, start, "end" from annotation'):
            assert isinstance(start, int)
            assert isinstance(end, int)
            assert HARD_ESSAY.text[start:end] == exact
        assert seat.one("select count(*) from annotation") == 3 * len(HARD_ESSAY.paragraphs)


async def test_every_key_of_moving_about_does_on_a_handwritten_script(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    world = lay_out(tmp_path_factory.mktemp("empty") / "marks.db", [HOLISTIC], [None])
    async with world.sit(HOLISTIC) as seat:
        await seat.press("k")
        assert seat.one("select exact from annotation") == "p1 ¶1"
        await seat.press(
            "up", "down", "left", "right", "{", "shift+right", "home", "end", "pagedown", "[", '"', "escape"
        )
        await seat.press("4")
        assert seat.rows("select mark from award") == [(18,)], "a mark can be given all the same"


async def test_less_and_greater_go_to_the_neighbours_without_finishing(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("<")
        assert "That was the first essay of the pile" in seat.foot
        await seat.press("down", "k", ">")
        assert "Łucja Świderska" in seat.lines[0]
        assert "2 of 3" in seat.lines[0]
        assert seat.one("select count(*) from marking") == 1, "looking at an essay leaves no trace"
        await seat.press(">", ">")
        assert "That was the last essay of the pile" in seat.foot
        assert "Finn O’Connell" in seat.lines[0]
        await seat.press("<", "<")
        assert "reading ¶2" in seat.text, "back at the paragraph that was left"
        assert "K" in seat.lines[6][:11]
        assert seat.rows("select status from marking") == [("in_progress",)]


async def test_the_place_is_kept_a_moment_after_the_last_key(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("down", "right")
        start = ESSAY.text.index("Hungary")
        await seat.until(
            lambda: (
                seat.rows('select script_id, start, "end", by_sentence from place')
                == [(script_id(HOLISTIC, 1), start, start + len("Hungary rose in the autumn."), 1)]
            )
        )


async def test_the_same_sentence_is_the_target_after_a_restart(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("5", "down", "right", "right")
    async with world.sit(HOLISTIC) as seat:
        assert "reading ¶2" in seat.text
        await seat.press("k")
        assert quotations(seat) == [("K", PARAGRAPHS[1].split(". ")[1])]


async def test_the_place_of_one_who_only_read_is_kept(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("down", "down")
    async with world.sit(HOLISTIC) as seat:
        assert "reading ¶3" in seat.text


async def test_the_map_stands_beside_the_essay_from_the_start(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        assert "█" in seat.lines[3], "beside the paragraph that is being read"
        assert "│" in seat.lines[6], "and beside the next"

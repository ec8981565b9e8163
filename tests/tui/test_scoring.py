"""Digits, signs and the mark box: what each does on the screen and in the award's row."""

import json

import pytest

from tests.tui.desks import HOLISTIC, PARTS, PROFILE, SUMMED
from tests.tui.seat import Row, Seat, World

LABELS = "select label from log where marking_id is not null order by seq"


def award(seat: Seat, scale: str = "main") -> Row | None:
    """Mark, level, tentative and no response of a scale; None where no row is kept."""
    found = seat.rows("select mark, level, tentative, no_response from award where scale = ?", scale)
    return found[0] if found else None


def strands(seat: Seat, scale: str = "main") -> dict[str, object]:
    """Level and security of each strand that is placed."""
    placed = json.loads(str(seat.one("select strands from award where scale = ?", scale)))
    return {name: tuple(at) for name, *at in placed}


def last_label(seat: Seat) -> object:
    return seat.rows(LABELS)[-1][0]


@pytest.mark.parametrize(
    ("level", "middle", "top", "bottom"),
    [(1, 3, 5, 1), (2, 8, 10, 6), (3, 13, 15, 11), (4, 18, 20, 16), (5, 23, 25, 21)],
)
async def test_a_digit_gives_the_middle_mark_then_the_top_then_the_bottom(
    world: World, level: int, middle: int, top: int, bottom: int
) -> None:
    async with world.sit(HOLISTIC) as seat:
        for mark in (middle, top, bottom, middle):
            await seat.press(str(level))
            assert award(seat) == (mark, level, 1, 0)
            assert f"[{mark}]" in seat.text, "a tentative mark stands in brackets"
            assert f"{mark} / 25" in seat.text
            assert seat.foot.startswith(f"✓ saved  to Level {level}, {mark} of 25")
        assert last_label(seat) == f"to Level {level}, {middle} of 25"


async def test_the_lower_of_two_middle_marks_is_given(world: World) -> None:
    async with world.sit(SUMMED) as seat:
        await seat.press("4")
        assert award(seat, "ao1") == (14, 4, 1, 0)


async def test_the_chosen_level_stands_in_full_with_its_neighbours_in_a_sentence(world: World) -> None:
    async with world.sit(HOLISTIC, size=(120, 90)) as seat:
        before = [line[:66].rstrip() for line in seat.lines[3:85]]
        assert "L1" in seat.text
        await seat.press("4")
        assert "Brings particular evidence" in seat.right_of(74)
        assert "L5" in seat.text
        assert "L3" in seat.text
        assert "L2" not in seat.text
        after = [line[:66].rstrip() for line in seat.lines[3:85]]
        assert after == before, "a level never moves the text that is being read"
        await seat.press("~")
        full = seat.text
        assert full.count("knowledge ") == 3, "the levels above and below in full"
        await seat.press("f5")
        assert seat.text.count("knowledge ") == 1


async def test_a_digit_above_the_top_level_is_the_end_of_a_typed_mark(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("1", "8")
        assert award(seat) is None, "the level of the first digit is undone"
        assert seat.lines[-2].strip().startswith("18") or "18" in seat.text
        await seat.press("enter")
        assert award(seat) == (18, 4, 0, 0)
        assert seat.foot.startswith("✓ saved  to Level 4, 18 of 25")
        assert seat.one("select status from marking") == "in_progress", "Enter in the box finishes nothing"


async def test_a_typed_mark_that_is_left_keeps_the_level_that_was_there_before_its_first_digit(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", "+")
        assert award(seat) == (19, 4, 0, 0)
        await seat.press("2", "7")
        assert award(seat) == (19, 4, 0, 0)
        await seat.press("escape")
        assert award(seat) == (19, 4, 0, 0)
        assert "19 / 25" in seat.text


async def test_a_digit_long_before_is_not_the_beginning_of_a_mark(world: World) -> None:
    """After ``4 +`` the 4 was a level, not the first digit of 48; the same after any other key."""
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", "+", "8")
        assert award(seat) == (19, 4, 0, 0), "what was done since is not taken back"
        await seat.press("enter")
        assert award(seat) == (8, 2, 0, 0)
        await seat.press("1", "down", "7")
        assert award(seat) == (3, 1, 1, 0)
        await seat.press("enter")
        assert award(seat) == (7, 2, 0, 0)
        await seat.press("1", "k", "9", "escape")
        assert award(seat) == (3, 1, 1, 0)


async def test_plus_and_minus_move_the_mark_and_past_the_edge_the_level(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4")
        for key, mark, level in (("+", 19, 4), ("=", 20, 4), ("+", 21, 5), ("-", 20, 4), ("_", 19, 4)):
            await seat.press(key)
            assert award(seat) == (mark, level, 0, 0), key
            assert f"Level {level}, {mark} of 25" in seat.foot
        assert "▌ L4" in seat.text
        for _ in range(4):
            await seat.press("-")
        assert award(seat) == (15, 3, 0, 0)
        assert "▌ L3" in seat.text, "the level moves visibly"


async def test_plus_and_minus_stop_at_the_ends_of_the_scale(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("5", "5")
        assert award(seat) == (25, 5, 1, 0)
        await seat.press("+")
        found = award(seat)
        assert found is not None
        assert found[:2] == (25, 5)
        await seat.press("1", "1", "1")
        assert award(seat) == (1, 1, 1, 0)
        await seat.press("-", "-")
        assert award(seat) == (0, 0, 0, 0)


@pytest.mark.parametrize("key", ["+", "=", "-", "_"])
async def test_before_a_level_is_set_plus_and_minus_say_so_and_do_nothing(world: World, key: str) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press(key)
        assert "Choose a level first" in seat.foot
        assert "saved" not in seat.foot
        assert seat.rows("select * from marking") == []


async def test_zero_goes_round_nothing_creditable_no_response_unmarked(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        for _ in range(2):
            await seat.press("0")
            assert award(seat) == (0, 0, 0, 0)
            assert "saved" in seat.foot
            await seat.press("0")
            assert award(seat) == (None, None, 0, 1)
            assert "no response (NR)" in seat.foot
            assert "NR" in "\n".join(line[72:] for line in seat.lines[:-1])
            await seat.press("0")
            assert award(seat) is None
            assert "unmarked" in seat.foot


@pytest.mark.parametrize("key", [":", "#", "f3"])
async def test_the_mark_box_takes_a_mark(world: World, key: str) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press(key)
        assert "mark out of 25, or NR" in seat.text
        await seat.press("1", "7")
        assert seat.rows("select * from award") == [], "nothing is given until Enter"
        await seat.press("enter")
        assert award(seat) == (17, 4, 0, 0)
        assert "17 / 25" in seat.text
        assert "mark out of" not in seat.text
        await seat.press("k")
        assert seat.one("select count(*) from annotation") == 1, "the keys are the essay's again"


@pytest.mark.parametrize(
    ("typed", "row"), [("nr", (None, None, 0, 1)), ("NR", (None, None, 0, 1)), ("0", (0, 0, 0, 0))]
)
async def test_the_mark_box_takes_nr_and_nought(world: World, typed: str, row: Row) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press(":", *typed, "enter")
        assert award(seat) == row


@pytest.mark.parametrize("typed", ["26", "999", "N", "R", "1N"])
async def test_a_mark_that_is_none_is_refused_in_a_sentence(world: World, typed: str) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", ":", *typed, "enter")
        assert award(seat) == (18, 4, 1, 0), "the mark stays as it was"
        assert "25" in seat.foot, "the sentence says what may be given"
        assert "saved" not in seat.foot
        assert typed in seat.lines[-2 - seat.app.screen.query_one("#foot").size.height + 1], "it stays, to be mended"
        await seat.press("ctrl+u", *"21", "enter")
        assert award(seat) == (21, 5, 0, 0)
        assert "✓ saved" in seat.foot
        assert "line up" not in seat.foot
        await seat.press("k")
        assert seat.one("select count(*) from annotation") == 1, "the keys are the essay's again"


async def test_an_empty_mark_box_and_esc_leave_the_mark_as_it_was(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", ":", "enter")
        assert award(seat) == (18, 4, 1, 0)
        await seat.press(":", "9", "escape")
        assert award(seat) == (18, 4, 1, 0)
        assert "mark out of" not in seat.text
        await seat.press("down")
        assert "reading ¶2" in seat.text, "the arrows are the essay's again"


async def test_tab_goes_through_the_scales_and_the_total_stands_under_them(world: World) -> None:
    async with world.sit(SUMMED) as seat:
        await seat.press("4", "tab", "3", "tab", "5")
        assert [award(seat, scale) for scale in ("ao1", "ao2", "ao3")] == [(14, 4, 1, 0), (5, 3, 1, 0), (9, 5, 1, 0)]
        (total,) = [line for line in seat.lines if "Total" in line]
        assert total.split()[-3:] == ["28", "/", "40"]
        await seat.press("tab", "+")
        assert award(seat, "ao1") == (15, 4, 0, 0), "round to the first again"
        await seat.press("shift+tab", "-")
        assert award(seat, "ao3") == (8, 4, 0, 0)


async def test_opening_an_essay_the_first_scale_without_a_mark_is_active(world: World) -> None:
    async with world.sit(SUMMED) as seat:
        await seat.press("4", ">", "<", "3")
        assert award(seat, "ao1") == (14, 4, 1, 0)
        assert award(seat, "ao2") == (5, 3, 1, 0)


async def test_the_parts_of_a_question_are_marked_one_by_one(world: World) -> None:
    async with world.sit(PARTS) as seat:
        assert "Part (a)" in seat.text
        await seat.press("6", "6", "tab", "6")
        assert award(seat, "a") == (10, 6, 1, 0)
        assert award(seat, "b") == (18, 6, 1, 0)
        (total,) = [line for line in seat.lines if "Total" in line]
        assert total.split()[-3:] == ["28", "/", "30"]
        await seat.press("shift+tab", "0", "0")
        (total,) = [line for line in seat.lines if "Total" in line]
        assert total.split()[-3:] == ["18", "/", "30"], "no response counts nothing"


async def test_on_a_profile_a_digit_places_the_strand_and_goes_on_to_the_next(world: World) -> None:
    async with world.sit(PROFILE) as seat:
        assert "Profile" in seat.text
        await seat.press("4", "3")
        assert strands(seat) == {"analysis": (4, 0), "knowledge": (3, 0)}
        assert award(seat) == (None, None, 0, 0), "placing strands never moves the mark"
        assert "profile centre" not in seat.text
        await seat.press("4", "5")
        assert strands(seat)["organisation"] == (5, 0)
        assert "profile centre 14" in seat.text
        assert "(14.5 + 10 + 14.5 + 18.5) / 4 = 14.375" in seat.right_of(74), "its arithmetic is shown"
        assert award(seat) == (None, None, 0, 0), "and never applied by itself"
        assert last_label(seat) == "organisation at L5"


@pytest.mark.parametrize("key", ["\\", "f8"])
async def test_backslash_takes_the_profiles_centre(world: World, key: str) -> None:
    async with world.sit(PROFILE) as seat:
        await seat.press(key)
        assert "Place every strand first" in seat.foot
        await seat.press("4", "4", "4", "4", key)
        assert award(seat) == (15, 4, 0, 0)
        assert "15 of 20" in seat.foot


async def test_brackets_say_how_secure_the_strand_just_placed_is(world: World) -> None:
    async with world.sit(PROFILE) as seat:
        await seat.press("4", ")")
        assert strands(seat) == {"analysis": (4, 1)}
        assert "L4+" in seat.text
        await seat.press("(", "(")
        assert strands(seat) == {"analysis": (4, -1)}
        assert "L4-" in seat.text
        await seat.press("(")
        assert strands(seat) == {"analysis": (4, -1)}, "there is no less than less"


async def test_on_a_profile_the_mark_is_asked_after_the_last_strand(world: World) -> None:
    async with world.sit(PROFILE) as seat:
        await seat.press("4", "4", "4", "4")
        assert "digit" in seat.foot or "mark" in seat.foot
        await seat.press("3")
        assert award(seat) == (10, 3, 1, 0)
        assert strands(seat) == dict.fromkeys(("analysis", "knowledge", "judgement", "organisation"), (4, 0))
        await seat.press("tab", "2")
        assert strands(seat)["analysis"] == (2, 0), "Tab goes round to the first strand"


async def test_nought_places_a_strand_as_nothing_creditable(world: World) -> None:
    async with world.sit(PROFILE) as seat:
        await seat.press("0")
        assert strands(seat) == {"analysis": (0, 0)}
        assert award(seat) == (None, None, 0, 0)


@pytest.mark.parametrize("key", ["'", "f6"])
async def test_our_strands_on_a_holistic_scheme_never_suggest_a_mark(world: World, key: str) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press(key)
        assert "ours, not the board's" in seat.foot
        await seat.press("4", ")", "3")
        assert strands(seat) == {"focus": (4, 1), "knowledge": (3, 0)}
        assert award(seat) == (None, None, 0, 0)
        assert "Our strands, not the board's" in seat.text
        await seat.press(key, "5")
        assert award(seat) == (23, 5, 1, 0)
        await seat.press("\\")
        assert award(seat) == (23, 5, 1, 0)
        assert "no suggestion" in seat.foot


async def test_on_a_profile_the_strands_are_always_on(world: World) -> None:
    async with world.sit(PROFILE) as seat:
        await seat.press("'")
        assert "already" in seat.foot
        await seat.press("4")
        assert strands(seat) == {"analysis": (4, 0)}


async def test_security_before_a_strand_is_placed_says_so(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press(")")
        assert "Place a strand first" in seat.foot
        assert seat.rows("select * from marking") == []


@pytest.mark.parametrize("key", ["|", "f2"])
async def test_the_scheme_is_shown_and_hidden(world: World, key: str) -> None:
    async with world.sit(HOLISTIC) as seat:
        assert "Mark scheme" in seat.text
        await seat.press(key)
        assert "Mark scheme" not in seat.text
        await seat.press(key)
        assert "Mark scheme" in seat.text


async def test_in_a_narrow_window_the_scheme_is_a_drawer_that_tab_opens_and_esc_closes(world: World) -> None:
    async with world.sit(SUMMED, size=(80, 24)) as seat:
        assert "Mark scheme" not in seat.text
        await seat.press("tab")
        assert "Mark scheme" in seat.text
        await seat.press("tab", "3")
        assert award(seat, "ao2") == (5, 3, 1, 0)
        await seat.press("escape")
        assert "Mark scheme" not in seat.text
        await seat.press("|")
        assert "Mark scheme" in seat.text


async def test_feedback_and_the_marks_of_the_level_stay_in_sight(world: World) -> None:
    async with world.sit(HOLISTIC, size=(120, 30)) as seat:
        await seat.press(",")
        await seat.type("clear line")
        await seat.press("escape", "4")
        assert "clear line" in seat.text
        assert "[18]" in seat.text
        before = seat.text
        await seat.press("ctrl+up")
        assert seat.text != before, "what stands above can be scrolled to"
        assert "reading ¶1" in seat.text, "the essay stays where it is"


async def test_a_digit_that_goes_on_to_the_next_strand_says_so(world: World) -> None:
    async with world.sit(PROFILE) as seat:
        await seat.press("4")
        assert "analysis at L4 · now knowledge" in seat.lines[-1]
        await seat.press("3")
        assert "knowledge at L3 · now judgement" in seat.lines[-1]

"""Enter finishes and opens the next essay."""

import pytest
from textual.strip import Strip

from markdesk.core.errors import StoreUnavailable
from markdesk.core.ids import ScriptId
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.sitting import Sitting
from markdesk.tui.screens.marking import MarkingScreen
from markdesk.tui.widgets.lines import Lines
from tests.tui.desks import HOLISTIC, PARTS, PROFILE, SUMMED, script_id
from tests.tui.seat import Seat, World

STATUS = "select script_id, status from marking order by script_id"


async def test_enter_with_a_mark_completes_and_opens_the_next(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", "enter")
        assert seat.rows(STATUS) == [(script_id(HOLISTIC, 1), "complete")]
        assert seat.rows("select mark, level, tentative from award") == [(18, 4, 0)], "the tentative mark is firm"
        assert seat.one("select completed_at from marking") is not None
        assert "Łucja Świderska" in seat.lines[0]
        assert "2 of 3" in seat.lines[0]
        assert seat.lines[0].count("▰") == 3, "a third of the pile is done"
        assert seat.foot.startswith("✓ saved  finished")


async def test_enter_without_a_mark_leaves_it_in_progress_and_says_so_on_the_next(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("k", "enter")
        assert seat.rows(STATUS) == [(script_id(HOLISTIC, 1), "in_progress")]
        assert "Łucja Świderska" in seat.lines[0]
        assert "Amara Okafor: left in progress: no mark yet for Essay" in seat.foot
        assert "saved" not in seat.foot
        await seat.press("3", "enter", "3", "enter")
        assert "Amara Okafor" in seat.lines[0], "the one that was left comes round"


async def test_enter_on_an_untouched_essay_writes_nothing(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("enter")
        assert seat.rows(STATUS) == []
        assert seat.rows("select * from log where marking_id is not null") == []


async def test_every_scale_needs_its_mark(world: World) -> None:
    async with world.sit(SUMMED) as seat:
        await seat.press("4", "tab", "3", "enter")
        assert "no mark yet for AO3" in seat.foot
        await seat.press("<", "0", "0", "enter")
        assert seat.rows(STATUS) == [(script_id(SUMMED, 1), "complete")], "no response is an answer too"


@pytest.mark.parametrize("shape", [PROFILE])
async def test_a_profile_without_its_mark_stays_open(world: World, shape: str) -> None:
    async with world.sit(shape) as seat:
        await seat.press("4", "4", "4", "4", "enter")
        assert seat.rows(STATUS) == [(script_id(shape, 1), "in_progress")]
        await seat.press("<", "\\", "enter")
        assert seat.rows(STATUS) == [(script_id(shape, 1), "complete")]


async def test_the_next_essay_is_the_next_that_isnt_done(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press(">", "4", "enter")
        assert "Finn O’Connell" in seat.lines[0]
        await seat.press("4", "enter")
        assert "Amara Okafor" in seat.lines[0], "round to the beginning"
        await seat.press("4", "enter")
        assert "The pile is done" in seat.foot
        assert [status for _, status in seat.rows(STATUS)] == ["complete"] * 3
        assert seat.lines[0].count("▱") == 0
        await seat.press("enter")
        assert "The pile is done" in seat.foot
        await seat.press("escape")
        assert "3 of 3" in seat.text


async def test_the_last_open_essay_without_a_mark_says_so_and_stays(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", "enter", "4", "enter", "enter")
        assert "Finn O’Connell" in seat.lines[0]
        assert "no mark yet for Essay" in seat.foot


async def test_unmarking_a_finished_essay_opens_it_again(world: World) -> None:
    async with world.sit(PARTS) as seat:
        await seat.press("4", "tab", "4", "enter", "<")
        assert seat.rows(STATUS) == [(script_id(PARTS, 1), "complete")]
        await seat.press("0", "0", "0")
        assert seat.rows(STATUS) == [(script_id(PARTS, 1), "in_progress")]
        await seat.press("ctrl+z")
        assert seat.rows(STATUS) == [(script_id(PARTS, 1), "complete")]


async def test_a_changed_mark_on_a_finished_essay_is_saved_and_finished_still(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", "enter", "<", "+")
        assert seat.rows("select mark, tentative from award") == [(19, 0)]
        assert seat.rows(STATUS) == [(script_id(HOLISTIC, 1), "complete")]
        await seat.press("3")
        assert seat.rows("select mark, tentative from award") == [(13, 1)]
        await seat.press("enter")
        assert seat.rows("select mark, tentative from award") == [(13, 0)], "Enter makes it firm again"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_finished_essay_says_as_it_opens_that_keys_change_it(world: World, size: tuple[int, int]) -> None:
    told = "Finished: letters and digits still change it, Ctrl+Z undoes"
    async with world.sit(HOLISTIC, size=size) as seat:
        await seat.press("4")
        assert told not in seat.foot
        await seat.press("enter")
        assert told not in seat.foot, "the next isn't finished"
        await seat.press("<")
        assert told in seat.foot
        await seat.press("k", "ctrl+z")
        assert told not in seat.foot
    async with world.sit(size=size) as seat:
        await seat.press("ctrl+f", *"first essay", "enter")
        assert told in seat.foot, "from the search too"


async def test_a_burst_of_keys_takes_effect_in_its_order(world: World) -> None:
    """As fast as a terminal hands them over: two essays, stamped, marked and finished."""
    async with world.sit(HOLISTIC) as seat:
        await seat.burst("k", "down", "e", "4", "+", "enter", "n", "ctrl+z", "x", "2", "enter", "o")
        first, second, third = (script_id(HOLISTIC, n) for n in (1, 2, 3))
        assert seat.rows(
            "select script_id, code from annotation a join marking m on m.id = a.marking_id order by script_id, a.id"
        ) == [(first, "K"), (first, "E"), (second, "EXP"), (third, "SEEN")]
        assert seat.rows("select script_id, mark from award a join marking m on m.id = marking_id order by 1") == [
            (first, 19),
            (second, 8),
        ]


async def test_undo_on_the_next_essay_says_where_what_was_finished_is(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", "enter", "ctrl+z")
        assert "Nothing to undo in this essay; < goes back to Amara Okafor's" in seat.foot
        await seat.press("<", "ctrl+z")
        assert seat.rows(STATUS) == [(script_id(HOLISTIC, 1), "in_progress")]


async def test_after_the_last_essay_one_escape_leaves_and_no_letter_stamps(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", "enter", "4", "enter", "k", "4", "enter")
        assert "The pile is done" in seat.foot
        await seat.press("escape", "k")
        assert seat.rows("select code from annotation") == [("K",)], "the second k is the list's, and does nothing"


async def test_enter_twice_in_a_burst_opens_one_essay(world: World) -> None:
    async with world.sit() as seat:
        await seat.burst("enter", "enter", "enter")
        await seat.burst("enter", "enter", "enter")
        assert "Read-only" not in seat.text
        before = len(seat.app.screen_stack)
        await seat.press("4")
        assert seat.one("select count(*) from award") == 1
        assert before <= 3, "the library, the list and the essay"


async def test_a_next_essay_that_cant_be_opened_leaves_the_finished_one_on_the_screen(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with world.sit(HOLISTIC) as seat:
        opening = Sitting.open

        def refused(sitting: Sitting, script: ScriptId) -> MarkingDesk:
            if script == script_id(HOLISTIC, 2):
                raise StoreUnavailable("the disk is gone.", "")
            return opening(sitting, script)

        monkeypatch.setattr(Sitting, "open", refused)
        await seat.press("4", "enter")
        assert "The next essay can't be opened: the disk is gone." in seat.foot
        assert "Amara Okafor" in seat.lines[0]
        assert "1 done" in seat.lines[0]
        assert seat.rows(STATUS) == [(script_id(HOLISTIC, 1), "complete")]


async def test_the_place_is_kept_however_soon_enter_follows_a_step(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.burst("down", "4", "enter")
        assert "reading ¶1" in seat.text
        await seat.press("<")
        assert "reading ¶2" in seat.text


async def test_the_schemes_scroll_bar_keeps_its_column_and_is_empty_where_there_is_nothing_to_scroll(
    world: World,
) -> None:
    async with world.sit(HOLISTIC) as seat:
        scrolls, widths = set(), set()
        for key in ("4", "~", "enter", "<", "~", "0", "0", "0"):
            await seat.press(key)
            assert isinstance(seat.app.screen, MarkingScreen)
            side = seat.app.screen.side
            bar = side.vertical_scrollbar
            assert bar.window_virtual_size == len(side.lines), key
            assert side.scroll_y <= max(0, len(side.lines) - side.size.height), key
            is_empty = not any(
                "reverse" in str(piece.style) or piece.text.strip() for line in bar_of(side) for piece in line
            )
            assert is_empty == (len(side.lines) <= side.size.height), key
            scrolls.add(is_empty)
            widths.add(side.size.width)
        assert scrolls == {True, False}
        assert len(widths) == 1


def bar_of(side: Lines) -> list[Strip]:
    """The column of a panel's scroll bar, as it is drawn."""
    bar = side.vertical_scrollbar
    return bar.render_lines(bar.size.region)


async def test_the_drawer_opens_on_the_top_of_the_scheme_and_on_the_row_of_marks_once_there_is_one(
    world: World,
) -> None:
    async with world.sit(HOLISTIC, size=(80, 24)) as seat:
        await seat.press("|")
        assert isinstance(seat.app.screen, MarkingScreen)
        side = seat.app.screen.side
        assert side.scroll_y == 0
        await seat.press("|", "4", "|")
        assert "[18]" in seat.text
        assert side.scroll_y + side.size.height < len(side.lines), "no further than that row"


def whose(seat: Seat) -> str:
    """Whose essay is open."""
    screen = seat.app.screen
    assert isinstance(screen, MarkingScreen)
    return screen.opened.entry.student.name


async def test_a_mark_without_a_word_is_told_as_the_next_essay_opens(world: World) -> None:
    async with world.sit(HOLISTIC, checks="on") as seat:
        first = whose(seat)
        await seat.press("1", "enter")
        assert f"✓ saved  finished · {first} gets a mark and no word" in seat.foot
        assert whose(seat) != first, "nothing is held up"
        await seat.press("k", "1", "enter")
        assert "no word" not in seat.foot, "a note in the margin is one"
        last = whose(seat)
        await seat.press("1", "enter")
        assert f"{last} gets a mark and no word." in seat.spoken
    async with world.sit(HOLISTIC, checks="off") as seat:
        await seat.press("enter")
        assert "no word" not in seat.foot

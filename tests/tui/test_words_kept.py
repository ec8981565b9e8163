"""Words that nobody may lose: of a comment whose stamp has gone meanwhile; and a digit that is no feedback."""

import pytest

from tests.kit import shipped_rubric
from tests.tui.desks import HOLISTIC, RUBRICS, lay_out, script_id
from tests.tui.seat import Seat, World
from tests.tui.test_offers import LINES, mark_up
from tests.tui.test_windows import elsewhere

TARGETS = (
    "select f.text from feedback f join marking m on m.id = f.marking_id where f.field = 'target' order by m.script_id"
)
COMMENTS = "select code, comment, start from annotation order by id"


# -- a comment on what is no longer there


def take_off(world: World) -> None:
    """The only annotation of the first essay is taken off in another window."""
    with elsewhere(world) as other:
        (annotation,) = other.marking.annotations.values()
        other.remove_annotation(annotation.id)


async def test_a_comment_whose_stamp_was_taken_off_meanwhile_stands_on_its_passage_anew(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("down", "K")
        (start,) = seat.rows("select start from annotation")[0]
        await seat.type("Which party?")
        take_off(world)
        await seat.press("escape")
        assert "✓ saved" not in seat.foot, "the first time it is told that another window was here"
        assert "Which party?" in seat.text, "and the words are still in the editor"
        await seat.press("escape")
        assert world.rows(COMMENTS) == [("", "Which party?", start)]
        assert world.rows("select * from draft") == []
        assert "taken off meanwhile" in seat.foot
        await seat.press("ctrl+z")
        assert world.rows(COMMENTS) == [], "one act of its own"


async def test_half_typed_words_come_back_and_are_kept_after_their_stamp_has_gone(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("down", "K")
        (start,) = seat.rows("select start from annotation")[0]
        await seat.type("Which party?")
        await seat.leave()
    take_off(world)
    async with world.sit(HOLISTIC) as seat:
        await seat.press("home")
        assert "Which party?" in seat.text
        await seat.press("escape")
        assert world.rows(COMMENTS) == [("", "Which party?", start)]
        assert world.rows("select * from draft") == []


async def test_a_comment_that_was_only_looked_at_is_not_made_anew(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("K")
        await seat.type("Which party?")
        await seat.press("escape", '"')
        take_off(world)
        await seat.press("escape")
        assert world.rows(COMMENTS) == [], "nothing was typed that could be lost"


async def test_on_paper_it_stands_at_its_place_anew(tmp_path_factory: pytest.TempPathFactory) -> None:
    world = lay_out(tmp_path_factory.mktemp("paper") / "marks.db", [HOLISTIC], [None])
    async with world.sit(HOLISTIC) as seat:
        await seat.press("down", "K")
        ((place,),) = seat.rows("select exact from annotation")
        await seat.type("Which party?")
        take_off(world)
        await seat.press("escape", "escape")
        assert world.rows("select code, comment, exact from annotation") == [("", "Which party?", place)]


async def test_in_the_line_of_a_reason_a_semicolon_is_no_fault(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.app.screen.open_reason("main")  # type: ignore[attr-defined]
        await seat.type("weak; see ;zz here")
        await seat.press("escape")
        assert seat.app.is_running
        assert seat.rows("select reason from award") == [("weak; see ;zz here",)]


# -- a digit under which nothing is offered


async def test_a_lone_digit_that_takes_nothing_is_no_feedback(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await mark_up(seat)
        await seat.press(",", "enter", "enter")  # two are offered for EBI
        await seat.press("3", "enter")
        assert "Nothing is offered under 3" in seat.foot
        await seat.press("escape")
        assert "Nothing is offered under 3" in seat.text
        assert seat.rows(LINES) == [], "it isn't saved"
        assert seat.rows("select editor, text from draft") == [("ebi.1", "3")], "nor lost"
        await seat.press("backspace", "2", "escape")
        assert [row[0] for row in seat.rows(LINES)] == ["ebi"]
        assert seat.rows("select * from draft") == []


async def test_it_is_told_of_a_line_that_was_left_with_the_mouse(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press(",", "7")
        at = next(at for at, line in enumerate(seat.lines) if line.strip().startswith("EBI"))
        await seat.click(20, at)
        await seat.type("Dates.")
        await seat.press("escape")
        assert "Nothing is offered under 7" in seat.text
        assert seat.rows(LINES) == []
        await seat.press("backspace", "escape")
        assert seat.rows(LINES) == [("ebi", 1, "Dates.")], "the cursor was on the digit"


async def test_with_a_space_before_it_it_stands_as_it_is(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press(",", " ", "7", "escape")
        assert seat.rows(LINES) == [("www", 1, "7")]
        await seat.press(",", "escape")
        assert seat.rows(LINES) == [("www", 1, "7")], "and is not asked about again"


async def test_a_lone_digit_is_never_offered_again(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press(",", " ", "7", "escape", "4", "enter")
    async with world.sit(HOLISTIC, script=script_id(HOLISTIC, 2)) as seat:
        await seat.press(",", ";")
        await seat.type("7")
        assert "take it" in seat.foot
        assert not [line for line in seat.lines if line.strip(" ▌").split()[:2] == ["7", "×1"]]


# -- a target that is the scheme's line


async def take_next(seat: Seat) -> str:
    """Take the scheme's next line for the target."""
    await seat.press(",", "enter", "enter", "enter", "1", "escape")
    return str(seat.rows(TARGETS)[-1][0])


async def test_the_scheme_s_line_for_another_level_is_not_the_bank_s_first_guess(world: World) -> None:
    scale = shipped_rubric(RUBRICS[HOLISTIC]).scales[0]
    async with world.sit(HOLISTIC) as seat:
        await seat.press("2")
        low = await take_next(seat)
        assert low[6:20] in f"{scale.levels[2].summary[0].lower()}{scale.levels[2].summary[1:]}"
        await seat.press("enter", "4", ",", "enter", "enter", "enter", ";", "enter", "escape")
        (_, (best,)) = world.rows(TARGETS)
        assert best != low, "it was for level 2"
        await seat.press("enter", "2", ",", "enter", "enter", "enter", ";")
        assert low[:30] in seat.text, "for level 2 it is among the first"
        await seat.press("escape", "escape", "4", ",", "enter", "enter", "enter", ";")
        assert low[:30] not in seat.text
        assert str(best)[:30] in seat.text

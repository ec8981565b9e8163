"""After a redraft: annotations found by likeness are marked to be looked at; those without a place are put back."""

from pathlib import Path

from tests.tui.desks import HOLISTIC, PARAGRAPHS, lay_out
from tests.tui.handed_in import hand_in_again
from tests.tui.seat import Seat, World

NEWER = (
    f"First essay, mended. {PARAGRAPHS[0]}",
    # the tanks are reworded, the rising is as it was
    "Hungary rose in the autumn. The tanks arrived in early November, and so the thaw stopped at its border.",
    "At home the camps emptied.",  # what became of the writers is taken out
    PARAGRAPHS[3],
)
LOST = "Writers tried their luck, and some of them were printed."
ROWS = "select code, start, exact from annotation order by id"


async def mark(world: World) -> None:
    """Stamp a sentence that stays, one that is edited, and one that is taken out; with a comment on the last."""
    async with world.sit(HOLISTIC) as seat:
        await seat.press("down", "right", "k", "right", "e")
        await seat.press("down", "left", "V", *"Who?", "escape", "escape")
        assert [(code, exact) for code, _, exact in seat.rows(ROWS)] == [
            ("K", "Hungary rose in the autumn."),
            ("E", "The tanks came in November, and the thaw stopped at the border."),
            ("EVAL", LOST),
        ]


async def redrafted(tmp_path: Path) -> World:
    world = lay_out(tmp_path / "marks.db", (HOLISTIC,))
    await mark(world)
    hand_in_again(world, "Okafor", NEWER)
    return world


def places(seat: Seat) -> dict[object, object]:
    return {code: exact if start is not None else None for code, start, exact in seat.rows(ROWS)}


async def test_a_newer_text_tells_what_is_to_be_done(tmp_path: Path) -> None:
    world = await redrafted(tmp_path)
    async with world.sit(HOLISTIC) as seat:
        assert places(seat) == {
            "K": "Hungary rose in the autumn.",
            "E": "The tanks arrived in early November, and so the thaw stopped at its border.",
            "EVAL": None,
        }
        assert "Annotations: 1 without a place in this text, 1 found by likeness. ! lists them" in seat.foot


async def test_the_list_has_those_without_a_place_first_and_marks_those_to_look_at(tmp_path: Path) -> None:
    world = await redrafted(tmp_path)
    async with world.sit(HOLISTIC) as seat:
        await seat.press("!")
        assert "3 · 1 without a place · ≈ 1 by likeness" in seat.lines[0]
        assert [line.split()[:2] for line in seat.lines[2:5]] == [["▌lost", "EVAL"], ["2", "K"], ["≈2", "E"]]
        assert "no place in this text   ⏎ choose its place" in seat.foot
        await seat.press("end")
        assert "it stood on “The tanks came in November, and the thaw" in seat.foot
        await seat.press("enter")
        assert "≈ ¶2 E" in seat.text
        assert "found by likeness: it stood on “The tanks came in November" in seat.text


async def test_one_without_a_place_is_put_where_it_belongs(tmp_path: Path) -> None:
    world = await redrafted(tmp_path)
    async with world.sit(HOLISTIC) as seat:
        await seat.press("!", "=")
        assert f"EVAL stood on “{LOST}”" in seat.text
        await seat.press("end", "right", "right")
        assert f"EVAL stood on “{LOST}”" in seat.text, "moving about leaves it told"
        await seat.press("enter")
        assert places(seat)["EVAL"] == "Its substance, however, had not."
        assert "✓ saved" in seat.foot
        assert "EVAL moved to ¶4" in seat.foot
        assert seat.one("select comment from annotation where code = 'EVAL'") == "Who?"
        await seat.press("ctrl+z")
        assert places(seat)["EVAL"] is None


async def test_enter_on_one_without_a_place_begins_it_too_and_escape_leaves_it(tmp_path: Path) -> None:
    world = await redrafted(tmp_path)
    async with world.sit(HOLISTIC) as seat:
        await seat.press("!", "enter", "end", "escape")
        assert "Left without a place" in seat.foot
        assert places(seat)["EVAL"] is None
        await seat.press("4")
        assert seat.one("select level from award") == 4, "the keys are what they were"


async def test_another_act_ends_the_placing(tmp_path: Path) -> None:
    world = await redrafted(tmp_path)
    async with world.sit(HOLISTIC) as seat:
        await seat.press("!", "=", "end", "n")
        assert places(seat)["EVAL"] is None
        assert len(seat.rows(ROWS)) == 4
        await seat.press("enter")
        assert places(seat)["EVAL"] is None, "Enter finishes again"


async def test_words_can_be_found_while_it_is_placed(tmp_path: Path) -> None:
    world = await redrafted(tmp_path)
    async with world.sit(HOLISTIC) as seat:
        await seat.press("!", "=", "/", *"emptied", "escape", "enter")
        assert places(seat)["EVAL"] == "emptied"


async def test_after_one_the_next_is_at_hand(tmp_path: Path) -> None:
    world = lay_out(tmp_path / "marks.db", (HOLISTIC,))
    await mark(world)
    hand_in_again(world, "Okafor", ("Another essay altogether.", "Not a word of it stays."))
    async with world.sit(HOLISTIC) as seat:
        await seat.press("!")
        assert "3 without a place" in seat.lines[0]
        await seat.press("enter", "enter")
        assert "2 without a place" in seat.lines[0]
        assert "✓ saved" in seat.foot
        await seat.press("enter", "down", "enter", "enter", "down", "enter")
        assert None not in places(seat).values()
        assert "Another essay altogether." in seat.text, "nothing is left to place: the essay"
        assert "without a place" not in seat.text


async def test_one_on_a_wrong_place_is_put_on_another_and_is_no_longer_to_be_looked_at(tmp_path: Path) -> None:
    world = await redrafted(tmp_path)
    async with world.sit(HOLISTIC) as seat:
        await seat.press("!", "end", "=", "home", "enter")
        assert places(seat)["E"] == f"First essay, mended. {PARAGRAPHS[0]}"
        assert "≈" not in seat.text
        await seat.press("escape", "ctrl+z", "!")
        assert "≈ 1 by likeness" in seat.lines[0]


async def test_finishing_on_the_newer_text_ends_it(tmp_path: Path) -> None:
    world = await redrafted(tmp_path)
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", "enter", "<")
        assert "found by likeness" not in seat.text
        assert "1 without a place" in seat.foot


async def test_undo_of_the_move_brings_the_earlier_text_back(tmp_path: Path) -> None:
    world = await redrafted(tmp_path)
    async with world.sit(HOLISTIC) as seat:
        await seat.press("ctrl+z")
        assert places(seat)["EVAL"] == LOST
        await seat.press("!")
        assert "lost" not in seat.text
        assert "≈" not in seat.text

"""From an essay through the bank to another of the same pile, and back: the pile as it is by now, and the place."""

from tests.tui.desks import HOLISTIC, script_id
from tests.tui.seat import World
from tests.tui.test_bank_room import OLD, go_to, note


async def lay_out_uses(world: World) -> None:
    """The story is told in the first and the third essay."""
    for place in (1, 3):
        async with world.sit(HOLISTIC, script=script_id(HOLISTIC, place)) as seat:
            await note(seat, OLD)


async def test_back_from_another_essay_of_the_pile_the_count_is_as_it_is_by_now(world: World) -> None:
    await lay_out_uses(world)
    async with world.sit(HOLISTIC, script=script_id(HOLISTIC, 1)) as seat:
        assert "0 done" in seat.lines[0]
        await seat.press(";", "ctrl+l", "/")
        await seat.type("story")
        await seat.press("enter", "enter")
        await go_to(seat, "Finn")
        await seat.press("enter")
        assert "Finn" in seat.lines[0]
        await seat.press("4", "enter")  # finished; the next is opened
        assert world.rows("select count(*) from marking where status = 'complete'") == [(1,)]
        await seat.press("escape", "escape", "escape", "escape", "escape")
        assert "Amara Okafor" in seat.lines[0]
        assert "essay 1 of 3 · 1 done" in seat.lines[0]
        await seat.press("4", "enter")
        assert "Łucja" in seat.lines[0], "the next that isn't done"
        await seat.press("4", "enter")
        assert "The pile is done" in seat.foot, "also the one that was finished over it"


async def test_the_place_that_is_kept_on_quitting_is_the_topmost_essay_s(world: World) -> None:
    await lay_out_uses(world)
    async with world.sit(HOLISTIC, script=script_id(HOLISTIC, 1)) as seat:
        await seat.press("end", ";", "ctrl+l", "/")
        await seat.type("story")
        await seat.press("enter", "enter")
        await go_to(seat, "Finn")
        await seat.press("enter", "end", "up")
        await seat.leave()
    latest = world.rows("select script_id from place order by at desc limit 1")
    assert latest == [(script_id(HOLISTIC, 3),)]
    async with world.sit() as seat:
        await seat.press("space")
        assert "Finn" in seat.lines[0]
        assert "reading ¶3" in seat.text

"""An edit of a comment reaches the line of feedback that its words were taken into."""

from tests.tui.seat import World
from tests.tui.test_bank_room import NEW, OLD, open_bank, reword, told

__all__ = ["told"]


async def test_the_same_words_in_the_feedback_are_told_and_changed(told: World) -> None:
    (script,) = (one for (one,) in told.rows("select script_id from marking where status <> 'returned' limit 1"))
    async with told.sit(script=str(script)) as seat:
        await seat.press(",")
        await seat.type(OLD)
        await seat.press("escape")
    async with told.sit(size=(80, 24)) as seat:
        await open_bank(seat)
        await seat.press("home")
        while " comment " not in seat.here:
            await seat.press("down")
        await reword(seat)
        assert "2 the 3 uses not returned, 1 in feedback (1 returned stays)" in seat.spoken
        await seat.press("2")
        assert told.rows("select text from feedback") == [(NEW,)]

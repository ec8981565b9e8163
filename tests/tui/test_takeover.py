"""A scheme that changed after marking began: told in the library, looked at, taken over, gone through again."""

import os
from dataclasses import replace

import pytest

from markdesk.bootstrap import own_rubrics
from markdesk.core.ids import ScaleId
from markdesk.core.rubric import Rubric
from markdesk.store.sqlite.store import SqliteStore
from tests.cli.conftest import HOSTILE
from tests.kit import shipped_rubric
from tests.schemes_that_change import rebanded, reworded, written
from tests.tui.desks import HOLISTIC, NAMES, RUBRICS, SUMMED, script_id, under
from tests.tui.seat import Row, Seat, World
from tests.tui.test_rooms import LIBRARY, row

OTHER_BANDS = (5, 10, 17, 21, 25)
MARKINGS = "select script_id, status, completed_at, rubric_hash from marking order by script_id"
AWARDS = "select mark, level, tentative from award a join marking m on m.id = a.marking_id where script_id = ?"


def awards(world: World, place: int, shape: str = HOLISTIC) -> list[Row]:
    return world.rows(AWARDS + " order by scale", script_id(shape, place))


def under_own(world: World, shape: str) -> Rubric:
    """The assignment under a scheme of the teacher's own, which says what the shipped one says."""
    own = written(replace(shipped_rubric(RUBRICS[shape]), id=f"our-{shape}", version="1.0"))
    under(world, shape, own)
    return own


async def mark_two(world: World) -> Rubric:
    """The first essay a 16 and the second a 14, both finished; the third is to mark."""
    own = under_own(world, HOLISTIC)
    async with world.sit(HOLISTIC) as seat:
        await seat.press("k", "4", "4", "4", "enter", "3", "+", "enter")
    assert [awards(world, 1), awards(world, 2)] == [[(16, 4, 0)], [(14, 3, 0)]]
    return own


async def preview(seat: Seat) -> None:
    """From the library to what taking the class over would come to."""
    await seat.press("end")
    assert NAMES[HOLISTIC] in seat.here
    await seat.press("u")


async def test_the_library_tells_of_it_and_u_shows_what_would_become_of_each_mark(world: World) -> None:
    own = await mark_two(world)
    async with world.sit() as seat:
        await seat.press("end")
        assert "↻" not in seat.text
        assert "u take over" not in seat.foot
    written(rebanded(own, *OTHER_BANDS))
    before = world.rows("select count(*) from log")
    async with world.sit(size=(80, 24)) as seat:
        await seat.press("home", "down")
        assert "u take over the new scheme" not in seat.foot
        await seat.press("end")
        assert "2 of 3  ↻" in seat.here, "also where there is no room for the words"
        assert "u take over the new scheme" in seat.foot
        await seat.press("u")
        assert f"{NAMES[HOLISTIC]}: the new mark scheme" in seat.lines[0]
        assert "2 to look at again: unfinished until you have level 3: marks 11–15, now 11–17" in seat.spoken
        assert "1  not begun" in seat.text
        assert "Amara Okafor 16 was Level 4, is Level 3 now" in seat.spoken
        assert "Łucja Świderska 14, Level 3, in pencil" in seat.spoken
        await seat.press("escape")
        assert LIBRARY in seat.text
    assert world.rows("select count(*) from log") == before, "looking writes nothing"


async def test_enter_takes_the_class_over_and_the_queue_shows_what_to_look_at_again(world: World) -> None:
    own = await mark_two(world)
    new = written(rebanded(own, *OTHER_BANDS))
    async with world.sit() as seat:
        await preview(seat)
        await seat.press("enter")
        assert f"{NAMES[HOLISTIC]} is under version 2.0 now: 2 to look at again" in seat.text
        assert "↻" not in seat.text
        assert world.one("select rubric_hash from assignment where id = ?", HOLISTIC) == new.hash
        assert world.rows(MARKINGS) == [(script_id(HOLISTIC, n), "in_progress", None, new.hash) for n in (1, 2)]
        assert [awards(world, 1), awards(world, 2)] == [[(16, 3, 1)], [(14, 3, 1)]]
        await seat.press("enter")
        assert "0 of 3 finished   2 to look at again" in seat.lines[0]
        assert "↻ look again" in row(seat, "Amara Okafor")
        assert "▌" in row(seat, "Amara Okafor")
        assert "to mark" in row(seat, "Finn O’Connell")
        await seat.press("enter")
        assert "New mark scheme, look again: 16 was Level 4, is Level 3 now" in seat.foot
        await seat.press("enter")
        assert awards(world, 1) == [(16, 3, 0)]
        assert "✓ saved  finished · new mark scheme, look again: 14, Level 3, in pencil" in seat.foot
        await seat.press("4", "enter")
        assert awards(world, 2) == [(19, 4, 0)]
        await seat.press("escape")
        assert "2 of 3 finished   as" in seat.lines[0]
        assert "✓ marked" in row(seat, "Łucja Świderska")
        await seat.press("escape")
        assert "under version 2.0 now" not in seat.text, "it was told once"


async def test_undo_in_an_essay_takes_its_marks_back_and_redo_forward(world: World) -> None:
    own = await mark_two(world)
    before = world.rows(MARKINGS)
    new = written(rebanded(own, *OTHER_BANDS))
    async with world.sit() as seat:
        await preview(seat)
        await seat.press("enter", "enter", "enter")
        assert "L3" in seat.text
        await seat.press("ctrl+z")
        assert "Undo: new mark scheme" in seat.foot
        assert "L4  16–20" in seat.text, "the scheme beside it is the one it was marked under"
        assert world.rows(MARKINGS)[0] == before[0]
        assert awards(world, 1) == [(16, 4, 0)]
        await seat.press("3")
        assert awards(world, 1) == [(13, 3, 1)]
        await seat.press("ctrl+z", "escape")
        assert "1 under an earlier version" in seat.lines[0]
        assert "1 to look at again" in seat.lines[0]
        assert "L4  16 / 25" in row(seat, "Amara Okafor")
        assert "u take over the new scheme" in seat.foot
        await seat.press("u")
        assert "which the assignment is under already" in seat.spoken
        await seat.press("enter")
        assert f"{NAMES[HOLISTIC]} is under version 2.0 now: 1 to look at again" in seat.text
        assert "2 to look at again" in seat.lines[0]
        assert "under an earlier" not in seat.lines[0]
        assert awards(world, 1) == [(16, 3, 1)]
        await seat.press("enter", "ctrl+z", "ctrl+y")
        assert "L3  11–17" in seat.text
        assert world.rows(MARKINGS)[0] == (script_id(HOLISTIC, 1), "in_progress", None, new.hash)


async def test_new_words_leave_every_mark_as_it_is(world: World) -> None:
    own = await mark_two(world)
    before = world.rows("select script_id, status, completed_at, revision from marking order by script_id")
    written(reworded(own))
    async with world.sit() as seat:
        await seat.press("end")
        assert "scheme reworded" in seat.here
        await seat.press("u")
        assert "2  as before: nothing that their marks hang on has changed" in seat.text
        assert "· main, level 1: summary was" in seat.text
        await seat.press("enter")
        assert "is under version 1.1 now: every mark is as it was" in seat.text
    after = world.rows("select script_id, status, completed_at, revision from marking order by script_id")
    assert after == [(*one[:3], int(str(one[3])) + 1) for one in before]


async def test_scales_that_went_and_came_and_the_way_back_and_forth(world: World) -> None:
    own = under_own(world, SUMMED)
    async with world.sit(SUMMED) as seat:
        await seat.press("4", "tab", "5", "tab", "4", "enter")
    (ao1, ao2, ao3) = own.scales
    written(replace(own, version="2.0", scales=(ao1, ao2, replace(ao3, id=ScaleId("ao4"), title="AO4 Style"))))
    async with world.sit() as seat:
        await seat.press("end", "up")
        assert NAMES[SUMMED] in seat.here
        await seat.press("u")
        assert "AO4 Style: no mark yet; AO3 Historians' interpretations: taken off: 7, Level 4" in seat.spoken
        await seat.press("enter", "enter", "enter")
        assert world.rows("select scale from award order by scale") == [("ao1",), ("ao2",)]
        assert "AO4 Style" in seat.text
        await seat.press("3")
        assert world.rows("select scale from award order by scale") == [("ao1",), ("ao2",), ("ao4",)]
        steps = (("ctrl+z", "ao1 ao2"), ("ctrl+z", "ao1 ao2 ao3"), ("ctrl+y", "ao1 ao2"), ("ctrl+y", "ao1 ao2 ao4"))
        for key, scales in (*steps, *steps[:2]):
            await seat.press(key)
            assert world.rows("select scale from award order by scale") == [(scale,) for scale in scales.split()]
        before = awards(world, 1, SUMMED)[0]
        await seat.press("+")
        assert awards(world, 1, SUMMED)[0] == (int(str(before[0])) + 1, *before[1:]), "the first scale that is there"
        await seat.press("tab", "tab", "+")
        assert awards(world, 1, SUMMED)[2] == (8, 4, 0), "a key is for a scale that is there again"
        assert "AO4 Style" not in seat.text


async def test_an_essay_to_look_at_again_begins_at_the_mark_in_pencil(world: World) -> None:
    own = under_own(world, SUMMED)
    async with world.sit(SUMMED) as seat:
        await seat.press("4", "tab", "5", "tab", "4", "enter", "enter")
    (ao1, ao2, ao3) = own.scales
    *same, fourth, fifth = ao2.levels
    levels = (*same, replace(fourth, max=fourth.max + 1), replace(fifth, min=fifth.min + 1))
    written(replace(own, version="2.0", scales=(ao1, replace(ao2, levels=levels), ao3)))
    async with world.sit(size=(80, 24)) as seat:
        await seat.press("end", "up", "u", "enter", "enter")
        assert "0 of 3 finished   1 to look at again" in seat.lines[0]
        assert row(seat, "Amara Ok").split()[-6:] == ["14", "(9)", "7", "30", "/", "40"]
        await seat.press("enter", "+")
        assert awards(world, 1, SUMMED) == [(14, 4, 0), (10, 5, 0), (7, 4, 0)]


async def test_a_returned_marking_is_byte_for_byte_the_same(world: World) -> None:
    own = await mark_two(world)
    store = SqliteStore(world.path)
    store.connection.execute("update marking set status = 'returned' where script_id = ?", (script_id(HOLISTIC, 1),))
    store.close()
    everything = "select * from marking m left join award a on a.marking_id = m.id where m.script_id = ?"
    before = world.rows(everything, script_id(HOLISTIC, 1))
    new = written(rebanded(own, *OTHER_BANDS))
    async with world.sit() as seat:
        await preview(seat)
        assert "1  returned: stays under the version that it was marked under" in seat.text
        await seat.press("enter", "enter")
        assert "✓ returned" in row(seat, "Amara Okafor")
        assert "L4  16 / 25" in row(seat, "Amara Okafor")
        assert "under an earlier version" not in seat.lines[0]
        await seat.press("r")
        assert "1 under other ranges left out" in seat.text
    assert world.rows(everything, script_id(HOLISTIC, 1)) == before
    assert world.one("select rubric_hash from marking where script_id = ?", script_id(HOLISTIC, 2)) == new.hash


async def test_an_essay_open_in_another_window_stops_it_and_says_whose(world: World) -> None:
    own = await mark_two(world)
    written(rebanded(own, *OTHER_BANDS))
    before = world.rows(MARKINGS)
    async with world.sit() as seat:
        await preview(seat)
        other = SqliteStore(world.path)
        (marker,) = other.markers()
        held = other.hold(other.entries(marker.id)[-1].script.id, marker.id)
        assert not isinstance(held, str)
        await seat.press("enter")
        assert "essay is open for marking in another window" in seat.spoken
        assert "Nothing was changed." in seat.spoken
        assert world.rows(MARKINGS) == before
        held.release()
        other.close()
        await seat.press("enter")
        assert "is under version 2.0 now" in seat.text


async def test_a_desk_that_may_not_be_written_to_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    own = await mark_two(world)
    written(rebanded(own, *OTHER_BANDS))
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    async with world.sit() as seat:
        await preview(seat)
        await seat.press("enter")
        assert "read-only" in seat.spoken


async def test_where_nothing_changed_u_says_so_and_a_lost_file_is_told(world: World) -> None:
    own = await mark_two(world)
    async with world.sit() as seat:
        await preview(seat)
        assert "there is nothing to take over" in seat.text
        await seat.press("enter", "u")
        assert "there is nothing to take over" in seat.text
    (own_rubrics() / f"{own.id}.toml").unlink()
    async with world.sit() as seat:
        await preview(seat)
        assert f"No mark scheme is called '{own.id}'." in seat.text


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", [(60, 18), (80, 24), (200, 60)])
async def test_it_fits_every_window_and_acts_on_no_words(world: World, size: tuple[int, int], theme: str) -> None:
    own = await mark_two(world)
    written(replace(rebanded(own, *OTHER_BANDS), title=f"Ours {HOSTILE} and a title that is long " * 2))
    async with world.sit(size=size, theme=theme) as seat:
        await preview(seat)
        assert "[/b][@click=app.quit]x" in seat.text
        assert not {"\x1b", "\u202e"} & set(seat.text)
        assert "⏎ take the class over" in seat.foot
        await seat.press("question_mark")
        assert "take the class over, as it is told here" in seat.spoken
        await seat.press("escape", "end", "enter")
        assert LIBRARY in seat.text
        assert awards(world, 1) == [(16, 3, 1)]

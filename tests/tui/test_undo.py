"""Ctrl+Z takes back anything, also after a restart, and the foot says what."""

from dataclasses import dataclass

import pytest

from markdesk.store.sqlite.store import SqliteStore
from tests.tui.desks import HOLISTIC, PROFILE, SUMMED
from tests.tui.seat import Row, Seat, World

TABLES = {
    "annotation": 'select code, comment, start, "end" from annotation order by id',
    "award": "select scale, mark, level, tentative, no_response, strands from award order by scale",
    "feedback": "select field, place, text from feedback order by field, place",
    "marking": "select script_id, status, completed_at from marking order by script_id",
}


def state(world: World) -> dict[str, list[Row]]:
    """Everything that an act can change."""
    return {name: world.rows(sql) for name, sql in TABLES.items()}


@dataclass(frozen=True)
class Act:
    """Keys that make one act, after keys that make it possible, and what Ctrl+Z then calls it."""

    name: str
    before: str
    keys: str
    label: str
    shape: str = HOLISTIC


ACTS = (
    Act("stamp", "", "k", "K on ¶1"),
    Act("comment", "k", '" h i escape', "comment on ¶1"),
    Act("bare comment", "", '" h i escape', "comment on ¶1"),
    Act("comment emptied", 'k " h i escape', '" backspace backspace escape', "comment on ¶1"),
    Act("removal", "k", "delete", "K removed from ¶1"),
    Act("backspace", "k e", "backspace", "E removed from ¶1"),
    Act("repeat", "k down", ".", "K on ¶2"),
    Act("level", "", "4", "to Level 4, 18 of 25"),
    Act("level three times", "", "4 4 4", "to Level 4, 16 of 25"),
    Act("marks", "4", "+ + + -", "to Level 4, 20 of 25"),
    Act("typed mark", "4", ": 1 7 enter", "to Level 4, 17 of 25"),
    Act("nought", "4 home", "0", "0: "),
    Act("no response", "4", ": n r enter", "no response (NR)"),
    Act("strand", "4", "3", "knowledge at L3", PROFILE),
    Act("security", "4", ")", "analysis at L4+", PROFILE),
    Act("suggestion", "4 4 4 4", "\\", "to Level 4, 15 of 20", PROFILE),
    Act("our strand", "3 '", "4", "focus at L4"),
    Act("second scale", "4 tab", "3", "AO2 Primary sources to Level 3, 5 of 10", SUMMED),
    Act("feedback", "k", ", g o escape", "WWW written"),
)
each_act = pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)


def on_screen(seat: Seat) -> list[str]:
    """The essay and the scheme: all but the notes and the foot. The map is another test's."""
    return [(line[:66].rstrip() + "|" + line[73:]).rstrip() for line in seat.lines[2:-4]]


@each_act
async def test_an_act_is_taken_back_and_done_again(world: World, act: Act) -> None:
    async with world.sit(act.shape, size=(120, 90)) as seat:
        await seat.press(*act.before.split())
        before, seen_before = state(world), on_screen(seat)
        world.clock.wait(100)
        await seat.press(*act.keys.split())
        after, seen_after = state(world), on_screen(seat)
        assert after != before
        await seat.press("ctrl+z")
        assert seat.foot.startswith(f"✓ saved  Undo: {act.label}")
        assert {**state(world), "marking": []} == {**before, "marking": []}
        assert on_screen(seat) == seen_before
        await seat.press("ctrl+y")
        assert seat.foot.startswith(f"✓ saved  Redo: {act.label}")
        assert state(world) == after
        assert on_screen(seat) == seen_after


@each_act
async def test_an_act_is_taken_back_and_done_again_after_restarts(world: World, act: Act) -> None:
    async with world.sit(act.shape) as seat:
        await seat.press(*act.before.split())
        before = state(world)
        world.clock.wait(100)
        await seat.press(*act.keys.split())
        after = state(world)
    async with world.sit(act.shape) as seat:
        assert state(world) == after
        await seat.press("ctrl+z")
        assert seat.foot.startswith(f"✓ saved  Undo: {act.label}")
        assert {**state(world), "marking": []} == {**before, "marking": []}
    async with world.sit(act.shape) as seat:
        await seat.press("ctrl+y")
        assert seat.foot.startswith(f"✓ saved  Redo: {act.label}")
        assert state(world) == after


async def test_everything_can_be_taken_back_to_the_clean_essay(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        clean = [line[:66].rstrip() for line in seat.lines[2:34]]
        await seat.press("k", "down", "E", "a", "b", "escape", "3", "+", "+", "+", "0", "0", ".", "[", "delete", ",")
        await seat.type("well")
        await seat.press("escape")
        done = state(world)
        count = 0
        while "Nothing to undo" not in seat.foot:
            await seat.press("ctrl+z")
            count += 1
            assert count < 30
        found = state(world)
        assert (found["annotation"], found["award"], found["feedback"]) == ([], [], [])
        await seat.press("home")
        assert [line[:66].rstrip() for line in seat.lines[2:34]] == clean
        while "Nothing to redo" not in seat.foot:
            await seat.press("ctrl+y")
            count += 1
            assert count < 60
        assert state(world) == done


async def test_five_taps_of_plus_come_back_as_one(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("3", "+", "+", "-", "+", "+")
        await seat.press("ctrl+z")
        assert world.rows("select mark, level, tentative from award") == [(13, 3, 1)]
        await seat.press("ctrl+z")
        assert world.rows("select * from award") == []


async def test_an_act_after_an_undo_ends_what_could_be_redone(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("k", "ctrl+z", "e", "ctrl+y")
        assert "Nothing to redo" in seat.foot
        assert world.rows("select code from annotation") == [("E",)]


async def test_finishing_is_taken_back_on_the_essay_that_was_finished(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", "enter", "<", "ctrl+z")
        assert "Undo: finished" in seat.foot
        assert world.rows("select status, completed_at from marking") == [("in_progress", None)]
        assert world.rows("select tentative from award") == [(1,)]
        await seat.press("ctrl+y")
        assert world.rows("select status from marking") == [("complete",)]


async def test_after_undoing_a_strand_the_next_digit_is_for_that_strand(world: World) -> None:
    async with world.sit(PROFILE) as seat:
        await seat.press("4", "3", "ctrl+z", "5")
        placed = '[["analysis", 4, 0], ["knowledge", 5, 0]]'
        assert world.rows("select strands from award") == [(placed,)]
        await seat.press("ctrl+z", "ctrl+y", "2")
        assert "judgement" in str(world.one("select strands from award"))


async def test_after_undoing_on_another_scale_the_next_digit_is_for_that_scale(world: World) -> None:
    async with world.sit(SUMMED) as seat:
        await seat.press("4", "tab", "3", "tab", "ctrl+z", "2")
        assert world.rows("select scale, level from award order by scale") == [("ao1", 4), ("ao2", 2)]


async def test_undo_on_one_essay_leaves_the_others_alone(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("k", ">", "ctrl+z")
        assert "Nothing to undo in this essay" in seat.foot
        assert world.rows("select code from annotation") == [("K",)]


async def test_inside_an_editor_they_are_the_editors_own(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("K")
        await seat.type("one")
        await seat.press("ctrl+z")
        assert world.rows("select code from annotation") == [("K",)], "the stamp stays"
        await seat.press("escape")
        await seat.press("ctrl+z")
        assert "Undo" in seat.foot


async def test_the_log_keeps_every_step_and_the_desk_can_be_checked(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("k", "ctrl+z", "ctrl+y", "4", "ctrl+z", "enter")
        kinds = world.rows("select kind, label from log where marking_id is not null order by seq")
        assert kinds == [
            ("do", "K on ¶1"),
            ("undo", "Undo: K on ¶1"),
            ("redo", "Redo: K on ¶1"),
            ("do", "to Level 4, 18 of 25"),
            ("undo", "Undo: to Level 4, 18 of 25"),
        ]
    store = SqliteStore(world.path)
    assert store.verify().problems == ()
    store.close()

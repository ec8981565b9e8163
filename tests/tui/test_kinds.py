"""What each kind of task is given: WWW and targets, comments for a moderator, or questions."""

import sqlite3
from pathlib import Path

import pytest

from markdesk.core.coursework import Kind
from tests.tui.desks import SUMMED, lay_out
from tests.tui.seat import World

LINES = "select field, place, text from feedback order by field, place"


def world_of(path: Path, kind: Kind) -> World:
    world = lay_out(path, (SUMMED,))
    connection = sqlite3.connect(path)
    connection.execute("update assignment set kind = ?", (kind,))
    connection.commit()
    connection.close()
    return world


async def test_coursework_has_a_comment_for_each_objective_and_a_note(tmp_path: Path) -> None:
    world = world_of(tmp_path / "marks.db", Kind.NEA)
    async with world.sit(SUMMED) as seat:
        assert "writes a comment for each objective" in seat.text
        await seat.press(",")
        await seat.type("p. 3: secure")
        await seat.press("tab")
        await seat.type("Two sources")
        await seat.press("tab", "tab")
        await seat.type("mine")
        await seat.press("escape")
        assert seat.rows(LINES) == [("ao", 1, "p. 3: secure"), ("ao", 2, "Two sources"), ("note", 1, "mine")]
        assert "AO1      p. 3: secure" in seat.text
        assert "WWW" not in seat.text
        await seat.press("ctrl+z")
        assert seat.rows(LINES) == [("ao", 1, "p. 3: secure"), ("ao", 2, "Two sources")]


async def test_a_draft_is_given_questions_only(tmp_path: Path) -> None:
    world = world_of(tmp_path / "marks.db", Kind.NEA_DRAFT)
    async with world.sit(SUMMED) as seat:
        await seat.press(",")
        assert "boards forbid suggestions" in seat.text
        await seat.type("Whose view is this?")
        await seat.press("enter")
        await seat.type("What else could it show?")
        await seat.press("escape")
        assert seat.rows(LINES) == [("question", 1, "Whose view is this?"), ("question", 2, "What else could it show?")]


@pytest.mark.parametrize("kind", [Kind.CLASS_ESSAY, Kind.MOCK])
async def test_an_essay_for_a_student_has_www_ebi_target_and_task(tmp_path: Path, kind: Kind) -> None:
    world = world_of(tmp_path / "marks.db", kind)
    async with world.sit(SUMMED) as seat:
        await seat.press(",")
        for word in ("one", "two", "three", "four", "five"):
            await seat.type(word)
            await seat.press("tab")
        await seat.press("escape")
        assert [row[0] for row in seat.rows(LINES)] == ["ebi", "target", "task", "www", "www"]


async def test_lines_that_were_written_before_the_kind_was_set_are_still_there(tmp_path: Path) -> None:
    world = world_of(tmp_path / "marks.db", Kind.CLASS_ESSAY)
    async with world.sit(SUMMED) as seat:
        await seat.press(",")
        await seat.type("well")
        await seat.press("escape")
    connection = sqlite3.connect(world.path)
    connection.execute("update assignment set kind = 'NEA'")
    connection.commit()
    connection.close()
    async with world.sit(SUMMED) as seat:
        await seat.press(",")
        assert "WWW" in seat.text
        assert "well" in seat.text

"""The task pass: what became of each returned essay's task, one key each, down to the row."""

from pathlib import Path

import pytest

from markdesk.core.feedback import Field
from markdesk.core.ids import AssignmentId
from markdesk.core.marking import TaskDone
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.sitting import Sitting
from markdesk.store.sqlite.store import SqliteStore
from tests.tui.desks import HOLISTIC, SUMMED, lay_out
from tests.tui.lined import lined
from tests.tui.seat import Seat, World
from tests.tui.test_pictures import check_picture

LONG = (
    "Write a new conclusion of five sentences that answers ‘how far’, with a criterion named in the first of them and"
    " judged against in the last, and underline the sentence that makes the judgement, so that it can be found."
)
HOSTILE = "[b]Rewrite[/b] ¶2 \x1b[31m"
GIVEN = (
    (LONG, "Weigh both sides."), ("", "Weigh both sides."), (HOSTILE, ""), ("", ""),
    ("Add two dates to the second paragraph.", "Say how far."),
)  # fmt: skip
"""The task and the target of each essay, in the order of the scripts: Okafor, Świderska, O’Connell, Hartley, Marsh."""
WANTED = (
    "select st.family_name, m.task_done from marking m join script s on s.id = m.script_id"
    " join student st on st.id = s.student_id where m.task_done is not null order by 1"
)


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Six essays, five of them returned."""
    world = lined(tmp_path / "marks.db", [(9 + 2 * n,) for n in range(6)])
    store = SqliteStore(world.path, create=True)
    desk = world.desk(store)
    (assignment,) = (a for a in desk.store.assignments() if a.id == AssignmentId(HOLISTIC))
    sitting = Sitting(desk, assignment, "arrival")
    for entry, (task, target) in zip(sitting.entries, GIVEN, strict=False):
        opened = sitting.open(entry.script.id)
        opened.write_feedback(Field.TASK, 1, task)
        opened.write_feedback(Field.TARGET, 1, target)
        assert opened.return_to_student().is_saved
    sitting.close()
    store.close()
    return world


def under_bar(seat: Seat) -> str:
    (line,) = seat.bars
    return line


async def to_the_tasks(seat: Seat) -> None:
    await seat.press("escape", "k")
    assert "the tasks, after the return" in seat.lines[0]


async def test_down_the_class_with_a_key_each(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await to_the_tasks(seat)
        assert "5 returned · 0 responded · 0 checked" in seat.text
        assert "1 without a task" in seat.lines[0]
        assert "Chloe Marsh" in under_bar(seat)
        await seat.press("1")
        assert world.rows(WANTED) == [("Marsh", "done well")]
        assert "✓ saved  Chloe Marsh: task done well" in seat.foot
        assert "Finn O’Connell" in under_bar(seat)
        await seat.burst("3", "2", "r")
        assert world.rows(WANTED) == [
            ("Marsh", "done well"), ("Okafor", "done"), ("O’Connell", "not done"), ("Świderska", "responded"),
        ]  # fmt: skip
        assert "5 returned · 3 responded · 3 checked: 1 well, 1 done, 1 not" in seat.text
        assert "Łucja Świderska" in under_bar(seat), "after the last there is none to go on to"
        assert "✓ saved" in seat.foot
        await seat.press("up")
        assert "✓ saved" not in seat.foot
        await seat.press("down")
        await seat.press("0")
        assert "Świderska" not in [name for name, _ in world.rows(WANTED)]
    assert world.rows("select distinct status from marking where task_done is not null") == [("returned",)]
    assert world.rows("select count(*) from marking where task_done is not null and task_done_at is null") == [(0,)]


async def test_undo_goes_back_along_what_was_recorded_here(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await to_the_tasks(seat)
        await seat.press("1", "2", "ctrl+z")
        assert world.rows(WANTED) == [("Marsh", "done well")]
        assert "Finn O’Connell" in under_bar(seat), "the cursor is where something was taken back"
        await seat.press("ctrl+z")
        assert world.rows(WANTED) == []
        await seat.press("ctrl+z")
        assert "Nothing to undo here" in seat.foot
        assert world.rows("select count(*) from marking where status = 'returned'") == [(5,)]
        await seat.press("ctrl+y")
        assert world.rows(WANTED) == [("Marsh", "done well")]


async def test_enter_opens_the_essay_and_esc_comes_back(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await to_the_tasks(seat)
        await seat.press("2", "up", "enter")
        assert "This is the essay of Chloe Marsh" in seat.text
        await seat.press("ctrl+z")
        assert world.rows(WANTED) == []
        await seat.press("escape")
        assert "5 returned · 0 responded · 0 checked" in seat.text
        assert "Chloe Marsh" in under_bar(seat)
        await seat.press("ctrl+z")
        assert "marked further since" in seat.spoken
        await seat.press("escape")
        assert "lined" not in seat.lines[0]
        assert "In the order marked" in seat.text


async def test_an_essay_that_is_no_longer_returned_leaves_the_list(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await to_the_tasks(seat)
        for left in (3, 2, 1, 0):
            await seat.press("home", "enter", "ctrl+z", "escape")
            assert f"{left + 1} returned" in seat.text
        await seat.press("1", "up", "enter", "ctrl+z")
        assert "1 without a task" in seat.lines[0]
        assert world.rows(WANTED) == []


async def test_the_whole_task_stands_below_and_markup_is_text(world: World) -> None:
    async with world.sit(HOLISTIC, size=(80, 24)) as seat:
        await to_the_tasks(seat)
        await seat.press("down")
        assert "[b]Rewrite[/b] ¶2" in under_bar(seat)
        assert "\x1b" not in seat.text
        await seat.press("down")
        assert "…" in under_bar(seat)
        assert "underline the sentence" in seat.spoken
        await seat.press("down")
        assert "Target: Weigh both sides." in under_bar(seat)


async def test_names_stay_hidden(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("escape", "v", "k", "1")
        assert "names hidden" in seat.lines[0]
        for name in ("Okafor", "Świderska", "O’Connell", "Hartley", "Marsh"):
            assert name not in seat.text
        assert "#" in under_bar(seat)
        assert len(world.rows(WANTED)) == 1


async def test_where_there_is_nothing_to_check_the_list_says_why(tmp_path: Path) -> None:
    world = lined(tmp_path / "marks.db", [(9,), (11,)])
    async with world.sit(HOLISTIC) as seat:
        await seat.press("escape")
        assert "k tasks" not in seat.foot
        await seat.press("k")
        assert "No essay is returned yet: l lines the pile up and returns it" in seat.text
        await seat.press("l", "R", "enter", "escape")
        assert "k tasks" in seat.foot
        await seat.press("k")
        assert "No returned essay was given a task or a target" in seat.text


async def test_the_students_page_says_what_became_of_it(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await to_the_tasks(seat)
        await seat.press("1", "escape", "/", *"marsh", "escape", "s")
        assert "Add two dates to the second paragraph." in seat.text
        assert "(task done well)" in seat.spoken


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_what_it_looks_like(world: World, size: tuple[int, int]) -> None:
    async with world.sit(HOLISTIC, size=size) as seat:
        await to_the_tasks(seat)
        await seat.press("1", "r")
        check_picture(f"tasks-{size[0]}x{size[1]}", seat)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_beside_the_last_target_stands_what_became_of_its_task(tmp_path: Path, size: tuple[int, int]) -> None:
    world = lay_out(tmp_path / "marks.db", (HOLISTIC, SUMMED))
    store = SqliteStore(world.path, create=True)
    desk = world.desk(store)
    opened = MarkingDesk(desk, desk.store.entries(desk.marker.id, AssignmentId(HOLISTIC))[0])
    opened.give_mark("main", 14)
    opened.write_feedback(Field.TARGET, 1, f"Weigh both sides. {LONG}")
    opened.finish()
    opened.return_to_student()
    opened.record_task(TaskDone.NOT_DONE)
    store.close()
    async with world.sit(SUMMED, size=size) as seat:
        line = next(line for line in seat.lines if "Last target" in line)
        assert line.endswith("…”   task not done")

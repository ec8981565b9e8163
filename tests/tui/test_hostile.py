"""Text is data: whatever an essay, a name, a question or a comment holds is shown and never obeyed."""

from dataclasses import dataclass

import pytest

from markdesk.core.essay import Essay, Span
from markdesk.core.feedback import Field
from markdesk.core.ids import GroupId, ScriptId, StudentId
from markdesk.core.people import Student, TeachingGroup
from markdesk.core.plain import is_plain, show, show_line
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.store.sqlite.store import SqliteStore
from tests.kit import HARD_ESSAY
from tests.tui.desks import HOLISTIC, PARTS, PROFILE, SUMMED, lay_out
from tests.tui.seat import Seat, World

MARKUP = "[Henry] [/b] [@click=app.quit]quit[/] [link='http://e']L[/] [bold red]x[/] {x} $accent \\[b]"
ESCAPES = "\x1b[2J\x1b]52;c;aGk=\x07\x1b]8;;http://e\x1b\\ \x9b31m \x00\x7f\x85"
HIDDEN = "\u202egnp.exe\u202c \u2066a\u2069 \u200b\ufeff\U000e0041 e" + "\u0301" * 12 + " a\u200db"

ESSAY = Essay.from_paragraphs(
    [
        f"One. {MARKUP} end.",
        f"Two. {ESCAPES} end.",
        f"Three. {HIDDEN} end.",
        *(p for p in HARD_ESSAY.text.split("\n\n")),
    ]
)
STUDENT = Student(StudentId("student-hostile"), "[@click=app.quit]", "O\u202e\x1b[2J[/b]", "[/]\x07")
NAME = "[@click=app.quit]x[/b]\x1b[2J\u202e"
QUESTION = f"{MARKUP} \x1b[2J \u202e"


@pytest.fixture
def hostile(tmp_path_factory: pytest.TempPathFactory) -> World:
    return lay_out(
        tmp_path_factory.mktemp("hostile") / "marks.db",
        essays=[ESSAY],
        students=[STUDENT],
        names={shape: f"{shape} {NAME}" for shape in (HOLISTIC, SUMMED, PROFILE, PARTS)},
        question=QUESTION,
        group=TeachingGroup(GroupId("group"), "[/b]\x1b[1m"),
    )


def harmless(seat: Seat) -> None:
    """Nothing on the screen can act: no control or hidden character, no link, no action behind a piece of text."""
    for strip in seat.strips:
        assert is_plain(strip.text), strip.text
        for segment in strip:
            style = segment.style
            if style is not None:
                assert style.link is None, segment
                assert "@click" not in style.meta, segment
    assert seat.app.is_running


def essay_text(seat: Seat, first: int, last: int) -> str:
    """The characters in the columns of the essay's text, without its gutter and map."""
    return "".join("".join(strip.crop(first, last).text for strip in seat.strips[3:-4]).split())


async def test_the_essay_is_shown_as_it_was_written(hostile: World) -> None:
    """The visible text, joined, is what ``show`` makes of the stored one; nothing swallowed, nothing added."""
    async with hostile.sit(HOLISTIC, size=(150, 90)) as seat:
        harmless(seat)
        assert essay_text(seat, 11, 88) == "".join(show(ESSAY.text).split())


async def test_in_a_narrow_window_too(hostile: World) -> None:
    async with hostile.sit(HOLISTIC, size=(70, 120)) as seat:
        harmless(seat)
        assert essay_text(seat, 11, 67) == "".join(show(ESSAY.text).split())


async def test_names_and_questions_stand_as_signs_on_every_screen(hostile: World) -> None:
    name, group = show_line(STUDENT.name), "[/b]␛"
    async with hostile.sit(size=(200, 60)) as seat:
        harmless(seat)
        assert f"parts {show_line(NAME)}" in seat.text
        assert group in seat.text
        await seat.press("s")
        harmless(seat)
        assert name in seat.text
        assert "[/]␇" in seat.text
        await seat.press("enter")
        harmless(seat)
        assert name in seat.lines[0]
        await seat.press("escape", "escape", "enter")
        harmless(seat)
        assert name in seat.text
        assert show_line(QUESTION) in seat.text
        await seat.press("r")
        harmless(seat)
        assert show_line(NAME) in seat.text
        await seat.press("escape", "enter")
        harmless(seat)
        assert name in seat.lines[0]
        await seat.press("?")
        harmless(seat)
        await seat.press("escape")
        await seat.press("ctrl+p")
        await seat.until(lambda: "Theme: light" in seat.text)
        harmless(seat)


@pytest.mark.parametrize("shape", [HOLISTIC, SUMMED, PROFILE, PARTS])
async def test_stamps_comments_and_feedback_stand_as_signs(hostile: World, shape: str) -> None:
    async with hostile.sit(shape, size=(140, 60)) as seat:
        await seat.press("k", "down", "right", "e", "down", "K")
        await seat.type(MARKUP)
        harmless(seat)
        await seat.press("escape")
        assert hostile.rows("select comment from annotation where comment <> ''") == [(MARKUP,)]
        assert MARKUP[:60] in seat.text
        harmless(seat)
        await seat.press("[", "]", ",")
        await seat.type("[/b] [@click=app.quit]")
        harmless(seat)
        await seat.press("escape", "4", "enter")
        harmless(seat)
        assert hostile.rows("select text from feedback") == [("[/b] [@click=app.quit]",)]


async def test_a_comment_from_elsewhere_stands_as_signs_and_is_not_altered_by_looking(hostile: World) -> None:
    words = f"{MARKUP} {ESCAPES} {HIDDEN}"
    store = SqliteStore(hostile.path)
    desk = hostile.desk(store)
    marking = MarkingDesk(desk, store.entries(desk.marker.id, script_id=ScriptId("script-holistic-1"))[0])
    marking.annotate(Span(0, 4), "K", words)
    marking.write_feedback(Field.TARGET, 1, words)
    store.close()
    kept = hostile.rows("select comment from annotation"), hostile.rows("select text from feedback")
    async with hostile.sit(HOLISTIC, size=(200, 60)) as seat:
        await seat.press("]")
        harmless(seat)
        assert show_line(MARKUP) in seat.text
        await seat.press('"')
        harmless(seat)
        await seat.press("escape", ",")
        harmless(seat)
        await seat.press("escape")
        assert (hostile.rows("select comment from annotation"), hostile.rows("select text from feedback")) == kept
        await seat.press("k", ".")
    async with hostile.sit(SUMMED, size=(200, 60)) as seat:
        harmless(seat)
        assert show_line(MARKUP)[:60] in seat.lines[1], "the last target"


@dataclass
class Place:
    column: int
    row: int


@pytest.mark.parametrize("at", [Place(30, row) for row in (0, 1, 3, 4, 6, 8)], ids=lambda at: f"line {at.row}")
async def test_a_click_on_markup_runs_nothing(hostile: World, at: Place) -> None:
    async with hostile.sit(HOLISTIC) as seat:
        for column in range(2, 74, 9):
            await seat.pilot.click(offset=(column, at.row))
        assert hostile.rows("select * from log where marking_id is not null") == []
        for column in range(74, 118, 9):  # the scheme's column: a level may be chosen there, and nothing else
            await seat.pilot.click(offset=(column, at.row))
        assert seat.app.is_running
        done = {action for (action,) in hostile.rows("select action from log where marking_id is not null")}
        assert done <= {"level"}

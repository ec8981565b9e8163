"""Search everything: opened from every screen, found as it is typed, opened at its place, and back."""

import asyncio
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.screen import Screen

from markdesk.core.changes import AssignmentChanged
from markdesk.core.essay import Span
from markdesk.core.search_query import Query, read_query
from markdesk.desk.desk import Desk
from markdesk.desk.searching import ROOM, Results, search
from markdesk.store.sqlite.store import SqliteStore
from markdesk.tui.screens.marking import MarkingScreen
from markdesk.tui.screens.search import SearchScreen
from tests.tui.desks import HOLISTIC, SUMMED, lay_out
from tests.tui.seat import Seat, World

FROM = {
    "library": (), "queue": ("enter",), "schemes": ("m",), "scheme": ("m", "enter"), "new scheme": ("m", "n"),
    "filter": ("m", "/"), "new assignment": ("n",), "students": ("s",), "help": ("?",), "comments": ("b",),
    "marking": ("enter", "enter"), "feedback": ("enter", "enter", ","), "comment": ("enter", "enter", "K"),
    "find": ("enter", "enter", "/"), "bank": ("enter", "enter", ";"), "mark box": ("enter", "enter", ":"),
    "annotations": ("enter", "enter", "k", "!"), "lenses": ("enter", "enter", "*"), "export": ("x",),
    "import": ("i",),
}  # fmt: skip


@pytest.fixture
def two(tmp_path: Path) -> World:
    return lay_out(tmp_path / "marks.db", (HOLISTIC, SUMMED))


def is_searching(seat: Seat) -> bool:
    return isinstance(seat.app.screen, SearchScreen)


def marking(seat: Seat) -> MarkingScreen:
    assert isinstance(seat.app.screen, MarkingScreen), seat.text
    return seat.app.screen


async def back_to(seat: Seat, kind: type[Screen[Any]]) -> None:
    for _ in range(5):
        if isinstance(seat.app.screen, kind):
            return
        await seat.press("escape")
    raise AssertionError(seat.text)


@pytest.mark.parametrize("place", FROM)
async def test_it_opens_from_every_screen_and_esc_leads_back(two: World, place: str) -> None:
    async with two.sit() as seat:
        await seat.press(*FROM[place])
        before = seat.app.screen
        await seat.press("ctrl+f")
        assert is_searching(seat), seat.text
        await seat.press("ctrl+f")
        assert len([s for s in seat.app.screen_stack if isinstance(s, SearchScreen)]) == 1
        await seat.press("escape")
        assert seat.app.screen is before


@pytest.mark.parametrize("key", ["ctrl+slash", "ctrl+underscore"])
async def test_its_other_keys_open_it_too_and_so_does_the_palette(two: World, key: str) -> None:
    async with two.sit(HOLISTIC) as seat:
        await seat.press(key)
        assert is_searching(seat)
        await seat.press("escape", "ctrl+p")
        await seat.type("search every")
        await seat.until(lambda: "Search everything" in seat.text)
        await seat.press("enter")
        await seat.until(lambda: is_searching(seat))


async def test_what_is_typed_is_found_and_the_words_are_marked(two: World) -> None:
    async with two.sit(size=(100, 30)) as seat:
        await seat.press("ctrl+f")
        await seat.type("second essa")
        await seat.until(lambda: "2 found" in seat.text)
        assert "Second essay." in seat.text
        hits = [segment for strip in seat.strips for segment in strip if segment.text == "Second"]
        assert hits
        assert all(segment.style and segment.style.underline and segment.style.color for segment in hits)
        await seat.type("zzz")
        await seat.until(lambda: "0 found" in seat.text)
        assert "Nothing has all of that." in seat.text


@pytest.mark.parametrize(("typed", "then", "told"), [
    ("cod", "e:K", "There is no filter code:, only in:, student:, group:, year: and stamp:."),
    ("second year:20", "z", "20z is no year: year:2026, or year:2025-26 of a school."),
    ("group:1", "9x", "No class is called 19x."),
    ("student:am", "zzz", "No student is called amzzz."),
    ("stamp:k", "zz", "No stamp is called KZZ."),
])  # fmt: skip
async def test_a_wrong_filter_is_told_once_more_letters_cant_mend_it(
    two: World, typed: str, then: str, told: str
) -> None:
    async with two.sit(HOLISTIC, size=(80, 24)) as seat:
        await seat.press("K")
        await seat.type("A dubious claim")
        await seat.press("escape", "ctrl+f")
        await seat.type(typed)
        await seat.until(lambda: "found" in seat.text)
        assert not any(sentence in seat.text for sentence in ("There is no", "is no year", "is called"))
        await seat.type(then)
        await seat.until(lambda: told in seat.text)
        assert "Nothing has all of that." not in seat.text


async def test_a_stamp_s_comments_are_found_and_where_one_is_used_again_is_told(two: World) -> None:
    async with two.sit(HOLISTIC, size=(80, 24)) as seat:
        await seat.press("K")
        await seat.type("A dubious claim")
        await seat.press("escape", "ctrl+f")
        assert "To use a comment again, press ; in the essay: the same words find it there" in seat.text
        await seat.type("stamp:k")
        await seat.until(lambda: "1 found" in seat.text)
        assert "A dubious claim" in seat.text
        assert seat.foot.startswith("; in an essay uses it again   ⏎ open")
        await seat.press(*["backspace"] * 7)
        await seat.type("first")
        await seat.until(lambda: "First essay" in seat.text)
        assert "uses it again" not in seat.foot


async def test_enter_opens_the_essay_at_that_place(two: World) -> None:
    async with two.sit() as seat:
        await seat.press("ctrl+f")
        await seat.type('"style of rule" third')
        await seat.press("enter")
        screen = marking(seat)
        target = screen.essay_view.target
        essay = screen.opened.essay
        assert essay.quote(target.span).lower() in ("style of rule", "third")
        assert "Third essay." in essay.text
        await back_to(seat, SearchScreen)
        await seat.press("escape")
        assert type(seat.app.screen).__name__ == "LibraryScreen"


async def test_a_burst_opens_what_was_typed(two: World) -> None:
    async with two.sit() as seat:
        await seat.burst("ctrl+f", *"in:essays second", "enter")
        await seat.until(lambda: isinstance(seat.app.screen, MarkingScreen))
        assert "Second essay." in marking(seat).opened.essay.text


async def test_a_comment_opens_at_its_passage_and_feedback_is_named(two: World) -> None:
    async with two.sit(HOLISTIC) as seat:
        await seat.press("down", "down", "K")
        await seat.type("A dubious claim")
        await seat.press("escape", ",")
        await seat.type("Splendid quotations")
        await seat.press("escape", "home", "ctrl+f")
        await seat.type("dubious")
        await seat.press("enter")
        screen = marking(seat)
        assert screen.essay_view.target.number == 3
        (note,) = screen.opened.marking.annotations.values()
        assert screen.chosen == note.id
        await seat.press("ctrl+f")
        await seat.type("splendid")
        await seat.press("enter")
        assert "It stands in the feedback, as WWW" in seat.foot
        assert marking(seat) is screen


async def test_half_typed_words_are_saved_before_the_search_opens(two: World) -> None:
    async with two.sit(HOLISTIC) as seat:
        await seat.press("K")
        await seat.type("a hapax")
        await seat.press("ctrl+f")
        assert is_searching(seat)
        assert seat.one("select comment from annotation") == "a hapax"
        await seat.type("hapax")
        await seat.until(lambda: "1 found" in seat.text)
        await seat.press("escape", "down", "e")
        assert seat.one("select count(*) from annotation where code = 'E'") == 1, "the essay is held again"


async def test_another_essay_is_opened_over_the_one_that_was_marked(two: World) -> None:
    async with two.sit(HOLISTIC) as seat:
        first = marking(seat)
        await seat.press("k", "ctrl+f")
        other = "second" if "Second" not in first.opened.essay.text else "third"
        await seat.type(f"{other} in:essays")
        await seat.press("enter")
        second = marking(seat)
        assert second is not first
        assert not second.opened.held_by
        await seat.press("e")
        assert seat.one("select count(*) from annotation where code = 'E'") == 1
        await back_to(seat, SearchScreen)
        await seat.press("escape")
        assert marking(seat) is first
        await seat.press("k")
        assert seat.one("select count(*) from annotation where code = 'K'") == 2


async def test_a_question_opens_its_list_and_a_student_her_past_marks(two: World) -> None:
    async with two.sit() as seat:
        await seat.press("ctrl+f")
        await seat.type("in:questions style")
        await seat.press("down", "enter")
        assert type(seat.app.screen).__name__ == "QueueScreen"
        await seat.press("escape")
        assert is_searching(seat)
        await seat.press("ctrl+a", "ctrl+k")
        student = seat.rows("select given_name, family_name from student limit 1")[0]
        await seat.type(f"in:students {student[0]} {student[1]}")
        await seat.press("enter")
        assert not is_searching(seat)
        assert str(student[1]) in seat.lines[0]


async def test_a_question_is_told_beside_its_assignments_name(two: World) -> None:
    async with two.sit() as seat:
        question, name = seat.rows("select question, name from assignment where question <> name limit 1")[0]
        await seat.press("ctrl+f")
        await seat.type(f'in:questions "{name}"')
        await seat.until(lambda: "1 found" in seat.text)
        assert str(question)[:40] in seat.text


async def test_a_place_that_there_is_not_is_refused_with_those_that_there_are(two: World) -> None:
    async with two.sit() as seat:
        await seat.press("ctrl+f")
        await seat.type("in:ess")
        assert "no such place" not in seat.text
        await seat.type("on king")
        assert "in:esson: there is no such place. It takes essays, comments, feedback" in seat.spoken
        await seat.press("ctrl+a", "ctrl+k")
        await seat.type("in:essays second")
        await seat.until(lambda: "2 found" in seat.text)
        assert "no such place" not in seat.text


async def test_hidden_names_stand_nowhere(two: World) -> None:
    store = SqliteStore(two.path)
    for assignment in store.assignments():
        change = AssignmentChanged(assignment, replace(assignment, is_anonymous=True))
        two.desk(store).commit("hide", "x", (change,))
    names = [student.family_name for student in store.students()]
    store.close()
    async with two.sit(size=(120, 40)) as seat:
        await seat.press("ctrl+f")
        await seat.type("in:essays essay")
        await seat.until(lambda: "6 found" in seat.text)
        assert "#" in seat.text
        assert not any(name in seat.text for name in names)


async def test_the_newest_query_wins_and_the_thread_never_piles_up(two: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Query] = []

    def slow(desk: Desk, query: Query, limit: int, offset: int = 0, room: int = ROOM) -> Results:
        asked.append(query)
        time.sleep(0.6)
        return search(desk, query, limit, offset, room)

    async with two.sit() as seat:
        await seat.press("ctrl+f")
        monkeypatch.setattr("markdesk.tui.screens.search.search", slow)
        for letter in "second":
            seat.app.post_message(events.Key(letter, letter))
            await asyncio.sleep(0.2)
        await seat.until(lambda: "2 found" in seat.text)
        assert len(asked) <= 4, "while one is under way the others wait, and all but the newest are forgotten"
        assert asked[-1] == read_query("second", is_typed=True)


async def test_the_list_goes_on_where_there_is_more(tmp_path: Path) -> None:
    world = lay_out(tmp_path / "marks.db", (HOLISTIC,))
    async with world.sit(HOLISTIC) as seat:
        opened = marking(seat).opened
        await seat.app.thread.do(lambda: [opened.annotate(Span(n, n + 3), "K", f"echo {n}") for n in range(60)])
        await seat.press("ctrl+f")
        await seat.type("echo")
        await seat.until(lambda: "60 found" in seat.text)
        for _ in range(12):
            await seat.press("pagedown")
        assert len({line for line in seat.text.splitlines() if "echo" in line}) > 3
        assert seat.bars
        screen = seat.app.screen
        assert isinstance(screen, SearchScreen)
        assert len(screen.found) == 60


async def test_a_line_that_is_longer_than_the_window_shows_its_end(two: World) -> None:
    async with two.sit() as seat:
        await seat.press("ctrl+f")
        await seat.type("parliament " * 12 + "of owls")
        assert "of owls" in seat.lines[2]
        await seat.press("home")
        assert seat.lines[2].startswith(" ⌕ parliament")
        await seat.press("end", *["backspace"] * 125)
        assert seat.lines[2].strip() == "⌕ parliament par"

"""A new assignment: from the key in the library to its row, with the mark schemes that fit to choose from."""

import json
import os
from pathlib import Path

import pytest

from markdesk.bootstrap import own_rubrics
from markdesk.config.paths import data_folder
from markdesk.core.plain import is_plain
from markdesk.core.rubric import Rubric
from markdesk.formats.rubric_toml import read_rubric
from tests.kit import RUBRICS, shipped_rubric
from tests.tui.desks import NAMES
from tests.tui.seat import Row, Seat, World
from tests.tui.test_hostile import harmless

QUESTION = "'Henry VII restored the monarchy.' Assess the validity of this view. [25 marks]"
MADE = "Henry VII restored the monarchy"
HOSTILE = "[/b][@click=app.quit]x[/]\x1b[31m\u202e"
SHOWN = "[/b][@click=app.quit]x[/]␛[31m⟨U+202E⟩"


def bar(seat: Seat) -> str:
    """The choice that Enter takes."""
    return [line for line in seat.bars if "▌ " in line][-1]


def assignments(world: World) -> list[Row]:
    """What was made beside the assignments of the desk."""
    known = ", ".join(f"'{name}'" for name in NAMES.values())
    return world.rows(
        "select name, question, kind, set_on, (select name from teaching_group g where g.id = group_id), rubric_hash"
        f" from assignment where name not in ({known})"
    )


async def to_field(seat: Seat, label: str) -> None:
    """On to the field with this name, choosing nothing."""
    for _ in range(8):
        if seat.here.strip(" ▌").startswith(label):
            return
        await seat.press("tab")
    raise AssertionError(f"no field {label} in\n{seat.text}")


async def clear(seat: Seat) -> None:
    """Empty the editor."""
    await seat.press("f7")
    await seat.press("backspace")


async def begun(seat: Seat, question: str = QUESTION) -> None:
    """The form with a question in it, the mark scheme next."""
    await seat.press("n")
    assert "New assignment" in seat.lines[0]
    await seat.paste(question)
    await seat.press("enter", "enter")
    assert "Mark scheme" in seat.here


async def test_from_keys_to_the_row(world: World) -> None:
    steps = world.rows("select * from log")
    async with world.sit() as seat:
        await begun(seat)
        assert MADE in seat.text, "the name is proposed"
        assert "A-level, Section B essay" in bar(seat)
        await seat.press("enter")
        assert "13H" in seat.here, "the only class"
        await seat.press("enter", "space", "enter")
        assert "● mock" in seat.text
        await seat.type("24/11")
        await seat.press("ctrl+s")
        assert assignments(world) == [(MADE, QUESTION, "mock", "2026-11-24", "13H", shipped_rubric().hash)]
        *before, _ = world.rows("select * from log")
        assert before == steps, "one step, logged"
        assert "Henry VII restored" in seat.here, "the library stands on it"
        assert "no essays yet" in seat.text
        assert f'markdesk import FOLDER --assignment "{MADE}"' in seat.text
        assert f'markdesk paper --assignment "{MADE}" --names FILE' in seat.text
        await seat.press("enter")
        assert "No essays yet: i brings them in; or markdesk import" in seat.text
        await seat.press("escape")
        assert "Made:" not in seat.text, "said once"
    assert list((data_folder() / "half-filled").glob("*")) == [], "what was made is no draft any more"


async def test_the_schemes_that_fit_are_listed_as_the_question_is_typed(world: World) -> None:
    async with world.sit() as seat:
        await seat.press("n")
        assert "an essay" not in seat.text
        await seat.type("How far was Henry secure?")
        assert "an essay" in seat.text
        await seat.type(" [30 marks]")
        assert "an essay, a draft" in seat.text, "for 30 there are only drafts"
        assert "Section B essay" not in seat.text
        await seat.press("enter", "enter")
        rows = [line for line in seat.lines if "  30  " in line]
        assert [("any tariff" in row, "draft" in row) for row in rows][-1] == (True, False)
        assert ("any tariff" in rows[0], "draft" in rows[0]) == (False, True)
        await seat.press("shift+tab", "shift+tab")
        await clear(seat)
        await seat.type("How convincing are these three extracts? [30 marks]")
        await seat.press("enter", "enter")
        assert "three extracts" in bar(seat)
        assert "extracts" in bar(seat).split("30")[-1]


async def test_keys_pressed_at_once_are_the_question(world: World) -> None:
    async with world.sit() as seat:
        await seat.burst("n", *"Smart? [25 marks]", "enter", "enter", "enter", "ctrl+s")
    ((name, question, *_),) = assignments(world)
    assert (name, question) == ("Smart", "Smart? [25 marks]")


async def test_nothing_is_taken_that_was_not_chosen(world: World) -> None:
    async with world.sit() as seat:
        await seat.press("n")
        await seat.paste(QUESTION)
        await seat.press("ctrl+s")
        assert "Mark scheme" in seat.here
        assert "✗ choose one" in seat.text
        assert assignments(world) == []
        await seat.press("tab", "ctrl+s")
        assert "✗ choose one" in seat.text, "Tab chooses nothing"
        await seat.press("down", "enter", "ctrl+s")
    ((*_, rubric),) = assignments(world)
    assert rubric == shipped_rubric("ocr-h505-y3-thematic-25").hash, "the second of the list"


async def test_typing_looks_through_all_schemes(world: World) -> None:
    async with world.sit() as seat:
        await begun(seat)
        await seat.type("/edexcel essay")
        assert "AO1 essay" in bar(seat)
        await seat.type(" nothing")
        assert "No scheme has “/edexcel essay no" in seat.text
        await seat.press("enter", "shift+tab")
        assert "Mark scheme" in seat.here, "nothing was chosen, and the words are gone"
        assert "Section B essay" in bar(seat)
        await seat.type("edexcel essay")
        await seat.press("enter")
        assert "The question says 25 marks, this scheme 20." in seat.text
        await seat.press("ctrl+s")
    ((*_, rubric),) = assignments(world)
    assert rubric == shipped_rubric("edexcel-9hi0-essay-20").hash


async def test_a_draft_is_warned_of(world: World) -> None:
    async with world.sit() as seat:
        await begun(seat, "How far was Henry secure? [30 marks]")
        assert "a draft" in bar(seat)
        await seat.press("enter")
        assert "is a draft: unfinished, or its mark ranges are not certain" in seat.right_of(0)


async def test_a_scheme_of_no_board_asks_its_tariff(world: World) -> None:
    async with world.sit() as seat:
        await begun(seat, "How far was Henry secure?")
        await seat.type("any history essay")
        await seat.press("enter")
        assert "Out of" in seat.here
        await seat.press("ctrl+s")
        assert "✗ type a whole number of marks, from 5 to 999" in seat.text
        for typed, told in (("0", "type a whole number"), ("1000", "type a whole number"), ("4", "needs 5 marks")):
            await clear(seat)
            await seat.type(typed)
            assert told in seat.spoken
            await seat.press("ctrl+s")
            assert assignments(world) == []
        await clear(seat)
        await seat.type("35")
        await seat.press("ctrl+s")
    ((*_, rubric),) = assignments(world)
    body = str(world.one("select body from rubric_version where hash = ?", rubric))
    assert json.loads(body)["max_mark"] == 35


async def test_the_questions_tariff_is_proposed_for_it(world: World) -> None:
    async with world.sit() as seat:
        await begun(seat)
        await seat.type("any history essay")
        await seat.press("enter")
        assert "25" in seat.here
        await seat.press("ctrl+s")
    ((*_, rubric),) = assignments(world)
    assert world.one("select id from rubric_version where hash = ?", rubric) == "generic-essay-4strand:25"


async def test_a_pasted_question_keeps_its_lines(world: World) -> None:
    parts = "(a) Which mattered more? [10]\n(b) How far? [20]\nTotal for Question 1: 30 marks"
    async with world.sit() as seat:
        await begun(seat, parts)
        assert "two-part" in bar(seat).casefold()
        await seat.press("enter", "ctrl+s")
    ((name, question, *_),) = assignments(world)
    assert (name, question) == ("Which mattered more", parts)


async def test_every_field_says_what_is_wrong_with_it(world: World) -> None:
    async with world.sit(size=(120, 40)) as seat:
        await seat.press("n", "ctrl+s")
        assert "Question" in seat.here
        for told in ("paste or type the question", "give it a name", "choose one"):
            assert f"✗ {told}" in seat.text
        await seat.paste("x" * 6001)
        assert "this has 6001 characters; the most is 6000" in seat.text
        await clear(seat)
        await seat.paste(QUESTION)
        await to_field(seat, "Name")
        for typed, told in (
            ("khrushchev ", "there is an assignment called 'Khrushchev' already"),
            ("n" * 201, "this has 201 characters; the most is 200"),
        ):
            await clear(seat)
            await seat.paste(typed)
            assert told in seat.text
        await clear(seat)
        await seat.type("Khruschev")
        assert "There is 'Khrushchev' too: this is another." in seat.text
        await seat.press("enter", "enter")
        assert "Class" in seat.here
        await seat.paste("g" * 300)
        assert "this has 300 characters; the most is 200" in seat.text
        await clear(seat)
        await to_field(seat, "Kind")
        await seat.type("mo")
        assert "● mock" in seat.text
        await seat.press("left", "left")
        assert "● NEA draft" in seat.text
        await to_field(seat, "Set on")
        for typed in ("rubbish", "31/2", "0/0/0", "1 Jan 1850", "²/3"):
            await clear(seat)
            await seat.paste(typed)
            assert "type a day, such as 25 Nov 2026" in seat.text, typed
            await seat.press("ctrl+s")
            assert assignments(world) == []
        await clear(seat)
        await seat.type("today")
        await seat.press("ctrl+s")
    ((name, _, kind, set_on, group, _),) = assignments(world)
    assert (name, kind, set_on, group) == ("Khruschev", "NEA draft", "2026-11-23", None)


async def test_markup_and_escape_codes_are_signs_in_every_field(world: World) -> None:
    async with world.sit() as seat:
        await begun(seat, f"{HOSTILE}\n{QUESTION}")
        harmless(seat)
        await seat.paste(HOSTILE)
        harmless(seat)
        assert "No scheme has" in seat.text
        await clear(seat)
        await seat.press("enter")
        for label in ("Name", "Class", "Set on"):
            await seat.press("shift+tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab")
            await to_field(seat, label)
            await clear(seat)
            await seat.paste(HOSTILE)
            harmless(seat)
            assert SHOWN in seat.text
        await clear(seat)
        await seat.type("today")
        await seat.press("shift+tab")
        await seat.paste(HOSTILE)
        assert "● class essay" in seat.text
        harmless(seat)
        await seat.press("ctrl+s")
        harmless(seat)
        assert SHOWN in seat.text
        await seat.press("enter")
        harmless(seat)
    ((name, question, _, _, group, _),) = assignments(world)
    assert (name, group) == (SHOWN, SHOWN)
    assert question == f"{SHOWN}\n{QUESTION}"
    assert is_plain(str(name))


async def test_what_was_typed_outlasts_esc_and_a_closed_program(world: World) -> None:
    async with world.sit() as seat:
        await begun(seat)
        await seat.press("enter")
        await seat.burst(*"12B", "escape")
        assert "Assignment" in seat.text
        await seat.press("n")
        assert "Here is what you were writing" in seat.text
        assert "A-level History, Section B essay · out of 25" in seat.text
        assert "12B" in seat.text
        await to_field(seat, "Name")
        await seat.burst(*"Ours", "ctrl+q")
        await seat.until(lambda: not seat.app.is_running)
    (kept,) = (data_folder() / "half-filled").glob("*")
    if os.name == "posix":
        assert kept.stat().st_mode & 0o077 == 0, "for its owner alone"
    async with world.sit() as seat:
        await seat.press("n", "ctrl+s")
        ((name, question, _, _, group, _),) = assignments(world)
        assert (name, question, group) == ("Ours", QUESTION, "12B")
        assert not kept.exists()
        await seat.press("n")
        assert "Here is" not in seat.text


async def test_ctrl_n_begins_anew(world: World) -> None:
    async with world.sit() as seat:
        await begun(seat)
        await seat.press("ctrl+n")
        assert "begins anew" in seat.text
        assert "Henry" not in seat.text
        await seat.press("escape", "n")
        assert "Here is" not in seat.text


async def test_a_draft_that_was_changed_outside_is_told(world: World) -> None:
    async with world.sit() as seat:
        await begun(seat)
        await seat.press("escape")
        (kept,) = (data_folder() / "half-filled").glob("*")
        kept.write_text("[1, 2")
        await seat.press("n")
        assert "can't be read any more" in seat.spoken
        await seat.paste(QUESTION)
        await seat.press("enter", "enter", "enter", "ctrl+s")
        assert len(assignments(world)) == 1


async def test_a_scheme_that_is_gone_has_to_be_chosen_again(world: World) -> None:
    own_rubrics().mkdir(parents=True)
    text = (RUBRICS / "edexcel-9hi0-essay-20.toml").read_text().replace('"edexcel-9hi0-essay-20"', '"ours"', 1)
    (own_rubrics() / "ours.toml").write_text(text)
    ours: Rubric = read_rubric(own_rubrics() / "ours.toml")
    async with world.sit() as seat:
        await begun(seat)
        await seat.type("ours")
        assert "Yours" in bar(seat)
        await seat.press("enter", "escape")
        (own_rubrics() / "ours.toml").unlink()
        await seat.press("n", "ctrl+s")
        assert "this one is there no more: choose another" in seat.text
        (own_rubrics() / "broken.toml").write_text("x = [")
        await seat.press("escape", "n")
        await to_field(seat, "Mark scheme")
        await seat.press("enter", "ctrl+s")
    ((*_, rubric),) = assignments(world)
    assert rubric == shipped_rubric().hash != ours.hash


async def test_another_window_that_was_quicker_with_the_name_is_told(world: World) -> None:
    async with world.sit() as first, world.sit() as second:
        for seat in (first, second):
            await begun(seat)
            await seat.press("enter")
        await first.press("ctrl+s")
        await second.press("ctrl+s")
        assert f"NOT MADE: There is an assignment called '{MADE}' already" in second.spoken
        await to_field(second, "Set on")
        await second.press("shift+tab", "shift+tab", "shift+tab", "shift+tab")
        await second.type("Another")
        await second.press("ctrl+s")
    assert sorted(str(row[0]) for row in assignments(world)) == ["Another", MADE]


async def test_the_name_gets_a_number_where_it_is_taken(world: World) -> None:
    async with world.sit() as seat:
        for _ in range(2):
            await begun(seat)
            await seat.press("enter", "ctrl+s")
        assert f'--assignment "{MADE} 2"' in seat.spoken
    assert sorted(str(row[0]) for row in assignments(world)) == [MADE, f"{MADE} 2"]


async def test_a_class_is_chosen_or_made(world: World) -> None:
    async with world.sit() as seat:
        await begun(seat)
        await seat.press("enter")
        await seat.type("13h")
        assert "A new class" not in seat.text, "whatever its case"
        await clear(seat)
        await seat.type("12B")
        assert "A new class." in seat.text
        await seat.press("ctrl+s")
        await begun(seat)
        await seat.press("enter")
        assert "…" in seat.here, "of two, none is proposed"
        await seat.press("down", "down", "enter", "ctrl+s")
    assert [row[4] for row in sorted(assignments(world))] == ["12B", "13H"]
    assert world.one("select count(*) from teaching_group") == 2


async def test_a_click_takes_a_scheme(world: World) -> None:
    async with world.sit() as seat:
        await begun(seat)
        at = next(n for n, line in enumerate(seat.lines) if "AS, Section B" in line)
        await seat.click(30, at)
        assert "AQA AS History, Section B essay · out of 25" in seat.here
        at = next(n for n, line in enumerate(seat.lines) if line.strip().startswith("Kind"))
        await seat.click(30, at)
        assert "Kind" in seat.here
        await seat.press("ctrl+s")
    ((*_, rubric),) = assignments(world)
    assert rubric == shipped_rubric("aqa-7041-essay-25").hash


async def test_coursework_is_nea(world: World) -> None:
    async with world.sit() as seat:
        await begun(seat, "Coursework: a historical investigation of the Tudors, 40 marks")
        await seat.press("enter", "ctrl+s")
    ((_, _, kind, *_),) = assignments(world)
    assert kind == "NEA"


async def test_arrows_and_pages_lead_through_the_form(world: World) -> None:
    async with world.sit(size=(80, 24)) as seat:
        await seat.press("n", "down", "down")
        assert "Mark scheme" in seat.here
        assert "1 of " in seat.text, "without a question all are there"
        await seat.press("pagedown", "pagedown", "down")
        assert "18 of " in seat.text
        assert "▌ " in bar(seat)
        for _ in range(5):
            await seat.press("pagedown")
        await seat.press("down")
        assert "Class" in seat.here
        await seat.press("up")
        assert "Mark scheme" in seat.here
        await seat.press("up")
        assert "Name" in seat.here


async def test_an_empty_desk_offers_it_and_then_its_essays(tmp_path: Path) -> None:
    async with World(tmp_path / "new.db").sit() as seat:
        await seat.press("down", "enter")
        assert "New assignment" in seat.lines[0]
        await seat.paste(QUESTION)
        await seat.press("enter", "enter", "enter", "ctrl+s")
        assert MADE in seat.text
        assert seat.one("select count(*) from marker") == 1
        assert seat.one("select count(*) from teaching_group") == 0
        await seat.press("i")
        await seat.until(lambda: f"for {MADE}" in seat.lines[0])
        assert "Import" in seat.lines[0]
    async with World(tmp_path / "other.db").sit() as seat:
        await seat.press("down", "down", "enter")
        assert "New assignment" in seat.lines[0], "first what they answer"
        await seat.press("escape", "up", "up", "enter")
        await seat.until(lambda: not seat.app.is_running)
        assert seat.app.wants_sample


@pytest.mark.parametrize("size", [(80, 24), (60, 18), (200, 60)])
@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_it_fits_every_window(world: World, size: tuple[int, int], theme: str) -> None:
    async with world.sit(size=size, theme=theme) as seat:
        await begun(seat)
        assert "▌" in bar(seat)
        assert "Ctrl+S" in seat.foot
        await seat.type("draft")
        await seat.press("down", "down", "down", "down", "down", "down", "down", "enter")
        assert "Class" in seat.here
        await seat.press("f1")
        assert "make the assignment" in seat.text
        await seat.press("escape")
        assert "Class" in seat.here

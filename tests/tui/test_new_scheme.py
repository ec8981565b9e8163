"""The form for a mark scheme of one's own: from keys to a file that the checker takes, without TOML."""

import json
from pathlib import Path

import pytest

from markdesk.bootstrap import own_rubrics, rubric_shelf
from markdesk.config.paths import config_folder
from markdesk.core.rubric import Rubric, Status
from markdesk.formats.rubric_toml import read_rubric
from tests.tui.seat import Seat, World


def written(name: str) -> Rubric:
    """The scheme that the checker reads from the teacher's folder."""
    return read_rubric(own_rubrics() / f"{name}.toml")


def own_files() -> list[str]:
    return sorted(path.name for path in own_rubrics().glob("*")) if own_rubrics().exists() else []


def drafts() -> list[Path]:
    return sorted((config_folder() / "rubric-drafts").glob("*"))


async def new_from(seat: Seat, scheme: str = "school template") -> None:
    """From the library to the form, begun from the scheme that these words find."""
    await seat.press("m", "/")
    await seat.type(scheme)
    await seat.press("enter", "n")
    assert "New mark scheme" in seat.lines[0]


async def to_field(seat: Seat, label: str, part: int = 0) -> None:
    """So many parts of the form on, then to the field with this name."""
    for _ in range(part):
        await seat.press("pagedown")
    for _ in range(20):
        if label in seat.here:
            return
        await seat.press("enter")
    raise AssertionError(f"no field {label} in\n{seat.text}")


async def test_from_keys_to_a_valid_file(world: World) -> None:
    async with world.sit() as seat:
        await new_from(seat)
        await seat.type("Year 12 essay, 25 marks")
        await seat.press("enter")
        assert "year-12-essay-25-marks" in seat.here, "proposed from the title"
        await seat.press("tab")
        await seat.type("Hill School")
        await seat.press("enter")
        await seat.type("25")
        await seat.press("enter")
        await seat.type("5")
        assert "21-25" in seat.text
        await to_field(seat, "Strand 2")
        await seat.type("Reasoning")
        await to_field(seat, "Strand 4")
        await seat.type("Sources")
        await to_field(seat, "In a sentence")
        await seat.type("The best there is.")
        await to_field(seat, "Sources")
        for level in range(5, 0, -1):
            await to_field(seat, "Sources")
            await seat.type(f"Sources at level {level}.")
            await seat.press("enter")
        await seat.press("ctrl+s")
        path = own_rubrics() / "year-12-essay-25-marks.toml"
        assert f"Written: {path}" in seat.spoken
        assert "Mark schemes" in seat.lines[0]
        assert "Year 12 essay, 25 marks" in seat.here, "the list is on it"
    rubric = written("year-12-essay-25-marks")
    assert (rubric.title, rubric.board, rubric.max_mark, rubric.status) == (
        "Year 12 essay, 25 marks", "Hill School", 25, Status.DRAFT,
    )  # fmt: skip
    scale = rubric.scales[0]
    assert [(level.min, level.max) for level in scale.levels] == [(1, 5), (6, 10), (11, 15), (16, 20), (21, 25)]
    assert [strand.name for strand in rubric.strands_of(scale)] == [
        "Knowledge and evidence", "Reasoning", "Answer to the question", "Sources",
    ]  # fmt: skip
    assert scale.levels[4].summary == "The best there is."
    assert [level.strand["sources"] for level in scale.levels] == [f"Sources at level {n}." for n in range(1, 6)]
    assert scale.levels[4].strand["reasoning"].startswith("Explains how and why"), "the words stay with the strand"
    assert rubric_shelf().get("year-12-essay-25-marks").hash == rubric.hash
    assert drafts() == [], "what was written is no draft any more"


async def test_gaps_and_overlaps_are_told_at_once_beside_their_field(world: World) -> None:
    async with world.sit() as seat:
        await new_from(seat)
        await to_field(seat, "Marks", part=2)
        await seat.type("9-12")
        assert "an overlap: 9 is too low (expected 10)" in seat.text
        await seat.press("backspace", "backspace", "backspace", "backspace")
        await seat.type("11 to 12")
        assert "a gap: no level has 10" in seat.text
        for _ in range(8):
            await seat.press("backspace")
        await seat.type("ten")
        assert "type the lowest and the highest mark" in seat.text
        for _ in range(3):
            await seat.press("backspace")
        await seat.type("10-12")
        assert "✗" not in seat.text


async def test_an_id_that_is_taken_or_no_id_is_told_as_it_is_typed(world: World) -> None:
    async with world.sit() as seat:
        await new_from(seat)
        await seat.type("School template")
        await seat.press("enter")
        assert "school-template-2" in seat.here, "the title's own is taken, so that another is proposed"
        await seat.type("ib-history-p1-24")
        assert "'ib-history-p1-24' is taken" in seat.text
        await seat.press("backspace")
        assert "is taken" not in seat.text
        await seat.type(" x")
        assert "without spaces" in seat.spoken
        await seat.press("ctrl+s")
        assert "to fill in or mend" in seat.spoken
        assert own_files() == []


async def test_what_is_missing_is_told_when_it_is_to_be_written(world: World) -> None:
    async with world.sit() as seat:
        await new_from(seat)
        assert "✗" not in seat.text, "nothing is told of a field that nobody came to"
        await to_field(seat, "In a sentence", part=2)
        await seat.press("backspace", "ctrl+s")
        assert "Title" in seat.here, "the first to mend"
        assert "this must say something" in seat.text
        await seat.type("Ours")
        await seat.press("ctrl+s")
        assert "In a sentence" in seat.here
        assert own_files() == []
        await seat.type("Now it does.")
        await seat.press("ctrl+s")
        assert own_files() == ["ours.toml"]
        assert written("ours").scales[0].levels[-1].summary == "Now it does."


async def test_levels_without_words_must_be_written_before_it_is_ready(world: World) -> None:
    async with world.sit() as seat:
        await new_from(seat)
        await seat.type("Ours")
        await to_field(seat, "Levels")
        await seat.type("5")
        assert "4 texts to be written" in seat.lines[0]
        await to_field(seat, "Status")
        assert "● draft   ○ ready" in seat.here
        await seat.press("space")
        assert "○ draft   ● ready" in seat.here
        await seat.press("ctrl+s")
        assert "write this first, or leave the scheme a draft" in seat.text
        assert own_files() == []
        await seat.press("pageup", "pageup", "pageup")
        await to_field(seat, "Status")
        await seat.press("left", "ctrl+s")
        assert "It is a draft: used with a warning" in seat.spoken
        assert written("ours").status is Status.DRAFT


async def test_a_status_is_chosen_and_nothing_else_can_stand_there(world: World) -> None:
    async with world.sit() as seat:
        await new_from(seat)
        await seat.type("Ours")
        assert "✎ draft" in seat.lines[0]
        await to_field(seat, "Status")
        for keys, stands in (
            ("ready", "○ draft   ● ready"), ("draft", "● draft   ○ ready"), ("R", "○ draft   ● ready"),
            ("finish", "○ draft   ● ready"), ("x4", "○ draft   ● ready"),
        ):  # fmt: skip
            await seat.type(keys)
            assert stands in seat.here, keys
        await seat.press("backspace", "delete", "ctrl+u", "ctrl+x", "ctrl+z", "home", "a")
        assert "○ draft   ● ready" in seat.here
        await seat.paste("draft\n")
        assert "● draft   ○ ready" in seat.here
        await seat.paste("a draft, or rather ready")
        assert "● draft   ○ ready" in seat.here
        await seat.press("right", "right", "right")
        assert "✎ draft" not in seat.lines[0]
        await seat.press("ctrl+s")
        assert written("ours").status is Status.READY
        assert written("ours").provenance.basis.startswith("Our own, begun from school-template")
        assert "It is a draft" not in seat.spoken


async def test_caps_are_questions(world: World) -> None:
    async with world.sit() as seat:
        await new_from(seat)
        await seat.type("Ours")
        await to_field(seat, "Question", part=6)
        await seat.press("backspace", "enter", "enter", "enter")
        await seat.type("Is there no date in it?")
        await seat.press("enter")
        await seat.type("7 marks")
        await seat.press("enter")
        await seat.type("rule")
        await seat.press("ctrl+s")
    (cap,) = written("ours").caps
    assert cap.ask == "Is there no date in it?"
    assert (cap.severity, cap.effect.max_mark, cap.effect.max_level) == ("hard", 7, None)


async def test_a_scheme_of_several_scales_can_be_the_start(world: World) -> None:
    async with world.sit() as seat:
        await new_from(seat, "aqa nea")
        await seat.type("Our investigation")
        await seat.press("ctrl+s")
    template, rubric = rubric_shelf().get("aqa-7042-nea-40"), written("our-investigation")
    assert rubric.scales == template.scales
    assert (rubric.caps, rubric.penalties, rubric.nea) == (template.caps, template.penalties, template.nea)


async def test_leaving_asks_nothing_and_what_was_typed_is_offered_again(world: World) -> None:
    async with world.sit() as seat:
        await new_from(seat)
        await seat.burst(*"Half done", "escape")
        assert "Go on  Half done" in seat.text or "school template" in seat.lines[1]
        assert own_files() == []
        assert len(drafts()) == 1
    async with world.sit() as seat:
        await seat.press("m")
        assert "Go on  Half done   half filled in, from school-template" in seat.text
        await seat.press("home", "enter")
        assert "Here is what you were writing" in seat.text
        assert "Half done" in seat.here
        await seat.type(" now")
        await seat.press("ctrl+s")
        assert "Go on" not in seat.text
    assert written("half-done-now").title == "Half done now"
    assert drafts() == []


async def test_what_was_typed_outlasts_a_closed_program(world: World) -> None:
    async with world.sit() as seat:
        await new_from(seat)
        await seat.burst(*"Kept", "ctrl+q")
        await seat.until(lambda: not seat.app.is_running)
    (draft,) = drafts()
    assert json.loads(draft.read_text())["typed"] == {"title": "Kept"}
    async with world.sit() as seat:
        await new_from(seat)
        await seat.until(lambda: "Kept" in seat.here)
        await seat.type(" and")
        await seat.until(lambda: "Kept and" in drafts()[0].read_text())
        await seat.press("ctrl+n")
        assert "begins anew" in seat.text
        assert drafts() == []
        await seat.press("escape")
        assert drafts() == []


async def test_a_draft_that_was_changed_outside_is_told(world: World) -> None:
    folder = config_folder() / "rubric-drafts"
    folder.mkdir(parents=True)
    (folder / "school-template.json").write_text("[1, 2")
    async with world.sit() as seat:
        await seat.press("m")
        assert "A form that was changed outside markdesk" in seat.text
        await seat.press("home", "enter")
        assert "can't be read any more" in seat.spoken
        await seat.type("Anew")
        await seat.press("ctrl+s")
        assert written("anew").title == "Anew"


async def test_a_hostile_paste_becomes_signs_on_one_line(world: World) -> None:
    async with world.sit() as seat:
        await new_from(seat)
        await seat.paste("[/b]\x1b[31m Evil\u202e\ntitle")
        assert "[/b]␛[31m Evil⟨U+202E⟩ title" in seat.here
        await seat.press("ctrl+s")
        (name,) = own_files()
        assert written(name.removesuffix(".toml")).title == "[/b]␛[31m Evil⟨U+202E⟩ title"


async def test_two_windows_cannot_write_one_file(world: World) -> None:
    async with world.sit() as seat:
        await new_from(seat)
        await seat.type("Ours")
        own_rubrics().mkdir(parents=True, exist_ok=True)
        (own_rubrics() / "ours.toml").write_text("another window's")
        await seat.press("ctrl+s")
        assert "NOT WRITTEN: There is a mark scheme ours already" in seat.spoken
        assert (own_rubrics() / "ours.toml").read_text() == "another window's"
        await seat.until(lambda: len(drafts()) == 1)


async def test_arrows_move_through_the_text_and_then_the_fields(world: World) -> None:
    async with world.sit() as seat:
        await new_from(seat)
        await seat.press("down")
        assert seat.here.split()[0] == "▌Id"
        await seat.press("down", "down", "up")
        assert "Board or school" in seat.here
        await seat.press("shift+tab", "shift+tab", "shift+tab")
        assert "Title" in seat.here
        await seat.type("word " * 60)
        await seat.press("up")
        assert "Title" in seat.here, "the text has lines of its own"


async def test_a_click_chooses_the_field_and_keeps_what_was_typed(world: World) -> None:
    async with world.sit() as seat:
        await new_from(seat)
        await seat.burst(*"Ours")
        at = next(n for n, line in enumerate(seat.lines) if "Board or school" in line)
        await seat.pilot.click(offset=(40, at))
        await seat.settle()
        assert "Board or school" in seat.here
        await seat.type("Hill School")
        await seat.press("ctrl+s")
        assert (written("ours").title, written("ours").board) == ("Ours", "Hill School")


async def test_a_table_of_levels_in_a_file_can_be_the_start(world: World, tmp_path: Path) -> None:
    page = tmp_path / "Year 12 levels.html"
    page.write_text(
        "<table><tr><th>Level</th><th>Marks</th><th>Knowledge</th><th>Argument</th></tr>"
        "<tr><td>2</td><td>5-8</td><td>Exact</td><td>Clear</td></tr>"
        "<tr><td>1</td><td>1-4</td><td>Vague</td><td>None</td></tr></table>"
    )
    async with world.sit() as seat:
        await seat.press("m", "o")
        await seat.type(str(tmp_path / "nothing.docx"))
        await seat.press("enter")
        assert "There is no file" in seat.spoken
        assert f"o {tmp_path}"[:60] in seat.text, "what was typed stays, to be mended"
        await seat.press(*["backspace"] * len("nothing.docx"))
        await seat.type(page.name)
        await seat.press("enter")
        await seat.until(lambda: "begun from Year 12 levels.html" in seat.lines[0])
        await seat.press("escape")
        page.unlink()
        assert "Go on  Year 12 levels" in seat.text
        await seat.press("home", "enter", "ctrl+s")
        assert "Written" in seat.spoken
    (name,) = own_files()
    rubric = written(name.removesuffix(".toml"))
    assert [(level.min, level.max, *level.strand.values()) for level in rubric.scales[0].levels] == [
        (1, 4, "Vague", "None"), (5, 8, "Exact", "Clear"),
    ]  # fmt: skip


async def test_the_palette_opens_the_form(world: World) -> None:
    async with world.sit() as seat:
        await seat.press("ctrl+p")
        await seat.until(lambda: "Theme: contrast" in seat.text)
        await seat.type("New mark")
        await seat.until(lambda: "A form for one of your own" in seat.text)
        await seat.press("enter")
        await seat.until(lambda: "begun from school-template" in seat.text)
        await seat.type("From the palette")
        await seat.press("ctrl+s")
        await seat.until(lambda: "Written:" in seat.text)
        assert written("from-the-palette").title == "From the palette"


@pytest.mark.parametrize("size", [(80, 24), (60, 18), (200, 60)])
@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_it_fits_every_window(world: World, size: tuple[int, int], theme: str) -> None:
    async with world.sit(size=size, theme=theme) as seat:
        await new_from(seat)
        await seat.type("Ours")
        assert "Ours" in seat.here
        assert "Ctrl+S" in seat.foot
        await to_field(seat, "Status")
        await seat.press("space")
        assert "○ draft   ● ready" in seat.here
        await seat.press("f1")
        assert "check it and write the file" in seat.text
        await seat.press("escape")
        assert "Status" in seat.here

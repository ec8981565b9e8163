"""What goes out of a pile, from its screen: what is chosen is what is written, and nothing is replaced unasked."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from markdesk.formats.safe_write import write_file
from markdesk.tui.screens.giving_out import GivingOutScreen
from tests.tui.desks import HOLISTIC
from tests.tui.seat import Seat, World
from tests.tui.test_rooms import to_the_queue

FOLDER = "mark-sheets-khrushchev"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the program was started."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
async def marked(world: World) -> World:
    """A pile of three with one essay finished."""
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", ",")
        await seat.type("clear line")
        await seat.press("escape", "enter")
    return world


async def choose_text(seat: Seat) -> None:
    """Plain text, which is the last format."""
    await seat.press("down", "left")
    assert "‹ plain text (.txt) ›" in seat.text


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_it_is_shown_what_will_be_written_and_x_writes_it(marked: World, here: Path) -> None:
    async with marked.sit() as seat:
        await seat.press("x")
        await choose_text(seat)
        assert "1 file" in seat.text
        assert "Łucja Świderska is not marked yet" in seat.text
        assert names(here) == []
        await seat.press("x")
        assert "1 file in" in seat.text
        assert ": 1 new" in seat.text
        (sheet,) = (here / FOLDER).iterdir()
        written = sheet.read_text(encoding="utf-8")
        assert "Amara Okafor" in written
        assert "18 out of 25" in written
        assert "clear line" in written
        await seat.press("escape")
        assert "Khrushchev" in seat.text


async def test_a_file_that_is_there_is_replaced_at_the_second_x_alone(marked: World, here: Path) -> None:
    async with marked.sit() as seat:
        await seat.press("x")
        await choose_text(seat)
        await seat.press("x")
        (sheet,) = (here / FOLDER).iterdir()
        sheet.write_text("my own words")
        await seat.press("escape", "x")
        await choose_text(seat)
        assert "1 there already, to be replaced" in seat.text
        await seat.press("x")
        assert "x once more replaces it" in seat.spoken
        assert sheet.read_text() == "my own words"
        await seat.press("x")
        assert ": 1 replaced" in seat.spoken
        assert "clear line" in sheet.read_text(encoding="utf-8")


async def test_what_the_sheets_give_back_is_kept_with_the_assignment(marked: World, here: Path) -> None:
    async with marked.sit() as seat:
        await seat.press("x")
        await choose_text(seat)
        await seat.press(*["down"] * 4, "right", "right")
        assert "‹ comments alone ›" in seat.text
        assert marked.one("select returns from assignment where id = 'holistic'") == "comments"
        await seat.press("x")
        (sheet,) = (here / FOLDER).iterdir()
        assert "18 out of 25" not in sheet.read_text(encoding="utf-8")
        await seat.press("left")
        assert marked.one("select returns from assignment where id = 'holistic'") == "level"


async def test_numbers_stand_in_place_of_names_in_the_files_too(marked: World, here: Path) -> None:
    async with marked.sit() as seat:
        await seat.press("x")
        await choose_text(seat)
        await seat.press(*["down"] * 3, "right")
        assert "‹ candidate number ›" in seat.text
        await seat.press("x")
        (sheet,) = (here / FOLDER).iterdir()
        assert "okafor" not in sheet.name
        assert "Amara" not in sheet.read_text(encoding="utf-8").partition("Your essay")[0]


async def test_names_that_are_hidden_stay_hidden_unless_somebody_asks(marked: World, here: Path) -> None:
    async with marked.sit() as seat:
        await to_the_queue(seat)
        await seat.press("v")
        await seat.press("x")
        assert "‹ candidate number ›" in seat.text
        assert "Amara" not in seat.text
        assert "Świderska" not in seat.text
        await seat.press(*["down"] * 4, "right")
        assert "Names are hidden in" in seat.spoken
        assert "Amara" not in seat.text


async def test_the_class_mark_sheet_has_no_hidden_names_either(marked: World, here: Path) -> None:
    async with marked.sit() as seat:
        await to_the_queue(seat)
        await seat.press("v", "x", "right", "right", "down", "right")
        assert "‹ CSV (.csv) ›" in seat.text
        assert "‹ candidate number ›" in seat.text
        await seat.press("x")
        (folder,) = names(here)
        table = (here / folder / "marks.csv").read_text(encoding="utf-8-sig")
        assert table.startswith("candidate number,script,")
        assert "Okafor" not in table
        await seat.press("down", "right")
        assert "Names are hidden in" in seat.spoken


@pytest.mark.parametrize(
    ("steps", "file", "holds"),
    [
        (1, "whole-class-feedback.txt", "Feedback for"),
        (2, "marks.csv", "Okafor"),
        (3, "mark-slips.txt", "18 out"),
    ],
)
async def test_the_other_things_that_go_out(marked: World, here: Path, steps: int, file: str, holds: str) -> None:
    async with marked.sit() as seat:
        await seat.press("x")
        await choose_text(seat)
        await seat.press("up", *["right"] * steps)
        if file.endswith(".csv"):
            await seat.press("down", "right")
        await seat.press("x")
        (folder,) = (here / name for name in names(here))
        assert folder.name != FOLDER, "what is for students doesn't lie beside it"
        assert names(folder) == [file]
        assert holds in (folder / file).read_text(encoding="utf-8-sig")


async def test_all_sheets_in_one_file_to_print(world: World, here: Path) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", "enter", "3", "enter")
    async with world.sit() as seat:
        await seat.press("x")
        await choose_text(seat)
        await seat.press("down", "right", "x")
        assert names(here / FOLDER) == ["all-mark-sheets.txt"]
        written = (here / FOLDER / "all-mark-sheets.txt").read_text(encoding="utf-8")
        assert written.index("Amara Okafor") < written.index("Łucja Świderska")


@pytest.mark.parametrize("key", ["pagedown", "ctrl+d"])
async def test_a_long_list_of_files_is_seen_to_its_end(marked: World, here: Path, key: str) -> None:
    many = [f"Student {n:02d} has no candidate number and goes by the script's id." for n in range(30)]
    async with marked.sit(size=(80, 24)) as seat:
        await seat.press("x")
        screen = seat.app.screen
        assert isinstance(screen, GivingOutScreen)
        assert screen.outlook is not None
        assert "all of the list" not in seat.text, "it all stands there"
        screen.outlook = replace(screen.outlook, cautions=tuple(many))
        await seat.press("down")
        assert "Student 29" not in seat.text
        seen = ""
        for _ in range(6):
            seen += seat.text
            await seat.press(key)
        assert all(sentence[:10] in seen + seat.text for sentence in many)
        assert "okafor" in seat.text, "the files stand last"
        assert screen.rows.cursor == 1, "the choices stay where they are"
        await seat.press(*["pageup"] * 6)
        assert "Student 00" in seat.text


async def test_another_folder_is_typed(marked: World, here: Path) -> None:
    async with marked.sit() as seat:
        await seat.press("x")
        await choose_text(seat)
        await seat.press("/")
        await seat.press("ctrl+u")
        await seat.type(str(here / "given"))
        await seat.press("enter", "x")
        assert len(names(here / "given")) == 1


async def test_a_folder_that_cannot_be_one_is_refused_in_its_box(marked: World, here: Path) -> None:
    (here / "marks.txt").write_text("in the way")
    long = "x" * 300
    async with marked.sit() as seat:
        await seat.press("x")
        await choose_text(seat)
        await seat.press("/", "ctrl+u", *"marks.txt", "enter")
        assert "marks.txt is a file, not a folder. Give another folder." in seat.spoken
        assert "/ marks.txt" in seat.text, "what was typed stays, to be mended"
        await seat.press(*"/in", "enter")
        assert "marks.txt is a file, not a folder. Give another folder." in seat.spoken
        await seat.press("ctrl+u")
        await seat.type(long)
        await seat.press("enter")
        assert "can't be a folder: File name too long" in seat.spoken
        await seat.press("escape")
        assert FOLDER in seat.text, "left, it is the folder that it was"
        await seat.press("/", "ctrl+u", *"given", "enter")
        assert "1 file" in seat.text
        await seat.press("x")
        assert len(names(here / "given")) == 1
    assert (here / "marks.txt").read_text() == "in the way"


async def test_a_folder_that_may_not_be_written_in_is_refused_in_its_box(
    marked: World, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shut = here / "shut"
    shut.mkdir()
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "shut" and real(path, mode))
    async with marked.sit() as seat:
        await seat.press("x")
        await choose_text(seat)
        await seat.press("/", "ctrl+u", *"shut/sheets", "enter")
        assert "Nothing may be written into shut. Give a folder that you may write in." in seat.spoken
        assert "/ shut/sheets" in seat.text
    assert names(shut) == []


@pytest.mark.parametrize("place", ["library", "queue"])
async def test_with_nothing_finished_it_says_so_and_writes_nothing(world: World, here: Path, place: str) -> None:
    async with world.sit() as seat:
        if place == "queue":
            await to_the_queue(seat)
        await seat.press("x")
        assert "is finished yet. Finish one" in seat.spoken
        await seat.press("x")
        assert names(here) == []


async def test_what_cannot_be_written_says_so(marked: World, here: Path) -> None:
    (here / FOLDER).write_text("in the way")
    async with marked.sit() as seat:
        await seat.press("x")
        await choose_text(seat)
        await seat.press("x")
        assert "is a file, not a folder" in seat.spoken
        assert seat.app.is_running
        assert (here / FOLDER).read_text() == "in the way"


async def test_esc_stops_between_two_files(world: World, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from markdesk.formats import giving_out as files

    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", "enter", "3", "enter")
    async with world.sit() as seat:
        await seat.press("x")
        await choose_text(seat)
        real = write_file

        def slowly(path: Path, content: bytes, force: bool = False) -> bool:
            seat.app.screen.action_back()  # type: ignore[attr-defined]
            return real(path, content, force)

        monkeypatch.setattr(files, "write_file", slowly)
        await seat.press("x")
        assert "Stopped: 1 of 2 files were written" in seat.text
        assert len(names(here / FOLDER)) == 1

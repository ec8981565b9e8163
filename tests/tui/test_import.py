"""Bringing essays in: choose a folder, look at whose each file is, decide what the program can't know, one key."""

import asyncio
import os
import threading
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from markdesk.desk.drafts import EssayDraft
from markdesk.desk.import_preview import Preview
from markdesk.formats.child import read_here
from markdesk.tui.screens.file_text import FileTextScreen
from markdesk.tui.screens.import_preview import ImportScreen
from markdesk.tui.screens.library import LibraryScreen
from markdesk.tui.screens.pick_files import PickScreen
from markdesk.tui.screens.queue import QueueScreen
from markdesk.tui.screens.whose import WhoseScreen
from tests.tui.desks import PARTS
from tests.tui.seat import Seat, World

ESSAY = "Henry VII was secure by 1499. He had beaten the pretenders and had married Elizabeth of York."
OTHER = "Henry was never secure. Warbeck came back again and again, and the nobles of the north were restless."
PAGE = f"""<html><body><nav><a href="/">Home</a> <a href="/essays">Essays</a></nav><h1>How secure was Henry VII?</h1>
<p>{ESSAY} He signed treaties with Spain and with Burgundy, and he kept his nobles poor by bonds and fines.</p>
<p>{OTHER} The taxes of 1497 brought the Cornishmen to the gates of London, and nobody there was ready for them.</p>
<p>Share this</p><p>Related essays</p><p>Log in</p><p>Cookie policy</p><p>Contact us</p></body></html>"""


@pytest.fixture
def downloads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that an import begins in."""
    place = tmp_path / "Downloads"
    place.mkdir()
    monkeypatch.setattr("markdesk.formats.folders.start_folder", lambda: str(place))
    return place


def put(place: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text)


@asynccontextmanager
async def importing(world: World) -> AsyncIterator[Seat]:
    """The files for the newest assignment are being chosen."""
    async with world.sit() as seat:
        await seat.press("i")
        await seat.until(lambda: isinstance(seat.app.screen, PickScreen))
        yield seat


async def previewed(seat: Seat) -> Preview:
    """Wait until everything is read."""
    await seat.until(lambda: isinstance(seat.app.screen, ImportScreen) and seat.app.screen.preview is not None)
    assert isinstance(seat.app.screen, ImportScreen)
    assert seat.app.screen.preview is not None
    return seat.app.screen.preview


def fates(preview: Preview) -> list[tuple[str, str]]:
    return [(str(row.fate), row.student) for row in preview.rows]


def scripts(world: World) -> set[tuple[object, ...]]:
    """Whose each script of the assignment is, its text and its version."""
    return set(
        world.rows(
            "select s.given_name || ' ' || s.family_name, e.text, c.version from script c join student s"
            " on s.id = c.student_id join essay e on e.hash = c.essay_hash where c.assignment_id = ?",
            PARTS,
        )
    )


async def test_a_folder_goes_in_by_preview_and_one_key(world: World, downloads: Path) -> None:
    put(downloads, {"Okafor Amara.txt": ESSAY, "notes.xls": "x"})
    before, steps = scripts(world), world.one("select count(*) from log")
    async with importing(world) as seat:
        assert "the essay of this folder" in seat.text
        await seat.press("enter")
        assert fates(await previewed(seat)) == [("check", "Amara Okafor")]
        assert "1 by name, to check" in seat.text
        assert scripts(world) == before
        await seat.press("i")
        await seat.until(lambda: isinstance(seat.app.screen, QueueScreen))
        await seat.until(lambda: "1 essay taken in" in seat.text)
    assert scripts(world) - before == {("Amara Okafor", ESSAY, 2)}
    assert world.one("select count(*) from log") == int(str(steps)) + 1


async def test_more_essays_come_in_from_the_list_of_a_pile(world: World, downloads: Path) -> None:
    put(downloads, {"Zhou Ying.txt": OTHER})
    async with world.sit(PARTS) as seat:
        await seat.press("escape", "i")
        await seat.until(lambda: isinstance(seat.app.screen, PickScreen))
        await seat.press("enter")
        await previewed(seat)
        await seat.press("n", "i")
        await seat.until(lambda: isinstance(seat.app.screen, QueueScreen))
        await seat.until(lambda: "1 essay taken in" in seat.text)
        assert "Ying Zhou" in seat.text
        assert "0 of 4" in seat.text
        await seat.press("escape")
        assert isinstance(seat.app.screen, LibraryScreen)


async def test_who_is_not_on_the_class_list_is_asked_about(world: World, downloads: Path) -> None:
    put(downloads, {"Okafor Amarah.txt": ESSAY, "Zhou Ying.txt": OTHER, "essay final.txt": f"{ESSAY} {OTHER}"})
    async with importing(world) as seat:
        await seat.press("enter")
        preview = await previewed(seat)
        assert fates(preview) == [("ask", "Amarah Okafor"), ("ask", "Ying Zhou"), ("ask", "")]
        assert "1 Amara Okafor" in seat.text
        await seat.press("1")
        assert fates(preview)[0] == ("import", "Amara Okafor")
        assert "Ying Zhou" in seat.here
        await seat.press("n")
        assert "essay final.txt" in seat.here
        await seat.press("n")
        assert "tells no name" in seat.text
        await seat.press("s")
        await seat.until(lambda: isinstance(seat.app.screen, WhoseScreen))
        await seat.type("connel finn")
        await seat.press("enter")
        await seat.until(lambda: preview.rows[2].student == "Finn O’Connell")
        await seat.press("i")
        await seat.until(lambda: isinstance(seat.app.screen, QueueScreen))
    assert {(name, version) for name, text, version in scripts(world)} == {
        ("Amara Okafor", 2), ("Łucja Świderska", 1), ("Finn O’Connell", 2), ("Ying Zhou", 1),
    }  # fmt: skip


async def test_two_files_of_one_student_wait_until_one_is_left_out(world: World, downloads: Path) -> None:
    put(downloads, {"Okafor Amara.txt": ESSAY, "Amara Okafor.txt": OTHER})
    async with importing(world) as seat:
        await seat.press("enter")
        preview = await previewed(seat)
        assert [fate for fate, _ in fates(preview)] == ["ask", "ask"]
        assert "leave out all but one" in seat.text
        assert "1 student has more than one file" in seat.text
        await seat.press("i")
        assert "nothing to take in" in seat.text
        await seat.press("x")
        assert [fate for fate, _ in fates(preview)] == ["leave", "check"]
        assert "more than one file" not in seat.text
        await seat.press("x")
        assert [fate for fate, _ in fates(preview)] == ["ask", "ask"]
        await seat.press("x", "i")
        await seat.until(lambda: isinstance(seat.app.screen, QueueScreen))
    assert [text for name, text, version in scripts(world) if version == 2] == [ESSAY]


async def test_all_whom_the_list_does_not_have_become_students_at_a_key(world: World, downloads: Path) -> None:
    put(downloads, {"Zhou Ying.txt": ESSAY, "Abara Ife.txt": OTHER, "Okafor Amarah.txt": OTHER})
    async with importing(world) as seat:
        await seat.press("enter")
        preview = await previewed(seat)
        await seat.press("N")
        found = {name: fate for fate, name in fates(preview)}
        assert found == {"Ying Zhou": "import", "Ife Abara": "import", "Amarah Okafor": "ask"}


async def test_a_heading_that_was_read_as_the_question_is_told_and_put_into_the_essay(
    world: World, downloads: Path
) -> None:
    heading = "# How secure was Henry VII?"
    put(downloads, {"Okafor Amara.md": f"{heading}\n\n{ESSAY} {OTHER}\n\n{OTHER} {ESSAY}\n"})
    async with importing(world) as seat:
        await seat.press("enter")
        preview = await previewed(seat)
        assert "The file asks another question: How secure was Henry VII?" in seat.text
        words = preview.rows[0].words
        await seat.press("enter")
        await seat.until(lambda: isinstance(seat.app.screen, FileTextScreen))
        await seat.press("home")
        assert "question" in seat.here
        await seat.press("space", "home")
        assert "question" not in seat.here
        assert "q makes it the question again" in seat.foot
        await seat.press("escape", "enter")
        await seat.until(lambda: isinstance(seat.app.screen, FileTextScreen))
        await seat.press("q")
        assert "question" in seat.here
        await seat.press("escape")
        assert not preview.choices
        assert preview.rows[0].words == words
        await seat.press("enter")
        await seat.until(lambda: isinstance(seat.app.screen, FileTextScreen))
        await seat.press("q", "escape")
        assert preview.rows[0].words == (words or 0) + 5
        assert "another question" not in seat.text
        await seat.press("i")
        await seat.until(lambda: isinstance(seat.app.screen, QueueScreen))
    (text,) = [str(text) for _, text, version in scripts(world) if version == 2]
    assert text.startswith(heading)


async def test_a_line_that_was_left_out_is_put_back(world: World, downloads: Path) -> None:
    put(downloads, {"Okafor Amara.html": PAGE})
    async with importing(world) as seat:
        await seat.press("enter")
        preview = await previewed(seat)
        (row,) = preview.rows
        assert row.removed > 0
        await seat.press("enter")
        await seat.until(lambda: isinstance(seat.app.screen, FileTextScreen))
        assert isinstance(seat.app.screen, FileTextScreen)
        at = next(n for n, (text, _) in enumerate(seat.app.screen.lines) if text == "Share this")
        await seat.press("home", *["down"] * at)
        assert "– left out" in seat.here
        await seat.press("space", "escape")
        assert preview.rows[0].removed == row.removed - 1
        await seat.press("i")
        await seat.until(lambda: isinstance(seat.app.screen, QueueScreen))
    (text,) = [str(text) for _, text, version in scripts(world) if version == 2]
    assert text.endswith("Share this")
    assert "Log in" in str(world.one("select removed from script where version = 2"))


async def test_a_download_is_taken_as_it_is(world: World, downloads: Path) -> None:
    with zipfile.ZipFile(downloads / "13H-Homework-7.zip", "w") as container:
        container.writestr("Amara Okafor_10442_assignsubmission_file/essay.txt", ESSAY)
        container.writestr("Finn O'Connell_10443_assignsubmission_file/essay.txt", OTHER)
    async with importing(world) as seat:
        assert "download" in seat.here
        await seat.press("enter")
        preview = await previewed(seat)
        assert fates(preview) == [("check", "Amara Okafor"), ("check", "Finn O’Connell")]
        await seat.press("i")
        await seat.until(lambda: isinstance(seat.app.screen, QueueScreen))
    found = world.rows("select system, system_id from script where assignment_id = ? and version = 2", PARTS)
    assert sorted(found) == [("moodle", "10442"), ("moodle", "10443")]


async def test_folders_are_gone_through_and_several_files_marked(world: World, downloads: Path) -> None:
    put(downloads, {"h/Okafor Amara.txt": ESSAY, "h/OConnell Finn.txt": OTHER, "h/Zhou Ying.txt": OTHER})
    async with importing(world) as seat:
        assert "h/" in seat.here
        await seat.press("enter")
        assert "all 3 essays of this folder" in seat.text
        await seat.press("down", "down", "space", "space")
        assert "2 marked" in seat.text
        await seat.press("enter")
        assert len((await previewed(seat)).rows) == 2
        await seat.press("x", "escape")
        assert "forgets what you decided about 1 file" in seat.text
        await seat.press("escape", "backspace")
        assert "h/" in seat.here
        await seat.press("escape")
        assert isinstance(seat.app.screen, LibraryScreen)


async def test_what_a_folder_holds_is_counted_in_one_way(world: World, downloads: Path) -> None:
    put(
        downloads, {"h/Okafor Amara.txt": ESSAY, "h/Zhou Ying.md": ESSAY, "h/marks.xls": "x", "h/in/Ray Zoe.txt": ESSAY}
    )
    with zipfile.ZipFile(downloads / "h" / "download.zip", "w") as container:
        container.writestr("Raman Dev.txt", ESSAY)
    async with importing(world) as seat:
        assert "2 essays, 1 download" in seat.here
        await seat.press("enter")
        assert "all 2 essays of this folder   and those in its folders   a download is taken by itself" in seat.text
        await seat.press("down", "down")
        assert "1 essay" in seat.here


async def test_a_folder_with_nothing_to_take_says_so(
    world: World, downloads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(downloads, {"a-table/marks.xls": "x", "b-closed/Okafor Amara.txt": ESSAY})
    (downloads / "empty").mkdir()
    scandir = os.scandir

    def closed(path: str | Path) -> "os._ScandirIterator[str]":
        if "closed" in str(path):
            raise PermissionError(13, "Permission denied", str(path))  # modes mean nothing to root, who may run this
        return scandir(str(path))

    monkeypatch.setattr("os.scandir", closed)
    async with importing(world) as seat:
        await seat.press("enter")
        assert "The only file here is no essay or download" in seat.foot
        await seat.press("backspace", "down", "down", "enter")
        assert "This folder is empty" in seat.foot
        await seat.press("backspace", "up")
        assert "can't be looked into" in seat.here
        await seat.press("enter")
        assert "can't be looked into: permission is denied. Ask who owns it" in seat.spoken
        await seat.press("space", "enter")
        preview = await previewed(seat)
        assert [row.why for row in preview.rows] == [
            f"The folder {downloads / 'b-closed'} can't be looked into: permission is denied."
            " Ask who owns it, or copy it into a folder of your own."
        ]


async def test_the_foot_offers_only_what_does_something(world: World, downloads: Path) -> None:
    put(downloads, {"essay final.txt": ESSAY, "Zhou Ying.txt": OTHER, "Okafor Amara.txt": f"{ESSAY} {OTHER}"})
    async with importing(world) as seat:
        await seat.press("enter")
        preview = await previewed(seat)
        assert "Ying Zhou" in seat.here
        assert "n new student" in seat.foot
        await seat.press("down")
        assert "essay final.txt" in seat.here
        assert "s whose" in seat.foot
        assert "new student" not in seat.foot, "there is no name to make one of"
        await seat.press("x", "up", "down")
        assert "x take it again" in seat.foot
        await seat.press("up", "n", "home")
        assert preview.rows[0].is_new
        assert "new student" not in seat.foot


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 18)])
async def test_why_is_readable_in_full_in_every_window(world: World, downloads: Path, size: tuple[int, int]) -> None:
    name = "an essay about Henry the Seventh and his nobles with a title that is longer than any window is wide"
    put(downloads, {f"{name} by nobody.txt": ESSAY, f"{name}.docx": "PK\x03\x04 and no more"})
    async with world.sit(size=size) as seat:
        await seat.press("i")
        await seat.until(lambda: isinstance(seat.app.screen, PickScreen))
        await seat.press("enter")
        await previewed(seat)
        await seat.press("home")
        assert f"{name} by nobody.txt doesn't say whose it is." in seat.spoken
        await seat.press("down")
        assert f"{name}.docx: This is a zip archive, not an essay. If it holds essays, import it alone" in seat.spoken


async def test_what_is_left_over_is_told_when_the_rest_is_in(world: World, downloads: Path) -> None:
    put(
        downloads, {"Okafor Amara.txt": ESSAY, "essay.txt": OTHER, "Zhou Ying.txt": OTHER, "Ray Zoe.docx": "PK\x03\x04"}
    )
    async with importing(world) as seat:
        await seat.press("enter")
        await previewed(seat)
        await seat.press("x", "i")
        await seat.until(lambda: isinstance(seat.app.screen, QueueScreen))
        told = (
            "1 essay taken in · left over: 1 to say whose, 1 refused, 1 left out. To see them, bring the same in again"
        )
        await seat.until(lambda: told in seat.spoken)


async def test_a_count_of_words_that_was_left_out_is_told_once(world: World, downloads: Path) -> None:
    put(downloads, {"Okafor Amara.txt": f"{ESSAY} {OTHER}\n\n{OTHER} {ESSAY}\n\nWord count: 212\n"})
    async with importing(world) as seat:
        await seat.press("enter")
        assert (await previewed(seat)).rows[0].removed == 1
        assert "1 line left out: Enter shows it" in seat.text
        assert "candidate" not in seat.text


async def test_a_place_can_be_typed(world: World, downloads: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "else where"
    put(elsewhere, {"Okafor Amara.txt": ESSAY})
    async with importing(world) as seat:
        await seat.press("slash")
        await seat.paste(f"'{elsewhere}'")
        await seat.press("enter")
        assert "the essay of this folder" in seat.text
        await seat.press("slash")
        await seat.type(f"{elsewhere}/Okafor Amara.tx")
        await seat.press("enter")
        assert "There is no file" in seat.text
        assert "Okafor Amara.tx" in seat.lines[-3], "what was typed stays, to be mended"
        await seat.press("t", "enter")
        assert fates(await previewed(seat)) == [("check", "Amara Okafor")]


async def test_files_are_dropped_on_the_window(world: World, downloads: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "else where"
    put(elsewhere, {"Okafor Amara.txt": ESSAY, "O'Connell Finn.txt": OTHER})
    async with importing(world) as seat:
        await seat.paste("hello")
        assert "There is no file" in seat.text
        one, two = elsewhere / "Okafor Amara.txt", elsewhere / "O'Connell Finn.txt"
        await seat.paste(f"'{one}' " + str(two).replace(" ", "\\ ").replace("'", "\\'"))
        assert fates(await previewed(seat)) == [("check", "Amara Okafor"), ("check", "Finn O’Connell")]


async def test_what_cant_be_read_says_why_and_stops_nothing(world: World, downloads: Path) -> None:
    put(downloads, {"Okafor Amara.txt": ESSAY, "OConnell Finn.docx": "PK\x03\x04 and no more"})
    async with importing(world) as seat:
        await seat.press("enter")
        preview = await previewed(seat)
        assert [fate for fate, _ in fates(preview)] == ["check", "refuse"]
        await seat.press("down", "s", "n", "x", "enter")
        assert isinstance(seat.app.screen, ImportScreen)
        assert "This is a zip archive" in seat.text
        await seat.press("i")
        await seat.until(lambda: isinstance(seat.app.screen, QueueScreen))
    assert ("Amara Okafor", ESSAY, 2) in scripts(world)


async def test_keys_are_answered_while_files_are_read_and_esc_stops_it(
    world: World, downloads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(downloads, {f"Okafor A{letter}.txt": f"{ESSAY} {letter}" for letter in "abcdefgh"})
    going, read = threading.Event(), list[str]()

    def slow(data: bytes, file_name: str, reader: object) -> EssayDraft:
        read.append(file_name)
        if len(read) == 3:
            assert going.wait(10)
        return read_here(data, file_name)

    monkeypatch.setattr("markdesk.formats.gathering.read_data", slow)
    before = scripts(world)
    async with importing(world) as seat:
        await seat.press("enter")
        await seat.until(lambda: len(read) == 3)
        await seat.until(lambda: "Reading 2 of 8" in seat.text)
        await seat.press("question_mark")
        assert "take in what is ready" in seat.text
        await seat.press("escape", "escape")
        assert isinstance(seat.app.screen, PickScreen)
        going.set()
        await asyncio.sleep(0.2)
        assert len(read) == 3
    assert scripts(world) == before


async def test_an_assignment_is_made_first_where_there_is_none(tmp_path: Path, downloads: Path) -> None:
    put(downloads, {"Okafor Amara.txt": ESSAY})
    empty = World(tmp_path / "empty.db")
    async with empty.sit() as seat:
        await seat.press("i")
        assert "New assignment" in seat.text
        await seat.paste("How secure was Henry VII by 1499? [25 marks]")
        await seat.press("enter", "enter", "enter", "ctrl+s")
        await seat.until(lambda: isinstance(seat.app.screen, PickScreen))
        await seat.press("enter")
        assert fates(await previewed(seat))[0][1] == "Amara Okafor"
        await seat.press("i")
        await seat.until(lambda: isinstance(seat.app.screen, QueueScreen))
    assert empty.rows("select given_name, family_name from student") == [("Amara", "Okafor")]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_the_foot_shows_the_way(world: World, downloads: Path, size: tuple[int, int]) -> None:
    put(downloads, {"Okafor Amara.txt": ESSAY})
    async with world.sit(size=size) as seat:
        await seat.press("i")
        await seat.until(lambda: isinstance(seat.app.screen, PickScreen))
        await seat.press("enter")
        await previewed(seat)
        assert "take 1 in" in seat.lines[-1]
        assert "Esc back" in seat.lines[-1]

"""A mark scheme of one's own, edited: from keys to the same file, with whatever the form doesn't show left alone."""

import re
import tomllib
from pathlib import Path

import pytest

from markdesk.bootstrap import own_rubrics
from markdesk.core.rubric import Status
from tests.tui.seat import Seat, World
from tests.tui.test_new_scheme import drafts, to_field, written
from tests.tui.test_schemes import HOSTILE, own, titled


def ours(*changes: tuple[str, str]) -> Path:
    """A scheme of the teacher's, with comments of hers."""
    return own("ours", titled("Our essay"), *changes)


async def edit(seat: Seat, scheme: str = "yours our") -> None:
    """From the library to the form on the scheme that these words find."""
    await seat.press("m", "/")
    await seat.type(scheme)
    await seat.press("enter", "e")
    assert "Edit mark scheme" in seat.lines[0]


async def retype(seat: Seat, text: str) -> None:
    """Another text in the field that is being filled in."""
    await seat.press("ctrl+u")
    await seat.type(text)


async def test_words_are_mended_and_the_rest_of_the_file_stays(world: World) -> None:
    path = ours(("status =", "time_minutes = 30 # a lesson\nstatus ="), ("time_minutes = 25", "#"))
    before = path.read_text()
    async with world.sit() as seat:
        await edit(seat)
        assert "nothing changed" in seat.lines[0]
        assert "Our essay" in seat.here
        await seat.type(", mended")
        await to_field(seat, "In a sentence", part=2)
        assert "Explains throughout in exact detail and decides for a reason." in seat.here
        for _ in range(7):
            await seat.press("backspace")
        await seat.type("good reason.")
        assert "wording changed" in seat.lines[0]
        assert "• In a sentence" in seat.here
        await seat.press("ctrl+s")
        assert "Written: ours.toml; as it was: ours.toml.bak. Only the wording changed" in seat.spoken
        assert "marks given already stay with the version they were given under" in seat.spoken
        assert "Our essay, mended" in seat.here, "the list is on it"
    rubric = written("ours")
    begun = re.search(r'^version = "0\.1\.(\d+)"', before, re.M)
    assert begun is not None
    assert (rubric.title, rubric.version) == ("Our essay, mended", f"0.1.{int(begun[1]) + 1}")
    assert rubric.scales[0].levels[-1].summary == "Explains throughout in exact detail and decides for a good reason."
    note = "                     # raise it whenever you change something; marks keep the version they were given on"
    lines = path.read_text().split("\n")
    assert [(old, new) for old, new in zip(before.split("\n"), lines, strict=True) if old != new] == [
        (f'version = "0.1.{begun[1]}"{note}', f'version = "{rubric.version}"{note}'),
        ('title = "Our essay"', 'title = "Our essay, mended"'),
        ('summary = "Explains throughout in exact detail and decides for a reason."',
         'summary = "Explains throughout in exact detail and decides for a good reason."'),
    ]  # fmt: skip
    assert path.with_name("ours.toml.bak").read_text() == before
    assert drafts() == []


async def test_another_structure_is_told_with_what_it_means(world: World) -> None:
    ours()
    async with world.sit() as seat:
        await edit(seat)
        await to_field(seat, "Out of")
        await seat.type("25")
        assert "structure changed" in seat.lines[0]
        assert "20-25" in seat.text, "figures are typed anew, and ranges follow them"
        await to_field(seat, "Levels")
        await seat.type("5")
        await seat.press("ctrl+s")
        assert "write this first, or leave the scheme a draft" in seat.text, "a ready one has no level without words"
        await seat.press("pageup", "pageup", "pageup")
        await to_field(seat, "Levels")
        await retype(seat, "3")
        await seat.press("ctrl+s")
        assert "The structure changed (tariff was 12, now 25, and " in seat.spoken
        assert "stay with the version they were given under. Look at them again" in seat.spoken
    rubric = written("ours")
    assert (rubric.version, rubric.max_mark, rubric.board) == ("0.2.0", 25, "School")
    assert [(level.min, level.max) for level in rubric.scales[0].levels] == [(1, 8), (9, 17), (18, 25)]


async def test_a_draft_becomes_ready_with_one_key(world: World) -> None:
    ours(('status = "ready"', 'status = "draft"'))
    async with world.sit() as seat:
        await edit(seat)
        assert "✎ draft" in seat.lines[0]
        await to_field(seat, "Status")
        await seat.press("space", "ctrl+s")
        assert "✎ draft" not in seat.here
    assert written("ours").status is Status.READY


async def test_a_scheme_that_ships_is_never_edited(world: World) -> None:
    async with world.sit() as seat:
        await seat.press("m")
        assert "e edit" not in seat.foot
        await seat.press("e")
        assert "It comes with markdesk and stays as it is; n begins one of your own from it." in seat.spoken
        await seat.press("enter", "e")
        assert "stays as it is; n begins one of your own" in seat.foot
        assert "aqa-7042-b-essay-25" in seat.lines[0]
    assert not own_rubrics().exists()


async def test_a_broken_file_or_one_of_two_is_not_edited(world: World) -> None:
    own("aqa-7042-nea-40", titled("The same id"))
    broken = own("broken")
    broken.write_text("x = 1")
    async with world.sit() as seat:
        await seat.press("m")
        assert "e edit" in seat.foot
        await seat.press("home", "e")
        assert "must be mended in a text editor first" in seat.spoken
        await seat.press("down", "e")
        assert "Two mark schemes are called 'aqa-7042-nea-40'" in seat.spoken
        assert "Mark schemes" in seat.lines[0]


async def test_it_is_edited_from_its_own_screen_and_from_the_palette(world: World) -> None:
    ours()
    async with world.sit() as seat:
        await seat.press("m", "/")
        await seat.type("yours")
        await seat.press("enter", "enter")
        assert "e edit" in seat.foot
        await seat.press("e")
        assert "Edit mark scheme   ours" in seat.lines[0]
        await seat.type(" A")
        await seat.press("ctrl+s")
        assert "Mark schemes" in seat.lines[0]
        assert written("ours").title == "Our essay A"
        await seat.press("ctrl+p")
        await seat.until(lambda: "Theme: light" in seat.text)
        await seat.type("Edit this")
        await seat.until(lambda: "If it is one of your own" in seat.text)
        await seat.press("enter")
        await seat.until(lambda: "Edit mark scheme   ours" in seat.lines[0])


async def test_nothing_is_written_where_nothing_changed_or_something_is_wrong(world: World) -> None:
    path = ours()
    before = path.read_bytes()
    async with world.sit() as seat:
        await edit(seat)
        await seat.press("ctrl+s")
        assert "Nothing is changed" in seat.spoken
        await retype(seat, "")
        await seat.press("ctrl+s")
        assert "1 to fill in or mend before it can be written" in seat.spoken
        assert "this must say something" in seat.text
        await seat.type("Our essay")
        assert "nothing changed" in seat.lines[0]
        await seat.press("escape")
    assert path.read_bytes() == before
    assert [file.name for file in own_rubrics().iterdir()] == ["ours.toml"]
    assert drafts() == []


async def test_an_edit_that_is_left_is_kept_and_offered_again(world: World) -> None:
    path = ours()
    async with world.sit() as seat:
        await edit(seat)
        await seat.burst(*" again", "escape")
        await seat.press("escape")
        assert "Go on  Our essay again   changes to ours, not written yet" in seat.text
        await seat.press("home", "n")
        assert "Choose a sound scheme" in seat.spoken
    assert written("ours").title == "Our essay"
    async with world.sit() as seat:
        await seat.press("m", "home", "enter")
        assert "Here is what you were writing" in seat.text
        assert "Our essay again" in seat.here
        await seat.press("ctrl+n")
        assert "The form has again what the file holds" in seat.spoken
        assert seat.here.endswith("Our essay")
        assert drafts() == []
        await seat.burst(*" 2", "escape")
    path.unlink()
    async with world.sit() as seat:
        await seat.press("m")
        assert "Go on" not in seat.text, "there is nothing any more that it could change"


async def test_a_new_scheme_from_ours_and_an_edit_of_ours_are_two_forms(world: World) -> None:
    ours()
    async with world.sit() as seat:
        await edit(seat)
        await seat.burst(*" edited", "escape")
        await seat.press("n")
        assert "New mark scheme   begun from ours" in seat.lines[0]
        await seat.burst(*"Begun", "escape")
        assert sorted(path.name for path in drafts()) == ["ours+edit.json", "ours.json"]
        await seat.press("e")
        assert "Our essay edited" in seat.here
        await seat.press("ctrl+s")
    assert written("ours").title == "Our essay edited"
    assert [path.name for path in drafts()] == ["ours.json"]


async def test_a_file_that_was_changed_meanwhile_is_not_overwritten(world: World) -> None:
    path = ours()
    async with world.sit() as seat:
        await edit(seat)
        await seat.type(", mine")
        theirs = path.read_text().replace('board = "School"', 'board = "Hill School"')
        path.write_text(theirs)
        await seat.press("ctrl+s")
        assert "NOT WRITTEN: ours.toml was changed elsewhere since the form was opened." in seat.spoken
        assert path.read_text() == theirs
        await seat.press("escape", "e")
        assert "The file was changed since you typed this" in seat.spoken
        assert "Our essay, mine" in seat.here
        assert "Hill School" in seat.text
        await seat.press("ctrl+s")
    assert (written("ours").title, written("ours").board) == ("Our essay, mine", "Hill School")
    assert path.with_name("ours.toml.bak").read_text() == theirs


async def test_a_file_that_can_not_be_written_is_as_it_was(world: World, tmp_path: Path) -> None:
    path = ours()
    elsewhere = tmp_path / "elsewhere.toml"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    before = elsewhere.read_bytes()
    async with world.sit() as seat:
        await edit(seat)
        await seat.type(" x")
        await seat.press("ctrl+s")
        assert "NOT WRITTEN" in seat.spoken
        assert "is a link to another file" in seat.spoken
    assert elsewhere.read_bytes() == before
    assert [file.name for file in own_rubrics().iterdir()] == ["ours.toml"]


async def test_a_title_that_another_scheme_has_is_told_before_it_is_written(world: World) -> None:
    ours()
    own("theirs", titled("Their essay"))
    async with world.sit() as seat:
        await edit(seat)
        await retype(seat, "their  Essay")
        assert "! theirs.toml has this title too" in seat.text
        await to_field(seat, "Board or school")
        await seat.press("ctrl+s")
        assert "theirs.toml has this title too. Ctrl+S again writes it all the same." in seat.spoken
        assert "Title" in seat.here
        assert written("ours").title == "Our essay"
        await seat.press("ctrl+s")
        assert written("ours").title == "their  Essay"
        await seat.press("n")
        await seat.type("Their essay")
        assert "theirs.toml has this title too" in seat.text
        await seat.press("ctrl+s")
        assert "Ctrl+S again" in seat.spoken
        await seat.type(" 2")
        assert "has this title too" not in seat.text
        await seat.press("ctrl+s")
        assert written("their-essay-2").title == "Their essay 2"


async def test_the_id_that_a_file_states_is_taken_too(world: World) -> None:
    path = ours()
    path.rename(path.with_name("copy-of-ours.toml"))
    async with world.sit() as seat:
        await seat.press("m", "/")
        await seat.type("school template")
        await seat.press("enter", "n")
        await seat.type("Ours")
        await seat.press("enter")
        assert "ours-2" in seat.here
        await seat.type("ours")
        assert "'ours' is taken: copy-of-ours.toml is there already" in seat.spoken


async def test_comments_that_went_are_told_and_hostile_words_stay_words(world: World) -> None:
    path = ours(('ask = "Is', '# when nothing is answered\nask = "Is'), ("Proves each point", f"{HOSTILE} each point"))
    async with world.sit() as seat:
        await edit(seat)
        await to_field(seat, "Question", part=6)
        assert "\x1b" not in seat.text
        await retype(seat, "")
        await seat.press("ctrl+s")
        assert "The structure changed (cap 'no-answer' is gone)" in seat.spoken
        assert "1 line of comment went with it." in seat.spoken
    text = path.read_text()
    assert "cap" not in tomllib.loads(text)
    assert "# A reminder that asks nothing." in text, "what stood behind it is about something else"
    assert written("ours").scales[0].levels[-1].strand["knowledge"].startswith("[/b] [red]bold\x1b[31m\u202e")
    assert "\x1b" not in text


@pytest.mark.parametrize("size", [(80, 24), (60, 18), (200, 60)])
@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_it_fits_every_window(world: World, size: tuple[int, int], theme: str) -> None:
    ours()
    async with world.sit(size=size, theme=theme) as seat:
        await edit(seat)
        await seat.type(" B")
        assert "wording changed" in seat.lines[0]
        assert "Ctrl+S" in seat.foot
        await to_field(seat, "Status")
        assert "Space changes it" in seat.text
        assert "○ draft   ● ready   ○ retired" in seat.here
        await seat.press("ctrl+s")
        assert "Only the wording changed" in seat.spoken

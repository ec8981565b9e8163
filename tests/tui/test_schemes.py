"""The mark schemes: the list, what stands beside it, what is typed to find one, and the panel that is tried."""

import re
from pathlib import Path

import pytest

from markdesk.bootstrap import own_rubrics
from markdesk.desk import rubrics as shelves
from markdesk.tui.screens import schemes as screen
from tests.kit import RUBRICS, shipped_rubric
from tests.tui.seat import Seat, World

TEMPLATE = (RUBRICS / "school-template.toml").read_text(encoding="utf-8")
HOSTILE = "[/b] [red]bold\\u001b[31m\\u202e"
"""A title in TOML: markup that must not act, an escape code, and text turned round."""


def own(name: str, *changes: tuple[str, str]) -> Path:
    """A scheme in the teacher's folder: the template under another id, with these texts replaced."""
    text = TEMPLATE.replace('id = "school-template"', f'id = "{name}"')
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    folder = own_rubrics()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def titled(title: str) -> tuple[str, str]:
    return "School template: short essay, 12 marks", title


def listed(seat: Seat) -> list[str]:
    """The rows of the list, from the top."""
    states = r"ready|draft|retired|broken|checked|same id"
    return [line[:70].rstrip() for line in seat.lines[3:-1] if re.search(states, line[:70])]


def beside(seat: Seat) -> str:
    """What stands to the right of the list."""
    return seat.right_of(70)


async def test_all_schemes_are_listed_by_board_with_drafts_after_them(world: World) -> None:
    async with world.sit() as seat:
        await seat.press("m")
        rows = listed(seat)
        assert len(rows) == len(list(RUBRICS.glob("*.toml")))
        assert f"Mark schemes   {len(rows)}" in seat.lines[0]
        states = [row.split()[-1] for row in rows]
        assert states == sorted(states, key=["ready", "draft"].index), "drafts apart, after all others"
        assert rows[0].startswith("▌AQA        A-level, Section B essay")
        assert rows[0].split()[-2:] == ["25", "ready"]
        boards = [row[1:11].strip() for row in rows if row[1:11].strip()]
        assert boards[:5] == ["AQA", "IB", "OCR", "Edexcel", "Any board"]
        assert all("✎ draft" in row for row in rows if "draft" in row), "a sign, not colour alone"


async def test_the_teacher_s_own_come_first_and_retired_ones_last(world: World) -> None:
    own("our-essay", titled("Our essay"))
    own("begun", titled("Begun"), ('status = "ready"', 'status = "draft"'))
    own("gone", titled("Gone"), ('status = "ready"', 'status = "retired"'))
    async with world.sit() as seat:
        await seat.press("m")
        rows = listed(seat)
        assert "3 yours" in seat.lines[0]
        assert rows[0].startswith("▌Yours")
        assert "Begun" in rows[0]
        assert "✎ draft" in rows[0]
        assert "Our essay" in rows[1]
        assert "Gone" in rows[-1]
        assert "⊘ retired" in rows[-1]
        await seat.press("down")
        assert "ready: your own file" in beside(seat)
        assert "a paraphrase, not the board's words" not in beside(seat)


async def test_beside_the_list_stands_every_word_of_the_scheme(world: World) -> None:
    rubric = next(r for r in (world_shelf().all()) if r.id == "aqa-7042-b-essay-25")
    async with world.sit(size=(200, 160)) as seat:
        await seat.press("m")
        text = " ".join(" ".join(line[90:] for line in seat.lines[:-1]).split())
        scale = rubric.scales[0]
        for level in scale.levels:
            assert level.summary in text
            assert f"{level.label} {level.range}" in text
            for strand in rubric.strands_of(scale):
                assert level.strand[strand.id].split()[0] in text
        for cap in rubric.caps:
            assert cap.ask in text
        for flag in rubric.flags:
            assert flag.text in text
        assert rubric.decision.guidance in text
        assert rubric.provenance.basis in text
        assert "ready: ranges believed right (see Basis), wording ours; nobody has compared it with the board's" in text


def world_shelf() -> shelves.RubricShelf:
    from markdesk.bootstrap import rubric_shelf

    return rubric_shelf()


async def test_coursework_shows_its_limits_and_penalties(world: World) -> None:
    async with world.sit(size=(200, 160)) as seat:
        await seat.press("m", "/")
        await seat.type("aqa nea")
        await seat.press("enter")
        assert "3,500 to 4,500" in seat.text or "at most 4,500" in seat.text
        assert "Penalty" in seat.text
        assert "never subtracted" in seat.text
        assert "Drafts" in seat.text


async def test_the_scheme_beside_follows_the_cursor_and_scrolls(world: World) -> None:
    async with world.sit() as seat:
        await seat.press("m")
        assert "aqa-7042-b-essay-25" in beside(seat)
        assert "L1 1–5" not in beside(seat)
        for _ in range(40):
            if "L1 1–5" in beside(seat):
                break
            await seat.press("ctrl+down")
        assert "L1 1–5" in beside(seat)
        await seat.press("down")
        assert "aqa-7042-c1a-extracts-30" in beside(seat), "from its top"


async def test_words_that_are_typed_filter_at_every_letter(world: World) -> None:
    async with world.sit() as seat:
        await seat.press("m", "/")
        await seat.type("nc")
        assert seat.app.screen.query("FilterBox"), "letters are letters there, not keys"
        await seat.press("backspace", "backspace")
        await seat.type("EDEXCEL ess")
        assert [row for row in listed(seat) if "AO1 essay" in row]
        assert "1 of 30" in seat.lines[0]
        assert "edexcel-9hi0-essay-20" in beside(seat)
        await seat.press("enter")
        assert "EDEXCEL ess" in seat.lines[1]
        assert len(listed(seat)) == 1, "the list stays as it was filtered"
        await seat.press("escape")
        assert len(listed(seat)) == 30
        assert "AO1 essay" in seat.here, "on the same scheme"
        await seat.press("escape")
        assert "Assignment" in seat.text


async def test_esc_in_the_box_shows_all_again_and_arrows_move_meanwhile(world: World) -> None:
    async with world.sit() as seat:
        await seat.press("m", "/")
        await seat.type("ocr")
        first = beside(seat)
        await seat.press("down")
        assert beside(seat) != first
        assert "ocr-h505" in beside(seat)
        await seat.burst("x", "x", "escape")
        assert len(listed(seat)) == 30
        await seat.press("/")
        await seat.type("nothing like it")
        assert listed(seat) == []
        assert "No scheme has “nothing like it”" in seat.text
        await seat.press("enter", "enter", "n")
        assert "Choose a sound scheme" in seat.spoken


async def test_fast_keys_after_the_slash_are_all_letters(world: World) -> None:
    async with world.sit() as seat:
        await seat.press("m")
        await seat.burst("/", *"cnt?q", "escape", "t")
        assert "Mark schemes" in seat.lines[0]
        assert len(listed(seat)) == 30


async def test_a_broken_file_says_where_and_hides_no_other(world: World) -> None:
    path = own("mended", ("scoring =", "scorring ="), ("min = 4", "min = 5"))
    async with world.sit() as seat:
        await seat.press("m")
        assert "1 to mend" in seat.lines[0]
        assert "✗ broken" in listed(seat)[0]
        assert len(listed(seat)) == 31
        text = beside(seat)
        assert "mended.toml:21: scorring: 'scorring' is not a key of this table; did you mean 'scoring'?" in text
        assert "scale[1].level[3].min: a gap: no level has 4" in text
        await seat.press("n")
        assert "Choose a sound scheme" in seat.spoken
        await seat.press("enter")
        assert "must be mended" in seat.spoken
        await seat.press("down")
        assert "must be mended" not in seat.spoken, "it was told of the other scheme"
        await seat.press("up")
        own("mended", titled("Mended now"))
        await seat.press("c")
        assert "read and checked again" in seat.spoken
        assert "to mend" not in seat.lines[0]
        assert "Mended now" in seat.text
        path.unlink()
        await seat.press("c")
        assert len(listed(seat)) == 30


async def test_an_own_file_with_a_shipped_scheme_s_id_is_told_and_hides_neither(world: World) -> None:
    folder = own_rubrics()
    folder.mkdir(parents=True)
    (folder / "ib-history-p1-24.toml").write_text(TEMPLATE.replace('"school-template"', '"ib-history-p1-24"'))
    async with world.sit() as seat:
        await seat.press("m")
        assert len(listed(seat)) == 31
        assert "1 to mend" in seat.lines[0]
        assert sum("✗ same id" in row for row in listed(seat)) == 2, "neither is taken for the other"
        shown = beside(seat)
        assert "Two files have this id" in shown
        assert "Neither is used until" in shown
        await seat.press("n")
        assert "Two mark schemes are called 'ib-history-p1-24'" in seat.spoken
        assert str(folder) in seat.text.replace("\n ", "").replace("\n", "")
        await seat.press("/")
        await seat.type("aqa nea")
        await seat.press("enter", "n")
        assert "begun from aqa-7042-nea-40" in seat.lines[0], "every other scheme is used as before"


async def test_the_board_s_own_wording_is_shown_where_the_teacher_holds_it(world: World) -> None:
    folder = own_rubrics() / "official"
    folder.mkdir(parents=True)
    official = folder / "aqa-7042-b-essay-25.toml"
    official.write_text(
        'schema = "markdesk.official/1"\nrubric = "aqa-7042-b-essay-25"\nsource = "our copy"\n'
        '[[scale]]\nid = "main"\n[[scale.level]]\nn = 5\ntext = "Words of the board."\n'
    )
    async with world.sit(size=(120, 90)) as seat:
        await seat.press("m")
        assert "L5 21–25 “Words of the board.”" in beside(seat)
        assert "the board's own in “ ” (1 of 30 texts), from our copy" in beside(seat)
        ours = shipped_rubric("aqa-7042-b-essay-25").scales[0].levels[3].summary
        assert f"L4 16–20 {ours}" in beside(seat), "ours has no quotation marks"
        await seat.press("enter", "5")
        assert seat.spoken.count("“Words of the board.”") == 2, "in the text and in the panel"
        assert "the board's words in “ ”: our copy" in seat.spoken
        official.write_text(official.read_text().replace("n = 5", "n = 9"))
        await seat.press("escape", "c")
        assert "The board's wording beside it can't be shown" in beside(seat)
        assert "'main' has levels 1 to 5" in beside(seat)


async def test_hostile_words_are_shown_as_signs(world: World) -> None:
    own("hostile", titled(HOSTILE), ("Proves each point", f"{HOSTILE} Proves each point"))
    async with world.sit() as seat:
        await seat.press("m")
        for _ in range(2):
            assert "[/b] [red]bold␛[31m⟨U+202E⟩" in seat.text
            assert "\x1b" not in seat.text
            assert "\u202e" not in seat.text
            await seat.press("enter", "4")


async def test_enter_opens_it_whole_and_digits_try_the_panel_without_writing(world: World) -> None:
    before = world.rows("select count(*) from log")
    async with world.sit() as seat:
        await seat.press("m", "enter")
        assert "aqa-7042-b-essay-25" in seat.lines[0]
        assert "a preview: nothing is kept" in seat.text
        await seat.press("4")
        panel = seat.right_of(72)
        assert "[18]" in panel
        assert "18 / 25" in panel
        await seat.press("+")
        assert "19 / 25" in seat.right_of(72)
        await seat.press("4", "7")
        assert "levels 1 to 5" in seat.foot
        await seat.press("0", "0")
        assert "NR" in seat.right_of(72)
        await seat.press("|")
        assert "Panel" not in seat.text
        await seat.press("2", "escape")
        assert "aqa-7042-b-essay-25" in beside(seat)
        assert "Mark schemes" in seat.lines[0]
    assert world.rows("select count(*) from log") == before
    assert world.rows("select count(*) from award") == [(0,)]


async def test_on_a_profile_the_digits_place_the_strands_and_tab_goes_through_scales(world: World) -> None:
    async with world.sit() as seat:
        await seat.press("m", "/")
        await seat.type("edexcel ao1 essay")
        await seat.press("enter", "enter", "4", "3")
        panel = seat.right_of(72)
        assert "L4" in panel.partition("L5")[0]
        assert "L3" in panel.partition("L5")[0]
        await seat.press("escape", "escape", "/")
        await seat.type("aqa nea")
        await seat.press("enter", "enter", "3", "tab", "2")
        marks = re.findall(r"L\d +\((\d+)\)", seat.text)
        assert len(marks) == 2


@pytest.mark.parametrize("size", [(80, 24), (60, 18), (200, 60)])
@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_it_fits_every_window(world: World, size: tuple[int, int], theme: str) -> None:
    async with world.sit(size=size, theme=theme) as seat:
        await seat.press("m")
        assert "A-level, Section B essay" in seat.text
        assert "aqa-7042-b-essay-25" in seat.text
        assert "? help" in seat.foot
        await seat.press("enter", "4")
        assert "L4" in seat.text
        for _ in range(8):
            await seat.press("ctrl+down") if "[18]" not in seat.text else None
        assert "[18]" in seat.text
        await seat.press("escape", "t")
        assert "aqa-7042-b-essay-25" in seat.text


async def test_a_window_that_is_too_small_says_so_and_comes_back(world: World) -> None:
    async with world.sit() as seat:
        await seat.press("m", "down")
        await seat.pilot.resize_terminal(40, 10)
        await seat.until(lambda: "Make the window larger" in seat.text)
        await seat.pilot.resize_terminal(80, 24)
        await seat.until(lambda: "aqa-7042-c1a-extracts-30" in seat.text)


async def test_the_screen_stands_before_the_files_are_read_and_a_slow_disk_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    gate = threading.Event()
    monkeypatch.setattr(screen, "PROGRESS_SECONDS", 0.0)
    read = shelves.RubricShelf.read
    count = 0

    def slow(shelf: shelves.RubricShelf, path: Path) -> object:
        nonlocal count
        count += 1
        if count == 6:
            gate.wait(10)
        return read(shelf, path)

    async with world.sit() as seat:
        monkeypatch.setattr(shelves.RubricShelf, "read", slow)
        seat._send("m")
        await seat.until(lambda: "5 files read so far; Esc goes back" in seat.text)
        await seat.until(lambda: "check again" in seat.foot)
        seat._send("escape")
        await seat.until(lambda: "Assignment" in seat.text)
        gate.set()
        monkeypatch.setattr(shelves.RubricShelf, "read", read)
        await seat.press("m")
        assert len(listed(seat)) == 30


async def test_help_names_its_keys(world: World) -> None:
    async with world.sit() as seat:
        await seat.press("m", "?")
        assert "read and check every file again" in seat.text
        await seat.press("escape", "enter", "?")
        assert "try one mark up, down" in seat.text
        assert "a level: its middle mark" in seat.text

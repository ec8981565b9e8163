"""The screen of the comment bank: find a comment, see where it was used, go there, change it as far as is said."""

from pathlib import Path

import pytest

from markdesk.core.ids import MarkerId, ScriptId
from markdesk.store.sqlite.store import SqliteStore
from tests.tui.desks import HOLISTIC, NAMES, SUMMED, once, script_id
from tests.tui.seat import Seat, World
from tests.tui.test_rooms import LIBRARY, row

OLD = "Tells the story"
NEW = "Tells the story: say what it explains"
OWN = "select text, code from bank_comment order by rowid"
COMMENTS = (
    "select sc.id, n.comment from annotation n join marking m on m.id = n.marking_id join script sc on"
    " sc.id = m.script_id where n.comment <> '' order by sc.id, n.start"
)


def comments(world: World) -> list[str]:
    return [str(text) for _, text in world.rows(COMMENTS)]


async def note(seat: Seat, text: str, *keys: str) -> None:
    """Stamp the passage and comment on it."""
    await seat.press("N")
    await seat.type(text)
    await seat.press("escape", *keys)


@pytest.fixture
async def told(world: World, marked_on: Path) -> World:
    """The story is told in three essays; the first is returned."""
    await once(marked_on, world, told_in_three)
    assert world.rows("select count(*) from marking where status = 'returned'") == [(1,)]
    assert comments(world) == [OLD, f"{OLD}.", OLD]
    return world


async def told_in_three(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await note(seat, OLD, "4", "enter")
        await seat.press("escape", "l", "R", "enter")
    async with world.sit(HOLISTIC, script=script_id(HOLISTIC, 2)) as seat:
        await seat.press("down")
        await note(seat, f"{OLD}.", "3")
    async with world.sit(SUMMED) as seat:
        await note(seat, OLD)


async def open_bank(seat: Seat, words: str = "story") -> None:
    """From the library to the comment with these words."""
    await seat.press("b", "/")
    await seat.type(words)
    await seat.press("enter")


async def reword(seat: Seat, words: str = ": say what it explains") -> None:
    """Put words behind those of the comment that is chosen, and close the editor."""
    await seat.press("e", "ctrl+end")
    await seat.type(words)
    await seat.press("escape")


async def go_to(seat: Seat, words: str) -> None:
    """Along the uses to the one that has these words."""
    await seat.press("home")
    for _ in range(4):
        if words in seat.here:
            return
        await seat.press("down")
    raise AssertionError(f"no row has {words}; on the screen:\n{seat.text}")


# -- finding


async def test_the_list_tells_of_each_comment(told: World) -> None:
    async with told.sit(size=(140, 40)) as seat:
        await seat.press("b")
        assert "Comment bank" in seat.lines[0]
        assert "● 0 yours" in seat.lines[0]
        assert "◐ 1 typed" in seat.lines[0]
        first = seat.here
        assert f"◐ {OLD}" in first, "what was used last comes first"
        assert first.split()[-3:] == ["3", "23", "Nov"]
        assert "NAR" in first
        assert ";ev" in seat.text
        await seat.press("escape")
        assert LIBRARY in seat.text


async def test_the_filter_finds_words_codes_origins_and_stamps(told: World) -> None:
    async with told.sit() as seat:
        await seat.press("b", "/")
        await seat.type("story typed")
        assert OLD in seat.here
        assert "1 of " in seat.lines[0]
        await seat.press("escape")
        assert " of " not in seat.lines[0]
        await open_bank(seat, "figure prove shipped knowledge")
        assert ";ev" in seat.here
        await seat.press("/")
        await seat.type(" zzzz [/b]")
        assert "No comment has “figure prove shipped knowledge zzzz [/b]”" in seat.text
        await seat.press("enter", "e", "c", "delete", "enter", "1")
        await seat.press("escape")
        assert " of " not in seat.lines[0]
    assert told.rows(OWN) == []


# -- its uses, and there


async def test_enter_shows_the_uses_and_enter_there_opens_the_essay_at_the_comment(told: World) -> None:
    async with told.sit() as seat:
        await open_bank(seat)
        await seat.press("enter")
        assert "Where it was used   3 · 1 returned" in seat.lines[0]
        assert len([line for line in seat.lines if "✓ returned" in line]) == 1
        line = next(line for line in seat.lines if "Łucja Świderska" in line)
        assert NAMES[HOLISTIC] in line
        assert "23 Nov" in line
        assert "Hungary rose" in line
        await go_to(seat, "Łucja")
        await seat.press("enter")
        assert "Łucja Świderska" in seat.lines[0]
        assert "reading ¶2" in seat.text
        assert f"{OLD}." in seat.text
        await seat.press('"', *" so", "escape")
        await seat.press("escape", "escape", "escape")
        assert "finished" in seat.lines[0], "the list of its pile"
        await seat.press("escape")
        assert "Where it was used   2" in seat.lines[0], "the use has other words by now"
        await seat.press("escape", "escape", "escape")
        assert LIBRARY in seat.text


async def test_a_line_of_feedback_is_named(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press(",")
        await seat.type("Exact dates in every paragraph")
        await seat.press("escape")
    async with world.sit() as seat:
        await open_bank(seat, "exact dates every")
        await seat.press("enter")
        assert seat.here.split()[-1] == "WWW"
        await seat.press("enter")
        assert "It stands in the feedback, as WWW: , opens it" in seat.foot


async def test_what_was_never_used_says_so(world: World) -> None:
    async with world.sit() as seat:
        await open_bank(seat, "figure prove")
        await seat.press("enter")
        assert "It hasn't been used yet" in seat.foot


async def test_while_names_are_hidden_none_is_told(told: World) -> None:
    async with told.sit() as seat:
        await seat.press("end", "enter", "v")
        assert "names hidden" in seat.text
        await seat.press("escape")
        await open_bank(seat)
        await seat.press("enter")
        assert "Łucja" not in seat.text
        assert len([line for line in seat.lines if NAMES[HOLISTIC] in line and "#" in line]) == 2
        assert row(seat, "Amara Okafor").count(NAMES[SUMMED]) == 1, "the other pile is as it was"


# -- how far an edit reaches


async def test_it_is_asked_by_keys_with_what_stays(told: World) -> None:
    async with told.sit(size=(80, 24)) as seat:
        await open_bank(seat)
        await reword(seat)
        assert "1 only this use" not in seat.spoken
        assert "2 the 2 uses not returned (1 returned stays)" in seat.spoken
        assert f"“{NEW}”" in seat.text
        assert "3 from now on" in seat.spoken
        before = told.one("select count(*) from log")
        await seat.press("x", "down", "t", "enter", "1", "delete", "ctrl+z")
        assert "2 the 2 uses not returned" in seat.spoken, "no other key is an answer"
        await seat.press("e")
        assert NEW in seat.text, "the words are still there"
        await seat.press("escape", "escape")
        assert "Nothing was changed" in seat.foot
        assert told.one("select count(*) from log") == before


async def test_all_that_are_not_returned(told: World) -> None:
    async with told.sit() as seat:
        await open_bank(seat)
        await reword(seat)
        await seat.press("2")
        assert seat.foot.startswith("✓ saved  2 changed; 1 returned, unchanged")
        assert comments(told) == [OLD, NEW, NEW]
        assert told.rows(OWN) == [(NEW, "")]
        assert f"● {NEW}" in seat.here
        assert seat.here.split()[-3:] == ["3", "23", "Nov"]
        assert f"before: “{OLD}" in seat.text
        await seat.press("ctrl+z")
        assert "Undo: 2 changed" in seat.foot
        assert comments(told) == [OLD, f"{OLD}.", OLD]
        assert told.rows(OWN) == []
        assert f"◐ {OLD}" in seat.here
        await seat.press("ctrl+y")
        assert comments(told) == [OLD, NEW, NEW]
    assert told.rows("select count(*) from log where kind = 'undo' and marking_id is null") == [(1,)]


async def test_each_essay_undoes_its_own_part(told: World) -> None:
    async with told.sit() as seat:
        await open_bank(seat)
        await reword(seat)
        await seat.press("2")
    async with told.sit(SUMMED) as seat:
        await seat.press("ctrl+z")
        assert "Undo: comment, as changed in the bank" in seat.foot
        assert comments(told) == [OLD, NEW, OLD]
    async with told.sit() as seat:
        await seat.press("b", "ctrl+z")
        assert "Nothing to undo here" in seat.foot, "what another sitting did is undone in the essays"


async def test_from_now_on(told: World) -> None:
    async with told.sit() as seat:
        await open_bank(seat)
        await reword(seat)
        await seat.press("3")
        assert "changed from now on; where it was used it stays as it is (3)" in seat.foot
        assert comments(told) == [OLD, f"{OLD}.", OLD]
        assert told.rows(OWN) == [(NEW, "")]
    async with told.sit(HOLISTIC, script=script_id(HOLISTIC, 3)) as seat:
        await seat.press("n", ";")
        await seat.type("story")
        assert NEW in seat.text
        await seat.press("enter")
        assert comments(told) == [OLD, f"{OLD}.", NEW, OLD], "the old words are no longer offered"


async def test_only_this_use(told: World) -> None:
    async with told.sit() as seat:
        await open_bank(seat)
        await seat.press("enter")
        await go_to(seat, "Łucja")
        await reword(seat)
        assert "1 only this use" in seat.spoken
        await seat.press("1")
        assert "changed there alone; the bank has it as before" in seat.foot
        assert comments(told) == [OLD, NEW, OLD]
        assert told.rows(OWN) == []
        assert "Where it was used   2" in seat.lines[0]
        await seat.press("ctrl+z")
        assert comments(told) == [OLD, f"{OLD}.", OLD]


async def test_a_returned_use_is_no_answer(told: World) -> None:
    async with told.sit() as seat:
        await open_bank(seat)
        await seat.press("enter")
        await go_to(seat, "✓ returned")
        await reword(seat)
        assert "1 only this use" not in seat.spoken
        await seat.press("1")
        assert "2 the 2 uses not returned" in seat.spoken
        await seat.press("2", "escape")
        assert f"● {NEW}" in seat.here, "the list stands on it under its new name"
    assert comments(told) == [OLD, NEW, NEW]


async def test_one_without_uses_is_changed_without_a_question(world: World) -> None:
    async with world.sit() as seat:
        await open_bank(seat, "figure prove shipped knowledge")
        await reword(seat, " Say so.")
        assert "changed from now on" in seat.foot
        ((text, code),) = world.rows(OWN)
        assert str(text).endswith("would prove this? Say so.")
        assert code == "ev"
        assert "● 1 yours" in seat.lines[0]


async def test_a_burst_of_keys_is_the_same(told: World) -> None:
    async with told.sit() as seat:
        await seat.burst("b", "/", *"story", "enter", "e", "ctrl+end", *": say what it explains", "escape", "2")
        assert comments(told) == [OLD, NEW, NEW]


# -- what can't be


@pytest.mark.parametrize(
    ("pasted", "told_of"),
    [
        ("x" * 50_000, "a comment of the bank has 2,000 at the most"),
        ("", "An empty comment says nothing"),
        ("Which date, name or figure would prove this?", "(;ev) says that already"),
    ],
)
async def test_words_that_can_not_be_stay_in_the_editor_until_it_is_closed_again(
    told: World, pasted: str, told_of: str
) -> None:
    async with told.sit() as seat:
        await open_bank(seat)
        await seat.press("e", "ctrl+end", *["backspace"] * (len(OLD) + 1))
        await seat.paste(pasted)
        await seat.press("escape")
        assert told_of in seat.spoken
        assert "Esc once more leaves it as it was" in seat.spoken
        await seat.press("escape")
        assert "Its words are as they were" in seat.foot
        assert OLD in seat.here
    assert comments(told) == [OLD, f"{OLD}.", OLD]
    assert told.rows(OWN) == []


async def test_escape_codes_and_many_lines_are_text(told: World) -> None:
    async with told.sit() as seat:
        await open_bank(seat)
        await seat.press("e", "ctrl+end")
        await seat.paste(" [/b]\x1b[31m\r\n\r\nthree\rlines")
        await seat.press("escape", "2")
        assert "✓ saved" in seat.foot
    shown = f"{OLD} [/b]␛[31m\n\nthree\nlines"
    assert comments(told) == [OLD, shown, shown]


async def test_a_short_code_is_given_and_one_that_another_has_is_refused(told: World) -> None:
    async with told.sit() as seat:
        await open_bank(seat)
        await seat.press("c")
        await seat.type("story")
        await seat.press("enter")
        assert ";story writes it from now on" in seat.foot
        assert told.rows(OWN) == [(OLD, "story")]
        assert ";story" in seat.here
        await seat.press("c", *["backspace"] * 5)
        await seat.type("EV")
        await seat.press("enter")
        assert ";EV is the short code of 'Which date, name or figure" in seat.spoken
        assert "Its short code  ; EV" in seat.text, "what was typed stays, to be mended"
        assert told.rows(OWN) == [(OLD, "story")]
        await seat.press("backspace", "X", "!", "enter")
        assert "'EX!' can't be a short code" in seat.spoken
        await seat.press("backspace", "enter")
        assert ";EX writes it from now on" in seat.foot
        assert told.rows(OWN) == [(OLD, "EX")]
        await seat.press("c", "escape")
        assert "Its short code is as it was" in seat.foot
        assert ";EX" in seat.here


async def test_a_code_that_is_refused_is_still_for_the_comment_that_it_was_typed_for(told: World) -> None:
    async with told.sit() as seat:
        await open_bank(seat)
        await seat.press("c")
        await seat.type("story")
        async with told.sit() as other:
            await open_bank(other)
            await other.press("c", *"tells", "enter")
            assert ";tells writes it from now on" in other.foot
        await seat.press("enter")
        assert "NOT SAVED: That comment has changed since" in seat.spoken
        assert "Its short code  ; story" in seat.text
        assert ";tells" in seat.here, "it is shown as it is by now"
        await seat.press("enter")
        assert ";story writes it from now on" in seat.foot
    assert told.rows(OWN) == [(OLD, "story")]


@pytest.mark.parametrize("key", ["c", "e"])
async def test_a_click_on_the_list_leaves_the_keys_with_what_is_typed(told: World, key: str) -> None:
    async with told.sit() as seat:
        await seat.press("b")
        words = seat.here
        await seat.press(key, "q", "z")
        await seat.click(20, 6)
        assert seat.here != words, "the cursor is where the click was"
        await seat.press("x")
        assert "qzx" in seat.text
        await seat.press("escape")
        assert "qzx" not in seat.text.replace("“Tells the storyqzx”", "")
    assert told.rows(OWN) == []


async def test_a_code_is_refused_among_the_uses_too(told: World) -> None:
    async with told.sit() as seat:
        await open_bank(seat)
        await seat.press("enter", "c", "e", "v", "enter")
        assert ";ev is the short code of 'Which date, name or figure" in seat.spoken
        assert "Its short code  ; ev" in seat.text
        await seat.press("a", "enter")
        assert ";eva" in seat.text
    assert told.rows(OWN) == [(OLD, "eva")]


async def test_only_one_of_her_own_is_taken_out(told: World) -> None:
    async with told.sit() as seat:
        await open_bank(seat)
        await seat.press("delete")
        assert "It isn't kept in the bank: it stands on scripts" in seat.spoken
        await reword(seat)
        await seat.press("2", "ctrl+x")
        assert "taken out of the bank; it still stands where it was used" in seat.foot
        assert told.rows(OWN) == []
        assert comments(told) == [OLD, NEW, NEW]
        await seat.press("ctrl+z")
        assert told.rows(OWN) == [(NEW, "")]


async def test_an_essay_that_is_open_in_another_window_is_named(told: World) -> None:
    async with told.sit() as seat:
        await open_bank(seat)
        await reword(seat)
        other = SqliteStore(told.path)
        marker = str(told.one("select id from marker"))
        held = other.hold(ScriptId(script_id(SUMMED, 1)), MarkerId(marker))
        assert not isinstance(held, str)
        before = told.one("select count(*) from log")
        await seat.press("2")
        assert "NOT SAVED: Amara Okafor's essay is open for marking in another window (Ms Test" in seat.spoken
        assert told.one("select count(*) from log") == before
        held.release()
        other.close()


# -- over an essay


async def test_from_the_semicolon_s_box_and_back_on_the_essay_as_it_is_by_now(told: World) -> None:
    async with told.sit(HOLISTIC, script=script_id(HOLISTIC, 2)) as seat:
        await seat.press("home", "down", ";")
        assert "all comments, their uses" in seat.foot
        await seat.press("ctrl+l")
        assert "Comment bank" in seat.lines[0]
        assert f"◐ {OLD}" in seat.here
        await reword(seat)
        await seat.press("2")
        assert "✓ saved  2 changed" in seat.foot, "the essay under it isn't in its way"
        await seat.press("escape")
        assert "Łucja Świderska" in seat.lines[0]
        assert "reading ¶2" in seat.text
        await seat.press("[")
        assert NEW in seat.text
        await seat.press("4", "k")
        assert told.rows("select count(*) from annotation where code = 'K'") == [(1,)], "it is held again"
        await seat.press("ctrl+z", "ctrl+z", "ctrl+z")
        assert comments(told) == [OLD, f"{OLD}.", NEW]


async def test_what_was_being_typed_is_saved_before_the_bank_is_shown(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press(",")
        await seat.type("Exact dates")
        await seat.press("tab", ";", "ctrl+l")
        assert "Comment bank" in seat.lines[0]
        assert world.rows("select text from feedback") == [("Exact dates",)]
        await seat.press("escape", "k")
        assert world.rows("select code from annotation") == [("K",)], "the keys are the essay's again"


async def test_a_use_on_the_essay_under_it_leads_back_there(told: World) -> None:
    async with told.sit(HOLISTIC, script=script_id(HOLISTIC, 2)) as seat:
        await seat.press("home", ";", "ctrl+l", "enter")
        await go_to(seat, "Łucja")
        await seat.press("enter")
        assert "reading ¶2" in seat.text
        assert f"{OLD}." in seat.text
        await seat.press("escape", "escape", "escape")
        assert "finished" in seat.lines[0]


async def test_a_use_on_another_essay_is_opened_over_it_and_typed_words_there_are_kept(told: World) -> None:
    async with told.sit(HOLISTIC, script=script_id(HOLISTIC, 2)) as seat:
        await seat.press(";", "ctrl+l", "enter")
        await go_to(seat, NAMES[SUMMED])
        await seat.press("enter")
        assert "Amara Okafor" in seat.lines[0]
        await seat.press("down", '"')
        await seat.type(" and half a sent")
        await seat.leave()
    assert told.rows("select text from draft") == [(f"{OLD} and half a sent",)]


async def test_what_another_window_did_meanwhile_is_shown(told: World) -> None:
    async with told.sit(HOLISTIC, script=script_id(HOLISTIC, 2)) as seat:
        await seat.press(";", "ctrl+l")
        async with told.sit(HOLISTIC, script=script_id(HOLISTIC, 2)) as other:
            await other.press("home", "k")
            assert told.rows("select count(*) from annotation where code = 'K'") == [(1,)], "the essay was let go"
        await seat.press("escape", "]")
        assert "2 of 2" in seat.foot or "1 of 2" in seat.foot


async def test_the_palette_has_it(told: World) -> None:
    async with told.sit() as seat:
        await seat.press("ctrl+p")
        await seat.type("comment bank")
        await seat.press("enter")
        await seat.until(lambda: "Comment bank   " in seat.lines[0])
        await seat.press("?")
        assert "where it was used" in seat.text


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (200, 60)])
async def test_it_fits(told: World, size: tuple[int, int]) -> None:
    async with told.sit(size=size) as seat:
        await open_bank(seat)
        assert OLD in seat.here
        await seat.press("enter")
        assert row(seat, "Łucja Świderska")
        await seat.resize(80, 24)
        await reword(seat)
        await seat.press("2")
        assert comments(told) == [OLD, NEW, NEW]

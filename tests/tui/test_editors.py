"""Where words are typed: drafts, what Esc keeps, what Enter does, and what is pasted."""

import asyncio

import pytest

from markdesk.tui.widgets.essay_view import EssayView
from tests.tui.desks import ESSAYS, HOLISTIC, script_id
from tests.tui.seat import Seat, World

DRAFTS = 'select editor, text, start, "end", annotation_id from draft order by editor'
SECOND = ESSAYS[0].paragraphs[1].span


def draft(seat: Seat) -> list[tuple[object, ...]]:
    return seat.rows("select editor, text from draft order by editor")


async def test_what_is_typed_is_in_the_file_within_half_a_second(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("K")
        await seat.type("Which party")
        await asyncio.sleep(0.5)
        assert draft(seat) == [("comment", "Which party")]
        await seat.type(" was it?")
        await asyncio.sleep(0.5)
        assert draft(seat) == [("comment", "Which party was it?")]
        assert seat.rows("select comment from annotation") == [("",)], "it is no comment yet"
        assert seat.one("select count(*) from log where action = 'comment'") == 0


async def test_while_one_types_on_the_words_are_kept_all_the_same(world: World) -> None:
    """A key every 50 ms for two seconds: the draft is never more than half a second behind."""
    async with world.sit(HOLISTIC) as seat:
        await seat.press("K")
        loop = asyncio.get_running_loop()
        typed: list[tuple[float, int]] = []
        end = loop.time() + 2
        while loop.time() < end:
            await seat.type("a")
            typed.append((loop.time(), len(typed) + 1))
            await asyncio.sleep(0.05)
            old = [count for at, count in typed if at < loop.time() - 0.6]
            if old:
                found = draft(seat)
                assert found
                assert len(str(found[0][1])) >= old[-1]


async def test_esc_makes_one_change_and_the_draft_is_gone(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("K")
        await seat.type("Which party?")
        await asyncio.sleep(0.4)
        await seat.press("escape")
        assert seat.rows("select comment from annotation") == [("Which party?",)]
        assert draft(seat) == []
        assert seat.rows("select action, label from log where marking_id is not null") == [
            ("stamp", "K on ¶1"),
            ("comment", "comment on ¶1"),
        ]
        await asyncio.sleep(0.5)
        assert draft(seat) == [], "no draft comes back after it"


@pytest.mark.parametrize("is_pasted", [True, False])
async def test_lines_that_are_taken_back_take_the_scrollbar_with_them(world: World, is_pasted: bool) -> None:
    """The cursor stood in a line that had gone by then, and the program stopped."""
    async with world.sit(HOLISTIC) as seat:
        await seat.press("K")
        await seat.type("Which party?")
        if is_pasted:
            await seat.paste("\n".join(f" line {n}" for n in range(12)))
        else:
            await seat.burst(*["enter"] * 12)
        await seat.press(*["ctrl+z"] * 12)
        assert seat.app.is_running
        await seat.press(*["ctrl+y"] * 12, *["ctrl+z"] * 11)
        await seat.type("!")
        await seat.press("escape")
        assert str(seat.one("select comment from annotation")).endswith("!")


async def test_a_comment_left_as_it_was_changes_nothing(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("K", "a", "escape", '"', "b", "backspace")
        await asyncio.sleep(0.5)
        await seat.press("escape")
        assert draft(seat) == []
        assert seat.one("select count(*) from log where action = 'comment'") == 1
        assert seat.rows("select comment from annotation") == [("a",)]


async def test_words_in_mid_sentence_survive_leaving_and_come_back_in_the_editor(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("down", "K")
        await seat.type("half a sen")
    assert world.rows("select editor, text from draft") == [("comment", "half a sen")]
    async with world.sit(HOLISTIC) as seat:
        assert "half a sen" in seat.text
        await seat.type("tence")
        await seat.press("escape")
        assert world.rows("select code, comment from annotation") == [("K", "half a sentence")]
        assert world.rows("select * from draft") == []


async def test_a_bare_comment_in_mid_sentence_comes_back_on_its_passage(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", "down", '"')
        await seat.type("half")
    assert world.rows(DRAFTS) == [("comment", "half", SECOND.start, SECOND.end, "")]
    async with world.sit(HOLISTIC) as seat:
        await seat.press("escape")
        assert world.rows('select code, comment, start, "end" from annotation') == [
            ("", "half", SECOND.start, SECOND.end)
        ]
        assert world.rows("select * from draft") == []


async def test_feedback_in_mid_sentence_comes_back_in_its_line(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", ",")
        await seat.type("well done")
        await seat.press("enter", "enter")
        await seat.type("even bet")
    assert world.rows("select editor, text from draft order by editor") == [
        ("ebi.1", "even bet"),
        ("www.1", "well done"),
    ]
    async with world.sit(HOLISTIC) as seat:
        assert "even bet" in seat.text
        assert "well done" in seat.text
        await seat.press("escape")
        assert world.rows("select field, place, text from feedback order by field") == [
            ("ebi", 1, "even bet"),
            ("www", 1, "well done"),
        ]
        assert world.rows("select * from draft") == []


async def test_enter_goes_through_the_lines_of_feedback(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press(",")
        for label in ("WWW", "EBI", "Target", "Task", "Comment", "Note"):
            assert label in seat.text
        for words in ("one", "two", "three", "four", "five"):
            await seat.type(words)
            await seat.press("enter")
        await seat.type("six")
        await seat.press("enter")
        await seat.type("seven")
        await seat.press("escape")
        assert seat.rows("select field, place, text from feedback order by field, place") == [
            ("comment", 1, "six\nseven"),
            ("ebi", 1, "three"),
            ("target", 1, "four"),
            ("task", 1, "five"),
            ("www", 1, "one"),
            ("www", 2, "two"),
        ]
        side = seat.right_of(74)
        for words in ("one", "two", "three", "four", "five"):
            assert words in side
        assert seat.rows("select label from log where action like 'feedback%' order by seq")[0] == ("WWW written",)


async def test_feedback_opens_on_the_first_empty_line(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press(",", "a", "escape", ",", "b", "escape", ",", "c", "escape")
        assert seat.rows("select field, place, text from feedback order by field, place") == [
            ("ebi", 1, "c"),
            ("www", 1, "a"),
            ("www", 2, "b"),
        ]


async def test_a_last_target_stands_above_the_next_essay_and_never_its_mark(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("4", ",", "enter", "enter", "enter")
        await seat.type("weigh both sides")
        await seat.press("escape", "enter")
    async with world.sit("summed") as seat:
        assert "weigh both sides" in seat.lines[1]
        assert "set on Khrushchev" in seat.lines[1]
        assert "18" not in seat.lines[1]


@pytest.mark.parametrize("key", ["escape", "ctrl+enter"])
async def test_the_keys_that_close_an_editor_give_the_essay_its_keys_back(world: World, key: str) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("K", "x", key, "down", "e")
        assert seat.rows("select code, comment from annotation order by id") == [("K", "x"), ("E", "")]
        assert "reading ¶2" in seat.text


async def test_the_arrows_of_an_editor_stay_in_it(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("K", *"abc", "left", "left", "X", "up", "down", "home", "Y", "end", "Z", "1", "+", "escape")
        assert seat.rows("select comment from annotation") == [("YaXbcZ1+",)]
        assert "reading ¶1" in seat.text
        assert seat.rows("select * from award") == []


async def test_a_draft_belongs_to_its_own_essay(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("K")
        await seat.type("for Amara")
    async with world.sit(HOLISTIC, script=script_id(HOLISTIC, 2)) as seat:
        assert "for Amara" not in seat.text
        await seat.press("<")
        assert "for Amara" in seat.text
        await seat.press("escape")
        assert world.rows("select comment from annotation") == [("for Amara",)]


async def test_the_library_says_where_a_draft_is_unfinished(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("K")
        await seat.type("half")
    async with world.sit() as seat:
        (line,) = [line for line in seat.lines if "Khrushchev" in line and "▱" in line]
        assert "✎ 1" in line


async def test_a_burst_of_words_esc_and_a_stamp_loses_nothing(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press("K")
        await seat.burst(*"too vague", "escape", "n")
        assert seat.rows("select code, comment from annotation order by id") == [("K", "too vague"), ("NAR", "")]
        assert seat.rows("select * from draft") == []


async def test_a_burst_of_feedback_esc_and_a_level_loses_nothing(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press(",")
        await seat.burst(*"well", "enter", *"done", "escape", "4", "down", "k")
        assert seat.rows("select place, text from feedback order by place") == [(1, "well"), (2, "done")]
        assert seat.rows("select mark from award") == [(18,)]
        assert seat.rows("select start from annotation") == [(SECOND.start,)]


async def test_tab_and_shift_tab_go_through_the_lines_of_feedback(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press(",")
        await seat.type("one")
        await seat.press("tab")
        await seat.type("two")
        await seat.press("shift+tab")
        await seat.type(" more")
        await seat.press("escape")
        assert seat.rows("select place, text from feedback order by place") == [(1, "one more"), (2, "two")]


async def test_words_typed_before_the_first_mark_survive(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.press(",")
        await seat.type("my very first words")
    async with world.sit(HOLISTIC) as seat:
        assert "my very first words" in seat.text


async def test_words_right_after_a_capital_are_words(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.burst("K", *"too vague", "escape", "n")
        assert seat.rows("select code, comment from annotation order by id") == [("K", "too vague"), ("NAR", "")]


async def test_words_right_after_a_comma_are_words(world: World) -> None:
    async with world.sit(HOLISTIC) as seat:
        await seat.burst(",", *"well done", "escape", "k")
        assert seat.rows("select text from feedback") == [("well done",)]
        assert seat.rows("select code from annotation") == [("K",)]


# -- a click beside what is typed


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize(("opens", "typed"), [(":", "1"), (";", "w"), ("K", "why"), (",", "well")])
async def test_a_click_on_the_essay_leaves_the_keys_with_what_is_typed(
    world: World, opens: str, typed: str, size: tuple[int, int]
) -> None:
    async with world.sit(HOLISTIC, size=size) as seat:
        await seat.press(opens)
        await seat.type(typed)
        box = seat.app.focused
        await seat.click(10, 4)
        assert seat.app.focused is box, "else no key leads out of it"
        await seat.type(typed)
        assert typed * 2 in seat.text
        await seat.press("escape")
        assert isinstance(seat.app.focused, EssayView)


async def test_a_click_on_another_line_of_feedback_goes_on_there(world: World) -> None:
    async with world.sit(HOLISTIC, size=(120, 40)) as seat:
        await seat.press(",")
        await seat.type("well")
        row = next(at for at, line in enumerate(seat.lines) if line.lstrip().startswith("EBI"))
        await seat.click(30, row)
        await seat.type("date it")
        await seat.press("escape")
    assert world.one("select text from feedback where field = 'www'") == "well"
    assert world.one("select text from feedback where field = 'ebi'") == "date it"

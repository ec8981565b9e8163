"""A redraft beside the text before it: what changed, the last comments, and whether they were acted on."""

import pytest

from markdesk.core.essay import Essay
from markdesk.core.rewritten import rewritten
from markdesk.tui.screens.marking import MarkingScreen
from markdesk.tui.screens.redraft import RedraftScreen
from tests.tui.desks import HOLISTIC, PARAGRAPHS
from tests.tui.handed_in import hand_in_again
from tests.tui.seat import Seat, World

NEWER = (
    f"First essay. {PARAGRAPHS[0]}",
    "Hungary rose in the autumn of that year. The tanks came in November, and the thaw stopped at the border.",
    "So the style of rule had changed, and with it what could be said. Its substance, however, had not.",
)


async def commented(world: World) -> None:
    """Amara's essay: a stamp with a comment on the second paragraph, a stamp on the third; then a newer text."""
    async with world.sit(script=f"script-{HOLISTIC}-1") as seat:
        await seat.press("down", "e")
        await seat.press("quotation_mark")
        await seat.type("Which year?")
        await seat.press("escape", "down", "k")
    hand_in_again(world, "Okafor", NEWER, HOLISTIC)


async def beside(seat: Seat) -> RedraftScreen:
    await seat.press("@")
    assert "text before" in seat.here
    await seat.press("enter")
    await seat.until(lambda: isinstance(seat.app.screen, RedraftScreen))
    assert isinstance(seat.app.screen, RedraftScreen)
    return seat.app.screen


def acted(world: World) -> dict[object, object]:
    return {str(row[0]): row[1] for row in world.rows("select code, acted_on from annotation")}


async def test_each_last_comment_is_judged_with_a_key(world: World) -> None:
    await commented(world)
    async with world.sit(script=f"script-{HOLISTIC}-1") as seat:
        await beside(seat)
        assert "0 of 2 comments judged" in seat.lines[0]
        assert "Which year?" in seat.here
        await seat.press("1")
        assert acted(world) == {"E": "yes", "K": None}
        assert "1 of 2" in seat.lines[0]
        assert "no place" in seat.here, "its paragraph is gone"
        await seat.press("3")
        assert acted(world) == {"E": "yes", "K": "no"}
        await seat.press("ctrl+z")
        assert acted(world) == {"E": "yes", "K": None}
        await seat.press("home", "2")
        assert acted(world) == {"E": "partly", "K": None}
        await seat.press("home", "0")
        assert acted(world) == {"E": None, "K": None}
        await seat.press("escape")
        assert isinstance(seat.app.screen, MarkingScreen)


async def test_what_changed_stands_out_in_both_texts(world: World) -> None:
    await commented(world)
    async with world.sit(script=f"script-{HOLISTIC}-1", size=(140, 40)) as seat:
        screen = await beside(seat)
        texts = screen.texts
        assert [texts.essay.quote(span) for span in texts.changed.added] == [
            "of that year",
            "and with it what could be said",
        ]
        assert [texts.earlier.quote(span) for span in texts.changed.gone] == [PARAGRAPHS[2].rstrip(".")]
        assert "words, 15 gone" in seat.text
        assert "words, 10 new" in seat.text


async def test_enter_goes_to_the_comment_in_the_essay(world: World) -> None:
    await commented(world)
    async with world.sit(script=f"script-{HOLISTIC}-1") as seat:
        await beside(seat)
        await seat.press("enter")
        assert isinstance(seat.app.screen, MarkingScreen)
        assert "Which year?" in seat.text


async def test_a_first_text_has_none_before_it(world: World) -> None:
    async with world.sit(script=f"script-{HOLISTIC}-1") as seat:
        await seat.press("e", "@")
        assert "text before" not in seat.text


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_it_fits_every_window(world: World, size: tuple[int, int]) -> None:
    await commented(world)
    async with world.sit(script=f"script-{HOLISTIC}-1", size=size) as seat:
        await beside(seat)
        assert "Now" in seat.text
        assert ("Before" in seat.text) == (size[0] >= 100)
        await seat.press("tab")
        assert "Before" in seat.text
        assert "acted on" in seat.lines[-1]


def test_words_that_were_moved_or_respelt_are_not_new() -> None:
    one = Essay.from_paragraphs(
        ["The goverment fell in the spring of that year.", "Nobody wept for it at all in Moscow."]
    )
    other = Essay.from_paragraphs(
        ["Nobody wept for it at all in Moscow.", "The government fell in the spring of that year."]
    )
    changed = rewritten(one, other)
    assert (changed.gone, changed.added) == ((), ())


def test_a_text_that_is_all_new_is_all_new() -> None:
    one, other = (
        Essay.from_paragraphs(["Alpha beta.", "Gamma."]),
        Essay.from_paragraphs(["Delta.", "Epsilon zeta eta."]),
    )
    changed = rewritten(one, other)
    assert [one.quote(span) for span in changed.gone] == ["Alpha beta", "Gamma"]
    assert [other.quote(span) for span in changed.added] == ["Delta", "Epsilon zeta eta"]
    assert (changed.words_gone, changed.words_added) == (3, 4)

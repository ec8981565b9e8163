"""What the screens look like, as plain text files that a change shows up in.

A picture that differs fails and shows how. Where the change is wanted, renew them all with
``MARKDESK_RENEW_PICTURES=1 python -m pytest tests/tui/test_pictures.py`` and look at the difference before it is kept.
"""

import difflib
import os
from pathlib import Path

import pytest

from tests.tui.desks import HOLISTIC, PARTS, PROFILE, SUMMED
from tests.tui.lined import Marks, lined
from tests.tui.seat import Seat, World

PICTURES = Path(__file__).parent / "pictures"
RENEW = "MARKDESK_RENEW_PICTURES"


def check_picture(name: str, seat: Seat) -> None:
    """Compare the screen with its picture, or write the picture anew."""
    path = PICTURES / f"{name}.txt"
    seen = seat.text.rstrip("\n") + "\n"
    if os.environ.get(RENEW):
        PICTURES.mkdir(exist_ok=True)
        path.write_text(seen, encoding="utf-8", newline="\n")
        return
    assert path.exists(), f"there is no picture {path.name} yet: set {RENEW}=1 to make it"
    kept = path.read_text(encoding="utf-8")
    if seen != kept:
        difference = difflib.unified_diff(kept.splitlines(), seen.splitlines(), path.name, "now", lineterm="", n=1)
        pytest.fail(f"the screen has changed ({RENEW}=1 renews it):\n" + "\n".join(difference), pytrace=False)


async def mark_some(world: World) -> None:
    """The first essay finished, the second begun."""
    async with world.sit(HOLISTIC) as seat:
        await seat.press("k", "down", "right", "N")
        await seat.type("tells the story; so what?")
        await seat.press("escape", "escape", "escape", "4", "+", ",")
        await seat.type("Exact dates in every paragraph.")
        await seat.press("enter", "enter")
        await seat.type("Say how far, not only how.")
        await seat.press("enter")
        await seat.type("Weigh style against substance in each paragraph.")
        await seat.press("escape", "enter", "k", "3", "escape")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize(
    ("screen", "keys"),
    [
        ("library", ()),
        ("queue", ("end", "enter")),
        ("student", ("end", "enter", "s")),
        ("review", ("end", "enter", "r")),
        ("review-class", ("end", "enter", "r", "right")),
        ("filters", ("end", "enter", "r", "f", *["down"] * 7, "3")),
        ("marking", ("end", "enter", "enter", "home")),
    ],
)
async def test_screen(world: World, screen: str, keys: tuple[str, ...], size: tuple[int, int]) -> None:
    await mark_some(world)
    async with world.sit(size=size) as seat:
        await seat.press(*keys)
        check_picture(f"{screen}-{size[0]}x{size[1]}", seat)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize(
    ("screen", "keys"),
    [("line-up", ("down", "down")), ("returning", ("R",)), ("side-by-side", ("down", "down", "enter", "+"))],
)
async def test_the_pile_in_mark_order(
    tmp_path: Path, screen: str, keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    marks: list[Marks] = [(18,), (9,), (18,), (14,), (15,), (None,), (21,), (12,), (12,), (17,), (3,), (0,)]
    world = lined(tmp_path / "marks.db", marks)
    async with world.sit(size=size) as seat:
        await seat.press("end", "enter", "l", *keys)
        check_picture(f"{screen}-{size[0]}x{size[1]}", seat)


async def test_the_scales_of_a_pile(tmp_path: Path) -> None:
    world = lined(tmp_path / "marks.db", [(13, 8, 8), (14, 2, 9), (9, 6, 6), None], SUMMED)
    async with world.sit(size=(120, 40)) as seat:
        await seat.press("end", "enter", "l", "tab")
        check_picture("line-up-summed", seat)
        await seat.press("enter")
        check_picture("side-by-side-summed", seat)


@pytest.mark.parametrize("size", [(60, 18), (40, 10)], ids=["60x18", "40x10"])
async def test_marking_in_a_small_window(world: World, size: tuple[int, int]) -> None:
    async with world.sit(HOLISTIC, size=size) as seat:
        await seat.press("k", "4")
        check_picture(f"marking-{size[0]}x{size[1]}", seat)


@pytest.mark.parametrize(
    ("shape", "keys"), [(SUMMED, ("4", "tab", "3")), (PROFILE, ("4", "4", "3", "5", "\\")), (PARTS, ("4", "tab", "5"))]
)
async def test_the_shapes_of_scheme(world: World, shape: str, keys: tuple[str, ...]) -> None:
    async with world.sit(shape, size=(120, 40)) as seat:
        await seat.press(*keys)
        check_picture(f"scheme-{shape}", seat)


async def test_the_drawer_and_the_editors(world: World) -> None:
    async with world.sit(HOLISTIC, size=(80, 24)) as seat:
        await seat.press("4", "|")
        check_picture("drawer-80x24", seat)
        await seat.press("|", "k", ",")
        await seat.type("Exact dates.")
        check_picture("feedback-80x24", seat)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_a_new_assignment(world: World, size: tuple[int, int]) -> None:
    at = f"{size[0]}x{size[1]}"
    async with world.sit(size=size) as seat:
        await seat.press("n")
        await seat.paste("‘Henry VII restored the monarchy.’ Assess the validity of this view. [25 marks]")
        await seat.press("enter", "enter")
        check_picture(f"new-assignment-{at}", seat)
        await seat.press("enter", "ctrl+s")
        check_picture(f"assignment-made-{at}", seat)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_an_empty_desk(tmp_path: Path, size: tuple[int, int]) -> None:
    async with World(tmp_path / "new.db").sit(size=size) as seat:
        check_picture(f"empty-{size[0]}x{size[1]}", seat)

"""Any keys in any order: the program stays up, the file stays sound, and a restart shows what was shown."""

import random
import string

import pytest

from markdesk.core.plain import is_plain
from markdesk.store.sqlite.store import SqliteStore
from markdesk.tui.bindings import SCREENS
from markdesk.tui.widgets.essay_view import EssayView
from tests.kit import HARD_ESSAY
from tests.seeds import SEED, examples
from tests.tui.desks import ESSAYS, HOLISTIC, PARTS, PROFILE, SHAPES, SUMMED, lay_out, script_id
from tests.tui.seat import Seat, World

BOUND = tuple(name for key in SCREENS["marking"] for name in key.keys.split(","))
WORDS = tuple(string.ascii_letters + string.digits + "[]/@ .,;:!'")
BACK = ("escape", "escape", "enter", "enter")
"""Keys that lead out of wherever one is, pressed often enough that a walk goes on."""
WALKS, RESTARTS = (range(SEED, SEED + examples(usual)) for usual in (3, 1))


def mixed(path: str, factory: pytest.TempPathFactory) -> World:
    """A desk with a hard essay, a handwritten one and a plain one."""
    return lay_out(factory.mktemp(path) / "marks.db", essays=[HARD_ESSAY, None, ESSAYS[0]])


def sound(world: World) -> None:
    store = SqliteStore(world.path)
    assert store.verify().problems == ()
    store.close()


@pytest.mark.seeded
@pytest.mark.parametrize("seed", WALKS)
async def test_a_walk_over_the_keys(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    world = mixed("walk", tmp_path_factory)
    chance = random.Random(seed)
    shape = (HOLISTIC, SUMMED, PROFILE, PARTS)[seed % 4]
    size = ((120, 40), (80, 24), (60, 18))[seed % 3]
    pressed: list[str] = []
    async with world.sit(shape, size=size) as seat:
        for _ in range(25):
            keys = chance.choices(BOUND + WORDS + BACK, k=6)
            pressed += keys
            await (seat.burst(*keys) if chance.random() < 0.5 else seat.press(*keys))
            assert seat.app.is_running, pressed
            assert all(is_plain(line) for line in seat.lines), pressed
            if chance.random() < 0.1:
                await seat.pilot.resize_terminal(chance.randint(20, 160), chance.randint(5, 50))
    sound(world)


@pytest.mark.seeded
@pytest.mark.parametrize("seed", RESTARTS)
@pytest.mark.parametrize("shape", SHAPES)
async def test_what_was_shown_is_shown_again_after_a_restart(world: World, shape: str, seed: int) -> None:
    chance = random.Random(f"{seed} {shape}")
    acts = [key for key in BOUND if key not in ("escape", "enter", "less_than_sign", "greater_than_sign")]
    keys = chance.choices([*acts, *"kenxo12345+-"], k=60)
    async with world.sit(shape, size=(120, 140)) as seat:
        for key in keys:
            await seat.press(key)
            if not isinstance(seat.app.focused, EssayView):
                await seat.press("escape")  # out of what it opened; where it opened nothing this would lead to the pile
            assert isinstance(seat.app.focused, EssayView), (key, keys)
        await back_to_the_paragraph(seat)
        before = shown(seat)
    async with world.sit(shape, size=(120, 140)) as seat:
        await back_to_the_paragraph(seat)
        assert shown(seat) == before, keys
    sound(world)


async def back_to_the_paragraph(seat: Seat) -> None:
    """The first paragraph, the scheme in sight."""
    await seat.press("home")
    if "Mark scheme" not in seat.text:
        await seat.press("|")


def shown(seat: Seat) -> list[str]:
    """The essay with its stamps; the evidence and the feedback."""
    desk = seat.lines[: seat.app.screen.query_one("#foot").region.y]  # what the last key said may take a line or two
    side = " ".join(" ".join(line[75:] for line in desk).replace("▌", " ").split())
    return [*(line[:66].rstrip() for line in desk[3:100]), side[side.index("Evidence") :]]


async def test_no_two_keys_of_a_screen_are_the_same() -> None:
    letters = set(string.ascii_letters + string.digits) - {"0"}
    for screen, keys in SCREENS.items():
        names = [name for key in keys for name in key.keys.split(",")]
        assert len(names) == len(set(names)), screen
        assert len({key.id for key in keys}) == len(keys), screen
        if screen == "marking":
            assert not letters & set(names), "letters stamp and digits score"


FIRST = {"ctrl+y": "ctrl+z", "ctrl+up": "ctrl+down"}
"""What must have been pressed for a key to have something to do."""


async def test_no_key_of_the_marking_screen_is_dead(world: World) -> None:
    """On an essay in the middle of its marking, each key alters what is painted or what is logged."""
    async with world.sit(script=script_id(HOLISTIC, 2)) as seat:
        for name in (key.keys.partition(",")[0] for key in SCREENS["marking"]):
            await seat.press(*("escape",) * 4)  # out of whatever the last key opened, and in again
            await seat.until(lambda: "finished" in seat.lines[0] or "Go on  " in seat.text)
            await seat.press(*("escape",) * 2)
            await seat.until(lambda: "Go on  " in seat.text)
            await seat.press("space")
            await seat.press("home", "right", "right", "k", "4")
            if name in FIRST:
                await seat.press(FIRST[name])
            before, steps = painted(seat), seat.one("select count(*) from log")
            await seat.press(name)
            assert seat.app.is_running
            assert painted(seat) != before or seat.one("select count(*) from log") != steps, f"{name}\n{seat.text}"


def painted(seat: Seat) -> list[list[object]]:
    """Every piece of the screen with its style."""
    return [[(segment.text, segment.style) for segment in strip] for strip in seat.strips]

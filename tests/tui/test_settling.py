"""After the first frame: what may be opened next is loaded while no key comes, and never before that."""

import asyncio
import gc
import json
import select
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from markdesk.core.errors import MarkdeskError
from markdesk.tui import settling
from markdesk.tui.settling import AHEAD, load_ahead, read_css
from tests.tui.desks import HOLISTIC, lay_out
from tests.tui.in_a_terminal import on_a_terminal
from tests.tui.seat import World

CHILD = """
import gc, json, os, sys
from textual.app import App
from markdesk.__main__ import main
painted, frozen, told = App._display, gc.freeze, []
def tell():
    told.append(sorted(sys.modules))
    if len(told) == 3:
        with open(os.environ["TOLD"] + "~", "w") as file:
            json.dump(told, file)
        os.rename(os.environ["TOLD"] + "~", os.environ["TOLD"])
def display(self, screen, renderable):
    painted(self, screen, renderable)
    told or tell()
def freeze():
    frozen()
    tell()
App._display, gc.freeze = display, freeze
sys.argv[0] = "markdesk"
sys.exit(main())
"""
"""Tells what is loaded at the first frame, when typing could begin, and when what comes next has been loaded."""


def test_the_next_screens_are_loaded_once_the_first_frame_stands(tmp_path: Path, nobodys_folders: Path) -> None:
    desk, told = lay_out(tmp_path / "marks.db", (HOLISTIC,)), tmp_path / "told"
    with on_a_terminal(CHILD, "--db", str(desk.path), TOLD=str(told)) as (_, ours):
        said = b""
        deadline = time.monotonic() + 60
        while not told.exists():
            assert time.monotonic() < deadline, said[-2000:]
            if select.select([ours], [], [], 0.05)[0]:
                said += ours.read(65536) or b""
    first, typing, at_last = (set(loaded) for loaded in json.loads(told.read_text()))
    screens = {f"markdesk.tui.screens.{name}" for name in AHEAD}
    assert "markdesk.tui.screens.library" in first, "the probe sees what is loaded"
    assert not screens & typing
    assert screens <= at_last


@pytest.mark.parametrize("keys", [0, 1, 4])
async def test_a_key_puts_it_off(world: World, monkeypatch: pytest.MonkeyPatch, keys: int) -> None:
    slept: list[float] = []
    slept_before: list[int] = []
    async with world.sit() as seat:

        def sleep(seconds: float) -> None:
            slept.append(seconds)
            if len(slept) <= keys:
                seat.app.inputs += 1

        def load(name: str) -> ModuleType:
            slept_before.append(len(slept))
            if name.endswith(AHEAD[1]):
                seat.app.inputs += 1  # while it was loaded
            return settling

        monkeypatch.setattr(settling, "sleep", sleep)
        monkeypatch.setattr(settling, "import_module", load)
        monkeypatch.setattr(gc, "freeze", lambda: None)
        before = sys.getswitchinterval()
        await asyncio.to_thread(load_ahead, seat.app, asyncio.get_running_loop())
    once = keys + 1
    assert slept_before == [once, once, *[once + 1] * (len(AHEAD) - 2)]
    assert sys.getswitchinterval() == before


async def test_a_program_that_is_left_loads_no_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []

    def load(name: str) -> ModuleType:
        loaded.append(name)
        return settling

    monkeypatch.setattr(settling, "sleep", lambda _: None)
    monkeypatch.setattr(settling, "import_module", load)
    monkeypatch.setattr(gc, "freeze", lambda: None)
    over = asyncio.new_event_loop()
    over.close()
    async with world.sit() as seat:
        await asyncio.to_thread(load_ahead, seat.app, over)
    assert len(loaded) == 1


async def test_stamps_that_cannot_be_read_are_no_fault_of_loading_ahead(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(work: Callable[[], object]) -> object:
        raise MarkdeskError("stamps.toml can't be read.")

    monkeypatch.setattr(settling, "sleep", lambda _: None)
    monkeypatch.setattr(gc, "freeze", lambda: None)
    async with world.sit() as seat:
        monkeypatch.setattr(seat.app.thread, "do_now", refuse)
        await asyncio.to_thread(load_ahead, seat.app, asyncio.get_running_loop())
        monkeypatch.undo()


@pytest.mark.parametrize("keys", ["r", "s enter", "ctrl+f"])
async def test_css_that_was_read_ahead_is_not_read_again(
    world: World, monkeypatch: pytest.MonkeyPatch, keys: str
) -> None:
    read: list[str] = []
    async with world.sit() as seat:
        for name in AHEAD:
            read_css(seat.app, import_module(f"markdesk.tui.screens.{name}"))
        css = seat.app.stylesheet
        monkeypatch.setattr(css, "read", lambda path: read.append(str(path)))
        await seat.press(*keys.split())
        assert len(seat.app.screen_stack) > 1
    assert read == []

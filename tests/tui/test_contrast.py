"""Every text on the screens can be read: 4.5 to 1 against what it stands on, 7 to 1 in high contrast (WCAG 2.2, 1.4.3
and 1.4.6); and what no colour may be needed for is told without."""

from pathlib import Path

import pytest
from rich.color import Color
from rich.color_triplet import ColorTriplet
from rich.style import Style

from tests.tui.desks import HOLISTIC, once
from tests.tui.seat import Seat, World

LEAST = {"dark": 4.5, "light": 4.5, "contrast": 7.0, "contrast-light": 7.0}
SCREENS = {
    "library": (),
    "queue": ("end", "enter"),
    "student": ("end", "enter", "s"),
    "review": ("end", "enter", "r"),
    "schemes": ("m",),
    "scheme": ("m", "enter", "4"),
    "filter": ("m", "/", "a"),
    "new scheme": ("m", "n"),
    "help": ("?",),
    "search": ("ctrl+f", *"essay", "down"),
    "marking": ("end", "enter", "enter"),
    "finished essay": ("end", "enter", "enter", "<"),
    "feedback": ("end", "enter", "enter", ","),
    "comment": ("end", "enter", "enter", "home", '"'),
    "mark box": ("end", "enter", "enter", ":"),
    "refusal": ("end", "enter", "enter", ":", "9", "9", "enter"),
}


def luminance(colour: ColorTriplet) -> float:
    """Relative luminance, as WCAG defines it."""
    parts = [value / 255 for value in colour]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: ColorTriplet, other: ColorTriplet) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def colours(style: Style) -> tuple[ColorTriplet, ColorTriplet] | None:
    """Text and ground as they are painted; dimmed text is taken as halfway, which is how terminals do it."""
    if style.color is None or style.bgcolor is None:
        return None
    text, ground = style.color.get_truecolor(), style.bgcolor.get_truecolor(foreground=False)
    if style.reverse:
        text, ground = ground, text
    if style.dim:
        text = ColorTriplet(*((a + b) // 2 for a, b in zip(text, ground, strict=True)))
    return text, ground


def too_faint(seat: Seat, least: float) -> set[tuple[str, str, float, str]]:
    """Each pair of colours on the screen that falls short, with some text that has it. Bars and blocks aren't text."""
    found = set()
    for strip in seat.strips:
        for segment in strip:
            words = "".join(c for c in segment.text if c.isalnum() or c in ".,;:!?‘’“”'\"()[]+-~\\|")
            pair = colours(segment.style) if segment.style is not None and words else None
            if pair is not None and contrast(*pair) < least:
                found.add((pair[0].hex, pair[1].hex, round(contrast(*pair), 2), segment.text.strip()[:30]))
    return found


def test_the_measure_is_the_known_one() -> None:
    black, white, grey = ColorTriplet(0, 0, 0), ColorTriplet(255, 255, 255), ColorTriplet(0x77, 0x77, 0x77)
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(grey, white) == pytest.approx(4.48, abs=0.01)


async def marked(world: World) -> None:
    """An essay with every kind of stamp, feedback, a level; another begun."""
    async with world.sit(HOLISTIC) as seat:
        for letter in "kvno":  # a credit, a weighing, a weakness, a neutral stamp, over one another
            await seat.press(letter, "right", letter, "escape", "escape", "down")
        await seat.press("K", "h", "i", "escape", "4", "+", ",", *"well", "escape", "enter", "k", "escape", "3")


@pytest.mark.parametrize("theme", LEAST)
async def test_every_text_stands_out_from_its_ground(world: World, marked_on: Path, theme: str) -> None:
    await once(marked_on, world, marked)
    for name, keys in SCREENS.items():
        async with world.sit(theme=theme) as seat:
            await seat.press(*keys)
            assert too_faint(seat, LEAST[theme]) == set(), name


def pieces(seat: Seat) -> list[tuple[str, Style]]:
    return [(piece.text, piece.style) for strip in seat.strips for piece in strip if piece.style is not None]


def colours_used(seat: Seat) -> set[Color]:
    return {colour for _, style in pieces(seat) for colour in (style.color, style.bgcolor) if colour is not None}


@pytest.mark.parametrize("theme", ["terminal", "terminal-light"])
async def test_the_terminal_s_own_colours_are_only_those_with_names(world: World, marked_on: Path, theme: str) -> None:
    await once(marked_on, world, marked)
    for name, keys in SCREENS.items():
        async with world.sit(theme=theme) as seat:
            await seat.press(*keys)
            assert {c for c in colours_used(seat) if c.triplet is not None} == set(), name


async def test_under_no_color_no_colour_is_sent(world: World, marked_on: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await once(marked_on, world, marked)
    monkeypatch.setenv("NO_COLOR", "1")
    for name, keys in SCREENS.items():
        async with world.sit(theme="light") as seat:
            await seat.press(*keys)
            assert {c for c in colours_used(seat) if not c.is_default} == set(), name
    async with world.sit() as seat:
        await seat.press("t")
        assert seat.app.theme == "markdesk-plain"


def looks(seat: Seat, words: str) -> set[str]:
    """How a text that is on the screen is set."""
    found = [style for text, style in pieces(seat) if words in text]
    assert found, f"{words} is not on the screen:\n{seat.text}"
    names = ("bold", "dim", "italic", "underline", "reverse")
    return {name for style in found for name in names if getattr(style, name)}


@pytest.mark.parametrize("theme", ["plain", "terminal", "terminal-light"])
async def test_without_shades_all_that_is_told_apart_still_is(
    world: World, theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if theme == "plain":
        monkeypatch.setenv("NO_COLOR", "1")
    async with world.sit(HOLISTIC, theme="dark" if theme == "plain" else theme) as seat:
        await seat.press("k", "right", "e", "4", "+")
        assert looks(seat, "First essay.") == {"bold", "italic", "underline"}, "a passage in a passage, the target"
        assert looks(seat, "The party listened") == {"underline"}, "stamped"
        assert looks(seat, "Hungary rose") == set(), "not stamped"
        assert looks(seat, " 19 ") == {"bold", "reverse"}, "the mark given"
        await seat.press("3", "x")
        assert "[13]" in seat.text, "a mark that is still open"
        assert looks(seat, "words ·") == {"dim"}
        await seat.press("down", "v", "down", "n", "down", "o")
        signs = {sign for line in seat.lines[2:16] for sign in "•◦×·" if sign in line[66:80]}
        assert signs == {"•", "◦", "×", "·"}, "the map of the essay"
        await seat.press('"')
        await seat.type("wxyz")
        assert any(text == " " and style.reverse for text, style in pieces(seat)), "where words are typed"
        await seat.press("shift+left", "shift+left", "shift+left")
        assert any(text == "yz" and style.reverse for text, style in pieces(seat)), "what is selected"
        await seat.press("escape", "escape", "escape", "escape")
        line = next(at for at, line in enumerate(seat.lines) if "▌" in line)
        assert all(p.style.bold for p in seat.strips[line] if p.text.strip() and p.style), "the row of the cursor"


async def test_the_key_for_themes_goes_through_them_and_says_which(world: World) -> None:
    async with world.sit() as seat:
        seen = []
        for _ in range(6):
            await seat.press("t")
            seen.append(seat.app.theme.removeprefix("markdesk-"))
        assert seen == ["light", "contrast", "contrast-light", "terminal", "terminal-light", "dark"]
        await seat.press("m", "enter", "t")
        assert seat.app.theme == "markdesk-light"
        await seat.press("?", "t")
        assert seat.app.theme == "markdesk-contrast"

"""Every text on the screens can be read: 4.5 to 1 against what it stands on, in both themes (WCAG 2.2, 1.4.3)."""

import pytest
from rich.color_triplet import ColorTriplet
from rich.style import Style

from tests.tui.desks import HOLISTIC
from tests.tui.seat import Seat, World

LEAST = 4.5
SCREENS = {
    "library": (),
    "queue": ("end", "enter"),
    "student": ("end", "enter", "s"),
    "review": ("end", "enter", "r"),
    "schemes": ("m",),
    "help": ("?",),
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


def too_faint(seat: Seat) -> set[tuple[str, str, float, str]]:
    """Each pair of colours on the screen that falls short, with some text that has it. Bars and blocks aren't text."""
    found = set()
    for strip in seat.strips:
        for segment in strip:
            words = "".join(c for c in segment.text if c.isalnum() or c in ".,;:!?‘’“”'\"()[]+-~\\|")
            pair = colours(segment.style) if segment.style is not None and words else None
            if pair is not None and contrast(*pair) < LEAST:
                found.add((pair[0].hex, pair[1].hex, round(contrast(*pair), 2), segment.text.strip()[:30]))
    return found


def test_the_measure_is_the_known_one() -> None:
    black, white, grey = ColorTriplet(0, 0, 0), ColorTriplet(255, 255, 255), ColorTriplet(0x77, 0x77, 0x77)
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(grey, white) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_every_text_stands_out_from_its_ground(world: World, theme: str) -> None:
    async with world.sit(HOLISTIC) as seat:
        for letter in "kvno":  # a credit, a weighing, a weakness, a neutral stamp, over one another
            await seat.press(letter, "right", letter, "escape", "escape", "down")
        await seat.press("K", "h", "i", "escape", "4", "+", ",", *"well", "escape", "enter", "k", "escape", "3")
    for name, keys in SCREENS.items():
        async with world.sit(theme=theme) as seat:
            await seat.press(*keys)
            assert too_faint(seat) == set(), name

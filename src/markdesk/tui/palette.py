"""The named styles that everything is drawn in, made once for a theme and a background.

A piece of a line is ``(text, style)``; the styles are these. ``themes`` has the colours they are made of. They are
not CSS component classes, which Textual works out anew for every widget: that was a tenth of the start.
"""

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.theme import Theme

from markdesk.core.annotation import StampSet, Tone

INK: dict[str, tuple[str, str, str]] = {
    # name: colour (empty: none of its own), background (empty: the widget's own), and how it is set
    "text": ("foreground", "", ""),
    "strong": ("foreground", "", "bold"),
    "quote": ("foreground", "", "italic"),
    "quiet": ("quiet", "", ""),
    "heading": ("quiet", "", "bold"),
    "bar": ("accent", "", ""),
    "accent": ("accent", "", "bold"),
    "chosen": ("on-accent", "accent", "bold"),
    "cursor": ("foreground", "panel", "bold"),
    "row": ("", "panel", ""),  # laid over the pieces of the row where the cursor is, which keep their colours
    "weigh": ("weigh", "", "bold"),
    "weak": ("weak", "", "bold"),
    "good": ("good", "", "bold"),
    "alert": ("weak", "", "bold"),
    "found": ("foreground", "tint-found", ""),
    "hit": ("accent", "", "bold underline"),
    "apart": ("foreground", "deep-found", "italic"),
}
"""What each style is, in the theme's names of colours."""

TONE_INK = {Tone.CREDIT: "accent", Tone.WEIGHING: "weigh", Tone.WEAK: "weak", Tone.NEUTRAL: "quiet"}
"""The colour of a stamp's code, by what the stamp says."""


def tones_of(stamps: StampSet) -> dict[str, str]:
    """What each stamp says, by its code, as an essay's passages are tinted."""
    return {stamp.code: stamp.tone.value for stamp in stamps.every}


for _tone, _ink in TONE_INK.items():
    INK[f"code-{_tone}"] = (_ink, "", "bold")
    INK[f"dot-{_tone}"] = (_ink, "", "")
    INK[f"mark-{_tone}"] = ("foreground", f"tint-{_tone}", "underline")
    INK[f"deep-{_tone}"] = ("foreground", f"deep-{_tone}", "underline")

ON_ITS_OWN_GROUND = {
    # name: how it is set where a theme has no shades and no tints to tell it apart by
    "quiet": "dim",
    "quote": "italic",
    "chosen": "bold reverse",
    "cursor": "bold",
    "row": "bold",
    "found": "reverse",
    "apart": "reverse italic",
    **{f"mark-{tone}": "underline" for tone in Tone},
    **{f"deep-{tone}": "underline italic" for tone in Tone},
}


class WithoutColours(LineFilter):
    """Takes every colour out of what is sent to the terminal. What has a ground of its own is reversed instead."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments, colourless."""
        return [Segment(text, style and _colourless(style), control) for text, style, control in segments]


@lru_cache(1024)
def _colourless(style: Style) -> Style:
    ground = style.bgcolor
    if ground is None or ground.is_default:
        return style.without_color
    return style.without_color + Style(reverse=True)


WITHOUT_COLOURS = (WithoutColours(),)

_BY_THEME: dict[tuple[str, Color], dict[str, Style]] = {}


def styles_on(theme: Theme, background: Color) -> dict[str, Style]:
    """Every style of ``INK`` in this theme, on this background."""
    found = _BY_THEME.get((theme.name, background))
    if found is None:
        found = _BY_THEME[theme.name, background] = {name: _style(theme, background, name) for name in INK}
    return found


def _style(theme: Theme, background: Color, name: str) -> Style:
    colour, ground, how = INK[name]
    if theme.ansi:
        how, ground = ON_ITS_OWN_GROUND.get(name, how), ""
        colour = "foreground" if "reverse" in how else colour
    return Style(
        color=_colour(theme, colour).rich_color if colour else None,
        bgcolor=(_colour(theme, ground) if ground else background).rich_color,
        bold="bold" in how or None,
        italic="italic" in how or None,
        underline="underline" in how or None,
        dim="dim" in how or None,
        reverse="reverse" in how or None,
    )


@lru_cache(256)
def _parsed(value: str) -> Color:
    return Color.parse(value)


def _colour(theme: Theme, name: str) -> Color:
    """A colour by the name that a theme has for it, among its own variables or its standard ones."""
    return _parsed(theme.variables.get(name) or getattr(theme, name))

"""The named styles that everything is drawn in, made once for a theme and a background.

A piece of a line is ``(text, style)``; the styles are these. ``themes`` has the colours they are made of. They are
not CSS component classes, which Textual works out anew for every widget: that was a tenth of the start.
"""

from functools import lru_cache

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from markdesk.core.annotation import Tone

INK: dict[str, tuple[str, str, str]] = {
    # name: colour, background (empty: the widget's own), and how it is set
    "text": ("foreground", "", ""),
    "strong": ("foreground", "", "bold"),
    "quote": ("foreground", "", "italic"),
    "quiet": ("quiet", "", ""),
    "heading": ("quiet", "", "bold"),
    "bar": ("accent", "", ""),
    "accent": ("accent", "", "bold"),
    "chosen": ("on-accent", "accent", "bold"),
    "cursor": ("foreground", "panel", "bold"),
    "weigh": ("weigh", "", "bold"),
    "weak": ("weak", "", "bold"),
    "good": ("good", "", "bold"),
    "alert": ("weak", "", "bold"),
}
"""What each style is, in the theme's names of colours."""

TONE_INK = {Tone.CREDIT: "accent", Tone.WEIGHING: "weigh", Tone.WEAK: "weak", Tone.NEUTRAL: "quiet"}
"""The colour of a stamp's code, by what the stamp says."""

for _tone, _ink in TONE_INK.items():
    INK[f"code-{_tone}"] = (_ink, "", "bold")
    INK[f"dot-{_tone}"] = (_ink, "", "")
    INK[f"mark-{_tone}"] = ("foreground", f"tint-{_tone}", "underline")
    INK[f"deep-{_tone}"] = ("foreground", f"deep-{_tone}", "underline")

_BY_THEME: dict[tuple[str, Color], dict[str, Style]] = {}


def styles_on(theme: Theme, background: Color) -> dict[str, Style]:
    """Every style of ``INK`` in this theme, on this background."""
    found = _BY_THEME.get((theme.name, background))
    if found is None:
        found = _BY_THEME[theme.name, background] = {name: _style(theme, background, *ink) for name, ink in INK.items()}
    return found


def _style(theme: Theme, background: Color, colour: str, ground: str, how: str) -> Style:
    return Style(
        color=_colour(theme, colour).rich_color,
        bgcolor=(_colour(theme, ground) if ground else background).rich_color,
        bold="bold" in how or None,
        italic="italic" in how or None,
        underline="underline" in how or None,
    )


@lru_cache(256)
def _parsed(value: str) -> Color:
    return Color.parse(value)


def _colour(theme: Theme, name: str) -> Color:
    """A colour by the name that a theme has for it, among its own variables or its standard ones."""
    return _parsed(theme.variables.get(name) or getattr(theme, name))

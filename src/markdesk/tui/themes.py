"""The themes. Every colour of the program is here: change one and it changes everywhere.

Amber is where you are and what is chosen; blue weighs; red is weak; green is saved and strong. No colour is the only
sign of anything: ``palette`` sets in bold, underlined or reversed what must be told apart without.
"""

from textual.theme import Theme

DARK = Theme(
    name="markdesk-dark",
    primary="#E0B35A",
    secondary="#7FB3D5",
    accent="#E0B35A",
    warning="#E0B35A",
    error="#E0705F",
    success="#8BC48A",
    foreground="#E6E1D6",
    background="#14161A",
    surface="#1B1E24",
    panel="#23272F",
    dark=True,
    variables={
        "quiet": "#8F959E",
        "weigh": "#7FB3D5",
        "weak": "#E0705F",
        "good": "#8BC48A",
        "on-accent": "#14161A",
        "tint-credit": "#3A3222",
        "tint-weighing": "#20313D",
        "tint-weak": "#3D2725",
        "tint-neutral": "#2A2E35",
        "deep-credit": "#54461F",
        "deep-weighing": "#2A4B60",
        "deep-weak": "#5C322E",
        "deep-neutral": "#3B414B",
        "tint-found": "#2C2547",
        "deep-found": "#4A3A7A",
        "thumb": "#23272F",
        "block-cursor-background": "#E0B35A",
        "block-cursor-foreground": "#14161A",
        "input-selection-background": "#54461F",
    },
)

LIGHT = Theme(
    name="markdesk-light",
    primary="#8A5A00",
    secondary="#1F5F8B",
    accent="#8A5A00",
    warning="#8A5A00",
    error="#B3261E",
    success="#2F7D32",
    foreground="#1F2328",
    background="#FBF9F4",
    surface="#F4F0E6",
    panel="#EAE4D5",
    dark=False,
    variables={
        "quiet": "#646058",
        "weigh": "#1F5F8B",
        "weak": "#B3261E",
        "good": "#276B2A",
        "on-accent": "#FBF9F4",
        "tint-credit": "#F3E6C4",
        "tint-weighing": "#D3E6F2",
        "tint-weak": "#F8D9D5",
        "tint-neutral": "#E8E4DA",
        "deep-credit": "#E8CE8C",
        "deep-weighing": "#A9CDE4",
        "deep-weak": "#F0B4AD",
        "deep-neutral": "#D3CDBF",
        "tint-found": "#E4DDF5",
        "deep-found": "#C9B8EE",
        "thumb": "#EAE4D5",
        "block-cursor-background": "#8A5A00",
        "block-cursor-foreground": "#FBF9F4",
        "input-selection-background": "#E8CE8C",
    },
)

CONTRAST = Theme(
    name="markdesk-contrast",
    primary="#FFD24A",
    secondary="#8FD3FF",
    accent="#FFD24A",
    warning="#FFD24A",
    error="#FF9C8F",
    success="#8FF0A4",
    foreground="#FFFFFF",
    background="#000000",
    surface="#000000",
    panel="#1C1C1C",
    dark=True,
    variables={
        "quiet": "#D0D0D0",
        "weigh": "#8FD3FF",
        "weak": "#FF9C8F",
        "good": "#8FF0A4",
        "on-accent": "#000000",
        "tint-credit": "#3D3000",
        "tint-weighing": "#00304A",
        "tint-weak": "#4A1510",
        "tint-neutral": "#333333",
        "deep-credit": "#5C4A00",
        "deep-weighing": "#004A70",
        "deep-weak": "#6B221A",
        "deep-neutral": "#4A4A4A",
        "tint-found": "#2E2060",
        "deep-found": "#4B35A0",
        "thumb": "#8A8A8A",
        "block-cursor-background": "#FFD24A",
        "block-cursor-foreground": "#000000",
        "input-selection-background": "#5C4A00",
    },
)

CONTRAST_LIGHT = Theme(
    name="markdesk-contrast-light",
    primary="#5C3B00",
    secondary="#003F6B",
    accent="#5C3B00",
    warning="#5C3B00",
    error="#8A0F0A",
    success="#0B4F17",
    foreground="#000000",
    background="#FFFFFF",
    surface="#FFFFFF",
    panel="#EDEDED",
    dark=False,
    variables={
        "quiet": "#3A3A3A",
        "weigh": "#003F6B",
        "weak": "#8A0F0A",
        "good": "#0B4F17",
        "on-accent": "#FFFFFF",
        "tint-credit": "#FFE9B0",
        "tint-weighing": "#D5ECFF",
        "tint-weak": "#FFDAD6",
        "tint-neutral": "#E4E4E4",
        "deep-credit": "#FFD366",
        "deep-weighing": "#A6D5FA",
        "deep-weak": "#FFB8B0",
        "deep-neutral": "#CCCCCC",
        "tint-found": "#E6DCFF",
        "deep-found": "#CDB8FF",
        "thumb": "#6A6A6A",
        "block-cursor-background": "#5C3B00",
        "block-cursor-foreground": "#FFFFFF",
        "input-selection-background": "#FFD366",
    },
)


def _of_the_terminal(name: str, accent: str, weigh: str, weak: str, good: str, on_accent: str, dark: bool) -> Theme:
    """A theme in the colours that the terminal has for its sixteen names, on its own ground.

    There are no shades to tell panels apart, and no tints: ``palette`` reverses and underlines instead.
    """
    own = "ansi_default"
    grounds = {
        f"{depth}-{tone}": own
        for depth in ("tint", "deep")
        for tone in ("credit", "weighing", "weak", "neutral", "found")
    }
    return Theme(
        name=name,
        ansi=True,
        dark=dark,
        primary=accent,
        secondary=weigh,
        accent=accent,
        warning=accent,
        error=weak,
        success=good,
        foreground=own,
        background=own,
        surface=own,
        panel=own,
        boost=own,
        variables={
            **grounds,
            "quiet": own,
            "weigh": weigh,
            "weak": weak,
            "good": good,
            "on-accent": on_accent,
            "thumb": "ansi_bright_black" if dark else "ansi_white",
            "ansi-background": own,
            "ansi-foreground": own,
            "block-cursor-background": "ansi_white" if accent == own else accent,
            "block-cursor-foreground": on_accent,
            "input-cursor-background": "ansi_white" if accent == own else accent,
            "input-cursor-foreground": on_accent,
            "input-cursor-text-style": "none",
            "input-selection-background": "ansi_white" if accent == own else weigh,
            "input-selection-foreground": on_accent,
        },
    )


TERMINAL = _of_the_terminal(
    "markdesk-terminal", "ansi_yellow", "ansi_cyan", "ansi_bright_red", "ansi_green", "ansi_black", dark=True
)
TERMINAL_LIGHT = _of_the_terminal(
    "markdesk-terminal-light", "ansi_magenta", "ansi_blue", "ansi_red", "ansi_green", "ansi_bright_white", dark=False
)
_OWN = "ansi_default"
WITHOUT = _of_the_terminal("markdesk-plain", _OWN, _OWN, _OWN, _OWN, "ansi_black", dark=True)

PLAIN = "plain"
"""The theme without any colour, which NO_COLOR chooses."""

TOLD = {
    "dark": "Light letters on near-black",
    "light": "Dark letters on paper",
    "contrast": "High contrast: white on black",
    "contrast-light": "High contrast: black on white",
    "terminal": "Your terminal's own colours, where its ground is dark",
    "terminal-light": "Your terminal's own colours, where its ground is light",
}
"""The themes to choose from, in the order of the key that goes through them."""

THEMES = {
    "dark": DARK,
    "light": LIGHT,
    "contrast": CONTRAST,
    "contrast-light": CONTRAST_LIGHT,
    "terminal": TERMINAL,
    "terminal-light": TERMINAL_LIGHT,
    PLAIN: WITHOUT,
}

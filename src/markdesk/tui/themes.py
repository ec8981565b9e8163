"""The two themes. Every colour of the program is here: change one and it changes everywhere.

Amber is where you are and what is chosen; blue weighs; red is weak; green is saved and strong.
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
        "block-cursor-background": "#8A5A00",
        "block-cursor-foreground": "#FBF9F4",
        "input-selection-background": "#E8CE8C",
    },
)

THEMES = {"dark": DARK, "light": LIGHT}

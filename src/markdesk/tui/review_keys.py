"""The keys of a review, and of the form that says what is looked at."""

import string

from markdesk.tui.key import THEME, Key

REVIEW = (
    Key("review.before", "left", "view(-1)", "← →", "another view: this assignment, its class, every class"),
    Key("review.next", "right", "view(1)", "", "the next view"),
    Key("review.filters", "f,slash", "filters", "f  /", "choose what is looked at: class, year, level, stamp, words …"),
    Key("review.clear", "c", "clear", "c", "take every filter off"),
    Key(
        "review.open",
        "enter",
        "open",
        "Enter",
        "the essay with the bar; of an assignment with it, the review",
    ),
    Key("review.plots", "d", "plots", "d", "the charts, large: marks, levels, the order in which they were given"),
    Key("review.write", "x", "write_review", "x", "write what is shown into a file: its ending says which kind"),
    Key("review.show", "o", "show_file", "o", "open what was written"),
    THEME,
)

FILTERS = (
    Key("filters.before", "left", "turn(-1)", "← →  Space", "the value before, the next"),
    Key("filters.next", "right,space", "turn(1)", "", "the next value"),
    Key("filters.off", "0,delete,backspace", "off", "0  Del  Backspace", "take this filter off"),
    Key("filters.clear", "c", "clear", "c", "take every filter off"),
    THEME,
)
VALUES = tuple(
    Key(f"filters.value_{n}", n, f"value({n})", "", f"the value of number {n}") for n in string.digits if n != "0"
)
THAT_VALUE = (("1 … 9", "the value of that number; where a range is typed, the first digit of it"),)
"""Those of the form, as a whole row of the keyboard."""

VALUE_BOX = (
    Key("value.leave", "escape", "screen.close_box(False)", "Esc", "leave it as it was"),
    Key("value.take", "enter", "screen.close_box(True)", "Enter", "take what was typed"),
)

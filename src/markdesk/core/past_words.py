"""What is said beside a student's past marks, the same on the screen and on paper."""

from markdesk.core.plain import show_line

NR_RULE = "No response (NR) is a gap and never counts as 0."
EXCERPT = 40
"""Characters of a passage that is quoted to show what a stamp was put on."""


def schemes_told(count: int) -> str:
    """A warning where marks under several schemes stand on one scale; empty for one scheme."""
    return f"The marks are under {count} mark schemes, whose shares compare only roughly." if count > 1 else ""


def hidden_told(count: int) -> str:
    """That essays are left out, since names are hidden where they lie; empty where there are none."""
    if not count:
        return ""
    what = "One essay is" if count == 1 else f"{count} essays are"
    return f"{what} left out, since names are hidden there."


def recurs_told(times: int, of: int) -> str:
    """``in 4 of 6 essays``"""
    return f"in {times} of {of} essays"


def excerpt(text: str, most: int = EXCERPT) -> str:
    """The first words of a passage, whole words as far as they fit, in quotation marks."""
    words = " ".join(show_line(text).split())
    if len(words) > most:
        cut = words[:most].rpartition(" ")[0] or words[:most]
        words = f"{cut.rstrip(' ,;:.')} …"
    return f"‘{words}’"

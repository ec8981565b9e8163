"""What is said beside a student's past marks, the same on the screen and on paper."""

from collections.abc import Collection

from markdesk.core.plain import listed, show_line

NOT_FINISHED, NO_SCRIPT = "…", "–"
"""Stand for a mark where the marking of a script isn't finished, if it was begun, or no script came in."""
GAPS = {"NR": "no response", NOT_FINISHED: "not finished yet", NO_SCRIPT: "no script"}
EXCERPT = 40
"""Characters of a passage that is quoted to show what a stamp was put on."""


def gaps_told(signs: Collection[str]) -> str:
    """What the gaps among marks mean, and that none of them is a 0; empty where there are none."""
    found = [f"{sign} ({meaning})" for sign, meaning in GAPS.items() if sign in signs]
    if not found:
        return ""
    return f"{listed(found)} {'is a gap' if len(found) == 1 else 'are gaps'}, never 0."


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

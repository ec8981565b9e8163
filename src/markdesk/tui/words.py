"""Small things said the same way on every screen: a date, a clipped quotation, a line with two ends."""

from collections.abc import Iterable
from datetime import datetime

from rich.cells import cell_len, set_cell_size

from markdesk.core.plain import show_line
from markdesk.tui.keys_in_use import KeysInUse
from markdesk.tui.text_layout import wrapped
from markdesk.tui.widgets.lines import Line

Hint = tuple[int, str, str]
"""A key by its act (``{list.open}``) and what it does, for the foot of a screen; before them its turn, where there
isn't room for all."""


FILTER_HINTS: tuple[Hint, ...] = (
    (1, "{filter.leave}", "back to the list, filtered"), (2, "{filter.clear}", "all again"),
    (3, "{filter.up/filter.down}", "choose"),
)  # fmt: skip
"""What the foot of a list teaches while words to look for are typed."""


def hint_pieces(hints: Iterable[Hint], room: int, keys: KeysInUse) -> list[tuple[str, str]]:
    """As many hints as fit, those with the lowest turn first, shown in the order given."""
    hints = [(turn, keys.brief(key), does) for turn, key, does in hints]
    fitting: list[Hint] = []
    for hint in sorted(hints):
        room -= cell_len(hint[1]) + len(hint[2]) + 4
        if room < 0:
            break
        fitting.append(hint)
    pieces: list[tuple[str, str]] = []
    for hint in hints:
        if hint in fitting:
            pieces += [("   ", "text"), (hint[1], "accent"), (f" {hint[2]}", "quiet")]
    return pieces


MOST_LINES = 4
"""Of a foot, where what is told is long."""


def foot_lines(
    said: tuple[str, str, bool],
    hints: Iterable[Hint],
    width: int,
    keys: KeysInUse,
    standing: tuple[str, str] = ("", ""),
) -> list[Line]:
    """What a foot says: the text, its style, and whether it was saved; beside it as many hints as there is room for.

    A long text, or what went wrong, has as many lines as it takes and no hints. ``standing`` is said while there is
    nothing newer.
    """
    text, style, saved = show_line(said[0]), said[1], said[2]
    lead: list[tuple[str, str]] = [(" ", "text"), ("✓ saved  ", "good")] if saved else [(" ", "text")]
    used = sum(cell_len(piece) for piece, _ in lead)
    if style == "alert" or used + cell_len(text) > width - 1:
        lines = wrapped(text, max(20, width - used - 1))[:MOST_LINES]
        return [(*(lead if at == 0 else [(" " * used, "text")]), (line, style)) for at, line in enumerate(lines)]
    if not text:
        text, style = standing
    room = width - used - cell_len(text)
    shown = hint_pieces(hints, room - (1 if text else -2), keys)
    return [(*lead, (text, style), *(shown if text else shown[1:]))]


def spread(left: list[tuple[str, str]], right: list[tuple[str, str]], width: int) -> Line:
    """Pieces at both ends of a line; the left gives way where it is too short, with a sign that it goes on."""
    room = width - sum(cell_len(text) for text, _ in right) - 2
    kept: list[tuple[str, str]] = []
    for text, style in left:
        fits = text if cell_len(text) <= room else clipped(text, room) if room > 1 else ""
        kept.append((fits, style))
        room -= cell_len(fits)
        if fits != text:
            break
    return (*kept, (" " * (max(0, room) + 2), "text"), *right)


def clipped(text: str, room: int) -> str:
    """The text on one line, cut where it must be with a sign that it goes on."""
    text = show_line(text)
    return text if cell_len(text) <= room else set_cell_size(text, room - 1).rstrip() + "…"


def fitted(text: str, room: int, right: bool = False) -> str:
    """The text in exactly so many cells, one at least; numbers stand to the right."""
    text = clipped(text, room)
    return " " * (room - cell_len(text)) + text if right else set_cell_size(text, room)


def path_typed(typed: str) -> str:
    """A path without the spaces and quotation marks that come along where it is pasted."""
    return typed.strip().strip("'\"")


def of_group(name: str) -> str:
    """Whose pile it is, as the top line begins; a class may have no name."""
    return f" {show_line(name)}  " if name else " "


def day(iso: str) -> str:
    """``2026-11-03`` as ``3 Nov``."""
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    year, month, date = iso[:10].split("-")
    return f"{int(date)} {months[int(month) - 1]}" if year and month.isdigit() else iso


def dated(iso: str, now: str) -> str:
    """A day as every list has it, with its year where that isn't the present one: ``3 Nov 25``.

    A sentence and a page to print have the whole day (``core.days.tell_day``), an axis its month and year.
    """
    return day(iso) if iso[:4] == now[:4] else f"{day(iso)} {iso[2:4]}"


def ago(then: str, now: str) -> str:
    """How long from one time to another (UTC, ISO 8601): ``2 hours ago``; the day where it is longer than that."""
    minutes = int((datetime.fromisoformat(now) - datetime.fromisoformat(then)).total_seconds()) // 60
    if minutes < 2:
        return "just now"
    if minutes < 120:
        return f"{minutes} minutes ago"
    return f"{minutes // 60} hours ago" if minutes < 36 * 60 else f"on {dated(then, now)}"

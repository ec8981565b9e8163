"""The floor for going on to the next essay: the least Textual program that replaces the same screenful of text.

What it does. It is given three screens of markdesk's own, characters and colours: an essay before it is finished, the
next one, and the first one again, finished. They are cut into as many widgets as stand on the marking screen (the line
at the top, heading, essay, map and note, heading and scheme, the line at the foot), each a Line API ``ScrollView``.
Enter shows the second, ``>`` the third, Ctrl+Z the first: every widget is handed its lines and paints them.

With ``--commit DESK`` Enter also writes the rows that finishing writes, before anything is repainted: the marking's
status, the mark made firm, the revision, and the log's row with its hash chain; with the same pragmas and durable, see
``floor_paint.Rows``. Ctrl+Z writes them back.

Why it is the floor. Nothing is read, counted, wrapped or coloured, no essay is held: the lines are there before the
first frame, and key, (rows,) lines, repaint is all there is. No screen stack, no bindings, no messages, no second
thread. Its garbage collector is treated as markdesk's is.
"""

import argparse
import gc
import json
from pathlib import Path

gc.disable()

from rich.segment import Segment  # noqa: E402
from rich.style import Style  # noqa: E402
from textual import events  # noqa: E402
from textual.app import App, ComposeResult  # noqa: E402
from textual.containers import Horizontal, Vertical  # noqa: E402
from textual.geometry import Size  # noqa: E402
from textual.scroll_view import ScrollView  # noqa: E402
from textual.strip import Strip  # noqa: E402

from benchmarks.floor_paint import Rows  # noqa: E402

NOTE_ROWS, MAP_COLUMNS = 3, 3
"""Rows under the essay and columns at its right, as on the marking screen."""
STATUSES = {"enter": "complete", "ctrl+z": "in_progress"}
SCREENS = {"enter": 1, "greater_than_sign": 2, "ctrl+z": 0}

Screen = list[list[tuple[str, str]]]
"""A row is its cells: a character and its style as Rich writes one."""


class Panel(ScrollView, can_focus=False):
    """A part of the screen: its lines, ready-made."""

    def __init__(self, name: str) -> None:
        super().__init__(id=name)
        self.lines: list[Strip] = []

    def show(self, lines: list[Strip]) -> None:
        self.lines = lines
        self.virtual_size = Size(0, len(lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        return self.lines[y] if y < len(self.lines) else Strip.blank(self.size.width)


class Floor(App[None]):
    """The program."""

    CSS = """
    Panel { height: 1fr; width: 1fr; scrollbar-size: 0 0; }
    #top, #head, #side-head, #foot { height: 1; }
    """
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, screens: list[Screen], left: int, rows: Rows | None) -> None:
        super().__init__()
        self.rows = rows
        self.left = left
        self.screens = [_parts(screen, left) for screen in screens]
        self.panels = {name: Panel(name) for name in self.screens[0]}

    def compose(self) -> ComposeResult:
        panels = self.panels
        yield panels["top"]
        with Horizontal():
            with Vertical() as left:
                left.styles.width = self.left
                yield panels["head"]
                with Horizontal():
                    yield panels["essay"]
                    panels["map"].styles.width = MAP_COLUMNS
                    yield panels["map"]
                panels["note"].styles.height = NOTE_ROWS
                yield panels["note"]
            with Vertical():
                yield panels["side-head"]
                yield panels["side"]
        yield panels["foot"]

    def on_mount(self) -> None:
        self.show(0)
        self.call_after_refresh(_settle_memory)

    def show(self, number: int) -> None:
        for name, lines in self.screens[number].items():
            self.panels[name].show(lines)

    def on_key(self, event: events.Key) -> None:
        if event.key in SCREENS:
            if self.rows is not None and event.key in STATUSES:
                _write(self.rows, STATUSES[event.key])
            self.show(SCREENS[event.key])
            event.stop()


def _write(rows: Rows, status: str) -> None:
    """The rows of finishing, or of taking it back."""
    row: dict[str, str | int] = {"marking_id": rows.marking, "status": status, "firm": status == "complete"}
    statements = [
        ("update award set tentative = not :firm where marking_id = :marking_id", row),
        ("update marking set status = :status, completed_at = datetime() where id = :marking_id", row),
    ]
    changes: list[dict[str, object]] = [{"kind": kind, "before": row, "after": row} for kind in ("award", "marking")]
    rows.commit(statements, "finish", "finished", changes)


def _parts(screen: Screen, left: int) -> dict[str, list[Strip]]:
    """A screen cut into the parts that it is made of."""
    middle, last = screen[1:-1], len(screen) - 2 - NOTE_ROWS
    return {
        "top": [_strip(screen[0])],
        "head": [_strip(middle[0][:left])],
        "essay": [_strip(row[: left - MAP_COLUMNS]) for row in middle[1:last]],
        "map": [_strip(row[left - MAP_COLUMNS : left]) for row in middle[1:last]],
        "note": [_strip(row[:left]) for row in middle[last:]],
        "side-head": [_strip(middle[0][left:])],
        "side": [_strip(row[left:]) for row in middle[1:]],
        "foot": [_strip(screen[-1])],
    }


def _strip(cells: list[tuple[str, str]]) -> Strip:
    """Cells as one line: neighbours of one style are one piece."""
    pieces: list[tuple[str, str]] = []
    for text, style in cells:
        if pieces and pieces[-1][1] == style:
            pieces[-1] = (pieces[-1][0] + text, style)
        else:
            pieces.append((text, style))
    return Strip([Segment(text, Style.parse(style)) for text, style in pieces], len(cells))


def _settle_memory() -> None:
    gc.freeze()
    gc.enable()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("screens", type=Path, help="a JSON file: three screens, as rows of cells")
    parser.add_argument("--left", type=int, required=True, metavar="COLUMNS", help="the width of essay and map")
    parser.add_argument("--commit", type=Path, metavar="DESK", help="also write the rows of finishing to this desk")
    given = parser.parse_args()
    screens = [
        [[(text, style) for text, style in row] for row in screen]
        for screen in json.loads(given.screens.read_text(encoding="utf-8"))
    ]
    Floor(screens, given.left, Rows(given.commit) if given.commit else None).run()


if __name__ == "__main__":
    main()

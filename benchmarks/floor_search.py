"""The floor for a search of everything: the least Textual program that asks the same of the index and paints it.

A letter is put behind the query, and Backspace takes it away. Each time plain ``sqlite3`` counts what is found and
reads the best of it, as many as markdesk reads for a screen: whose it is, of which assignment, and FTS5's own
``snippet`` of the words; two lines each are painted. Why it is the floor: no screen stack, no second thread, no names
to hide, no offsets, no filters; key, two statements, repaint. The file is opened with markdesk's own pragmas, and the
garbage collector is treated as markdesk's is.
"""

import argparse
import gc
import sqlite3

gc.disable()

from rich.segment import Segment  # noqa: E402
from rich.style import Style  # noqa: E402
from textual import events  # noqa: E402
from textual.app import App, ComposeResult  # noqa: E402
from textual.geometry import Size  # noqa: E402
from textual.scroll_view import ScrollView  # noqa: E402
from textual.strip import Strip  # noqa: E402
from textual.widgets import Static  # noqa: E402

READ = 18
"""Hits that are read: those on a screen of 40 lines, and one more."""
TEXT = Style.parse("#E6E1D6 on #14161A")
QUERY = Style.parse("bold #E0B35A on #1B1E24")

COUNT = "select count(*) from search where search match ?"
BEST = """
select st.given_name || ' ' || st.family_name || '   ' || a.name || '   ' || a.set_on,
    snippet(search, 0, '[', ']', '…', 18)
from search
cross join searchable s on s.id = search.rowid
join script sc on sc.id = s.owner
join student st on st.id = sc.student_id
join assignment a on a.id = sc.assignment_id
where search match ? order by rank limit ?
"""


class Found(ScrollView, can_focus=False):
    """The query, and two lines for each hit."""

    def __init__(self, path: str, query: str) -> None:
        super().__init__()
        self.db = sqlite3.connect(path, isolation_level=None)
        for pragma in ("synchronous = extra", "foreign_keys = on", "secure_delete = on", "trusted_schema = off"):
            self.db.execute(f"pragma {pragma}").fetchone()
        self.query_text, self.told, self.lines = query, "", list[str]()

    def on_mount(self) -> None:
        self.virtual_size = Size(120, 2 + 2 * READ)
        self.look()

    def look(self) -> None:
        match = f'"{self.query_text}" *'
        (count,) = self.db.execute(COUNT, (match,)).fetchone()
        self.told = f"{count:,} found"
        self.lines = [line for hit in self.db.execute(BEST, (match, READ)) for line in hit]
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y == 0:
            return Strip([Segment(f"⌕ {self.query_text}▏   {self.told}", QUERY)]).extend_cell_length(width, TEXT)
        if y > len(self.lines):
            return Strip.blank(width, TEXT)
        return Strip([Segment(self.lines[y - 1], TEXT)]).extend_cell_length(width, TEXT).crop(0, width)


class Floor(App[None]):
    CSS = """
    #heading { height: 1; background: #1B1E24; color: #8A857A; }
    Found { height: 1fr; width: 1fr; background: #14161A; scrollbar-size-vertical: 1; }
    """
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, path: str, query: str) -> None:
        super().__init__()
        self.found = Found(path, query)

    def compose(self) -> ComposeResult:
        yield Static("search", id="heading", markup=False)
        yield self.found

    def on_mount(self) -> None:
        self.call_after_refresh(_settle_memory)

    def on_key(self, event: events.Key) -> None:
        if event.key == "backspace":
            self.found.query_text = self.found.query_text[:-1]
        elif event.character and event.character.isalpha():
            self.found.query_text += event.character
        else:
            return
        event.stop()
        self.found.look()


def _settle_memory() -> None:
    gc.freeze()
    gc.enable()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("desk", help="the desk's file")
    parser.add_argument("query", help="what the query begins with")
    given = parser.parse_args()
    Floor(given.desk, given.query).run()


if __name__ == "__main__":
    main()

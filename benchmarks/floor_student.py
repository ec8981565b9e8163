"""The floor for the screen of one student: the least Textual program that reads her marks by bare SQL and paints them.

Enter reads, by plain ``sqlite3``, what the screen tells: the student, her classes, her scripts with assignment and
marking, every award, every annotation and every line of feedback; a line for each script and each award is painted, as
many as a screen has. Escape empties it again. Why it is the floor: no value is made of a row, nothing is counted,
compared, sorted or quoted; no screen stack, no second thread. The file is opened with markdesk's own pragmas, and the
garbage collector is treated as markdesk's is.
"""

import argparse
import gc
import sqlite3
from dataclasses import dataclass

gc.disable()

from rich.segment import Segment  # noqa: E402
from rich.style import Style  # noqa: E402
from textual import events  # noqa: E402
from textual.app import App, ComposeResult  # noqa: E402
from textual.geometry import Size  # noqa: E402
from textual.scroll_view import ScrollView  # noqa: E402
from textual.strip import Strip  # noqa: E402
from textual.widgets import Static  # noqa: E402

TEXT = Style.parse("#E6E1D6 on #14161A")
OF_HER = "(select m.id from script sc join marking m on m.script_id = sc.id where sc.student_id = :id)"
STATEMENTS = (
    "select * from student where id = :id",
    "select g.name from membership m join teaching_group g on g.id = m.group_id where m.student_id = :id",
    f"select * from annotation where marking_id in {OF_HER}",
    f"select * from feedback where marking_id in {OF_HER}",
)
SCRIPTS = """
select a.set_on, a.name, m.status, a.question, e.words, sc.*, m.* from script sc
join assignment a on a.id = sc.assignment_id
left join marking m on m.script_id = sc.id
left join essay e on e.hash = sc.essay_hash
where sc.student_id = :id order by a.set_on desc
"""
AWARDS = f"select scale, mark, level, strands from award where marking_id in {OF_HER}"


@dataclass(frozen=True)
class Asked:
    """What a key asks, of one id."""

    told: str
    """How what is painted begins."""
    statements: tuple[str, ...]
    """What is read besides."""
    scripts: str
    awards: str


class Course(ScrollView, can_focus=False):
    """A line for each script and each award."""

    def __init__(self, path: str, its: str, asked: Asked) -> None:
        super().__init__()
        self.asked = asked
        self.db = sqlite3.connect(path, isolation_level=None)
        for pragma in ("synchronous = extra", "foreign_keys = on", "secure_delete = on", "trusted_schema = off"):
            self.db.execute(f"pragma {pragma}").fetchone()
        self.values = {"id": its}
        self.lines: list[str] = []

    def look(self) -> None:
        for statement in self.asked.statements:
            self.db.execute(statement, self.values).fetchall()
        scripts = self.db.execute(self.asked.scripts, self.values).fetchall()
        awards = self.db.execute(self.asked.awards, self.values).fetchall()
        told = [self.asked.told, *("   ".join(map(str, row[:5])) for row in (*awards, *scripts))]
        self.show(told)

    def show(self, lines: list[str]) -> None:
        self.lines = lines
        self.virtual_size = Size(120, len(lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y >= len(self.lines):
            return Strip.blank(width, TEXT)
        return Strip([Segment(self.lines[y], TEXT)]).extend_cell_length(width, TEXT).crop(0, width)


class Floor(App[None]):
    """The program."""

    CSS = """
    #heading { height: 1; background: #1B1E24; color: #8A857A; }
    Course { height: 1fr; width: 1fr; background: #14161A; scrollbar-size-vertical: 1; }
    """
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, title: str, opens: str, course: Course) -> None:
        super().__init__()
        self.heading, self.opens, self.course = title, opens, course

    def compose(self) -> ComposeResult:
        yield Static(self.heading, id="heading", markup=False)
        yield self.course

    def on_mount(self) -> None:
        self.call_after_refresh(_settle_memory)

    def on_key(self, event: events.Key) -> None:
        if event.key == self.opens:
            self.course.look()
        elif event.key == "escape":
            self.course.show([f"line {n}" for n in range(40)])
        event.stop()


def _settle_memory() -> None:
    gc.freeze()
    gc.enable()


def run(told: str | None, title: str, opens: str, asked: Asked) -> None:
    """Run it on the desk and the id of the command line: the heading that stands first, and the key that opens."""
    parser = argparse.ArgumentParser(description=(told or "").partition("\n")[0])
    parser.add_argument("desk", help="the desk's file")
    parser.add_argument("id", help="of whom, or of which assignment, it is asked")
    given = parser.parse_args()
    Floor(title, opens, Course(given.desk, given.id, asked)).run()


if __name__ == "__main__":
    run(__doc__, "Students", "enter", Asked("past marks", STATEMENTS, SCRIPTS, AWARDS))

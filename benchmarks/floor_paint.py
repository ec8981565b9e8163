"""The floor for a key on the marking screen: the least Textual program that repaints the same regions.

What it does. A heading, an essay, a panel beside it and a footer. The essay is Textual's own recommendation for
long text, a Line API ``ScrollView``; its lines are wrapped once, before the first frame. Down and Up move a bar
from one paragraph to the next: the lines of the two paragraphs are refreshed, the heading and the footer are given
one line of text each. That is what markdesk has to repaint on a cursor key. A letter stamps the paragraph (its
lines and the footer change); Backspace takes the stamp back.

With ``--commit DESK`` a stamp also writes the rows that markdesk writes, with the same pragmas, in one
``BEGIN IMMEDIATE`` transaction, before anything is repainted: the annotation, the marking's revision, and the log's
row with its hash chain. Plain ``sqlite3``, on the program's one thread, straight from the key.

Why it is the floor. No screen stack, no bindings, no actions, no messages between widgets, no undo, no checks, no
second thread: key, (rows,) repaint. It gets no trick either that markdesk couldn't use: no cache of styled lines,
no writing past Textual. Its garbage collector is treated as markdesk's is: frozen after the first frame.
"""

import argparse
import gc
import hashlib
import json
import os
import sqlite3
import textwrap
import time
from datetime import UTC, datetime
from pathlib import Path

gc.disable()

from rich.segment import Segment  # noqa: E402
from rich.style import Style  # noqa: E402
from textual import events  # noqa: E402
from textual.app import App, ComposeResult  # noqa: E402
from textual.containers import Horizontal  # noqa: E402
from textual.geometry import Size  # noqa: E402
from textual.scroll_view import ScrollView  # noqa: E402
from textual.strip import Strip  # noqa: E402
from textual.widgets import Static  # noqa: E402

MEASURE = 76
"""The widest line of text, as on the marking screen."""
CODES = {"k": "K", "e": "E", "x": "EXP", "a": "AN", "v": "EVAL", "j": "J"}

TEXT = Style.parse("#E6E1D6 on #14161A")
CHOSEN = Style.parse("bold #E6E1D6 on #14161A")
DIM = Style.parse("#8A857A on #14161A")
BAR = Style.parse("#E0B35A on #14161A")
STAMPED = Style.parse("underline #8BC48A on #1E2A1E")


class EssayLines(ScrollView, can_focus=False):
    """The wrapped lines, and which paragraph each belongs to."""

    def __init__(self, paragraphs: list[str]) -> None:
        super().__init__()
        self.texts: list[tuple[int, str]] = []
        self.places: list[tuple[int, int]] = []
        for number, text in enumerate(paragraphs):
            wrapped = textwrap.wrap(text, MEASURE)
            self.places.append((len(self.texts), len(wrapped)))
            self.texts += [(number, line) for line in wrapped]
            self.texts.append((-1, ""))
        self.chosen = 0
        self.codes: dict[int, list[str]] = {}

    def on_mount(self) -> None:
        self.virtual_size = Size(MEASURE + 12, len(self.texts))

    def render_line(self, y: int) -> Strip:
        line = y + self.scroll_offset.y
        width = self.size.width
        if line >= len(self.texts):
            return Strip.blank(width, TEXT)
        number, text = self.texts[line]
        if number < 0:
            return Strip.blank(width, TEXT)
        first = self.places[number][0] == line
        codes = self.codes.get(number)
        here = number == self.chosen
        style = STAMPED if codes else CHOSEN if here else TEXT
        gutter = f"{' '.join(codes)[-4:] if codes and first else '':>4} {number + 1 if first else '':>5} "
        segments = [Segment("▌" if here else " ", BAR), Segment(gutter, DIM), Segment(text, style)]
        return Strip(segments).extend_cell_length(width, TEXT).crop(0, width)

    def refresh_paragraph(self, number: int) -> None:
        first, count = self.places[number]
        self.refresh_lines(first, count)


class Floor(App[None]):
    CSS = """
    #heading, #footer { height: 1; background: #1B1E24; color: #8A857A; }
    #panel { width: 31; height: 1fr; background: #1B1E24; color: #E6E1D6; }
    EssayLines { height: 1fr; width: 1fr; background: #14161A; scrollbar-size-vertical: 1; }
    """
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, paragraphs: list[str], rows: "Rows | None") -> None:
        super().__init__()
        self.essay = EssayLines(paragraphs)
        self.rows = rows

    def compose(self) -> ComposeResult:
        yield Static("reading ¶1", id="heading", markup=False)
        with Horizontal():
            yield self.essay
            yield Static("Level 4\n\nwhat the level says, in a few lines of text\n" * 6, id="panel", markup=False)
        yield Static("ready", id="footer", markup=False)

    def on_mount(self) -> None:
        self.heading = self.query_one("#heading", Static)
        self.footer = self.query_one("#footer", Static)
        self.call_after_refresh(_settle_memory)

    def on_key(self, event: events.Key) -> None:
        essay = self.essay
        if event.key in ("down", "up"):
            by = 1 if event.key == "down" else -1
            new = min(len(essay.places) - 1, max(0, essay.chosen + by))
            old, essay.chosen = essay.chosen, new
            essay.refresh_paragraph(old)
            essay.refresh_paragraph(new)
            self.heading.update(f"reading ¶{new + 1}", layout=False)
            self.footer.update(f"¶{new + 1} of {len(essay.places)}", layout=False)
        elif event.key in CODES:
            code, number = CODES[event.key], essay.chosen
            if self.rows is not None:
                self.rows.stamp(number, code)
            essay.codes.setdefault(number, []).append(code)
            essay.refresh_paragraph(number)
            self.footer.update(f"✓ saved  {code} on ¶{number + 1}", layout=False)
        elif event.key == "backspace":
            number = essay.chosen
            if self.rows is not None:
                self.rows.unstamp()
            codes = essay.codes.get(number, [])
            code = codes.pop() if codes else ""
            essay.refresh_paragraph(number)
            self.footer.update(f"✓ saved  {code} removed from ¶{number + 1}", layout=False)
        else:
            return
        event.stop()


def _settle_memory() -> None:
    gc.freeze()
    gc.enable()


class Rows:
    """The rows of a stamp, by plain sqlite3."""

    PRAGMAS = ("journal_mode = delete", "synchronous = extra", "foreign_keys = on", "secure_delete = on")

    def __init__(self, path: Path) -> None:
        self.db = sqlite3.connect(path, isolation_level=None, timeout=0.25)
        for pragma in (*self.PRAGMAS, "trusted_schema = off"):
            self.db.execute(f"pragma {pragma}").fetchone()
        self.marker = self.db.execute("select id from marker").fetchone()[0]
        self.script, self.essay_hash, text = self.db.execute(
            "select script.id, hash, text from script join essay on hash = essay_hash"
        ).fetchone()
        self.paragraphs: list[tuple[int, int]] = []
        self.text: str = text
        start = 0
        for block in text.split("\n\n"):
            self.paragraphs.append((start, start + len(block)))
            start += len(block) + 2
        self.made: list[dict[str, str | int]] = []
        found = self.db.execute("select id, revision from marking").fetchone()
        self.marking: str = found[0] if found else _uuid()
        self.revision: int = found[1] if found else 0
        if found is None:
            (rubric,) = self.db.execute("select rubric_hash from assignment").fetchone()
            self.db.execute(
                "insert into marking (id, script_id, marker_id, essay_hash, rubric_hash, status, started_at)"
                " values (?, ?, ?, ?, ?, 'in_progress', ?)",
                (self.marking, self.script, self.marker, self.essay_hash, rubric, _now()),
            )

    def stamp(self, number: int, code: str) -> None:
        start, end = self.paragraphs[number]
        row: dict[str, str | int] = {
            "id": _uuid(),
            "marking_id": self.marking,
            "start": start,
            "end": end,
            "exact": self.text[start:end],
            "prefix": self.text[max(0, start - 32) : start],
            "suffix": self.text[end : end + 32],
            "code": code,
            "comment": "",
        }
        self.made.append(row)
        insert = (
            'insert into annotation (id, marking_id, start, "end", exact, prefix, suffix, code, comment)'
            " values (:id, :marking_id, :start, :end, :exact, :prefix, :suffix, :code, :comment)"
        )
        self._commit(insert, row, "stamp", f"{code} on ¶{number + 1}", {"before": None, "after": row})

    def unstamp(self) -> None:
        if self.made:
            row = self.made.pop()
            delete = "delete from annotation where id = :id"
            self._commit(delete, row, "remove", f"{row['code']} removed", {"before": row, "after": None})

    def _commit(self, sql: str, row: dict[str, str | int], action: str, label: str, change: dict[str, object]) -> None:
        self.commit([(sql, row)], action, label, [{"kind": "annotation", **change}])

    def commit(
        self,
        statements: list[tuple[str, dict[str, str | int]]],
        action: str,
        label: str,
        change: list[dict[str, object]],
    ) -> None:
        """Rows, revision and log in one transaction, durable when this returns."""
        db = self.db
        db.execute("begin immediate")
        for sql, row in statements:
            db.execute(sql, row)
        db.execute(
            "update marking set revision = revision + 1 where id = ? and revision = ?", (self.marking, self.revision)
        )
        last = db.execute("select chain from log order by seq desc limit 1").fetchone()
        changes = json.dumps(change, ensure_ascii=False)
        digest = _digest(changes)
        step, at = _uuid(), _now()
        chain = _digest(f"{last and last[0]} {digest} {step} do {action} {label} {at} {self.marker} {self.marking}")
        db.execute(
            "insert into log (id, group_id, kind, action, label, at, marker_id, marking_id, changes, digest, chain)"
            " values (?, ?, 'do', ?, ?, ?, ?, ?, ?, ?, ?)",
            (step, step, action, label, at, self.marker, self.marking, changes, digest, chain),
        )
        db.execute("commit")
        self.revision += 1


def _uuid() -> str:
    """In order of time, as markdesk's are: random ids would spread over the index's pages."""
    text = f"{time.time_ns() // 1_000_000:012x}{os.urandom(10).hex()}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _digest(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("essay", type=Path, help="a text file, its paragraphs divided by blank lines")
    parser.add_argument("--commit", type=Path, metavar="DESK", help="also write the rows of each stamp to this desk")
    given = parser.parse_args()
    paragraphs = given.essay.read_text(encoding="utf-8").split("\n\n")
    Floor(paragraphs, Rows(given.commit) if given.commit else None).run()


if __name__ == "__main__":
    main()

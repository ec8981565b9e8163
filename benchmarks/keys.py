"""Row ``keys``: how many keys an essay takes, counted on a session that really marks one.

Eight stamps, two of them with a comment begun, a level, a mark above its middle, and done. The words of the
comments are typed and not counted: they are the marker's, and as long in any program. Afterwards the desk is
opened and every row is looked for.
"""

import sys
import time
from pathlib import Path

from benchmarks import desks
from benchmarks.report import Row, say
from benchmarks.terminal import ProgramDiedError, Terminal, environment
from markdesk.core.essay import Essay
from markdesk.core.marking import MarkingStatus
from markdesk.desk.ports import Entry
from markdesk.store.sqlite.store import SqliteStore

DOWN, ESCAPE, ENTER = b"\x1b[B", b"\x1b", b"\r"
COMMENTS = ("say which congress", "weigh this against terror")
STAMPS = (b"k", b"e", b"X", b"a", b"v", b"K", b"j", b"e")
"""One a paragraph; the two capitals open a comment as well."""


def rows(folder: Path) -> list[Row]:
    say("keys: marking an essay")
    essays = desks.class_essays(2, 8)
    desk = desks.small_class(folder / "keys.db", essays)
    command = [sys.executable, "-m", "markdesk", "mark", "--assignment", desks.ASSIGNMENT, "--db", str(desk)]
    with Terminal(command, environment(folder), folder) as terminal:
        terminal.wait_for(lambda t: _open_essay(t, essays) is not None, limit=30, quiet=0.3)
        essay = _open_essay(terminal, essays)
        assert essay is not None
        pressed: list[str] = []

        def press(data: bytes, name: str = "") -> None:
            pressed.append(name or data.decode())
            terminal.key(data, quiet=0.15)

        comments = iter(COMMENTS)
        for number, stamp in enumerate(STAMPS):
            if number:
                press(DOWN, "↓")
            press(stamp)
            if stamp.isupper():
                for letter in next(comments):
                    terminal.send(letter.encode())
                    time.sleep(0.01)
                terminal.settle(0.15)
                press(ESCAPE, "Esc")
        press(b"4")
        press(b"+")
        # Finishing may ask a question once; Enter answers it, and counts.
        for _ in range(4):
            press(ENTER, "Enter")
            entry = _entry(desk, essay)
            if entry.header is not None and entry.header.status is MarkingStatus.COMPLETE:
                break
        other = next(e for e in essays if e.text != essay.text)
        if _open_essay(terminal, [other]) is None:
            terminal.wait_for(lambda t: _open_essay(t, [other]) is not None, limit=5)
    wrong = _wrong(desk, essay)
    note = " ".join(pressed) + ("\nWRONG ON THE DESK: " + "; ".join(wrong) if wrong else "")
    count = None if wrong else len(pressed)
    told = "8 stamps, 2 comments begun, level, mark, finished, next"
    return [Row("keys to mark one essay", count, 30, told, "", note, {"keys": pressed, "wrong": wrong}, "keys")]


def _open_essay(terminal: Terminal, essays: list[Essay]) -> Essay | None:
    text = terminal.text()
    return next((essay for essay in essays if essay.text[:24] in text), None)


def _entry(desk: Path, essay: Essay) -> Entry:
    store = SqliteStore(desk)
    try:
        entries = store.entries(None)
        return next(entry for entry in entries if entry.script.essay_hash == essay.hash)
    finally:
        store.close()


def _wrong(desk: Path, essay: Essay) -> list[str]:
    """What isn't on the desk as it was keyed."""
    entry = _entry(desk, essay)
    if entry.header is None:
        raise ProgramDiedError("nothing was written")
    store = SqliteStore(desk)
    try:
        marking = store.marking(entry.script.id, entry.header.marker_id)
        wrong = [*store.verify().problems]
    finally:
        store.close()
    assert marking is not None
    found = [
        (essay.paragraph_at(a.anchor.span.start).number, a.code, a.comment)
        for a in marking.annotations_in_order()
        if a.anchor.span
    ]
    comments = iter(COMMENTS)
    codes = {b"k": "K", b"e": "E", b"x": "EXP", b"a": "AN", b"v": "EVAL", b"j": "J"}
    wanted = [
        (number, codes[stamp.lower()], next(comments) if stamp.isupper() else "")
        for number, stamp in enumerate(STAMPS, start=1)
    ]
    if found != wanted:
        wrong.append(f"annotations {found}")
    given = [(award.level, award.mark, award.tentative) for award in marking.awards.values()]
    level = desks.scheme().scales[0].level(4)
    assert level is not None
    if given != [(4, level.middle + 1, False)]:
        wrong.append(f"awards {given}")
    if marking.header.status is not MarkingStatus.COMPLETE:
        wrong.append(f"status {marking.header.status}")
    return wrong

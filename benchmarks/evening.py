"""Row ``evening``: thirty essays marked one after another, everything from the bank, and the keys counted.

Each has eight stamps, three comments from the bank, a level and a mark above its middle, WWW, EBI and target from the
bank, and is finished; whatever is asked at the end is answered and counts. Afterwards the desk is opened and every row
is looked for.
"""

import sys
from pathlib import Path

from benchmarks import desks
from benchmarks.report import Row, say
from benchmarks.terminal import Terminal, environment
from markdesk.core.marking import MarkingStatus
from markdesk.store.sqlite.store import SqliteStore

PILE = 30
DOWN, ESCAPE, ENTER, TAB = b"\x1b[B", b"\x1b", b"\r", b"\t"
STAMPS = (b"k", b"e", b"n", b"a", b"v", b"d", b"j", b"e")
"""One a paragraph."""
COMMENTED = frozenset({2, 5, 6})
"""Which of them get a comment."""
QUIET = 0.06
"""Seconds without a change of the screen after which the next key comes."""


def rows(folder: Path) -> list[Row]:
    say(f"evening: marking {PILE} essays")
    essays = desks.class_essays(PILE, 8)
    desk = desks.small_class(folder / "evening.db", essays)
    command = [sys.executable, "-m", "markdesk", "mark", "--assignment", desks.ASSIGNMENT, "--db", str(desk)]
    counts: list[int] = []
    with Terminal(command, environment(folder), folder) as terminal:
        terminal.wait_for(lambda t: any(essay.text[:24] in t.text() for essay in essays), limit=30, quiet=0.3)
        for done in range(1, PILE + 1):
            keys = list(_keys())
            for key in keys:
                # A terminal's Esc is only known for one when nothing follows it for a tenth of a second.
                terminal.key(key, quiet=0.25 if key == ESCAPE else QUIET)
            pressed = len(keys)
            for _ in range(4):
                terminal.key(ENTER, quiet=0.15)
                pressed += 1
                if _finished(desk) == done:
                    break
            counts.append(pressed)
    wrong = _wrong(desk)
    told = "8 stamps, 3 comments, level, mark, WWW, EBI, target, finished"
    note = f"most {max(counts)}, least {min(counts)}" + ("\nWRONG ON THE DESK: " + "; ".join(wrong) if wrong else "")
    most = None if wrong else max(counts)
    return [Row("keys an essay, thirty in a row", most, 45, told, "", note, {"keys": counts, "wrong": wrong}, "keys")]


def _keys() -> list[bytes]:
    """All keys of one essay but those that finish it."""
    keys: list[bytes] = []
    for number, stamp in enumerate(STAMPS):
        keys += [DOWN, stamp] if number else [stamp]
        if number in COMMENTED:
            keys += [b";", ENTER]
    keys += [b"4", b"+"]
    keys += [b",", b";", ENTER, TAB, b";", ENTER, b";", ENTER, ESCAPE]
    return keys


def _finished(desk: Path) -> int:
    store = SqliteStore(desk)
    try:
        headers = [entry.header for entry in store.entries(None)]
        return sum(header is not None and header.status is MarkingStatus.COMPLETE for header in headers)
    finally:
        store.close()


def _wrong(desk: Path) -> list[str]:
    """What isn't on the desk as it was keyed."""
    store = SqliteStore(desk)
    try:
        wrong = [*store.verify().problems]
        for entry in store.entries(None):
            header = entry.header
            marking = store.marking(entry.script.id, header.marker_id) if header else None
            name = entry.student.name
            if header is None or marking is None or header.status is not MarkingStatus.COMPLETE:
                wrong.append(f"{name}: not finished")
                continue
            commented = sum(bool(note.comment) for note in marking.annotations.values())
            fields = sorted(line.key for line in marking.feedback.values())
            if (len(marking.annotations), commented) != (len(STAMPS), len(COMMENTED)):
                wrong.append(f"{name}: {len(marking.annotations)} annotations, {commented} with a comment")
            if fields != ["ebi.1", "target.1", "www.1"]:
                wrong.append(f"{name}: feedback {fields}")
            level = desks.scheme().scales[0].level(4)
            assert level is not None
            given = [(award.level, award.mark, award.tentative) for award in marking.awards.values()]
            if given != [(4, level.middle + 1, False)]:
                wrong.append(f"{name}: awards {given}")
    finally:
        store.close()
    return wrong

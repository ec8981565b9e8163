"""Sheets as plain text, 76 columns wide, to be read, printed or pasted into a message."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdesk.core.charts import Histogram
from markdesk.core.marksheet import shortened
from markdesk.core.plain import show
from markdesk.formats.documents.document import (
    NEXT_STEP,
    Bars,
    Block,
    Bullets,
    Chart,
    Document,
    Facts,
    Heading,
    MarkedEssay,
    Note,
    Overleaf,
    Panel,
    Prose,
    Quotation,
    Result,
    Ruled,
    Run,
    Signatures,
    Slips,
    Table,
    Tone,
)
from markdesk.formats.documents.pieces import CutParagraph, cut, without_place
from markdesk.formats.documents.read_back import refuse_lost
from markdesk.formats.documents.slips import unfolded

WIDTH = 76
LABEL = 24
"""Labels of bars and facts are at most so wide; what is longer has lines of its own."""
SIGNS = {Tone.STRENGTH: "+ ", Tone.IMPROVE: "▲ ", Tone.TARGET: "○ ", Tone.TASK: "□ ", Tone.PLAIN: ""}


def write(documents: Sequence[Document]) -> bytes:
    """The sheets one after the other, a double line between them."""
    text = f"\n\n{'=' * WIDTH}\n\n".join("\n\n".join(_parts(document)) for document in documents) + "\n"
    refuse_lost(documents, text)
    return text.encode()


def _parts(document: Document) -> Iterator[str]:
    if document.school.name:
        yield wrapped(document.school.name)
    title = wrapped(document.title)
    yield f"{title}\n{'=' * max(3, _widest(title))}"
    if document.subtitle:
        yield wrapped(document.subtitle)
    for block in document.blocks:
        yield from (part for part in _block(block) if part)
    foot = " · ".join(text for text in (document.foot, document.whose) if text)
    yield f"{'-' * WIDTH}\n{wrapped(foot)}"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield _heading(block.text, "=" if block.level == 1 else "-")
        case Prose():
            yield _laid(_joined(block.runs))
        case Bullets():
            leads = [f"{number}. " if block.are_numbered else "- " for number in range(1, len(block.items) + 1)]
            items = zip(leads, block.items, strict=True)
            yield "\n".join(_laid(_joined(item), lead, " " * len(lead)) for lead, item in items)
        case Facts():
            yield _labelled([(f"{label}:", value) for label, value in block.pairs])
        case Result():
            yield wrapped(", ".join(text for text in (block.mark, block.level) if text))
            yield wrapped(block.sentence)
            if block.step:
                yield wrapped(f"{NEXT_STEP}: {block.step}")
        case Panel():
            yield _panel(block)
        case Ruled():
            yield wrapped(block.about)
            yield "\n\n".join(["_" * WIDTH] * block.lines)
        case Table():
            yield wrapped(block.caption)
            yield _table(block)
        case Bars():
            yield wrapped(block.caption)
            yield _bars([(label, float(count), str(count)) for label, count in block.bars], block.full)
        case Chart():
            yield "\n".join(wrapped(text) for text in (block.title, *block.told))
            if isinstance(block.shown, Histogram):
                counts = [(label, float(count), str(count)) for label, count in block.shown.given]
                yield _bars(counts, block.shown.top)
        case Quotation():
            yield wrapped(block.text, "    ", "    ")
            yield wrapped(block.about)
        case Signatures():
            lines = (
                "\n\n".join((_hanging("", f"{label}:"), f"{'_' * 44}  Date: {'_' * 24}")) for label in block.labels
            )
            yield "\n\n".join(lines)
        case Slips():
            for part in unfolded(block):
                yield from _block(part)
        case Overleaf():
            yield "-" * WIDTH
        case MarkedEssay():
            yield from _essay(block)


def _heading(text: str, line: str = "-") -> str:
    shown = wrapped(text)
    return f"{shown}\n{line * max(3, _widest(shown))}"


def _panel(panel: Panel) -> str:
    lead = ("- ", "  ") if len(panel.lines) > 1 else ("", "")
    lines = [wrapped(line, *lead) for line in panel.lines]
    return "\n".join((_heading(f"{SIGNS[panel.tone]}{panel.label}"), *lines))


def _labelled(pairs: Sequence[tuple[str, str]]) -> str:
    """Values in a column of their own, beside their labels."""
    widest = max((width(show(label)) for label, _ in pairs if width(show(label)) <= LABEL), default=0) + 2
    lines: list[str] = []
    for label, value in pairs:
        shown = show(label)
        if width(shown) > LABEL or "\n" in shown:
            lines.append(wrapped(label))
            shown = ""
        lines.append(wrapped(value, shown + " " * (widest - width(shown)), " " * widest))
    return "\n".join(lines)


def _table(table: Table) -> str:
    """In columns where every row fits on one line; else row by row, so that it is read in order."""
    rows = [[show(cell) for cell in row] for row in (table.heading, *table.rows)]
    widths = [max((width(row[at]) for row in rows if at < len(row)), default=0) for at in range(len(table.heading))]
    is_even = all(len(row) == len(widths) for row in rows)
    if (
        is_even
        and sum(widths) + 2 * (len(widths) - 1) <= WIDTH
        and not any("\n" in cell for row in rows for cell in row)
    ):
        lines = [_row(row, widths, table.numbers) for row in rows]
        return "\n".join((lines[0], _row(["-" * w for w in widths], widths, table.numbers), *lines[1:]))
    if not table.rows:
        return wrapped(", ".join(heading for heading in table.heading if heading))
    return "\n".join(_hanging("- " if at == 0 else "  ", text) for row in table.rows for at, text in _told(table, row))


def _told(table: Table, row: Sequence[str]) -> Iterator[tuple[int, str]]:
    """``Mark: 17``: a row's cells under their headings, one a line."""
    labels = (*table.heading, *("" for _ in row[len(table.heading) :]))
    told = [
        f"{label}: {cell or '–'}" if label else cell for label, cell in zip(labels, row, strict=False) if label or cell
    ]
    yield from enumerate(told)


def _row(cells: Sequence[str], widths: Sequence[int], numbers: frozenset[int]) -> str:
    told = []
    for at, (cell, wide) in enumerate(zip(cells, widths, strict=True)):
        gap = " " * (wide - width(cell))
        told.append(gap + cell if at in numbers else cell + gap)
    return "  ".join(told).rstrip()


def _bars(bars: Sequence[tuple[str, float, str]], top: float = 0.0) -> str:
    most = max(top, *(value for _, value, _ in bars)) if bars else 0.0
    room = WIDTH - LABEL - 3 - max((len(told) for _, _, told in bars), default=0)
    drawn = ((label, "#" * round(room * max(0.0, value) / (most or 1)), told) for label, value, told in bars)
    return _labelled([(label, f"{bar} {told}" if bar else told) for label, bar, told in drawn])


# -- the essay


def _essay(essay: MarkedEssay) -> Iterator[str]:
    by_number = {note.number: note for note in essay.notes}
    for paragraph in cut(essay):
        if paragraph.title:
            yield _heading(paragraph.title)
        yield _paragraph(paragraph)
        if paragraph.notes:
            yield "\n".join(_note(by_number[note.number]) for note in paragraph.notes)
    loose = without_place(essay)
    if loose:
        yield "\n".join(_note(note, has_place=False) for note in loose)


def _paragraph(paragraph: CutParagraph) -> str:
    lead = f"¶{paragraph.number}".ljust(4) + " "
    text = "".join(
        show(piece.text) + (" " + "".join(f"[{number}]" for number in piece.ends) if piece.ends else "")
        for piece in paragraph.pieces
    )
    return _laid(text, lead, " " * len(lead))


def _note(note: Note, has_place: bool = True) -> str:
    """Under its paragraph, set in; its passage by its first and last words, since the whole of it stands above."""
    lead = f"     [{note.number}] "
    quoted = f"“{shortened(note.quotation)}”" if has_place else f"{note.place}: “{note.quotation}”"
    code = "  ".join(text for text in (note.code, f"({note.meaning})" if note.meaning else "") if text)
    lines = [_hanging(lead, "  ".join(text for text in (quoted, code) if text))]
    if note.comment:
        lines.append(wrapped(note.comment, " " * len(lead), " " * len(lead)))
    return "\n".join(lines)


# -- lines


def width(text: str) -> int:
    """How many columns the text takes: two for a wide letter, none for a mark on the letter before."""
    if text.isascii():
        return len(text)
    return sum(_cells(letter) for letter in text)


def _cells(letter: str) -> int:
    if letter == "\ufe0f":
        return 1  # makes a wide picture of the sign before it
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _widest(text: str) -> int:
    return max(width(line) for line in text.split("\n"))


def _hanging(lead: str, text: str) -> str:
    return wrapped(text, lead, " " * width(lead))


def wrapped(text: str, first: str = "", rest: str = "") -> str:
    """The text at the width; its line breaks stay, and the indent of a line with them. ``first`` and ``rest`` lead
    the first and the other lines."""
    return _laid(show(text), first, rest)


def _joined(runs: Sequence[Run]) -> str:
    return "".join(show(run.text) for run in runs)


def _laid(shown: str, first: str = "", rest: str = "") -> str:
    lines: list[str] = []
    for line in shown.split("\n"):
        indent = line[: len(line) - len(line.lstrip(" "))][:20]
        lines += _filled(line.strip(" "), (rest if lines else first) + indent, rest + indent)
    return "\n".join(lines)


def _filled(text: str, lead: str, rest: str) -> list[str]:
    """One line of text in lines that fit; a word that no line holds is broken."""
    lines: list[str] = []
    line, used, is_empty = lead, width(lead), True
    for gap, word in re.findall(r"( *)([^ ]+)", text):
        if not is_empty and used + len(gap) + width(word) > WIDTH:
            lines.append(line)
            line, used, is_empty = rest, width(rest), True
        if not is_empty:
            line, used = line + gap, used + len(gap)
        room = WIDTH - used
        *full, last = _broken(word, room, WIDTH - width(rest))
        for part in full:
            lines.append(line + part)
            line, used = rest, width(rest)
        line, used, is_empty = line + last, used + width(last), False
    return [*lines, line.rstrip() if is_empty else line]


def _broken(word: str, room: int, later: int) -> list[str]:
    """The word in parts, the first into ``room``; a mark never leaves its letter."""
    if width(word) <= room:
        return [word]
    cuts, used = [0], 0
    for at, letter in enumerate(word):
        wide = _cells(letter)
        if used + wide > (room if len(cuts) == 1 else later) and at > cuts[-1]:
            cuts.append(at)
            used = 0
        used += wide
    return [word[start:end] for start, end in pairwise([*cuts, len(word)])]

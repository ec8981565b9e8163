"""Sheets as Markdown. Everything that was typed by anybody reads as it was written, never as markup."""

import re
from collections.abc import Iterator, Sequence

from markdesk.core.charts import Histogram
from markdesk.core.marksheet import shortened
from markdesk.core.plain import show, show_line
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
    Weight,
)
from markdesk.formats.documents.pieces import CutParagraph, cut, without_place
from markdesk.formats.documents.read_back import refuse_lost
from markdesk.formats.documents.slips import unfolded

SIGNS = {Tone.STRENGTH: "\\+ ", Tone.IMPROVE: "▲ ", Tone.TARGET: "○ ", Tone.TASK: "□ ", Tone.PLAIN: ""}
LONGEST_CELL = 60
"""Letters. A table with a longer cell, or one of several lines, is a list: rows that wrap can't be read."""

_SPECIAL = re.compile(r"[\\`*_\[\]<>#&~|^$={}!]")
_LINE_START = re.compile(r"^( *)([-+]|\d{1,9}[.)](?=\s|$))")
_LINK = re.compile(r"(?<=[A-Za-z])://|\bwww\.|(?<=\S)@(?=\S)", re.I)


def escaped(text: str) -> str:
    """The text so that Markdown shows it letter by letter, its line breaks and indents included."""
    return _quoted(show(text).rstrip("\n"))


def _quoted(shown: str) -> str:
    return "\\\n".join(_escaped_line(line) for line in shown.split("\n"))


def _escaped_line(line: str) -> str:
    line = _SPECIAL.sub(lambda match: "\\" + match.group(), line)
    line = _LINK.sub(lambda match: re.sub(r"([:@.])", r"\\\1", match.group(), count=1), line)
    line = _LINE_START.sub(lambda m: m.group(1) + m.group(2)[:-1] + "\\" + m.group(2)[-1], line)
    indent = len(line) - len(line.lstrip(" "))
    return "&nbsp;" * indent + line[indent:]


def write(documents: Sequence[Document]) -> bytes:
    """The sheets one after the other, a line between them."""
    text = "\n\n---\n\n".join("\n\n".join(_parts(document)) for document in documents) + "\n"
    refuse_lost(documents, _unescaped(text), _letters)
    return text.encode()


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)|&nbsp;", lambda match: match.group(1) or " ", text)


def _letters(shown: str) -> str:
    """Letters and digits alone: signs are Markdown's too."""
    return "".join(filter(str.isalnum, shown))


def _parts(document: Document) -> Iterator[str]:
    if document.school.name:
        yield escaped(document.school.name)
    yield f"# {_one_line(document.title)}"
    if document.subtitle:
        yield escaped(document.subtitle)
    for block in document.blocks:
        yield from (part for part in _block(block) if part)
    yield from (escaped(text) for text in (" · ".join(t for t in (document.foot, document.whose) if t),) if text)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * (block.level + 1)} {_one_line(block.text)}"
        case Prose():
            yield _runs(block.runs)
        case Bullets():
            leads = [f"{number}. " if block.are_numbered else "- " for number in range(1, len(block.items) + 1)]
            yield "\n".join(
                lead + _inside(_runs(item), len(lead)) for lead, item in zip(leads, block.items, strict=True)
            )
        case Facts():
            yield "\n".join(f"- {_labelled(label, value)}" for label, value in block.pairs)
        case Result():
            yield _strong(", ".join(text for text in (block.mark, block.level) if text))
            yield escaped(block.sentence)
            if block.step:
                yield _labelled(NEXT_STEP, block.step)
        case Panel():
            yield f"## {SIGNS[block.tone]}{_one_line(block.label)}"
            if len(block.lines) == 1:
                yield escaped(block.lines[0])
            else:
                yield "\n".join(f"- {_inside(escaped(line))}" for line in block.lines)
        case Ruled():
            yield escaped(block.about)
            yield "\n\n".join(["___"] * block.lines)
        case Table():
            yield escaped(block.caption)
            yield _table(block)
        case Bars():
            yield escaped(block.caption)
            yield "\n".join(f"- {_labelled(label, str(count))}" for label, count in block.bars)
        case Chart():
            yield _strong(block.title)
            yield from map(escaped, block.told)
            if isinstance(block.shown, Histogram):
                yield "\n".join(f"- {_labelled(label, str(count))}" for label, count in block.shown.given)
        case Quotation():
            yield "> " + escaped(block.text).replace("\n", "\n> ")
            yield escaped(block.about)
        case Signatures():
            line = escaped("_" * 30)
            yield "\n\n".join(f"{escaped(label)}: {line} Date: {escaped('_' * 15)}" for label in block.labels)
        case Slips():
            for part in unfolded(block):
                yield from _block(part)
        case Overleaf():
            yield "---"
        case MarkedEssay():
            yield from _essay(block)


def _runs(runs: Sequence[Run]) -> str:
    """Only a line that is strong as a whole is shown so: inside a word Markdown's signs would be read as letters."""
    if len(runs) == 1 and runs[0].weight is Weight.STRONG:
        return _strong(runs[0].text)
    return _quoted("".join(show(run.text) for run in runs).rstrip("\n"))


def _strong(text: str) -> str:
    """Strong, where the line has nothing else or a space after it."""
    shown = _quoted(show(text).strip())
    return f"**{shown}**" if shown and "\n" not in shown else shown


def _labelled(label: str, value: str) -> str:
    name = _strong(f"{show_line(label)}:") if label.strip() else ""
    return " ".join(part for part in (name, _inside(escaped(value))) if part)


def _one_line(text: str) -> str:
    return escaped(show_line(text))


def _inside(shown: str, depth: int = 2) -> str:
    """Text inside a list item: its further lines stay in the item."""
    return shown.replace("\n", "\n" + " " * depth)


def _table(table: Table) -> str:
    rows = (table.heading, *table.rows)
    is_even = all(len(row) == len(table.heading) for row in table.rows)
    if not is_even or any("\n" in cell or len(cell) > LONGEST_CELL for row in rows for cell in row):
        return _listed(table)
    edges = ["---:" if at in table.numbers else "---" for at in range(len(table.heading))]
    lines = [_row(table.heading), f"| {' | '.join(edges)} |", *(_row(row) for row in table.rows)]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(escaped(cell) for cell in cells)} |"


def _listed(table: Table) -> str:
    if not table.rows:
        return escaped(", ".join(heading for heading in table.heading if heading))
    lines: list[str] = []
    for row in table.rows:
        labels = (*table.heading, *("" for _ in row[len(table.heading) :]))
        cells = [(label, cell) for label, cell in zip(labels, row, strict=False) if label or cell]
        told = [_labelled(label, cell or "–") for label, cell in cells]
        lines.append("- " + "\\\n  ".join(told))
    return "\n".join(lines)


# -- the essay


def _essay(essay: MarkedEssay) -> Iterator[str]:
    for paragraph in cut(essay):
        if paragraph.title:
            yield f"### {_one_line(paragraph.title)}"
        yield _paragraph(paragraph)
        if paragraph.notes:
            yield "\n".join(_note(note) for note in paragraph.notes)
    loose = without_place(essay)
    if loose:
        yield "\n".join(_note(note, has_place=False) for note in loose)


def _paragraph(paragraph: CutParagraph) -> str:
    # Numbers as code, since that stays a sign of its own whatever letter follows; bold would not.
    written, since = f"`¶{paragraph.number}` ", ""
    for piece in paragraph.pieces:
        since += show(piece.text)
        if piece.ends:
            written += f"{_within(since)} `{''.join(f'[{number}]' for number in piece.ends)}`"
            since = ""
    return written + _within(since)


def _within(shown: str) -> str:
    """Text that doesn't stand at the start of a line, where an indent is no more than spaces."""
    return _quoted("\u00a0" + shown)[1:]


def _note(note: Note, has_place: bool = True) -> str:
    """Under its paragraph; its passage by its first and last words, since the whole of it stands above."""
    quoted = escaped(f"“{shortened(note.quotation)}”" if has_place else f"{note.place}: “{note.quotation}”")
    code = _strong(note.code)
    meaning = escaped(f"({note.meaning})") if note.meaning else ""
    line = " ".join(part for part in (f"- `[{note.number}]`", _inside(quoted), _inside(code), _inside(meaning)) if part)
    return line + (f"\n\n  {_inside(escaped(note.comment))}" if note.comment else "")

"""A mark sheet as plain text, 76 columns wide, to be read, printed or pasted into a message."""

import textwrap

from markdesk.core.feedback import LABELS
from markdesk.core.marksheet import MarkSheet, NumberedAnnotation, marked_pieces, shortened
from markdesk.core.plain import show
from markdesk.formats.sheet_words import HEADINGS, facts, total_line

ENDING = "txt"
WIDTH = 76


def write_sheet(sheet: MarkSheet) -> str:
    """The whole sheet, ending in a newline."""
    name = show(sheet.student.name)
    parts = [f"{name}\n{'=' * min(WIDTH, max(3, len(name)))}", _table(facts(sheet))]
    marks = [_heading("Mark"), _wrapped(total_line(sheet))]
    for result in sheet.results:
        if len(sheet.results) == 1:
            # The line above says it all but what the level means.
            marks += [_wrapped(result.summary)] if result.summary else []
            continue
        level = f"Level {result.award.level}, " if result.award.level else ""
        title = result.scale.named
        summary = f". {result.summary}" if result.summary else ""
        marks.append(_wrapped(f"{title}: {level}{result.mark}{summary}", "  ", "    "))
    marks += [_wrapped(limit) for limit in sheet.limits]
    parts.append("\n".join(marks))
    for heading, texts in sheet.feedback.items():
        lead = ("- ", "  ") if len(texts) > 1 else ("", "")
        body = "\n".join(_wrapped(text, *lead) for text in texts)
        parts.append(f"{_heading(HEADINGS.get(heading, LABELS[heading]))}\n{body}")
    if sheet.annotations:
        notes = "\n\n".join(_note(note) for note in sheet.annotations)
        parts.append(f"{_heading('Notes on your essay')}\n{notes}")
    if sheet.key:
        parts.append(f"{_heading('What the codes mean')}\n{_table(list(sheet.key))}")
    if not sheet.is_handwritten:
        parts.append(_heading("Your essay"))
        for number, pieces in enumerate(marked_pieces(sheet), start=1):
            if number in sheet.parts:
                parts.append(f"Part {show(sheet.parts[number])}")
            parts.append(_wrapped("".join(text + (f" {numbers}" if numbers else "") for text, numbers in pieces)))
    return "\n\n".join(parts) + "\n"


def _heading(title: str) -> str:
    return f"{title}\n{'-' * len(title)}"


def _note(note: NumberedAnnotation) -> str:
    lead = f"[{note.number}] "
    code = f"  {note.code}" if note.code else ""
    quotation = "" if note.on_paper else f": “{shortened(note.quotation)}”"
    lines = [_wrapped(f"{note.place}{quotation}{code}", lead, " " * len(lead))]
    if note.comment:
        lines.append(_wrapped(note.comment, " " * len(lead), " " * len(lead)))
    return "\n".join(lines)


def _table(rows: list[tuple[str, str]]) -> str:
    widest = max(len(show(label)) for label, _ in rows) + 2
    return "\n".join(_wrapped(value, f"{show(label)}:".ljust(widest), " " * widest) for label, value in rows)


def _wrapped(text: str, first: str = "", rest: str = "") -> str:
    """Wrapped at the width; line breaks stay, and the indent of a line with them."""
    lines: list[str] = []
    for line in show(text).split("\n"):
        indent = line[: len(line) - len(line.lstrip(" "))][:20]
        lead = rest if lines else first
        layout = textwrap.TextWrapper(WIDTH, lead + indent, rest + indent, break_on_hyphens=False)
        wrapped = layout.wrap(line.strip(" "))
        lines += wrapped or [lead.rstrip()]
    return "\n".join(lines)

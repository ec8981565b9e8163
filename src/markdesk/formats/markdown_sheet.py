"""A mark sheet as Markdown. Everything that was typed by anybody reads as it was written, never as markup."""

import re

from markdesk.core.feedback import LABELS
from markdesk.core.marksheet import MarkSheet, NumberedAnnotation, marked_pieces, shortened
from markdesk.core.plain import show
from markdesk.formats.sheet_words import HEADINGS, facts, total_line

ENDING = "md"

_SPECIAL = re.compile(r"[\\`*_\[\]<>#&~|^$={}!]")
_LINE_START = re.compile(r"^( *)([-+]|\d{1,9}[.)](?=\s|$))")
_LINK = re.compile(r"(?<=[A-Za-z])://|\bwww\.|(?<=\S)@(?=\S)", re.I)


def escaped(text: str) -> str:
    """The text so that Markdown shows it letter by letter, its line breaks and indents included."""
    return "\\\n".join(_escaped_line(line) for line in show(text).split("\n"))


def _escaped_line(line: str) -> str:
    line = _SPECIAL.sub(lambda match: "\\" + match.group(), line)
    line = _LINK.sub(lambda match: re.sub(r"([:@.])", r"\\\1", match.group(), count=1), line)
    line = _LINE_START.sub(lambda m: m.group(1) + m.group(2)[:-1] + "\\" + m.group(2)[-1], line)
    indent = len(line) - len(line.lstrip(" "))
    return "&nbsp;" * indent + line[indent:]


def write_sheet(sheet: MarkSheet) -> str:
    """The whole sheet, ending in a newline."""
    parts = [f"# {escaped(sheet.student.name)}", "\n".join(f"- **{k}:** {escaped(v)}" for k, v in facts(sheet))]
    parts += ["## Mark", f"**{escaped(total_line(sheet))}**"]
    for result in sheet.results:
        if len(sheet.results) == 1:
            # The line above says it all but what the level means.
            parts += [escaped(result.summary)] if result.summary else []
            continue
        level = f"Level {result.award.level}, " if result.award.level else ""
        title = result.scale.named
        line = f"- **{escaped(title)}:** {level}{result.mark}"
        parts.append(line + (f". {escaped(result.summary)}" if result.summary else ""))
    parts += [escaped(limit) for limit in sheet.limits]
    for heading, texts in sheet.feedback.items():
        parts.append(f"## {HEADINGS.get(heading, LABELS[heading])}")
        parts += [escaped(text) for text in texts] if len(texts) == 1 else [f"- {_inside(text)}" for text in texts]
    if sheet.annotations:
        parts.append("## Notes on your essay")
        parts += [_note(note) for note in sheet.annotations]
    if sheet.key:
        parts += ["## What the codes mean"]
        parts.append("\n".join(f"- **{escaped(code)}:** {escaped(meaning)}" for code, meaning in sheet.key))
    if not sheet.is_handwritten:
        parts.append("## Your essay")
        for number, pieces in enumerate(marked_pieces(sheet), start=1):
            if number in sheet.parts:
                parts.append(f"### Part {escaped(sheet.parts[number])}")
            parts.append("".join(_piece(text, numbers, not at) for at, (text, numbers) in enumerate(pieces)))
    return "\n\n".join(parts) + "\n"


def _piece(text: str, numbers: str, begins: bool) -> str:
    # Only the first piece stands at the start of a line; an indent inside a line is a space.
    shown = escaped(text) if begins else escaped("x" + text)[1:]
    # As code, since that stays a sign of its own whatever letter follows; bold would not.
    return shown + (f" `{numbers}`" if numbers else "")


def _note(note: NumberedAnnotation) -> str:
    code = f" **{escaped(note.code)}**" + (f" ({escaped(note.meaning)})" if note.meaning else "") if note.code else ""
    comment = f"\n\n  {_inside(note.comment)}" if note.comment else ""
    quotation = "" if note.on_paper else f": “{escaped(shortened(note.quotation))}”"
    return f"- `[{note.number}]` {note.place}{quotation}{code}{comment}"


def _inside(text: str) -> str:
    """Text inside a list item: its further lines and paragraphs stay in the item."""
    return escaped(text).replace("\n", "\n  ")

"""A marked essay as lines to read: what it was given, its words, and under each paragraph what was put on it."""

from markdesk.core.essay import Paragraph, Span
from markdesk.core.feedback import ORDER, PRIVATE, label_of
from markdesk.core.past_words import excerpt
from markdesk.core.plain import show_line
from markdesk.desk.besides import Reading
from markdesk.desk.review import PastMarking
from markdesk.tui.side_lines import hanging
from markdesk.tui.widgets.lines import Line


def reading_lines(reading: Reading, past: PastMarking, given: str, width: int) -> list[Line]:
    """The page. No private note is on it."""
    about = past.entry.assignment
    lines: list[Line] = hanging("", "quote", about.question, "quote", 0, width)
    lines += [((f"{given}   ", "accent"), (f"{past.rubric.title}, marked by {show_line(past.marker)}", "quiet"))]
    aos = tuple(ao.code for ao in past.rubric.aos)
    for field in ORDER:
        for line in past.lines(field) if field not in PRIVATE else ():
            label = f"{label_of(line.field, line.place, aos)}  "
            lines += hanging(label, "weigh", line.text, "text", len(label), width)
    lines.append(())
    essay, left = reading.essay, sorted(reading.annotations, key=lambda note: note.anchor.span or Span(0, 1))
    for number, paragraph in enumerate(essay.paragraphs, start=1):
        text = essay.quote(paragraph.span)
        lines += hanging(f"{number:>3}  ", "quiet", text, "text", 5, width)
        for note in (note for note in left if note.anchor.span and _begins_in(paragraph, note.anchor.span)):
            told = f"{excerpt(note.anchor.exact)}  {note.comment}".rstrip()
            lines += hanging(f"     {note.code or '“”'}  ", "accent", told, "quiet", 12, width)
        lines.append(())
    return lines


def _begins_in(paragraph: Paragraph, span: Span) -> bool:
    return paragraph.span.start <= span.start < paragraph.span.end

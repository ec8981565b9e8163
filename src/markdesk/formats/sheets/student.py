"""The student's mark sheet: the first side to read and act on, overleaf the essay with its notes.

The first side is meant for one side of A4, to staple to handwriting. Left out on purpose: counts of stamps, the signs
of strands, time taken, the order of marking, rank, flags, and everything private.
"""

from dataclasses import dataclass, replace

from markdesk.core.anonymity import known_as, without_any_name, without_name, without_whole_name
from markdesk.core.boundaries import Boundaries, notional_grade
from markdesk.core.coursework import Returns
from markdesk.core.feedback import Field
from markdesk.core.marking import Met
from markdesk.core.marksheet import MarkSheet, NumberedAnnotation, ScaleResult, shortened
from markdesk.core.offers import level_to_aim_at
from markdesk.formats.documents.document import (
    NO_SCHOOL,
    Block,
    Document,
    Facts,
    Heading,
    MarkedEssay,
    Note,
    Overleaf,
    Panel,
    Prose,
    Result,
    Ruled,
    School,
    Table,
    Tone,
    said,
)
from markdesk.formats.sheets.words import HEADINGS, STATUS, long_date, total_line

RULED_LINES = 8
"""So many lines the student has for the task."""

TONES = {Field.WWW: Tone.STRENGTH, Field.EBI: Tone.IMPROVE, Field.TARGET: Tone.TARGET, Field.TASK: Tone.TASK}

BECAME = {
    Met.MET: "You met it.",
    Met.PARTLY: "You met it in part.",
    Met.NOT_YET: "Not met yet: keep working on it.",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a batch of sheets shows."""

    returns: Returns = Returns.MARKS
    by_number: bool = False
    """The candidate number in place of the name."""
    with_essay: bool = True
    """Whether the essay stands overleaf."""
    boundaries: Boundaries | None = None
    """By these the sheet has a notional grade, where it has the mark. None, which is usual, leaves grades out."""
    school: School = NO_SCHOOL


def student_sheet(sheet: MarkSheet, choice: Choice) -> Document:
    """The whole sheet of one student."""
    if choice.by_number:
        sheet = _without_name(sheet)
    blocks: list[Block] = [Facts(facts(sheet, choice)), *_mark(sheet, choice), *_feedback(sheet)]
    overleaf = _overleaf(sheet, choice.with_essay)
    if overleaf:
        blocks += [Overleaf(), *overleaf]
    return Document(
        title=whose(sheet, choice.by_number),
        subtitle=sheet.question or sheet.assignment,
        whose=whose(sheet, choice.by_number),
        foot=", ".join(part for part in (sheet.assignment, long_date(sheet.set_on)) if part),
        blocks=tuple(blocks),
        school=choice.school,
    )


def _without_name(sheet: MarkSheet) -> MarkSheet:
    """The sheet for whoever is known by a number: her name goes from what was said to her, and from her text's head."""
    student = sheet.student
    return replace(
        sheet,
        feedback={
            field: tuple(without_any_name(line, student) for line in lines) for field, lines in sheet.feedback.items()
        },
        annotations=tuple(
            replace(
                note,
                comment=without_any_name(note.comment, student),
                quotation=without_whole_name(note.quotation, student),
            )
            for note in sheet.annotations
        ),
        essay=without_name(sheet.essay, student),
    )


def whose(sheet: MarkSheet, by_number: bool) -> str:
    """Who the sheet is for, as it calls her."""
    return known_as(sheet.student, sheet.script_id, by_number)


def facts(sheet: MarkSheet, choice: Choice) -> tuple[tuple[str, str], ...]:
    """What stands under the title."""
    marked = f"{long_date(sheet.marked_on)}, by {sheet.marker}" if sheet.marked_on else f"by {sheet.marker}"
    found = [
        ("Assignment", sheet.assignment if sheet.assignment != sheet.question else ""),
        ("Class", sheet.group),
        ("Candidate number", "" if choice.by_number else sheet.student.candidate_number),
        ("Set on", long_date(sheet.set_on)),
        ("Marked", marked),
        ("Mark scheme", f"{sheet.rubric.title} ({sheet.rubric.id}, version {sheet.rubric.version})"),
        ("Length", "handwritten" if sheet.words is None else f"{sheet.words:,} words"),
        ("Status", STATUS[sheet.status]),
        ("Notional grade", _grade(sheet, choice)),
    ]
    return tuple((label, value) for label, value in found if value)


def _grade(sheet: MarkSheet, choice: Choice) -> str:
    """``B, by the boundaries of June 2025``: a grade is the whole subject's, and this one only what it would be."""
    if choice.boundaries is None or choice.returns is not Returns.MARKS:
        return ""
    grade = notional_grade(choice.boundaries, sheet.total).grade
    return f"{grade}, by the boundaries of {choice.boundaries.name}" if grade else ""


def _mark(sheet: MarkSheet, choice: Choice) -> list[Block]:
    """The mark and what its level means, as much of it as the assignment returns."""
    if choice.returns is Returns.COMMENTS:
        return []
    shows_mark = choice.returns is Returns.MARKS
    mark = total_line(sheet).partition(",")[0] if shows_mark else ""
    blocks: list[Block] = []
    if len(sheet.results) == 1:
        only = sheet.results[0]
        blocks.append(Result(mark, _level(only), only.summary, next_step(only)))
    else:
        weakest = _weakest(sheet.results)
        blocks.append(Result(mark, "", "", next_step(weakest) if weakest else ""))
        heading = ("", "Level", "Mark", "What it shows") if shows_mark else ("", "Level", "What it shows")
        rows = tuple(_row(result, shows_mark) for result in sheet.results)
        blocks.append(Table(heading, rows, frozenset({2}) if shows_mark else frozenset()))
    if shows_mark:
        blocks += [Prose(said(limit)) for limit in sheet.limits]
    return blocks


def _row(result: ScaleResult, shows_mark: bool) -> tuple[str, ...]:
    marks = (result.mark,) if shows_mark else ()
    return (result.scale.named, _level(result), *marks, result.summary)


def _level(result: ScaleResult) -> str:
    return f"Level {result.award.level}" if result.award.level else ""


def next_step(result: ScaleResult) -> str:
    """What to do next, in the scheme's words; empty at the top, and where no level was given."""
    aim = None if result.award.level is None else level_to_aim_at(result.scale, result.award.level)
    return aim[1] if aim else ""


def _weakest(results: tuple[ScaleResult, ...]) -> ScaleResult | None:
    """Of several scales the one with the smallest share of its marks; the first of equal ones."""
    marked = [result for result in results if result.award.mark is not None and result.scale.max]
    return min(marked, key=lambda result: (result.award.mark or 0) / result.scale.max, default=None)


def _feedback(sheet: MarkSheet) -> list[Block]:
    blocks: list[Block] = [
        Panel(HEADINGS[field], sheet.feedback[field], TONES.get(field, Tone.PLAIN))
        for field in (Field.WWW, Field.EBI, Field.QUESTION, Field.COMMENT)
        if field in sheet.feedback
    ]
    if sheet.last_time is not None:
        last = (sheet.last_time.target, BECAME[sheet.last_time.met])
        blocks.append(Panel("Your last target", last))
    if Field.TARGET in sheet.feedback:
        blocks.append(Panel(HEADINGS[Field.TARGET], sheet.feedback[Field.TARGET], Tone.TARGET))
    if Field.TASK in sheet.feedback:
        blocks.append(Panel(HEADINGS[Field.TASK], sheet.feedback[Field.TASK], Tone.TASK))
        blocks.append(Ruled(RULED_LINES, "Write your answer to the task here."))
    return blocks


def _overleaf(sheet: MarkSheet, with_essay: bool) -> list[Block]:
    blocks: list[Block] = []
    if sheet.is_handwritten or not with_essay:
        if sheet.annotations:
            blocks += [Heading("Notes on your essay"), _listed(sheet.annotations)]
    else:
        blocks += [Heading("Your essay"), marked_essay(sheet)]
    if sheet.key and blocks:
        blocks += [Heading("What the codes mean", 2), Facts(sheet.key)]
    return blocks


def _listed(notes: tuple[NumberedAnnotation, ...]) -> Table:
    heading = ("", "Where", "Words", "Code", "Comment")
    rows = [(str(n.number), n.place, "" if n.on_paper else shortened(n.quotation), n.code, n.comment) for n in notes]
    used = [at for at in range(len(heading)) if any(row[at] for row in rows)]
    return Table(tuple(heading[at] for at in used), tuple(tuple(row[at] for at in used) for row in rows))


def marked_essay(sheet: MarkSheet) -> MarkedEssay:
    """The essay with every annotation at its place."""
    return MarkedEssay(
        sheet.essay.text,
        tuple(paragraph.span for paragraph in sheet.essay.paragraphs),
        tuple(Note(n.number, n.span, n.place, n.quotation, n.code, n.meaning, n.comment) for n in sheet.annotations),
        tuple((number, f"Part {part}") for number, part in sheet.parts.items()),
        sheet.marker,
    )

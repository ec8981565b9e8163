"""The whole-class feedback sheet: one page for the board and for each student's folder. Nobody is named on it."""

from markdesk.core.coursework import Returns
from markdesk.desk.class_feedback import ClassFeedback, CommonComment, Passage, Recurring, ScaleFindings
from markdesk.desk.class_summary import NR_RULE
from markdesk.formats.documents.document import (
    NO_SCHOOL,
    Bars,
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Panel,
    Prose,
    Quotation,
    Run,
    School,
    Table,
    Tone,
    Weight,
    said,
)
from markdesk.formats.sheets.words import long_date

WIDTHS = (1, 2, 5, 10, 20)
"""How many marks a bar may stand for: the narrowest that leaves at most ``MOST_BARS``."""
MOST_BARS = 9


def whole_class_sheet(feedback: ClassFeedback, school: School = NO_SCHOOL) -> Document:
    """The sheet. What it tells of marks follows from what the assignment gives back."""
    assignment, sheet = feedback.sheet.assignment, feedback.sheet
    blocks: list[Block] = [Facts(_facts(feedback))]
    if feedback.for_class:
        blocks += [Heading("For everybody"), *(_passage(one) for one in feedback.for_class)]
    blocks += _distribution(feedback)
    for findings in feedback.findings:
        blocks += _found(findings, feedback.finished)
    if feedback.went_well:
        blocks += [Heading("What went well"), _comments(feedback.went_well)]
    if feedback.could_be_better:
        blocks += [Heading("Even better if"), _comments(feedback.could_be_better)]
    if feedback.focus:
        blocks.append(Panel("Next lesson", feedback.focus, Tone.TARGET))
    whose = sheet.group or assignment.name
    return Document(
        title=f"Feedback for {sheet.group}" if sheet.group else "Feedback for the class",
        subtitle=assignment.question or assignment.name,
        whose=whose,
        foot=", ".join(part for part in (assignment.name, long_date(assignment.set_on)) if part),
        blocks=tuple(blocks),
        school=school,
    )


def _facts(feedback: ClassFeedback) -> tuple[tuple[str, str], ...]:
    sheet = feedback.sheet
    counted = f"{feedback.finished} of {feedback.handed_in} marked"
    away = f", {len(sheet.missing)} not handed in" if sheet.missing else ""
    found = (
        ("Assignment", sheet.assignment.name if sheet.assignment.name != sheet.assignment.question else ""),
        ("Class", sheet.group),
        ("Set on", long_date(sheet.assignment.set_on)),
        ("Essays", f"{counted}{away}"),
        ("Marked by", sheet.marker),
    )
    return tuple((label, value) for label, value in found if value)


def _passage(one: Passage) -> Block:
    about = " – ".join(filter(None, (one.meaning or one.code, one.comment)))
    return Quotation(one.words, about) if one.words else Prose(said(about or "A passage on paper."))


def _distribution(feedback: ClassFeedback) -> list[Block]:
    """The marks and levels, as far as the assignment gives them back and nobody can be told by them."""
    returns, summary = feedback.sheet.assignment.returns, feedback.summary
    if returns is Returns.COMMENTS or not feedback.shows_distribution:
        return []
    blocks: list[Block] = [Heading("How the class did")]
    if returns is Returns.MARKS and summary.figures is not None:
        most = feedback.sheet.rubric.max_mark
        blocks.append(Bars(f"Marks out of {most}", bars(summary.marks, most)))
    for scale in summary.levels:
        if scale.counts:
            lowest = 0 if scale.counts[0] else 1
            counted = tuple((f"Level {n}", scale.counts[n]) for n in range(lowest, len(scale.counts)))
            several = len(feedback.summary.levels) > 1
            blocks.append(Bars(f"Levels, {scale.title}" if several else "Levels", counted))
    if summary.no_response:
        blocks.append(Prose(said(f"{summary.no_response} gave no response. {NR_RULE}", Weight.QUIET)))
    return blocks


def bars(marks: tuple[int, ...], most: int) -> tuple[tuple[str, int], ...]:
    """The marks in stretches of one width, from the lowest that was given to the highest, empty ones between too."""
    low, high = min(marks), max(marks)
    width = next((width for width in WIDTHS if (high - low) // width < MOST_BARS), WIDTHS[-1])
    first = low - low % width
    return tuple(
        (
            str(at) if width == 1 else f"{at}–{min(most, at + width - 1)}",
            sum(1 for mark in marks if at <= mark < at + width),
        )
        for at in range(first, high + 1, width)
    )


def _found(findings: ScaleFindings, essays: int) -> list[Block]:
    blocks: list[Block] = [Heading(findings.title)] if findings.title else []
    below = 2 if findings.title else 1
    for heading, every in (("Strengths", findings.strengths), ("To work on", findings.errors)):
        if every:
            blocks.append(Heading(heading, below))
            rows = tuple((one.code, one.meaning, f"{one.essays} of {essays}", _examples(one)) for one in every)
            blocks.append(Table(("Code", "Meaning", "Essays", "For example"), rows, frozenset({2})))
    return blocks


def _examples(one: Recurring) -> str:
    return "\n".join(f"“{words}”" for words in one.examples)


def _comments(comments: tuple[CommonComment, ...]) -> Bullets:
    return Bullets(tuple((Run(f"{one.text} "), Run(f"({one.students} students)", Weight.QUIET)) for one in comments))

"""Coursework on its way to the board: a page of data for each candidate's form, and the centre's summary.

None of it is a board's form, which is the board's own: it is what has to be copied into one, with the sums done and
what is still missing said in front.
"""

from markdesk.core.candidate_record import CandidateRecord, profile_line, to_put_right
from markdesk.core.moderation import is_of_jcq, ranks
from markdesk.core.plain import fold
from markdesk.core.rubric import Nea, Rubric, Scale
from markdesk.desk.coursework import Cohort
from markdesk.formats.documents.document import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Panel,
    Prose,
    Signatures,
    Table,
    Tone,
    Weight,
    said,
)
from markdesk.formats.sheets.school import Centre
from markdesk.formats.sheets.words import long_date

BLANK = "____________"
"""To be filled in by hand."""

SIGNS = "(+ high in the level, - low)"


def record_page(record: CandidateRecord, centre: Centre) -> Document:
    """One candidate's data, to copy into the board's form."""
    sheet = record.sheet
    rubric = sheet.rubric
    number = sheet.student.candidate_number
    blocks: list[Block] = [Prose(said(_no_form(rubric), Weight.QUIET))]
    faults = (*_of_centre(centre), *to_put_right(record))
    if faults:
        blocks.append(Panel("To put right first", faults, Tone.IMPROVE))
    fields = (
        ("Centre number", centre.number or BLANK),
        ("Centre name", centre.school.name or BLANK),
        ("Candidate number", number or BLANK),
        ("Candidate name", sheet.student.name),
        ("Qualification", qualification(rubric)),
        ("Title or question", record.title),
        ("Title approved", "yes / no"),
        ("Word count", _words(record)),
    )
    blocks.append(Table(("On the form", "To copy"), fields))
    blocks += _marks(record)
    blocks.append(Heading("The teacher's comments"))
    blocks += [Panel(label, (text,)) for label, text in record.comments]
    if not record.comments:
        blocks.append(Prose(said("None are written yet.", Weight.QUIET)))
    marked = f", marked {long_date(sheet.marked_on)}" if sheet.marked_on else ""
    blocks.append(Signatures(("Candidate", f"Teacher: {sheet.marker}{marked}")))
    return Document(
        title=sheet.student.name,
        subtitle=record.title,
        whose=f"{sheet.student.name}, candidate {number or BLANK}",
        foot=f"{sheet.assignment}: data for the board's form",
        blocks=tuple(blocks),
        school=centre.school,
    )


def summary_page(cohort: Cohort, centre: Centre) -> Document:
    """The centre's marks by candidate number and by rank, with the sample; what isn't right yet stands in front."""
    rubric = cohort.rubric
    faults = (*_of_centre(centre), *cohort.to_put_right)
    blocks: list[Block] = [Prose(said(_no_form(rubric), Weight.QUIET)), Heading("To put right first")]
    if faults:
        blocks.append(Bullets(tuple(said(told) for told in faults)))
    else:
        blocks.append(Prose(said("Nothing that can be told from here.")))
    ranked = cohort.with_marks
    marks = [record.mark or 0 for record in ranked]
    facts = [
        ("Centre number", centre.number or BLANK),
        ("Centre name", centre.school.name or BLANK),
        ("Qualification", qualification(rubric)),
        ("Classes", ", ".join(cohort.groups)),
        ("Mark scheme", f"{rubric.title} ({rubric.id}, version {rubric.version})"),
        ("Maximum", str(rubric.max_mark)),
        ("Candidates with a mark", str(len(marks))),
        ("Highest", str(max(marks)) if marks else "–"),
        ("Lowest", str(min(marks)) if marks else "–"),
    ]
    blocks.append(Facts(tuple((label, value) for label, value in facts if value)))
    blocks += [Heading("By candidate number"), _by_number(cohort), Heading("By mark"), _by_rank(cohort)]
    blocks += [Heading("The moderator's sample"), *_sample(cohort)]
    blocks.append(Signatures(("Teacher responsible for internal standardisation",)))
    names = ", ".join(assignment.name for assignment in cohort.assignments)
    return Document(
        title="Coursework: summary for the centre",
        subtitle=names,
        whose=f"Centre {centre.number or BLANK}, {', '.join(cohort.groups) or names}",
        foot=names,
        blocks=tuple(blocks),
        school=centre.school,
    )


def qualification(rubric: Rubric) -> str:
    """``AQA A-level 7042, component 3``."""
    components = ", ".join(rubric.components)
    named = components if "coursework" in fold(components) else f"component {components}" if components else ""
    return ", ".join(
        part for part in (" ".join((rubric.board, rubric.qualification, rubric.spec)).strip(), named) if part
    )


def scales_of(cohort: Cohort) -> tuple[Scale, ...]:
    """The scheme's scales, and those that only an earlier version had under which somebody is marked."""
    found = {scale.id: scale for record in cohort.records for scale in record.sheet.rubric.scales}
    return (*cohort.rubric.scales, *(scale for name, scale in found.items() if cohort.rubric.scale(name) is None))


def marks_on(record: CandidateRecord, scales: tuple[Scale, ...]) -> tuple[str, ...]:
    """The mark on each scale; ``NR`` for no response, nothing where there is no mark."""
    given = {
        r.scale.id: "NR" if r.award.no_response else "" if r.award.mark is None else str(r.award.mark)
        for r in record.sheet.results
    }
    return tuple(given.get(scale.id, "") for scale in scales)


def _no_form(rubric: Rubric) -> str:
    form = f" ({rubric.nea.form})" if rubric.nea and rubric.nea.form else ""
    return f"Data to copy into the board's own form{form}. This page is not that form and doesn't take its place."


def _of_centre(centre: Centre) -> tuple[str, ...]:
    missing = [what for what, given in (("number", centre.number), ("name", centre.school.name)) if not given]
    return (
        f"The centre's {' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not in the settings.",
    ) * bool(missing)


def _words(record: CandidateRecord) -> str:
    if record.words is None:
        return BLANK
    return f"{record.words:,}{_rule(record.sheet.rubric.nea)}"


def _rule(nea: Nea | None) -> str:
    """How the words were counted, as far as the scheme says."""
    if nea is None or not nea.excludes:
        return ", everything counted"
    return f", told from the text; left out: {', '.join(nea.excludes)}"


def _marks(record: CandidateRecord) -> list[Block]:
    sheet = record.sheet
    rows = [
        (result.scale.named, f"Level {result.award.level}" if result.award.level else "", mark, str(result.scale.max))
        for result, mark in zip(sheet.results, marks_on(record, tuple(r.scale for r in sheet.results)), strict=True)
    ]
    total = ("Total", "", str(sheet.total), str(sheet.total.max))
    blocks: list[Block] = [
        Table(
            ("Marks", "Level", "Mark", "Out of"),
            (*rows, total) if len(rows) > 1 else (total[:1] + rows[0][1:],),
            frozenset({2, 3}),
        ),
    ]
    line = profile_line(sheet)
    if line:
        blocks += [Prose(said(line, Weight.STRONG)), Prose(said(SIGNS, Weight.QUIET))]
    return blocks


def _by_number(cohort: Cohort) -> Table:
    scales = scales_of(cohort)
    rows = tuple(
        (
            record.sheet.student.candidate_number or BLANK,
            record.sheet.student.name,
            *(marks_on(record, scales) if len(scales) > 1 else ()),
            str(record.sheet.total),
            "" if record.words is None else f"{record.words:,}",
            "sample" if cohort.is_sampled(record) else "",
        )
        for record in cohort.records
    )
    named = tuple(scale.brief for scale in scales) if len(scales) > 1 else ()
    heading = ("Candidate", "Name", *named, "Total", "Words", "Sample")
    return Table(heading, rows, frozenset(range(2, len(heading) - 1)))


def _by_rank(cohort: Cohort) -> Table:
    ranked = cohort.with_marks
    rows = tuple(
        (
            rank,
            record.sheet.student.candidate_number or BLANK,
            record.sheet.student.name,
            str(record.mark),
            "sample" if cohort.is_sampled(record) else "",
        )
        for record, rank in zip(ranked, ranks([record.mark or 0 for record in ranked]), strict=True)
    )
    return Table(("Rank", "Candidate", "Name", "Total", "Sample"), rows, frozenset({3}))


def _sample(cohort: Cohort) -> list[Block]:
    """Who is in it and by which rule, and how far that may be relied on."""
    count, rule, board = len(cohort.with_marks), cohort.rule, cohort.rubric.board
    told = (
        f"{len(cohort.sampled)} of {count}, by {rule.name} ({rule.basis}). The highest and the lowest are in it;"
        " between them the range of marks is divided into equal steps, and whoever is nearest to each is taken."
    )
    blocks: list[Block] = [Prose(said(told))]
    notes = ["Whoever has 0 or no mark is not in it (from memory of the boards' instructions)."]
    if not is_of_jcq(board):
        notes.append(f"{board or 'No board'} is not one that shared this table: ask for its own.")
    notes.append("The board names its own sample once it has the marks; this one is there to have the work ready.")
    return [*blocks, Prose(said(" ".join(notes), Weight.QUIET))]

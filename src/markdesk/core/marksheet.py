"""What a student gets back: one sheet with the mark, the feedback and the annotations, as a value.

The writers of files (Markdown, text, later others) lay it out; none of them decides what is on it. The private
note is never part of it.
"""

from dataclasses import dataclass

from markdesk.core.annotation import StampSet, meaning_of
from markdesk.core.award import Award, Total, total
from markdesk.core.essay import Essay, Span
from markdesk.core.feedback import Field
from markdesk.core.marking import Marking, MarkingStatus, Met
from markdesk.core.parts import proposed
from markdesk.core.people import Student
from markdesk.core.rubric import Cap, Rubric, Scale


@dataclass(frozen=True, slots=True)
class ScaleResult:
    """What one scale was given, with the words of its level."""

    scale: Scale
    award: Award
    summary: str
    """What an answer at this level does; the scheme's own word for nothing creditable at level 0."""

    @property
    def mark(self) -> str:
        """The mark as a sheet prints it."""
        if self.award.no_response:
            return "NR (no response)"
        return "not marked" if self.award.mark is None else f"{self.award.mark} out of {self.scale.max}"


@dataclass(frozen=True, slots=True)
class NumberedAnnotation:
    """An annotation as the sheet shows it. ``number`` stands in the essay too; an orphan's doesn't."""

    number: int
    quotation: str
    code: str
    meaning: str
    comment: str
    span: Span | None
    paragraph: int | None
    on_paper: str = ""
    """Page and paragraph of a handwritten script: ``p2 ¶3``."""

    @property
    def place(self) -> str:
        """Where a reader finds it."""
        typed = f"¶{self.paragraph}" if self.paragraph else "no longer in the text"
        return self.on_paper or typed


@dataclass(frozen=True, slots=True)
class LastTime:
    """The target of the essay before, and what became of it."""

    target: str
    met: Met


@dataclass(frozen=True, slots=True)
class MarkSheet:
    """One student's sheet for one assignment."""

    student: Student
    script_id: str
    group: str
    assignment: str
    question: str
    set_on: str
    marked_on: str
    """The day the marking was finished, ISO; empty where it isn't."""
    marker: str
    rubric: Rubric
    status: MarkingStatus
    results: tuple[ScaleResult, ...]
    total: Total
    feedback: dict[Field, tuple[str, ...]]
    """What the student may read, by heading; headings without text are left out."""
    annotations: tuple[NumberedAnnotation, ...]
    """In reading order; those that lost their place stand last."""
    key: tuple[tuple[str, str], ...]
    """The codes that were used, with what each means."""
    essay: Essay
    is_handwritten: bool
    parts: dict[int, str]
    """The parts of the question whose answers begin at a paragraph, by its number."""
    limits: tuple[str, ...]
    """What limits the mark, in a sentence each: the scheme's questions that were answered yes."""
    last_time: LastTime | None = None
    """None where there was no target, or nobody judged it."""

    @property
    def words(self) -> int | None:
        return None if self.is_handwritten else self.essay.words


SHOWN = (Field.WWW, Field.EBI, Field.TARGET, Field.TASK, Field.QUESTION, Field.COMMENT)
"""The headings of a student's sheet, in its order. The private note is not among them, nor what is written for a
moderator."""


def is_wordless(marking: Marking) -> bool:
    """Whether a student would get a mark and nothing to read: no note on her essay, and no line of feedback."""
    return not marking.annotations and not any(marking.lines(field) for field in SHOWN)


def mark_sheet(
    student: Student,
    group: str,
    assignment: str,
    question: str,
    set_on: str,
    marker: str,
    rubric: Rubric,
    stamps: StampSet,
    marking: Marking,
    essay: Essay,
    last_target: str = "",
) -> MarkSheet:
    """Gather a sheet from what is on the desk; ``last_target`` is the one that the marker was asked about."""
    header = marking.header
    annotations = numbered(marking, essay, stamps)
    used = {note.code: note.meaning for note in annotations if note.code}
    in_order = [stamp.code for stamp in stamps.every if stamp.code in used]
    is_handwritten = header.essay_hash is None
    names = [part for part, _ in rubric.parts]
    parts = header.parts or (() if is_handwritten else proposed(essay, names))
    lines = {heading: tuple(line.text for line in marking.lines(heading)) for heading in SHOWN}
    return MarkSheet(
        student,
        header.script_id,
        group,
        assignment,
        question,
        set_on,
        (header.completed_at or "")[:10],
        marker,
        rubric,
        header.status,
        tuple(_result(rubric, scale, marking.award(scale.id)) for scale in rubric.scales),
        total(rubric, marking.award_by_scale()),
        {heading: texts for heading, texts in lines.items() if texts},
        annotations,
        tuple((code, used[code]) for code in (*in_order, *sorted(used.keys() - set(in_order)))),
        essay,
        is_handwritten,
        {essay.paragraph_at(at).number: part for part, at in parts} if len(parts) > 1 else {},
        tuple(_limit(rubric, cap) for cap in rubric.caps if header.answer_by_cap.get(cap.id)),
        _last_time(last_target, header.last_target),
    )


def _last_time(target: str, met: Met | None) -> LastTime | None:
    return LastTime(target, met) if target and met is not None and met is not Met.NOT_JUDGED else None


def _limit(rubric: Rubric, cap: Cap) -> str:
    """``Is only one side considered? Yes: at most 15 of 25.``"""
    scale = rubric.scale(cap.effect.scale)
    out_of = f" of {scale.max}" if scale else ""
    on = f" on {scale.title}" if scale and len(rubric.scales) > 1 else ""
    return f"{cap.ask.rstrip(' ?.')}? Yes: at most {rubric.limit(cap).mark}{out_of}{on}."


def _result(rubric: Rubric, scale: Scale, award: Award) -> ScaleResult:
    if award.points:
        earned = "; ".join(f"{item.id} {award.earned(item.id) or 0} of {item.max}" for item in scale.items)
        return ScaleResult(scale, award, earned)
    level = scale.level(award.level or 0)
    nothing = rubric.zero_label if award.mark == 0 else ""
    return ScaleResult(scale, award, level.summary if level else nothing)


def numbered(marking: Marking, essay: Essay, stamps: StampSet) -> tuple[NumberedAnnotation, ...]:
    """The annotations with the numbers that the sheet and the essay share."""
    found: list[NumberedAnnotation] = []
    for number, annotation in enumerate(marking.annotations_in_order(), start=1):
        span = annotation.anchor.span
        found.append(
            NumberedAnnotation(
                number,
                annotation.anchor.exact,
                annotation.code,
                meaning_of(annotation.code, stamps),
                annotation.comment,
                span,
                essay.paragraph_at(span.start).number if span else None,
                annotation.anchor.exact if marking.header.essay_hash is None else "",
            )
        )
    return tuple(found)


QUOTED_WORDS = 24
"""A quotation on a sheet is at most so long: the whole of it stands in the essay below."""


def shortened(quotation: str) -> str:
    """A quotation for a line of the sheet: its beginning and its end, where it is long."""
    words = quotation.split()
    if len(words) <= QUOTED_WORDS:
        return " ".join(words)
    return f"{' '.join(words[:14])} … {' '.join(words[-7:])}"

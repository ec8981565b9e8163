"""What a whole class is told after a pile: the passages put by for it, what recurs, and what the next lesson is for.

Nobody is named, and no quotation holds the name of whoever wrote it. Only finished markings are counted; a passage that
was put by for the class is there from any that was begun.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import floor

from markdesk.core.annotation import Annotation, Stamp, StampSet, Tone, meaning_of, objectives
from markdesk.core.anonymity import elided, unnamed, without_whole_name
from markdesk.core.bank import text_key
from markdesk.core.coursework import Assignment
from markdesk.core.feedback import Field
from markdesk.core.marksheet import shortened
from markdesk.core.offers import level_to_aim_at
from markdesk.core.rubric import Rubric, Scale
from markdesk.desk.assignments import ClassRow, ClassSheet, class_sheet
from markdesk.desk.class_summary import ClassSummary, class_summary
from markdesk.desk.desk import Desk

FEWEST = 5
"""From so many finished essays on the marks are shown as a distribution: of fewer, each could be told by the class."""
EXAMPLES = 2
"""Quotations of each stamp."""
SHORTEST = 4
"""Words of a quotation that explains itself."""
SAID_TWICE = 2
"""A comment is common when so many students got it."""

ERRORS = frozenset({Tone.WEAK})
STRENGTHS = frozenset({Tone.CREDIT, Tone.WEIGHING})


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that were put by for the class."""

    words: str
    """Empty where they stand on paper."""
    code: str
    meaning: str
    comment: str


@dataclass(frozen=True, slots=True)
class Recurring:
    """A stamp with how often the class got it."""

    code: str
    meaning: str
    essays: int
    times: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScaleFindings:
    """What recurs on one scale. ``title`` is empty for what belongs to none, or where there is only one."""

    title: str
    strengths: tuple[Recurring, ...]
    errors: tuple[Recurring, ...]


@dataclass(frozen=True, slots=True)
class CommonComment:
    """Something that several students were told in the same words."""

    text: str
    students: int


@dataclass(frozen=True, slots=True)
class ClassFeedback:
    """The whole sheet as values."""

    sheet: ClassSheet
    """The finished rows alone."""
    handed_in: int
    summary: ClassSummary
    for_class: tuple[Passage, ...]
    findings: tuple[ScaleFindings, ...]
    went_well: tuple[CommonComment, ...]
    could_be_better: tuple[CommonComment, ...]
    focus: tuple[str, ...]
    """What the next lesson is for, in a sentence each: proposed from the marks, or the teacher's own."""

    @property
    def finished(self) -> int:
        return len(self.sheet.rows)

    @property
    def shows_distribution(self) -> bool:
        return self.finished >= FEWEST


def class_feedback(desk: Desk, assignment: Assignment, focus: str = "") -> ClassFeedback:
    """The feedback of this marker's pile to the class that wrote it. ``focus`` is the teacher's, in place of ours."""
    whole = class_sheet(desk, assignment)
    rows = tuple(row for row in whole.rows if row.is_finished)
    finished = replace(whole, rows=rows)
    summary = class_summary(finished)
    stamps = desk.stamps_for(whole.rubric)
    findings = _findings(finished, stamps)
    return ClassFeedback(
        finished,
        len(whole.rows),
        summary,
        tuple(dict.fromkeys(_passages(whole.rows, stamps))),
        findings,
        _common(rows, Field.WWW),
        _common(rows, Field.EBI),
        (focus,) if focus else tuple(_proposed(summary, findings)),
    )


def _passages(rows: Iterable[ClassRow], stamps: StampSet) -> Iterable[Passage]:
    for row in rows:
        for note in row.marking.annotations_in_order() if row.marking else ():
            if note.for_class:
                words = _anonymous(row, note)
                comment = unnamed(note.comment, row.entry.student)
                yield Passage(words, note.code, meaning_of(note.code, stamps), comment)


def _anonymous(row: ClassRow, note: Annotation) -> str:
    """The words of an annotation without their writer's name; empty for a handwritten essay, which has none."""
    if row.marking is None or row.marking.header.essay_hash is None:
        return ""
    return elided(without_whole_name(" ".join(note.anchor.exact.split()), row.entry.student))


def _findings(sheet: ClassSheet, stamps: StampSet) -> tuple[ScaleFindings, ...]:
    """The strengths and errors of each scale, those of the scheme's first; the commonest on top."""
    uses: dict[str, list[tuple[ClassRow, Annotation]]] = defaultdict(list)
    for row in sheet.rows:
        for note in row.marking.annotations_in_order() if row.marking else ():
            if note.code:
                uses[note.code].append((row, note))
    by_title: dict[str, list[tuple[Stamp, Recurring]]] = {scale.named: [] for scale in sheet.scales}
    for code, found in uses.items():
        stamp = stamps.for_code(code)
        if stamp is not None:
            title = _scale_of(stamp, sheet.rubric, sheet.scales)
            by_title.setdefault(title, []).append((stamp, _recurring(stamp, found)))
    made = [
        ScaleFindings(
            title if len(sheet.scales) > 1 else "",
            _commonest(of for stamp, of in every if stamp.tone in STRENGTHS),
            _commonest(of for stamp, of in every if stamp.tone in ERRORS),
        )
        for title, every in by_title.items()
    ]
    return tuple(one for one in made if one.strengths or one.errors)


def _scale_of(stamp: Stamp, rubric: Rubric, scales: tuple[Scale, ...]) -> str:
    """The scale that a stamp speaks to: the only one that there is, or the only one of its objectives."""
    if len(scales) == 1:
        return scales[0].named
    aos = objectives([stamp], rubric)
    serving = [scale.named for scale in scales if aos & set(scale.aos)]
    return serving[0] if len(serving) == 1 else ""


def _recurring(stamp: Stamp, found: list[tuple[ClassRow, Annotation]]) -> Recurring:
    essays = len({row.entry.script.id for row, _ in found})
    quotable = {
        shortened(words): len(words.split())
        for row, note in found
        if len((words := _anonymous(row, note)).split()) >= SHORTEST
    }
    # The shorter ones explain themselves sooner; of several essays where there are several.
    examples = sorted(quotable, key=lambda words: (quotable[words], words))[:EXAMPLES]
    return Recurring(stamp.code, stamp.meaning, essays, len(found), tuple(examples))


def _commonest(found: Iterable[Recurring]) -> tuple[Recurring, ...]:
    return tuple(sorted(found, key=lambda one: (-one.essays, -one.times, one.code)))


def _common(rows: Iterable[ClassRow], field: Field) -> tuple[CommonComment, ...]:
    """What at least two students were told in the same words, the commonest first."""
    told: dict[str, set[str]] = defaultdict(set)
    shown: dict[str, str] = {}
    for row in rows:
        for text in row.lines(field):
            key = text_key(text)
            told[key].add(row.entry.student.id)
            shown.setdefault(key, text)
    common = [CommonComment(shown[key], len(who)) for key, who in told.items() if len(who) >= SAID_TWICE]
    return tuple(sorted(common, key=lambda one: (-one.students, one.text)))


def _proposed(summary: ClassSummary, findings: tuple[ScaleFindings, ...]) -> Iterable[str]:
    """The next lesson: what the level above asks for on the weakest strand, and the commonest error."""
    for strand in summary.weakest[:1]:
        aim = level_to_aim_at(strand.scale, floor(strand.mean), strand.strand)
        yield f"{strand.name}, the class's weakest. {aim[0]} asks: {aim[1]}" if aim else strand.name
    errors = (error for one in findings for error in one.errors if error.essays >= SAID_TWICE)
    for error in _commonest(errors)[:1]:
        yield f"To work on together: {error.meaning} ({error.code}, in {error.essays} essays)."

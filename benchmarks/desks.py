"""Desks to measure on, made through the same calls as the program's own.

The text is made up from a fixed seed, so that two runs measure the same desk.
"""

import random
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from markdesk.bootstrap import make_desk, rubric_shelf
from markdesk.core.anchors import anchor
from markdesk.core.annotation import Annotation
from markdesk.core.award import Award, with_mark
from markdesk.core.changes import (
    AnnotationChanged,
    AnyChange,
    AssignmentChanged,
    AwardChanged,
    FeedbackChanged,
    GroupChanged,
    MarkingChanged,
    MembershipChanged,
    ScriptChanged,
    StudentChanged,
)
from markdesk.core.coursework import Assignment, Script
from markdesk.core.essay import Essay, Span
from markdesk.core.feedback import FeedbackLine, Field
from markdesk.core.history import Step, StepKind
from markdesk.core.ids import AnnotationId, AssignmentId, EssayHash, GroupId, MarkingId, ScriptId, StepId, StudentId
from markdesk.core.marking import MarkingHeader, MarkingStatus
from markdesk.core.people import Membership, Student, TeachingGroup
from markdesk.core.rubric import Rubric
from markdesk.desk.desk import Desk
from markdesk.desk.ports import Keep
from markdesk.desk.sitting import marking_order
from markdesk.store.sqlite.store import SqliteStore

MARKER = "Benchmark"
"""Who marks on these desks; the harness starts the program under the same name."""
RUBRIC = "generic-essay-4strand"
ASSIGNMENT = "Khrushchev"
"""The assignment of the desks that hold one essay, or a few."""
CODES = ("K", "E", "EXP", "AN", "EVAL", "J")
SHORT_WORDS = 19
"""Words a paragraph of the long essay: ten thousand of them are just within the importer's 200,000 words."""
REAL_WORDS = 110
"""Words a paragraph of an essay as students write them."""

_WORDS = (  # noqa: SIM905 - sixty words as text read better than sixty literals
    "the policy of party leader economy reform support opposition speech peasant industry foreign war peace "
    "change continuity evidence historian argument significant limited however therefore although because "
    "Khrushchev Stalin Moscow Berlin Hungary Cuba collective virgin lands campaign terror release camps "
    "culture thaw writers housing wages harvest failure success prestige rivals congress secret control "
    "government parliament trade union strike election reform act crown church noble revenue council"
).split()


def sentence(dice: random.Random, words: int) -> str:
    text = " ".join(dice.choice(_WORDS) for _ in range(words))
    return text[0].upper() + text[1:] + "."


def paragraph(dice: random.Random, words: int) -> str:
    """Sentences of nine to eighteen words, so many words in all."""
    parts: list[str] = []
    while words > 0:
        length = min(words, dice.randint(9, 18))
        if words - length < 4:
            length = words
        parts.append(sentence(dice, length))
        words -= length
    return " ".join(parts)


def essay_text(paragraphs: int, words: int, seed: int = 1) -> Essay:
    dice = random.Random(seed)
    return Essay.from_paragraphs(paragraph(dice, words) for _ in range(paragraphs))


def new_desk(path: Path) -> Desk:
    """An empty desk, its marker and the scheme not yet written."""
    return make_desk(SqliteStore(path, create=True), MARKER)


def scheme() -> Rubric:
    return rubric_shelf().get(RUBRIC)


def hand_in(
    desk: Desk, name: str, essays: list[tuple[Student, Essay]], set_on: str, group: TeachingGroup
) -> list[Script]:
    """An assignment with a script for each student, in one step."""
    rubric = scheme()
    assignment = Assignment(
        AssignmentId(desk.ids.new()),
        name,
        f"How far do you agree that {name} was a turning point? [20 marks]",
        rubric.hash,
        set_on,
        group.id,
        order_seed=7,
    )
    changes: list[AnyChange] = [AssignmentChanged(None, assignment)]
    scripts: list[Script] = []
    for student, essay in essays:
        made = Script(
            ScriptId(desk.ids.new()),
            assignment.id,
            student.id,
            EssayHash(essay.hash),
            f"{student.family_name}.md",
            desk.clock.now(),
        )
        scripts.append(made)
        changes.append(ScriptChanged(None, made))
    keep = Keep(tuple(dict.fromkeys(essay for _, essay in essays)), (rubric,))
    desk.commit("import", f"{len(scripts)} essays for {name}", tuple(changes), keep)
    return scripts


def enrol(desk: Desk, group_name: str, count: int, first: int = 0) -> tuple[TeachingGroup, list[Student]]:
    """A class of students, in one step."""
    given = ("Amara", "Ben", "Chloe", "Dev", "Ellie", "Finn", "Grace", "Hamza", "Isla", "Jack")
    family = ("Okafor", "Hartley", "Swiderska", "Raman", "Pritchard", "O'Connell", "Lindqvist", "Siddiqui")
    group = TeachingGroup(GroupId(desk.ids.new()), group_name)
    students = [
        Student(
            StudentId(desk.ids.new()),
            given[n % len(given)],
            f"{family[n // len(given) % len(family)]}-{first + n}",
            f"{7000 + first + n}",
        )
        for n in range(count)
    ]
    changes: list[AnyChange] = [GroupChanged(None, group)]
    changes += [StudentChanged(None, student) for student in students]
    changes += [MembershipChanged(None, Membership(group.id, student.id)) for student in students]
    desk.commit("class", f"Class {group_name}", tuple(changes))
    return group, students


def header_for(desk: Desk, script: Script) -> MarkingHeader:
    assert script.essay_hash is not None
    rubric_hash = scheme().hash
    return MarkingHeader(
        MarkingId(desk.ids.new()),
        script.id,
        desk.marker.id,
        script.essay_hash,
        rubric_hash,
        MarkingStatus.IN_PROGRESS,
        desk.clock.now(),
    )


def marking_step(desk: Desk, header: MarkingHeader, action: str, label: str, changes: tuple[AnyChange, ...]) -> Step:
    new = StepId(desk.ids.new())
    return Step(new, new, StepKind.DO, action, label, changes, desk.clock.now(), desk.marker.id, header.id)


def annotation_on(desk: Desk, header: MarkingHeader, essay: Essay, span: Span, n: int) -> Annotation:
    comment = "Say which year, and what followed from it." if n % 10 == 0 else ""
    made = AnnotationId(desk.ids.new())
    return Annotation(header.id, made, anchor(essay, span), CODES[n % len(CODES)], comment)


def stamp_all(desk: Desk, script: Script, essay: Essay, annotations: int, a_step: int = 2000) -> None:
    """Begin the marking and spread annotations evenly over the paragraphs, in big steps.

    The last step holds one annotation only: undo and the merging of acts look at the last step.
    """
    header = header_for(desk, script)
    desk.store.commit(marking_step(desk, header, "begin", "begun", (MarkingChanged(None, header),)), 0)
    paragraphs = essay.paragraphs
    made: list[AnyChange] = []
    for n in range(annotations):
        span = paragraphs[n * len(paragraphs) // annotations].span
        middle = (span.start + span.end) // 2
        half = Span(span.start, middle) if n % 2 == 0 else Span(middle, span.end)
        made.append(AnnotationChanged(None, annotation_on(desk, header, essay, half, n)))
    cuts = [*range(0, max(0, annotations - 1), a_step), max(0, annotations - 1), annotations]
    for revision, (start, end) in enumerate(pairwise(cuts), start=1):
        if made[start:end]:
            step = marking_step(desk, header, "stamp", f"{end - start} stamps", tuple(made[start:end]))
            desk.store.commit(step, revision)


def one_essay(path: Path, essay: Essay, annotations: int = 0, pile: int = 1) -> Path:
    """A desk with one assignment. ``pile`` students handed the same essay in; only the first is annotated."""
    desk = new_desk(path)
    try:
        group, students = enrol(desk, "12H", pile)
        scripts = hand_in(desk, ASSIGNMENT, [(student, essay) for student in students], "2026-11-02", group)
        if annotations:
            stamp_all(desk, scripts[0], essay, annotations)
    finally:
        desk.store.close()
    return path


def short_essay(path: Path, paragraphs: int = 14, annotations: int = 28) -> Path:
    """The long essay's first paragraphs and no more: it just overflows a screen of 120 by 40."""
    return one_essay(path, essay_text(paragraphs, SHORT_WORDS), annotations)


def long_essay(path: Path, paragraphs: int = 10_000, annotations: int = 20_000) -> Path:
    """Two annotations a paragraph, as on the short one, so that the same is painted in both."""
    return one_essay(path, essay_text(paragraphs, SHORT_WORDS), annotations)


def real_essay(path: Path, paragraphs: int = 9, pile: int = 1) -> Path:
    """An essay as students hand it in, about a thousand words, not marked yet."""
    return one_essay(path, essay_text(paragraphs, REAL_WORDS, seed=2), 0, pile)


def class_essays(pile: int = 4, paragraphs: int = 7) -> list[Essay]:
    """An essay a student, each with words of its own, short enough that most of it is on the screen."""
    return [essay_text(paragraphs, 45, seed=20 + n) for n in range(pile)]


def small_class(path: Path, essays: list[Essay]) -> Path:
    """One assignment, an essay from each of a few students, nothing marked yet."""
    desk = new_desk(path)
    try:
        group, students = enrol(desk, "12H", len(essays))
        hand_in(desk, ASSIGNMENT, list(zip(students, essays, strict=True)), "2026-11-02", group)
    finally:
        desk.store.close()
    return path


def thousand_scripts(path: Path, assignments: int = 40, a_class: int = 25) -> Path:
    """Forty assignments of twenty-five essays of some 900 words; two in three are marked and annotated."""
    desk = new_desk(path)
    rubric = scheme()
    dice = random.Random(3)
    try:
        groups = [enrol(desk, f"{year}{set_}", a_class, 100 * n) for n, (year, set_) in enumerate(_SETS)]
        for number in range(assignments):
            group, students = groups[number % len(groups)]
            handed = [(student, essay_text(8, REAL_WORDS, dice.randrange(1 << 30))) for student in students]
            scripts = hand_in(desk, assignment_name(number), handed, _day(number), group)
            if number % 3 == 2:
                continue
            for script, (_, essay) in zip(scripts, handed, strict=True):
                _mark(desk, rubric, script, essay, dice)
    finally:
        desk.store.close()
    return path


def years(path: Path, rounds: int, classes: int = 40, a_class: int = 25, notes: int = 30) -> Path:
    """Forty classes, so many assignments each, four a year; essays of some 900 words, every one marked and noted on."""
    desk = new_desk(path)
    rubric, dice = scheme(), random.Random(5)
    try:
        groups = [enrol(desk, f"{12 + n % 2}-{n:02d}", a_class, a_class * n) for n in range(classes)]
        for number in range(rounds):
            for n, (group, students) in enumerate(groups):
                handed = [(student, essay_text(8, REAL_WORDS, dice.randrange(1 << 30))) for student in students]
                day = f"20{20 + number // 4}-{1 + number % 4 * 3:02d}-{1 + n % 28:02d}"
                scripts = hand_in(desk, f"Essay {number:02d}.{n:02d}", handed, day, group)
                with desk.store.together():
                    for script, (_, essay) in zip(scripts, handed, strict=True):
                        _mark(desk, rubric, script, essay, dice, notes)
    finally:
        desk.store.close()
    return path


def nearly_done(path: Path, pile: int) -> Essay:
    """One assignment of essays of some 900 words, all marked but two neighbours in the middle; the first one's essay.

    Of these two the first is bare and the second stamped. What the scheme asks at the end has its answer in both, so
    that one Enter finishes either.
    """
    desk = new_desk(path)
    dice = random.Random(4)
    try:
        group, students = enrol(desk, "12H", pile)
        handed = [(student, essay_text(8, REAL_WORDS, dice.randrange(1 << 30))) for student in students]
        hand_in(desk, ASSIGNMENT, handed, "2026-11-02", group)
        order = marking_order(desk.store.entries(desk.marker.id), desk.store.assignments()[0])
        essays = {student.id: essay for student, essay in handed}
        with desk.store.together():
            for place, entry in enumerate(order):
                if place - pile // 2 not in (0, 1):
                    _mark(desk, scheme(), entry.script, essays[entry.student.id], dice)
                else:
                    asked = tuple((cap.id, False) for cap in scheme().caps)
                    header = replace(header_for(desk, entry.script), answers=asked)
                    begun: list[AnyChange] = [MarkingChanged(None, header)]
                    if place > pile // 2:
                        begun += _stamps(desk, header, essays[entry.student.id])
                    desk.store.commit(marking_step(desk, header, "begin", "begun", tuple(begun)), 0)
    finally:
        desk.store.close()
    return essays[order[pile // 2].student.id]


def marked_class(path: Path, pile: int, notes: int = 12) -> Path:
    """One assignment of essays of some 900 words, all of them finished, each with so many notes and feedback."""
    desk = new_desk(path)
    dice = random.Random(6)
    told = ((Field.WWW, 1, 20), (Field.WWW, 2, 20), (Field.EBI, 1, 30), (Field.TARGET, 1, 20), (Field.TASK, 1, 30))
    try:
        group, students = enrol(desk, "12H", pile)
        handed = [(student, essay_text(8, REAL_WORDS, dice.randrange(1 << 30))) for student in students]
        scripts = hand_in(desk, ASSIGNMENT, handed, "2026-11-02", group)
        with desk.store.together():
            for script, (_, essay) in zip(scripts, handed, strict=True):
                lines = tuple((field, place, sentence(dice, words)) for field, place, words in told)
                _mark(desk, scheme(), script, essay, dice, notes, lines)
    finally:
        desk.store.close()
    return path


def first_words(path: Path, assignment: str) -> tuple[str, ...]:
    """How each essay of an assignment begins, to tell on a screen that one of them is there."""
    store = SqliteStore(path)
    try:
        entries = [entry for entry in store.entries(None) if entry.assignment.name == assignment]
        return tuple(store.essay(e.script.essay_hash).text[:24] for e in entries if e.script.essay_hash)
    finally:
        store.close()


_SETS = (("12", "H"), ("12", "J"), ("13", "H"), ("13", "J"))
_TOPICS = ("Henry VII", "The Pilgrimage of Grace", "Khrushchev", "The NEP", "Collectivisation", "The Corn Laws")


def assignment_name(number: int) -> str:
    """No name is part of another, so that ``--assignment`` finds one."""
    return f"Essay {number + 1:02d}: {_TOPICS[number % len(_TOPICS)]}"


def _day(number: int) -> str:
    return f"2026-{1 + number // 4:02d}-{1 + 7 * (number % 4):02d}"


def _mark(
    desk: Desk,
    rubric: Rubric,
    script: Script,
    essay: Essay,
    dice: random.Random,
    stamps: int = 6,
    lines: tuple[tuple[Field, int, str], ...] = (),
) -> None:
    """A whole marking in one step: stamps, lines of feedback, a mark, finished."""
    header = header_for(desk, script)
    done = replace(header, status=MarkingStatus.COMPLETE, completed_at=desk.clock.now())
    changes: list[AnyChange] = [MarkingChanged(None, done), *_stamps(desk, header, essay, stamps)]
    changes += [FeedbackChanged(None, FeedbackLine(header.id, *line)) for line in lines]
    for scale in rubric.scales:
        award = with_mark(Award(header.id, scale.id), scale, dice.randint(scale.max // 3, scale.max))
        changes.append(AwardChanged(None, award))
    desk.store.commit(marking_step(desk, header, "finish", "marked", tuple(changes)), 0)


def _stamps(desk: Desk, header: MarkingHeader, essay: Essay, count: int = 6) -> list[AnyChange]:
    """A stamp on each of the first paragraphs; where they are more than paragraphs, on sentences all through."""
    spans = [paragraph.span for paragraph in essay.paragraphs]
    if count > len(spans):
        found = [match.span() for match in re.finditer(r"\w[^.\n]*\.", essay.text)]
        spans = [Span(*found[n * len(found) // count]) for n in range(count)]
    return [
        AnnotationChanged(None, annotation_on(desk, header, essay, span, n)) for n, span in enumerate(spans[:count])
    ]

"""A whole desk as values, for a copy in other files: what its log speaks of, one assignment at a time, and back.

The log is the desk: the tables are what it says, and ``Store.verify`` holds them to it. So a copy is made whole by
making every step again as it was, with its own time, marker and id.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from markdesk.core.coursework import Assignment, Script
from markdesk.core.errors import StaleChange, StaleRevision, StoreRefused
from markdesk.core.essay import Essay
from markdesk.core.history import Step
from markdesk.core.ids import EssayHash, MarkerId, MarkingId, RubricHash, ScriptId
from markdesk.core.marking import Marking, MarkingHeader
from markdesk.core.people import Student
from markdesk.core.queue_notes import Absence, QueueNote
from markdesk.core.rubric import Rubric
from markdesk.desk.ports import Keep
from markdesk.desk.store import Store

AT_ONCE = 200
"""How many steps of the log are held at one time."""


@dataclass(frozen=True, slots=True)
class News:
    """What a step is the first to speak of, by hash."""

    texts: list[EssayHash] = field(default_factory=list)
    rubrics: list[RubricHash] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)


@dataclass
class Mentioned:
    """What the log speaks of that is kept by its content, in the order in which it came up; and whose a marking is."""

    steps: int = 0
    texts: set[EssayHash] = field(default_factory=set)
    rubrics: dict[RubricHash, None] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    """Original files by their hash, with the name that each first came under."""
    texts_of: dict[ScriptId, dict[EssayHash, None]] = field(default_factory=dict)
    """Every text that a script ever had."""
    script_of: dict[MarkingId, ScriptId] = field(default_factory=dict)

    def take(self, step: Step) -> News:
        """Take in the next step of the log."""
        self.steps += 1
        news = News()
        for change in step.changes:
            self._look_at(change.before, news)
            self._look_at(change.after, news)
        return news

    def _look_at(self, value: object, news: News) -> None:
        match value:
            case Assignment():
                self._rubric(value.rubric_hash, news)
            case Script():
                self._text(value.id, value.essay_hash, news)
                if value.source_hash:
                    self._source(value.source_hash, value.file_name, news)
                for scan in value.scans:
                    self._source(scan.source_hash, scan.file_name, news)
            case MarkingHeader():
                self.script_of[value.id] = value.script_id
                self._rubric(value.rubric_hash, news)
                self._text(value.script_id, value.essay_hash, news)

    def _rubric(self, rubric_hash: RubricHash, news: News) -> None:
        if rubric_hash not in self.rubrics:
            self.rubrics[rubric_hash] = None
            news.rubrics.append(rubric_hash)

    def _source(self, source_hash: str, file_name: str, news: News) -> None:
        if source_hash not in self.sources:
            self.sources[source_hash] = file_name
            news.sources.append(source_hash)

    def _text(self, script_id: ScriptId, essay_hash: EssayHash | None, news: News) -> None:
        if essay_hash is None:
            return
        self.texts_of.setdefault(script_id, {})[essay_hash] = None
        if essay_hash not in self.texts:
            self.texts.add(essay_hash)
            news.texts.append(essay_hash)

    def script_for(self, step: Step) -> ScriptId | None:
        """Whose marking the step belongs to; None for one on the desk itself."""
        return None if step.marking_id is None else self.script_of.get(step.marking_id)


def steps_of(store: Store, most: int | None = None) -> Iterator[Step]:
    """The whole log in its order, or its beginning, read piece by piece."""
    place = 0
    while most is None or place < most:
        piece = store.steps_after(place, AT_ONCE if most is None else min(AT_ONCE, most - place))
        yield from piece
        place += len(piece)
        if not piece:
            return


@dataclass(frozen=True, slots=True)
class WholeScript:
    """A script with all that every marker gave it or noted about it."""

    script: Script
    student: Student
    markings: tuple[Marking, ...]
    notes: tuple[QueueNote, ...]


@dataclass(frozen=True, slots=True)
class WholeAssignment:
    """An assignment with everything that hangs on it."""

    assignment: Assignment
    absences: tuple[Absence, ...]
    scripts: tuple[WholeScript, ...]


def whole_assignment(store: Store, assignment: Assignment, markers: Iterable[MarkerId]) -> WholeAssignment:
    """All of one assignment, by every marker; scripts and markings by id, which is the order in which they came."""
    notes: dict[ScriptId, list[QueueNote]] = {}
    for marker in sorted(markers):
        for entry in store.entries(marker, assignment.id):
            if entry.note is not None:
                notes.setdefault(entry.script.id, []).append(entry.note)
    found: dict[ScriptId, tuple[Script, Student, list[Marking]]] = {}
    for entry in store.entries(None, assignment.id):
        _, _, markings = found.setdefault(entry.script.id, (entry.script, entry.student, []))
        marking = store.marking(entry.script.id, entry.header.marker_id) if entry.header is not None else None
        if marking is not None:
            markings.append(marking)
    scripts = tuple(
        WholeScript(
            script, student, tuple(sorted(markings, key=lambda marking: marking.id)), tuple(notes.get(script_id, ()))
        )
        for script_id, (script, student, markings) in sorted(found.items())
    )
    return WholeAssignment(assignment, store.absences(assignment.id), scripts)


# -- back onto a desk


class Content(Protocol):
    """Where what is kept by its content is found again: each raises MarkdeskError where it isn't what it was."""

    def essay(self, essay_hash: EssayHash) -> Essay: ...
    def rubric(self, rubric_hash: RubricHash) -> Rubric: ...
    def source(self, source_hash: str) -> bytes: ...


class _Originals(Mapping[str, bytes]):
    """The files that come with one step, each read when it is its turn: together they may be a class's scans."""

    def __init__(self, content: Content, hashes: list[str]) -> None:
        self._content, self._hashes = content, hashes

    def __getitem__(self, source_hash: str) -> bytes:
        return self._content.source(source_hash)

    def __iter__(self) -> Iterator[str]:
        return iter(self._hashes)

    def __len__(self) -> int:
        return len(self._hashes)


def is_empty(store: Store) -> bool:
    """Whether nothing was ever done on the desk."""
    return not store.first_steps(1)


def refuse_unless_empty(store: Store) -> None:
    """Raises StoreRefused for a desk on which anything was ever done."""
    if not is_empty(store):
        raise StoreRefused(
            "This desk isn't empty; a copy of a desk is only put where there is none yet.",
            "Name a new file: markdesk data import DIR --db NEW.db.",
        )


def make_again(store: Store, steps: Iterable[Step], content: Content) -> Mentioned:
    """Make the steps of a log on an empty desk, each as it was, with the texts, schemes and files that it speaks of.

    Raises StoreRefused for a desk that isn't empty, and for a step that doesn't follow from those before it. To be
    called inside ``store.together``, so that nothing of a log is kept that doesn't come to its end.
    """
    refuse_unless_empty(store)
    mentioned, begun = Mentioned(), Counter[MarkingId]()
    for step in steps:
        news = mentioned.take(step)
        keep = Keep(
            tuple(map(content.essay, news.texts)),
            tuple(map(content.rubric, news.rubrics)),
            _Originals(content, news.sources),
        )
        revision = None
        if step.marking_id is not None:
            revision = begun[step.marking_id]
            begun[step.marking_id] += 1
        try:
            store.commit(step, revision, keep)
        except (StaleChange, StaleRevision, StoreRefused) as error:
            told = f"Act {mentioned.steps} of the log doesn't follow from those before it, or breaks a rule"
            raise StoreRefused(f"{told}: {error.message}", "Nothing was taken in.") from error
    return mentioned

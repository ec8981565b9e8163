"""The sample class's two years as they are written down: who was in it, what was set, how each student stood."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from markdesk.core.coursework import Kind
from markdesk.core.grades import GradeKind
from markdesk.core.queue_notes import Why
from markdesk.core.rubric import Rubric
from markdesk.desk.demo_essays import Part, Tier, Topic


@dataclass(frozen=True, slots=True)
class Learner:
    """A student of the class. Shares are of the maximum of whatever is set."""

    name: str
    first: float
    """Where she stands at the beginning of the course."""
    last: float
    strong: tuple[str, ...] = ()
    """Strands of any scheme; those that a scheme doesn't have are passed by."""
    weak: tuple[str, ...] = ()
    habit: str = ""
    """The stamp that keeps coming back, with what is said of it."""
    habit_says: str = ""
    targets: tuple[str, ...] = ()
    """What she is told to do, one after another; the next once the one before is met."""
    diligence: float = 0.7
    """How often the task is done."""
    joins: str = ""
    leaves: str = ""
    target_grade: str = ""
    predicted: tuple[str, ...] = ()

    def is_in_class(self, day: str) -> bool:
        return self.joins <= day and (not self.leaves or day < self.leaves)


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that was set, and how its pile was marked."""

    name: str
    question: str
    rubric: Rubric
    set_on: str
    marked: tuple[str, ...]
    """When each sitting began, ``2025-09-29T16:05``."""
    returned: str
    topic: Topic | None = None
    """None for what was written by hand."""
    words: str = "essay"
    """Whose stamps it is given."""
    kind: Kind = Kind.CLASS_ESSAY
    is_year: bool = False
    """Whether the other set of the year sat it too."""
    harder: float = 0.0
    """By what share the marks are below what is usual."""
    drift: float = 0.0
    """By what share of the maximum the last essay is marked above the first that was as good."""
    missing: Mapping[str, Why] = field(default_factory=dict)
    no_response: tuple[str, ...] = ()
    zero: tuple[str, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    again_at: str = ""
    again: Mapping[str, int] = field(default_factory=dict)
    """Who handed in a better text before it was returned, and by how many marks it was better."""


@dataclass(frozen=True, slots=True)
class StampWords:
    """Which stamp a sentence is given, by what it does and how well."""

    codes: Mapping[Part, Mapping[Tier, str]]
    habits: tuple[str, ...]
    """The habits that may be stamped there."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of an essay, in lines of the comment bank."""

    stamps: Mapping[str, StampWords]
    comments: Mapping[str, tuple[str, ...]]
    """By stamp."""
    www: Mapping[str, tuple[str, ...]]
    """By strand, as are the two that follow."""
    ebi: Mapping[str, tuple[str, ...]]
    task: Mapping[str, tuple[str, ...]]
    targets: tuple[str, ...]
    plain_why: tuple[str, ...]
    """What the weaker writers say of their facts."""


@dataclass(frozen=True, slots=True)
class Course:
    """Two years of one class."""

    seed: int
    begins: str
    ends: str
    learners: tuple[Learner, ...]
    year_name: str
    others: tuple[Learner, ...]
    """The other set of the year, who sat one examination with the class."""
    pieces: tuple[Piece, ...]
    grades: tuple[tuple[str, GradeKind], ...]
    """When grades were typed, and of which kind."""
    words: Words

    def along(self, day: str) -> float:
        """How far the course has come by a day: 0 at its beginning, 1 at its end."""
        begins, ends, now = (date.fromisoformat(one) for one in (self.begins, self.ends, day))
        return min(1.0, max(0.0, (now - begins) / (ends - begins)))

    def stands(self, learner: Learner, day: str) -> float:
        """Where a student stands by a day, as a share of the maximum."""
        return learner.first + (learner.last - learner.first) * self.along(day)

"""What stands on the pages of a sheet, in order, without a word about how a file format shows it.

Every text is what somebody wrote, letter by letter. A writer shows it through ``core.plain.show`` and never reads
markup in it.
"""

from dataclasses import dataclass
from enum import StrEnum

from markdesk.core import charts
from markdesk.core.essay import Span


class Weight(StrEnum):
    """How loud a piece of a line is."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    """Smaller or greyer: what a reader may skip."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line in one weight."""

    text: str
    weight: Weight = Weight.PLAIN


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the document; ``level`` 1 to 3, below the title."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph; a line break in it stays one."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """Points, one under the other."""

    items: tuple[tuple[Run, ...], ...]
    are_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Short labels with their values, as they stand under a title; several may share a line."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The mark as the eye finds it first. Empty strings where the assignment doesn't return them."""

    mark: str
    """``17 out of 25``."""
    level: str
    """``Level 4``."""
    sentence: str
    """What an answer at this level does, in the scheme's words."""
    step: str = ""
    """What the next level asks for, in the scheme's words."""


NEXT_STEP = "Next step"
"""What stands before a result's step in every format."""


class Tone(StrEnum):
    """What a panel is for; each has a sign and an edge of its own, so that colour is never needed."""

    STRENGTH = "strength"
    IMPROVE = "improve"
    TARGET = "target"
    TASK = "task"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Panel:
    """A framed piece of feedback: its label and its lines."""

    label: str
    lines: tuple[str, ...]
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Ruled:
    """Empty lines for the student to write on."""

    lines: int
    about: str = ""
    """What is to be written there, for a reader who can't see the lines."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings. ``numbers`` are the columns, from 0, that are set to the right."""

    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    caption: str = ""


FULL_BAR = 10
"""The least that a whole bar stands for."""


@dataclass(frozen=True, slots=True)
class Bars:
    """A distribution: a label and a count for each bar, with the count written beside it."""

    caption: str
    bars: tuple[tuple[str, int], ...]

    @property
    def full(self) -> int:
        """The count that a whole bar stands for. In a small class one student's bar is no whole one."""
        return max([FULL_BAR, *(count for _, count in self.bars)])


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart, drawn where a format has drawings; what it says in words stands beside it in every format."""

    shown: charts.Chart

    @property
    def title(self) -> str:
        return self.shown.title

    @property
    def told(self) -> tuple[str, ...]:
        """What it says; then what its signs and letters mean."""
        chart = self.shown
        if isinstance(chart, charts.Strip):
            signs = zip(("The line:", "The broken line:"), chart.thirds, strict=False)
            return (chart.told, *(f"{sign} {means}." for sign, means in signs))
        if not isinstance(chart, charts.TrendChart):
            return (chart.told,)
        lines = ", ".join(f"{line.sign} {line.name}" for line in chart.lines if line.name)
        schemes = ", ".join(f"{letter} {name}" for letter, name in chart.schemes)
        return tuple(filter(None, (chart.told, chart.notes, lines, schemes)))


@dataclass(frozen=True, slots=True)
class Quotation:
    """Somebody's words, set apart; ``about`` says why they stand here."""

    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """A line to sign on, and one for the date, under each of these names."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """A piece of paper with what one person is told."""

    whose: str
    about: str
    """What it is about: the assignment or its question."""
    result: str
    """The mark, as the eye finds it first."""
    facts: tuple[tuple[str, str], ...] = ()
    lines: tuple[str, ...] = ()
    """What has to be said with it, a paragraph each."""


@dataclass(frozen=True, slots=True)
class Slips:
    """Slips to be cut apart, in order: on paper two beside each other and four below, an edge to cut along around each.

    None is divided between two pages, and one with more to say is higher, its neighbour with it. A format that has no
    paper writes ``slips.unfolded``.
    """

    slips: tuple[Slip, ...]


@dataclass(frozen=True, slots=True)
class Overleaf:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note in the margin of an essay."""

    number: int
    span: Span | None
    """The passage, in code points of the essay's text; None where it lost its place or the essay is on paper."""
    place: str
    """Where a reader finds it in words: ``¶3``, ``p2 ¶3``, ``no longer in the text``."""
    quotation: str
    """The words that it is about; empty on paper."""
    code: str
    meaning: str
    """What the stamp stands for; empty without one."""
    comment: str


@dataclass(frozen=True, slots=True)
class MarkedEssay:
    """The essay with its notes at their places."""

    text: str
    paragraphs: tuple[Span, ...]
    """In order; the first is number 1."""
    notes: tuple[Note, ...]
    """In reading order, numbered from 1; those without a place stand last."""
    titles: tuple[tuple[int, str], ...] = ()
    """What is written above a paragraph, by its number: ``(3, "Part b")``."""
    author: str = ""
    """Who wrote the notes, as a word processor names it."""


Block = (
    Heading | Prose | Bullets | Facts | Result | Panel | Ruled | Table | Bars | Chart | Quotation | Signatures
    | Slips | Overleaf | MarkedEssay
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Logo:
    """The school's sign. ``kind`` is ``png`` or ``jpg``."""

    content: bytes
    kind: str
    alt: str


@dataclass(frozen=True, slots=True)
class School:
    """What stands at the head of a page, as far as the settings give it."""

    name: str = ""
    logo: Logo | None = None


NO_SCHOOL = School()


@dataclass(frozen=True, slots=True)
class Document:
    """One sheet of somebody's, from its title to its last page."""

    title: str
    subtitle: str
    """Under the title: mostly the question."""
    whose: str
    """Whose it is, or what class: it stands on every page, so that loose pages find each other."""
    foot: str
    """What stands at the foot of every page beside its number: the assignment and the day."""
    blocks: tuple[Block, ...]
    school: School = NO_SCHOOL
    language: str = "en-GB"


def said(text: str, weight: Weight = Weight.PLAIN) -> tuple[Run, ...]:
    """A whole paragraph in one weight."""
    return (Run(text, weight),)

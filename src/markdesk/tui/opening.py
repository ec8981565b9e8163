"""How the program is opened, and what has to be read before there is anything to show."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from markdesk.config.keymap import Keymap
from markdesk.core.errors import MarkdeskError
from markdesk.core.ids import AssignmentId, ScriptId
from markdesk.desk.desk import Desk
from markdesk.desk.ports import Entry, Overview, Place

if TYPE_CHECKING:
    from markdesk.core.paper import PaperSet
    from markdesk.desk.bank import CommentBank
    from markdesk.desk.exam_grid import ExamGrid
    from markdesk.desk.folders import EssaySource
    from markdesk.desk.giving_out import GivingOut
    from markdesk.desk.indicative import IndicativeShelf
    from markdesk.desk.marking_desk import MarkingDesk
    from markdesk.desk.rubrics import RubricShelf
    from markdesk.desk.scans import ScanViewer
    from markdesk.desk.scheme_files import SchemeFiles
    from markdesk.desk.sitting import Sitting


MOST_NAMED = 3
"""So many classes are told by name."""


class FormFile(Protocol):
    """Where a half-filled form is kept: ``formats.kept_form`` has it. Both raise MarkdeskError."""

    def read(self) -> str:
        """What was kept; empty where nothing was."""
        ...

    def keep(self, text: str) -> None:
        """Overwrite it; an empty text drops it."""
        ...


@dataclass(frozen=True, slots=True)
class Opening:
    """How the program is opened, and what it may call. Made in ``bootstrap``."""

    open_desk: Callable[[], Desk]
    shelf: "Callable[[], RubricShelf]"
    notes: "Callable[[], IndicativeShelf]"
    """The teacher's own lists of what answers to a question may hold."""
    own_schemes: "Callable[[], SchemeFiles]"
    """The files of the teacher's own mark schemes."""
    bank: "Callable[[Desk], CommentBank]"
    """Reads the comments that can be used again."""
    new_assignment: Callable[[Desk], FormFile]
    """Where the form for a new assignment of this desk is kept while it is half filled in."""
    half_reworded: Callable[[Desk], FormFile]
    """Where the words of a comment of the bank are kept while they are typed."""
    giving_out: "Callable[[], GivingOut]"
    """Makes the files that go out of a pile, and writes them."""
    essays: "EssaySource"
    """Where essays come from: the files and folders of this computer."""
    scans: "ScanViewer"
    """Shows scans of handwritten scripts, by the system's own viewer."""
    title: str = ""
    at: str = ""
    """What a command must say to find this desk, such as `` --db 'PATH'``; empty where it would find it anyway."""
    theme: str = "dark"
    digits: str = "level"
    """What a digit means on the marking screen: a level, or the first digit of a mark."""
    checks: str = "on"
    """What is asked before an essay is finished: see ``config.settings``."""
    pace: str = "queue"
    """Where the time that essays take is told: see ``config.settings``."""
    rest: int = 0
    """After how many essays a rest is proposed; 0 for never."""
    keymap: Keymap = field(default_factory=Keymap)
    """The keys as the teacher wants them."""
    keymap_fault: str = ""
    """Why her keymap isn't used, in a line; empty where it is."""
    find: Callable[[Desk], tuple[AssignmentId, ScriptId | None]] | None = None
    """What to mark at once; None opens the library. Raises MarkdeskError where there is nothing of that name."""
    find_paper: "Callable[[Desk], PaperSet] | None" = None
    """The paper whose grid comes first, in place of an essay or the library."""
    order: str = "random"
    open_sample: Callable[[], int] | None = None
    """Opens the sample class in place of this desk; an empty library offers it."""
    is_new: bool = False
    """The desk has yet to be made, which takes a moment: the library is painted first."""


@dataclass(frozen=True, slots=True)
class Left:
    """Where the marker left off."""

    place: Place
    entry: Entry
    called: str
    """What its student is called."""
    position: int
    """The essay's place in its pile, from 1."""
    count: int
    paragraph: int | None
    """The paragraph that she was reading; None for a handwritten script."""


COUNTED_FIRST = 100
"""Assignments that are counted before the first frame, more than a window shows; the others are behind it."""


@dataclass(frozen=True, slots=True)
class Library:
    """What the library lists."""

    overviews: tuple[Overview, ...]
    left: Left | None
    now: str
    exams: "tuple[PaperSet, ...]" = ()
    """The papers that were set; their questions are among the overviews."""
    people: str = ""
    """Who is on the desk, where nothing is set yet: ``30 students in 13H``; empty for nobody."""

    @property
    def is_counted(self) -> bool:
        """Whether it says of each assignment how far it is."""
        return all(one.is_counted for one in self.overviews)


@dataclass(frozen=True, slots=True)
class First:
    """The desk, and the screen that comes first: an essay, a paper's grid, or the library."""

    desk: Desk
    library: Library | None = None
    sitting: "Sitting | None" = None
    essay: "MarkingDesk | None" = None
    grid: "ExamGrid | None" = None


def read_library(desk: Desk, order: str, counted: int | None = None) -> Library:
    """Every assignment, and where the marker left off. ``counted``: how far only so many of the newest are."""
    store = desk.store
    overviews, place = store.overview(desk.marker.id, counted), store.place(desk.marker.id)
    left = None
    if place is not None:
        from markdesk.desk.sitting import Sitting  # here, since a desk may be opened with nothing left off

        sitting = Sitting(desk, next(o.assignment for o in overviews if o.assignment.id == place.assignment_id), order)
        entry = next(e for e in sitting.entries if e.script.id == place.script_id)
        paragraph = None
        if entry.script.essay_hash is not None:
            essay = store.essay(entry.script.essay_hash)
            paragraph = essay.paragraph_at(place.start).number if essay.paragraphs else None
        left = Left(
            place, entry, sitting.called(entry), sitting.position(place.script_id), len(sitting.entries), paragraph
        )
    people = "" if overviews else _people(desk)
    return Library(overviews, left, desk.clock.now(), store.paper_sets(), people)


def _people(desk: Desk) -> str:
    count, groups = len(desk.store.students()), [group.name for group in desk.store.groups()]
    if not count:
        return ""
    named = ", ".join(groups) if len(groups) <= MOST_NAMED else f"{len(groups)} classes"
    where = f" in {named}" if named else ""
    return f"{count:,} student{'' if count == 1 else 's'}{where}"


def read_first(opening: Opening) -> First:
    """Open the desk and read what the first screen shows. Raises MarkdeskError."""
    desk = opening.open_desk()
    if opening.find_paper is not None:
        from markdesk.desk.exam_grid import exam_grid

        return First(desk, grid=exam_grid(desk, opening.find_paper(desk)))
    if opening.find is None:
        return First(desk, read_library(desk, opening.order, COUNTED_FIRST))
    from markdesk.desk.sitting import Sitting

    assignment_id, script_id = opening.find(desk)
    assignment = next(a for a in desk.store.assignments() if a.id == assignment_id)
    sitting = Sitting(desk, assignment, opening.order)
    script_id = script_id or sitting.where_to_begin()
    if script_id is None:
        raise MarkdeskError(f"'{assignment.name}' has no scripts yet.", "Bring some in: 'markdesk import'.")
    return First(desk, None, sitting, sitting.open(script_id))

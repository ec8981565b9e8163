"""What is given out of a pile, and to whom: what was asked for, what it will write where, and what came of it.

Values and the port; ``formats.giving_out`` makes the files.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from markdesk.core.boundaries import Boundaries
from markdesk.core.coursework import Assignment
from markdesk.core.people import Student
from markdesk.desk.desk import Desk
from markdesk.desk.ports import Entry
from markdesk.desk.sheets import LeftOut

if TYPE_CHECKING:
    from markdesk.desk.looking_back import LookBack


class Product(StrEnum):
    """What can be given out."""

    SHEETS = "mark sheets"
    """One for each student whose marking is finished."""
    CLASS = "whole-class feedback"
    MARKS = "class mark sheet"
    SLIPS = "mark slips"
    """For whom the mark follows the comments, and for coursework."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked for."""

    product: Product
    ending: str
    """The format, by the ending of its files."""
    folder: str
    is_merged: bool = False
    """All sheets in one file, to print."""
    by_number: bool = False
    """Candidate numbers in place of names, on the sheets and as the files' names."""
    with_essay: bool = True
    """Whether a sheet has the essay overleaf."""
    boundaries: Boundaries | None = None
    """By which a sheet has a notional grade; None for no grade."""


@dataclass(frozen=True, slots=True)
class OutFile:
    """A file that will be written."""

    path: str
    name: str
    whose: str
    """Whom or what it is about."""
    entries: tuple[Entry, ...]
    """The scripts that it is made of; of a whole class, none by itself."""
    is_there: bool
    """Whether a file of that name lies there already."""
    make: Callable[[], bytes]
    """Its content, made when it is written."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What will be written."""

    wanted: Wanted
    files: tuple[OutFile, ...]
    left_out: tuple[LeftOut, ...]
    """Whose isn't written, and why."""
    cautions: tuple[str, ...] = ()
    """What to know before it is given out: somebody without a number, a sheet without a word. A sentence each."""

    @property
    def there(self) -> int:
        """How many files lie there already."""
        return sum(file.is_there for file in self.files)


@dataclass(frozen=True, slots=True)
class Written:
    """What was written."""

    paths: tuple[str, ...]
    replaced: int
    """Of these, how many took the place of another file."""
    same: int
    """Of these, how many were there just so, and weren't touched."""
    was_stopped: bool = False

    @property
    def new(self) -> int:
        return len(self.paths) - self.replaced - self.same


class GivingOut(Protocol):
    """Makes the files, writes them whole or not at all, and opens them: the module ``formats.giving_out``."""

    def endings(self, product: Product) -> tuple[tuple[str, str, bool], ...]:
        """The formats of a product: ending, name, and whether it can be written on this computer."""
        ...

    def folder(self, assignment: Assignment, product: Product) -> str:
        """Where the files of an assignment go unless somebody says otherwise."""
        ...

    def refuse_folder(self, folder: str) -> None:
        """Raises MarkdeskError where no file can be written into the folder, as far as that shows before one is."""
        ...

    def outlook(self, desk: Desk, assignment: Assignment, wanted: Wanted) -> Outlook:
        """What would be written: no file where nothing is finished. Raises MarkdeskError where it may not be."""
        ...

    def write(
        self,
        outlook: Outlook,
        replace: bool,
        progress: Callable[[int, int], None],
        is_cancelled: Callable[[], bool],
    ) -> Written:
        """Write the files, each whole or not at all. Raises MarkdeskError where one can't be written or made.

        Without ``replace`` nothing is written where a file lies there already that is another.
        """
        ...

    def record(self, desk: Desk, student: Student) -> OutFile:
        """The record of a student, in the usual format and a folder for records."""
        ...

    def review_path(self, look: "LookBack") -> str:
        """Where what is looked back at goes unless somebody says otherwise."""
        ...

    def review(self, desk: Desk, look: "LookBack", path: str) -> OutFile:
        """What is looked back at, as a sheet or as tables of figures: the path's ending says which.

        Raises UsageProblem for an ending that is none of these.
        """
        ...

    def put(self, file: OutFile, replace: bool) -> bool:
        """Write one file, whole or not at all; False where it lay there just so. Raises MarkdeskError.

        Without ``replace`` it isn't written where another file of that name lies there.
        """
        ...

    def show(self, path: str) -> str:
        """Open a file or folder with the system's viewer; why that couldn't be, else nothing."""
        ...

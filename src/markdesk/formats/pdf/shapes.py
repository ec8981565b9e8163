"""What a page of a PDF is made of once its drawing commands were followed: runs of letters, and the lines they make.

Places are in points from the upper left corner of the page as it is seen: ``y`` is the baseline and grows downwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass

NO_TAG = 0
_NARROW = "iljtfI.,:;'‘’!|()[] "
_WIDE = "mwMW—"


@dataclass(frozen=True, slots=True)
class Run:
    """Letters drawn in one go, in one size, on one baseline."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    tag: int = NO_TAG
    """The number of the paragraph, heading or cell that a tagged PDF says it belongs to."""
    margin: bool = False
    """The PDF itself says that it belongs to the head or foot of the page."""


@dataclass(frozen=True, slots=True)
class Line:
    """Runs on one baseline, with the spaces between them."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    tag: int = NO_TAG
    margin: bool = False
    page: int = 0
    column: int = 0
    """Which column of the page, counted over the whole file, so that two lines of one column share it."""
    cell: int = 0
    """The number of the table's cell that it is in, counted over the whole file; 0 outside tables."""

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def first_word_width(self) -> float:
        """About how much room the first word takes, as its letters are wide or narrow beside the line's others."""
        return self.width * _weight(self.text.split(" ", 1)[0]) / max(0.1, _weight(self.text))


def _weight(text: str) -> float:
    narrow = sum(map(text.count, _NARROW))
    wide = sum(map(text.count, _WIDE)) + sum(1 for letter in text if letter.isupper())
    return len(text) - narrow * 0.4 + wide * 0.4


@dataclass(frozen=True, slots=True)
class Role:
    """What a tagged PDF says about one paragraph, heading, list item, cell or note."""

    level: int = 0
    """The heading's level, 1 to 6; 0 for text."""
    listed: bool = False
    note: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What was drawn on a page, and what a teacher should be told of it."""

    number: int
    width: float
    height: float
    runs: Sequence[Run]
    outside: Sequence[Run] = ()
    """What stands beyond the page's edge or turned to its side, where a reader of the essay doesn't look."""
    unreadable: int = 0
    """Letters whose font doesn't say which letters they are."""
    invisible: int = 0
    """Letters that are drawn without ink: what a scanner believes to have read lies so over its picture."""
    pictured: float = 0.0
    """How much of the page the largest picture covers, 0 to 1."""

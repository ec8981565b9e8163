"""What is chosen before something is given out of a pile: a few lines, each with a few values."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from markdesk.core.coursework import GIVEN_BACK, Assignment, Returns
from markdesk.desk.desk import Desk
from markdesk.desk.giving_out import GivingOut, Outlook, Product, Wanted, Written
from markdesk.desk.queueing import QueueActs
from markdesk.desk.sheets import nothing_finished

T = TypeVar("T")

ABOUT = {
    Product.SHEETS: "for each student: mark, feedback, task, and the essay with its notes",
    Product.CLASS: "one page for everybody: what was put by, what recurs, the next lesson",
    Product.MARKS: "every student with every mark, for a spreadsheet",
    Product.SLIPS: "the mark by itself, to cut out, where it comes after the comments",
}


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """One thing that can be chosen."""

    label: str
    value: str
    note: str
    count: int
    """How many values there are; 0 where it is typed."""


class GivingOutForm:
    """What is chosen for one assignment. Begins with its mark sheets, in the first format that can be written here."""

    def __init__(self, desk: Desk, assignment: Assignment, files: GivingOut, product: Product = Product.SHEETS) -> None:
        self.desk, self.assignment, self.files = desk, assignment, files
        self.wanted = Wanted(
            product, self._usual(product), files.folder(assignment, product), by_number=assignment.is_anonymous
        )

        self._is_typed = False
        """Whether somebody said which folder; else each product has its own."""
        self._chosen: list[str] = []
        """The formats that were chosen before: of those that a product has, the last one stands."""

    def _usual(self, product: Product) -> str:
        return next(ending for ending, _, is_there in self.files.endings(product) if is_there)

    @property
    def lines(self) -> tuple[ChoiceLine, ...]:
        """The lines as they stand; which there are follows from what is given out."""
        return tuple(line for line, _ in self._lines())

    def step(self, at: int, by: int) -> None:
        """The next value of a line (1) or the one before (-1). What the assignment gives back is kept on the desk."""
        step = self._lines()[at][1]
        if step is not None:
            step(by)

    def go_to(self, folder: str) -> None:
        """Another folder for the files. Raises MarkdeskError where none can be written into it."""
        self.files.refuse_folder(folder)
        self.wanted, self._is_typed = replace(self.wanted, folder=folder), True

    @property
    def folder_line(self) -> int:
        """Where the line of the folder stands."""
        return len(self._lines()) - 1

    def outlook(self) -> Outlook:
        """What will be written. Raises MarkdeskError where there is nothing to give out."""
        found = self.files.outlook(self.desk, self.assignment, self.wanted)
        if not found.files:
            raise nothing_finished(self.desk, self.assignment)
        return found

    def write(
        self, outlook: Outlook, progress: Callable[[int, int], None], is_cancelled: Callable[[], bool]
    ) -> Written:
        """Write it, over what lies there: the outlook has told how much that is."""
        return self.files.write(outlook, True, progress, is_cancelled)

    def _lines(self) -> list[tuple[ChoiceLine, Callable[[int], None] | None]]:
        wanted, product = self.wanted, self.wanted.product
        endings = self.files.endings(product)
        name, is_there = next((name, there) for ending, name, there in endings if ending == wanted.ending)
        missing = "" if is_there else "can't be written on this computer: an extra package is missing"
        found: list[tuple[ChoiceLine, Callable[[int], None] | None]] = [
            (ChoiceLine("Give out", product, ABOUT[product], len(Product)), self._step_product),
            (ChoiceLine("As", f"{name} (.{wanted.ending})", missing, len(endings)), self._step_ending),
        ]
        if product is Product.SHEETS:
            files = ("one file for all", "to print") if wanted.is_merged else ("one file for each", "")
            essay = "with the essay overleaf" if wanted.with_essay else "without the essay"
            found += [
                (ChoiceLine("In", *files, 2), self._turn_merged),
                (ChoiceLine("Essay", essay, "", 2), self._turn_essay),
            ]
        if product is not Product.CLASS:
            called = "candidate number" if wanted.by_number else "name"
            note = "names are hidden in this pile" if self.assignment.is_anonymous else ""
            found.append((ChoiceLine("Call them by", called, note, 2), self._turn_name))
        if product in (Product.SHEETS, Product.CLASS):
            note = "" if self.assignment.returns is Returns.MARKS else "the mark can follow, on a slip"
            told = GIVEN_BACK[self.assignment.returns]
            found.append((ChoiceLine("Give back", told, note, len(Returns)), self._step_returns))
        found.append((ChoiceLine("Into", wanted.folder, "", 0), None))
        return found

    def _turn_merged(self, _: int) -> None:
        self.wanted = replace(self.wanted, is_merged=not self.wanted.is_merged)

    def _turn_essay(self, _: int) -> None:
        self.wanted = replace(self.wanted, with_essay=not self.wanted.with_essay)

    def _turn_name(self, _: int) -> None:
        self.wanted = replace(self.wanted, by_number=not self.wanted.by_number)

    def _step_product(self, by: int) -> None:
        product = _beside(list(Product), self.wanted.product, by)
        endings = {ending for ending, _, _ in self.files.endings(product)}
        self._chosen.append(self.wanted.ending)
        ending = next((one for one in reversed(self._chosen) if one in endings), self._usual(product))
        folder = self.wanted.folder if self._is_typed else self.files.folder(self.assignment, product)
        self.wanted = replace(self.wanted, product=product, ending=ending, folder=folder)

    def _step_ending(self, by: int) -> None:
        endings = [ending for ending, _, _ in self.files.endings(self.wanted.product)]
        self.wanted = replace(self.wanted, ending=_beside(endings, self.wanted.ending, by))

    def _step_returns(self, by: int) -> None:
        QueueActs(self.desk).give_back(self.assignment, _beside(list(Returns), self.assignment.returns, by))
        self.assignment = next(a for a in self.desk.store.assignments() if a.id == self.assignment.id)


def _beside(every: Sequence[T], here: T, by: int) -> T:
    """The value after (1) or before (-1) the present one; round at the ends."""
    return every[(every.index(here) + by) % len(every)]

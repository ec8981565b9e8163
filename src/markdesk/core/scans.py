"""Scans of handwritten scripts: how many pages they have, and which pages of a whole class's scan are whose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdesk.core.coursework import Scan
from markdesk.core.errors import MarkdeskError
from markdesk.core.plain import show_line


@dataclass(frozen=True, slots=True, order=True)
class Pages:
    """Pages of a file from one to another, both counted from 1 and both in it."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first + 1

    def __str__(self) -> str:
        return f"{self.first}–{self.last}" if self.last > self.first else str(self.first)

    def overlaps(self, other: "Pages") -> bool:
        """Whether a page is in both."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of a list that says whose pages are which."""

    line: int
    student: str
    """As it was written: a name, a candidate number or an id."""
    pages: Pages


def pages_of(scan: Scan) -> Pages:
    """The pages of its file that a scan is; a picture is a page."""
    return Pages(scan.first_page, scan.last_page) if scan.first_page else Pages(1, 1)


def page_count(scans: Iterable[Scan]) -> int:
    """How many pages the scans of a script have together."""
    return sum(len(pages_of(scan)) for scan in scans)


def told_pages(count: int) -> str:
    """``1 page``, ``12 pages``."""
    return "1 page" if count == 1 else f"{count:,} pages"


def dealt(file_name: str, pages: int, scripts: int, each: int | None = None) -> tuple[Pages, ...]:
    """The pages of each script, in order; ``each`` says how many a script has, else they are divided evenly.

    Raises MarkdeskError with the numbers where they don't come out even: a page too many or too few would put
    everybody after it under the wrong name.
    """
    shown = show_line(file_name)
    hint = (
        "Whoever handed nothing in is left out with --without NAME; where some wrote more than others, "
        "--from LIST.csv says whose pages are which."
    )
    if each is None:
        each, over = divmod(pages, scripts)
        if over or not each:
            told = f"{shown} has {told_pages(pages)}, which {_scripts(scripts)} don't divide evenly"
            told += f": at {told_pages(each)} each {over} would be left." if each else "."
            raise MarkdeskError(told, hint)
    if each * scripts != pages:
        wanted = f"{_scripts(scripts)} of {told_pages(each)} would be {each * scripts}"
        raise MarkdeskError(f"{shown} has {told_pages(pages)}; {wanted}.", hint)
    return tuple(Pages(at * each + 1, (at + 1) * each) for at in range(scripts))


def _scripts(count: int) -> str:
    return f"{count} script" if count == 1 else f"{count} scripts"


def left_over(pages: int, given: Iterable[Pages]) -> tuple[Pages, ...]:
    """The pages of a file that nobody was given."""
    found: list[Pages] = []
    at = 1
    for one in sorted(given):
        if one.first > at:
            found.append(Pages(at, one.first - 1))
        at = max(at, one.last + 1)
    if at <= pages:
        found.append(Pages(at, pages))
    return tuple(found)


def refuse_faulty_list(listed: Sequence[Listed], pages: int, file_name: str) -> None:
    """Raises MarkdeskError, naming the line, for pages that the file doesn't have and for one that is given twice."""
    for one in listed:
        if not 1 <= one.pages.first <= one.pages.last:
            raise MarkdeskError(
                f"Line {one.line} of the list: the first page is {one.pages.first}, the last {one.pages.last}."
            )
        if one.pages.last > pages:
            shown = show_line(file_name)
            raise MarkdeskError(f"Line {one.line} of the list: {shown} has {told_pages(pages)}, not {one.pages.last}.")
    in_order = sorted(listed, key=lambda one: one.pages)
    for one, other in pairwise(in_order):
        if one.pages.overlaps(other.pages):
            lines = sorted((one.line, other.line))
            raise MarkdeskError(
                f"Lines {lines[0]} and {lines[1]} of the list both have page {other.pages.first}.",
                "A page is one student's.",
            )

"""What a system's reader makes of a file, and the words that all of them share."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from markdesk.core.errors import WorksheetUnreadable
from markdesk.core.naming import written_name
from markdesk.core.plain import fold, show_line
from markdesk.core.worksheet import Bar
from markdesk.formats.class_lists.headers import plain_header
from markdesk.formats.worksheets.cells import Row, Table


@dataclass(frozen=True, slots=True)
class Chosen:
    """The columns that the teacher named, by their headings; empty where she named none."""

    mark: str = ""
    feedback: str = ""
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Barred:
    """Why a row of the file is not to be written, whoever's it is."""

    bar: Bar
    why: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """The columns of the names: the halves, or the whole."""

    given: int | None = None
    family: int | None = None
    whole: int | None = None

    def readings(self, row: Row) -> tuple[tuple[str, str], ...]:
        """Every way to read a row's name; none where it has none."""
        given, family = (_name(row, self.given), _name(row, self.family))
        if given or family:
            return ((given, family),)
        text = _name(row, self.whole)
        named = written_name(text) if text else None
        if named is None:
            return (("", text),) if text else ()
        return ((named.given, named.family), *named.others)


def _name(row: Row, column: int | None) -> str:
    # Moodle writes a sign of the page beside somebody whose enrolment is suspended.
    return " ".join(re.sub(r"<[^<>]*>", " ", row.value(column)).split())[:200] if column is not None else ""


@dataclass(frozen=True, slots=True)
class Found:
    """A file as one of the systems, or the teacher, says it is to be read."""

    system: str
    called: str
    heading: int
    """The row of the headings."""
    ids: tuple[tuple[str, int], ...]
    """What each column of ids holds, and which it is; the surest first."""
    mark: int
    names: Names = Names()
    feedback: int | None = None
    takes_html: bool = False
    out_of: Callable[[Row], str] = lambda _: ""
    barred: Callable[[Row], Barred | None] = lambda _: None
    no_student: Callable[[Row], str] = lambda _: ""
    """Why a row is none of a student; empty where it may be."""
    clean: Callable[[str], str] = str.strip
    """An id without what the system puts around it."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Headings:
    """A row of headings, as they are looked up."""

    at: int
    shown: tuple[str, ...]
    plain: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "plain", tuple(map(plain_header, self.shown)))

    def find(self, *words: str) -> int | None:
        """The first column with one of these headings."""
        wanted = {plain_header(word) for word in words}
        return next((at for at, plain in enumerate(self.plain) if plain in wanted), None)

    def find_last(self, *words: str) -> int | None:
        """The last column with one of these headings: the one that Moodle takes where two are called the same."""
        wanted = {plain_header(word) for word in words}
        return next((at for at in reversed(range(len(self.plain))) if self.plain[at] in wanted), None)

    def named(self, wanted: str) -> int:
        """The one column that the teacher means. Raises WorksheetUnreadable where none or several are called so."""
        exact = [at for at, heading in enumerate(self.shown) if heading.strip() == wanted.strip()]
        same = exact or [at for at, heading in enumerate(self.shown) if fold(heading) == fold(wanted)]
        fits = same or [at for at, heading in enumerate(self.shown) if fold(wanted) and fold(wanted) in fold(heading)]
        if len(fits) == 1:
            return fits[0]
        told = "No column is" if not fits else "Several columns are"
        raise WorksheetUnreadable(f"{told} called '{show_line(wanted)}'.", self.listed(fits or None))

    def listed(self, only: Sequence[int] | None = None) -> str:
        """The headings in a sentence, the rest of many counted."""
        shown = [heading for at, heading in enumerate(self.shown) if heading.strip() and (only is None or at in only)]
        more = f", and {len(shown) - 25} more" if len(shown) > 25 else ""
        told = ", ".join(f"'{show_line(heading)}'" for heading in shown[:25])
        return f"It has: {told}{more}."


def headings(of: Table, at: int | None = None) -> Headings:
    """The headings of a file: those of a row, else of the first that holds anything."""
    if at is None:
        at = next((at for at in range(of.first, len(of.rows)) if not of.rows[at].is_blank), None)
    if at is None:
        raise WorksheetUnreadable("It is empty.", "Is it the right file?")
    # Some programs put a byte order mark before the text once more.
    return Headings(at, tuple(cell.value.lstrip("\ufeff").strip() for cell in of.rows[at].cells))


def by_title(titles: Mapping[int, str], assignment: str) -> int | None:
    """The column whose title is the assignment's name, or the only one that holds it or is held by it."""
    wanted = plain_header(assignment)
    same = [at for at, title in titles.items() if plain_header(title) == wanted]
    if same or not wanted:
        return same[0] if len(same) == 1 else None
    plain = {at: plain_header(title) for at, title in titles.items()}
    alike = [at for at, title in plain.items() if title and (_holds(title, wanted) or _holds(wanted, title))]
    return alike[0] if len(alike) == 1 else None


def _holds(text: str, words: str) -> bool:
    return f" {words} " in f" {text} "


def unsure(titles: Mapping[int, str], assignment: str, heads: Headings) -> WorksheetUnreadable:
    """What is said where no column, or more than one, can be this assignment's."""
    told = (
        f"It can't be told which column is for '{show_line(assignment)}'." if titles else "It has no column for marks."
    )
    return WorksheetUnreadable(told, f"Name it with --mark-column. {heads.listed(list(titles) or None)}")

"""Which row has the headings, and which column is kept for what: said by a heading, by the teacher, or asked."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from markdesk.core.class_list import SYSTEMS, WORDS, Asked, Taken
from markdesk.core.errors import ListUnreadable
from markdesk.core.naming import written_name
from markdesk.core.plain import fold, show_line
from markdesk.formats.class_lists.headers import is_heading, plain_header, said_by, settled
from markdesk.formats.class_lists.systems import PARTICIPANT, System, system_of
from markdesk.formats.class_lists.tables import Cells, Table

LOOKED_THROUGH = 40
"""Rows in which the headings may stand: above them are the school's name, the class, the date."""
_FIRST = 5
_ENOUGH = 5
"""Names: fewer are in some order by chance."""
NAMES = (Asked.GIVEN, Asked.FAMILY, Asked.NAME, Asked.FAMILY_FIRST)
_TITLED = re.compile(r"(?:mr|mrs|ms|miss|mx|dr|prof)\.? ", re.I)
_MOST_TOLD = 25
_CONFIRM = "say so with --column"

Row = tuple[int, Cells]


@dataclass
class Columns:
    """How a table is to be read."""

    headers: Sequence[str]
    rows: Sequence[Row]
    """Those below the headings."""
    kept: dict[Asked, list[tuple[int, Taken]]] = field(default_factory=dict)
    """The columns for each thing, the one that counts first; the others stand in where that is empty."""
    system: System | None = None
    notes: list[str] = field(default_factory=list)
    above: Sequence[Row] = ()

    def value(self, cells: Cells, asked: Asked) -> str:
        """What a row has of something; empty where it has nothing."""
        return next((cells[at] for at, _ in self.kept.get(asked, ()) if at < len(cells) and cells[at]), "")

    @property
    def mapping(self) -> tuple[Taken, ...]:
        """What is kept, in the order of the columns."""
        found = [(at, taken) for columns in self.kept.values() for at, taken in columns]
        return tuple(taken for _, taken in sorted(found, key=lambda one: one[0]))

    @property
    def dropped(self) -> tuple[str, ...]:
        """The headings of all other columns."""
        used = {at for columns in self.kept.values() for at, _ in columns}
        return tuple(header for at, header in enumerate(self.headers) if at not in used and header)


def find_columns(table: Table, chosen: Mapping[Asked, str]) -> Columns:
    """How a table is to be read; ``chosen`` are the columns that the teacher named. Raises ListUnreadable."""
    at, headers = _headings(table.rows, chosen)
    if at is None:
        return _without_headings(table, chosen)
    rows = table.rows[at + 1 :]
    system = system_of(headers, [cells for _, cells in rows[:LOOKED_THROUGH]])
    columns = Columns(headers, rows, system=system, above=table.rows[:at])
    found: dict[int, Taken] = {}
    for place, header in enumerate(headers):
        plain = plain_header(header)
        if system and plain in system.says:
            asked = system.says[plain]
            taken = Taken(asked, header) if asked else None
        else:
            taken = said_by(header)
        if taken:
            found[place] = taken
    _choose(columns, _by_cells(columns, settled(_checked(columns, found))), chosen)
    return columns


def _by_cells(columns: Columns, found: dict[int, Taken]) -> dict[int, Taken]:
    """``Name`` beside one half of the name is the other half, or the whole with that half in it."""
    its = {asked: [at for at, taken in found.items() if taken.asked is asked] for asked in NAMES}
    if len(its[Asked.NAME]) != 1 or bool(its[Asked.GIVEN]) == bool(its[Asked.FAMILY]):
        return found
    half, other = (Asked.GIVEN, Asked.FAMILY) if its[Asked.GIVEN] else (Asked.FAMILY, Asked.GIVEN)
    whole, part = its[Asked.NAME][0], its[half][0]
    pairs = [(cells[whole], cells[part]) for _, cells in columns.rows if len(cells) > max(whole, part) and cells[part]]
    if 2 * sum(fold(part) in fold(whole) for whole, part in pairs) < len(pairs):
        return found | {whole: replace(found[whole], asked=other)}
    return found if half is Asked.GIVEN else {at: taken for at, taken in found.items() if at not in its[half]}


def _headings(rows: Sequence[Row], chosen: Mapping[Asked, str]) -> tuple[int | None, list[str]]:
    """The row of headings and what it says; two rows of them are read as one."""
    if chosen:
        named = [plain_header(header) for header in chosen.values() if header and _place(header) is None]
        for at, (_, cells) in enumerate(rows[:LOOKED_THROUGH] if named else ()):
            if set(named) <= set(map(plain_header, cells)):
                return at, list(cells)
    best: tuple[float, int, list[str]] | None = None
    for at, (_, cells) in enumerate(rows[:LOOKED_THROUGH]):
        score = _score(cells)
        if score and (best is None or score > best[0]):
            best = score, at, list(cells)
        if at:
            both = _joined(rows[at - 1][1], cells)
            together = _score(both)
            if together and together > max(score, _score(rows[at - 1][1])) and (best is None or together > best[0]):
                best = together, at, both
    if best:
        return best[1], best[2]
    # Headings none of which is a name's: then it is no list without headings, and the names have to be pointed out.
    for at, (_, cells) in enumerate(rows[:_FIRST]):
        if sum(map(is_heading, cells)) > 1:
            return at, list(cells)
    return None, []


def _score(cells: Iterable[str]) -> float:
    """How much of a row are headings; 0 where none of them is a name's."""
    found = settled({at: taken for at, cell in enumerate(cells) if (taken := said_by(cell))})
    asked = {taken.asked: 0.5 if taken.doubt else 1.0 for taken in found.values()}
    return sum(asked.values()) if set(asked) & set(NAMES) else 0


def _joined(above: Cells, below: Cells) -> list[str]:
    """Two rows of headings as one: ``Student`` over ``Forename``. A cell over several columns stands in the first."""
    joined: list[str] = []
    over = ""
    for at in range(max(len(above), len(below))):
        over = above[at] if at < len(above) and above[at] else over
        own = below[at] if at < len(below) else ""
        alone, both = said_by(own), f"{over} {own}".strip()
        is_clear = alone is not None and not alone.doubt
        joined.append(own if is_clear or said_by(both) is None else both)
    return joined


def _checked(columns: Columns, found: Mapping[int, Taken]) -> dict[int, Taken]:
    """The columns whose cells are what their heading says."""
    kept: dict[int, Taken] = {}
    for at, taken in found.items():
        cells = [row[at] for _, row in columns.rows if at < len(row) and row[at]]
        digits = sum(bool(re.fullmatch(r"[A-Z]?\d{1,10}", cell)) for cell in cells) * 2 > len(cells) > 0
        shown = show_line(taken.header)
        if taken.asked is Asked.NAME and digits:
            of_board = "candidate" in plain_header(taken.header)
            taken = replace(taken, asked=Asked.CANDIDATE if of_board else Asked.SIS)
        if taken.asked is Asked.EMAIL and cells and sum("@" in cell for cell in cells) * 2 < len(cells):
            columns.notes.append(f"'{shown}' has no e-mail addresses: it is not kept.")
        elif taken.asked in (Asked.TUTOR, Asked.CLASS) and any(map(_TITLED.match, cells)):
            columns.notes.append(f"'{shown}' has the names of teachers: it is not kept.")
        elif taken.doubt and _is_a_count(cells):
            pass  # the rows are numbered: it is listed among what isn't kept
        elif taken.asked in SYSTEMS and any(map(PARTICIPANT.fullmatch, cells)):
            columns.notes.append(f"'{shown}' numbers submissions, not students: it is not kept.")
        else:
            kept[at] = taken
    return kept


def _is_a_count(cells: Sequence[str]) -> bool:
    numbers = [int(cell) for cell in cells if cell.isdecimal() and len(cell) < 6]
    return len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 1


def _choose(columns: Columns, found: dict[int, Taken], chosen: Mapping[Asked, str]) -> None:
    """Keep one column for each thing: the teacher's, else the one that says it best."""
    for asked, header in chosen.items():
        found = {at: taken for at, taken in found.items() if taken.asked is not asked}
        if header:
            found[_find(columns, header)] = Taken(asked, _called(columns.headers, _find(columns, header)))
    if chosen.keys() & {Asked.NAME, Asked.FAMILY_FIRST}:
        halves = [at for at, taken in found.items() if taken.asked in NAMES and taken.asked not in chosen]
        found = {at: taken for at, taken in found.items() if at not in halves}
    by_asked: dict[Asked, list[tuple[int, Taken]]] = {}
    for at, taken in sorted(found.items(), key=lambda one: (one[1].rank, one[0])):
        by_asked.setdefault(taken.asked, []).append((at, taken))
    for asked, takens in by_asked.items():
        at, first = takens[0]
        shown = show_line(first.header)
        if first.doubt and asked not in NAMES:
            word = WORDS[asked]
            columns.notes.append(
                f"{show_line(first.doubt)}: it is not kept. If it is the {word}, {_CONFIRM} '{asked}={shown}'."
            )
            continue
        rivals = [other for _, other in takens[1:] if other.rank == first.rank]
        if rivals and asked in NAMES:
            told = " and ".join(f"'{show_line(taken.header)}'" for taken in (first, *rivals))
            first = replace(first, doubt=f"{told} both say the {WORDS[asked]}")
        elif rivals and asked not in (Asked.CLASS, Asked.ROLE):
            told = ", ".join(f"'{show_line(taken.header)}'" for taken in rivals)
            columns.notes.append(f"The {WORDS[asked]} is taken from '{shown}', not from {told}.")
        stand_in = [one for one in takens[1:] if one[1].rank != first.rank and not one[1].doubt and asked in NAMES]
        columns.kept[asked] = [(at, first), *stand_in]
    _doubt_names(columns, chosen)


def _doubt_names(columns: Columns, chosen: Mapping[Asked, str]) -> None:
    """Ask about names of which half is missing, or may be the other half."""
    kept = columns.kept
    if kept.keys() & set(NAMES) == {Asked.FAMILY} and Asked.FAMILY not in chosen:
        _doubt(columns, Asked.FAMILY, "it has no given names")
    elif Asked.NAME in kept and Asked.NAME not in chosen and columns.system is None and _by_first_word(columns):
        _doubt(columns, Asked.NAME, "it is sorted by the first word of the names, so the family name may come first")


def _doubt(columns: Columns, asked: Asked, why: str) -> None:
    (at, taken), *others = columns.kept[asked]
    columns.kept[asked] = [(at, replace(taken, doubt=taken.doubt or why)), *others]


def _by_first_word(columns: Columns) -> bool:
    """Whether whole names without a comma are in the order of their first words, and not of their last ones."""
    at = columns.kept[Asked.NAME][0][0]
    names = [fold(cells[at]).split() for _, cells in columns.rows if at < len(cells) and " " in cells[at]]
    if len(names) < _ENOUGH or any("," in word for name in names for word in name):
        return False
    firsts, lasts = [name[0] for name in names], [name[-1] for name in names]
    return firsts == sorted(firsts) and lasts != sorted(lasts)


def _place(header: str) -> int | None:
    """The place of a column that is named by its letter, as spreadsheets do: ``B``, ``column B``."""
    letters = re.fullmatch(r"(?:column )?([A-Z]{1,2})", header.strip())
    if not letters:
        return None
    place = 0
    for letter in letters[1]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _called(headers: Sequence[str], at: int) -> str:
    return headers[at] if at < len(headers) and headers[at] else f"column {_letter(at)}"


def _letter(at: int) -> str:
    return (_letter(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)


def _find(columns: Columns, header: str) -> int:
    """The column of a heading, or of a letter. Raises ListUnreadable, naming what there is."""
    for same in (fold, plain_header):
        for at, own in enumerate(columns.headers):
            if own and same(own) == same(header):
                return at
    place = _place(header)
    widest = max((len(cells) for _, cells in columns.rows), default=0)
    if place is not None and place < widest:
        return place
    known = [f"'{show_line(one)}'" for one in columns.headers if one][:_MOST_TOLD]
    hint = f"It has: {', '.join(known)}." if known else f"Its columns are A to {_letter(max(widest - 1, 0))}."
    raise ListUnreadable(f"No column is called '{show_line(header)}'.", hint)


def _without_headings(table: Table, chosen: Mapping[Asked, str]) -> Columns:
    """What the columns of a list without headings look like; all of it has to be confirmed."""
    columns = Columns([], table.rows)
    found: dict[int, Taken] = {}
    cells_of = [
        [cells[at] for _, cells in table.rows if at < len(cells) and cells[at]]
        for at in range(max((len(cells) for _, cells in table.rows), default=0))
    ]
    wordy: list[int] = []
    for at, cells in enumerate(cells_of):
        if _most(cells, lambda cell: "@" in cell and " " not in cell):
            found[at] = Taken(Asked.EMAIL, f"column {_letter(at)}")
        elif _most(cells, _is_name) and len(set(cells)) * 2 > len(cells):
            wordy.append(at)
    whole = [at for at in wordy if _most(cells_of[at], lambda cell: len(cell.split()) > 1)]
    doubt = "the list has no headings"
    if whole:
        is_plain = len(cells_of) == 1 and not chosen
        found[whole[0]] = Taken(Asked.NAME, f"column {_letter(whole[0])}", "" if is_plain else doubt)
    else:
        found |= {
            at: Taken(asked, f"column {_letter(at)}", doubt)
            for at, asked in zip(wordy, (Asked.GIVEN, Asked.FAMILY), strict=False)
        }
    if len(cells_of) > 1:
        columns.headers = [f"column {_letter(at)}" for at in range(len(cells_of))]
    _choose(columns, found, chosen)
    return columns


def _is_name(cell: str) -> bool:
    return len(cell) < 80 and not any(map(str.isdigit, cell)) and any(map(str.isalpha, cell)) and (
        " " not in cell or written_name(cell) is not None
    )  # fmt: skip


def _most(cells: Sequence[str], is_so: Callable[[str], bool]) -> bool:
    return bool(cells) and sum(map(is_so, cells)) >= 0.8 * len(cells)

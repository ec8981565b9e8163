"""From the rows of a table to students: what is no student is left out with the reason, and nothing else is lost."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from markdesk.core.class_list import SYSTEMS, WORDS, Asked, LeftOut, Listed
from markdesk.core.naming import is_team, written_name
from markdesk.core.people import split_name
from markdesk.core.plain import fold
from markdesk.formats.class_lists.columns import Columns, Row
from markdesk.formats.class_lists.systems import canvas_row, classroom_row
from markdesk.formats.class_lists.tables import Cells

LONGEST_NAME = 200
_LONGEST = {Asked.CANDIDATE: 20, Asked.TUTOR: 60, Asked.CLASS: 200}
"""Characters; what is longer is something else. An id has at most as many as a name."""
_TEST = frozenset(("test student", "student test", "demo student", "student demo", "student view", "view student"))
_SUMS = re.compile(
    r"(?:(?:grand|sub|class|overall|whole) ?)?(?:totals?|averages?|mean|median|counts?|sum|max(?:imum)?|min(?:imum)?"
    r"|range|points(?: possible)?|out of|boys|girls|average score|standard deviation|std dev(?:iation)?"
    r"|gesamtdurchschnitt|moyenne generale|promedio general|media complessiva)(?: (?:marks?|score|points|average))?:?"
    r"(?: ?\d+(?:[.,]\d+)?%?)?"
)
_FOOTERS = re.compile(
    r"(?:page \d+|printed|generated|report(?:ed)? (?:by|on|date)|produced|exported|as of|number of (?:students|pupils)"
    r"|no\.? of (?:students|pupils)|total (?:students|pupils)|teachers?:|staff:|end of (?:list|report)|confidential"
    r"|(?:boys|girls|males?|females?)\b.*\d|sims\b|arbor\b|bromcom\b|©|\(c\)).*"
)
_STAFF = re.compile(
    r".*\b(?:teacher|teaching assistant|instructor|lecturer|staff|admin\w*|manager|designer|observer|grader|marker|ta"
    r"|parent|guardian|carer|auditor|guest|enseignante?|lehrer(?:in)?|trainer(?:/in)?|profesora?|docente|leerkracht"
    r"|athro|tuteur|gestionnaire|proctor|principal|aide|relative)\b.*"
)
_STUDENT = re.compile(
    r".*\b(?:students?|pupils?|learners?|etudiante?s?|eleves?|teilnehmer(?:/?in)?|schuler(?:in)?|estudiantes?|alumn\w+"
    r"|studente|studentessa|leerling|myfyriwr|disgybl|apprenant|aluno)\b.*"
)
_TITLED = re.compile(r"(?:mr|mrs|ms|miss|mx|dr|prof|sir)\.? .+", re.I)
_NO = frozenset(("", "n", "no", "0", "false", "none", "-", "–", "—", "n/a", "na", "nil", "not applicable", "off"))
Read = tuple[str, str, list[tuple[str, str]], str]
"""Given and family name, the other ways to read them, and why they may be otherwise."""
_NOTHING = frozenset(("-", "–", "—", "n/a", "na", "none", "nil", "null", "tbc", "tba", "unknown", "0", "?", "."))
"""What people write into a cell that has to say that there is nothing to say."""
_BETWEEN_CLASSES = re.compile(r"\s*[;|]\s*|,\s+")


@dataclass
class _Reader:
    columns: Columns
    rows: list[Listed] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    too_long: dict[Asked, int] = field(default_factory=dict)

    def read(self) -> None:
        """Sort every row into the students or what is left out."""
        students: list[Row] = []
        for number, cells in self.columns.rows:
            why = _no_student(self.columns, cells, self._written(cells))
            if why:
                self.left_out.append(LeftOut(number, why))
            else:
                students.append((number, cells))
        value = self.columns.value
        halves = (Asked.GIVEN, Asked.FAMILY)
        loud = {asked for asked in halves if _all_capitals([value(cells, asked) for _, cells in students])}
        for number, cells in students:
            listed = self._listed(number, cells, loud)
            why = _no_name(listed.name)
            if why:
                self.left_out.append(LeftOut(number, why))
            else:
                self.rows.append(listed)
        for asked in sorted(loud):
            self.notes.append(f"The {WORDS[asked]}s are in capitals: only their first letters are kept so.")
        for asked, count in self.too_long.items():
            told = "1 row" if count == 1 else f"{count} rows"
            self.notes.append(f"{told}: the {WORDS[asked]} is too long to be one, and isn't kept.")

    def _listed(self, number: int, cells: Cells, loud: set[Asked]) -> Listed:
        columns = self.columns
        given, family, others, doubt = self._halves(cells, loud)
        short = {asked: self._short(cells, asked) for asked in (Asked.CANDIDATE, Asked.TUTOR, Asked.CLASS, *SYSTEMS)}
        classes = [one for one in _BETWEEN_CLASSES.split(short[Asked.CLASS]) if one]
        access = columns.value(cells, Asked.ACCESS)
        return Listed(
            number,
            given,
            family,
            short[Asked.CANDIDATE],
            short[Asked.TUTOR],
            fold(access) not in _NO if access else None,
            tuple((str(system), _known_as(columns, system, short[system])) for system in SYSTEMS if short[system]),
            tuple(dict.fromkeys(classes)),
            tuple(other for other in dict.fromkeys(others) if other != (given, family)),
            doubt,
        )

    def _written(self, cells: Cells) -> str:
        """The name as it stands there, whichever columns it is in."""
        value = self.columns.value
        halves = " ".join(filter(None, (value(cells, Asked.GIVEN), value(cells, Asked.FAMILY))))
        return halves or value(cells, Asked.NAME) or value(cells, Asked.FAMILY_FIRST)

    def _halves(self, cells: Cells, loud: set[Asked]) -> Read:
        columns, value = self.columns, self.columns.value
        given, family, text = value(cells, Asked.GIVEN), value(cells, Asked.FAMILY), value(cells, Asked.NAME)
        if text:
            read = _whole(text)
            # Beside a whole name stands the one that she goes by.
            return (given, read[1], [read[:2], *read[2]], read[3]) if given else read
        if not given and not family:
            return _family_first(value(cells, Asked.FAMILY_FIRST))
        # A legal name beside the one that she goes by is another way in which a file may name her.
        ways = [
            [cells[at] for at, _ in columns.kept.get(asked, ()) if at < len(cells) and cells[at]] or [""]
            for asked in (Asked.GIVEN, Asked.FAMILY)
        ]
        if family and fold(given).endswith(f" {fold(family)}"):
            given = given[: -len(family)].strip()  # a preferred name that is the whole one
        others = [(one, other) for one in ways[0] for other in ways[1] if (one, other) != (given, family)]
        given = _quiet(given) if Asked.GIVEN in loud and given.isupper() else given
        family = _quiet(family) if Asked.FAMILY in loud and family.isupper() else family
        return given, family, others, ""

    def _short(self, cells: Cells, asked: Asked) -> str:
        text = self.columns.value(cells, asked)
        if len(text) > _LONGEST.get(asked, LONGEST_NAME):
            self.too_long[asked] = self.too_long.get(asked, 0) + 1
            return ""
        return "" if fold(text) in _NOTHING else text


def read_students(columns: Columns) -> tuple[list[Listed], list[LeftOut], list[str]]:
    """The students of a table, the rows that are none, and what is to be said of it all."""
    reader = _Reader(columns)
    reader.read()
    rows, twice = without_doubles(reader.rows)
    for above, cells in columns.above:
        reader.left_out.append(LeftOut(above, f"above the headings: {' '.join(filter(None, cells))[:60]}"))
    left_out = sorted((*reader.left_out, *twice), key=lambda one: one.row)
    return rows, left_out, [*columns.notes, *reader.notes]


def without_doubles(rows: Iterable[Listed]) -> tuple[list[Listed], list[LeftOut]]:
    """Each student once: a second row with the same name and numbers adds nothing but her other classes."""
    kept: dict[object, Listed] = {}
    twice: list[LeftOut] = []
    for row in rows:
        key = (fold(row.name), row.candidate_number, row.tutor_group, row.has_access_arrangements, row.ids)
        first = kept.get(key)
        if first is None:
            kept[key] = row
            continue
        classes = tuple(dict.fromkeys((*first.classes, *row.classes)))
        kept[key] = replace(first, classes=classes)
        why = f"the same student as in row {first.row}"
        twice.append(LeftOut(row.row, f"{why}, in another class" if classes != first.classes else why))
    return list(kept.values()), twice


def staff_role(role: str) -> bool:
    """Whether a role is somebody's who is no student. What isn't known is left to be a student's."""
    plain = fold(role)
    return bool(_STAFF.fullmatch(plain)) and not _STUDENT.fullmatch(plain)


def _no_student(columns: Columns, cells: Cells, written: str) -> str:
    """Why a row is no student's; empty where it may be."""
    if written and [fold(cell) for cell in cells] == [fold(header) for header in columns.headers[: len(cells)]]:
        return "the headings again"
    role = columns.value(cells, Asked.ROLE)
    if role and staff_role(role):
        return f"{role[:40]}, not a student"
    called = columns.system.called if columns.system else ""
    if "Canvas" in called and (why := canvas_row(cells, written)):
        return why
    if "Classroom" in called and (why := classroom_row(cells)):
        return why
    plain = fold(written)
    if plain.replace(",", "") in _TEST:
        return "the system's test student"
    halves = [columns.value(cells, asked) for asked in (Asked.GIVEN, Asked.FAMILY)]
    if not all(halves) and _SUMS.fullmatch(plain or fold(cells[0])):
        return "a total, not a student"
    if not all(halves) and _FOOTERS.fullmatch(plain or fold(next(filter(None, cells)))):
        return "a line of the report, not a student"
    if not written:
        return "without a name"
    if _TITLED.fullmatch(written):
        return "it begins with a title, as teachers' names do"
    return ""


def _no_name(name: str) -> str:
    if len(name) > LONGEST_NAME:
        return f"its name has {len(name):,} characters"
    if name[:1] in ("=", "+", "@") or not any(map(str.isalpha, name)):
        return "no name, but a number, a sign or a formula"
    return ""


def _whole(text: str) -> Read:
    """Given and family name of a whole one, the other ways to read it, and why it may be another."""
    named = written_name(text) if len(text) <= LONGEST_NAME else None
    if named is None:
        doubt = "" if "," in text else "which words are the family name"
        return (*split_name(text), [], "it names several people, or a group" if is_team(text) else doubt)
    comma = "," in text and named.given and named.family
    return named.given, named.family, list(named.others), "" if comma and not named.others else named.doubt


def _family_first(text: str) -> Read:
    if "," in text:
        return _whole(text)
    words = text.split()
    others = [(" ".join(words[cut:]), " ".join(words[:cut])) for cut in range(2, len(words))]
    doubt = "which words are the family name" if len(words) > 2 else ""
    return " ".join(words[1:]), words[0] if words else "", others, doubt


def _known_as(columns: Columns, system: Asked, text: str) -> str:
    strips = columns.system.strips if columns.system else ""
    text = text.removeprefix(strips) if strips else text
    return text.lower() if system is Asked.EMAIL else text


def _all_capitals(names: Sequence[str]) -> bool:
    """Whether a column is in capitals; a total below it may not be."""
    letters = [name for name in names if sum(map(str.isalpha, name)) > 2]
    return bool(letters) and sum(map(str.isupper, letters)) >= 0.8 * len(letters)


def _quiet(name: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda m: m.group().capitalize(), name)

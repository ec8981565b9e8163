"""Whose a file is among the students of the desk: by an id first, then by name; never by a guess.

A school system's id decides. A name decides where no class list says otherwise. Where there is a class list, a name
that stands on it is proposed for the teacher to confirm, and one that only comes near is asked about.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from markdesk.core.coursework import Script
from markdesk.core.errors import Ambiguous, NotFound
from markdesk.core.ids import StudentId
from markdesk.core.people import Student, TeachingGroup, split_name
from markdesk.core.plain import fold, show_line
from markdesk.core.whose import Sureness, Whose
from markdesk.desk.naming import fitting, looks_like_an_id, words_of
from markdesk.desk.near import near_student
from markdesk.desk.ports import Entry
from markdesk.desk.putting_back import Part

MOST_PROPOSED = 4
SAID = "You said so."
BY_NAME = "The name fits."


class Badge(StrEnum):
    """What a preview says of a file that can come in."""

    IMPORT = "import"
    """Its student is certain: by an id, by what the teacher said, or new."""
    CHECK = "check"
    """A name of the class list fits, and nothing else says so."""


@dataclass(frozen=True, slots=True)
class Match:
    """Whose a file is."""

    student: Student
    badge: Badge
    why: str
    is_new: bool = False


class Unmatched(NotFound):
    """Nobody is certain to have written it; ``proposals`` are who may be meant."""

    def __init__(self, message: str, hint: str = "", proposals: Sequence[Student] = ()) -> None:
        super().__init__(message, hint)
        self.proposals = tuple(proposals[:MOST_PROPOSED])


class SeveralFit(Ambiguous):
    """Two students or more have that name; ``proposals`` are they."""

    def __init__(self, name: str, proposals: Sequence[Student]) -> None:
        told = ", ".join(f"{show_line(s.name)} ({s.id[-6:]})" for s in proposals)
        super().__init__(f"'{show_line(name)}' fits several students: {told}.", "Say which with --student and the id.")
        self.proposals = tuple(proposals[:MOST_PROPOSED])


@dataclass(frozen=True, slots=True)
class Choice:
    """What the teacher decided about one file in the preview."""

    student: StudentId | None = None
    """Whose it is."""
    new: tuple[str, str] | None = None
    """Given and family name of a student to be made for it."""
    is_left_out: bool = False
    parts: Mapping[int, Part] = field(default_factory=dict)
    """What those blocks of the file are, by their place, that were read as something else."""


@dataclass
class Matcher:
    """The students of a desk, as an import finds them."""

    students: Sequence[Student]
    members: Sequence[Student]
    """The class list; empty where there is none."""
    group: TeachingGroup | None
    entries: Sequence[Entry]
    """The scripts of the assignment: a submission that is known by its system's id is the same student's."""
    made: dict[StudentId, Student]
    """Students who come with this import; the matcher adds to them."""
    new_student: Callable[[tuple[str, str], Whose | None], Student]
    scripts_of: Callable[[Student], Iterable[Script]] = lambda _: ()
    """Every script of a student on the desk: what the teacher confirmed of her ids before."""

    def said(self, name: str, create: bool) -> Match:
        """The student whom the teacher named. Raises Ambiguous, or NotFound where nobody has that id."""
        fits = fitting(self.members or self._everybody, name, by_id=True)
        if not fits and self.members:
            if not create:
                raise self._not_listed(Whose("", *split_name(name)))
            fits = fitting(self._everybody, name, by_id=True)
        if fits:
            return self._known(self._only(name, fits), SAID)
        if looks_like_an_id(name):
            raise NotFound(f"No student has the id '{show_line(name)}'.", "'markdesk student list' names them all.")
        return self._new(split_name(name), None, SAID)

    def chosen(self, choice: Choice, whose: Whose | None) -> Match:
        """The student whom the teacher chose in the preview. Raises NotFound where she has gone meanwhile."""
        if choice.new is not None:
            there = fitting(self.made.values(), _written(choice.new), by_id=False)
            return self._known(there[0], SAID) if there else self._new(choice.new, whose, SAID)
        found = next((s for s in self._everybody if s.id == choice.student), None)
        if found is None:
            raise NotFound("The student who was chosen is no longer there.")
        return self._known(found, SAID)

    def whose(self, whose: Whose, create: bool) -> Match:
        """The student whom a file names. Raises Unmatched where that isn't certain, Ambiguous where two are meant."""
        known = self._by_id(whose)
        if known is not None:
            return known
        readings = whose.readings
        if not readings:
            return self._nameless(whose, create)
        pool = self.members or self._everybody
        fits = fitting_a_reading(pool, readings)
        if fits:
            student = self._only(whose.name, fits)
            if not self.members:
                return self._known(student, whose.why or BY_NAME)
            return self._known(student, f"The name stands on the class list. {whose.why}".strip(), Badge.CHECK)
        if self.members and not create:
            raise self._not_listed(whose)
        if self.members:
            fits = fitting_a_reading(self._everybody, readings)
            if fits:
                return self._known(self._only(whose.name, fits), whose.why or BY_NAME)
        # A name that can be read in two ways is looked at; else whoever is named becomes a student.
        badge = Badge.CHECK if whose.others and whose.sureness is Sureness.CHECK else Badge.IMPORT
        return self._new(readings[0], whose, f"{whose.why or BY_NAME} {whose.doubt}".strip(), badge)

    # -- the ways in

    @property
    def _everybody(self) -> list[Student]:
        return [*self.students, *self.made.values()]

    def _by_id(self, whose: Whose) -> Match | None:
        if not whose.id:
            return None
        if whose.id_of == "submission":
            for entry in self.entries:
                if (entry.script.system, entry.script.system_id) == (whose.system, whose.id):
                    return self._known(entry.student, f"{whose.called} is this submission's id, as before.")
            return None
        fits = [s for s in self._everybody if s.id_in(whose.system) == whose.id]
        if len(fits) != 1:
            return None
        told = whose.called
        if not whose.name or shares_a_name(fits[0], whose):
            return self._known(fits[0], f"{told} is this student's id.")
        meant = [*fits, *fitting_a_reading(self.members or self._everybody, whose.readings)]
        confirmed = [one for one in meant if self._was_confirmed(one, whose)]
        if len(confirmed) == 1:
            return self._known(confirmed[0], f"{told} with this name is this student's id, as you said before.")
        student, reads = show_line(fits[0].name), show_line(whose.name)
        raise Unmatched(f"{told} is {student}, and the file says {reads}.", "Say whose it is with --student.", meant)

    def _was_confirmed(self, student: Student, whose: Whose) -> bool:
        """Whether the teacher took a file with this very id and this very name for hers before."""
        return any(
            (script.system, script.system_id) == (whose.system, whose.id) and _is_called(script.file_name, whose)
            for script in self.scripts_of(student)
        )

    def _nameless(self, whose: Whose, create: bool) -> Match:
        called = whose.called
        is_somebody = whose.id and whose.sureness is Sureness.SURE  # else it may be a group, or a paper without a name
        if not is_somebody or (self.members and not create):
            raise Unmatched(
                f"{f'{called} is nobody whom the desk knows, and no' if called else 'No'} name is told.",
                "Say whose it is with --student.",
            )
        return self._new(("", f"Participant {whose.id}"), whose, f"{called} is all that is told: the name is hidden.")

    def _not_listed(self, whose: Whose) -> Unmatched:
        told = show_line(whose.name)
        group = show_line(self.group.name) if self.group else "the class"
        likely = self._likely(whose)
        meant = f"Is it {' or '.join(show_line(s.name) for s in likely[:2])}? " if likely else ""
        return Unmatched(
            f"{told} is not in the class list of {group}.",
            f"{meant}Say who it is with --student, or add the student with --create-students.",
            likely,
        )

    def _likely(self, whose: Whose) -> list[Student]:
        """Who of the class list may be meant: part of the name is the same, or a letter is wrong."""
        found: dict[StudentId, Student] = {}
        for given, family in whose.readings:
            words = set(words_of(_written((given, family))))
            for student in self.members:
                theirs = set(words_of(student.name))
                shared = words & theirs
                if shared and (shared in (words, theirs) or _initials_fit(words - shared, theirs - shared)):
                    found[student.id] = student
            near = near_student(Student(StudentId(""), given, family), self.members)
            if near is not None:
                found.setdefault(near.id, near)
        return list(found.values())

    def _only(self, name: str, fits: Sequence[Student]) -> Student:
        if len(fits) > 1:
            raise SeveralFit(name, fits)
        return fits[0]

    def _known(self, student: Student, why: str, badge: Badge = Badge.IMPORT) -> Match:
        return Match(student, badge, why, student.id in self.made)

    def _new(self, name: tuple[str, str], whose: Whose | None, why: str, badge: Badge = Badge.IMPORT) -> Match:
        student = self.new_student(name, whose)
        self.made[student.id] = student
        return Match(student, badge, why, is_new=True)


def _written(reading: tuple[str, str]) -> str:
    given, family = reading
    return f"{family}, {given}" if given else family


def fitting_a_reading(pool: Iterable[Student], readings: Sequence[tuple[str, str]]) -> list[Student]:
    """The students whom one of the readings fits; also where a system wrote the name as one word, as Canvas does."""
    pool = list(pool)
    found = {s.id: s for reading in readings for s in fitting(pool, _written(reading), by_id=False)}
    joined = {_joined(*reading) for reading in readings if len(words_of(_written(reading))) == 1}
    if joined:
        both = ((s, _joined(s.given_name, s.family_name), _joined(s.family_name, s.given_name)) for s in pool)
        found |= {s.id: s for s, *ways in both if joined.intersection(ways)}
    return list(found.values())


def _joined(*parts: str) -> str:
    return "".join(re.findall(r"\w+", fold(" ".join(parts)).replace("'", "")))


def _is_called(file_name: str, whose: Whose) -> bool:
    """Whether a file's own name bears this name, as Canvas writes it: its letters, as one word or as several."""
    words = re.findall(r"[^\W_]+", fold(file_name).replace("'", ""))
    ways = {way for given, family in whose.readings for way in (_joined(given, family), _joined(family, given))}
    return any("".join(words[at:end]) in ways for at in range(len(words)) for end in range(at + 1, len(words) + 1))


def shares_a_name(student: Student, whose: Whose) -> bool:
    """Whether the name that came with an id could be this student's: a surname after a marriage, a short form."""
    theirs = set(words_of(student.name))
    shared = any(theirs & set(words_of(_written(reading))) for reading in whose.readings)
    family_first = _joined(student.family_name, student.given_name)
    begun = any(len(word := _joined(*reading)) > 2 and family_first.startswith(word) for reading in whose.readings)
    return shared or begun or bool(fitting_a_reading([student], whose.readings))


def _initials_fit(left: set[str], theirs: set[str]) -> bool:
    """Whether what is left of a file's name are initials of what is left of the student's."""
    return bool(left) and all(len(word) == 1 and any(one.startswith(word) for one in theirs) for word in left)

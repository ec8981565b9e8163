"""Who of the desk a row of a class list is: by an id, a candidate number or the exact name; never by a guess."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from markdesk.core.class_list import SYSTEMS, WORDS, Asked, Listed, system_word
from markdesk.core.ids import StudentId
from markdesk.core.people import Student
from markdesk.core.plain import fold, show_line
from markdesk.desk.naming import words_in_order, words_of
from markdesk.desk.near import near_student

MOST_PROPOSED = 3
_SEARCHED = 300
"""Students: among more of them only those who share a word of the name are looked at for a slip."""


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a row was found to be, or who may be meant. Without either it is somebody new."""

    student: Student | None = None
    why: str = ""
    question: str = ""
    """Asked of the teacher before anything is written for this row."""
    proposals: tuple[Student, ...] = ()
    refusal: str = ""

    @property
    def meant(self) -> tuple[Student, ...]:
        """Whom the row is or may be."""
        return (self.student,) if self.student else self.proposals


@dataclass
class Register:
    """The students of a desk, as a class list finds them."""

    students: Sequence[Student]
    groups_of: Mapping[StudentId, tuple[str, ...]]
    """The names of the groups that each is in."""
    same_names: bool = False
    """Whether the teacher said that an exact name in another class is the same person."""
    _by_id: dict[tuple[str, str], list[Student]] = field(default_factory=dict)
    _by_number: dict[str, list[Student]] = field(default_factory=dict)
    _by_name: dict[tuple[str, ...], list[Student]] = field(default_factory=dict)
    _by_word: dict[str, list[Student]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for student in self.students:
            for one in student.ids:
                self._by_id.setdefault(id_key(one), []).append(student)
            if student.candidate_number:
                self._by_number.setdefault(number_key(student.candidate_number), []).append(student)
            self._by_name.setdefault(words_in_order(student.name), []).append(student)
            for word in set(words_of(student.name)):
                self._by_word.setdefault(word, []).append(student)

    def surely(self, row: Listed, members: Mapping[StudentId, Student]) -> Found | None:
        """Who a row is by ids, number or exact name; None where nobody is. ``members`` are in its group already."""
        return self.by_ids(row) or self._by_candidate(row, members) or self._named(row, members)

    def perhaps(self, row: Listed, members: Mapping[StudentId, Student], met: Set[StudentId]) -> Found:
        """Who a row comes near to; those whom another row is for certain (``met``) are themselves, and not a slip."""
        near = self._near(row, members, met)
        if near:
            told = " or ".join(called(student) for student in near)
            return Found(question=f"is it {told}?", proposals=tuple(near))
        return Found()

    def by_ids(self, row: Listed) -> Found | None:
        """Who has one of the row's ids; None where nobody has."""
        fits = {s.id: s for one in row.ids for s in self._by_id.get(id_key(one), ())}
        if not fits:
            return None
        if len(fits) > 1:
            told = " and ".join(called(student) for student in list(fits.values())[:MOST_PROPOSED])
            refusal = f"its ids are those of {told}. If they are one, 'markdesk student merge' joins them"
            return Found(refusal=refusal, proposals=tuple(fits.values()))
        (student,) = fits.values()
        shared = [one[0] for one in row.ids if same_id(student, one)]
        firmer = [s for s in _contradicted(row, student) if _place(s) < min(map(_place, shared))]
        if firmer:
            told = f"{called(student)} has the same {system_word(shared[0])} and another {system_word(firmer[0])}"
            return Found(question=f"{told}. Is it the same person?", proposals=(student,))
        if not _shares_a_word(row, student):
            told = f"the {system_word(shared[0])} is that of {called(student)}"
            return Found(question=f"{told}. Is it the same person?", proposals=(student,))
        return Found(student, f"by the {system_word(shared[0])}")

    def _by_candidate(self, row: Listed, members: Mapping[StudentId, Student]) -> Found | None:
        fits = self._by_number.get(number_key(row.candidate_number), ()) if row.candidate_number else ()
        # The number is given out anew each year: outside the class it says nothing without the name.
        here = [student for student in fits if student.id in members]
        fits = here or [student for student in fits if _is_named(row, student)]
        if not fits:
            return None
        fits = [*fits, *(s for s in self._of_name(row) if here and s.id in members and s not in fits)]
        if len(fits) == 1 and _agrees(row, fits[0]) and not _contradicted(row, fits[0]):
            return Found(fits[0], "by the candidate number")
        told = " or ".join(called(student) for student in fits[:MOST_PROPOSED])
        question = f"is it {told}, by the candidate number or the name?"
        return Found(question=question, proposals=tuple(fits[:MOST_PROPOSED]))

    def _named(self, row: Listed, members: Mapping[StudentId, Student]) -> Found | None:
        fits = self._of_name(row)
        here = [student for student in fits if student.id in members]
        if here:
            return self._only(row, here, "by name")
        free = [student for student in fits if not self.groups_of.get(student.id)]
        if len(fits) == 1 and (free or self.same_names):
            return self._only(row, fits, "by name; until now in no class" if free else "by name, as you said")
        if fits:
            return Found(
                question=f"there is {self._told(fits)}. Is it the same person?", proposals=tuple(fits[:MOST_PROPOSED])
            )
        return None

    def _of_name(self, row: Listed) -> list[Student]:
        """Who has exactly the name, as it is read or in one of the other ways."""
        names = dict.fromkeys(words_in_order(f"{given} {family}") for given, family in row.readings)
        return list({s.id: s for name in names for s in self._by_name.get(name, ())}.values())

    def _only(self, row: Listed, fits: Sequence[Student], why: str) -> Found:
        if len(fits) > 1:
            told = f"{self._told(fits)} are of that name. Which of them is it?"
            return Found(question=told, proposals=tuple(fits[:MOST_PROPOSED]))
        (student,) = fits
        others = [system_word(system) for system in _contradicted(row, student)]
        if student.candidate_number and row.candidate_number:
            other_number = number_key(student.candidate_number) != number_key(row.candidate_number)
            others += [WORDS[Asked.CANDIDATE]] if other_number else []
        if others:
            return Found(
                question=f"{called(student)} has another {others[0]}. Is it the same person?", proposals=(student,)
            )
        return Found(student, why)

    def _near(self, row: Listed, members: Mapping[StudentId, Student], met: Set[StudentId]) -> list[Student]:
        """Who of the class may be meant: the name turned round, part of it, or a letter wrong."""
        if len(members) > _SEARCHED:
            among = [student for student in self._sharing(row) if student.id in members]
        else:
            among = list(members.values())
        found: dict[StudentId, Student] = {}
        for given, family in row.readings:
            words = set(words_of(f"{given} {family}"))
            for student in among:
                theirs = set(words_of(student.name))
                if (words and words == theirs) or (len(words & theirs) > 1 and student.id not in met):
                    found[student.id] = student
            others = [student for student in among if student.id not in met]
            near = near_student(Student(StudentId(""), given, family), others)
            if near is not None:
                found.setdefault(near.id, near)
        return list(found.values())[:MOST_PROPOSED]

    def near_elsewhere(self, row: Listed) -> Student | None:
        """Somebody of any class whose name the row's may be meant for: told, no more."""
        return near_student(Student(StudentId(""), row.given_name, row.family_name), self._sharing(row))

    def _sharing(self, row: Listed) -> list[Student]:
        """Who has a word of the row's name."""
        words = dict.fromkeys(word for given, family in row.readings for word in words_of(f"{given} {family}"))
        return list({s.id: s for word in words for s in self._by_word.get(word, ())}.values())

    def holder(self, one: tuple[str, str], but: StudentId) -> Student | None:
        """Another student who has an id."""
        return next((student for student in self._by_id.get(id_key(one), ()) if student.id != but), None)

    def _told(self, students: Sequence[Student]) -> str:
        shown = []
        for student in students[:MOST_PROPOSED]:
            groups = ", ".join(map(show_line, self.groups_of.get(student.id, ())))
            shown.append(f"{called(student)} of {groups}" if groups else called(student))
        return " and ".join(shown)


def called(student: Student) -> str:
    """A student by name and short id."""
    return f"{show_line(student.name)} ({student.id[-6:]})"


def id_key(one: tuple[str, str]) -> tuple[str, str]:
    """An id for comparing: no system tells two people apart by capitals, and spreadsheets take zeros off."""
    system, known = one
    return system, number_key(known) if known.isdecimal() else fold(known)


def number_key(number: str) -> str:
    """A number for comparing: ``0123`` without its zeros."""
    return fold(number).lstrip("0") or "0"


def same_id(student: Student, one: tuple[str, str]) -> bool:
    """Whether that is what the system calls her."""
    return id_key((one[0], student.id_in(one[0]))) == id_key(one)


def _place(system: str) -> int:
    return SYSTEMS.index(Asked(system))


def _contradicted(row: Listed, student: Student) -> list[str]:
    """The systems in which the student has another id than the row."""
    return [one[0] for one in row.ids if student.id_in(one[0]) and not same_id(student, one)]


def _shares_a_word(row: Listed, student: Student) -> bool:
    theirs = set(words_of(student.name))
    return any(theirs & set(words_of(f"{given} {family}")) for given, family in row.readings)


def _agrees(row: Listed, student: Student) -> bool:
    """Whether a name could be this student's who has the same number: two words of it, or but for a slip all."""
    theirs = set(words_of(student.name))
    return any(
        len(theirs & set(words_of(f"{given} {family}"))) > 1
        or near_student(Student(StudentId(""), given, family), (student,))
        for given, family in row.readings
    )


def _is_named(row: Listed, student: Student) -> bool:
    theirs = words_in_order(student.name)
    return any(theirs == words_in_order(f"{given} {family}") for given, family in row.readings)

"""Taking in a class list: first a plan that changes nothing, then one step that makes all of it durable, or none.

An empty cell never wipes what is on the desk. Whoever isn't certain is asked about and left as she is; whoever is in
the group and not in the list is told, and leaves it only where the teacher says so.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from markdesk.core.changes import AnyChange, GroupChanged, MembershipChanged, StudentChanged
from markdesk.core.class_list import WORDS, Asked, ClassList, Listed, system_word
from markdesk.core.errors import Ambiguous, NotFound
from markdesk.core.ids import GroupId, StudentId
from markdesk.core.people import Membership, Student, TeachingGroup
from markdesk.core.plain import fold, show_line
from markdesk.desk.course import clean_name, find_group
from markdesk.desk.desk import Desk, find_student
from markdesk.desk.listing import Found, Register, id_key, number_key, same_id
from markdesk.desk.naming import words_in_order

NEW = "new"
"""The answer to "is it …?" that makes a student."""
EVERY_CLASS = "all"


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    THERE = "unchanged"
    ASKED = "asked"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ListOrder:
    """What the teacher said about a list."""

    group: str = ""
    """Her own name for the class; empty where the list's own names serve."""
    classes: tuple[str, ...] = ()
    """Which classes of the list; ``all`` for every one."""
    leaves: bool = False
    """Whether those who aren't in the list leave the group."""
    same_names: bool = False
    answers: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    """Who a row is, by its number: a student's id or name, or ``new``."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What a list changes of a student."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with what becomes of it."""

    listed: Listed
    fate: Fate
    student: Student | None = None
    """As she is afterwards; None where nothing is written."""
    before: Student | None = None
    why: str = ""
    """How she is known, what is asked, or why it is refused."""
    fields: tuple[FieldChange, ...] = ()
    joins: tuple[TeachingGroup, ...] = ()
    note: str = ""
    proposals: tuple[Student, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassPlan:
    """What taking a list in does, or would do."""

    found: ClassList
    groups: tuple[TeachingGroup, ...]
    placed: tuple[Placed, ...]
    missing: tuple[tuple[Student, TeachingGroup], ...]
    """In the group and not in the list."""
    leaving: tuple[tuple[Student, TeachingGroup], ...]
    changes: tuple[AnyChange, ...]
    notes: tuple[str, ...] = ()

    def of(self, fate: Fate) -> tuple[Placed, ...]:
        """The rows that came to that."""
        return tuple(placed for placed in self.placed if placed.fate is fate)

    @property
    def label(self) -> str:
        """The step, as the log tells it."""
        groups = ", ".join(show_line(group.name) for group in self.groups)
        told = f"{len(self.of(Fate.NEW))} new, {len(self.of(Fate.CHANGED))} changed"
        return f"Class list of {groups}: {told}" + (f", {len(self.leaving)} left" if self.leaving else "")


@dataclass
class _Planner:
    desk: Desk
    found: ClassList
    order: ListOrder
    groups: dict[str, TeachingGroup] = field(default_factory=dict)
    new_groups: list[TeachingGroup] = field(default_factory=list)
    members: dict[GroupId, dict[StudentId, Student]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        store = self.desk.store
        students = {student.id: student for student in store.students()}
        groups_of: dict[StudentId, tuple[str, ...]] = {}
        for group in store.groups():
            its = {m.student_id: students[m.student_id] for m in store.memberships(group.id)}
            self.members[group.id] = its
            for student_id in its:
                groups_of[student_id] = (*groups_of.get(student_id, ()), group.name)
        self.students = students
        self.register = Register(tuple(students.values()), groups_of, self.order.same_names)

    def plan(self) -> ClassPlan:
        """The whole of it."""
        rows, notes = self._rows()
        unknown = set(self.order.answers) - {row.row for row, _ in rows}
        if unknown:
            raise NotFound(f"Row {min(unknown)} is no student's of this list.", "--is says who a row is: --is 5=new.")
        shared = _shared_ids([row for row, _ in rows])
        meant = [(row, self._groups(names)) for row, names in rows]
        sure = {row.row: self._answered(row) or self.register.surely(row, self._in(groups)) for row, groups in meant}
        claims = Counter(student.id for found in sure.values() if found for student in found.meant)
        met = {student_id for student_id, count in claims.items() if count == 1}
        placed = [
            self._place(
                row, groups, sure[row.row] or self.register.perhaps(row, self._in(groups), met), shared.get(row.row, "")
            )
            for row, groups in meant
        ]
        placed = self._settled(placed)
        missing, leaving = self._missing(placed)
        changes = () if self.found.doubts else self._changes(placed, leaving)
        return ClassPlan(
            self.found, tuple(self.groups.values()), tuple(placed), missing, leaving, changes, tuple(notes)
        )

    # -- which rows, into which groups

    def _rows(self) -> tuple[list[tuple[Listed, tuple[str, ...]]], list[str]]:
        """The rows that are meant, each with the names of its groups. Raises Ambiguous or NotFound."""
        classes, order = self.found.classes, self.order
        wanted = [fold(name) for name in order.classes]
        of_all = EVERY_CLASS in wanted and EVERY_CLASS not in map(fold, classes)
        told = ", ".join(f"'{show_line(name)}' ({count})" for name, count in list(classes.items())[:12])
        if wanted and not of_all:
            unknown = [name for name in order.classes if fold(name) not in map(fold, classes)]
            if unknown:
                hint = f"It has: {told}." if classes else "It names no classes."
                raise NotFound(f"The list has no class '{show_line(unknown[0])}'.", hint)
        elif not of_all and order.group and fold(order.group) in map(fold, classes) and len(classes) > 1:
            wanted = [fold(order.group)]
        elif not of_all and len(classes) > 1:
            raise Ambiguous(f"The list has several classes: {told}.", "Say which with --class NAME, or --class all.")
        if not order.group and not classes:
            raise NotFound("The list doesn't say which class it is.", "Give it: --group NAME.")
        rows: list[tuple[Listed, tuple[str, ...]]] = []
        passed = 0
        for row in self.found.rows:
            its = tuple(name for name in row.classes if of_all or not wanted or fold(name) in wanted)
            groups = (order.group,) if order.group else its
            if groups and (its or not wanted or of_all):
                rows.append((row, groups))
            else:
                passed += 1
        told = "1 student of other classes is" if passed == 1 else f"{passed} students of other classes are"
        return rows, [f"{told} left out."] if passed else []

    def _groups(self, names: Sequence[str]) -> tuple[TeachingGroup, ...]:
        return tuple(self._group(clean_name(name, "group")) for name in names)

    def _group(self, name: str) -> TeachingGroup:
        known = self.groups.get(fold(name))
        if known is None:
            group, is_new = find_group(self.desk, name)
            assert group is not None
            known = self.groups[fold(name)] = group
            if is_new:
                self.new_groups.append(group)
                self.members[group.id] = {}
        return known

    # -- one row

    def _in(self, groups: tuple[TeachingGroup, ...]) -> Mapping[StudentId, Student]:
        """Who is in one of the groups already."""
        if len(groups) == 1:
            return self.members[groups[0].id]
        return {one: student for group in groups for one, student in self.members[group.id].items()}

    def _place(self, row: Listed, groups: tuple[TeachingGroup, ...], found: Found, shared: str) -> Placed:
        if shared:
            return Placed(row, Fate.REFUSED, why=shared)
        if found.refusal:
            return Placed(row, Fate.REFUSED, why=found.refusal)
        if found.question:
            return Placed(row, Fate.ASKED, why=found.question, proposals=found.proposals)
        if found.student is None:
            return self._new(row, groups, found.why)
        before = found.student
        after = _updated(before, row)
        for one in after.ids:
            other = self.register.holder(one, before.id)
            if other is not None:
                told = f"its {system_word(one[0])} is {show_line(other.name)}'s ({other.id[-6:]})"
                return Placed(row, Fate.REFUSED, why=told)
        joins = tuple(group for group in groups if before.id not in self.members[group.id])
        fields = _fields(before, after)
        fate = Fate.CHANGED if fields or joins else Fate.THERE
        return Placed(row, fate, after, before, found.why, fields, joins)

    def _answered(self, row: Listed) -> Found | None:
        answer = self.order.answers.get(row.row)
        if answer is None:
            return None
        if fold(answer) == NEW:
            found = self.register.by_ids(row)
            held = found.student or next(iter(found.proposals), None) if found else None
            if held is not None:
                return Found(refusal=f"its ids are those of {show_line(held.name)}, so it can't be a new student's")
            return found if found and found.refusal else Found(why="new, as you said")
        return Found(find_student(self.desk, answer), "as you said")

    def _new(self, row: Listed, groups: tuple[TeachingGroup, ...], why: str) -> Placed:
        student = Student(StudentId(self.desk.ids.new()), row.given_name, row.family_name)
        after = _updated(student, row)
        near = self.register.near_elsewhere(row)
        note = f"there is {show_line(near.name)} ({near.id[-6:]}) already, in another class" if near else ""
        return Placed(row, Fate.NEW, after, None, why or row.doubt, _fields(student, after), groups, note)

    def _settled(self, placed: list[Placed]) -> list[Placed]:
        """Two rows that come to one student, or that nothing tells apart, are neither of them written."""
        met = Counter(one.before.id for one in placed if one.before is not None and one.student is not None)
        names = Counter(_apart(one.listed) for one in placed if one.fate is Fate.NEW)
        asked = {student.id: one.listed.row for one in placed if one.fate is Fate.ASKED for student in one.proposals}
        made: list[Placed] = []
        for one in placed:
            if one.student and one.before and one.before.id in asked and _loses_a_sign(one.before, one.student):
                # Nobody would see any more that the other row may be she.
                told = f"{show_line(one.before.name)} ({one.before.id[-6:]}) may be row {asked[one.before.id]} too"
                one = Placed(one.listed, Fate.ASKED, why=f"{told}. Is it this one?", proposals=(one.before,))
            elif one.before is not None and met[one.before.id] > 1:
                told = f"{met[one.before.id]} rows come to {show_line(one.before.name)} ({one.before.id[-6:]})"
                one = Placed(one.listed, Fate.REFUSED, why=told, proposals=(one.before,))
            elif one.fate is Fate.NEW and names[_apart(one.listed)] > 1 and one.listed.row not in self.order.answers:
                told = "another row has the same name, and no number tells them apart. Are they two people?"
                one = Placed(one.listed, Fate.ASKED, why=told)
            made.append(one)
        return made

    # -- the whole

    def _missing(self, placed: Sequence[Placed]) -> tuple[tuple[tuple[Student, TeachingGroup], ...], ...]:
        """Who is in a group and not in the list, and who of them leaves it."""
        listed = {one.student.id for one in placed if one.student}
        # Somebody who may be one of the rows that are asked about isn't missing for certain.
        perhaps = {student.id for one in placed if one.student is None for student in one.proposals}
        missing = [
            (student, group)
            for group in self.groups.values()
            for student in sorted(self.members[group.id].values(), key=lambda student: student.sort_key)
            if student.id not in listed | perhaps
        ]
        return tuple(missing), tuple(missing) if self.order.leaves else ()

    def _changes(
        self, placed: Sequence[Placed], leaving: Sequence[tuple[Student, TeachingGroup]]
    ) -> tuple[AnyChange, ...]:
        joined = {group.id for one in placed for group in one.joins}
        changes: list[AnyChange] = [GroupChanged(None, group) for group in self.new_groups if group.id in joined]
        changes += [
            StudentChanged(one.before, one.student) for one in placed if one.student and one.student != one.before
        ]
        changes += [
            MembershipChanged(None, Membership(group.id, one.student.id))
            for one in placed
            if one.student
            for group in one.joins
        ]
        changes += [MembershipChanged(Membership(group.id, student.id), None) for student, group in leaving]
        return tuple(changes)


def plan_class_list(desk: Desk, found: ClassList, order: ListOrder) -> ClassPlan:
    """What taking this list in would do. Raises where the list's class isn't certain."""
    return _Planner(desk, found, order).plan()


def take_list(desk: Desk, plan_again: Callable[[], ClassPlan]) -> ClassPlan:
    """Do what the plan says, as one step; it is worked out again when nobody else can write."""
    with desk.store.together():
        desk.find_marker()
        plan = plan_again()
        if plan.changes:
            desk.commit("students", plan.label, plan.changes)
    return plan


def _updated(student: Student, row: Listed) -> Student:
    """The student with what a row says of her; what it doesn't say stays."""
    ids = dict(student.ids)
    ids |= {one[0]: one[1] for one in row.ids if not same_id(student, one)}
    number = row.candidate_number or student.candidate_number
    if student.candidate_number and number_key(number) == number_key(student.candidate_number):
        number = max(number, student.candidate_number, key=len)
    given, family = student.given_name, student.family_name
    read = row.given_name, row.family_name
    is_other = (fold(given), fold(family)) != (fold(read[0]), fold(read[1]))
    # Half a name, and one whose halves are guessed, say less than what is there.
    if is_other and all(read) and not row.doubt:
        given, family = read
    access = student.has_access_arrangements if row.has_access_arrangements is None else row.has_access_arrangements
    return replace(
        student,
        given_name=given,
        family_name=family,
        candidate_number=number,
        tutor_group=row.tutor_group or student.tutor_group,
        has_access_arrangements=access,
        ids=tuple(ids.items()),
    )


def _loses_a_sign(before: Student, after: Student) -> bool:
    """Whether a name, number or id by which she was known goes."""
    numbers = before.candidate_number and number_key(before.candidate_number) != number_key(after.candidate_number)
    return bool(numbers) or before.name != after.name or bool(set(before.ids) - set(after.ids))


def _fields(before: Student, after: Student) -> tuple[FieldChange, ...]:
    told = [
        FieldChange(WORDS[Asked.NAME], before.name, after.name)
        if before.name != after.name
        else FieldChange("family name", before.family_name, after.family_name),
        FieldChange(WORDS[Asked.CANDIDATE], before.candidate_number, after.candidate_number),
        FieldChange(WORDS[Asked.TUTOR], before.tutor_group, after.tutor_group),
        FieldChange(
            "access arrangements", _yes_or_no(before.has_access_arrangements), _yes_or_no(after.has_access_arrangements)
        ),
    ]
    told += [FieldChange(system_word(system), before.id_in(system), known) for system, known in after.ids]
    return tuple(change for change in told if change.before != change.after)


def _yes_or_no(value: bool) -> str:
    return "yes" if value else "no"


def _apart(row: Listed) -> tuple[object, ...]:
    """What tells a new student from another of the list."""
    return words_in_order(row.name), number_key(row.candidate_number) if row.candidate_number else "", row.ids


def _shared_ids(rows: Sequence[Listed]) -> dict[int, str]:
    """The rows that have an id or a candidate number which another row has too, with a sentence for each."""
    holders: dict[tuple[str, str], list[tuple[Listed, str]]] = {}
    for row in rows:
        for one in row.ids:
            holders.setdefault(id_key(one), []).append((row, one[1]))
        if row.candidate_number:
            key = str(Asked.CANDIDATE), number_key(row.candidate_number)
            holders.setdefault(key, []).append((row, row.candidate_number))
    told: dict[int, str] = {}
    for (what, _), its in holders.items():
        if len(its) > 1:
            word = WORDS[Asked.CANDIDATE] if what == Asked.CANDIDATE else system_word(what)
            numbers = ", ".join(str(row.row) for row, _ in its[:5])
            for row, known in its:
                told[row.row] = f"rows {numbers} have the same {word}: {show_line(known)}"
    return told

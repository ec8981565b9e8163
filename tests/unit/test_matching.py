"""Whose a file is among the students of a desk: an id decides, a name is proposed, a guess is never made."""

from dataclasses import replace
from itertools import count

import pytest

from markdesk.core.coursework import Assignment, Script
from markdesk.core.errors import Ambiguous, NotFound
from markdesk.core.ids import AssignmentId, GroupId, RubricHash, ScriptId, StudentId
from markdesk.core.people import Student, TeachingGroup
from markdesk.core.whose import Sureness, Whose
from markdesk.desk.matching import Badge, Choice, Matcher, Unmatched
from markdesk.desk.ports import Entry


def student(name: str, *ids: tuple[str, str]) -> Student:
    given, _, family = name.rpartition(" ")
    return Student(StudentId(name.casefold().replace(" ", "-")), given, family, ids=ids)


AMARA = student("Amara Okafor", ("canvas", "4821"))
JO, OTHER_JO = student("Jo Smith"), student("Jo Smith")
LEE = student("Grace Lee Thompson")
TOM = student("Thomas O'Connor")
HOMEWORK = Assignment(AssignmentId("a"), "Homework", "Why?", RubricHash("r"), "2026-11-23")


def matcher(
    members: tuple[Student, ...] = (), others: tuple[Student, ...] = (), entries: tuple[Entry, ...] = ()
) -> Matcher:
    numbers = count(1)

    def made(name: tuple[str, str], whose: Whose | None) -> Student:
        return Student(StudentId(f"new-{next(numbers)}"), *name)

    return Matcher([*members, *others], members, TeachingGroup(GroupId("g"), "13H"), entries, {}, made)


def named(given: str, family: str, *others: tuple[str, str], sureness: Sureness = Sureness.SURE) -> Whose:
    return Whose("moodle", given, family, sureness=sureness, others=others, why="Moodle's folder")


def test_an_id_decides_whatever_the_name_is_written_like() -> None:
    found = matcher((AMARA, JO)).whose(Whose("canvas", "", "okaforamara", "4821", "person"), create=False)
    assert (found.student, found.badge, found.why) == (AMARA, Badge.IMPORT, "Canvas 4821 is this student's id.")


def test_an_id_with_the_beginning_of_a_name_run_together_is_hers() -> None:
    found = matcher((AMARA, JO)).whose(Whose("canvas", "", "okafora", "4821", "person"), create=False)
    assert (found.student, found.badge) == (AMARA, Badge.IMPORT)


def test_an_id_with_somebody_elses_name_is_asked_about() -> None:
    with pytest.raises(Unmatched, match="Canvas 4821 is Amara Okafor, and the file says Jo Smith") as caught:
        matcher((AMARA, JO)).whose(Whose("canvas", "Jo", "Smith", "4821", "person"), create=False)
    assert caught.value.proposals == (AMARA, JO), "who has the id, and who has the name"


def test_an_id_of_another_system_is_another_id() -> None:
    with pytest.raises(Unmatched):
        matcher((AMARA, JO)).whose(Whose("moodle", "", "", "4821", "person"), create=False)


def test_a_submission_that_came_before_is_the_same_students() -> None:
    script = Script(ScriptId("s"), HOMEWORK.id, JO.id, None, "", "", system="moodle", system_id="10442")
    entries = (Entry(script, JO, HOMEWORK, None),)
    blind = Whose("moodle", id="10442", id_of="submission")
    assert matcher((AMARA, JO), entries=entries).whose(blind, create=False).student == JO
    with pytest.raises(Unmatched, match="no name is told"):
        matcher((AMARA, JO), entries=entries).whose(Whose("turnitin", id="10442", id_of="submission"), create=False)


@pytest.mark.parametrize(
    "reading", [("Amara", "Okafor"), ("Okafor", "Amara"), ("amara", "OKAFOR"), ("", "okaforamara")]
)
def test_a_name_of_the_class_list_is_proposed(reading: tuple[str, str]) -> None:
    found = matcher((AMARA, JO)).whose(named(*reading), create=False)
    assert (found.student, found.badge, found.is_new) == (AMARA, Badge.CHECK, False)


def test_a_name_of_the_desk_is_taken_where_there_is_no_class_list() -> None:
    found = matcher(others=(AMARA, JO)).whose(named("Amara", "Okafor"), create=False)
    assert (found.student, found.badge) == (AMARA, Badge.IMPORT)


def test_two_of_one_name_are_never_told_apart_by_it() -> None:
    twins = (JO, Student(StudentId("jo-2"), "Jo", "Smith"))
    with pytest.raises(Ambiguous, match="fits several students"):
        matcher(twins).whose(named("Jo", "Smith"), create=False)


@pytest.mark.parametrize(
    ("reading", "who"),
    [
        (("Grace", "Thompson"), LEE),
        (("G", "Thompson"), LEE),
        (("Amarah", "Okafor"), AMARA),
        (("Amara Grace", "Okafor"), AMARA),
        (("Tom", "O’Connor"), TOM),
    ],
)
def test_a_name_that_only_comes_near_is_asked_about(reading: tuple[str, str], who: Student) -> None:
    with pytest.raises(Unmatched, match="is not in the class list of 13H") as caught:
        matcher((AMARA, LEE, TOM)).whose(named(*reading), create=False)
    assert who in caught.value.proposals


def test_a_name_like_nobodys_has_no_proposals() -> None:
    with pytest.raises(Unmatched) as caught:
        matcher((AMARA, LEE)).whose(named("Ying", "Zhou"), create=False)
    assert caught.value.proposals == ()


def test_every_reading_of_a_name_is_tried() -> None:
    found = matcher((LEE,)).whose(named("Thompson", "Grace Lee", ("Grace Lee", "Thompson")), create=False)
    assert found.student == LEE
    both = (student("Lee Grace"), student("Thompson Lee"))
    with pytest.raises(Ambiguous):
        matcher(both).whose(named("Lee", "Grace", ("Lee", "Thompson")), create=False)


def test_without_a_class_list_names_and_ids_become_students() -> None:
    desk = matcher()
    new = desk.whose(named("Ying", "Zhou"), create=False)
    assert (new.student.name, new.is_new, new.badge) == ("Ying Zhou", True, Badge.IMPORT)
    assert desk.whose(named("Ying", "Zhou"), create=False).student == new.student
    unsure = desk.whose(named("Ho", "Lam", ("Lam", "Ho"), sureness=Sureness.CHECK), create=False)
    assert unsure.badge is Badge.CHECK
    blind = desk.whose(Whose("moodle", id="77", id_of="submission", sureness=Sureness.SURE), create=False)
    assert blind.student.name == "Participant 77"
    with pytest.raises(Unmatched):  # a group, or a paper without a name
        desk.whose(Whose("moodle", id="78", id_of="submission"), create=False)


def test_what_the_teacher_says_holds() -> None:
    desk = matcher((AMARA,), (JO,))
    assert desk.chosen(Choice(student=JO.id), None).student == JO
    assert desk.chosen(Choice(new=("Ada", "New")), None).student.name == "Ada New"
    with pytest.raises(NotFound, match="no longer there"):
        desk.chosen(Choice(student=StudentId("gone")), None)
    assert desk.said("Amara Okafor", create=False).badge is Badge.IMPORT
    with pytest.raises(Unmatched):
        desk.said("Jo Smith", create=False)
    assert desk.said("Jo Smith", create=True).student == JO


def test_an_id_with_another_name_decides_once_the_teacher_has_taken_that_name_for_hers() -> None:
    zoe = student("Zoe Ray")
    script = Script(
        ScriptId("s"), HOMEWORK.id, AMARA.id, None, "marriedname_4821_9_x.docx", "", system="canvas", system_id="4821"
    )
    desk = matcher((AMARA, zoe))
    desk.scripts_of = lambda one: [script] if one == AMARA else []
    found = desk.whose(Whose("canvas", "", "marriedname", "4821", "person"), create=False)
    assert (found.student, found.badge) == (AMARA, Badge.IMPORT)
    for name, number in (("rayzoe", "4821"), ("married", "4821")):
        with pytest.raises(Unmatched, match="Canvas 4821 is Amara Okafor") as caught:
            desk.whose(Whose("canvas", "", name, number, "person"), create=False)
    assert caught.value.proposals == (AMARA,)
    hers = replace(script, student_id=zoe.id, file_name="LATE rayzoe_4821_10_y.docx")
    desk.scripts_of = lambda one: [hers] if one == zoe else []
    assert desk.whose(Whose("canvas", "", "rayzoe", "4821", "person"), create=False).student == zoe

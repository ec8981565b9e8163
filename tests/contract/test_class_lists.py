"""A class list taken in, on each kind of store: who is joined, asked about, refused, and what is kept of her."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markdesk.core.changes import MembershipChanged, StudentChanged
from markdesk.core.class_list import Asked, ClassList, Listed, Taken
from markdesk.core.errors import Ambiguous, NotFound
from markdesk.core.people import Membership, Student
from markdesk.desk.class_list import ClassPlan, Fate, ListOrder, plan_class_list, take_list
from markdesk.desk.desk import Desk
from markdesk.desk.merging import merge
from markdesk.desk.store import Store
from markdesk.store.memory.store import MemoryStore
from markdesk.store.sqlite.store import SqliteStore
from tests.conftest import Reopen
from tests.kit import CountingIds, FixedClock, SmallDesk, make_desk
from tests.seeds import examples

HERE = ListOrder("13H")


def listed(*rows: Listed) -> ClassList:
    return ClassList("a list", rows, ())


def planned(small: SmallDesk, *rows: Listed, order: ListOrder = HERE) -> ClassPlan:
    return plan_class_list(small.desk, listed(*rows), order)


def taken(small: SmallDesk, *rows: Listed, order: ListOrder = HERE) -> ClassPlan:
    return take_list(small.desk, lambda: plan_class_list(small.desk, listed(*rows), order))


def the(small: SmallDesk, name: str) -> Student:
    (found,) = (student for student in small.store.students() if student.name == name)
    return found


def members(store: Store) -> set[str]:
    names = {student.id: student.name for student in store.students()}
    return {names[member.student_id] for group in store.groups() for member in store.memberships(group.id)}


def with_ids(small: SmallDesk, **ids: str) -> Student:
    """Amara with these ids."""
    before = the(small, "Amara Okafor")
    after = replace(before, ids=tuple(ids.items()))
    small.desk.commit("students", "ids", (StudentChanged(before, after),))
    return after


# Who a row is


def test_new_students_come_into_the_group_with_all_that_the_list_says(small_desk: SmallDesk, reopen: Reopen) -> None:
    row = Listed(5, "Zoë", "Faß", "0123", "13B", True, (("sis", "77"), ("email", "z@x.example")))
    plan = taken(small_desk, row)
    assert [placed.fate for placed in plan.placed] == [Fate.NEW]
    store = reopen(small_desk.store)
    (zoe,) = (student for student in store.students() if student.family_name == "Faß")
    assert zoe == Student(zoe.id, "Zoë", "Faß", "0123", "13B", True, (("sis", "77"), ("email", "z@x.example")))
    assert "Zoë Faß" in members(store)
    assert store.verify().problems == ()


def test_an_id_decides_whatever_the_name_has_become(small_desk: SmallDesk) -> None:
    with_ids(small_desk, sis="1204")
    row = Listed(2, "Amara", "Okafor-Lee", ids=(("sis", "1204"), ("email", "a@x.example")))
    (placed,) = taken(small_desk, row).placed
    assert (placed.fate, placed.why) == (Fate.CHANGED, "by the school's number")
    assert [(one.field, one.before, one.after) for one in placed.fields] == [
        ("name", "Amara Okafor", "Amara Okafor-Lee"),
        ("e-mail", "", "a@x.example"),
    ]
    assert the(small_desk, "Amara Okafor-Lee").candidate_number == "7042"


def test_an_id_with_quite_another_name_is_asked_about(small_desk: SmallDesk) -> None:
    amara = with_ids(small_desk, sis="1204")
    (placed,) = taken(small_desk, Listed(2, "Ravi", "Patel", ids=(("sis", "1204"),))).placed
    assert (placed.fate, placed.proposals) == (Fate.ASKED, (amara,))
    (placed,) = taken(
        small_desk, Listed(2, "Ravi", "Patel", ids=(("sis", "1204"),)), order=ListOrder("13H", answers={2: "new"})
    ).placed
    assert placed.fate is Fate.REFUSED
    assert the(small_desk, "Amara Okafor") == amara


def test_a_weaker_id_does_not_outweigh_a_firmer_one(small_desk: SmallDesk) -> None:
    with_ids(small_desk, sis="1204", email="a.okafor@x.example")
    other = Listed(2, "Ama", "Okafor", ids=(("sis", "9999"), ("email", "A.Okafor@x.example")))
    (placed,) = planned(small_desk, other).placed
    assert placed.fate is Fate.ASKED
    assert "same e-mail and another school's number" in placed.why
    moved = Listed(2, "Amara", "Okafor", ids=(("sis", "1204"), ("email", "new@x.example")))
    (placed,) = planned(small_desk, moved).placed
    assert [(one.field, one.after) for one in placed.fields] == [("e-mail", "new@x.example")]


def test_an_id_that_lost_its_zeros_or_its_capitals_is_the_same(small_desk: SmallDesk) -> None:
    with_ids(small_desk, sis="001204", email="a.okafor@x.example")
    row = Listed(2, "Amara", "Okafor", ids=(("sis", "1204"), ("email", "A.Okafor@x.example")))
    assert taken(small_desk, row).changes == ()
    assert the(small_desk, "Amara Okafor").id_in("sis") == "001204"
    (placed,) = planned(small_desk, replace(row, ids=(("sis", "12040"),))).placed
    assert placed.fate is Fate.ASKED


def test_ids_of_two_students_and_ids_of_two_rows_are_refused(small_desk: SmallDesk) -> None:
    with_ids(small_desk, sis="1204")
    finn = the(small_desk, "Finn O’Connell")
    small_desk.desk.commit("students", "x", (StudentChanged(finn, replace(finn, ids=(("email", "f@x.example"),))),))
    (placed,) = planned(
        small_desk, Listed(2, "Amara", "Okafor", ids=(("sis", "1204"), ("email", "f@x.example")))
    ).placed
    assert placed.fate is Fate.REFUSED
    assert "Amara Okafor" in placed.why
    assert "Finn O’Connell" in placed.why
    rows = [Listed(n, name, "Lee", ids=(("email", mail),)) for n, name, mail in ((4, "Kim", "k@x"), (5, "Ann", "K@X"))]
    plan = planned(small_desk, *rows)
    assert {placed.fate for placed in plan.placed} == {Fate.REFUSED}
    assert "rows 4, 5 have the same e-mail" in plan.placed[0].why
    assert plan.changes == ()


def test_a_candidate_number_joins_in_the_class_where_the_name_agrees(small_desk: SmallDesk) -> None:
    (placed,) = planned(small_desk, Listed(2, "Ama", "Okafor", "7042")).placed
    assert (placed.fate, placed.why) == (Fate.CHANGED, "by the candidate number")
    for other in (("Ravi", "Patel"), ("Amara", "Lee"), ("Chioma", "Okafor")):
        (placed,) = planned(small_desk, Listed(2, *other, "7042")).placed
        assert placed.fate is Fate.ASKED, other
    (placed,) = planned(small_desk, Listed(2, "Ravi", "Patel", "7042"), order=ListOrder("12A")).placed
    assert placed.fate is Fate.NEW  # the numbers are given out anew each year


@pytest.mark.parametrize(
    "near",
    [("Okafor", "Amara"), ("Amara", "Okafar"), ("Ama", "Okafor"), ("Amara Grace", "Okafor"), ("Fin", "O'Connell")],
)
def test_a_name_that_comes_near_is_asked_and_never_joined(small_desk: SmallDesk, near: tuple[str, str]) -> None:
    before = small_desk.store.students()
    (placed,) = taken(small_desk, Listed(2, *near)).placed
    assert placed.fate is Fate.ASKED
    assert placed.proposals[0].given_name[:3] in ("Ama", "Fin")
    assert small_desk.store.students() == before


def test_an_exact_name_is_joined_whatever_its_accents_and_apostrophes(small_desk: SmallDesk) -> None:
    rows = (Listed(2, "Lucja", "SWIDERSKA"), Listed(3, "Finn", "O'Connell"), Listed(4, "amara", "okafor"))
    plan = taken(small_desk, *rows)
    assert {placed.fate for placed in plan.placed} == {Fate.THERE}
    assert plan.changes == ()
    assert plan.missing == ()


def test_a_name_in_another_class_is_asked_and_same_names_says_yes(small_desk: SmallDesk) -> None:
    row = Listed(2, "Amara", "Okafor")
    (placed,) = planned(small_desk, row, order=ListOrder("12A")).placed
    assert placed.fate is Fate.ASKED
    assert "Amara Okafor (okafor) of 13H" in placed.why
    plan = taken(small_desk, row, order=ListOrder("12A", same_names=True))
    assert [group.name for group in plan.placed[0].joins] == ["12A"]
    assert len(small_desk.store.students()) == 3


def test_a_student_of_no_class_joins_by_her_exact_name(small_desk: SmallDesk) -> None:
    amara = the(small_desk, "Amara Okafor")
    small_desk.desk.commit("x", "x", (MembershipChanged(Membership(small_desk.group.id, amara.id), None),))
    (placed,) = taken(small_desk, Listed(2, "Amara", "Okafor")).placed
    assert placed.student == amara
    assert "Amara Okafor" in members(small_desk.store)


def test_a_namesake_with_another_number_is_asked(small_desk: SmallDesk) -> None:
    with_ids(small_desk, sis="1204")
    for row in (Listed(2, "Amara", "Okafor", "0001"), Listed(2, "Amara", "Okafor", ids=(("sis", "7"),))):
        (placed,) = planned(small_desk, row).placed
        assert placed.fate is Fate.ASKED, row
        (placed,) = planned(small_desk, row, order=ListOrder("13H", answers={2: "new"})).placed
        assert placed.fate is Fate.NEW
        (placed,) = planned(small_desk, row, order=ListOrder("13H", answers={2: "okafor"})).placed
        assert placed.fate is Fate.CHANGED
    with pytest.raises(NotFound, match="Row 7 is no student's"):
        planned(small_desk, row, order=ListOrder("13H", answers={7: "new"}))


def test_two_rows_for_one_student_and_two_namesakes_without_numbers_are_not_guessed_at(small_desk: SmallDesk) -> None:
    rows = (Listed(2, "Amara", "Okafor", tutor_group="13A"), Listed(3, "Amara", "Okafor", tutor_group="13B"))
    assert {placed.fate for placed in planned(small_desk, *rows).placed} == {Fate.REFUSED}
    twins = (Listed(2, "Kim", "Lee", tutor_group="13A"), Listed(3, "Kim", "Lee", tutor_group="13B"))
    assert {placed.fate for placed in planned(small_desk, *twins).placed} == {Fate.ASKED}
    numbered = tuple(replace(row, candidate_number=f"000{row.row}") for row in twins)
    assert {placed.fate for placed in planned(small_desk, *numbered).placed} == {Fate.NEW}


def test_who_is_in_the_list_herself_is_not_another_s_slip(small_desk: SmallDesk) -> None:
    rows = (Listed(2, "Finn", "O'Connell"), Listed(3, "Fion", "O'Connell"))
    first, second = planned(small_desk, *rows).placed
    assert (first.fate, second.fate) == (Fate.THERE, Fate.NEW)
    assert "there is Finn O’Connell" in second.note
    assert planned(small_desk, rows[1]).placed[0].fate is Fate.ASKED


def test_a_student_whom_another_row_may_be_keeps_her_name(small_desk: SmallDesk) -> None:
    with_ids(small_desk, sis="1204")
    rows = (Listed(2, "Amara", "Okafor", "0002"), Listed(3, "Amara", "Lee", ids=(("sis", "1204"),)))
    assert [placed.fate for placed in taken(small_desk, *rows).placed] == [Fate.ASKED, Fate.ASKED]
    answered = ListOrder("13H", answers={2: "new", 3: "okafor"})
    assert [placed.fate for placed in taken(small_desk, *rows, order=answered).placed] == [Fate.NEW, Fate.CHANGED]


def test_one_candidate_number_in_two_rows_is_refused(small_desk: SmallDesk) -> None:
    plan = planned(small_desk, Listed(2, "Kim", "Lee", "0001"), Listed(3, "Ann", "Bell", "1"))
    assert {placed.why for placed in plan.placed} == {
        "rows 2, 3 have the same candidate number: 0001",
        "rows 2, 3 have the same candidate number: 1",
    }


def test_a_number_of_one_and_the_name_of_another_are_asked_about(small_desk: SmallDesk) -> None:
    taken(small_desk, Listed(2, "Amara", "Okafar", "0001"), order=ListOrder("13H", answers={2: "new"}))
    (placed,) = planned(small_desk, Listed(2, "Amara", "Okafor", "0001")).placed
    assert placed.fate is Fate.ASKED
    assert [student.name for student in placed.proposals] == ["Amara Okafar", "Amara Okafor"]


# What a list changes, and what it doesn't


def test_an_empty_cell_wipes_nothing_and_zeros_are_not_lost(small_desk: SmallDesk) -> None:
    full = Listed(2, "Kim", "Lee", "0123", "13B", True, (("sis", "7"), ("email", "k@x.example")))
    taken(small_desk, full)
    plan = taken(small_desk, Listed(2, "Kim", "Lee"), Listed(3, "Amara", "Okafor"))
    assert plan.changes == ()
    assert taken(small_desk, Listed(2, "Kim", "Lee", "123")).changes == ()
    kim = the(small_desk, "Kim Lee")
    assert (kim.candidate_number, kim.tutor_group, kim.has_access_arrangements) == ("0123", "13B", True)
    taken(small_desk, Listed(2, "Kim", "Lee", "0124", "13C", False, (("sis", "7"),)))
    kim = the(small_desk, "Kim Lee")
    assert (kim.candidate_number, kim.tutor_group, kim.has_access_arrangements) == ("0124", "13C", False)
    assert kim.ids == full.ids


def test_a_name_whose_halves_were_guessed_changes_no_name(small_desk: SmallDesk) -> None:
    taken(small_desk, Listed(2, "Mary", "Ann Smith", ids=(("sis", "7"),)))
    doubtful = Listed(2, "Mary Ann", "Smith", ids=(("sis", "7"),), others=(("Mary", "Ann Smith"),), doubt="which words")
    assert taken(small_desk, doubtful).changes == ()
    taken(small_desk, replace(doubtful, doubt=""))
    assert the(small_desk, "Mary Ann Smith").given_name == "Mary Ann"


def test_who_is_not_in_the_list_is_told_and_leaves_only_where_that_is_said(small_desk: SmallDesk) -> None:
    row = Listed(2, "Amara", "Okafor")
    plan = taken(small_desk, row)
    assert [student.name for student, _ in plan.missing] == ["Finn O’Connell", "Łucja Świderska"]
    assert len(members(small_desk.store)) == 3
    near = Listed(3, "Fin", "O'Connell")
    plan = taken(small_desk, row, near, order=ListOrder("13H", leaves=True))
    assert [student.name for student, _ in plan.leaving] == ["Łucja Świderska"]  # Finn may be the one asked about
    assert members(small_desk.store) == {"Amara Okafor", "Finn O’Connell"}
    assert len(small_desk.store.students()) == 3
    assert small_desk.store.verify().problems == ()


def test_a_doubtful_column_keeps_everything_from_being_written(small_desk: SmallDesk) -> None:
    found = ClassList("a list", (Listed(2, "Kim", "Lee"),), (Taken(Asked.GIVEN, "column A", "no headings"),))
    plan = take_list(small_desk.desk, lambda: plan_class_list(small_desk.desk, found, HERE))
    assert plan.placed[0].fate is Fate.NEW
    assert plan.changes == ()
    assert len(small_desk.store.students()) == 3


def test_the_step_is_one_and_can_be_taken_back(small_desk: SmallDesk) -> None:
    before = small_desk.store.students(), small_desk.store.groups(), members(small_desk.store)
    rows = (Listed(2, "Kim", "Lee"), Listed(3, "Amara", "Okafor", tutor_group="13B"))
    steps = small_desk.store.verify().changes
    plan = plan_class_list(small_desk.desk, listed(*rows), ListOrder("12A", same_names=True))
    step = small_desk.desk.commit("students", plan.label, plan.changes)
    assert small_desk.store.verify().changes == steps + 1
    assert step.label == "Class list of 12A: 1 new, 1 changed"
    small_desk.desk.take_back(step)
    assert (small_desk.store.students(), small_desk.store.groups(), members(small_desk.store)) == before
    assert small_desk.store.verify().problems == ()


# Which class


ROSTER = (
    Listed(2, "Kim", "Lee", classes=("13A/Hi1", "13B/En2")),
    Listed(3, "Ann", "Bell", classes=("13B/En2",)),
    Listed(4, "Tom", "Shaw"),
)


def test_a_list_of_several_classes_is_asked_about(small_desk: SmallDesk) -> None:
    with pytest.raises(Ambiguous, match=r"'13A/Hi1' \(1\), '13B/En2' \(2\)"):
        planned(small_desk, *ROSTER)
    with pytest.raises(NotFound, match="no class '13C'"):
        planned(small_desk, *ROSTER, order=ListOrder("13H", ("13C",)))
    with pytest.raises(NotFound, match="doesn't say which class"):
        planned(small_desk, ROSTER[2], order=ListOrder())


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (ListOrder("13H", ("13b/en2",)), {"Kim Lee": ["13H"], "Ann Bell": ["13H"]}),
        (ListOrder("13A/Hi1"), {"Kim Lee": ["13A/Hi1"]}),
        (ListOrder("13H", ("all",)), {"Kim Lee": ["13H"], "Ann Bell": ["13H"], "Tom Shaw": ["13H"]}),
        (ListOrder("", ("all",)), {"Kim Lee": ["13A/Hi1", "13B/En2"], "Ann Bell": ["13B/En2"]}),
    ],
)
def test_the_classes_that_are_meant_are_taken(
    small_desk: SmallDesk, order: ListOrder, expected: dict[str, list[str]]
) -> None:
    plan = taken(small_desk, *ROSTER, order=order)
    assert {one.listed.name: [group.name for group in one.joins] for one in plan.placed} == expected
    assert bool(plan.notes) == (len(expected) < 3)
    assert small_desk.store.verify().problems == ()


# Any list


GIVEN = st.sampled_from(("Amara", "Ama", "Finn", "Mary Ann", "Łucja", "Lucja", "Kim", "José"))
FAMILY = st.sampled_from(("Okafor", "Okafar", "O'Neill", "Smith", "van der Berg", "Lee"))
IDS = st.lists(
    st.tuples(st.sampled_from(("sis", "email", "canvas")), st.sampled_from(("1", "2", "3", "4", "5"))),
    max_size=2,
    unique_by=lambda one: one[0],
).map(tuple)
ROW = st.builds(
    Listed,
    st.just(0),
    GIVEN,
    FAMILY,
    st.sampled_from(("", "", "0001", "1", "0002")),
    st.sampled_from(("", "13A", "13B")),
    st.sampled_from((None, True, False)),
    IDS,
)
ROWS = st.lists(ROW, min_size=1, max_size=8).map(lambda rows: [replace(row, row=n) for n, row in enumerate(rows, 2)])


def fresh(store: Store) -> Desk:
    return make_desk(store, FixedClock(), CountingIds())


def put(desk: Desk, rows: Sequence[Listed], order: ListOrder = HERE) -> ClassPlan:
    return take_list(desk, lambda: plan_class_list(desk, listed(*rows), order))


@settings(max_examples=examples(150))
@given(ROWS, ROWS)
def test_the_same_list_again_changes_nothing_and_no_id_is_two_students(
    first: list[Listed], second: list[Listed]
) -> None:
    desk = fresh(MemoryStore())
    put(desk, first)
    put(desk, second)
    held = [one for student in desk.store.students() for one in student.ids]
    assert len(held) == len(set(held))
    again = put(desk, second)
    assert again.changes == ()
    assert not again.of(Fate.CHANGED)
    wanted = {student.id: student for student in desk.store.students()}
    put(desk, [replace(row, candidate_number="", tutor_group="", has_access_arrangements=None) for row in second])
    for student in desk.store.students():
        kept = wanted.get(student.id, student)
        assert student.candidate_number == kept.candidate_number
        assert student.tutor_group == kept.tutor_group
        assert student.has_access_arrangements == kept.has_access_arrangements


@settings(max_examples=examples(25))
@given(ROWS, ROWS)
def test_a_file_and_the_memory_say_the_same(first: list[Listed], second: list[Listed]) -> None:
    with TemporaryDirectory() as folder:
        in_file = SqliteStore(Path(folder) / "marks.db", create=True)
        try:
            desks = fresh(MemoryStore()), fresh(in_file)
            for rows in (first, second):
                plans = [put(desk, rows, ListOrder("13H", leaves=True)) for desk in desks]
                assert plans[0].placed == plans[1].placed
            students = [sorted(desk.store.students(), key=lambda student: student.id) for desk in desks]
            assert students[0] == students[1]
            assert in_file.verify().problems == ()
            if len(students[0]) > 1:
                for desk in desks:
                    merge(desk, students[0][0], students[0][1])
                assert set(desks[0].store.students()) == set(desks[1].store.students())
                assert in_file.verify().problems == ()
        finally:
            in_file.close()

"""The immutable map behaves as a dict that is never altered; names are taken apart as teachers write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.ids import StudentId
from markdesk.core.keyed import Keyed
from markdesk.core.people import Student, split_name
from markdesk.desk.desk import same_person

ACTS = st.lists(st.tuples(st.integers(0, 200).map(str), st.one_of(st.none(), st.integers(0, 5))), max_size=80)


@given(ACTS)
def test_keyed_is_a_dict(acts: list[tuple[str, int | None]]) -> None:
    model: dict[str, int] = {}
    keyed: Keyed[str, int] = Keyed()
    earlier: list[tuple[Keyed[str, int], dict[str, int]]] = []
    for key, value in acts:
        earlier.append((keyed, dict(model)))
        keyed = keyed.with_(key, value)
        if value is None:
            model.pop(key, None)
        else:
            model[key] = value
        assert len(keyed) == len(model)
        assert keyed.get(key) == model.get(key)
    earlier.append((keyed, model))
    for then, plain in earlier:
        assert then == Keyed(plain)
        assert sorted(then.values()) == sorted(plain.values())
        assert all(then.get(str(n)) == plain.get(str(n)) for n in range(0, 201, 7))


def test_keyed_differs() -> None:
    assert Keyed({"a": 1}) != Keyed({"a": 2})
    assert Keyed({"a": 1}) != Keyed({"b": 1})
    assert Keyed({"a": 1}) != {"a": 1}
    assert repr(Keyed({"a": 1})) == "Keyed([1])"


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Amara Okafor", ("Amara", "Okafor")),
        ("Okafor, Amara", ("Amara", "Okafor")),
        ("  Okafor ,  Amara  Rose ", ("Amara Rose", "Okafor")),
        ("Amara Rose Okafor", ("Amara Rose", "Okafor")),
        ("de la Cruz, Ana", ("Ana", "de la Cruz")),
        ("Okafor", ("", "Okafor")),
        ("Okafor,", ("", "Okafor")),
        ("", ("", "")),
    ],
)
def test_split_name(written: str, parts: tuple[str, str]) -> None:
    assert split_name(written) == parts


def test_students_sort_by_family_name_without_accents() -> None:
    names = [("Łucja", "Świderska"), ("Ben", "Shaw"), ("Søren", "Øst"), ("Ana", "Okafor"), ("Ada", "Swift")]
    students = [Student(StudentId(str(i)), given, family) for i, (given, family) in enumerate(names)]
    in_order = [student.family_name for student in sorted(students, key=lambda student: student.sort_key)]
    assert in_order == ["Okafor", "Øst", "Shaw", "Świderska", "Swift"]
    assert Student(StudentId("x"), "", "Cher").name == "Cher"


@pytest.mark.parametrize("written", ["Łucja Świderska", "swiderska, lucja", "Swiderska Lucja", "  LUCJA  swiderska"])
def test_one_person_however_written(written: str) -> None:
    assert same_person(Student(StudentId("x"), "Łucja", "Świderska"), written)
    assert not same_person(Student(StudentId("x"), "Lucy", "Świderska"), written)

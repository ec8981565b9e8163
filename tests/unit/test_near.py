"""Names that may be slips of others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.ids import StudentId
from markdesk.core.people import Student, split_name
from markdesk.desk.near import near_name, near_student

NAMES = ("Henry VII", "Khrushchev", "Essay 1", "The fall of the Tsar")


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Kruschev", "Khrushchev"),
        ("Khruschchev", "Khrushchev"),
        ("Henry VI", "Henry VII"),
        ("Henry", "Henry VII"),
        ("The fall of the Czar", "The fall of the Tsar"),
        # The same name, a series, another name.
        ("henry  vii", None),
        ("Essay 2", None),
        ("Essay 12", None),
        ("Stalin", None),
        ("the", "The fall of the Tsar"),
        ("He", None),
        ("Hen", None),
        ("", None),
    ],
)
def test_assignments(name: str, near: str | None) -> None:
    assert near_name(name, NAMES) == near


def student(name: str) -> Student:
    return Student(StudentId(name), *split_name(name))


CLASS = [student(name) for name in ("Amara Okafor", "Łucja Świderska", "Samuel Jones", "Grace Li")]


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Amra Okafor", "Amara Okafor"),
        ("Okafor Amra", "Amara Okafor"),
        ("Lucia Swiderska", "Łucja Świderska"),
        ("Sam Jones", "Samuel Jones"),
        ("S Jones", "Samuel Jones"),
        ("Amara Okafor", None),
        ("Ada Jones", None),
        ("Grace Lindqvist", None),
        ("Dev Raman", None),
    ],
)
def test_students(name: str, near: str | None) -> None:
    found = near_student(student(name), CLASS)
    assert (found.name if found else None) == near


@given(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=5))
def test_any_names(name: str, others: list[str]) -> None:
    assert near_name(name, others) in (None, *others)
    near_student(student(name), [student(other) for other in others])

"""Names out of sight: numbers that say nothing, and a text that doesn't name its writer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markdesk.core.anonymity import HIDDEN, numbers, without_name
from markdesk.core.essay import Essay
from markdesk.core.ids import StudentId
from markdesk.core.people import Student


def student(given_name: str, family_name: str) -> Student:
    return Student(StudentId("s"), given_name, family_name)


def shown(text: str, given_name: str = "Amara", family_name: str = "Okafor") -> str:
    return without_name(Essay(text), student(given_name, family_name)).text


@given(st.integers(1, 1200), st.text(max_size=8))
def test_every_student_has_a_number_and_an_arrival_changes_none(count: int, seed: str) -> None:
    ids = [f"id-{n:03d}" for n in range(count + 1)]
    before, after = numbers(ids[:-1], seed), numbers(ids, seed)
    assert len(set(after.values())) == count + 1
    assert min(after.values()) >= 1
    assert {one: after[one] for one in ids[:-1]} == before


def test_the_numbers_are_not_in_the_order_of_arrival_and_differ_by_pile() -> None:
    ids = [f"id-{n:02d}" for n in range(30)]
    found = list(numbers(ids, "one").values())
    assert found != sorted(found)
    assert found != list(numbers(ids, "two").values())


def test_no_number_tells_who_came_late() -> None:
    """In a class of forty, half of whom came after the others: their numbers are spread as the others' are."""
    for seed in ("one", "two", "three"):
        found = list(numbers([f"id-{n:02d}" for n in range(40)], seed).values())
        first, late = found[:20], found[20:]
        assert min(late) < max(first)
        assert abs(sum(n > 500 for n in first) - sum(n > 500 for n in late)) < 12


@pytest.mark.parametrize(
    "text",
    [
        "Amara Okafor\n\nThe Reformation was slow.",
        "By OKAFOR, Amara (13H)\n\nThe Reformation was slow.",
        "Name: amara\n\nTeacher: Ms Reed\n\nThe Reformation was slow.",
        "Miss Okafor 12B\n\nThe Reformation was slow.",
        "The Reformation was slow, and it was resisted in the north by those who had most to lose from it.\n\n"
        "I, Amara  Okafor, wrote this essay without help from anybody, and I have counted all of its words with care.",
    ],
)
def test_the_name_is_hidden(text: str) -> None:
    found = shown(text)
    assert "amara" not in found.casefold()
    assert "okafor" not in found.casefold()
    assert len(found) == len(text)
    assert found.count("slow") == 1
    assert [a for a, b in zip(text, found, strict=True) if a != b and b != HIDDEN] == []


def test_somebody_of_the_same_name_in_the_essay_stays() -> None:
    text = "Thomas More refused the oath, and Henry could not forgive him for that, whatever the others at court said."
    assert shown(f"Henry Shaw\n\n{text}", "Henry", "Shaw") == f"{HIDDEN * 5} {HIDDEN * 4}\n\n{text}"


@pytest.mark.parametrize("name", [("", "Okafor"), ("Amara", ""), ("", ""), ("A", "B"), ("(.*)+", "[a-z]{999}")])
def test_a_name_that_is_none_or_hostile_does_no_harm(name: tuple[str, str]) -> None:
    text = "Henry broke with Rome in 1534, and the law that made him head of the church passed without much ado at all."
    assert shown(text, *name) == text


@given(st.text(max_size=200), st.text(max_size=12), st.text(max_size=12))
def test_places_stay_where_they_are(text: str, given_name: str, family_name: str) -> None:
    essay = Essay(text)
    found = without_name(essay, student(given_name, family_name))
    assert len(found.text) == len(text)
    assert [p.span for p in found.paragraphs] == [p.span for p in essay.paragraphs]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Written by Zoe Muller for all to read, and it took her the whole of a long evening.", ("Zoë", "Müller")),
        ("Written by Zoe\u0308 Mu\u0308ller for all to read, and it took the whole of an evening.", ("Zoë", "Müller")),
        ("Finn O'Connell wrote this, and nobody else did, as he says himself at the end of it.", ("Finn", "O’Connell")),
        ("Amara Okafor wrote this, and nobody else did, as she says herself at the end.", ("Amara Grace", "Okafor")),
        ("amara_okafor_essay\n\nThe tanks came.", ("Amara", "Okafor")),
    ],
)  # fmt: skip
def test_a_name_is_hidden_however_it_is_written(text: str, name: tuple[str, str]) -> None:
    found = shown(text, *name)
    assert HIDDEN * 3 in found
    for part in ("Muller", "ller", "Connell", "Okafor", "okafor"):
        assert part not in found

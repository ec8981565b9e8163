"""What a figure, a search or a name may stumble over: each to the row, or to what is shown."""

import shutil
from pathlib import Path

import pytest

from markdesk.core.errors import Ambiguous
from markdesk.core.search_query import read_query
from markdesk.desk.desk import Desk, find_student
from markdesk.desk.searching import search
from tests.figures import by_sql
from tests.figures.by_sql import ask
from tests.figures.conftest import Answer
from tests.figures.desk import FIRST, IDLE, LAST, NEW, STUDENTS
from tests.tui.seat import World

TWINS = (("José Álvarez", "Jose Alvarez"), ("Zoë Lindqvist", "Zoe Lindqvist"), ("Łucja Łódź", "Lucja Lodz"))


@pytest.fixture
def own(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the desk, on which the command line may write."""
    copy = tmp_path / "own.db"
    shutil.copy(path, copy)
    monkeypatch.setenv("MARKDESK_DB", str(copy))
    return copy


# -- a student with no marks, with one, with two records


def test_of_a_student_without_a_mark_no_figure_is_told(answer: Answer, own: Path, tmp_path: Path) -> None:
    assert answer("review", "student", IDLE.name, "--json").json["markings"] == []
    answer("export", "record", "--student", IDLE.name, "--to", tmp_path / "records", "--format", "txt")
    (page,) = (tmp_path / "records").glob("*.txt")
    told = page.read_text()
    assert "No mark to tell yet." in told
    assert "%" not in told
    assert "trend" not in told


async def test_no_response_alone_is_one_gap_and_no_mark(path: Path) -> None:
    """The new student has one marking, and it is no response."""
    async with World(path).sit(size=(120, 40)) as seat:
        await seat.press("s")
        while NEW.name not in seat.here:
            await seat.press("down")
        await seat.press("enter")
        assert "0 marks in 4 pieces of work" in seat.lines[0]
        assert "No mark so far: a trend isn't told from fewer than 3." in seat.spoken
        assert "NR" in seat.spoken
        assert "are gaps, never 0" in seat.spoken


def test_two_records_of_one_student_count_each_for_itself_until_they_are_merged(answer: Answer, own: Path) -> None:
    its = "select count(*) from script where student_id = ?"
    before = by_sql.pile(own, LAST)
    assert [ask(own, its, one.id)[0][0] for one in (IDLE, NEW)] == [0, 1]
    assert IDLE.id in {one["id"] for one in before["not_handed_in"]}
    answer("student", "merge", IDLE.id, NEW.id)
    assert ask(own, "select id from student where id = ?", NEW.id) == []
    assert ask(own, its, IDLE.id)[0][0] == 1
    (marking,) = answer("review", "student", IDLE.name, "--json").json["markings"]
    assert (marking["total"], marking["assignment_id"]) == ("NR", LAST)
    after = answer("review", "assignment", LAST, "--json").json
    assert after["not_handed_in"] == []
    assert after["marks"] == before["marks"]
    assert {**after["drift"], "told": None} == {**before["drift"], "told": None}


# -- no response and 0


def test_a_nought_is_in_the_mean_and_no_response_is_not(answer: Answer, path: Path) -> None:
    marks = answer("review", "assignment", FIRST, "--json").json["marks"]
    rows = ask(
        path,
        "select w.mark, w.no_response from award w join marking m on m.id = w.marking_id join script sc"
        " on sc.id = m.script_id where sc.assignment_id = ?",
        FIRST,
    )
    given = [row["mark"] for row in rows if row["mark"] is not None]
    assert (given.count(0), sum(row["no_response"] for row in rows)) == (1, 1)
    assert marks["n"] == len(given)
    assert marks["mean"] == by_sql.rounded(by_sql.mean_of(given))
    assert marks["counts"]["0"] == 1


# -- whatever is searched for


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ('"beat Simnel"', {"essay"}),
        ('"beat Simnel', {"essay"}),
        ('beat "', {"essay"}),
        ("Simnel AND Stoke", {"essay"}),  # "and" stands in the essay
        ("Simnel AND zzz", set()),
        ("Simnel OR zzz", set()),
        ("Simnel NOT Stoke", set()),
        ("NEAR(Simnel Stoke)", set()),
        ("Simnel NEAR Stoke", {"essay"}),
        ("Simnel NEAR", set()),
        ("essay:Simnel", set()),
        ("^Henry", {"essay"}),
        ("-Simnel", {"essay"}),
        ("Simn*", {"essay"}),
        ("*", set()),
        ("(Simnel", {"essay"}),
        ("beat\0Simnel", {"essay"}),
        ("Simnel\0Stoke", set()),
        ("\U0001f451", set()),
        ("Simnel \U0001f451", {"essay"}),
        ("Simnel " * 1429, {"essay"}),
        ("x" * 10_000, set()),
        ('"' * 10_000, set()),
    ],
)
def test_signs_and_operators_are_words_like_any_other(desk: Desk, query: str, kinds: set[str]) -> None:
    found = search(desk, read_query(query), 100)
    assert {str(one.kind) for one in found.found} == kinds
    assert found.count == (sum(1 for _ in ask(Path(desk.store.info().path), "select 1 from script")) if kinds else 0)


async def test_ten_thousand_characters_and_a_sign_are_typed_into_the_search(path: Path) -> None:
    async with World(path).sit(size=(80, 24)) as seat:
        await seat.press("ctrl+f")
        await seat.paste("Simnel “\U0001f451 " * 1000)
        await seat.until(lambda: "found" in seat.lines[0])
        assert "Henry VII beat Simnel at Stoke" in seat.text


# -- names that differ by an accent alone


@pytest.mark.parametrize(("accented", "plain"), TWINS)
def test_both_names_are_found_by_either_and_each_is_its_own(desk: Desk, path: Path, accented: str, plain: str) -> None:
    known = {f"{row['given_name']} {row['family_name']}": row["id"] for row in ask(path, "select * from student")}
    both = {known[accented], known[plain]}
    for typed in (accented, plain, plain.upper(), plain.split()[1].lower(), f'"{plain}"', plain[:-1] + "*"):
        found = search(desk, read_query(f"in:students {typed}"), 10).found
        assert {one.hit.student.id for one in found if one.hit.student} == both, typed
        for one in found:
            assert one.hit.student is not None
            assert one.words.startswith(one.hit.student.name)
            assert known[one.hit.student.name] == one.hit.student.id
    assert find_student(desk, accented).id == known[accented]
    assert find_student(desk, known[plain]).id == known[plain]
    with pytest.raises(Ambiguous) as refused:
        find_student(desk, plain)  # who types no accent may have left it out
    assert accented in refused.value.message
    assert plain in refused.value.message
    assert refused.value.hint == "Give the id in brackets, or the name with its accent."


def test_they_stand_side_by_side_in_every_list_and_have_files_of_their_own(answer: Answer, tmp_path: Path) -> None:
    names = [one["name"] for one in answer("student", "list", "--json").json["students"]]
    assert names.index("Quin Abbot") < names.index("José Álvarez") < names.index("Farid Aziz")
    for accented, plain in TWINS:
        assert abs(names.index(accented) - names.index(plain)) == 1
    answer("export", "record", "--group", "13H", "--to", tmp_path / "records", "--format", "txt")
    pages = [page.read_text() for page in (tmp_path / "records").glob("*.txt")]
    for name in (*TWINS[0], *TWINS[2]):
        assert sum(page.startswith(name) or f"\n{name}" in page[:200] for page in pages) >= 1, name
    assert len([page for page in pages if "Record of marked work" in page]) >= len(STUDENTS) + 2

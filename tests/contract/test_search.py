"""Search in every kind of store: the same texts, whatever is typed, and none that a hidden name would tell of."""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markdesk.core.changes import AnyChange, AssignmentChanged, ScriptChanged, StudentChanged
from markdesk.core.coursework import Assignment, Script
from markdesk.core.errors import UsageProblem
from markdesk.core.essay import Essay, Span
from markdesk.core.feedback import Field
from markdesk.core.ids import AssignmentId, EssayHash, MarkerId, ScriptId
from markdesk.core.search_hits import Hit
from markdesk.core.search_query import MOST_WORDS, Kind, read_query
from markdesk.core.search_words import phrases_of
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.ports import Keep
from markdesk.desk.store import Store
from markdesk.store.memory.store import MemoryStore
from markdesk.store.sqlite.store import SqliteStore
from tests.conftest import Reopen
from tests.kit import SmallDesk, fill
from tests.seeds import examples

LAW = Essay.from_paragraphs(
    ["Amara Okafor, 13H", "The Enabling Act gave Hitler law by decree.", "Fear of the street was older than the law."]
)


MS_TEST = MarkerId("marker-Ms Test")


def found(store: Store, text: str, marker: MarkerId = MS_TEST, is_typed: bool = False) -> list[str]:
    """What is found, in words that don't depend on the order."""
    query = read_query(text, is_typed)
    hits = store.search(query, marker, 1000)
    assert store.search_count(query, marker) == len(hits)
    return sorted(map(told, hits))


def answer(store: Store, text: str, is_typed: bool = False) -> list[str]:
    """What is found, or the sentence about an ``in:`` that names no place: the one thing that is refused."""
    try:
        return found(store, text, is_typed=is_typed)
    except UsageProblem as problem:
        assert "in:" in text.lower()
        return [str(problem)]


def told(hit: Hit) -> str:
    name = hit.student.family_name if hit.student is not None else hit.assignment.name if hit.assignment else ""
    return f"{hit.kind} {name}"


def another(small: SmallDesk, essay: Essay, is_anonymous: bool = False, set_on: str = "2025-11-16") -> Script:
    """One more assignment, with an essay of the first student."""
    assignment = Assignment(
        AssignmentId("assignment-law"), "Weimar", "Why did it fall?", small.rubric.hash, set_on,
        is_anonymous=is_anonymous,
    )  # fmt: skip
    script = Script(
        ScriptId("script-law"), assignment.id, small.students[0].id, EssayHash(essay.hash), "", "2025-11-20"
    )
    changes: tuple[AnyChange, ...] = (AssignmentChanged(None, assignment), ScriptChanged(None, script))
    small.desk.commit("import", "Weimar", changes, Keep((essay,)))
    return script


def opened(small: SmallDesk, script: Script) -> MarkingDesk:
    (entry,) = small.store.entries(small.desk.marker.id, script_id=script.id)
    return MarkingDesk(small.desk, entry)


@pytest.fixture
def law(small_desk: SmallDesk) -> SmallDesk:
    """A second essay, with a comment, a line of feedback and a private note."""
    desk = opened(small_desk, another(small_desk, LAW))
    desk.annotate(Span(20, 40), "K", "A naïve reading of the decree")
    desk.write_feedback(Field.WWW, 1, "Weighs law against fear")
    desk.write_feedback(Field.NOTE, 1, "Ask her mother about the decree")
    return small_desk


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("enabling act", ["essay Okafor"]),
        ("ENABLING Act", ["essay Okafor"]),
        ('"enabling act"', ["essay Okafor"]),
        ('"act enabling"', []),
        ("act enabling", ["essay Okafor"]),
        ("decree", ["comment Okafor", "essay Okafor", "feedback Okafor"]),
        ("naive", ["comment Okafor", "essay Okafor"]),
        ("naïve decree", ["comment Okafor"]),
        ("weig*", ["feedback Okafor"]),
        ("weig", []),
        ("law NEAR fear", ["essay Okafor", "feedback Okafor"]),
        ("fear ~1 law", ["feedback Okafor"]),
        ("fear ~0 law", []),
        ('law ~1 "fear of"', []),
        ('law ~2 "fear of"', ["essay Okafor"]),
        ("decree in:comments", ["comment Okafor"]),
        ("decree in:comments,feedback", ["comment Okafor", "feedback Okafor"]),
        ("mother", ["feedback Okafor"]),
        ("weimar fall", ["question Weimar"]),
        ("okafor", ["essay Okafor", "student Okafor"]),
        ("SWIDERSKA", ["student Świderska"]),
        ("7042", ["student Okafor"]),
        ("student:swid khrushchev", ["essay Świderska"]),
        ("student:amara student:okaf decree", ["comment Okafor", "essay Okafor", "feedback Okafor"]),
        ("student:swid decree", []),
        ("student:swid", ["essay Świderska", "student Świderska"]),
        ("group:13h khrushchev", ["essay Świderska"]),
        ("group:13 decree in:essays", ["essay Okafor"]),
        ("group:12h khrushchev", []),
        ("year:2026 khrushchev", ["essay Świderska"]),
        ("year:2025 khrushchev", []),
        ("year:2025-26 decree in:essays", ["essay Okafor"]),
        ("year:2025", ["comment Okafor", "essay Okafor", "feedback Okafor", "feedback Okafor", "question Weimar"]),
        ("in:students", []),
        ("in:questions student:okafor why", []),
        ("stamp:K", ["comment Okafor"]),
        ("stamp:k student:okafor decree", ["comment Okafor"]),
        ("stamp:k in:essays", []),
        ("stamp:k stamp:e", ["comment Okafor"]),
        ("stamp:e decree", []),
        ("毛泽东", ["essay Okafor"]),
        ("", []),
        ("  ! ", []),
    ],
)
def test_what_is_found(law: SmallDesk, text: str, expected: list[str]) -> None:
    assert found(law.store, text) == expected


def test_the_best_come_first_and_in_pages(law: SmallDesk) -> None:
    everything = law.store.search(read_query("decree"), law.desk.marker.id, 10)
    pages = [law.store.search(read_query("decree"), law.desk.marker.id, 1, at) for at in range(4)]
    assert [hit for page in pages for hit in page] == list(everything)
    assert len(everything) == 3


def test_a_hit_says_where_it_is(law: SmallDesk) -> None:
    (hit,) = law.store.search(read_query("naive in:comments decree"), law.desk.marker.id, 10)
    assert (hit.kind, hit.span, hit.script_id) == (Kind.COMMENT, Span(20, 40), "script-law")
    assert hit.text == "A naïve reading of the decree"
    assert hit.assignment is not None
    assert hit.assignment.name == "Weimar"
    (line,) = law.store.search(read_query("weighs"), law.desk.marker.id, 10)
    assert line.part == "www.1"


def test_what_another_marker_wrote_is_not_told(law: SmallDesk) -> None:
    second = law.other_marker()
    assert found(law.store, "decree", second.marker.id) == ["essay Okafor"]
    (entry,) = law.store.entries(second.marker.id, script_id=law.scripts[0].id)
    MarkingDesk(second, entry).write_feedback(Field.NOTE, 1, "Not a word of the decree")
    assert found(law.store, "decree", second.marker.id) == ["essay Okafor", "feedback Okafor"]
    assert found(law.store, "decree") == ["comment Okafor", "essay Okafor", "feedback Okafor"]


# -- in step with what is written


def test_every_change_is_found_at_once(small_desk: SmallDesk, reopen: Reopen) -> None:
    store, desk = small_desk.store, small_desk.open(1)
    assert desk.annotate(Span(0, 4), "K", "").is_saved
    (note,) = desk.marking.annotations.values()
    desk.comment(note.id, "Clumsy prose")
    assert found(store, "clumsy") == ["comment Świderska"]
    desk.comment(note.id, "Elegant prose")
    assert (found(store, "clumsy"), found(store, "elegant prose")) == ([], ["comment Świderska"])
    desk.undo()
    desk.undo()
    assert found(store, "prose") == []
    while desk.redo().is_saved:
        pass
    assert found(store, "prose") == ["comment Świderska"]
    desk.comment(note.id, "")
    assert found(store, "prose") == []
    desk.comment(note.id, "prose again")
    desk.remove_annotation(note.id)
    assert found(store, "prose") == []
    student, script = small_desk.students[1], small_desk.scripts[1]
    small_desk.desk.commit("rename", "x", (StudentChanged(student, replace(student, family_name="Nowak")),))
    assert (found(store, "swiderska"), found(store, "nowak")) == ([], ["student Nowak"])
    small_desk.desk.commit(
        "again", "x", (ScriptChanged(script, replace(script, essay_hash=EssayHash(LAW.hash))),), Keep((LAW,))
    )
    assert (found(store, "khrushchev"), found(store, "decree")) == ([], ["essay Nowak"])
    small_desk.desk.store = store = reopen(store)
    assert found(store, "decree") == ["essay Nowak"]
    assert store.verify().problems == ()


def test_a_stamp_and_a_mark_write_nothing_to_the_index(sqlite_desk: SmallDesk) -> None:
    db = sqlite3.connect(sqlite_desk.store.info().path)

    def size() -> list[tuple[int, int]]:
        return [*db.execute("select count(*), sum(length(block)) from search_data"), *db.execute(_COUNT)]

    desk = sqlite_desk.open(1)
    before = size()
    desk.annotate(Span(0, 4), "K", "")
    desk.give_mark("main", 12)
    assert size() == before
    desk.annotate(Span(0, 4), "K", "words")
    assert size() != before


_COUNT = "select count(*), max(id) from searchable"


def test_what_is_deleted_is_gone_from_the_file_once_the_index_is_optimised(sqlite_desk: SmallDesk) -> None:
    path = Path(sqlite_desk.store.info().path)
    desk = sqlite_desk.open(1)
    desk.write_feedback(Field.NOTE, 1, "zyzzogeton")
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("pragma secure_delete = 1")
    assert db.execute("select count(*) from search where search match 'zyzzogeton'").fetchone() == (1,)
    desk.write_feedback(Field.NOTE, 1, "")
    assert db.execute("select count(*) from search where search match 'zyzzogeton'").fetchone() == (0,)
    db.execute("drop trigger log_is_append_only_delete")
    db.execute("delete from log where changes like '%zyzzogeton%'")
    db.execute("insert into search (search) values ('optimize')")
    db.execute("vacuum")
    db.execute("insert into search (search, rank) values ('integrity-check', 1)")  # the numbers are still the same
    db.close()
    assert b"yzzogeton" not in path.read_bytes()


# -- while names are hidden


def hide(small: SmallDesk, assignment_id: str = "assignment-law", hidden: bool = True) -> None:
    (assignment,) = (a for a in small.store.assignments() if a.id == assignment_id)
    small.desk.commit("hide", "x", (AssignmentChanged(assignment, replace(assignment, is_anonymous=hidden)),))


def test_a_hidden_name_finds_nothing_and_stands_in_no_hit(law: SmallDesk) -> None:
    desk = opened(law, next(e.script for e in law.store.entries(law.desk.marker.id) if e.assignment.name == "Weimar"))
    desk.write_feedback(Field.EBI, 1, "Amara, weigh them")
    assert found(law.store, "amara") == ["essay Okafor", "feedback Okafor", "student Okafor"]
    hide(law)
    for name in ("amara", "okafor", "okaf*", '"amara okafor"', "amara NEAR okafor"):
        assert set(found(law.store, name)) <= {"student Okafor"}
    assert found(law.store, "student:okafor decree") == []
    assert found(law.store, "decree in:essays") == ["essay Okafor"]
    assert found(law.store, "decree NEAR amara") == []
    hits = law.store.search(read_query("law"), law.desk.marker.id, 10)
    hits += law.store.search(read_query("weigh in:feedback"), law.desk.marker.id, 10)
    assert {hit.kind for hit in hits} == {Kind.ESSAY, Kind.FEEDBACK}
    assert not any("amara" in hit.text.lower() or "okafor" in hit.text.lower() for hit in hits)
    hide(law, hidden=False)
    assert found(law.store, "amara") == ["essay Okafor", "feedback Okafor", "student Okafor"]


def test_somebody_of_her_name_is_found_in_her_essay_all_the_same(small_desk: SmallDesk) -> None:
    words = ["My essay", *["A line that is long enough to be no header, whatever else it may be."] * 6]
    another(small_desk, Essay.from_paragraphs([*words, "Amara of Kaffa was a queen."]), is_anonymous=True)
    assert found(small_desk.store, "amara") == ["essay Okafor", "student Okafor"]
    assert found(small_desk.store, '"amara okafor"') == ["student Okafor"]


# -- whatever is typed

SCRAPS = (
    "law", "Law's", "decree", "naïve", "NAIVE", "Łódź", "the", "the law", "毛泽东", "ß", "Straße", "1933", "x²", "de",
    "cafe\u0301", "a_b", "don’t", "0",
    "Lodz", "Strasse", "Cæsar", "CAES", "ŒUVRE", "oeuvr", "ǿ", "ẞ", "ıI",
    "ά", "ΟΔΟΣ", "Кремль", "\u0301", "\U0001f451", "l'État",
)  # fmt: skip
SIGNS = (
    '"', "*", "^", ":", "-", "(", ")", "{", "}", "+", ",", "AND", "OR", "NOT", "NEAR", "NEAR/2", "NEAR(", "~3", "~",
    "in:essays", "in:", "student:ama", "group:13", "year:2026", "year:20", "stamp:k", "stamp:é", "essay:",
    "essay :", "'", "; drop table",
    "\\", "\0", "\n", "“", "”",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(SCRAPS), max_size=8).map(" ".join)
QUERIES = st.lists(
    st.tuples(st.sampled_from((*SCRAPS, *SIGNS)), st.sampled_from(("", " ", " ", " "))).map("".join), max_size=6
).map("".join)


@pytest.fixture(scope="module")
def pair() -> Iterator[tuple[Callable[[list[str]], None], tuple[SmallDesk, SmallDesk]]]:
    """The same desk in memory and in a file, and what writes texts on both."""
    with tempfile.TemporaryDirectory() as folder:
        both = fill(MemoryStore()), fill(SqliteStore(Path(folder) / "marks.db", create=True))
        for small in both:
            another(small, LAW, is_anonymous=True)
        desks = [[small.open(0), small.open(1)] for small in both]

        def write(texts: list[str]) -> None:
            for small, (first, second) in zip(both, desks, strict=True):
                for desk, text in zip((first, second), texts, strict=False):
                    desk.write_feedback(Field.WWW, 1, text)
                    note = next(iter(desk.marking.annotations.values()), None)
                    if note is None:
                        desk.annotate(Span(0, 4), "K", text)
                    else:
                        desk.comment(note.id, text[::-1])
                small.clock.wait(100)

        yield write, both
        both[1].store.close()


@pytest.mark.parametrize(
    ("word", "plain"), [("Ǽlfric", "aelfric"), ("Ǣthelstan", "aethelstan"), ("Bǿrglum", "borglum")]
)
def test_a_letter_of_which_the_index_takes_no_accent_off(small_desk: SmallDesk, word: str, plain: str) -> None:
    another(small_desk, Essay.from_paragraphs([f"It was {word} who wrote of it."]))
    for typed in (word, word.lower(), plain, plain[:4] + "*"):
        assert found(small_desk.store, typed) == ["essay Okafor"], typed


@settings(max_examples=examples(80))
@given(texts=st.lists(TEXTS, min_size=2, max_size=2), queries=st.lists(QUERIES, min_size=4, max_size=8))
def test_any_query_finds_the_same_in_both(
    pair: tuple[Callable[[list[str]], None], tuple[SmallDesk, SmallDesk]], texts: list[str], queries: list[str]
) -> None:
    write, (memory, file) = pair
    write(texts)
    for text in queries:
        for is_typed in (False, True):
            assert answer(memory.store, text, is_typed) == answer(file.store, text, is_typed), text


@settings(max_examples=examples(100))
@given(text=st.text(max_size=40))
def test_any_text_is_a_query(pair: tuple[Callable[[list[str]], None], tuple[SmallDesk, SmallDesk]], text: str) -> None:
    _, (memory, file) = pair
    for store in (memory.store, file.store):
        answer(store, text)


def test_the_one_thing_that_is_refused_is_a_place_that_there_is_not(small_desk: SmallDesk) -> None:
    """The sentence is the answer, in every store; whoever still types towards a name is not stopped."""
    assert answer(small_desk.store, "law in:essayslaw") == [
        "in:essayslaw: there is no such place. It takes essays, comments, feedback, questions, students."
    ]
    assert answer(small_desk.store, "okafor in:stud", is_typed=True) == found(small_desk.store, "okafor")


@pytest.mark.parametrize(
    "text", ["law " * 2500, "law" * 3334, '"' * 10_000, '"' + "law " * 2500 + '"', "(" * 10_000, "~9 " * 3000]
)
def test_ten_thousand_characters_are_a_query(small_desk: SmallDesk, text: str) -> None:
    query = read_query(text)
    assert sum(len(phrase.words) for phrase in phrases_of(query.terms)) <= MOST_WORDS
    assert query.is_cut == text.startswith('"law')
    found(small_desk.store, text)

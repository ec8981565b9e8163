"""A desk written as text, made again of it and written again is the same bytes, and the same desk."""

import gzip
import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markdesk.bootstrap import open_demo
from markdesk.core.annotation import Annotation
from markdesk.core.award import Award
from markdesk.core.bank import BankComment
from markdesk.core.changes import (
    AbsenceChanged,
    AnyChange,
    AssignmentChanged,
    BankChanged,
    GradeChanged,
    MembershipChanged,
    ScriptChanged,
    StudentChanged,
)
from markdesk.core.coursework import Assignment, Script
from markdesk.core.essay import Essay, Span
from markdesk.core.feedback import FeedbackLine, Field
from markdesk.core.grades import Grade, GradeKind
from markdesk.core.ids import AssignmentId, EssayHash, ScriptId, StudentId
from markdesk.core.people import Membership, Student
from markdesk.core.queue_notes import Absence, QueueNote, Why
from markdesk.desk.marking_desk import MarkingDesk
from markdesk.desk.ports import Draft, Keep, Place
from markdesk.desk.queueing import QueueActs
from markdesk.formats.text_folder.reading import TextFolder
from markdesk.formats.text_folder.taking_in import import_desk
from markdesk.formats.text_folder.values import to_plain
from markdesk.store.memory.store import MemoryStore
from markdesk.store.sqlite.store import SqliteStore
from tests.contract.test_any_sequence import history
from tests.contract.test_whole_session import SCHEMES
from tests.kit import HARD_ESSAY, CountingIds, FixedClock, fill, make_desk, shipped_rubric
from tests.seeds import examples
from tests.text_folder.copies import busy_desk, exported, files_of, imported, scan, tables_of


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_desk_of_every_kind_of_act_comes_back(tmp_path: Path, scheme: str) -> None:
    small = busy_desk(SqliteStore(tmp_path / "marks.db", create=True), scheme)
    exported(small.store, tmp_path / "first")
    again, told = imported(tmp_path / "again.db", tmp_path / "first")
    assert again.verify().problems == ()
    assert told.steps == again.verify().changes == small.store.verify().changes
    assert (told.assignments, told.scripts, told.foreign) == (1, 3, ())
    exported(again, tmp_path / "second")
    assert files_of(tmp_path / "second") == files_of(tmp_path / "first")
    # The hash chain of the log too: the acts are the same to the letter.
    assert tables_of(tmp_path / "again.db") == tables_of(tmp_path / "marks.db")
    at_first, there = small.open(), replace(small, desk=replace(small.desk, store=again)).open()
    assert history(there) == history(at_first)
    assert there.undo().is_saved
    assert again.verify().problems == ()
    small.store.close()
    again.close()


def test_the_sample_class_comes_back(tmp_path: Path) -> None:
    store = open_demo(tmp_path / "demo.db", fresh=False)
    exported(store, tmp_path / "first")
    store.close()
    again, _ = imported(tmp_path / "again.db", tmp_path / "first")
    assert again.verify().problems == ()
    exported(again, tmp_path / "second")
    again.close()
    assert files_of(tmp_path / "second") == files_of(tmp_path / "first")
    assert tables_of(tmp_path / "again.db") == tables_of(tmp_path / "demo.db")


def test_either_store_gives_and_takes_the_same(tmp_path: Path) -> None:
    scheme = "ib-history-p1-24"
    ours = [busy_desk(MemoryStore(), scheme), busy_desk(SqliteStore(tmp_path / "marks.db", create=True), scheme)]
    folders = [tmp_path / "memory", tmp_path / "sqlite"]
    for small, folder in zip(ours, folders, strict=True):
        exported(small.store, folder)
        small.store.close()
    assert files_of(folders[0]) == files_of(folders[1])
    again = MemoryStore()
    import_desk(again, TextFolder(folders[1]))
    assert again.verify().problems == ()
    exported(again, tmp_path / "again")
    assert files_of(tmp_path / "again") == files_of(folders[1])


@pytest.mark.parametrize("version", [1, 2, 3, 4])
def test_a_desk_of_an_older_markdesk_comes_back(tmp_path: Path, version: int) -> None:
    path = old_desk(tmp_path, version)
    store = SqliteStore(path)
    exported(store, tmp_path / "first")
    again, _ = imported(tmp_path / "again.db", tmp_path / "first")
    assert again.verify().problems == ()
    exported(again, tmp_path / "second")
    assert files_of(tmp_path / "second") == files_of(tmp_path / "first")
    assert again.info().counts == store.info().counts
    store.close()
    again.close()


def old_desk(folder: Path, version: int) -> Path:
    kept = Path(__file__).parents[1] / "fixtures" / f"desk-v{version}.db.gz"
    path = folder / f"v{version}.db"
    path.write_bytes(gzip.decompress(kept.read_bytes()))
    return path


def test_an_empty_desk_comes_back(tmp_path: Path) -> None:
    exported(MemoryStore(), tmp_path / "first")
    again, told = imported(tmp_path / "again.db", tmp_path / "first")
    assert told.steps == 0
    exported(again, tmp_path / "second")
    again.close()
    assert files_of(tmp_path / "second") == files_of(tmp_path / "first")


def test_a_script_that_was_taken_back_leaves_its_text_for_the_log(tmp_path: Path) -> None:
    small = fill(MemoryStore())
    essay = Essay("Handed in, then taken back.")
    student = Student(StudentId("late"), "Late", "Comer")
    script = Script(
        ScriptId("script-late"), small.assignment.id, student.id, EssayHash(essay.hash), "l.txt", "2026-11-20"
    )
    changes = (StudentChanged(None, student), ScriptChanged(None, script))
    step = small.desk.commit("import", "one more", changes, Keep((essay,)))
    small.desk.take_back(step)
    exported(small.store, tmp_path / "first")
    kept = tmp_path / "first" / "earlier-texts" / f"{essay.hash.removeprefix('sha256:')}.txt"
    assert kept.read_text() == essay.text
    again, _ = imported(tmp_path / "again.db", tmp_path / "first")
    assert again.essay(EssayHash(essay.hash)) == essay
    exported(again, tmp_path / "second")
    again.close()
    assert files_of(tmp_path / "second") == files_of(tmp_path / "first")


def test_what_was_half_typed_and_where_she_was_stay_behind(tmp_path: Path) -> None:
    small = fill(SqliteStore(tmp_path / "marks.db", create=True))
    desk = small.open()
    desk.give_mark(small.rubric.scales[0].id, 3)
    script, marker = small.scripts[0].id, small.desk.marker.id
    small.store.save_draft(Draft(script, marker, "comment", "half a secret", "2026-11-23T09:30:00.000+00:00"))
    small.store.save_place(Place(marker, script, small.assignment.id, 0, 5, "2026-11-23T09:30:00.000+00:00"))
    exported(small.store, tmp_path / "first")
    small.store.close()
    assert not any(b"half a secret" in content for content in files_of(tmp_path / "first").values())
    again, _ = imported(tmp_path / "again.db", tmp_path / "first")
    assert again.drafts(script, marker) == ()
    assert again.place(marker) is None
    again.close()


def test_a_text_is_the_very_bytes_whose_hash_it_has(tmp_path: Path) -> None:
    small = fill(MemoryStore())
    exported(small.store, tmp_path / "first")
    (path,) = (path for path in (tmp_path / "first").rglob("essay.txt") if "okafor" in str(path))
    assert "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest() == HARD_ESSAY.hash
    assert path.read_bytes().decode() == HARD_ESSAY.text


def test_originals_are_files_by_their_hash_with_an_ending_that_opens_them(tmp_path: Path) -> None:
    small = fill(MemoryStore())
    scan(small)
    exported(small.store, tmp_path / "first")
    found = sorted((tmp_path / "first" / "sources").iterdir())
    assert [path.suffix for path in found if path.suffix != ".docx"] in ([".jpg", ".pdf"], [".pdf", ".jpg"])
    assert all(hashlib.sha256(path.read_bytes()).hexdigest() == path.stem for path in found)
    exported(small.store, tmp_path / "bare", with_sources=False)
    bare, whole = files_of(tmp_path / "bare"), files_of(tmp_path / "first")
    assert set(whole) - set(bare) == {f"sources/{path.name}" for path in found}
    assert {path for path in bare if bare[path] != whole[path]} == {"markdesk.toml", "README.md"}


def test_hidden_names_name_no_folder(tmp_path: Path) -> None:
    small = fill(MemoryStore())
    hidden = replace(small.assignment, is_anonymous=True)
    small.desk.commit("hide", "Names hidden", (AssignmentChanged(small.assignment, hidden),))
    exported(small.store, tmp_path / "first")
    (assignment,) = (tmp_path / "first" / "assignments").iterdir()
    assert sorted(path.name for path in assignment.iterdir() if path.is_dir()) == [
        "script_000001",
        "script_000002",
        "script_000003",
    ]
    assert not any("Amara" in path.read_text() for path in assignment.rglob("*.md"))
    imported(tmp_path / "again.db", tmp_path / "first")[0].close()


anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
name = st.text(st.sampled_from("AbÖ毛'\u202e[]|#*\n\t\x00\u0301 .-/\"\\"), min_size=1, max_size=8)


@settings(max_examples=examples(25))
@given(
    texts=st.lists(st.none() | anything.map(lambda text: f"{text}\r\n x \t"), min_size=1, max_size=3),
    names=st.lists(name, min_size=3, max_size=3, unique=True),
    said=anything,
    comment=anything,
    notes=st.lists(anything, max_size=2),
)
def test_any_desk_comes_back(
    texts: list[str | None], names: list[str], said: str, comment: str, notes: list[str]
) -> None:
    store = MemoryStore()
    desk = make_desk(store, FixedClock(), CountingIds(), names[0])
    rubric = shipped_rubric()
    assignments = [
        Assignment(AssignmentId(f"{title}-000001"), title, said, rubric.hash, "2026-11-23") for title in names
    ]
    students = [Student(StudentId(f"s-{n}"), names[0], names[n], ids=((said, comment),)) for n in range(len(texts))]
    essays = [None if text is None else Essay(text) for text in texts]
    scripts = [
        Script(
            ScriptId(f"{names[n]}000001"), assignments[0].id, students[n].id, EssayHash(essay.hash) if essay else None,
            said, "2026-11-23", removed=tuple(notes), notes=(comment,),
        )
        for n, essay in enumerate(essays)
    ]  # fmt: skip
    changes: tuple[AnyChange, ...] = (
        *(StudentChanged(None, student) for student in students),
        *(AssignmentChanged(None, assignment) for assignment in assignments),
        *(ScriptChanged(None, script) for script in scripts),
    )
    desk.commit("import", said, changes, Keep(tuple(essay for essay in essays if essay), (rubric,)))
    marking = MarkingDesk(desk, store.entries(desk.marker.id, script_id=scripts[0].id)[0])
    marking.give_mark(rubric.scales[0].id, 7)
    marking.write_feedback(Field.NOTE, 1, said or "a note")
    if essays[0] is not None:
        marking.annotate(Span(0, 2), "K", comment)
    with TemporaryDirectory() as folder:
        root = Path(folder)
        exported(store, root / "first")
        again, _ = imported(root / "again.db", root / "first")
        assert again.verify().problems == ()
        assert again.steps_after(0, 99) == store.steps_after(0, 99)
        assert again.entries(desk.marker.id) == store.entries(desk.marker.id)
        exported(again, root / "second")
        again.close()
        assert files_of(root / "second") == files_of(root / "first")


def tables_in(data: Any) -> Iterator[dict[str, Any]]:
    """Every table of a TOML file, those inside others too."""
    if isinstance(data, dict):
        yield data
    for inner in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from tables_in(inner)


def test_everything_that_stands_on_the_desk_can_be_read_in_its_files(tmp_path: Path) -> None:
    small = busy_desk(MemoryStore(), "ib-history-p1-24")
    queue = QueueActs(small.desk)
    queue.flag(small.entry(1))
    absent = Student(StudentId("away"), "A", "Way")
    changes = (
        StudentChanged(None, absent),
        MembershipChanged(None, Membership(small.group.id, absent.id)),
        AbsenceChanged(None, Absence(small.assignment.id, absent.id, Why.EXTENSION)),
        BankChanged(None, BankComment("own", "Say [why].\n")),
        GradeChanged(None, Grade(absent.id, GradeKind.TARGET, "2026-09-03", "A*/A")),
    )
    small.desk.commit("import", "more", changes)
    exported(small.store, tmp_path / "copy")
    found = [
        table
        for path in (tmp_path / "copy").rglob("*.toml")
        for table in tables_in(tomllib.loads(path.read_text(encoding="utf-8")))
    ]
    store, at = small.store, {"marking_id", "anchor", "script_id", "group_id", "student_id"}
    things = [
        *store.students(), *store.groups(), *store.markers(), *store.assignments(), *store.paper_sets(),
        *store.bank_comments(), *store.absences(small.assignment.id),
        *store.grades(),
    ]  # fmt: skip
    for entry in store.entries(small.desk.marker.id):
        marking = store.marking(entry.script.id, small.desk.marker.id)
        things += [entry.script, *([entry.note] if entry.note else [])]
        if marking is not None:
            things += [
                marking.header, *marking.annotations.values(), *marking.awards.values(), *marking.feedback.values()
            ]  # fmt: skip
    assert {type(thing).__name__ for thing in things} == {
        get_args(kind.__orig_bases__[0])[0].__name__ for kind in get_args(AnyChange)
    } - {"Membership"}
    for thing in things:
        keys = at if isinstance(thing, Annotation | Award | FeedbackLine | QueueNote) else set()
        wanted = {key: value for key, value in to_plain(thing).items() if key not in keys and value != []}
        assert any(all(table.get(key) == value for key, value in wanted.items()) for table in found), thing

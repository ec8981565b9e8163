"""A text folder is written beside its place and put there whole; what is somebody else's stays."""

import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from markdesk.core.changes import ScriptChanged, StudentChanged
from markdesk.core.errors import MarkdeskError, NotFound, StoreUnavailable
from markdesk.core.ids import StudentId
from markdesk.core.people import Student
from markdesk.formats.text_folder import writing
from markdesk.store.memory.store import MemoryStore
from tests.kit import SmallDesk, fill
from tests.text_folder.copies import exported, files_of, hand_in_again


@pytest.fixture
def small() -> SmallDesk:
    return fill(MemoryStore())


def test_nobody_else_can_read_it(small: SmallDesk, tmp_path: Path) -> None:
    usual = os.umask(0o022)
    try:
        exported(small.store, tmp_path / "copy")
    finally:
        os.umask(usual)
    every = [tmp_path / "copy", *(tmp_path / "copy").rglob("*")]
    assert {stat.S_IMODE(path.stat().st_mode) for path in every if path.is_dir()} == {0o700}
    assert {stat.S_IMODE(path.stat().st_mode) for path in every if path.is_file()} == {0o600}


def test_an_earlier_copy_gives_way_and_what_became_of_it_is_told(small: SmallDesk, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    assert not exported(small.store, target).is_over
    same = exported(small.store, target)
    assert (same.is_over, same.new, same.changed, same.gone) == (True, 0, 0, 0)
    group, before = small.group, files_of(target)
    amara = replace(small.students[0], family_name="Eze")
    hand_in_again(small, "Another text.")
    small.desk.commit("rename", "a name", (StudentChanged(small.students[0], amara),))
    done = exported(small.store, target)
    after = files_of(target)
    assert done.new == len(after.keys() - before.keys()) == 3  # her folder goes by her new name; a second text
    assert done.gone == len(before.keys() - after.keys()) == 2
    assert done.changed == sum(before[path] != after[path] for path in before.keys() & after.keys())
    assert group.name == "13H"
    assert list(tmp_path.iterdir()) == [target]


def test_what_lies_beside_an_earlier_copy_stays(small: SmallDesk, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    exported(small.store, target)
    (target / ".git" / "objects").mkdir(parents=True)
    (target / ".git" / "objects" / "x").write_text("kept")
    (target / "my notes.txt").write_text("mine")
    (target / "sources" / ".DS_Store").write_text("litter")
    (target / "home").symlink_to("/nowhere")
    done = exported(small.store, target)
    assert done.kept == (".git/", "home", "my notes.txt")
    assert (target / ".git" / "objects" / "x").read_text() == "kept"
    assert (target / "my notes.txt").read_text() == "mine"
    assert (target / "home").is_symlink()
    assert not (target / "sources" / ".DS_Store").exists()


def put_notes_inside(target: Path) -> None:
    exported(fill(MemoryStore()).store, target)
    (target / "assignments" / "notes.txt").write_text("mine")


def a_link(target: Path) -> None:
    target.with_name("elsewhere").mkdir()
    target.symlink_to(target.with_name("elsewhere"))


def other_files(target: Path) -> None:
    target.mkdir()
    (target / "essay.docx").write_text("mine")


def names_like_ours(target: Path) -> None:
    target.mkdir()
    (target / "README.md").write_text("mine")


PLACES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a folder of other files": (other_files, "is not empty, and no earlier copy"),
    "a folder of files that are called like ours": (names_like_ours, "is not empty, and no earlier copy"),
    "notes inside an earlier copy": (put_notes_inside, r"would go with it: assignments/notes\.txt"),
    "a file": (lambda target: target.write_text("mine"), "is a file, not a folder"),
    "a link": (a_link, "is a link to somewhere else"),
}


@pytest.mark.parametrize("what", PLACES)
def test_what_is_no_earlier_copy_is_left_as_it_is(small: SmallDesk, tmp_path: Path, what: str) -> None:
    lay, told = PLACES[what]
    target = tmp_path / "copy"
    lay(target)
    before = files_of(tmp_path)
    with pytest.raises(MarkdeskError, match=told):
        exported(small.store, target)
    assert files_of(tmp_path) == before


def test_an_empty_folder_is_taken(small: SmallDesk, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    assert not exported(small.store, tmp_path / "copy").is_over
    assert (tmp_path / "copy" / "markdesk.toml").exists()
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_cannot_be_made_is_told(small: SmallDesk, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(MarkdeskError, match=r"is a file, not a folder|Not a directory"):
        exported(small.store, tmp_path / "file" / "copy")


@pytest.mark.parametrize("where", ["write_fresh", "_put", "look_over"])
def test_a_full_disk_leaves_the_earlier_copy(
    small: SmallDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    exported(small.store, tmp_path / "copy")
    before, usual = files_of(tmp_path), getattr(writing, where)
    small.desk.commit("join", "one more", (StudentChanged(None, Student(StudentId("new"), "New", "Comer")),))
    calls = 0

    def full(*args: object) -> object:
        nonlocal calls
        calls += 1
        if calls == (5 if where == "write_fresh" else 2 if where == "look_over" else 1):
            raise OSError(28, "No space left on device")
        return usual(*args)

    monkeypatch.setattr(writing, where, full)
    with pytest.raises(MarkdeskError, match="can't be written: No space left on device"):
        exported(small.store, tmp_path / "copy")
    assert files_of(tmp_path) == before


def test_an_earlier_copy_comes_back_when_the_new_one_cannot_take_its_place(
    small: SmallDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exported(small.store, tmp_path / "copy")
    before, usual, names = files_of(tmp_path), Path.rename, list[str]()

    def rename(path: Path, to: Path) -> Path:
        names.append(path.name)
        if len(names) == 2:
            raise KeyboardInterrupt
        return usual(path, to)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(KeyboardInterrupt):
        exported(small.store, tmp_path / "copy")
    assert len(names) == 3
    assert files_of(tmp_path) == before


class _Busy(MemoryStore):
    """Somebody marks on while the desk is copied."""

    def students(self) -> tuple[Student, ...]:
        if len(self._log) == 1:
            late = StudentChanged(None, Student(StudentId("late"), "Late", "Comer"))
            self.commit(replace(self._log[0], changes=(late,)))
        return super().students()


def test_a_desk_that_changes_meanwhile_is_not_copied(tmp_path: Path) -> None:
    small = fill(_Busy())
    with pytest.raises(StoreUnavailable, match=r"changed while it was copied.*try again"):
        exported(small.store, tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []


def test_a_desk_that_lost_an_original_is_not_copied(small: SmallDesk, tmp_path: Path) -> None:
    script = small.entry(0).script
    lost = replace(script, source_hash="sha256:" + "0" * 64)
    small.desk.commit("import", "x", (ScriptChanged(script, lost),))
    with pytest.raises(NotFound, match="no file"):
        exported(small.store, tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []
    exported(small.store, tmp_path / "copy", with_sources=False)


def test_a_hash_that_is_none_makes_no_file_name(small: SmallDesk, tmp_path: Path) -> None:
    script = small.entry(0).script
    odd = replace(script, source_hash="../../odd")
    small.store._sources["../../odd"] = b"x"  # type: ignore[attr-defined]
    small.desk.commit("import", "x", (ScriptChanged(script, odd),))
    with pytest.raises(MarkdeskError, match="makes no file name"):
        exported(small.store, tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []

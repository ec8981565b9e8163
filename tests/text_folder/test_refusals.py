"""What is no copy of a desk, or was changed, is refused by the file's name, and nothing is kept of it."""

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from markdesk.core.errors import MarkdeskError
from markdesk.store.memory.store import MemoryStore
from markdesk.store.sqlite.store import SqliteStore
from tests.kit import digest, fill
from tests.text_folder.copies import busy_desk, exported, imported, tables_of


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy of a desk on which everything was done."""
    root = tmp_path_factory.mktemp("good") / "copy"
    exported(busy_desk(MemoryStore(), "edexcel-9hi0-essay-20", 90).store, root)
    return root


@pytest.fixture
def copy(good: Path, tmp_path: Path) -> Path:
    """One of its own for each test to spoil."""
    return Path(shutil.copytree(good, tmp_path / "copy"))


def one(root: Path, pattern: str) -> Path:
    return sorted(root.glob(pattern))[0]


def refused(root: Path, desk: Path | None = None) -> str:
    """Why the folder isn't taken in; what is on the desk must be what was there before."""
    path = desk or root.with_name("again.db")
    with pytest.raises(MarkdeskError) as caught:
        imported(path, root)
    assert all(not rows for rows in tables_of(path).values())
    return str(caught.value)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def swap(one: Path, other: Path, is_signed: bool = False) -> None:
    between = one.with_name("between")
    one.rename(between)
    other.rename(one)
    between.rename(other)
    if is_signed:
        sign(one)
        sign(other)


def merge_logs(root: Path) -> None:
    mine, other = one(root, f"{SCRIPT}log.jsonl"), one(root, "assignments/*/*_000002/log.jsonl")
    mine.write_bytes(mine.read_bytes() + other.read_bytes())
    other.write_bytes(b"")
    sign(mine)
    edit(other.with_name("script.toml"), "log =", "# log =")


def link(path: Path) -> None:
    aside = path.parents[3] / "aside"
    path.rename(aside)
    path.symlink_to(aside)


def turn_into_a_file(path: Path) -> None:
    shutil.rmtree(path)
    path.touch()


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


SCRIPT = "assignments/*/*_000001/"
Spoil = Callable[[Path], object]
SPOILT: dict[str, tuple[Spoil, str]] = {
    "an essay that was edited": (
        lambda root: edit(one(root, f"{SCRIPT}essay.txt"), "Wolsey", "Cromwell"),
        r"assignments/.*_000001/essay\.txt is not the text that was exported",
    ),
    "an essay and its hash": (
        lambda root: one(root, f"{SCRIPT}script.toml").write_bytes(
            one(root, f"{SCRIPT}script.toml").read_bytes().replace(b"essay.txt", b"essay-9.txt")
        ),
        r"essay-9\.txt is missing; assignments/.*script\.toml names it",
    ),
    "a way out of the folder": (
        lambda root: edit(one(root, f"{SCRIPT}script.toml"), 'file = "essay.txt"', 'file = "../../../markdesk.toml"'),
        r"markdesk\.toml is missing",
    ),
    "an essay that is gone": (lambda root: one(root, f"{SCRIPT}essay.txt").unlink(), r"essay\.txt is missing"),
    "a marking that is gone": (
        lambda root: one(root, f"{SCRIPT}marking*").unlink(),
        r"_000001/marking_ms-test_.*\.toml is missing; the log tells",
    ),
    "students that are gone": (lambda root: (root / "students.toml").unlink(), r"students\.toml is missing"),
    "a log that is gone": (
        lambda root: one(root, f"{SCRIPT}log.jsonl").unlink(),
        "where act 2 is missing|comes to act",
    ),
    "a log that was cut off": (
        lambda root: (root / "log.jsonl").write_bytes((root / "log.jsonl").read_bytes()[:-9]),
        r"log\.jsonl has what is no whole act, [\d,]+ bytes from its beginning",
    ),
    "a log without its end": (
        lambda root: edit(root / "markdesk.toml", "steps = ", "steps = 1"),
        r"markdesk\.toml says that the log has 1\d+ acts; \d+ were found",
    ),
    "an act twice": (
        lambda root: (root / "log.jsonl").write_bytes(
            (root / "log.jsonl").read_bytes() + (root / "log.jsonl").read_bytes().splitlines(True)[0]
        ),
        r"log\.jsonl holds act 1 a second time",
    ),
    "another mark": (
        lambda root: edit(one(root, "assignments/*/*_000002/marking*"), "no_response = true", "no_response = false"),
        r"_000002/marking_.*\.toml:\d+: award\[1\]\.no_response is False, and by the log it is True",
    ),
    "a key that nobody knows": (
        lambda root: edit(root / "students.toml", 'given_name = "Amara"', 'given_name = "Amara"\nshoe_size = 5'),
        r"students\.toml:\d+: student\[\d\]\.shoe_size is nothing that an export writes here",
    ),
    "a key that is gone": (
        lambda root: edit(root / "students.toml", 'given_name = "Amara"\n', ""),
        r"students\.toml:\d+: student\[\d\] has no 'given_name', which by the log is 'Amara'",
    ),
    "what is no TOML": (
        lambda root: edit(root / "groups.toml", "name =", "name ="[:4]),
        r"groups\.toml: groups\.toml:\d+: not valid TOML",
    ),
    "a scheme with another maximum": (
        lambda root: edit(one(root, "mark-schemes/*"), "max_mark = 20", "max_mark = 21"),
        r"mark-schemes/edexcel.*\.toml:\d+: hash is not the hash of this mark scheme",
    ),
    "a scheme that says more": (
        lambda root: edit(one(root, "mark-schemes/*"), "max_mark = 20", "max_mark = 20\ncolour = 1"),
        r"mark-schemes/edexcel.*\.toml:\d+: mark_scheme\.colour is not a key of this table; known: id, ",
    ),
    "a scheme that is gone": (lambda root: one(root, "mark-schemes/*").unlink(), "speaks of a mark scheme that is mis"),
    "another original": (
        lambda root: one(root, "sources/*").write_bytes(b"another"),
        r"sources/[0-9a-f]{64}.* is not the file that was exported",
    ),
    "an original that is gone": (lambda root: one(root, "sources/*").unlink(), "speaks of a file that is missing"),
    "an original too many": (
        lambda root: (root / "sources" / ("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")).touch(),
        r"sources/e3b0.* is not of this desk",
    ),
    "a text too many": (
        lambda root: one(root, f"{SCRIPT}essay.txt").with_name("essay-77.txt").write_text("x"),
        r"essay-77\.txt is not of this desk",
    ),
    "originals left out": (
        lambda root: edit(root / "markdesk.toml", "sources = true", "sources = false"),
        "without the original files",
    ),
    "a later format": (
        lambda root: edit(root / "markdesk.toml", "text-folder/1", "text-folder/2"),
        r"markdesk\.toml:2: format is 'markdesk\.text-folder/2', and this markdesk reads markdesk\.text-folder/1",
    ),
    "no cover": (lambda root: (root / "markdesk.toml").unlink(), r"is no copy of a desk: it has no markdesk\.toml"),
    "a log beside another script": (
        lambda root: swap(one(root, f"{SCRIPT}log.jsonl"), one(root, "assignments/*/*_000002/log.jsonl")),
        r"log\.jsonl is not the log that was exported: its hash is another than assignments/.*/script\.toml says",
    ),
    "a log beside another script, and its hash too": (
        lambda root: swap(
            one(root, f"{SCRIPT}log.jsonl"), one(root, "assignments/*/*_000002/log.jsonl"), is_signed=True
        ),
        r"log\.jsonl holds acts that belong into another log|script\.toml:2: log is",
    ),
    "acts of two scripts in one log": (merge_logs, r"log\.jsonl holds acts that belong into another log"),
    "an act with another label": (
        lambda root: edit(one(root, f"{SCRIPT}log.jsonl"), '"label":"', '"label":"Not '),
        r"_000001/log\.jsonl is not the log that was exported: its hash is another than .*script\.toml says",
    ),
    "a link": (
        lambda root: link(one(root, f"{SCRIPT}essay.txt")),
        r"essay\.txt in .* is a link; a desk's copy has none",
    ),
    "a link to a folder": (lambda root: link(one(root, f"{SCRIPT}")), r"_000001 in .* is a link"),
    "a pipe": (lambda root: pipe(root / "bank.toml"), r"bank\.toml in .* is not an ordinary file"),
    "a file for a folder": (
        lambda root: turn_into_a_file(root / "papers"),
        r"papers in .* is not a folder",
    ),
}


@pytest.mark.parametrize("what", SPOILT)
def test_what_was_changed_is_named(copy: Path, what: str) -> None:
    spoil, told = SPOILT[what]
    spoil(copy)
    message = refused(copy)
    assert re.search(told, message), message


def act(root: Path, number: int, change: Callable[[dict[str, Any]], object]) -> None:
    """Alter one act of the desk's own log."""
    path = root / "log.jsonl"
    lines = path.read_bytes().splitlines(True)
    plain = json.loads(lines[number])
    change(plain)
    lines[number] = json.dumps(plain, separators=(",", ":")).encode() + b"\n"
    path.write_bytes(b"".join(lines))
    sign(path)


def sign(log: Path) -> None:
    """Say beside a log that this is its hash: whoever alters a log may alter that too."""
    beside = log.with_name("markdesk.toml" if (log.parent / "markdesk.toml").exists() else "script.toml")
    told = f'log = "{digest(log.read_bytes())}"'
    beside.write_text(re.sub(r'^log = ".*"$', told, beside.read_text(), flags=re.M))


ACTS: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "a key": (lambda act: act.update(extra=1), r"act 1: extra is not a key of a log's line"),
    "no label": (lambda act: act.pop("label"), r"act 1: 'label' is missing"),
    "a number for a text": (lambda act: act.update(label=7), r"act 1: label must be text, not 7"),
    "another kind": (lambda act: act.update(kind="doing"), r"act 1: kind can't be 'doing'; known: do, undo, redo"),
    "no time": (lambda act: act.update(at="yesterday"), r"act 1: at is not a time such as"),
    "no changes": (lambda act: act.update(changes=3), r"act 1: changes must be a list"),
    "an odd change": (lambda act: act.update(changes=[{"of": "group"}]), r"act 1: changes\[1\] must have the keys"),
    "a change of nothing known": (
        lambda act: act.update(changes=[{"of": "desk", "after": {}}]),
        r"act 1: changes\[1\]\.of must be one of: student, group",
    ),
    "a field": (
        lambda act: act.update(changes=[{"of": "group", "after": {"id": "g", "name": "x", "x": 1}}]),
        r"act 1: changes\[1\]\.after\.x is not a key of this table",
    ),
    "half a character": (
        lambda act: act.update(changes=[{"of": "group", "after": {"id": "g", "name": "\ud800"}}]),
        r"act 1: changes\[1\]\.after\.name holds half a character",
    ),
    "a number beyond all": (
        lambda act: act.update(changes=[{"of": "award", "after": {"marking_id": "m", "scale": "s", "mark": 2**63}}]),
        r"act 1: changes\[1\]\.after\.mark must be a whole number",
    ),
    "a mark below 0": (
        lambda act: act.update(changes=[{"of": "award", "after": {"marking_id": "m", "scale": "s", "mark": -1}}]),
        r"Act 1 of the log doesn't follow .*CHECK",
    ),
    "a member of no group": (
        lambda act: act.update(changes=[{"of": "membership", "after": {"group_id": "g", "student_id": "s"}}]),
        r"Act 1 of the log doesn't follow .*FOREIGN KEY",
    ),
    "what wasn't so": (
        lambda act: act.update(changes=[{"of": "group", "before": {"id": "g", "name": "x"}}]),
        r"Act 1 of the log doesn't follow from those before it",
    ),
    "an essay that isn't there": (
        lambda act: act["changes"][-1]["after"].update(essay_hash="../../etc/passwd"),
        r"act 1: speaks of an essay that is missing: \.\./\.\./etc",
    ),
}


@pytest.mark.parametrize("what", ACTS)
def test_an_act_that_was_changed_is_named(copy: Path, what: str) -> None:
    change, told = ACTS[what]
    act(copy, 0, change)
    message = refused(copy)
    assert re.search(told, message), message


@pytest.mark.parametrize(
    "line", [b"{\n", b"[" * 100_000 + b"\n", b'{"place":1,"place":1}\n', b'{"place":1,"x":1e999}\n']
)
def test_a_line_that_is_no_act_is_named(copy: Path, line: bytes) -> None:
    lines = (copy / "log.jsonl").read_bytes().splitlines(True)
    for bad in (line, b'{"place":1,' + line):
        (copy / "log.jsonl").write_bytes(bad + b"".join(lines[1:]))
        assert "log.jsonl" in refused(copy, copy.with_name(f"{len(bad)}.db"))


def test_taking_back_what_was_never_done_is_refused(copy: Path) -> None:
    path = one(copy, "assignments/*/*_000002/log.jsonl")
    lines = path.read_bytes().splitlines(True)
    path.write_bytes(lines[0].replace(b'"kind":"do"', b'"kind":"undo"', 1) + b"".join(lines[1:]))
    sign(path)
    assert "takes back or repeats what was never done" in refused(copy)


def test_what_is_no_part_of_a_copy_is_ignored_and_named(copy: Path) -> None:
    (copy / ".git").mkdir()
    (copy / ".git" / "config").write_text("x")
    (copy / "assignments" / "notes.md").write_text("mine")
    (copy / ".DS_Store").write_bytes(b"\x00")
    (copy / "home").symlink_to("/etc")
    (copy / os.fsdecode(b"\xff\x1b[2J")).write_text("odd")
    store, told = imported(copy.with_name("again.db"), copy)
    assert store.verify().problems == ()
    store.close()
    assert set(told.foreign) == {
        ".git/", "assignments/notes.md", ".DS_Store", "home", os.fsdecode(b"\xff\x1b[2J"),
    }  # fmt: skip


def test_what_only_people_read_may_be_changed_or_gone(copy: Path) -> None:
    (copy / "README.md").write_text("my own words")
    (copy / "stamps.toml").unlink()
    whole = "# The students, and the grades that were typed for them."
    edit(copy / "students.toml", whole, "# My students, as I saw them.\r")
    imported(copy.with_name("again.db"), copy)[0].close()


def test_a_desk_that_holds_anything_takes_nothing_in(copy: Path) -> None:
    path = copy.with_name("marks.db")
    fill(SqliteStore(path, create=True)).store.close()
    before = tables_of(path)
    with pytest.raises(MarkdeskError, match=r"isn't empty.*Name a new file"):
        imported(path, copy)
    assert tables_of(path) == before


@pytest.mark.parametrize("most", ["MOST_TOML", "MOST_LINE", "MOST_TEXT", "MOST_CLASS_BYTES"])
def test_a_file_that_is_too_large_is_refused(copy: Path, monkeypatch: pytest.MonkeyPatch, most: str) -> None:
    monkeypatch.setattr(f"markdesk.formats.text_folder.reading.{most}", 10)
    assert "larger than 10 bytes" in refused(copy) or most == "MOST_LINE"


def test_too_many_files_are_refused(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("markdesk.formats.text_folder.finding.MOST_FILES", 5)
    assert "has more than 5 files" in refused(copy)


def test_a_key_that_stands_twice_in_an_act_is_refused(copy: Path) -> None:
    path = copy / "log.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"kind":"do"', b'"kind":"do","kind":"do"', 1))
    sign(path)
    assert re.search(r"log\.jsonl act \d+: is not a line of a log", refused(copy))

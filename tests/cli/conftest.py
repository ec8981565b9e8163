"""Every test runs in folders of its own: no desk, no settings and no name of this machine reaches it."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from markdesk import bootstrap
from markdesk.cli.main import run

RUBRIC = "aqa-7042-b-essay-25"
QUESTION = "How secure was Henry VII by 1499?"
ESSAY = """Henry VII was fairly secure by 1499. He had beaten Simnel at Stoke.

The pretenders were a danger all the same. He had beaten Simnel at Stoke, and Warbeck took [eight] years.

In conclusion, he was secure to a large extent."""
HOSTILE = "[/b][@click=app.quit]x\x1b[31m\u202e"
"""Markup that a screen could act on, an escape code that a terminal could, and a bidirectional override."""


@dataclass(frozen=True)
class Ran:
    """One run of the command line."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        found = json.loads(self.out)
        assert list(_one_sided(found)) == [], "every answer has both ids of a script"
        return found


def _one_sided(answer: Any) -> Iterator[Any]:
    """What an answer says of a script by one of its ids alone."""
    if isinstance(answer, dict):
        if isinstance(answer.get("script"), str | None) and ("script" in answer) != ("short_id" in answer):
            yield answer
        if isinstance(answer.get("script"), str) and not answer["script"].endswith(answer["short_id"]):
            yield answer
    for one in answer.values() if isinstance(answer, dict) else answer if isinstance(answer, list) else ():
        yield from _one_sided(one)


Cli = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("MARKDESK_DB", str(tmp_path / "marks.db"))
    monkeypatch.setenv("MARKDESK_MARKER", "Ms Lee")
    monkeypatch.setenv("MARKDESK_PLUGINS", "off")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Where the desk of this test is, or would be."""
    return tmp_path / "marks.db"


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    """Run the command line; whatever it says, no terminal may be able to obey it."""

    def call(*argv: str | Path) -> Ran:
        capsys.readouterr()
        code = run([str(word) for word in argv])
        said = capsys.readouterr()
        for stream in (said.out, said.err):
            assert "\x1b" not in stream
            assert "\u202e" not in stream
        assert "Traceback" not in said.err
        assert "fault in the program" not in said.err
        return Ran(code, said.out, said.err)

    return call


@pytest.fixture
def essays(tmp_path: Path) -> Path:
    """A folder with two essays, named after who wrote them."""
    folder = tmp_path / "essays"
    folder.mkdir()
    (folder / "Okafor Amara.txt").write_text(ESSAY)
    (folder / "hartley-ben.md").write_text("Ben thinks that Henry was weak.\n\nHe had no sons left but one.")
    return folder


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where desks are kept that the commands filled once, for whoever begins from the same."""
    return tmp_path_factory.mktemp("filled")


@pytest.fixture
def imported(cli: Cli, essays: Path, db: Path, filled: Path) -> Path:
    """A desk with the two essays on it."""
    kept = filled / "imported.db"
    if not kept.exists():
        new = ("--assignment", "Henry VII", "--rubric", RUBRIC, "--group", "13H", "--question", QUESTION)
        done = cli("import", essays, *new)
        assert done.code == 0, done.err
        shutil.copy(db, kept)
    shutil.copy(kept, db)
    return essays


def rows(db: Path, sql: str) -> list[tuple[Any, ...]]:
    """What is in the file, read by a connection that markdesk knows nothing of."""
    connection = sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def assert_whole(db: Path) -> None:
    """The log, the tables and the texts agree."""
    store = bootstrap.open_store(db)
    try:
        assert store.verify().problems == ()
    finally:
        store.close()

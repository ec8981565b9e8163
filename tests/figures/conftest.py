"""The desk of known figures, and the command line on it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from markdesk.cli.main import run
from markdesk.desk.desk import Desk
from markdesk.store.sqlite.store import SqliteStore
from tests.cli.conftest import Ran
from tests.figures.desk import MARKER, a_year
from tests.kit import CountingIds, FixedClock, make_desk

Answer = Callable[..., Ran]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("figures") / "marks.db"
    a_year(path)
    return path


@pytest.fixture
def desk(path: Path) -> Iterator[Desk]:
    store = SqliteStore(path)
    yield make_desk(store, FixedClock(), CountingIds("later"), MARKER)
    store.close()


@pytest.fixture
def answer(path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Answer:
    """What the command line says to these words."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("MARKDESK_PLUGINS", "off")
    monkeypatch.setenv("MARKDESK_DB", str(path))
    monkeypatch.setenv("MARKDESK_MARKER", MARKER)

    def call(*argv: str | Path) -> Ran:
        capsys.readouterr()
        code = run([str(word) for word in argv])
        said = capsys.readouterr()
        assert code == 0, said.err
        return Ran(code, said.out, said.err)

    return call

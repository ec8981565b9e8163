"""Fixtures of every layer: folders that are nobody's, a clock that stands, and a small desk on either store."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

from markdesk.core.essay import Essay
from markdesk.desk.store import Store
from markdesk.store.memory.store import MemoryStore
from markdesk.store.sqlite.store import SqliteStore
from tests.kit import HARD_ESSAY, CountingIds, FixedClock, SmallDesk, fill
from tests.seeds import TIMES, examples

# A machine that is busy makes examples slowly: that says nothing about them.
settings.register_profile(
    "explore",
    settings.get_profile("default"),
    max_examples=examples(100),
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("markdesk", settings.get_profile("explore"), derandomize=True)
settings.load_profile("explore" if TIMES else "markdesk")
if not TIMES:
    # Hypothesis draws from the numbers and words of the modules that are loaded too: which these are hangs on what ran
    # before in the same worker, and on whether the wheel or the tree is tested. There is no setting for it.
    pytest.MonkeyPatch().setattr(providers, "_get_local_constants", Constants)

Reopen = Callable[[Store], Store]


@pytest.fixture(autouse=True)
def nobodys_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test sees, or writes to, the home of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.setenv("MARKDESK_DB", str(home / "data" / "markdesk" / "marks.db"))
    monkeypatch.setenv("MARKDESK_MARKER", "Ms Test")
    return home


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def ids() -> CountingIds:
    return CountingIds()


@pytest.fixture
def hard_essay() -> Essay:
    """Square brackets of every kind, Chinese, emoji sequences, combining marks, a word of 300 characters."""
    return HARD_ESSAY


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind."""
    made: Store = MemoryStore() if request.param == "memory" else SqliteStore(tmp_path / "marks.db", create=True)
    yield made
    made.close()


@pytest.fixture
def small_desk(store: Store) -> SmallDesk:
    """The small desk on each kind of store."""
    return fill(store)


@pytest.fixture
def memory_desk() -> SmallDesk:
    """The small desk in memory alone, for tests that aren't about stores."""
    return fill(MemoryStore())


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[SqliteStore]:
    made = SqliteStore(tmp_path / "marks.db", create=True)
    yield made
    made.close()


@pytest.fixture
def sqlite_desk(sqlite_store: SqliteStore) -> SmallDesk:
    """The small desk in a file."""
    return fill(sqlite_store)


@pytest.fixture
def reopen() -> Iterator[Reopen]:
    """Close a store and open it again, as the next start of the program does; one in memory stays."""
    opened: list[Store] = []

    def again(store: Store) -> Store:
        if not isinstance(store, SqliteStore):
            return store
        store.close()
        opened.append(SqliteStore(store.path))
        return opened[-1]

    yield again
    for store in opened:
        store.close()

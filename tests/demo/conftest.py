"""The sample desk, laid out once for these tests: none of them writes on it."""

from collections.abc import Iterator

import pytest

from markdesk.store.sqlite.store import SqliteStore
from tests.demo.desk import Demo, course, laid_out


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    years = course()
    world = laid_out(tmp_path_factory.mktemp("demo") / "marks.db", years)
    store = SqliteStore(world.path)
    yield Demo(world, world.desk(store), years)
    store.close()

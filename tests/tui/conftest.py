"""A fresh desk for each test, copied from one that is laid out once."""

import shutil
from pathlib import Path

import pytest

from tests.kit import CountingIds
from tests.tui.desks import lay_out
from tests.tui.seat import World


@pytest.fixture(scope="session")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The desk of four shapes; nobody writes to this one."""
    return lay_out(tmp_path_factory.mktemp("laid-out") / "marks.db")


@pytest.fixture(scope="session")
def marked_on(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where desks are kept on which a fixture pressed its keys once; see ``desks.once``."""
    return tmp_path_factory.mktemp("marked-on")


@pytest.fixture
def world(laid_out: World, tmp_path: Path) -> World:
    """The desk of four shapes, for one test."""
    path = tmp_path / "marks.db"
    shutil.copy(laid_out.path, path)
    return World(path, ids=CountingIds("test"))

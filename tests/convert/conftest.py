"""The command line and its folders, as in the tests of the commands."""

import pytest

from markdesk.formats import rubric_from
from markdesk.formats.child import ChildReader
from tests.cli.conftest import _own_folders, cli

__all__ = ["_own_folders", "cli"]


@pytest.fixture
def without_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child's answer without the process, which costs more than all the rest; test_good has one of each with it."""

    def rubrics(self: ChildReader, kind: str, data: bytes, file_name: str) -> dict[str, object]:
        return rubric_from.answer(kind, data, file_name)

    monkeypatch.setattr(ChildReader, "rubrics", rubrics)

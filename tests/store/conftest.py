"""Child processes that are always ended, whatever becomes of the test."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.kit import child_environment

Child = subprocess.Popen[str]
Start = Callable[..., Child]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start ``tests.store.children`` with these arguments."""
    children: list[Child] = []

    def begin(what: str, path: Path, *more: str) -> Child:
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.store.children", what, str(path), *more],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=child_environment(),
        )
        children.append(child)
        return child

    yield begin
    for child in children:
        child.kill()
        child.communicate()


def first_line(child: Child) -> str:
    """What the child says first; its error when it says nothing."""
    assert child.stdout is not None
    line = child.stdout.readline().strip()
    if not line:
        raise AssertionError(child.communicate()[1])
    return line

"""A broken file is text or a refusal by name; nothing else comes out of it."""

import time
from pathlib import Path

import pytest

from markdesk.formats.child import ChildReader

from .mutations import FORMATS, mutations, outcome


@pytest.mark.parametrize("kind", FORMATS)
def test_damaged_files_are_read_or_refused(kind: str, tmp_path: Path) -> None:
    seen: dict[str, int] = {}
    path = tmp_path / f"essay.{kind}"
    with ChildReader() as reader:
        for data in mutations(kind, 30, 1848):
            path.write_bytes(data)
            began = time.perf_counter()
            found = outcome(path, reader)
            assert time.perf_counter() - began < 10
            seen[found] = seen.get(found, 0) + 1

    assert set(seen) == {"text", "refused"}

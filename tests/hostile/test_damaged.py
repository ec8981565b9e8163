"""Two thousand damaged files of every format: each is read or refused, in time, and nothing else comes of it.

The same ones each time; `just explore` tries others. A failure tells the seed, and the bytes.
"""

import signal
from pathlib import Path

import pytest

from markdesk.core.errors import ListUnreadable
from markdesk.formats.class_lists import class_list
from tests.hostile.batch import run
from tests.hostile.wounds import KINDS
from tests.seeds import SEED

KEPT = Path(__file__).parent / "kept"
PARTS, FILES = 2, 1_000


@pytest.mark.slow
@pytest.mark.seeded
@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarms here")
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("kind", KINDS)
def test_damaged_files_are_read_or_refused(kind: str, part: int) -> None:
    told = run(kind, FILES, SEED * 10 + part)
    print(f"seed {SEED * 10 + part}: {dict(told.seen)}, slowest {told.slowest:.2f} s")
    assert told.faults == []
    assert set(told.seen) - {"died"} == {"text", "refused"}
    assert told.seen["died"] * 10 < FILES
    assert sum(told.seen.values()) == FILES
    assert told.slowest < 10


@pytest.mark.parametrize("path", sorted(KEPT.iterdir()), ids=lambda path: path.name)
def test_a_file_that_was_a_fault_once_gets_its_answer(path: Path) -> None:
    """What damaged files brought to light is kept for good; a list's reader may die of one, and no more than that."""
    with pytest.raises(ListUnreadable, match="made its reader fail"):
        class_list(path.read_bytes(), path.name)

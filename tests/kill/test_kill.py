"""The program is killed while it is being marked on, and nothing that it had acknowledged may be gone.

The harness is ``benchmarks.kill``; ``python -m benchmarks.kill 200`` runs more of the same.
"""

import os

import pytest
from benchmarks import kill
from benchmarks.planted import FAULTS

from tests.seeds import SEED

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal and POSIX signals"),
]


@pytest.mark.seeded
def test_nothing_acknowledged_is_lost_in_forty_kills() -> None:
    done = kill.run(40, SEED)
    found = {t.seed: [*t.lost, *t.problems] for t in done if not t.is_clean}
    assert not found, f"repeat one with kill.run(1, SEED): {found}"
    # A test in which nothing was acknowledged would pass with any store.
    assert sum(t.acknowledged for t in done) >= 40
    assert sum(t.words_shown for t in done) >= 10


@pytest.mark.parametrize("fault", FAULTS)
def test_the_harness_finds_a_planted_fault(fault: str) -> None:
    done = kill.run(30, 1, fault, until_found=True)
    assert any(not t.is_clean for t in done), f"'{fault}' went unnoticed in {len(done)} sessions"

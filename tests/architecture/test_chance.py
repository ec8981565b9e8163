"""A run of the suite says the same each time: what is drawn hangs on nothing but the test that draws it."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kit import ROOT
from tests.seeds import TIMES


def drawn() -> list[tuple[str, str]]:
    """What a property draws under the settings of this run."""
    found: list[tuple[str, str]] = []

    @given(st.text(), st.floats())
    def draw(text: str, number: float) -> None:
        found.append((text, repr(number)))

    draw()
    return found


@pytest.mark.skipif(TIMES > 0, reason="drawn anew each time")
def test_a_module_that_is_loaded_meanwhile_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = drawn()
    words = [f"another {at}" for at in range(300)]
    (tmp_path / "loaded_meanwhile.py").write_text(f"WORDS = {words}\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    __import__("loaded_meanwhile")
    assert drawn() == before


def test_each_number_of_examples_can_be_multiplied() -> None:
    """By ``examples``, so that `just explore` reaches every property."""
    bare = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("*.py")
        if re.search(r"max_examples=[^e]", path.read_text("utf-8")) and path != Path(__file__)
    ]
    assert bare == []

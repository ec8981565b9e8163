"""Hostile files one by one, from the folder that a teacher names to the essay, with everything watched meanwhile."""

import re
import tempfile
from collections import Counter
from pathlib import Path

import pytest

from markdesk.desk.handed_in import Gathered
from tests.hostile.every import CASES
from tests.hostile.handed import Case
from tests.hostile.oracle import check_refusals, gathered


def test_no_two_cases_have_one_name() -> None:
    assert [name for name, count in Counter(case.name for case in CASES).items() if count > 1] == []


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a reader would leave what it has no business to leave: its working folder, and its temporary one."""
    place = tmp_path / "scratch"
    place.mkdir()
    monkeypatch.chdir(place)
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return place


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_is_read_or_refused(case: Case, tmp_path: Path, scratch: Path) -> None:
    place = Path("handed in")
    place.mkdir()
    (place / case.file_name).write_bytes(case.make())
    # A zip in a folder is refused by name; one is looked into where the teacher names it.
    named = place / case.file_name if case.file_name.endswith(".zip") else place
    found = gathered(named, tmp_path)
    check_refusals(found, tmp_path)
    _check(case, found)


def _check(case: Case, found: Gathered) -> None:
    whole = "\n".join("\n".join(one.draft.paragraphs) for one in found.handed)
    out = "\n".join(line for one in found.handed for line in one.draft.removed)
    notes = "\n".join([*(note for one in found.handed for note in one.draft.notes), *found.notes])
    reasons = "\n".join(turned.reason for turned in (*found.refused, *found.skipped))
    if case.text:
        assert len(found.handed) == case.essays, reasons
    elif case.refused:
        assert not found.handed, whole[:500]
    for words in case.text:
        assert words in whole
    for words in case.without:
        assert words not in whole
    for words in case.removed:
        assert words in out
    if case.told:
        assert re.search(case.told, notes), notes
    if case.refused:
        assert re.search(case.refused, reasons), reasons
    if not case.text and not case.refused:
        assert bool(found.handed or reasons) == bool(case.essays)

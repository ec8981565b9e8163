"""Sixty and more files of schools' systems, filled in: the cells that are written, and every other byte as it was."""

import pytest

from markdesk.desk.filling import Fate
from tests.worksheets.desk import Laid, lay_out
from tests.worksheets.files import FILES, File


@pytest.fixture(scope="module")
def laid() -> Laid:
    return lay_out()


def _bytes(file: File) -> tuple[bytes, bytes]:
    if "\udce9" not in file.text:
        return file.data, file.filled
    damaged = File(file.name, file.text.replace("\udce9", "BROKEN"))
    return damaged.data.replace(b"BROKEN", b"\xe9"), damaged.filled.replace(b"BROKEN", b"\xe9")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_only_the_cells_that_are_written_change(laid: Laid, file: File) -> None:
    data, expected = _bytes(file)
    filled, plan = laid.fill(data, file.chosen, file.order)
    assert filled == expected
    for fate, told in ((Fate.REFUSED, file.refused), (Fate.LEFT, file.left)):
        found = {row.row.number: row.why for row in plan.of(fate)}
        assert found.keys() == told.keys(), found
        for number, why in told.items():
            assert why in found[number]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_that_was_filled_in_changes_no_more(laid: Laid, file: File) -> None:
    _, filled = _bytes(file)
    again, plan = laid.fill(filled, file.chosen, file.order)
    assert again == filled
    assert not plan.of(Fate.WRITTEN)

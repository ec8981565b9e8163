"""Every hostile file gets its answer in time: it is read as written here, or refused by name, and does nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from markdesk.core.errors import EssayUnreadable
from markdesk.core.essay import Essay
from markdesk.desk.drafts import EssayDraft
from markdesk.formats.child import ChildReader, read_file
from markdesk.formats.gathering import look, read_all

from .case import ESSAY, Case, Doubted, Reads, Refused
from .page_cases import CASES as PAGES
from .text_cases import CASES as TEXTS
from .word_cases import CASES as DOCUMENTS
from .zip_cases import CASES as ZIPS
from .zip_cases import ZipCase

CASES = (*DOCUMENTS, *PAGES, *TEXTS)


PATIENCE = 60.0
"""Seconds for one file: several times what a reader is given, since the tests run beside one another."""


@pytest.fixture(scope="module")
def reader() -> Iterator[ChildReader]:
    with ChildReader(PATIENCE) as child:
        yield child


def answer(path: Path, reader: ChildReader) -> EssayDraft | EssayUnreadable:
    try:
        return read_file(path, reader)
    except EssayUnreadable as refusal:
        return refusal


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hostile_file_gets_its_answer(
    case: Case, reader: ChildReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / case.file
    path.write_bytes(case.make())
    given = answer(path, reader)

    assert [found.name for found in tmp_path.rglob("*")] == [case.file]
    if isinstance(case.answer, Refused):
        assert isinstance(given, EssayUnreadable), given
        assert case.answer.reason in given.message
        assert "made its reader fail" not in given.message
        assert "longer than" not in given.message
        assert case.file in given.message
        assert given.hint
        assert "\n" not in given.message
        return
    assert isinstance(given, EssayDraft), f"{given.message} {given.hint}"
    if isinstance(case.answer, Reads):
        assert given.paragraphs == case.answer.paragraphs
        assert any(case.answer.told in note for note in given.notes) or not case.answer.told, given.notes
    elif isinstance(case.answer, Doubted):
        assert any(case.answer.told in note for note in given.notes), given.notes
    else:
        whole = Essay.from_paragraphs(given.paragraphs)
        assert whole.text.startswith(case.answer.start)
        assert whole.words == case.answer.words


@pytest.mark.parametrize("case", ZIPS, ids=lambda case: case.name)
def test_a_hostile_zip_gets_its_answer(case: ZipCase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "pile.zip"
    path.write_bytes(case.make())
    given = read_all(look([str(path)]), lambda done, total: None)
    given.release()

    assert [found.name for found in tmp_path.rglob("*")] == ["pile.zip"]
    assert tuple(one.file_name for one in given.handed) == case.taken
    assert len(given.refused) == len(case.refused), given.refused
    for turned, words in zip(given.refused, case.refused, strict=True):
        assert words in f"{Path(turned.path).name}: {turned.reason}"
    for one in given.handed:
        assert one.draft.paragraphs[0].startswith(ESSAY)


def test_there_are_as_many_cases_as_are_told_of() -> None:
    names = [case.name for case in (*CASES, *ZIPS)]
    assert len(names) >= 240
    for kind in (DOCUMENTS, PAGES, TEXTS, ZIPS):
        own = [case.name for case in kind]
        assert len(set(own)) == len(own)

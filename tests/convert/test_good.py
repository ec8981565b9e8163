"""Files of other systems come in with the criteria, levels, ranges and totals that stand in them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from markdesk.core.rubric import Status
from markdesk.core.rubric_check import check_rubric
from markdesk.formats.rubric_from import FORMATS, Converted, convert, convert_file
from markdesk.formats.rubric_from.detect import detect
from markdesk.formats.rubric_toml import read_rubric
from markdesk.formats.rubric_write import rubric_toml
from tests.convert import canvas_files, json_files, markus_files, moodle_files, page_files
from tests.convert.cases import Good, Wanted, at, shape

GOOD = [good for files in (canvas_files, moodle_files, json_files, markus_files, page_files) for good in files.GOOD]


def converted(good: Good) -> Converted:
    assert detect(good.data) == good.kind
    return convert(good.data, good.file_name, good.kind)[good.which]


def test_there_are_enough_files() -> None:
    assert len({(good.data, good.which) for good in GOOD}) >= 50
    assert {good.kind for good in GOOD} == set(FORMATS)


@pytest.mark.parametrize("good", GOOD, ids=lambda good: f"{good.kind}: {good.name}")
def test_a_file_is_converted(good: Good, tmp_path: Path) -> None:
    made = converted(good)
    data = made.data
    wanted = tuple(Wanted(w.title, w.ranges, w.labels, w.max) for w in good.scales)
    assert shape(data) == wanted
    assert data["max_mark"] == good.total == sum(scale["max"] for scale in data["scale"])
    assert "|".join(strand["name"] for strand in data.get("strand", [])) == good.strands
    assert data["zero"]["label"] == good.zero
    for path, text in good.texts.items():
        assert str(at(data, path)) == text
    for words in (*good.said, "The scheme is a draft"):
        assert [note for note in made.notes if words in note], made.notes
    honest(data, good.file_name)
    reads_back(data, tmp_path)


def honest(data: dict[str, Any], file_name: str) -> None:
    """What no format says is not made up."""
    assert data["status"] == "draft"
    assert file_name in data["provenance"]["basis"]
    assert not data["provenance"]["checked_by"]
    assert "board" not in data


def reads_back(data: dict[str, Any], folder: Path) -> None:
    """The checker takes the data, and the file on the disk is the same scheme."""
    rubric, problems = check_rubric(data)
    assert problems == ()
    text = rubric_toml(data, ["A comment."])
    assert tomllib.loads(text) == data
    path = folder / f"{data['id']}.toml"
    path.write_text(text, encoding="utf-8")
    again = read_rubric(path)
    assert again == rubric
    assert again.status is Status.DRAFT


ONE_EACH = {good.kind: good for good in GOOD if FORMATS[good.kind].in_child}


@pytest.mark.parametrize("kind", ONE_EACH)
def test_the_child_process_gives_the_same(kind: str, tmp_path: Path) -> None:
    good = ONE_EACH[kind]
    path = tmp_path / good.file_name
    path.write_bytes(good.data)
    assert convert_file(path)[good.which] == converted(good)
    assert convert_file(path, rubric_id="mine")[0].data["id"] == "mine"

"""``markdesk rubric list``, ``show`` and ``check`` on all that ships."""

import json

import pytest

from markdesk.cli.main import run
from markdesk.core.rubric import Status
from tests.kit import RUBRICS, shipped_rubric

FILES = sorted(RUBRICS.glob("*.toml"))


def test_list_names_every_scheme_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rubric", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    for path in FILES:
        assert len([line for line in lines if path.stem in line.split()]) == 1


@pytest.mark.parametrize("rubric_id", [path.stem for path in FILES])
def test_show_gives_the_whole_scheme(rubric_id: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rubric", "show", rubric_id, "--json"]) == 0
    shown, rubric = json.loads(capsys.readouterr().out), shipped_rubric(rubric_id)
    assert shown["provenance"]["basis"] == rubric.provenance.basis
    assert [
        (scale["id"], level["label"], level["min"], level["max"], level["summary"], level["strands"])
        for scale in shown["scales"]
        for level in scale["levels"]
    ] == [
        (scale.id, level.label, level.min, level.max, level.summary, level.strand)
        for scale in rubric.scales
        for level in scale.levels
    ]
    assert [cap["ask"] for cap in shown["caps"]] == [cap.ask for cap in rubric.caps]
    assert [flag["text"] for flag in shown["flags"]] == [flag.text for flag in rubric.flags]


@pytest.mark.parametrize("rubric_id", [path.stem for path in FILES])
def test_show_prints_and_a_draft_warns(rubric_id: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rubric", "show", rubric_id]) == 0
    said, rubric = capsys.readouterr(), shipped_rubric(rubric_id)
    assert rubric_id in said.out
    assert ("draft" in said.err) is (rubric.status is Status.DRAFT)


def test_check_finds_every_file_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rubric", "check", *map(str, FILES)]) == 0
    assert capsys.readouterr().out.count("is sound") == len(FILES)

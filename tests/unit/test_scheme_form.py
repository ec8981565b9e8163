"""The form for a new mark scheme: what is proposed, what is made of what was typed, and where a problem belongs."""

import json
from pathlib import Path

import pytest

from markdesk.core.errors import MarkdeskError
from markdesk.core.rubric import Rubric
from markdesk.core.rubric_check import check_rubric
from markdesk.desk.scheme_fields import read_limit, read_number, read_range
from markdesk.desk.scheme_files import Draft, draft_in, draft_text
from markdesk.desk.scheme_form import SchemeForm
from markdesk.formats.own_schemes import OwnSchemes
from tests.kit import RUBRICS, shipped_rubric
from tests.schemes import pointed, whole

GENERIC = "generic-essay-4strand"
SHIPPED = sorted(path.stem for path in RUBRICS.glob("*.toml"))


@pytest.fixture
def files(tmp_path: Path) -> OwnSchemes:
    return OwnSchemes(tmp_path / "rubrics", tmp_path / "drafts", dict)


def form(files: OwnSchemes, rubric: Rubric | None = None, taken: dict[str, Path] | None = None) -> SchemeForm:
    return SchemeForm(rubric or shipped_rubric(GENERIC), files, taken or {})


def ranges(of: SchemeForm) -> list[str]:
    return [field.proposed for field in of.fields if field.key.endswith(".range")]


@pytest.mark.parametrize("rubric_id", SHIPPED)
def test_every_scheme_can_be_begun_from_with_a_title_alone(files: OwnSchemes, rubric_id: str) -> None:
    template = shipped_rubric(rubric_id)
    new = form(files, template)
    new.put("title", "Ours")
    assert new.problems == {}
    assert (new.rubric.id, new.rubric.scales, new.rubric.strands) == ("ours", template.scales, template.strands)
    assert (new.rubric.caps, new.rubric.flags, new.rubric.penalties) == (
        template.caps,
        template.flags,
        template.penalties,
    )


@pytest.mark.parametrize("rubric_id", SHIPPED)
def test_every_field_can_be_emptied_without_a_fault_and_the_problem_is_at_a_field(
    files: OwnSchemes, rubric_id: str
) -> None:
    new = form(files, shipped_rubric(rubric_id))
    for key in [field.key for field in new.fields]:
        new = form(files, shipped_rubric(rubric_id))
        new.put("title", "Ours")
        new.put(key, "")
        keys = {field.key for field in new.fields}
        assert set(new.problems) <= keys, key
        if not key.startswith(("strand.", "cap.", "board", "levels")) or key.endswith((".limit", ".kind")):
            assert key in new.problems


def test_a_size_proposes_ranges_and_forgets_those_that_were_typed(files: OwnSchemes) -> None:
    new = form(files)
    new.put("level.main.2.range", "5-9")
    assert new.problems["level.main.3.range"].startswith("an overlap")
    new.put("max", "25")
    assert "level.main.3.range" not in new.problems
    assert ranges(new) == ["21-25", "16-20", "11-15", "6-10", "1-5"]
    new.put("levels", "4")
    assert ranges(new) == ["20-25", "14-19", "7-13", "1-6"]
    new.put("levels", "40")
    assert new.problems["levels"] == "A scheme has 1 to 10 levels, not 40."
    new.put("levels", "")
    assert "whole number" in new.problems["levels"]
    new.put("levels", "4")
    new.put("max", "3")
    assert "too few" in " ".join(new.problems.values())


def test_an_id_is_proposed_that_is_free(files: OwnSchemes) -> None:
    taken = {"our-essay": Path("our-essay.toml"), "our-essay-2": Path("our-essay-2.toml")}
    new = form(files, taken=taken)
    new.put("title", "Our essay")
    assert new.rubric.id == "our-essay-3"
    new.put("id", "our-essay")
    assert new.problems["id"] == "'our-essay' is taken: our-essay.toml is there already"


def test_strands_are_renamed_left_out_and_added(files: OwnSchemes) -> None:
    new = form(files)
    new.put("title", "Ours")
    new.put("strand.focus", "")
    new.put("strand.knowledge", "What you know")
    new.put("strand.+1", "Sources")
    assert [strand.id for strand in new.rubric.strands] == ["what-you-know", "analysis", "judgement", "sources"]
    assert list(new.problems) == [f"level.main.{n}.strand.+1" for n in range(5, 0, -1)]
    for n in range(1, 6):
        new.put(f"level.main.{n}.strand.+1", "Uses them.")
    assert new.problems == {}
    assert new.field("strand.+2").proposed == "", "room for one more"
    assert new.rubric.scales[0].levels[0].strand["what-you-know"] == shipped_rubric(GENERIC).scales[0].levels[0].strand[
        "knowledge"
    ]  # fmt: skip


def test_two_strands_of_one_name_have_two_ids(files: OwnSchemes) -> None:
    new = form(files)
    new.put("strand.focus", "Same")
    new.put("strand.knowledge", "Same")
    assert [strand.id for strand in new.rubric.strands][:2] == ["same", "same-2"]


def test_points_are_filled_in_too(files: OwnSchemes) -> None:
    rubric, problems = check_rubric({**whole([pointed("main", {"a": 2, "b": 3})], {}, "points"), "strand": []})
    assert rubric is not None, problems
    new = form(files, rubric)
    new.put("title", "Ours")
    assert not any(field.key == "levels" for field in new.fields)
    new.put("item.main.a.max", "4")
    assert "the scales add up to 7" in new.problems["max"]
    new.put("item.main.a.max", "none")
    assert "whole number" in new.problems["item.main.a.max"]
    new.put("max", "5")
    new.put("item.main.a.max", "2")
    new.put("item.main.a.text", "")
    assert list(new.problems) == ["item.main.a.text"]


def test_what_is_written_reads_back_as_it_was(files: OwnSchemes) -> None:
    new = form(files)
    new.put("title", "Ours")
    new.put("level.main.1.summary", "[/b] \x1b[31m “quoted” \\ and so on")
    from markdesk.formats.rubric_toml import read_rubric

    path = files.write(new.rubric, new.origin)
    assert read_rubric(path) == new.rubric
    with pytest.raises(MarkdeskError, match="ours already"):
        files.write(new.rubric, new.origin)


def test_a_form_is_kept_and_read_again(files: OwnSchemes) -> None:
    new = form(files)
    assert new.to_text() == "", "nothing was typed"
    new.put("title", "Ours")
    new.put("board", "Hill School")
    new.put("board", "School")
    files.keep_draft(GENERIC, new.to_text())
    assert draft_in(files.drafts()[GENERIC], files.check) == Draft("Ours", {"title": "Ours"})
    files.keep_draft(GENERIC, "")
    assert files.drafts() == {}
    template = shipped_rubric("aqa-7042-nea-40")
    assert draft_in(draft_text(Draft("Ours", {}, template, "a.docx")), files.check).template == template


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"schema": "x"}', '{"schema": "markdesk.rubric-draft/1", "typed": 3}', "[" * 100_000]
)
def test_a_draft_that_is_none_is_refused(files: OwnSchemes, text: str) -> None:
    with pytest.raises(MarkdeskError, match="changed"):
        draft_in(text, files.check)


@pytest.mark.parametrize(
    "change", [("scales", []), ("scales", 3), ("max_mark", "many"), ("strands", None), ("aos", [1])]
)
def test_a_draft_whose_scheme_was_tampered_with_is_refused(files: OwnSchemes, change: tuple[str, object]) -> None:
    kept = json.loads(draft_text(Draft("Ours", {}, shipped_rubric(GENERIC), "a.docx")))
    kept["template"][change[0]] = change[1]
    with pytest.raises(MarkdeskError, match="changed"):
        draft_in(json.dumps(kept), files.check)


def test_ranges_limits_and_numbers_are_read_as_people_write_them() -> None:
    assert [read_range(text) for text in ("11-15", " 11 – 15 ", "11 to 15", "11", "", "a-b", "1-2-3")] == [
        (11, 15), (11, 15), (11, 15), (11, 11), None, None, None,
    ]  # fmt: skip
    assert [read_limit(text) for text in ("level 2", "L2", "2", "12 marks", "1 mark", "lots", "")] == [
        (2, None), (2, None), (2, None), (None, 12), (None, 1), None, None,
    ]  # fmt: skip
    assert [read_number(text) for text in ("25", " 25 ", "0", "-1", "2.5", "99999", "")] == [25, 25] + [None] * 5

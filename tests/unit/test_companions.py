"""What stands beside a scheme and is no part of it: a board's own wording, and a teacher's list of content."""

import subprocess
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from markdesk.core.coursework import Assignment
from markdesk.core.errors import RubricInvalid
from markdesk.core.ids import AssignmentId
from markdesk.core.indicative import check_indicative
from markdesk.core.official import Wording, check_official
from markdesk.core.rubric import Rubric
from markdesk.core.rubric_scaling import for_tariff
from markdesk.desk.indicative import IndicativeShelf
from markdesk.desk.rubrics import RubricShelf
from markdesk.formats.companion_toml import read_indicative, read_official
from markdesk.formats.rubric_toml import read_rubric
from tests.kit import ROOT, RUBRICS, SRC, shipped_rubric

AQA = "aqa-7042-b-essay-25"
OFFICIAL = f"""\
schema = "markdesk.official/1"
rubric = "{AQA}"
source = "the mark scheme of June 2026"
[[scale]]
id = "main"
[[scale.level]]
n = 5
text = "The board's own paragraph."
[scale.level.strand]
focus = "The board's own bullet."
"""


def shelf(folder: Path) -> RubricShelf:
    return RubricShelf((RUBRICS,), read_rubric, folder, read_official)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_board_s_words_stand_in_place_of_ours(tmp_path: Path) -> None:
    write(tmp_path / f"{AQA}.toml", OFFICIAL)
    rubric = shipped_rubric()
    wording = shelf(tmp_path).wording(rubric)
    scale = rubric.scales[0]
    assert wording.source == "the mark scheme of June 2026"
    assert wording.summary(scale, scale.levels[4]) == "“The board's own paragraph.”"
    assert wording.strand(scale, scale.levels[4], "focus") == "“The board's own bullet.”"
    # What the centre has not entered stays as the scheme has it.
    assert wording.summary(scale, scale.levels[3]) == scale.levels[3].summary
    assert wording.strand(scale, scale.levels[4], "knowledge") == scale.levels[4].strand["knowledge"]


def test_a_file_that_is_filled_in_part_says_how_far(tmp_path: Path) -> None:
    write(tmp_path / f"{AQA}.toml", OFFICIAL)
    rubric = shipped_rubric()
    told = shelf(tmp_path).wording(rubric).told(rubric)
    # Five levels, each with a summary and five strands.
    assert told == (
        "the board's own in “ ” (2 of 30 texts), from the mark scheme of June 2026; held on this computer only. "
        "The rest is our paraphrase"
    )
    assert shelf(tmp_path).wording(rubric).told(rubric, is_own=True).endswith("The rest is your own")
    emptied = OFFICIAL.replace("The board's own paragraph.", " ").replace("The board's own bullet.", "")
    write(tmp_path / f"{AQA}.toml", emptied)
    wording, scale = shelf(tmp_path).wording(rubric), rubric.scales[0]
    assert "(0 of 30 texts)" in wording.told(rubric)
    assert wording.summary(scale, scale.levels[4]) == scale.levels[4].summary


def test_a_file_that_is_filled_throughout_has_no_rest(tmp_path: Path) -> None:
    rubric = shipped_rubric("ib-history-p1-24")  # scales of points, which have no texts, and two of bands
    tables = [f'schema = "markdesk.official/1"\nrubric = "{rubric.id}"\nsource = "our copy"']
    for scale in rubric.scales:
        if scale.is_points:
            continue
        tables.append(f'[[scale]]\nid = "{scale.id}"')
        for level in scale.levels:
            bullets = "\n".join(f'{strand.id} = "{strand.id}"' for strand in rubric.strands_of(scale))
            tables.append(f'[[scale.level]]\nn = {level.n}\ntext = "x"\n[scale.level.strand]\n{bullets}')
    write(tmp_path / f"{rubric.id}.toml", "\n".join(tables))
    assert shelf(tmp_path).wording(rubric).told(rubric) == "the board's own, from our copy; held on this computer only"


def test_without_a_file_the_words_are_the_scheme_s(tmp_path: Path) -> None:
    rubric = shipped_rubric()
    assert shelf(tmp_path).wording(rubric) == Wording()
    assert RubricShelf((RUBRICS,), read_rubric).wording(rubric).source == ""
    assert Wording().told(rubric) == ""
    scale = rubric.scales[0]
    assert Wording().summary(scale, scale.levels[0]) == scale.levels[0].summary


def test_a_scaled_scheme_has_its_scheme_s_words(tmp_path: Path) -> None:
    write(tmp_path / "generic-essay-4strand.toml", OFFICIAL.replace(AQA, "generic-essay-4strand"))
    scaled = for_tariff(shipped_rubric("generic-essay-4strand"), 25)
    assert shelf(tmp_path).wording(scaled).source


def test_an_id_from_outside_names_no_file(tmp_path: Path) -> None:
    write(tmp_path / "secret.toml", "x = 1")
    plain = {**shipped_rubric().to_plain(), "id": "../official/secret"}
    from markdesk.core.rubric import rubric_from_plain

    assert shelf(tmp_path / "official").wording(rubric_from_plain(plain)) == Wording()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id = "main"', 'id = "mian"', "5: scale[1].id: scale can't be 'mian'; did you mean 'main'?"),
        ("n = 5", "n = 6", "7: scale[1].level[1].n: 'main' has levels 1 to 5"),
        ("focus =", "fokus =", "10: scale[1].level[1].strand.fokus: strand can't be 'fokus'; did you mean 'focus'?"),
        ("text =", "summary =", "8: scale[1].level[1].summary: 'summary' is not a key"),
        ("source =", "sauce =", "top of file: 'source' is missing"),
        (f'"{AQA}"', '"generic-essay-4strand"', "it is for 'generic-essay-4strand', not for"),
    ],
)  # fmt: skip
def test_a_fault_in_the_wording_is_told_by_line_and_key(tmp_path: Path, old: str, new: str, told: str) -> None:
    write(tmp_path / f"{AQA}.toml", OFFICIAL.replace(old, new))
    with pytest.raises(RubricInvalid) as caught:
        shelf(tmp_path).wording(shipped_rubric())
    assert told in caught.value.message


def test_the_wording_is_no_part_of_a_scheme() -> None:
    """It has no field there, and nothing that keeps or exports knows that it exists."""
    assert not {"official", "wording"} & {field.name for field in fields(Rubric)}
    knows = {
        path.relative_to(SRC / "markdesk").as_posix()
        for path in SRC.rglob("*.py")
        if "core.official" in (text := path.read_text(encoding="utf-8")) or "import official" in text
    }
    assert {file for file in knows if file.partition("/")[0] not in ("tui",)} == {
        "desk/rubrics.py", "formats/companion_toml.py", "cli/rubrics.py", "cli/rubric_grid.py",
    }  # fmt: skip


@pytest.mark.parametrize("path", ["rubrics/official/x.toml", "indicative/x.toml"])
def test_git_ignores_what_stays_with_the_teacher(path: str) -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert f"{path.rpartition('/')[0]}/" in ignored
    assert not (ROOT / "rubrics" / "official").exists()


NOTES = """\
schema = "markdesk.indicative/1"
[[content]]
assignment = "Henry VII"
points = ["Stoke, 1487", "bonds"]
[[content]]
question = "How secure was Henry VII by 1499?"
rubric = "aqa-7042-b-essay-25"
note = "Warbeck died in 1499."
[[content.list]]
heading = "Secure"
points = ["Bosworth"]
[[content.list]]
heading = "Not so secure"
points = ["Warbeck", "Arthur's death"]
"""


def assignment(name: str, question: str) -> Assignment:
    return Assignment(AssignmentId("a-1"), name, question, shipped_rubric().hash, "2026-11-16")


def found(folder: Path, name: str, question: str, rubric: Rubric | None = None) -> list[tuple[str, ...]]:
    lists = IndicativeShelf(folder, read_indicative).find(assignment(name, question), rubric or shipped_rubric())
    return [listed.points for content in lists for listed in content.lists]


def test_notes_are_found_by_assignment_and_by_question(tmp_path: Path) -> None:
    write(tmp_path / "henry.toml", NOTES)
    asked = "HOW SECURE was Henry VII, by 1499? [25 marks]"
    assert found(tmp_path, "henry vii", "Something else") == [("Stoke, 1487", "bonds")]
    assert found(tmp_path, "Other", asked) == [("Bosworth",), ("Warbeck", "Arthur's death")]
    assert found(tmp_path, "a", asked.replace("1499", "1489")) == []
    assert found(tmp_path, "Other", asked, shipped_rubric("generic-essay-4strand")) == []
    assert len(found(tmp_path, "Henry VII", asked)) == 3
    assert found(tmp_path / "none", "Henry VII", asked) == []


def test_the_file_that_a_scheme_names_comes_first(tmp_path: Path) -> None:
    from dataclasses import replace

    for name in ("a", "z"):
        write(tmp_path / f"{name}.toml", NOTES.replace("Stoke, 1487", name))
    named = replace(shipped_rubric(), indicative_file="z.toml")
    assert [points[0] for points in found(tmp_path, "Henry VII", "x", named)] == ["z", "a"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('assignment = "Henry VII"\n', "", "2: content[1]: 'assignment' or 'question' must say"),
        ('points = ["Stoke, 1487", "bonds"]\n', "", "2: content[1]: there is no point in it"),
        ('points = ["Bosworth"]', "points = []", "11: content[2].list[1].points: a list needs at least one point"),
        (
            'points = ["Bosworth"]',
            'points = "Bosworth"',
            "11: content[2].list[1].points: 'points' must be a list of texts",
        ),
        ("heading", "headding", "10: content[2].list[1].headding: 'headding' is not a key of this table; did you mean"),
        ("[[content]]", "[[contents]]", "contents: 'contents' is not a key of this table; did you mean 'content'?"),
        ("indicative/1", "indicative/2", "1: schema: 'schema' can't be"),
    ],
)
def test_a_fault_in_the_notes_is_told_by_line_and_key(tmp_path: Path, old: str, new: str, told: str) -> None:
    path = write(tmp_path / "notes.toml", NOTES.replace(old, new))
    with pytest.raises(RubricInvalid) as caught:
        read_indicative(path)
    assert told in caught.value.message


@pytest.mark.parametrize("odd", [{}, {"content": 3}, {"content": [3]}, {"content": [{"points": [1]}]}, {"content": []},
                                 {"content": [{"question": "x", "list": [{"points": None}]}]}])  # fmt: skip
def test_odd_notes_and_wordings_are_refused_and_never_crash(odd: dict[str, Any]) -> None:
    contents, problems = check_indicative(odd)
    assert (contents, bool(problems)) == ((), True)
    official, problems = check_official({key.replace("content", "scale"): value for key, value in odd.items()}, None)
    assert official is None
    assert problems


def test_the_ignored_folders_are_ignored_by_git_itself() -> None:
    if not (ROOT / ".git").exists():
        return  # a copy of the tree without its history, where git has nothing to say
    asked = ["git", "check-ignore", "rubrics/official/aqa.toml", "indicative/henry.toml"]
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.stdout.split() == asked[2:]

"""``markdesk rubric``: mark schemes shown, checked, compared and begun; and a scheme for any tariff in use."""

import json
import tomllib
from pathlib import Path

import pytest

from markdesk.cli.output import cells
from markdesk.cli.rubric_grid import scheme_lines
from markdesk.config.paths import shipped
from markdesk.core.official import Wording
from markdesk.core.rubric_check import check_rubric
from markdesk.formats.rubric_writer import rubric_text
from tests.cli.conftest import ESSAY, HOSTILE, QUESTION, RUBRIC, Cli, assert_whole, rows
from tests.kit import RUBRICS, shipped_rubric
from tests.schemes import points_and_levels, scheme

GENERIC = "generic-essay-4strand"
IN_USE = shipped("rubrics")
"""Where the program that is tested has them: in the wheel that a test may have been given, else beside the source."""
SHIPPED = sorted(path.stem for path in RUBRICS.glob("*.toml"))
OFFICIAL = f"""\
schema = "markdesk.official/1"
rubric = "{RUBRIC}"
source = "the mark scheme of June 2026"
[[scale]]
id = "main"
[[scale.level]]
n = 5
text = "The boards own paragraph."
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The folder of the teacher's own schemes."""
    folder = tmp_path / "xdg_config_home" / "markdesk" / "rubrics"
    (folder / "official").mkdir(parents=True)
    return folder


# -- show


@pytest.mark.parametrize("rubric_id", [*SHIPPED, f"{GENERIC}:25"])
def test_every_scheme_fits_80_columns_and_says_everything(cli: Cli, rubric_id: str) -> None:
    done = cli("rubric", "show", rubric_id)
    assert done.code == 0
    lines = done.out.splitlines()
    assert max(map(cells, lines)) <= 80
    assert not [line for line in lines if line != line.rstrip()]
    words = " ".join(done.out.split())
    rubric = shipped_rubric(rubric_id.partition(":")[0])
    told = [rubric.zero_label, *(flag.text for flag in rubric.flags), *(cap.ask for cap in rubric.caps),
            *(level.summary for scale in rubric.scales for level in scale.levels)]  # fmt: skip
    assert [text for text in told if " ".join(text.split()) not in words] == []
    for scale in rubric.scales:
        for level in scale.levels:
            # Side by side, the words of one line of the file stand apart from one another, yet all are there.
            assert [w for text in level.strand.values() for w in text.split() if w not in done.out] == []
    assert rubric.provenance.wording in done.out
    assert "nobody has compared it" in words or rubric.takes_any_tariff or "draft" in words


def test_a_grid_has_levels_down_and_strands_across(cli: Cli) -> None:
    lines = cli("rubric", "show", GENERIC).out.splitlines()
    head = next(line for line in lines if "Focus and" in line)
    assert [name in head for name in ("Focus and", "Knowledge and", "Explanation", "Argument and")] == [True] * 4
    labels = [line[:9].split()[0] for line in lines if line.startswith("L") and line[1].isdigit()]
    assert labels == ["L5", "L4", "L3", "L2", "L1"]
    text = shipped_rubric(GENERIC).scales[0].levels[4].strand["knowledge"]
    row = lines[next(n for n, line in enumerate(lines) if line.startswith("L5")) + 1 :]
    column = head.index("Knowledge and")
    cell = [line[column : column + 15].strip() for line in row[: row.index("")]]
    assert text.startswith(" ".join(word for word in cell if word).split(" of ")[0])


def test_five_strands_are_listed_where_there_is_no_room() -> None:
    narrow = list(scheme_lines(shipped_rubric(), Wording(), 80))
    assert any(line.startswith("         Knowledge and evidence: ") for line in narrow)
    wide = list(scheme_lines(shipped_rubric(), Wording(), 140))
    assert not any("Knowledge and evidence: " in line for line in wide)
    assert max(map(cells, wide)) <= 140


def test_points_sub_bands_factors_and_long_words_fit_too() -> None:
    thirds = [{"label": "low", "min": 5, "max": 6}, {"label": "high", "min": 7, "max": 8}]
    data = scheme(
        sub={2: thirds}, max_mark=16, title="Donaudampfschifffahrt" * 9, combine={"scale_factor": "4/5", "round": "up"},
        flag=[{"id": "f", "text": "毛泽东" * 50}], not_attempted={"code": "not attempted " * 9},
    )  # fmt: skip
    data["scale"][0]["level"][2]["label"] = "the third level " * 7
    data["scale"][0]["part"] = "a"
    for source in (data, points_and_levels()):
        rubric, problems = check_rubric(source)
        assert rubric is not None, problems
        lines = list(scheme_lines(rubric, Wording()))
        assert max(map(cells, lines)) <= 80
        text = " ".join(" ".join(lines).split())
        if source is data:
            assert "Within it: high 7–8, low 5–6" in text
            assert "(a) Scale main · scale main" in text
            assert "the sum of the scales times 4/5, rounded up" in text
        else:
            assert "up to 2 What earns value. (value)" in text
            assert "1 point What earns first. (first)" in text


def test_json_has_the_agreed_keys_and_more(cli: Cli) -> None:
    found = cli("rubric", "show", "ocr-h505-y2-twopart-30", "--json").json
    assert {"schema", "id", "version", "board", "status", "max_mark", "scoring", "provenance", "scales", "caps",
            "penalties", "flags"} <= set(found)  # fmt: skip
    assert found["parts"] == [{"part": "a", "max": 10}, {"part": "b", "max": 20}]
    first = found["scales"][0]
    assert {"id", "title", "part", "aos", "max", "kind", "levels"} <= set(first)
    assert [(level["n"], level["min"], level["max"]) for level in first["levels"]][:3] == [
        (1, 1, 1),
        (2, 2, 2),
        (3, 3, 4),
    ]
    assert set(first["levels"][0]["strands"]) == set(first["strands"])
    nea = cli("rubric", "show", "aqa-7042-nea-40", "--json").json
    assert nea["nea"]["words_max"] == 4500
    assert nea["combine"] == {"scale_factor": 1, "round": "none"}


# -- the board's own wording


def test_the_board_s_own_wording_is_shown_and_goes_nowhere_else(
    cli: Cli, own: Path, essays: Path, db: Path, tmp_path: Path
) -> None:
    before = cli("rubric", "show", RUBRIC, "--json").json
    (own / "official" / f"{RUBRIC}.toml").write_text(OFFICIAL)
    shown = " ".join(cli("rubric", "show", RUBRIC).out.split())
    level_4, level_5 = shipped_rubric().scales[0].levels[3:5]
    assert f"{level_5.label} {level_5.range} “The boards own paragraph.”" in shown
    assert level_5.summary not in shown
    assert "the board's own in “ ” (1 of 30 texts), from the mark scheme of June 2026; held on this computer" in shown
    assert "The rest is our paraphrase" in shown
    assert f"{level_4.label} {level_4.range} {level_4.summary}" in shown, "ours, without quotation marks"
    after = cli("rubric", "show", RUBRIC, "--json")
    assert after.json == {**before, "official_wording": True}
    assert cli("import", essays, "-a", "Henry VII", "--rubric", RUBRIC, "--question", QUESTION).code == 0
    assert cli("award", "okafor", "--scale", "main=23", "--finish").code == 0
    (kept,) = rows(db, "select hash, body from rubric_version")
    assert kept[0] == shipped_rubric().hash
    for argv in (
        ("sheets", "--to", str(tmp_path / "out")),
        ("marks", "--format", "json", "--to", str(tmp_path / "m.json")),
    ):
        assert cli("export", *argv[:1], "-a", "Henry VII", *argv[1:]).code == 0
    new = cli("rubric", "new", "ours", "--from", RUBRIC)
    for file in (db, tmp_path / "m.json", *(tmp_path / "out").iterdir(), Path(new.out.strip())):
        assert b"boards own" not in file.read_bytes(), file
    assert list((tmp_path / "out").iterdir())


def test_a_teacher_s_own_scheme_is_not_called_ours(cli: Cli, own: Path) -> None:
    assert cli("rubric", "new", "ours", "--from", RUBRIC).code == 0
    shown = " ".join(cli("rubric", "show", "ours").out.split())
    assert "your own file" in shown
    assert "paraphrase" not in shown
    (own / "official" / "ours.toml").write_text(OFFICIAL.replace(RUBRIC, "ours"))
    assert "The rest is your own" in " ".join(cli("rubric", "show", "ours").out.split())


def test_a_broken_wording_is_told_and_shown_is_nothing(cli: Cli, own: Path) -> None:
    file = own / "official" / f"{RUBRIC}.toml"
    file.write_text(OFFICIAL.replace("n = 5", "n = 9"))
    done = cli("rubric", "show", RUBRIC)
    assert (done.code, done.out) == (1, "")
    assert f"{RUBRIC}.toml:7: scale[1].level[1].n: 'main' has levels 1 to 5" in done.err
    checked = cli("rubric", "check", file, "--json")
    assert (checked.code, checked.json["files"][0]["ok"]) == (1, False)
    file.write_text(OFFICIAL)
    assert "a board's own wording" in cli("rubric", "check", file).out
    assert cli("rubric", "check", file, "--json").json["files"][0]["kind"] == "official"


def test_notes_are_checked_too(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "henry.toml"
    file.write_text('schema = "markdesk.indicative/1"\n[[content]]\nassignment = "Henry VII"\npoints = ["Stoke"]\n')
    assert cli("rubric", "check", file).out == f"{file}: sound, lists for 1 question.\n"
    file.write_text('schema = "markdesk.indicative/1"\n[[content]]\npoints = ["Stoke"]\n')
    done = cli("rubric", "check", file)
    assert done.code == 1
    assert "henry.toml:2: content[1]: 'assignment' or 'question'" in done.err


# -- list, check


def test_drafts_are_listed_apart_and_warned_of(cli: Cli, own: Path) -> None:
    for rubric_id, status in (("a-draft", "draft"), ("a-retired", "retired")):
        rubric, _ = check_rubric(scheme(id=rubric_id, status=status))
        assert rubric is not None
        (own / f"{rubric_id}.toml").write_text(rubric_text(rubric))
    done = cli("rubric", "list")
    assert done.code == 0
    usual, _, drafts = done.out.partition("\nDrafts.")
    assert RUBRIC in usual
    assert "a-draft" not in usual
    assert "a-draft" in drafts.partition("\nRetired.")[0]
    assert "a-retired" in drafts.partition("\nRetired.")[2]
    assert "a-draft is a draft" in cli("rubric", "show", "a-draft").err
    listed = {one["id"]: one for one in cli("rubric", "list", "--json").json["rubrics"]}
    assert (listed["a-draft"]["status"], listed[GENERIC]["takes_any_tariff"]) == ("draft", True)


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (b'id = "x"\ntitle = "caf\xe9"\n', 2, "not UTF-8 text"),
        ('id = "x"'.encode("utf-16"), 1, "not UTF-8 text"),
        (b'id = "x"\n\n[[scale]\n', 3, "not valid TOML"),
        (b'id = "x"\ntitle = "unfinished', 2, "not valid TOML"),
        (b'id = "x"\nid = "y"\n', 2, "not valid TOML"),
    ],
)
def test_a_file_that_can_t_be_read_is_told_by_its_line(
    cli: Cli, tmp_path: Path, content: bytes, line: int, says: str
) -> None:
    file = tmp_path / "odd.toml"
    file.write_bytes(content)
    done = cli("rubric", "check", file)
    assert done.code == 1
    assert done.err.startswith(f"odd.toml:{line}: {says}")
    assert str(file) in done.err


# -- new


def test_a_scheme_is_begun_and_can_be_used(cli: Cli, own: Path, essays: Path, db: Path) -> None:
    done = cli("rubric", "new", "our-essay", "--title", "Our essay", "--max", "30", "--levels", "6")
    assert done.code == 0, done.err
    file = Path(done.out.strip())
    assert file == own / "our-essay.toml"
    data = tomllib.loads(file.read_text())
    top = data["scale"][0]["level"][0]
    assert (top["n"], top["min"], top["max"]) == (6, 26, 30)
    assert (data["title"], data["status"], data["max_mark"]) == ("Our essay", "draft", 30)
    assert cli("rubric", "check", file).code == 0
    taken = cli("import", essays, "-a", "Henry VII", "--rubric", "our-essay")
    assert taken.code == 0
    assert "our-essay is a draft" in taken.err
    assert_whole(db)


@pytest.mark.parametrize(
    ("argv", "code", "told"),
    [
        (("our essay",), 2, "can't be the id"),
        (("../ours",), 2, "can't be the id"),
        (("ours:25",), 2, "can't be the id"),
        ((RUBRIC,), 1, "There is a mark scheme aqa-7042-b-essay-25 already"),
        (("ours", "--from", "aqa-7042-b-essay-52"), 1, "Did you mean 'aqa-7042-b-essay-25'?"),
        (("ours", "--max", "4"), 1, "4 are too few"),
        (("ours", "--max", "0"), 2, "--max"),
        (("ours", "--levels", "11"), 1, "1 to 10 levels"),
        (("ours", "--max", "5", "--levels", "6"), 1, "too few for 6 levels"),
    ],
)
def test_what_can_t_be_begun(cli: Cli, own: Path, argv: tuple[str, ...], code: int, told: str) -> None:
    done = cli("rubric", "new", *argv)
    assert done.code == code
    assert told in done.err
    assert list(own.glob("*.toml")) == []


def test_nothing_is_overwritten(cli: Cli, own: Path, tmp_path: Path) -> None:
    (own / "ours.toml").write_text("mine")
    (tmp_path / "there.toml").write_text("mine")
    assert cli("rubric", "new", "ours").code == 1
    assert cli("rubric", "new", "there", "--to", tmp_path).code == 1
    assert (own / "ours.toml").read_text() == (tmp_path / "there.toml").read_text() == "mine"
    elsewhere = cli("rubric", "new", "other", "--to", tmp_path / "new", "--title", HOSTILE)
    assert elsewhere.code == 0
    assert tomllib.loads((tmp_path / "new" / "other.toml").read_text())["title"] == HOSTILE
    assert "this one is elsewhere" in elsewhere.err


# -- diff


def test_a_version_on_the_desk_and_the_file_since(cli: Cli, own: Path, essays: Path) -> None:
    file = Path(cli("rubric", "new", "ours", "--max", "25").out.strip())
    assert cli("import", essays, "-a", "Henry VII", "--rubric", "ours").code == 0
    same = cli("rubric", "diff", "ours@0.1.0", "ours")
    assert same.out.splitlines()[1] == "The same in every word and number."
    text = file.read_text()
    file.write_text(text.replace('summary = "Describes', 'summary = "Only describes').replace("0.1.0", "0.1.1"))
    minor = cli("rubric", "diff", "ours@0.1.0", file)
    assert minor.code == 0
    assert minor.out.splitlines()[0] == "ours 0.1.0  →  ours 0.1.1"
    assert minor.out.splitlines()[1].startswith("Minor: the words only.")
    assert "minor  version was 0.1.0, now 0.1.1" in minor.out
    assert "minor  main, level 2: summary was “Describes" in minor.out
    assert "major" not in minor.out
    file.write_text(text.replace("max = 5\n", "max = 6\n").replace("min = 6\n", "min = 7\n"))
    major = cli("rubric", "diff", "ours@0.1.0", "ours", "--json").json
    assert (major["schema"], major["change"]) == ("markdesk/rubric-diff/1", "major")
    assert [(one["where"], one["text"]) for one in major["differences"]] == [
        ("main, level 1", "marks 1–5, now 1–6"), ("main, level 2", "marks 6–10, now 7–10"),
    ]  # fmt: skip
    # The same version twice on the desk, since the file was changed without raising it.
    assert cli("import", essays, "-a", "Henry VIII", "--rubric", "ours").code == 0
    twice = cli("rubric", "diff", "ours@0.1.0", "ours")
    assert twice.code == 1
    assert "The desk has 2 that say they are ours@0.1.0." in twice.err
    named = twice.err.split("Name one: ")[1].rstrip(".\n").split(", ")
    assert sorted(cli("rubric", "diff", name, "ours", "--json").json["change"] for name in named) == ["major", "none"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("ours@9", f"The desk has no mark scheme ours@9. It has: {RUBRIC}@{shipped_rubric().version}."),
        ("ours", "No mark scheme is called 'ours'"),
        ("ours.toml", "There is no file"),
    ],
)
def test_what_can_t_be_compared(cli: Cli, imported: Path, name: str, told: str) -> None:
    done = cli("rubric", "diff", name, RUBRIC)
    assert done.code == 1
    assert told in done.err


# -- schema


def test_the_schema_is_json_and_the_fields_are_the_reference(cli: Cli) -> None:
    schema = json.loads(cli("rubric", "schema").out)
    assert schema["title"] == "markdesk.rubric/1"
    assert "scoring" in schema["required"]
    page = (RUBRICS.parent / "docs" / "reference" / "rubrics.md").read_text(encoding="utf-8")
    assert cli("rubric", "schema", "--fields").out in page


# -- import


def test_a_scheme_for_any_tariff(cli: Cli, essays: Path, db: Path) -> None:
    named = ("import", essays, "-a", "Henry VII", "--rubric")
    done = cli(*named, f"{GENERIC}:25")
    assert done.code == 0, done.err
    assert cli(*named, f"{GENERIC}:25").code == 0
    other = cli(*named, GENERIC)
    assert other.code == 1
    assert f"is marked under {GENERIC}:25" in other.err
    assert cli("award", "okafor", "--level", "main=4", "--finish").code == 0
    awards = cli("review", "student", "okafor", "--json").json["markings"][0]["awards"]
    assert [(one["mark"], one["level"], one["max"]) for one in awards] == [(18, 4, 25)]
    assert_whole(db)


def test_its_own_tariff_is_the_scheme_itself(cli: Cli, essays: Path, db: Path) -> None:
    assert cli("import", essays, "-a", "Henry VII", "--rubric", f"{GENERIC}:20").code == 0
    for name in (GENERIC, f"{GENERIC}:20"):
        assert cli("import", essays, "-a", "Henry VII", "--rubric", name).code == 0
    assert rows(db, "select id from rubric_version") == [(GENERIC,)]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (f"{GENERIC}:4", "needs 5 marks at least, one for each level: 4 are too few."),
        (f"{RUBRIC}:30", "is out of 25, as its board has it"),
        (f"{GENERIC}:x", "No mark scheme is called"),
        ("generic-essay-4strnd:25", f"Did you mean '{GENERIC}'?"),
    ],
)
def test_tariffs_that_are_refused(cli: Cli, essays: Path, db: Path, name: str, told: str) -> None:
    done = cli("import", essays, "-a", "Henry VII", "--rubric", name)
    assert done.code == 1
    assert told in done.err
    assert not db.exists()


def test_without_a_scheme_those_that_fit_the_question_are_proposed(cli: Cli, tmp_path: Path, db: Path) -> None:
    file = tmp_path / "Okafor Amara.txt"
    file.write_text(f"{QUESTION} [25 marks]\n\n{ESSAY}")
    for argv in ((), ("--question", "How secure was he? (25)")):
        done = cli("import", file, "-a", "Henry VII", *argv)
        assert done.code == 1
        assert f"This question says 25 marks: {RUBRIC} (an essay), " in done.err
        assert f"{GENERIC}:25 (takes any tariff)" in done.err
        assert not db.exists()
    unsaid = cli("import", file, "-a", "Henry VII", "--question", "How convincing are these two extracts?")
    assert "This question asks for extracts: " in unsaid.err
    as_json = cli("import", file, "-a", "Henry VII", "--json")
    assert RUBRIC in as_json.json["refused"][0]["reason"]


def test_a_broken_scheme_of_one_s_own_hides_no_proposal(cli: Cli, own: Path, essays: Path) -> None:
    (own / "broken.toml").write_text("x = 1")
    done = cli("import", essays, "-a", "Henry VII", "--question", "How far? [25 marks]")
    assert f"{RUBRIC} (an essay)" in done.err


# -- several files with one id


def test_an_own_file_with_a_shipped_id_is_told_where_schemes_are_listed_and_used(
    cli: Cli, own: Path, essays: Path, db: Path
) -> None:
    mine = own / f"{RUBRIC}.toml"
    mine.write_bytes((RUBRICS / mine.name).read_bytes())
    (own / "copy.toml").write_bytes((RUBRICS / "school-template.toml").read_bytes())
    listed = cli("rubric", "list")
    assert listed.code == 1
    assert f"Two mark schemes are called '{RUBRIC}': {IN_USE / mine.name} and {mine}." in listed.err
    assert "Neither is used until your own has another id" in listed.err
    assert f"copy.toml: its id is 'school-template', which is that of {IN_USE / 'school-template.toml'}." in listed.err
    assert GENERIC in listed.out
    assert f"\n{RUBRIC} " not in listed.out
    refused = cli("import", essays, "-a", "Henry VII", "--rubric", RUBRIC)
    assert (refused.code, db.exists()) == (1, False)
    assert str(mine) in refused.err
    for path in (mine, own / "copy.toml"):
        checked = cli("rubric", "check", path, "--json")
        assert (checked.code, checked.json["files"][0]["ok"]) == (1, False)
    assert cli("import", essays, "-a", "Henry VII", "--rubric", GENERIC).code == 0, "the others are used as before"
    mine.unlink()
    assert cli("import", essays, "-a", "Henry VIII", "--rubric", RUBRIC).code == 0


def test_a_file_elsewhere_is_sound_and_told_that_its_id_is_taken(cli: Cli, own: Path, tmp_path: Path) -> None:
    copy = tmp_path / f"{RUBRIC}.toml"
    copy.write_bytes((RUBRICS / copy.name).read_bytes())
    done = cli("rubric", "check", copy)
    assert done.code == 0
    assert f"There is a mark scheme {RUBRIC} already: {IN_USE / copy.name}." in done.err

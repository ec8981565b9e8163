"""``markdesk rubric convert``: where it writes, what it says, and what it never overwrites."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from markdesk.formats.rubric_toml import read_rubric
from tests.cli.conftest import HOSTILE, Cli
from tests.convert.canvas_files import PLAIN, TWO_RUBRICS, csv
from tests.convert.moodle_files import GUIDE
from tests.convert.page_files import AO1, AO2, word
from tests.kit import ROOT, shipped_rubric


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_it_is_printed_where_nothing_says_where_to(cli: Cli, tmp_path: Path) -> None:
    done = cli("rubric", "convert", put(tmp_path, "r.csv", PLAIN))
    assert done.code == 0
    assert tomllib.loads(done.out)["id"] == "year-12-essay"
    assert "# Converted by markdesk from r.csv" in done.out
    assert "The scheme is a draft" in done.err


def test_a_folder_gets_a_file_named_by_the_id(cli: Cli, tmp_path: Path) -> None:
    done = cli("rubric", "convert", put(tmp_path, "r.csv", PLAIN), "--to", f"{tmp_path}/schemes/")
    assert done.code == 0
    path = tmp_path / "schemes" / "year-12-essay.toml"
    assert done.out.strip() == str(path)
    assert "2 scales, 15 marks" in done.err
    assert cli("rubric", "check", path).code == 0
    assert path.stat().st_mode & 0o077 == 0


def test_a_file_gives_its_name_to_the_scheme(cli: Cli, tmp_path: Path) -> None:
    done = cli("rubric", "convert", put(tmp_path, "r.csv", PLAIN), "--to", tmp_path / "school-15.toml")
    assert done.code == 0
    assert read_rubric(tmp_path / "school-15.toml").id == "school-15"


def test_an_id_wins_and_a_name_that_differs_is_said(cli: Cli, tmp_path: Path) -> None:
    done = cli("rubric", "convert", put(tmp_path, "r.csv", PLAIN), "--id", "mine", "--to", tmp_path / "other.toml")
    assert done.code == 0
    assert read_rubric(tmp_path / "other.toml").id == "mine"
    assert "must be called mine.toml" in done.err


def test_a_converted_scheme_is_found_in_the_teachers_folder(cli: Cli, tmp_path: Path) -> None:
    folder = Path(cli("config", "path", "--json").json["rubrics"])
    path = put(tmp_path, "scheme.docx", word("# Our NEA", "AO1", AO1, "AO2", AO2))
    assert cli("rubric", "convert", path, "--to", f"{folder}/").code == 0
    shown = cli("rubric", "show", "our-nea", "--json")
    assert shown.json["max_mark"] == 25
    assert [scale["title"] for scale in shown.json["scales"]] == ["AO1", "AO2"]


def test_nothing_is_overwritten_unasked(cli: Cli, tmp_path: Path) -> None:
    source = put(tmp_path, "r.csv", PLAIN)
    target = put(tmp_path, "mine.toml", b"my own")
    done = cli("rubric", "convert", source, "--to", target)
    assert done.code == 1
    assert "is there already" in done.err
    assert target.read_bytes() == b"my own"
    assert cli("rubric", "convert", source, "--to", target, "--force").code == 0
    assert read_rubric(target).max_mark == 15
    assert cli("rubric", "convert", source, "--to", target).code == 0, "the same content is no overwriting"


def test_of_several_none_is_written_where_one_is_there(cli: Cli, tmp_path: Path) -> None:
    source = put(tmp_path, "both.csv", TWO_RUBRICS)
    folder = tmp_path / "out"
    folder.mkdir()
    put(folder, "talk.toml", b"my own")
    done = cli("rubric", "convert", source, "--to", folder)
    assert done.code == 1
    assert sorted(path.name for path in folder.iterdir()) == ["talk.toml"]
    (folder / "talk.toml").unlink()
    assert cli("rubric", "convert", source, "--to", folder).code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["essay.toml", "talk.toml"]


def test_several_need_a_folder(cli: Cli, tmp_path: Path) -> None:
    source = put(tmp_path, "both.csv", TWO_RUBRICS)
    for to in ((), ("--to", tmp_path / "one.toml")):
        done = cli("rubric", "convert", source, *to)
        assert done.code == 1
        assert "holds 2 mark schemes: 'Essay', 'Talk'" in done.err
        assert not (tmp_path / "one.toml").exists()


def test_from_says_what_it_is(cli: Cli, tmp_path: Path) -> None:
    source = put(tmp_path, "r.txt", PLAIN)
    assert cli("rubric", "convert", source, "--from", "canvas-csv").code == 0
    wrong = cli("rubric", "convert", source, "--from", "moodle-xml")
    assert wrong.code == 1
    assert "r.txt: line 1: it is not well-formed XML" in wrong.err
    unknown = cli("rubric", "convert", source, "--from", "excel")
    assert unknown.code == 2
    assert "canvas-csv" in unknown.err


@pytest.mark.parametrize("bad", ["Big", "a b", "../x", "x" * 61, "-x", "x--y"])
def test_an_id_has_its_letters(cli: Cli, tmp_path: Path, bad: str) -> None:
    done = cli("rubric", "convert", put(tmp_path, "r.csv", PLAIN), f"--id={bad}")
    assert done.code == 2
    assert "school-essay-25" in done.err


def test_missing_files_and_folders(cli: Cli, tmp_path: Path) -> None:
    assert "There is no file" in cli("rubric", "convert", tmp_path / "x.csv").err
    assert "is a folder" in cli("rubric", "convert", tmp_path).err
    nowhere = cli("rubric", "convert", put(tmp_path, "r.csv", PLAIN), "--to", tmp_path / "r.csv" / "x.toml")
    assert nowhere.code == 1


def test_nothing_in_a_file_reaches_the_terminal(cli: Cli, tmp_path: Path) -> None:
    data = csv(f'"{HOSTILE}","{HOSTILE}",,true,{HOSTILE},{HOSTILE},4,Low,{HOSTILE},2,None,,0')
    source = put(tmp_path, "r.csv", data)
    printed = cli("rubric", "convert", source)
    assert printed.code == 0
    assert tomllib.loads(printed.out)["scale"][0]["level"][0]["summary"] == HOSTILE
    assert cli("rubric", "convert", source, "--to", f"{tmp_path}/out/").code == 0
    (made,) = (tmp_path / "out").iterdir()
    assert read_rubric(made).title == " ".join(HOSTILE.split())
    assert cli("rubric", "convert", made, "--as", "canvas-csv").code == 0
    bad = put(tmp_path, "bad.csv", csv(f"{HOSTILE},{HOSTILE},,true,{HOSTILE},a,{HOSTILE},Low,b,2,None,,0"))
    assert cli("rubric", "convert", bad).code == 1


@pytest.mark.parametrize(("kind", "name"), [("canvas-csv", "essay.csv"), ("moodle-guide", "grading.xml")])
def test_a_scheme_goes_out_and_comes_in(cli: Cli, tmp_path: Path, kind: str, name: str) -> None:
    target = tmp_path / name
    out = cli("rubric", "convert", "aqa-7042-nea-40", "--as", kind, "--to", target)
    assert out.code == 0
    assert out.out.strip() == str(target)
    assert "1 penalty is left out" in out.err
    assert "is there already" in cli("rubric", "convert", "aqa-7042-b-essay-25", "--as", kind, "--to", target).err
    assert cli("rubric", "convert", target, "--to", tmp_path / "back.toml").code == 0
    again = read_rubric(tmp_path / "back.toml")
    assert [scale.max for scale in again.scales] == [scale.max for scale in shipped_rubric("aqa-7042-nea-40").scales]


def test_as_reads_a_file_too_and_prints(cli: Cli, tmp_path: Path) -> None:
    assert cli("rubric", "convert", put(tmp_path, "g.xml", GUIDE), "--to", tmp_path / "guide.toml").code == 0
    done = cli("rubric", "convert", tmp_path / "guide.toml", "--as", "canvas-csv")
    assert done.code == 0
    assert done.out.startswith("Rubric Name,Criteria Name,")
    assert "A scale of points has one rating" in done.err


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("aqa-7042-b-essay-25", "--as", "word"), 2, "--as is one of: canvas-csv, moodle-guide"),
        (("aqa-7042-b-essay-52", "--as", "canvas-csv"), 1, "Did you mean 'aqa-7042-b-essay-25'?"),
        (("aqa-7042-b-essay-25", "--as", "canvas-csv", "--id", "x"), 2, "--as goes with"),
        (("aqa-7042-b-essay-25", "--as", "canvas-csv", "--to", "folder/"), 2, "must name a file"),
    ],
)
def test_what_as_refuses(cli: Cli, words: tuple[str, ...], code: int, says: str) -> None:
    done = cli("rubric", "convert", *words)
    assert done.code == code
    assert says in done.err
    assert done.out == ""


def test_the_how_to_works_as_it_stands(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path, "year-12-levels.docx", word("Essay", AO1))
    put(tmp_path, "rubrics.csv", PLAIN)
    page = (ROOT / "docs" / "how-to" / "convert-a-mark-scheme.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", page, re.S)
    lines = [line for block in blocks for line in block.splitlines()]
    assert len(lines) == 6
    for line in lines:
        if "rubric convert grading.xml" in line:
            put(tmp_path, "grading.xml", GUIDE)
        program, *words = shlex.split(line)
        assert program == "markdesk"
        done = cli(*words, *(["--force"] if "moodle-guide" in line else []))
        assert done.code == 0, f"{line}: {done.err}"
    assert sorted(path.name for path in (tmp_path / "mark-schemes").iterdir()) == [
        "year-12-essay.toml", "year-12-levels.toml", "year-13-essay.toml",
    ]  # fmt: skip

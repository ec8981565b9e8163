"""Broken files are refused in one sentence that names the row, line or key; the exit code is 1, nothing is written."""

import gzip
import re
from pathlib import Path

import pytest

from markdesk.formats.rubric_from import FORMATS
from tests.cli.conftest import Cli
from tests.convert import canvas_files, json_files, markus_files, moodle_files, page_files
from tests.convert.cases import Broken

BROKEN = [bad for files in (canvas_files, moodle_files, json_files, markus_files, page_files) for bad in files.BROKEN]


def test_there_are_enough_files() -> None:
    assert len({bad.data for bad in BROKEN}) >= 70


@pytest.mark.usefixtures("without_child")
@pytest.mark.parametrize("bad", BROKEN, ids=lambda bad: f"{bad.file_name}: {bad.name}")
def test_a_broken_file_is_refused(cli: Cli, tmp_path: Path, bad: Broken) -> None:
    path = tmp_path / bad.file_name
    path.write_bytes(bad.data)
    before = sorted(tmp_path.rglob("*"))
    words = ("rubric", "convert", path, "--to", f"{tmp_path}/out/")
    done = cli(*words, "--from", bad.kind) if bad.kind else cli(*words)
    assert done.code == 1
    assert done.out == ""
    assert len(done.err.splitlines()) == 1, done.err
    assert done.err.startswith(f"{bad.file_name}")
    assert bad.place in done.err
    assert bad.says in done.err
    assert sorted(tmp_path.rglob("*")) == before


UNKNOWN = {
    "prose": b"Dear all, here is the scheme. Level 5 is for the best essays.",
    "pdf": b"%PDF-1.7\n1 0 obj\n",
    "marks": b"surname,forename,mark\nOkafor,Amara,17\n",
    "json": b'{"name": "x", "levels": [1, 2]}',
    "xml": b"<?xml version='1.0'?><questestinterop/>",
    "binary": bytes(range(256)) * 8,
    "brackets": b"[[[[",
}


@pytest.mark.parametrize("what", UNKNOWN)
def test_an_unknown_file_names_the_formats(cli: Cli, tmp_path: Path, what: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(UNKNOWN[what])
    done = cli("rubric", "convert", path)
    assert done.code == 1
    assert done.out == ""
    for name in FORMATS:
        assert name in done.err
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("x.mbz", gzip.compress(b"x", mtime=0), "backup of Moodle"),
        ("x.zip", b"PK\x03\x04" + b"\0" * 40, "backup of Moodle"),
        ("x.csv", b" \n", "is empty"),
        ("x.toml", b'schema = "markdesk.rubric/1"\n', "a mark scheme of markdesk already"),
        ("x.csv", b"Rubric Name,x\n" * 200_000, "2 MB"),
    ],
    ids=("backup", "zip", "empty", "ours", "large"),
)
def test_what_is_known_and_not_read_says_so(cli: Cli, tmp_path: Path, name: str, data: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    done = cli("rubric", "convert", path)
    assert done.code == 1
    assert says in done.err
    assert re.match(re.escape(name), done.err)

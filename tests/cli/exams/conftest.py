"""A class with a question paper set to it, one script of three answers, and a department's invented boundaries."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli

SCRIPT = """Section A

01

Extract A is right about the bonds. [sic]

Section B

Question 2

How far was Henry secure? [25 marks]

He was mostly secure by 1499.

04.

Trade grew. He signed treaties with Burgundy."""
GRADES = """
schema = "markdesk.boundaries/1"
board = "AQA"
spec = "7042"
[[set]]
series = "2026-06"
option = "7042AE"
level = "notional_component"
component = "1"
max = 80
grades = { "A*" = 70, A = 60, B = 50, C = 40, D = 30, E = 0 }
source = "made up for a test, page 4"
[[set]]
series = "2026-06"
option = "7042AE"
level = "subject"
max = 200
grades = { "A*" = 0, A = 120, B = 100 }
source = "made up for a test, page 3"
"""


@pytest.fixture
def exam(cli: Cli, imported: Path) -> Path:
    """The class of the essays with a paper set to it; the folder of the essays."""
    asked = ("--question", "02=How far was Henry secure?")
    done = cli("exam", "new", "aqa-7042-c1", "--group", "13H", "--name", "Mock C1", *asked)
    assert done.code == 0, done.err
    return imported


@pytest.fixture
def script(cli: Cli, exam: Path, tmp_path: Path) -> Path:
    """One script with three answers, in a file that doesn't say whose it is; names are shown."""
    assert cli("assignment", "names", "Mock C1 01", "--show").code == 0
    path = tmp_path / "script.txt"
    path.write_text(SCRIPT)
    return path


@pytest.fixture
def marked(cli: Cli, script: Path) -> Path:
    """The script on the desk, marked and finished."""
    assert cli("import", script, "--paper", "Mock C1", "--student", "Amara Okafor").code == 0
    for number, mark in (("01", 22), ("02", 17), ("04", 19)):
        done = cli("award", f"Mock C1 {number}/okafor", "--scale", f"main={mark}", "--finish")
        assert done.code == 0, done.err
    return script


@pytest.fixture
def boundaries(tmp_path: Path) -> Path:
    """The department's own boundaries, in the configuration folder."""
    path = tmp_path / "xdg_config_home" / "markdesk" / "boundaries" / "aqa.toml"
    path.parent.mkdir(parents=True)
    path.write_text(GRADES)
    return path

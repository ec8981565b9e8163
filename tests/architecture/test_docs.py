"""What the pages say can be found: links lead somewhere, decisions are numbered, the README has its two commands."""

import re
from pathlib import Path

import pytest

from tests.kit import ROOT

PAGES = sorted(path for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "rubrics").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_decisions_are_numbered_without_a_gap() -> None:
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(path.name[:4]) for path in files] == list(range(1, len(files) + 1))
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {int(path.name[:4])}. "), path.name
        for heading in ("**Context.**", "**Choice.**", "**Consequences.**"):
            assert heading in text, f"{path.name} has no {heading}"


@pytest.mark.parametrize("mark", ["demo", "tests"])
def test_the_readme_s_commands_are_one_line_each_and_set_everything_up(mark: str) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = text.partition(f"<!-- {mark} -->\n```sh\n")[2].partition("\n```")[0]
    assert "\n" not in block
    assert block.startswith("python3 -m venv --without-pip .venv && python3 -m pip --python .venv install ")


def test_ci_runs_the_readme_s_test_command() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "<!-- tests -->" in script
    assert "README.md" in script


def test_every_place_that_contributing_names_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:src|tests|docs|rubrics|tui|core)/[\w/.-]+)`", text)
    assert named
    for name in named:
        places = (ROOT / name, ROOT / "src" / "markdesk" / name)
        assert any(place.exists() for place in places), name


ANSWERS = {"yes", "partly", "no", "not for a terminal"}


def test_the_comparison_answers_every_row_of_its_survey_once() -> None:
    text = (ROOT / "docs" / "explanation" / "compared.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line[:3].strip("| ").isdigit()
    ]
    assert [int(row[0]) for row in rows] == [*range(1, 54), *range(72, 93), *range(98, 104)]
    for row in rows:
        assert len(row) == 5, row
        assert row[2] in ANSWERS, row
        assert all(row), row


PICTURES = sorted((ROOT / "docs" / "pictures").glob("*.svg"))
PAGES_SHOWN = sorted((ROOT / "docs" / "pictures").glob("*.png"))
HEAVIEST = 150_000
HEAVIEST_PAGE = 250_000


@pytest.mark.parametrize("picture", PAGES_SHOWN, ids=lambda picture: picture.name)
def test_a_picture_of_a_page_is_light_and_stands_on_a_page(picture: Path) -> None:
    assert picture.stat().st_size < HEAVIEST_PAGE
    assert any(f"pictures/{picture.name})" in page.read_text(encoding="utf-8") for page in PAGES)


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_picture_calls_nobody_and_stands_on_a_page(picture: Path) -> None:
    text = picture.read_text(encoding="utf-8")
    assert len(text.encode()) < HEAVIEST
    called = re.findall(r"url\(\s*['\"]?(?!#)[^)]*\)|(?:href|src)\s*=\s*['\"](?!#)[^'\"]*|@import[^;]*", text)
    assert called == []
    assert any(f"pictures/{picture.name})" in page.read_text(encoding="utf-8") for page in PAGES)

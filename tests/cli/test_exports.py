"""What leaves the desk: read as it was written, safe to open, and never over something of hers."""

import csv
import io
import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pypdf import PdfReader

from markdesk.core.errors import MarkdeskError
from markdesk.core.plain import show
from markdesk.formats.documents.markdown import escaped
from markdesk.formats.rubric_to.safe_cells import guarded
from markdesk.formats.safe_write import write_file
from markdesk.formats.slug import file_name
from tests.cli.conftest import ESSAY, HOSTILE, RUBRIC, Cli, assert_whole, rows

AWKWARD = """# not a heading, *not* bold, `code` and <b>html</b> &amp; [link](http://x.example)

- a dash
1. a number
    an indent
| a | table |

[1] www.example.com a@b.example ~~gone~~ $x$ \\ end

> quoted
===
---"""


@pytest.fixture
def marked(cli: Cli, imported: Path) -> Path:
    """Amara is marked, Ben is begun."""
    lines = (
        "--www",
        "=1+1",
        "--ebi",
        "- weigh",
        "--target",
        "@@SUM(A1)",
        "--task",
        "Rewrite ¶2.",
        "--comment",
        AWKWARD,
    )
    assert cli("award", "okafor", "--scale", "main=17", *lines, "--finish").code == 0
    assert cli("annotate", "okafor", "--quote", "took [eight] years", "--code", "E", "--comment", AWKWARD).code == 0
    assert cli("annotate", "okafor", "--paragraph", "2", "--comment", "whole").code == 0
    assert cli("award", "hartley", "--scale", "main=NR").code == 0
    return imported


def _rendered(markdown: str) -> str:
    """The text of a Markdown document as its reader sees it."""
    found: list[str] = []
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse(markdown):
        for child in token.children or []:
            assert child.type in ("text", "hardbreak", "text_special"), child.type
            found.append("\n" if child.type == "hardbreak" else child.content)
        assert token.type in ("paragraph_open", "inline", "paragraph_close"), token.type
    return "".join(found).replace("\u00a0", " ")


@given(st.text(st.sampled_from(" ab1#*_-+=|<>&[]()`~!\\/.:@$^\n\t\x1b\u202eé0)"), max_size=40))
@example(AWKWARD)
@example("   1.")
@example("http://x www.y a@b")
@example("&amp;\n===")
@example("-\n-")
@example("    ")
def test_markdown_shows_what_was_written(text: str) -> None:
    text = text.strip("\n")  # as every comment and paragraph is kept
    rendered = _rendered(escaped(text))
    assert [line.strip() for line in rendered.split("\n")] == [line.strip() for line in show(text).split("\n")]


def test_the_sheets_hold_everything_but_the_private_note(cli: Cli, marked: Path, tmp_path: Path, db: Path) -> None:
    from markdesk import bootstrap
    from markdesk.core.feedback import Field
    from markdesk.desk.desk import find_script
    from markdesk.desk.marking_desk import MarkingDesk

    store = bootstrap.open_store(db)
    desk = bootstrap.make_desk(store, "Ms Lee")
    MarkingDesk(desk, find_script(desk, "okafor")).write_feedback(Field.NOTE, 1, "PRIVATE: her brother is ill")
    store.close()
    said = ("Amara Okafor", "13H", "Ms Lee", RUBRIC, "17 out of 25", "Rewrite ¶2.", "exact evidence", "whole")
    for kind in ("md", "txt", "html"):
        done = cli("export", "sheets", "-a", "Henry", "--to", tmp_path / kind, "--format", kind)
        assert done.code == 0
        assert "Left out: Ben Hartley is still being marked" in done.err
        text = Path(done.out.strip()).read_text()
        assert "PRIVATE" not in text
        assert {word for word in said if word not in " ".join(text.split())} == set()
        if kind == "txt":
            assert max(map(len, text.splitlines())) <= 76
            assert "Warbeck took [eight] years [2]. [1]" in " ".join(text.split())
    as_json = cli("export", "marks", "-a", "Henry", "--format", "json")
    assert "PRIVATE" not in as_json.out
    assert "PRIVATE" not in cli("review", "student", "okafor", "--json").out
    assert "PRIVATE" not in cli("review", "student", "okafor").out


def test_sheets_are_replaced_only_when_told_so(cli: Cli, marked: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sheets"
    first = Path(cli("export", "sheets", "-a", "Henry", "--to", folder, "--format", "md").out.strip())
    assert cli("export", "sheets", "-a", "Henry", "--to", folder, "--format", "md").code == 0
    first.write_text("my own words")
    refused = cli("export", "sheets", "-a", "Henry", "--to", folder, "--format", "md")
    assert refused.code == 1
    assert "--force" in refused.err
    assert first.read_text() == "my own words"
    assert cli("export", "sheets", "-a", "Henry", "--to", folder, "--format", "md", "--force").code == 0
    assert first.read_text().startswith("# Amara Okafor")
    assert [path.name for path in folder.iterdir()] == [first.name]
    in_the_way = tmp_path / "file"
    in_the_way.write_text("x")
    assert cli("export", "sheets", "-a", "Henry", "--to", in_the_way, "--format", "md").code == 1


def test_all_in_one_file_by_number_without_the_essay(cli: Cli, marked: Path, tmp_path: Path) -> None:
    assert cli("award", "hartley", "--finish").code == 0
    options = ("--one-file", "--numbers", "--no-essay", "--format", "html")
    done = cli("export", "sheets", "-a", "Henry", "--to", tmp_path / "s", *options, "--json")
    assert done.code == 0
    paths = {sheet["file"] for sheet in done.json["sheets"]}
    assert len(done.json["sheets"]) == 2
    (path,) = paths
    written = Path(path).read_text()
    assert written.count("<article") == 2
    assert "Okafor" not in written + repr(done.json)
    assert ESSAY.partition("\n")[0] not in written
    assert "took [eight] years" in written, "the notes are listed, with their words"


def test_a_printer_of_one_side_gets_no_empty_pages(cli: Cli, marked: Path, tmp_path: Path) -> None:
    assert cli("award", "hartley", "--finish").code == 0
    settings = tmp_path / "xdg_config_home" / "markdesk" / "config.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    line = ("export", "sheets", "-a", "Henry", "--one-file", "--no-essay", "--format", "pdf", "--to")
    pages = {}
    for printing in ("two-sided", "one-sided"):
        settings.write_text(f'printing = "{printing}"\n')
        done = cli(*line, tmp_path / printing)
        assert done.code == 0, done.err
        pages[printing] = len(PdfReader(done.out.strip()).pages)
    assert pages == {"two-sided": 4, "one-sided": 3}
    settings.write_text('printing = "duplex"\n')
    assert "must be one of: two-sided, one-sided" in cli(*line, tmp_path / "none").err


def test_a_sheet_gives_back_what_the_assignment_does(cli: Cli, marked: Path, tmp_path: Path) -> None:
    for returns, is_there in (("comments", (False, False)), ("level", (False, True)), ("marks", (True, True))):
        assert cli("assignment", "gives-back", "Henry", "--returns", returns).code == 0
        to = tmp_path / returns
        text = Path(cli("export", "sheets", "-a", "Henry", "--to", to, "--format", "txt").out.strip()).read_text()
        assert ("17 out of 25" in text, "Level 4" in text) == is_there


def test_a_format_that_nobody_writes_is_refused_by_name(cli: Cli, marked: Path, tmp_path: Path) -> None:
    done = cli("export", "sheets", "-a", "Henry", "--to", tmp_path / "s", "--format", "odt")
    assert done.code == 2
    assert "html" in done.err
    assert not (tmp_path / "s").exists()


def test_the_class_sheet_is_safe_in_a_spreadsheet(cli: Cli, marked: Path, tmp_path: Path) -> None:
    done = cli("export", "marks", "-a", "Henry")
    ben, amara = list(csv.DictReader(io.StringIO(done.out)))
    assert amara["surname"] == "Okafor"
    assert (amara["Essay level"], amara["Essay mark"], amara["total"], amara["max"]) == ("4", "17", "17", "25")
    assert (amara["WWW"], amara["EBI"], amara["target"]) == ("'=1+1", "'- weigh", "'@SUM(A1)")
    assert (amara["status"], amara["marker"], amara["words"]) == ("complete", "Ms Lee", "41")
    assert (ben["Essay mark"], ben["total"], ben["status"]) == ("NR", "NR", "in_progress")
    raw = cli("export", "marks", "-a", "Henry", "--raw")
    assert next(row for row in csv.DictReader(io.StringIO(raw.out)) if row["WWW"])["WWW"] == "=1+1"
    to = tmp_path / "marks.csv"
    assert cli("export", "marks", "-a", "Henry", "--to", to, "--bom").code == 0
    assert to.read_bytes().startswith(b"\xef\xbb\xbfsurname,")
    shape = cli("export", "marks", "-a", "Henry", "--format", "json").json
    assert shape["schema"] == "markdesk/export-marks/1"
    assert [(row["student"]["name"], row["total"]) for row in shape["marks"]] == [
        ("Ben Hartley", "NR"),
        ("Amara Okafor", 17),
    ]
    assert shape["marks"][0]["awards"][0]["mark"] == "NR"


FILES = {
    "marks.csv": ("export", "marks", "-a", "Henry"),
    "class.txt": ("export", "class", "-a", "Henry"),
    "notes.jsonld": ("export", "annotations", "-a", "Henry"),
    "slips.md": ("export", "slips", "-a", "Henry", "--all"),
    "comments.csv": ("bank", "export", "--origin", "shipped"),
    "scheme.csv": ("rubric", "convert", RUBRIC, "--as", "canvas-csv"),
    "henry.md": ("review", "assignment", "Henry"),
}
"""A command that writes each of these files."""


@pytest.mark.parametrize("name", FILES)
def test_the_folder_of_a_file_is_made_whatever_is_written(cli: Cli, marked: Path, tmp_path: Path, name: str) -> None:
    to = tmp_path / "given" / "out" / name
    done = cli(*FILES[name], "--to", to)
    assert (done.code, os.listdir(to.parent)) == (0, [name]), done.err
    assert str(to) in done.out + done.err
    (tmp_path / "note.txt").write_text("mine")
    shut = cli(*FILES[name], "--to", tmp_path / "note.txt" / "there" / name)
    assert shut.code == 1
    assert "note.txt is a file, not a folder. Give another folder." in shut.err
    assert (tmp_path / "note.txt").read_text() == "mine"


@pytest.mark.parametrize("lead", ["=", "+", "-", "@", "＝", "\t=", "\r", " \u00a0=", "\u200b=", "text\n="])
def test_every_formula_lead_is_neutralised(lead: str) -> None:
    assert "'" in guarded(f"{lead}1+1")
    assert guarded("plain = text - with @ signs") == "plain = text - with @ signs"


def test_annotations_are_what_the_standard_asks(cli: Cli, marked: Path, tmp_path: Path, db: Path) -> None:
    assert cli("annotate", "okafor", "--paragraph", "3", "--comment", "the end").code == 0
    (marked / "Okafor Amara.txt").write_text("🙂 " + ESSAY.rpartition("\n\n")[0])
    assert cli("import", marked / "Okafor Amara.txt", "-a", "Henry VII").code == 0
    to = tmp_path / "notes.jsonld"
    assert cli("export", "annotations", "-a", "Henry", "--to", to).code == 0
    found = json.loads(to.read_text())
    assert found["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert found["type"] == "AnnotationCollection"
    (orphan,) = [item for item in found["items"] if item["body"][0]["value"] == "the end"]
    (placed,) = [item for item in found["items"] if item["body"][0]["value"] == AWKWARD]
    ((essay, text),) = rows(db, "select hash, text from essay where text like '🙂%'")
    position, quote = placed["target"]["selector"]
    assert position["type"] == "TextPositionSelector"
    assert text[position["start"] : position["end"]] == quote["exact"] == "took [eight] years"
    assert text[position["start"] - 32 : position["start"]] == quote["prefix"]
    assert placed["target"]["digest"] == essay
    assert placed["target"]["source"].startswith("urn:markdesk:script:")
    assert placed["creator"]["name"] == "Ms Lee"
    bodies = [(body["purpose"], body["value"]) for body in placed["body"]]
    assert bodies == [("commenting", AWKWARD), ("tagging", "E"), ("tagging", "AO1")]
    assert "selector" not in orphan["target"]
    assert_whole(db)


@given(st.text(max_size=60))
@example("../../x")
@example("CON")
@example("-rf")
@example("王小明")
@example(HOSTILE)
def test_file_names_are_safe_everywhere(name: str) -> None:
    found = file_name(name, "3f9a2c", "md")
    assert found.isascii()
    assert found.endswith("_3f9a2c.md")
    assert len(found) < 60
    assert found[0].isalnum()
    assert all(c.isalnum() or c in "-_." for c in found)
    assert found.split("_")[0].upper() not in ("CON", "PRN", "AUX", "NUL", "COM1", "LPT1")


def test_writing_is_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.md"
    assert write_file(path, b"one")
    assert not write_file(path, b"one")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(MarkdeskError, match="there already"):
        write_file(path, b"two")
    link = tmp_path / "link.md"
    link.symlink_to(path)
    with pytest.raises(MarkdeskError, match="link"):
        write_file(link, b"two", force=True)
    with pytest.raises(MarkdeskError, match="is a folder"):
        write_file(tmp_path, b"two", force=True)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MarkdeskError, match="No space left"):
        write_file(path, b"two", force=True)
    assert path.read_bytes() == b"one"
    assert sorted(file.name for file in tmp_path.glob("*.md")) == ["a.md", "link.md"]
    assert list(tmp_path.glob(".markdesk-*")) == []


def test_a_number_in_the_middle_of_a_word_leaves_the_words_alone(cli: Cli, imported: Path, tmp_path: Path) -> None:
    assert cli("award", "okafor", "--scale", "main=17", "--finish").code == 0
    for part in ("pretend", "Henry VII was fairly secure", "Simnel at Stoke.\n\nThe pre"):
        assert cli("annotate", "okafor", "--quote", part, "--code", "E").code == 0
    sheet = Path(
        cli("export", "sheets", "-a", "Henry", "--to", tmp_path / "s", "--format", "md").out.strip()
    ).read_text()
    inline = [token for token in MarkdownIt("gfm-like", {"linkify": False}).parse(sheet) if token.type == "inline"]
    seen = ["".join(child.content for child in token.children or []) for token in inline]
    assert "¶1 Henry VII was fairly secure [1] by 1499. He had beaten Simnel at Stoke." in seen
    assert any(text.startswith("¶2 The pre [2]tend [3]ers were a danger") for text in seen)


def test_disks_and_paths_that_fail_are_told_in_a_sentence(cli: Cli, imported: Path, tmp_path: Path) -> None:
    endless = tmp_path / ("x" * 300)
    assert cli("export", "marks", "-a", "Henry", "--to", endless).code == 1
    for argv in (
        ("import", str(endless), "-a", "Henry VII"),
        ("import", "~nobody-of-that-name/x.txt", "-a", "Henry VII"),
        ("student", "list", "--db", str(endless)),
        ("rubric", "check", str(endless)),
        ("data", "backup", "--to", str(endless)),
    ):
        done = cli(*argv)
        assert done.code in (1, 3)
        assert done.err
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    assert cli("import", loop, "-a", "Henry VII").code == 1

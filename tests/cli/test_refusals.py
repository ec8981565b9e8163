"""Every bad input gets one clear sentence and the right exit code, and leaves the desk as it was, or absent."""

import io
import re
import sqlite3
import sys
from pathlib import Path

import pytest

from markdesk.cli import opening
from markdesk.cli.session import need_terminal
from markdesk.config.paths import demo_desk
from markdesk.core.errors import UsageProblem
from markdesk.store.sqlite.store import SqliteStore
from tests.cli.conftest import HOSTILE, RUBRIC, Cli, assert_whole, rows

NEW = ("--assignment", "Henry VII", "--rubric", RUBRIC)


def bad_files(folder: Path) -> dict[str, tuple[Path, str]]:
    """Files that are no essays, each with a word of the sentence that says so."""
    made: dict[str, tuple[Path, str]] = {"missing": (folder / "Okafor Ann.txt", "There is no file")}
    for name, content, told in (
        ("Okafor Bea.txt", b"", "is empty"),
        ("Okafor Cat.txt", b"... --- ...", "no words"),
        ("Okafor Dan.txt", b"word " * 200_001, "200,001 words"),
        ("Okafor Hal.txt", b"word\n\n" * 20_001, "20,001 paragraphs"),
        ("Okafor Eve.docx", b"PK\x03\x04 word/document broken", "Okafor Eve.docx"),
        ("Okafor Fay.pdf", b"%PDF-1.4", "PDF"),
        ("Okafor Gus.bin", bytes(range(256)) * 20, "not a text"),
    ):
        path = folder / name
        path.write_bytes(content)
        made[name] = (path, told)
    (folder / "empty").mkdir()
    made["folder"] = (folder / "empty", "holds no essays")
    return made


@pytest.mark.parametrize("which", [
    "missing", "Okafor Bea.txt", "Okafor Cat.txt", "Okafor Dan.txt", "Okafor Eve.docx", "Okafor Fay.pdf",
    "Okafor Gus.bin", "Okafor Hal.txt", "folder",
])  # fmt: skip
def test_files_that_are_no_essays(cli: Cli, tmp_path: Path, db: Path, which: str) -> None:
    path, told = bad_files(tmp_path)[which]
    done = cli("import", path, *NEW, "--json")
    assert done.code == 1
    assert told in done.err
    assert done.json["imported"] == []
    assert [item["file"] for item in done.json["refused"]] == [str(path)]
    assert told in done.json["refused"][0]["reason"]
    assert not db.exists()


def test_a_file_that_may_not_be_read(cli: Cli, essays: Path, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_bytes = Path.read_bytes

    def closed(path: Path) -> bytes:
        if path.suffix == ".txt":
            raise PermissionError(13, "Permission denied", str(path))  # modes mean nothing to root, who may run this
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", closed)
    done = cli("import", essays / "Okafor Amara.txt", *NEW)
    assert (done.code, "Okafor Amara.txt may not be opened: permission is denied" in done.err) == (1, True)
    assert not db.exists()


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_an_essay_in_another_encoding_comes_in(cli: Cli, essays: Path, db: Path, encoding: str) -> None:
    (essays / "Okafor Amara.txt").write_bytes("“Café” – naïve.".encode(encoding))
    done = cli("import", essays / "Okafor Amara.txt", *NEW)
    assert (done.code, "encoding of the file was guessed" in done.err) == (0, encoding == "cp1252")
    assert rows(db, "select text from essay") == [("“Café” – naïve.",)]


def test_an_unknown_scheme_names_the_nearest(cli: Cli, essays: Path, db: Path) -> None:
    done = cli("import", essays, "-a", "Henry VII", "--rubric", "aqa-7042-b-essay-52", "--json")
    assert done.code == 1
    assert "Did you mean 'aqa-7042-b-essay-25'?" in done.err
    assert len(done.err.splitlines()) == 1
    assert done.json["imported"] == []
    assert done.json["refused"][0]["reason"].startswith("No mark scheme")
    assert not db.exists()


def test_a_new_assignment_needs_a_scheme(cli: Cli, imported: Path, db: Path) -> None:
    before = rows(db, "select * from log")
    done = cli("import", imported, "-a", "Henry VI")
    assert done.code == 1
    assert "Did you mean 'Henry VII'?" in done.err
    assert "--rubric" in done.err
    assert rows(db, "select * from log") == before


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--rubric", "generic-essay-4strand"), "marked under aqa-7042-b-essay-25"),
        (("--group", "12C"), "was set to 13H"),
        (("--question", "Was Henry happy?"), "has another question"),
    ],
)
def test_what_an_assignment_is_stays(cli: Cli, imported: Path, db: Path, more: tuple[str, ...], told: str) -> None:
    before = rows(db, "select * from log")
    done = cli("import", imported, "-a", "Henry VII", *more)
    assert done.code == 1
    assert told in done.err
    assert rows(db, "select * from log") == before


def test_a_broken_scheme_file_is_told_by_line_and_key(cli: Cli, essays: Path, db: Path, tmp_path: Path) -> None:
    own = tmp_path / "xdg_config_home" / "markdesk" / "rubrics"
    own.mkdir(parents=True)
    shipped = Path(__file__).parents[2] / "rubrics" / f"{RUBRIC}.toml"
    text = shipped.read_text().replace(f'id = "{RUBRIC}"', 'id = "mine"').replace("max_mark = 25", "max_mark = 26")
    (own / "mine.toml").write_text(text.replace("[decision]", 'shoe = "\x1b"\n[decision]'.replace("\x1b", "[/b]")))
    line = next(n for n, text in enumerate((own / "mine.toml").read_text().splitlines(), 1) if text == "max_mark = 26")
    checked = cli("rubric", "check", own / "mine.toml")
    assert checked.code == 1
    assert f"mine.toml:{line}: max_mark: the scales add up to 25" in checked.err
    as_json = cli("rubric", "check", own / "mine.toml", "--json")
    assert as_json.json["files"][0]["ok"] is False
    done = cli("import", essays, "-a", "Henry VII", "--rubric", "mine")
    assert done.code == 1
    assert f"mine.toml:{line}: max_mark" in done.err
    assert not db.exists()
    listed = cli("rubric", "list")
    assert listed.code == 1
    assert RUBRIC in listed.out
    assert cli("rubric", "check", shipped).code == 0
    gone = cli("rubric", "check", tmp_path / "none.toml")
    assert gone.code == 1
    assert "There is no file" in gone.err


@pytest.mark.parametrize(
    ("argv", "code", "told"),
    [
        (("--scale", "main=26"), 1, "out of 25: 26"),
        (("--scale", "main=-1"), 1, "out of 25: -1"),
        (("--scale", "ao9=3"), 1, "no scale 'ao9'"),
        (("--scale", "main=three"), 2, "not a whole number"),
        (("--scale", "main=9999999999999999999"), 2, "not a whole number"),
        (("--scale", "main"), 2, "is not ID=MARK"),
        (("--scale", "main=1", "--scale", "main=2"), 2, "twice"),
        (("--level", "main=6"), 1, "no level 6"),
        (("--level", "main=4", "--scale", "main=3"), 1, "mark of level 1"),
        (("--scale", "main=NR", "--level", "main=1"), 2, "no response has no level"),
        (("--www", "a", "--www", "b", "--www", "c"), 2, "WWW has 2 lines"),
        (("--comment", "good", "--finish"), 1, "No mark yet for Essay"),
        ((), 2, "nothing to do"),
    ],
)
def test_awards_that_make_no_sense(
    cli: Cli, imported: Path, db: Path, argv: tuple[str, ...], code: int, told: str
) -> None:
    # Something good beside it is not saved either.
    beside = ("--ebi", "weigh") if argv else ()
    before = rows(db, "select * from log")
    done = cli("award", "okafor", *argv, *beside)
    assert done.code == code
    assert told in done.err
    assert done.out == ""
    assert rows(db, "select * from log") == before


@pytest.mark.parametrize(
    ("argv", "code", "told"),
    [
        (("--quote", "He had beaten Simnel at Stoke", "--code", "E"), 1, "2 times in the essay (¶1, ¶2)"),
        (("--quote", "Perkin", "--code", "E"), 1, "not in the essay"),
        (("--quote", "eight", "--paragraph", "1", "--code", "E"), 1, "not in paragraph 1"),
        (("--paragraph", "4", "--code", "E"), 1, "no paragraph 4"),
        (("--paragraph", "0", "--code", "E"), 1, "no paragraph 0"),
        (("--paragraph", "1", "--code", f"Z{HOSTILE}"), 1, "uses: ✓, K, E"),
        (("--paragraph", "1", "--code", "PROV"), 1, "isn't used in this scheme"),
        (("--paragraph", "1"), 2, "Say what"),
        (("--code", "E"), 2, "Say where"),
        (("--quote", "  ", "--code", "E"), 2, "--quote is empty"),
        (("--paragraph", "one", "--code", "E"), 2, "not a valid int"),
    ],
)
def test_annotations_that_make_no_sense(
    cli: Cli, imported: Path, db: Path, argv: tuple[str, ...], code: int, told: str
) -> None:
    before = rows(db, "select * from log")
    done = cli("annotate", "okafor", *argv)
    assert done.code == code
    assert told in done.err
    assert rows(db, "select * from log") == before


def test_a_quotation_that_stands_twice_is_told_apart_by_its_paragraph(cli: Cli, imported: Path, db: Path) -> None:
    twice = "He had beaten Simnel at Stoke"
    done = cli("annotate", "okafor", "--quote", twice, "--paragraph", "2", "--code", "E", "--json")
    assert done.code == 0
    assert done.json["annotation"]["paragraph"] == 2
    loose = cli("annotate", "okafor", "--quote", "Warbeck  took\n[eight] years", "--code", "E")
    assert loose.code == 0


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("review", "student", "Nobody"), "No student is called 'Nobody'"),
        (("review", "student", HOSTILE), "No student is called '[/b][@click=app.quit]x␛[31m"),
        (("award", "Nobody", "--scale", "main=1"), "No script goes by 'Nobody'"),
        (("award", "Henry", "--scale", "main=1"), "fits several scripts"),
        (("export", "marks", "-a", "Mary"), "The desk has: Henry VII"),
        (("assignment", "show", HOSTILE), "No assignment is called"),
        (("student", "list", "--group", "12C"), "The desk has: 13H"),
        (("rubric", "show", "aqa"), "No mark scheme is called 'aqa'"),
        (("export", "sheets", "-a", "Henry", "--to", "sheets"), "No marking of 'Henry VII' is finished"),
    ],
)
def test_names_that_nothing_goes_by(cli: Cli, imported: Path, argv: tuple[str, ...], told: str) -> None:
    for words in (argv, (*argv, "--json")) if "--json" not in argv and argv[:2] != ("export", "marks") else (argv,):
        done = cli(*words)
        assert done.code == 1
        assert told in done.err
        assert done.out == ""


NEEDS_A_DESK = (
    ("student", "list"), ("assignment", "list"), ("data", "info"), ("data", "verify"), ("data", "backup"),
    ("award", "x", "--finish"), ("annotate", "x", "--paragraph", "1", "--code", "E"), ("export", "marks", "-a", "x"),
    ("review", "student", "x"), ("mark", "x"),
)  # fmt: skip


@pytest.fixture
def _a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "need_terminal", lambda: None)


def test_no_desk_but_the_sample(cli: Cli) -> None:
    sample = demo_desk()
    assert "or 'markdesk demo'" in cli("student", "list").err
    sample.parent.mkdir(parents=True)
    SqliteStore(sample, create=True).close()
    done = cli("student", "list")
    assert done.code == 1
    assert done.err.endswith(f" or give --db: --db {sample} is the sample class.\n")
    assert cli("student", "list", "--db", sample).code == 0


@pytest.mark.usefixtures("_a_terminal")
@pytest.mark.parametrize("argv", NEEDS_A_DESK)
def test_no_desk(cli: Cli, db: Path, argv: tuple[str, ...]) -> None:
    done = cli(*argv)
    assert done.code == 1
    assert "There is no desk at" in done.err
    assert "markdesk import" in done.err
    assert not db.exists()


def _newer(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("pragma user_version = 99")
    connection.commit()
    connection.close()


@pytest.mark.usefixtures("_a_terminal")
@pytest.mark.parametrize("kind", ["empty", "newer", "text", "foreign", "folder"])
def test_a_desk_that_is_none(cli: Cli, imported: Path, db: Path, tmp_path: Path, kind: str) -> None:
    other = tmp_path / "other.db"
    told = "other.db"
    if kind == "empty":
        other.touch()
        told = "is empty (0 bytes)"
    elif kind == "newer":
        other.write_bytes(db.read_bytes())
        _newer(other)
        told = "written by a newer markdesk"
    elif kind == "text":
        other.write_text("no database")
        told = "isn't a SQLite database"
    elif kind == "foreign":
        connection = sqlite3.connect(other)
        connection.execute("create table t (x)")
        connection.close()
        told = "of another program"
    else:
        other.mkdir()
        told = "is a folder"
    before = other.read_bytes() if other.is_file() else b""
    for argv in (*NEEDS_A_DESK, ("import", str(imported), *NEW), ("import", str(imported), *NEW, "--dry-run")):
        done = cli(*argv, "--db", other)
        assert done.code == 1
        assert told in done.err
        assert len(done.err.splitlines()) == 1
    assert (other.read_bytes() if other.is_file() else b"") == before


def test_a_desk_that_was_there_and_is_gone_is_not_made_anew(cli: Cli, imported: Path, db: Path) -> None:
    assert cli("student", "list").code == 0
    db.unlink()
    for more in ((), ("--dry-run",)):
        done = cli("import", imported, *NEW, *more)
        assert done.code == 1
        assert "was opened before and is no longer there" in done.err
    assert not db.exists()


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("nonsense",), "No such command 'nonsense'"),
        (("import", "x"), "--assignment"),
        (("import", "-a", "x"), "PATH"),
        (("student", "lst"), "Did you mean 'list'?"),
        (("award",), "SCRIPT"),
        (("export", "sheets", "-a", "x", "--to", "y", "--format", "doc"), "md, txt"),
        (("export", "marks", "-a", "x", "--format", "xls"), "csv, xlsx, json, block"),
        (("mark", "x", "-a", "y"), "SCRIPT or --assignment"),
        (("student", "list", "--bogus\x1b"), "--bogus"),
        (("--db",), "--db needs a value"),
        (("student", "list", "--db="), "--db needs a value"),
        (("import", "a", "b", "-a", "x", "--rubric", RUBRIC, "--student", "Amara"), "whose one file is"),
        (("import", "a", "-a", " ", "--rubric", RUBRIC), "needs a name"),
        (("import", "a", "-a", "x" * 201, "--rubric", RUBRIC), "201 characters"),
    ],
)
def test_usage(cli: Cli, db: Path, argv: tuple[str, ...], told: str) -> None:
    done = cli(*argv)
    assert done.code == 2
    assert told in done.err
    assert done.out == ""
    assert len(done.err.splitlines()) == 1
    assert not db.exists()


def test_screens_need_a_terminal(cli: Cli, db: Path) -> None:
    for argv in ((), ("demo",), ("mark", "x")):
        done = cli(*argv)
        assert done.code == 2
        assert "need a terminal" in done.err
    assert not db.exists()


def test_a_fault_is_told_without_a_word_of_what_anybody_wrote(
    imported: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], db: Path
) -> None:
    from markdesk.cli.main import run
    from markdesk.desk import student_view

    def broken(*_: object) -> None:
        raise KeyError(f"Amara Okafor {HOSTILE}")

    monkeypatch.setattr(student_view, "student_view", broken)
    assert run(["review", "student", "okafor"]) == 1
    said = capsys.readouterr()
    assert re.search(r"a fault in the program: KeyError in cli/reviews\.py line \d+\. Everything saved", said.err)
    assert "Okafor" not in said.err
    assert run(["review", "student", "okafor", "--debug"]) == 1
    said = capsys.readouterr()
    assert "Traceback" in said.err
    assert "\x1b" not in said.err
    monkeypatch.setattr(student_view, "student_view", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    assert run(["review", "student", "okafor"]) == 130
    assert_whole(db)


class _Tty(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("term", "encoding", "told"),
    [("dumb", "utf-8", "TERM=dumb"), ("xterm", "ascii", "set to ascii"), ("xterm", "iso8859-1", "LANG=C.UTF-8")],
)
def test_screens_need_a_terminal_that_can_show_them(
    monkeypatch: pytest.MonkeyPatch, term: str, encoding: str, told: str
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr(sys, "stdin", _Tty(io.BytesIO()))
    monkeypatch.setattr(sys, "stdout", _Tty(io.BytesIO(), encoding=encoding))
    with pytest.raises(UsageProblem, match=told):
        need_terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stdout", _Tty(io.BytesIO(), encoding="utf-8"))
    need_terminal()

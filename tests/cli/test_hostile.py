"""Text from outside that would act if it could: in every place where text comes in, through every command."""

import csv
import io
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from markdesk.cli.main import run
from markdesk.core.essay import normalise
from markdesk.core.plain import show
from tests.cli.conftest import RUBRIC, Cli, Ran, assert_whole, rows
from tests.cli.kit import begin, ended, environment, many

PAYLOADS = {
    "sic": "[sic]",
    "bracketed name": "[Henry]",
    "closing tag": "[/b]",
    "click": "[@click=app.quit]x[/]",
    "link": "[link=https://x.example]x[/link]",
    "csi": "a\x1b[2J\x1b[31mb",
    "osc 52 bel": "a\x1b]52;c;ZXZpbA==\x07b",
    "osc 8 st": "a\x1b]8;;https://x.example\x1b\\b\x1b]8;;\x1b\\",
    "c1 csi": "a\x9b31mb",
    "nul": "a\x00b",
    "del": "a\x7fb",
    "return": "a\rOVER",
    "bidi": "a\u202egnp.exe\u2066b",
    "zero width": "a\u200b\u200db\ufeff",
    "tags": "a\U000e0041\U000e007fb",
    "stacked": "e" + "\u0301" * 150,
    "enclosed": "e" + "\u0488" * 50,
    "undecodable": "a\udcff\udcc3b",
    "hyperlink": '=HYPERLINK("https://x.example")',
    "sum": "@SUM(A1:A9)",
    "plus": "+1",
    "tab": "\t=1+1",
    "up": "../../x",
    "reserved": "CON",
    "option": "-rf",
    "hidden": ".hidden",
    "newline": "a\nSaved: b",
    "markup": "<script>x</script> ![i](https://x.example) | # *b* `c` &lt;",
}


def typed(text: str) -> str:
    """As it must be typed to be meant literally."""
    return f"@{text}" if text.startswith("@") else text


def name_with(payload: str) -> str:
    """The name that comes of it: one line, spaces single."""
    return " ".join(normalise(f"Zoe {payload}").split())


@pytest.fixture
def inert(cli: Cli) -> Cli:
    """Run a command; what it says is exactly what can be shown, without and with ``--json``."""

    def call(*argv: str | Path) -> Ran:
        done = cli(*argv)
        for stream in (done.out, done.err):
            assert show(stream) == stream
        return done

    return call


def tree(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if ".db" not in path.name}


def tokens(text: str) -> Iterator[Token]:
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse(text):
        yield token
        yield from token.children or []


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_what_would_act_is_kept_whole_and_only_shown(
    inert: Cli, db: Path, tmp_path: Path, payload: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "desk" / "in"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    kept, name = normalise(payload).strip(), name_with(payload)
    in_file_name = os.fsencode(payload.replace("/", "").replace("\0", ""))[:180]
    file = folder / os.fsdecode(b"Essay " + in_file_name + b".txt")
    body = f"One {kept} sentence.\n\nTwo sentences. Here."
    file.write_text(body)
    word = typed(payload)
    named = ("-a", f"Zoe {payload}", "--group", f"Zoe {payload}", "--student", f"Amara {payload}", "--question", word)
    argv = ("import", file, *named, "--rubric", RUBRIC, "--marker", f"Zoe {payload}")
    assert inert(*argv, "--dry-run").code == 0
    taken = inert(*argv, "--json")
    assert (taken.code, len(taken.json["imported"])) == (0, 1)
    ((essay,),) = rows(db, "select text from essay")
    assert "\n\n".join(taken.json["imported"][0]["paragraphs"]) == essay
    assert essay.split() == body.split()
    assert kept in essay or "\n" in kept
    assert rows(db, "select name, question from assignment") == [(name, kept)]
    assert rows(db, "select name from teaching_group") == [(name,)]
    assert rows(db, "select name from marker") == [(name,)]
    assert inert(*argv).code == 0

    script = taken.json["imported"][0]["short_id"]
    me = ("--marker", f"Zoe {payload}")
    lines = ("--www", word, "--www", f"x {payload}", "--ebi", word, "--target", word, "--task", word, "--comment", word)
    assert inert("award", script, "--scale", "main=17", *lines, "--finish", *me).code == 0
    assert inert("award", script, "--scale", "main=17", "--json", *me).json["student"].startswith("Amara")
    noted = inert("annotate", script, "--quote", word, "--comment", word, "--code", "E", "--json", *me)
    assert (noted.code, noted.json["annotation"]["comment"]) == (0, kept)
    assert inert("annotate", f"Zoe {payload}/Amara {payload}", "--paragraph", "2", "--comment", word, *me).code == 0
    assert {row[0] for row in rows(db, "select text from feedback")} == {kept, normalise(f"x {payload}")}

    before = tree(tmp_path)
    for command in (
        ("student", "list"), ("student", "list", "--group", f"Zoe {payload}"), ("student", "show", f"Amara {payload}"),
        ("assignment", "list"), ("assignment", "show", f"Zoe {payload}"), ("review", "student", f"Amara {payload}"),
        ("review", "assignment", f"Zoe {payload}"), ("review", "group", f"Zoe {payload}"),
        ("data", "info"), ("data", "verify"), ("config", "show"),
    ):  # fmt: skip
        assert inert(*command, *me).code == 0
        assert inert(*command, "--json", *me).code == 0
    (past,) = inert("review", "student", f"Amara {payload}", "--json").json["markings"]
    assert {past["ebi"], past["target"], past["task"], past["comment"]} == {kept}
    assert tree(tmp_path) == before
    _exports(inert, folder, payload, kept, name)
    outside = {path for path in tree(tmp_path) - before if not path.is_relative_to(folder / "out")}
    assert outside == set()
    assert_whole(db)


def _exports(inert: Cli, folder: Path, payload: str, kept: str, name: str) -> None:
    me = ("--marker", f"Zoe {payload}")
    a = ("-a", f"Zoe {payload}", *me)
    for kind in ("md", "txt"):
        sheet = Path(inert("export", "sheets", *a, "--to", folder / "out", "--format", kind).out.strip())
        assert sheet.name.isascii()
        assert sheet.name.startswith("amara")
        text = sheet.read_text()
        assert show(text) == text
        if kind == "txt":
            assert "".join(show(kept).split()) in "".join(text.split())
            continue
        found = list(tokens(text))
        assert {token.type for token in found} <= {
            "heading_open", "heading_close", "inline", "text", "paragraph_open", "paragraph_close", "strong_open",
            "strong_close", "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close",
            "code_inline", "hardbreak", "softbreak", "text_special", "hr",
        }  # fmt: skip
        numbers = {token.content for token in found if token.type == "code_inline"}
        assert {number for number in numbers if not number.startswith("¶")} <= {"[1]", "[2]", "[1][2]"}
        seen = "".join(token.content for token in found if not token.children)
        assert "".join(show(kept).split()) in "".join(seen.split())
    table = inert("export", "marks", *a)
    assert inert("export", "marks", *a, "--to", folder / "out" / "m.csv").code == 0
    (row,) = csv.DictReader(io.StringIO((folder / "out" / "m.csv").read_text()))
    assert list(csv.DictReader(io.StringIO(table.out))) == [row]
    for cell in row.values():
        assert not any(line.lstrip().startswith(("=", "+", "-", "@", "＝")) for line in cell.split("\n"))
    assert row["EBI"].removeprefix("'") == show(kept)
    assert row["assignment"] == show(name)
    (marks,) = inert("export", "marks", *a, "--format", "json").json["marks"]
    assert (marks["ebi"], marks["marker"]) == (kept, name)
    notes = folder / "out" / "n.jsonld"
    assert inert("export", "annotations", *a, "--to", notes).code == 0
    assert show(notes.read_text()) == notes.read_text()
    values = [body["value"] for item in json.loads(notes.read_text())["items"] for body in item["body"]]
    assert values.count(kept) == 2


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_what_would_act_is_refused_in_a_sentence_where_it_makes_no_sense(
    inert: Cli, imported: Path, db: Path, tmp_path: Path, payload: str
) -> None:
    odd = f"Zoe {payload}"
    before = rows(db, "select * from log")
    commands: list[tuple[int, tuple[str | Path, ...]]] = [
        (1, ("import", imported, "-a", "New", "--rubric", odd)),
        (1, ("import", imported, "-a", odd)),
        (1, ("import", imported / "hartley-ben.md", "-a", "Henry VII", "--question", odd)),
        (1, ("import", imported / "hartley-ben.md", "-a", "Henry VII", "--group", odd)),
        (1, ("award", odd, "--scale", "main=1")),
        (1, ("award", "okafor", "--scale", f"{odd}=1")),
        (2, ("award", "okafor", "--scale", f"main={odd}")),
        (2, ("award", "okafor", "--level", f"main={odd}")),
        (1, ("annotate", "okafor", "--quote", odd, "--code", "E")),
        (1, ("annotate", "okafor", "--paragraph", "1", "--code", odd)),
        (2, ("annotate", "okafor", "--paragraph", odd, "--code", "E")),
        (1, ("export", "marks", "-a", odd)),
        (2, ("export", "marks", "-a", "Henry", "--format", odd)),
        (1, ("export", "sheets", "-a", odd, "--to", "x")),
        (1, ("export", "annotations", "-a", odd, "--to", "x")),
        (1, ("review", "student", odd)),
        (1, ("student", "show", odd)),
        (1, ("student", "list", "--group", odd)),
        (1, ("assignment", "show", odd)),
        (1, ("rubric", "show", odd)),
        (2, ("student", "list", f"--{odd}")),
        (2, (odd,)),
        (2, ("student", odd)),
        (2, ("review", "student", f"@{tmp_path}/{odd}")),
        (2, ("mark", "x", "--order", odd)),
    ]  # fmt: skip
    if "\0" not in payload:  # which no path on a command line can hold
        commands += [
            (1, ("rubric", "check", odd)),
            (1, ("student", "list", "--db", tmp_path / odd.replace("/", ""))),
            (1, ("export", "marks", "-a", "Henry", "--to", imported / "hartley-ben.md" / odd)),
        ]
    for code, argv in commands:
        done = inert(*argv)
        assert (done.code, len(done.err.splitlines())) == (code, 1), (argv, done.err)
        assert done.out == ""
    for argv in (("import", imported, "-a", odd), ("import", odd.replace("\0", ""), "-a", "Henry VII")):
        as_json = inert(*argv, "--json")
        assert (as_json.code, as_json.json["imported"], len(as_json.json["refused"])) == (1, [], 1)
    assert rows(db, "select * from log") == before


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_settings_that_would_act(inert: Cli, tmp_path: Path, payload: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MARKDESK_MARKER")
    text = json.dumps(normalise(payload), ensure_ascii=False).replace("\x7f", "\\u007f")
    file = tmp_path / "xdg_config_home" / "markdesk" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text(f"marker = {text}")
    shown = inert("config", "show", "--json")
    assert (shown.code, shown.json["settings"][0]["value"]) == (0, " ".join(normalise(payload).split()))
    assert inert("config", "show").code == 0
    for bad in (f"{text} = 1", f"theme = {text}", f"[{text}]\nx = 1"):
        file.write_text(bad)
        done = inert("config", "show")
        assert (done.code, len(done.err.splitlines())) == (2, 1)
    monkeypatch.setenv("MARKDESK_DB", f"~nobody-of-that-name/{normalise(payload)}".replace("\0", ""))
    file.unlink()
    done = inert("student", "list")
    assert (done.code, len(done.err.splitlines())) == (1, 1)


LONG = "Wolsey" * 50


def test_names_of_three_hundred_characters(inert: Cli, imported: Path, db: Path) -> None:
    before = rows(db, "select * from log")
    essay = imported / "hartley-ben.md"
    for option in ("-a", "--group", "--student"):
        rest = [] if option == "-a" else ["-a", "Henry VII"]
        done = inert("import", essay, *rest, "--rubric", RUBRIC, option, LONG)
        assert (done.code, "300 characters; the most is 200" in done.err) == (2, True)
    for more in (("--marker", LONG), (f"--marker={LONG}",)):
        done = inert("award", "okafor", "--finish", *more)
        assert (done.code, "300 characters" in done.err) == (2, True)
    for argv in (("review", "student", LONG), ("award", LONG, "--finish"), ("rubric", "show", LONG)):
        assert inert(*argv).code == 1
    assert inert("import", essay, "-a", "Henry VII", "--student", ",").code == 2
    assert rows(db, "select * from log") == before
    assert inert("award", "okafor", "--comment", LONG).code == 0
    assert rows(db, "select text from feedback") == [(LONG,)]


def _said(commands: list[list[str]], on_a_terminal: bool) -> str:
    """Every character that a process of its own sends to its terminal, or to a pipe."""
    if not on_a_terminal:
        code, said, _ = ended(many(commands, stderr=subprocess.STDOUT))
        assert code == 0, said
        return said
    import pty  # here, since Windows has none

    ours, theirs = pty.openpty()
    how = {"stdin": theirs, "stdout": theirs, "stderr": theirs, "env": environment(TERM="xterm-256color")}
    child = many(commands, **how)
    os.close(theirs)
    sent = b""
    try:
        while part := os.read(ours, 65536):
            sent += part
    except OSError:  # how Linux says that the other side is closed
        pass
    finally:
        os.close(ours)
    assert child.wait(timeout=30) == 0, sent
    return sent.decode().replace("\r\n", "\n")


@pytest.mark.parametrize(
    "on_a_terminal", [False, pytest.param(True, marks=pytest.mark.skipif(os.name == "nt", reason="needs a pty"))]
)
def test_no_byte_that_acts_reaches_a_pipe_or_a_terminal(
    cli: Cli, imported: Path, tmp_path: Path, on_a_terminal: bool
) -> None:
    words = "  ".join(PAYLOADS.values())
    lines = (
        "--scale",
        "main=17",
        "--www",
        words,
        "--ebi",
        words,
        "--target",
        words,
        "--task",
        words,
        "--comment",
        words,
    )
    assert cli("award", "okafor", *lines, "--finish").code == 0
    assert cli("annotate", "okafor", "--paragraph", "1", "--comment", words).code == 0
    commands = [
        ["review", "student", "okafor"], ["review", "student", "okafor", "--json"],
        ["export", "marks", "-a", "Henry"], ["export", "marks", "-a", "Henry", "--raw"],
        ["export", "marks", "-a", "Henry", "--format", "json"], ["--help"], ["award", "--help"],
        ["export", "sheets", "-a", "Henry", "--to", str(tmp_path / "s"), "--format", "md", "--json"],
        ["assignment", "show", "Henry"],
    ]  # fmt: skip
    said = _said(commands, on_a_terminal)
    assert said.count("[@click=app.quit]x[/]") > 10
    assert show(said) == said


def test_bytes_that_are_no_text(imported: Path, db: Path) -> None:
    """An argument that isn't UTF-8 becomes text at the edge; nothing later stumbles over it."""
    for more in ({}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}):
        words = (b"okafor", b"--comment", b"caf\xe9 \xff", b"--marker", b"\xe9")
        code, _, err = ended(begin(b"award", *words, env=environment(**more)))
        assert code == 0, err
    assert rows(db, "select text from feedback") == [("caf\ufffd \ufffd",)]
    assert rows(db, "select name from marker where name like '\ufffd%'") == [("\ufffd",)]


def test_a_login_name_that_is_no_text(
    imported: Path, db: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MARKDESK_MARKER", " ")
    monkeypatch.setenv("LOGNAME", "a\udcff")
    assert run(["award", "okafor", "--scale", "main=3"]) == 0
    assert rows(db, "select name from marker where name <> 'Ms Lee'") == [("a\ufffd",)]
    assert "fault" not in capsys.readouterr().err


def test_a_text_that_looks_like_an_option_is_a_text(cli: Cli, imported: Path, db: Path, tmp_path: Path) -> None:
    evil = tmp_path / "evil.db"
    lines = ("--comment", f"--db={evil}", "--ebi", "--version", "--task", "--marker", "--target", "--ebi")
    assert cli("award", "okafor", "--scale", "main=3", *lines, "--db", db).code == 0
    assert rows(db, "select field, text from feedback order by field") == [
        ("comment", f"--db={evil}"), ("ebi", "--version"), ("target", "--ebi"), ("task", "--marker"),
    ]  # fmt: skip
    assert not evil.exists()


def test_a_stroke_in_a_name(cli: Cli, imported: Path, db: Path) -> None:
    for assignment in ("Tudors 1485/1603", "Up ../../x"):
        named = ("-a", assignment, "--rubric", RUBRIC, "--student", "Bo a/b")
        assert cli("import", imported / "hartley-ben.md", *named).code == 0
    for name in ("1485/1603", "1485/1603/Bo a/b", "x/Bo a/b", "Up ../../x", "x/a/b"):
        assert cli("award", name, "--scale", "main=3").code == 0, name
    for name, told in (("1485/1604", "No script goes by '1604'"), ("Mary/Bo", "No assignment is called 'Mary'")):
        done = cli("award", name, "--scale", "main=3")
        assert done.code == 1
        assert told in done.err
    assert rows(db, "select count(*) from award") == [(2,)]

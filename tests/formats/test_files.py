"""Which file is which, files that can't be opened, the child process, and plug-ins."""

import contextlib
import io
import os
import sys
import time
import zipfile
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

import pytest

from markdesk.core.errors import EssayUnreadable, NotFound
from markdesk.desk.drafts import EssayDraft, Importer
from markdesk.formats import child, registry
from markdesk.formats.child import ChildReader, read_file, read_here
from markdesk.formats.registry import BUILT_IN_IMPORTERS, IMPORTERS, Registry, importer_for, importers

from .documents import docx, paragraph
from .pages import WEIMAR, WOLSEY


def zipped(*names: str, content: bytes = b"x") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as container:
        for name in names:
            container.writestr(name, content)
    return packed.getvalue()


OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (OLD_WORD + "WordDocument".encode("utf-16-le"), "This is an old Word document"),
        (OLD_WORD + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (zipped("Index/Document.iwa"), "This is a Pages document."),
        (OLD_WORD + "__substg1.0_0037001F".encode("utf-16-le"), "a message saved by Outlook"),
        (zipped("mimetype", content=b"application/vnd.oasis.opendocument.spreadsheet"), "This is a spreadsheet."),
        (zipped("xl/workbook.xml"), "This is a spreadsheet."),
        (zipped("ppt/presentation.xml"), "This is a slide show."),
        (zipped("jane.docx", "joe.docx"), "This is a zip archive"),
        (b"\x89PNG\r\n\x1a\n\0\0", "This is a picture."),
        (b"\xff\xd8\xff\xe0" + b"\0" * 90, "This is a picture."),
        (b"bplist00\xd1", "Safari web archive"),
        (b"From: <Saved by Blink>\r\nContent-Type: multipart/related\r\n\r\n<html>", "This is a web archive"),
        (b'{"url": "https://docs.google.com/document/d/1"}', "only a link to a Google document"),
        (b'<?xml version="1.0"?><w/>', "This is an XML file."),
        (bytes(range(256)) * 40, "This is not a text."),
        (b"", "is empty"),
        (b" \r\n\t ", "is empty"),
        (b"--- *** ---", "has no words"),
    ],
)
@pytest.mark.parametrize("name", ["essay.txt", "essay.docx", "essay.html", "essay"])
def test_files_are_known_by_their_content(data: bytes, sentence: str, name: str) -> None:
    with pytest.raises(EssayUnreadable, match=sentence) as refused:
        read_here(data, name)
    assert refused.value.message.startswith(name)
    assert refused.value.hint


def test_a_name_that_lies_does_no_harm() -> None:
    page = f"<!-- saved --><!DOCTYPE html><html><body><p>{WEIMAR[0]}</p></body></html>".encode()
    assert read_here(page, "essay.txt").paragraphs == (WEIMAR[0],)
    assert read_here(page, "essay.docx").paragraphs == (WEIMAR[0],)
    assert read_here("\n".join(WEIMAR).encode(), "essay.html").paragraphs == WEIMAR
    assert read_here(docx(paragraph(WEIMAR[0])), "essay.txt").paragraphs == (WEIMAR[0],)
    with pytest.raises(EssayUnreadable, match="leftover"):
        read_here(b"Jo" * 90, "~$essay.docx")
    with pytest.raises(EssayUnreadable, match="table of data"):
        read_here(b"name,class\nJo,13B", "class.csv")


@pytest.mark.parametrize(
    "declared", ["windows-1252", "utf-8", "x-unheard-of", "hex"], ids=lambda declared: f"says {declared}"
)
def test_a_page_in_windows_letters(declared: str) -> None:
    text = f"<meta charset={declared}><p>“{WEIMAR[0]}” – café</p>"

    assert read_here(text.encode("cp1252"), "a.html").paragraphs == (f"“{WEIMAR[0]}” – café",)


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + "words of it",
        "<a " * 20_000,
        "<!--" * 100_000,
        "<b><p>" * 20_000 + "words of it",
        "<ul><li>" * 20_000 + "words",
        "<p>words" * 15_000,
        "<table><tr><td>" * 1_500 + "words",
        "&#x1F;<" * 50_000,
    ],
    ids=["div", "a", "comment", "b p", "li", "p", "table", "entities"],
)
def test_hostile_pages_are_answered_at_once(page: str) -> None:
    began = time.process_time()
    with contextlib.suppress(EssayUnreadable):
        read_here(page.encode(), "page.html")
    assert time.process_time() - began < 3


def test_pages_nested_two_hundred_deep_are_read() -> None:
    page = "<div>" * 500 + f"<p>{WEIMAR[0]}</p>" + "</div>" * 500 + f"<p>{WEIMAR[1]}</p>"

    assert read_here(page.encode(), "page.html").paragraphs == WEIMAR[:2]


def test_html_keeps_nuls_and_other_hidden_characters() -> None:
    draft = read_here(f"<p>{WEIMAR[0]} a\0b &#8238;c\x1b</p>".encode(), "page.html")

    assert draft.paragraphs == (f"{WEIMAR[0]} a\0b \u202ec\x1b",)
    assert draft.notes[0].startswith("3 hidden characters")


def test_verse_with_breaks_stays_one_paragraph() -> None:
    page = f"<p>{WEIMAR[0]}</p><blockquote>I met Murder<br>on the way<br/>he had a mask</blockquote><p>{WEIMAR[1]}</p>"

    assert read_here(page.encode(), "page.html").paragraphs[1] == "I met Murder\non the way\nhe had a mask"


# Files on a disk


def test_what_cannot_be_opened_is_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EssayUnreadable, match=r"There is no file .*none\.docx"):
        read_file(tmp_path / "none.docx")
    with pytest.raises(EssayUnreadable, match="is a folder"):
        read_file(tmp_path)
    with pytest.raises(EssayUnreadable, match=r"can't be opened|There is no file"):
        read_file(tmp_path / "a\0b")
    (tmp_path / "empty.txt").touch()
    with pytest.raises(EssayUnreadable, match=r"empty\.txt is empty"):
        read_file(tmp_path / "empty.txt")
    with (tmp_path / "big.txt").open("wb") as big:
        big.truncate(26 * 1024 * 1024)
    with pytest.raises(EssayUnreadable, match=r"has 27\.3 MB"):
        read_file(tmp_path / "big.txt")

    def denied(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    (tmp_path / "locked.txt").write_text("words")
    with pytest.raises(EssayUnreadable, match="permission is denied"):
        read_file(tmp_path / "locked.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(EssayUnreadable, match="not an ordinary file"):
        read_file(tmp_path / "pipe.txt")


def test_one_child_reads_many_files(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(docx(paragraph(WEIMAR[0])))
    (tmp_path / "b.html").write_text(f"<p>{WEIMAR[1]}</p>", encoding="utf-8")
    (tmp_path / "c.txt").write_text(WEIMAR[2], encoding="utf-8")
    (tmp_path / "d.docx").write_bytes(docx(paragraph(WEIMAR[0]))[:300])
    with ChildReader() as reader:
        for name, text in (("a.docx", WEIMAR[0]), ("b.html", WEIMAR[1]), ("c.txt", WEIMAR[2])):
            assert read_file(tmp_path / name, reader) == EssayDraft(None, (text,))
        first = reader.pid
        with pytest.raises(EssayUnreadable, match=r"d\.docx is damaged"):
            read_file(tmp_path / "d.docx", reader)
        assert reader.pid is None
        assert read_file(tmp_path / "a.docx", reader).paragraphs == (WEIMAR[0],)
        assert reader.pid not in (None, first)
    assert reader.pid is None


def test_a_big_text_goes_to_the_child(tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_text("word " * 500_000)
    with pytest.raises(EssayUnreadable, match="500,000 words"):
        read_file(tmp_path / "big.txt")


def test_a_child_is_replaced_after_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "FILES_PER_CHILD", 2)
    with ChildReader() as reader:
        data = WEIMAR[0].encode()
        reader.read("txt", data, "a.txt")
        first = reader.pid
        reader.read("txt", data, "b.txt")
        assert reader.pid is None
        reader.read("txt", data, "c.txt")
        assert reader.pid not in (None, first)


def test_a_file_that_takes_too_long_is_given_up() -> None:
    body = paragraph("a") * 19_900
    began = time.perf_counter()
    with ChildReader(seconds=1) as reader:
        with pytest.raises(EssayUnreadable, match=r"slow\.docx took longer than 1 seconds"):
            reader.read("docx", docx(body), "slow.docx")
        assert time.perf_counter() - began < 8
        reader._seconds = 30  # a new child has to start, on a machine that may be busy
        assert reader.read("txt", WEIMAR[0].encode(), "a.txt").paragraphs == (WEIMAR[0],)


@pytest.mark.skipif(sys.platform == "win32", reason="no signals here")
def test_a_child_that_dies_is_a_refusal() -> None:
    with ChildReader() as reader:
        reader.read("txt", WEIMAR[0].encode(), "a.txt")
        os.kill(reader.pid or 0, 9)
        with pytest.raises(EssayUnreadable, match=r"b\.txt made its reader fail"):
            reader.read("txt", WEIMAR[0].encode(), "b.txt")
        assert reader.read("txt", WEIMAR[0].encode(), "c.txt").paragraphs == (WEIMAR[0],)


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems don't hold the limit")
def test_the_child_has_its_memory_limited() -> None:
    heavy = b"<p>" + b"<i>a</i>" * 3_000_000
    with ChildReader(seconds=60) as reader, pytest.raises(EssayUnreadable, match=r"memory|fail"):
        reader.read("html", heavy, "heavy.html")


@pytest.mark.parametrize("event", ["socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system"])
def test_the_child_may_not_use_the_network(event: str) -> None:
    with pytest.raises(PermissionError):
        child._forbid(event, ())
    child._forbid("open", ("a", "r", 0))


# Plug-ins


class _Entry(EntryPoint):
    """An entry point of a package that isn't installed."""


def entry(name: str, value: str, group: str = IMPORTERS) -> EntryPoint:
    return _Entry(name, value, group)


@pytest.fixture
def plugged(monkeypatch: pytest.MonkeyPatch) -> list[EntryPoint]:
    """Entry points as if other packages had brought them."""
    found: list[EntryPoint] = []
    monkeypatch.setattr(registry, "entry_points", lambda group: [each for each in found if each.group == group])
    module = ModuleType("a_plugin")

    class Scroll:
        name = "scroll"
        suffixes = (".scroll", ".doc")

        def read(self, data: bytes, file_name: str) -> EssayDraft:
            return EssayDraft(None, (data.decode(),))

    module.Scroll = Scroll  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "a_plugin", module)
    monkeypatch.delenv("MARKDESK_PLUGINS", raising=False)
    return found


def made(warnings: list[str]) -> Registry[Importer]:
    return Registry[Importer](IMPORTERS, BUILT_IN_IMPORTERS, warnings.append)


def test_built_in_importers_are_listed_and_loaded() -> None:
    assert set(BUILT_IN_IMPORTERS) <= set(importers().names())
    for name in BUILT_IN_IMPORTERS:
        importer = importers().load(name)
        assert importer.name == name
        assert all(suffix.startswith(".") for suffix in importer.suffixes)


def test_a_plugin_is_found_by_name_and_by_suffix(plugged: list[EntryPoint]) -> None:
    plugged.append(entry("scroll", "a_plugin:Scroll"))
    warnings: list[str] = []
    found = made(warnings)

    assert found.names() == (*BUILT_IN_IMPORTERS, "scroll")
    assert found.plugin_names() == ("scroll",)
    claimed = importer_for("doc", ".doc", found)
    assert claimed is not None
    assert claimed.name == "scroll"
    assert importer_for("doc", ".xyz", found) is None
    assert warnings == []


def test_a_broken_plugin_is_a_warning(plugged: list[EntryPoint]) -> None:
    plugged.extend([entry("scroll", "a_plugin:Missing"), entry("gone", "no_such_module_here:x")])
    warnings: list[str] = []
    found = made(warnings)

    assert importer_for("doc", ".doc", found) is None
    assert len(warnings) == 2
    with pytest.raises(NotFound, match="scroll"):
        found.load("scroll")
    assert found.load("txt").name == "txt"


def test_a_plugin_never_replaces_a_built_in(plugged: list[EntryPoint]) -> None:
    plugged.extend([entry("docx", "a_plugin:Scroll"), entry("scroll", "a_plugin:Scroll"), entry("scroll", "b:B")])
    warnings: list[str] = []
    found = made(warnings)

    assert found.load("docx").name == "docx"
    assert found.load("scroll").name == "scroll"
    assert [warning.split()[2] for warning in warnings] == ["docx", "scroll"]


def test_plugins_can_be_switched_off(plugged: list[EntryPoint], monkeypatch: pytest.MonkeyPatch) -> None:
    plugged.append(entry("scroll", "a_plugin:Scroll"))
    monkeypatch.setenv("MARKDESK_PLUGINS", "off")

    assert made([]).names() == tuple(BUILT_IN_IMPORTERS)


def test_listing_names_imports_nothing() -> None:
    import subprocess

    program = (
        "import sys; from markdesk.formats.registry import importers; importers().names();"
        "assert not {'mammoth', 'selectolax', 'charset_normalizer'} & set(sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    subprocess.run([sys.executable, "-c", program], check=True, env=environment)


def test_a_name_nobody_has() -> None:
    with pytest.raises(NotFound, match="No format is called parchment"):
        importers().load("parchment")


def test_essays_of_one_sentence_are_essays() -> None:
    assert read_here(WOLSEY[3].encode(), "a.txt").paragraphs == (WOLSEY[3],)


@pytest.mark.parametrize(
    "lines",
    [
        ["Label"], ["Label", "Share"], ["Share", "A sentence stands here."], ["Bibliography", "Hill"],
        ["How far was it so?", "Page 1 of 2"], ["Log in", "Some words of a student, and no more of them."],
        ["Notes", "Share", "Hill 1961"], ["Sponsored", "He was the last of them."],
    ],
    ids=lambda lines: lines[0] + " " + lines[-1],
)  # fmt: skip
def test_a_page_of_many_lines_is_sorted_at_once(lines: list[str]) -> None:
    text = "\n\n".join([*WOLSEY, *lines * (12_000 // len(lines))])
    began = time.process_time()
    with contextlib.suppress(EssayUnreadable):
        read_here(text.encode(), "essay.txt")
    assert time.process_time() - began < 5

"""Comments of Word files with the letters that they are about, as two other programs read them."""

import io
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.oxml.ns import qn

from markdesk.formats.documents.document import MarkedEssay

OFFICE = shutil.which("soffice")
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"

Passages = dict[int, str]
"""The letters under each comment, by the number in its text; those of several paragraphs one behind the other."""


def passages(essay: MarkedEssay) -> Passages:
    """What each note of an essay is about: cut out of the text by its offsets, without the lines between paragraphs."""
    found: Passages = {}
    for note in essay.notes:
        assert note.span is not None
        inside = "".join(
            essay.text[max(note.span.start, p.start) : max(p.start, min(note.span.end, p.end))]
            for p in essay.paragraphs
        )
        before = [p for p in essay.paragraphs if p.end <= note.span.start]
        found[note.number] = inside or essay.text[before[-1].end - 1]
    return found


def word_passages(content: bytes) -> Passages:
    """The comments as python-docx has them."""
    file = docx.Document(io.BytesIO(content))
    over: dict[str, str] = {}
    opened: set[str] = set()
    for paragraph in file.paragraphs:
        for child in paragraph._p:
            if child.tag == qn("w:commentRangeStart"):
                opened.add(child.get(qn("w:id")))
                over[child.get(qn("w:id"))] = ""
            elif child.tag == qn("w:commentRangeEnd"):
                opened.remove(child.get(qn("w:id")))
            elif child.tag == qn("w:r"):
                for number in opened:
                    over[number] += child.text
    assert not opened
    return {_number(comment.text): over[str(comment.comment_id)] for comment in file.comments}


def office_passages(content: bytes, folder: Path) -> Passages:
    """The comments as LibreOffice has them once it has opened the file and written it as its own."""
    assert OFFICE is not None
    (folder / "sheet.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [OFFICE, profile, "--headless", "--convert-to", "fodt", "--outdir", str(folder), "sheet.docx"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    body = ET.parse(folder / "sheet.fodt").getroot().find(f".//{_OFFICE}text")
    assert body is not None
    over: dict[str, str] = {}
    numbers: dict[str, int] = {}
    opened: set[str] = set()
    for kind, told in _told(body):
        if kind == "text":
            for name in opened:
                over[name] += told
        elif kind == "end":
            opened.remove(told)
        else:
            opened.add(told)
            over[told] = ""
            numbers[told] = _number(kind)
    assert not opened
    return {number: over[name] for name, number in numbers.items()}


def _told(node: ET.Element) -> Iterator[tuple[str, str]]:
    """What stands in a text, in order: its letters, the ends of comments by name, and where one begins its words."""
    for child in node:
        tag = child.tag
        if tag == f"{_OFFICE}annotation":
            words = "".join("".join(p.itertext()) for p in child.iter(f"{_TEXT}p"))
            yield words, child.get(f"{_OFFICE}name", "")
        elif tag == f"{_OFFICE}annotation-end":
            yield "end", child.get(f"{_OFFICE}name", "")
        elif tag == f"{_TEXT}line-break":
            yield "text", "\n"
        elif tag == f"{_TEXT}s":
            yield "text", " " * int(child.get(f"{_TEXT}c", "1"))
        else:
            if tag in (f"{_TEXT}p", f"{_TEXT}span", f"{_TEXT}h") and child.text:
                yield "text", child.text
            yield from _told(child)
        if child.tail and node.tag in (f"{_TEXT}p", f"{_TEXT}span", f"{_TEXT}h"):
            yield "text", child.tail


def _number(words: str) -> int:
    return int(words.partition("]")[0].removeprefix("["))

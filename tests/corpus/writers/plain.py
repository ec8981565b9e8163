"""Text files as different programs leave them: encodings, line ends, wrapped lines, and how a paragraph is told."""

import textwrap
from collections.abc import Iterator
from pathlib import Path

from ..truth import Block, Essay, final, pieces


def lines(essay: Essay, *, bullet: str = "-", mark: str = "", notes: bool = False) -> Iterator[tuple[str, str]]:
    """The kind and text of every line: list signs typed, rows of a table with tabs, notes at the end."""
    for text in filter(None, (essay.candidate, essay.question)):
        yield "body", text
    number = 0
    for block in essay.body:
        number = number + 1 if block.kind == "number" else 0
        sign = {"bullet": f"{bullet} ", "number": f"{number}. "}.get(block.kind, "")
        yield block.kind, sign + "\t".join(final(text, mark) for text in block.texts)
    if notes:
        for note in essay.notes:
            yield "note", f"[{note.label}] {note.text}"


def notepad(essay: Essay, path: Path) -> None:
    """One line a paragraph, an empty one between: UTF-8 with its mark, Windows' line ends."""
    path.write_bytes("\r\n\r\n".join(text.replace("\n", "\r\n") for _, text in lines(essay)).encode("utf-8-sig"))


def windows(essay: Essay, path: Path) -> None:
    """One line a paragraph and no empty ones, in Windows-1252."""
    path.write_bytes("\r\n".join(text.replace("\n", "\r\n") for _, text in lines(essay)).encode("cp1252"))


def utf16(essay: Essay, path: Path) -> None:
    """Notepad's "Unicode": UTF-16 with its mark."""
    path.write_bytes("\r\n\r\n".join(text.replace("\n", "\r\n") for _, text in lines(essay)).encode("utf-16"))


def mac(essay: Essay, path: Path) -> None:
    """An old Mac's: Mac Roman, paragraphs that end in a carriage return."""
    path.write_bytes("\r".join(text.replace("\n", "\r") for _, text in lines(essay, bullet="•")).encode("mac_roman"))


def google(essay: Essay, path: Path) -> None:
    """Google Docs' "Plain Text": a mark, stars for bullets, notes below a line of underscores."""
    out = ["\ufeff"]
    gap = "\r\n\r\n\r\n" if "spaced" in essay.layout else "\r\n"
    told = list(lines(essay, bullet="*"))
    marked = [text for _, text in lines(essay, bullet="*", mark="[{}]")]
    out.append(
        gap.join(marked if essay.notes else [text for _, text in told]).replace("\n", "\r\n").replace("\r\r", "\r")
    )
    if essay.notes:
        out.append("\r\n________________\r\n")
        out.append("\r\n".join(f"[{note.label}] {note.text}" for note in essay.notes))
    path.write_bytes("".join(out).encode())


def wrapped(essay: Essay, path: Path, *, width: int = 72) -> None:
    """Lines wrapped by an editor, an empty line between paragraphs."""
    told = ["\n".join(_wrap(kind, text, width)) for kind, text in lines(essay, mark="[{}]", notes=True)]
    path.write_bytes(("\n\n".join(told) + "\n").encode())


def typewriter(essay: Essay, path: Path) -> None:
    """Lines wrapped at 65 and each paragraph's first indented, no empty lines."""
    out: list[str] = []
    for kind, text in lines(essay):
        out += _wrap(kind, text, 65, "     ") if kind == "body" else [f"   {row}" for row in _wrap(kind, text, 62)]
    path.write_bytes(("\n".join(out) + "\n").encode())


def word_breaks(essay: Essay, path: Path) -> None:
    """Word's plain text "with line breaks": wrapped where the page's lines ended, nothing between paragraphs."""
    rows = [row for kind, text in lines(essay) for row in _wrap(kind, text, 84)]
    path.write_bytes(("\r\n".join(rows) + "\r\n").encode("utf-8-sig"))


def _wrap(kind: str, text: str, width: int, indent: str = "") -> list[str]:
    if kind == "row":
        return [text]
    return [
        row
        for line in text.split("\n")
        for row in textwrap.wrap(line, width, initial_indent=indent, break_long_words=False, break_on_hyphens=True)
    ]


def markdown(essay: Essay) -> str:
    """The essay for pandoc to read: its own marks for notes, lists, tables, quotations and tracked changes."""
    out = [line for line in (essay.candidate, essay.question) if line]
    rows: list[Block] = []
    number = 0
    for block in [*essay.body, Block("", ("",))]:
        if block.kind == "row":
            rows.append(block)
            continue
        if rows:
            width = len(rows[0].texts)
            table = ["| " + " | ".join(row.texts) + " |" for row in rows]
            out.append("\n".join([table[0], "|" + "---|" * width, *table[1:]]))
            rows = []
        number = number + 1 if block.kind == "number" else 0
        said = _markdown_inline(block.text)
        shape = {"heading": "# {}", "title": "# {}", "quote": "> {}", "bullet": "-   {}", "number": f"{number}.  {{}}"}
        if block.kind == "verse":
            said = said.replace("\n", "\\\n")
        if block.kind:
            out.append(shape.get(block.kind, "{}").format(said))
    out += [f"[^{note.label}]: {_escaped(note.text)}" for note in essay.notes]
    return "\n\n".join(out) + "\n"


def _markdown_inline(text: str) -> str:
    told = 'author="R. A." date="2026-11-02T19:04:00Z"'
    out: list[str] = []
    for n, piece in enumerate(pieces(text)):
        said = _escaped(piece.text)
        if piece.kind == "ins":
            out.append(f"[{said}]{{.insertion {told}}}")
        elif piece.kind == "gone":
            out.append(f"[{said}]{{.deletion {told}}}")
        elif piece.kind == "comment":
            out.append(f'[{said}]{{.comment-start id="{n}" {told}}}[]{{.comment-end id="{n}"}}')
        elif piece.kind == "mark":
            out.append(f"[^{piece.text}]")
        else:
            out.append(said)
    return "".join(out)


def _escaped(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]<>$@#~^|" else letter for letter in text)

"""The essays of the corpus as they were written: what every file made of them has to give back."""

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

HERE = Path(__file__).parent
ESSAYS = HERE / "essays"
NOTES = ("foot", "end")
KINDS = ("title", "heading", "body", "quote", "verse", "bullet", "number", "row", "source", "box", *NOTES)
_INLINE = re.compile(r"\{\+(?P<ins>.*?)\+\}|\{-(?P<gone>.*?)-\}|\{#(?P<comment>.*?)#\}|\[\^(?P<mark>\w)\]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a block. ``kind``: text, ins (a tracked insertion), gone (a deletion), comment, mark (of a note)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a row of a table, or a note with its label."""

    kind: str
    texts: tuple[str, ...]
    label: str = ""

    @property
    def text(self) -> str:
        return self.texts[0]


@dataclass(frozen=True)
class Essay:
    """One essay: its question, its lines above, and its blocks in order."""

    name: str
    student: str
    question: str
    candidate: str
    layout: frozenset[str]
    blocks: tuple[Block, ...]

    @cached_property
    def body(self) -> tuple[Block, ...]:
        """The blocks without the notes, which every program puts elsewhere."""
        return tuple(block for block in self.blocks if block.kind not in NOTES)

    @cached_property
    def notes(self) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.kind in NOTES)

    def note(self, label: str) -> Block:
        return next(block for block in self.notes if block.label == label)

    def number(self, label: str) -> int:
        """Which note of its own kind it is."""
        return int(label) if label.isdigit() else ord(label) - ord("a") + 1


def pieces(text: str) -> list[Piece]:
    """A block's text cut at its marks of notes, tracked changes and comments."""
    found: list[Piece] = []
    at = 0
    for match in _INLINE.finditer(text):
        found.append(Piece("text", text[at : match.start()]))
        kind = match.lastgroup or "text"
        found.append(Piece(kind, match[kind]))
        at = match.end()
    found.append(Piece("text", text[at:]))
    return [piece for piece in found if piece.text]


def final(text: str, mark: str = "") -> str:
    """A block's text with its tracked changes made and its comments off; ``mark`` with ``{}`` shows a note's label."""
    shown = {"text": "{}", "ins": "{}", "mark": mark}
    return "".join(shown.get(piece.kind, "").format(piece.text) for piece in pieces(text))


def essay(name: str) -> Essay:
    """The essay of that name."""
    told = tomllib.loads((ESSAYS / f"{name}.toml").read_text(encoding="utf-8"))
    blocks = []
    for kind, *texts in told["blocks"]:
        label = texts.pop(0) if kind in NOTES else ""
        blocks.append(Block(kind, tuple(texts), label))
    return Essay(
        name,
        told["student"],
        told.get("question", ""),
        told.get("candidate", ""),
        frozenset(told["layout"]),
        tuple(blocks),
    )


def names() -> list[str]:
    return sorted(path.stem for path in ESSAYS.glob("*.toml"))

"""What lies on the pages of a PDF and is not drawn by them: comments, typed-in notes, the fields of a form."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf import PageObject
from pypdf.generic import ArrayObject, DictionaryObject

from markdesk.formats.pdf.drawing import PLAIN, Matrix
from markdesk.formats.pdf.objects import value
from markdesk.formats.pdf.shapes import Run

_COMMENTS = frozenset(
    [
        "/Text",
        "/Highlight",
        "/Underline",
        "/Squiggly",
        "/StrikeOut",
        "/Caret",
        "/Ink",
        "/Stamp",
        "/Line",
        "/Square",
        "/Circle",
        "/Polygon",
        "/PolyLine",
        "/FileAttachment",
        "/Sound",
        "/Redact",
    ]
)
_MOST = 5_000
_DEEPEST = 20
_TYPED_SIZE = 11.0
_PASSWORD = 1 << 13


@dataclass(slots=True)
class Beside:
    """What was found, on one page or on all of them."""

    typed: list[tuple[Run, Matrix]] = field(default_factory=list)
    """What was typed into the fields of a form, each line in the field's place."""
    removed: list[str] = field(default_factory=list)
    """The words of notes that somebody typed over the page."""
    comments: int = 0
    fields: int = 0

    def add(self, other: "Beside") -> None:
        """Count in what another page has."""
        self.removed.extend(other.removed)
        self.comments += other.comments
        self.fields += other.fields

    def notes(self) -> Iterator[str]:
        """The sentences for the teacher."""
        if self.comments:
            yield f"{self.comments} comment{'s' if self.comments > 1 else ''} on the PDF left out."
        if self.removed:
            several = len(self.removed) > 1
            yield f"{len(self.removed)} note{'s' if several else ''} typed over the pages left out of the essay."
        if self.fields:
            yield f"{self.fields} field{'s' if self.fields > 1 else ''} of a form taken in with the text."


def beside(page: PageObject) -> Beside:
    """The comments, notes and filled-in fields of a page."""
    found = Beside()
    listed = value(page.get("/Annots"))
    for item in listed[:_MOST] if isinstance(listed, ArrayObject) else ():
        note = value(item)
        if not isinstance(note, DictionaryObject):
            continue
        kind = note.get("/Subtype")
        if kind == "/FreeText":
            words = str(value(note.get("/Contents")) or "").strip()
            found.removed.extend([words] if words else [])
        elif kind == "/Widget":
            _add_field(found, note)
        elif kind in _COMMENTS and "/IRT" not in note:
            found.comments += 1
    return found


def _add_field(found: Beside, widget: DictionaryObject) -> None:
    if _inherited(widget, "/FT") != "/Tx" or int(_inherited(widget, "/Ff") or 0) & _PASSWORD:
        return
    typed = _inherited(widget, "/V")
    box = value(widget.get("/Rect"))
    text = str(typed) if isinstance(typed, str) else ""
    if not text.strip() or not isinstance(box, ArrayObject) or len(box) < 4:
        return
    left, bottom, right, top = (float(value(side)) for side in box[:4])
    found.fields += 1
    for n, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        # A tag of its own, below every tag of the file, keeps each typed line a paragraph.
        y = max(top - _TYPED_SIZE * n, bottom) - n * 0.01
        run = Run(line, min(left, right), max(left, right), y, _TYPED_SIZE, tag=-(found.fields * 1000 + n))
        found.typed.append((run, PLAIN))


def _inherited(widget: DictionaryObject, key: str) -> Any:
    """A field's entry, from the field that it is a part of where it has none itself."""
    node: Any = widget
    for _ in range(_DEEPEST):
        if not isinstance(node, DictionaryObject):
            return None
        if key in node:
            return value(node[key])
        node = value(node.get("/Parent"))
    return None

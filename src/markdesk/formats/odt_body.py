"""The body of an OpenDocument text: paragraphs in order, text boxes after theirs, notes taken out and numbered."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from odfdo.element import Element

from markdesk.core.essay import MAX_PARAGRAPHS
from markdesk.formats.files import refuse_too_long, refuse_too_many
from markdesk.formats.seen import Block
from markdesk.formats.written import ELSEWHERE, Paragraph, Told, blocks_of

MOST_SPACES = 200
"""So many spaces in a row are kept; a file may ask for a thousand million in a few letters."""

_SPACES = re.compile(r"[ \t\r\n]+")
_PARAGRAPHS = frozenset(("text:p", "text:h"))
_GAPS = {"text:tab": "\t", "text:line-break": "\n"}
_ITEMS = frozenset(("text:list-item", "text:list-header", "table:table-cell", "table:covered-table-cell"))
_APART = ("draw:", "dr3d:", "table:", "office:", "form:")
"""Elements so called hold paragraphs and no words of their own; what stands between is the markup's."""
_APART_TOO = frozenset(("text:list", "text:section", "text:index-body"))
_SILENT = frozenset((
    "text:tracked-changes", "office:annotation", "office:annotation-end", "office:forms", "office:scripts",
    "office:event-listeners", "office:binary-data", "text:sequence-decls", "text:variable-decls",
    "text:user-field-decls", "text:dde-connection-decls", "text:table-of-content-source",
    "text:illustration-index-source", "text:table-index-source", "text:object-index-source",
    "text:user-index-source", "text:alphabetical-index-source", "text:bibliography-source", "text:ruby-text",
    "text:number", "text:script", "svg:title", "svg:desc", "math:math",
))  # fmt: skip
"""What holds no words of the student's, or holds them a second time; a list's numbers are left out as they are in
every other format."""


def tag_of(element: Element) -> str:
    """The element's name with its usual prefix; ``?`` in a namespace that odfdo doesn't know, empty for a comment."""
    try:
        return element.tag
    except ValueError:
        return "?"
    except TypeError:
        return ""


def attribute(element: Element, name: str) -> str:
    """An attribute's value, empty where there is none."""
    return element.get_attribute_string(name) or ""


class Styles:
    """What the styles of a document say that matters here: which text is hidden, which paragraph is the title."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._parents: dict[str, str] = {}
        self._hidden: dict[str, bool] = {}
        for root in roots:
            for style in root.get_elements("*/style:style"):
                self._add(style)

    def _add(self, style: Element) -> None:
        name = attribute(style, "style:name")
        self._parents.setdefault(name, attribute(style, "style:parent-style-name"))
        for properties in style.get_elements("style:text-properties"):
            display = attribute(properties, "text:display")
            if display:
                self._hidden.setdefault(name, display == "none")

    def is_hidden(self, name: str) -> bool:
        """Whether text in that style isn't shown on the page."""
        return next((self._hidden[each] for each in self._line(name) if each in self._hidden), False)

    def is_title(self, name: str) -> bool:
        """Whether a paragraph in that style is the document's title."""
        return "Title" in self._line(name)

    def _line(self, name: str) -> list[str]:
        """The style and those it takes after, nearest first; styles that take after each other end it."""
        line: list[str] = []
        while name and name not in line and len(line) < 20:
            line.append(name)
            name = self._parents.get(name, "")
        return line


class _Typed:
    """The paragraph being read: spaces of the markup closed up as the format says, the student's own kept."""

    def __init__(self, level: int) -> None:
        self.level = level
        self.pieces: list[str] = []
        self.linked = 0
        self.after_space = True
        self.boxes: list[Paragraph] = []

    def add(self, text: str, *, linked: bool) -> None:
        text = _SPACES.sub(" ", text)
        if self.after_space:
            text = text.removeprefix(" ")
        if text:
            self.put(text, after_space=text.endswith(" "))
            self.linked += len(text) if linked else 0

    def put(self, text: str, *, after_space: bool = False) -> None:
        self.pieces.append(text)
        self.after_space = after_space


class BodyReader:
    """Walks a body, or a page's head or foot, once."""

    def __init__(self, file_name: str, styles: Styles) -> None:
        self.told = Told()
        self._file_name = file_name
        self._styles = styles
        self._paragraphs: list[Paragraph] = []
        self._notes: list[list[Paragraph]] = []
        self._typed: _Typed | None = None
        self._length = 0
        self._links = self._items = self._hidden = 0

    def blocks(self, body: Element) -> list[Block]:
        """The blocks of a body. Raises EssayUnreadable for more of them than an essay can have."""
        self._read_inside(body)
        return blocks_of(self._paragraphs, self._notes)

    def _read_inside(self, parent: Element) -> None:
        if self._typed is not None and parent.text:
            self._typed.add(parent.text, linked=self._links > 0)
        for child in parent.children:
            self._read(child, tag_of(child))
            if self._typed is not None and child.tail:
                self._typed.add(child.tail, linked=self._links > 0)

    def _read(self, element: Element, tag: str) -> None:
        self._tell(element, tag)
        if not tag or tag in _SILENT:
            return
        if tag in _PARAGRAPHS:
            self._read_paragraph(element, tag)
        elif tag == "text:note":
            self._read_note(element)
        elif self._typed is not None and (tag in _GAPS or tag == "text:s"):
            self._typed.put(_GAPS.get(tag) or " " * _count(element))
        elif self._typed is not None and (tag.startswith(_APART) or tag in _APART_TOO):
            with self._apart(self._typed.boxes):
                self._read_marked(element, tag)
        else:
            self._read_marked(element, tag)

    def _read_marked(self, element: Element, tag: str) -> None:
        """Read on inside an element that may say of its text that it is a link, an item or hidden."""
        link = tag == "text:a" and attribute(element, "xlink:href").startswith(ELSEWHERE)
        item = tag in _ITEMS
        hidden = self._says_hidden(element, tag)
        if hidden and not self._hidden:
            self.told.hidden += 1
        self._links += link
        self._items += item
        self._hidden += hidden
        self._read_inside(element)
        if tag == "text:hidden-text" and self._typed is not None and not element.text:
            self._typed.add(attribute(element, "text:string-value"), linked=False)
        self._links -= link
        self._items -= item
        self._hidden -= hidden

    def _says_hidden(self, element: Element, tag: str) -> bool:
        if tag in ("text:span", "text:a"):
            return self._styles.is_hidden(attribute(element, "text:style-name"))
        if tag == "text:section":
            return attribute(element, "text:display") == "none"
        return tag in ("text:hidden-text", "text:hidden-paragraph") and attribute(element, "text:is-hidden") != "false"

    def _read_paragraph(self, element: Element, tag: str) -> None:
        if self._typed is not None:
            with self._apart(self._typed.boxes):
                self._read_paragraph(element, tag)
            return
        style = attribute(element, "text:style-name")
        hidden = self._styles.is_hidden(style)
        typed = self._typed = _Typed(self._level(element, tag, style))
        self._hidden += hidden
        self._read_inside(element)
        self._hidden -= hidden
        self._typed = None
        text = "".join(typed.pieces)
        self._length += len(text)
        refuse_too_long(self._file_name, self._length)
        if hidden and not self._hidden and text.strip():
            self.told.hidden += 1
        self._paragraphs += [Paragraph(text, typed.level, self._items > 0, typed.linked), *typed.boxes]
        refuse_too_many(self._file_name, len(self._paragraphs), MAX_PARAGRAPHS * 2)

    def _level(self, element: Element, tag: str, style: str) -> int:
        if tag == "text:h":
            level = attribute(element, "text:outline-level")
            return min(6, max(1, int(level))) if level.isdecimal() and len(level) < 3 else 1
        return 1 if self._styles.is_title(style) else 0

    def _read_note(self, note: Element) -> None:
        """A footnote or an endnote: a mark here, and its paragraphs at the end."""
        paragraphs: list[Paragraph] = []
        self._notes.append(paragraphs)
        if self._typed is not None:
            self._typed.put(f"[{len(self._notes)}]")
        with self._apart(paragraphs):
            for body in note.get_elements("text:note-body"):
                self._read_inside(body)

    @contextmanager
    def _apart(self, paragraphs: list[Paragraph]) -> Iterator[None]:
        """While it lasts, paragraphs go to that list, and what was being typed waits."""
        outer = self._paragraphs, self._typed
        self._paragraphs, self._typed = paragraphs, None
        try:
            yield
        finally:
            self._paragraphs, self._typed = outer

    def _tell(self, element: Element, tag: str) -> None:
        if tag == "office:annotation":
            self.told.comments += 1
        elif tag == "draw:image":
            self.told.pictures = True
        elif tag in ("draw:object", "draw:object-ole", "math:math"):
            self.told.other_document = True
        elif tag == "text:tracked-changes":
            self.told.deleted = bool(element.get_elements("text:changed-region/text:deletion"))
            self.told.inserted = bool(element.get_elements("text:changed-region/text:insertion"))


def _count(spaces: Element) -> int:
    count = attribute(spaces, "text:c")
    return min(MOST_SPACES, int(count[:9])) if count.isdecimal() else 1

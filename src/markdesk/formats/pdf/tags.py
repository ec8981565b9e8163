"""What a tagged PDF says about its own structure: which letters are one paragraph, heading, list item or footnote."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pypdf import PageObject, PdfReader

from markdesk.formats.pdf.objects import value
from markdesk.formats.pdf.shapes import NO_TAG, Role

_HEADINGS = {"H": 1, "Title": 1, "H1": 1, "H2": 2, "H3": 3, "H4": 4, "H5": 5, "H6": 6}
_BLOCKS = frozenset(("P", "LI", "TD", "TH", "Note", "FENote", "Caption", "TOCI", "BibEntry", *_HEADINGS))
_NOTES = frozenset(("Note", "FENote"))
_LISTED = frozenset(("LI", "TD", "TH", "TOCI", "BibEntry"))
_TEXT = Role()
_DEEPEST = 60
_MOST_NODES = 20_000


@dataclass(slots=True)
class Tags:
    """The paragraphs of a tagged PDF by number; empty for one without tags."""

    _parents: Mapping[int, Any] = field(default_factory=dict)
    """By a page's number in the tree: the list of its elements."""
    _renamed: Mapping[str, str] = field(default_factory=dict)
    _numbers: dict[int, int] = field(default_factory=dict)
    """By an element's own number in the file: the number that we gave it."""
    roles: dict[int, Role] = field(default_factory=dict)

    def of_page(self, page: PageObject) -> dict[int, int]:
        """For each marked stretch of a page the number of what it belongs to."""
        if not self._parents:
            return {}
        elements = self._parents.get(_number(page.get("/StructParents")))
        elements = value(elements)
        if not isinstance(elements, list):
            return {}
        return {mark: self._number_of(element) for mark, element in enumerate(elements[:_MOST_NODES])}

    def role(self, tag: int) -> Role:
        """What a tag stands for; plain text where nothing is said."""
        return self.roles.get(tag, _TEXT)

    def _number_of(self, element: Any) -> int:
        """The number of the nearest block around an element; a note is a block with everything in it."""
        chosen, role = None, _TEXT
        for _ in range(_DEEPEST):
            node = value(element)
            if not hasattr(node, "get"):
                break
            kind = self._kind(node)
            if kind in _NOTES:
                return self._given(node, Role(note=True))
            if kind == "LI" and not role.listed:
                chosen, role = node, Role(listed=True)  # its number and its text are two paragraphs inside it
            elif kind in _BLOCKS:
                role = Role(role.level or _HEADINGS.get(kind, 0), role.listed or kind in _LISTED)
                chosen = chosen or node
            element = node.get("/P")
        return NO_TAG if chosen is None else self._given(chosen, role)

    def _given(self, node: Any, role: Role) -> int:
        number = self._numbers.setdefault(id(node), len(self._numbers) + 1)
        self.roles[number] = role
        return number

    def _kind(self, node: Any) -> str:
        kind = str(value(node.get("/S")) or "").lstrip("/")
        return self._renamed.get(kind, kind) if kind not in _BLOCKS else kind


def read_tags(reader: PdfReader) -> Tags:
    """The tags of a PDF, none where it has none or says itself that they can't be trusted."""
    root = value(reader.trailer["/Root"])
    tree = value(root.get("/StructTreeRoot"))
    marked = value(root.get("/MarkInfo"))
    suspect = hasattr(marked, "get") and getattr(value(marked.get("/Suspects")), "value", False)
    if not hasattr(tree, "get") or suspect:
        return Tags()
    parents: dict[int, Any] = {}
    waiting = [(value(tree.get("/ParentTree")), 0)]
    seen = 0
    while waiting and seen < _MOST_NODES:
        node, depth = waiting.pop()
        seen += 1
        if not hasattr(node, "get") or depth > _DEEPEST:
            continue
        numbers = value(node.get("/Nums"))
        if isinstance(numbers, list):
            pairs = zip(numbers[::2], numbers[1::2], strict=False)
            parents.update((_number(number), elements) for number, elements in pairs)
        kids = value(node.get("/Kids"))
        waiting.extend((value(kid), depth + 1) for kid in (kids if isinstance(kids, list) else ()))
    renamed = value(tree.get("/RoleMap"))
    names = dict(renamed) if hasattr(renamed, "get") else {}
    return Tags(parents, {str(old).lstrip("/"): str(value(new)).lstrip("/") for old, new in names.items()})


def _number(thing: Any) -> int:
    number = value(thing)
    return int(number) if isinstance(number, (int, float)) else -1

"""The XML of a Word document: what mammoth would leave out is mended, and what the text doesn't show is said."""

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from xml.etree import ElementTree

from markdesk.formats.written import Told

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT_WORD = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_WRAPPERS = frozenset(("fldSimple", "dir", "bdo", "ruby", "rubyBase", "oMath", "oMathPara"))
"""What mammoth skips with everything in it; the text inside is the student's all the same."""
_SPACES = {"ptab": "tab", "cr": "br"}
"""Gaps that mammoth doesn't know, so that it would join the words beside them."""
_LINK_ID = "}id"
_SKIPPED = frozenset(("del", "moveFrom", "delText", "instrText", "pPr", "rPr", "sectPr", "sdtPr", "Choice"))


@dataclass(frozen=True, slots=True)
class Facts:
    """What a document says about itself that its text doesn't show."""

    told: Told
    letters: int
    """Characters that a reader of the document sees, to compare with what was read."""


def local(element: ElementTree.Element) -> str:
    """The element's name without its namespace, of which Word has an old and a strict one; empty for a comment."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def mend(tree: ElementTree.Element, targets: AbstractSet[str]) -> bool:
    """Put what mammoth would leave out or stumble over into forms that it reads. True if anything was.

    ``targets`` are the ids of the part's links: a link to nothing is its text.
    """
    changed = _free_text_boxes(tree)
    for parent in reversed(list(tree.iter())):
        names = [local(child) for child in parent]
        if not (_WRAPPERS.intersection(names) or _SPACES.keys() & set(names) or "hyperlink" in names):
            continue
        children: list[ElementTree.Element] = []
        for name, child in zip(names, list(parent), strict=True):
            if name in _WRAPPERS:
                children.extend(_inside(child, name))
                changed = True
            elif name in _SPACES:
                children.append(ElementTree.Element(f"{_WORD}{_SPACES[name]}"))
                changed = True
            else:
                changed = (name == "hyperlink" and _unlink(child, targets)) or changed
                children.append(child)
        parent[:] = children
    return changed


def _inside(wrapper: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    if name != "oMath":
        yield from (child for child in wrapper if local(child) != "rt")  # the reading beside a ruby's word
        return
    run = ElementTree.Element(f"{_WORD}r")
    text = ElementTree.SubElement(run, f"{_WORD}t")
    text.text = "".join(part.text or "" for part in wrapper.iter() if local(part) == "t")
    yield run


def _unlink(link: ElementTree.Element, targets: AbstractSet[str]) -> bool:
    """Take the target off a link that leads nowhere. True if it did."""
    key = next((key for key in link.attrib if key.endswith(_LINK_ID) and link.attrib[key] not in targets), None)
    if key is None:
        return False
    del link.attrib[key]
    return True


def unmark(tree: ElementTree.Element, notes: AbstractSet[tuple[str, str]]) -> int:
    """Take off the marks of notes that aren't in the file, over which mammoth would stumble. How many there were."""
    count = 0
    for parent in list(tree.iter()):
        for child in list(parent):
            kind = local(child).removesuffix("Reference")
            if kind in ("footnote", "endnote") and local(child) != kind and (kind, _id(child)) not in notes:
                parent.remove(child)
                count += 1
    return count


def notes_in(trees: Iterable[ElementTree.Element]) -> frozenset[tuple[str, str]]:
    """The kind and id of each note in these parts."""
    return frozenset(
        (local(note), _id(note)) for tree in trees for note in tree if local(note) in ("footnote", "endnote")
    )


def _id(element: ElementTree.Element) -> str:
    return next((value for key, value in element.attrib.items() if key.endswith("}id")), "")


def margins(parts: Mapping[str, bytes]) -> tuple[str, ...]:
    """The lines in the heads and feet of the document's pages, each once."""
    found: dict[str, None] = {}
    for name in sorted(parts):
        if not re.search(r"(?:^|/)(?:header|footer)\d*\.xml$", name) or not parts[name]:
            continue
        for paragraph in ElementTree.fromstring(parts[name]).iter():  # noqa: S314 - DOCTYPEs were refused
            if local(paragraph) == "p":
                line = "".join(_text_of(paragraph)).strip()
                if line:
                    found[line] = None
    return tuple(found)


def _text_of(paragraph: ElementTree.Element) -> Iterator[str]:
    for part in paragraph.iter():
        name = local(part)
        if name == "t":
            yield part.text or ""
        elif name in ("tab", "ptab", "br", "cr"):
            yield " "


def _free_text_boxes(tree: ElementTree.Element) -> bool:
    """Give text boxes the older form that mammoth reads, where Word left only the newer one. True if any was."""
    changed = False
    for parent in list(tree.iter()):
        for n, child in enumerate(list(parent)):
            name = local(child)
            newer_only = name == "AlternateContent" and all(local(part) != "Fallback" for part in child)
            drawing = name == "drawing" and local(parent) != "Choice"
            if not newer_only and not drawing:
                continue
            boxes = [box for box in child.iter() if local(box) == "txbxContent"]
            if not boxes:
                continue
            word = _STRICT_WORD if boxes[0].tag.startswith(_STRICT_WORD) else _WORD
            picture = ElementTree.Element(f"{word}pict")
            for box in boxes:
                shape = ElementTree.SubElement(picture, f"{_VML}shape")
                ElementTree.SubElement(shape, f"{_VML}textbox").append(box)
            parent[n] = picture
            changed = True
    return changed


def facts(tree: ElementTree.Element, parts: dict[str, bytes]) -> Facts:
    """What a teacher should be told about a document: its tracked changes, hidden text, comments, and its length."""
    names = {local(element) for element in tree.iter()}
    told = Told(
        inserted=bool(names & {"ins", "moveTo"}),
        deleted=bool(names & {"del", "moveFrom"}),
        hidden=sum(1 for element in tree.iter() if local(element) == "vanish" and _is_on(element)),
        comments=sum(
            len(re.findall(rb"<(?:\w{1,20}:)?comment[\s>]", content))
            for name, content in parts.items()
            if name.rsplit("/", 1)[-1] == "comments.xml"
        ),
        pictures=any(name.startswith("word/media/") for name in parts),
        other_document="altChunk" in names,
    )
    return Facts(told, _visible_letters(tree))


def _is_on(element: ElementTree.Element) -> bool:
    return all(value not in ("0", "false", "off") for value in element.attrib.values())


def _visible_letters(tree: ElementTree.Element) -> int:
    """Characters of the body's text, deletions and the second copy of text boxes not counted."""
    count = 0
    waiting = [tree]
    while waiting:
        element = waiting.pop()
        name = local(element)
        if name == "t":
            count += sum(len(word) for word in (element.text or "").split())
        deleted_row = name == "tr" and any(local(mark) == "del" for part in element for mark in part)
        if name not in _SKIPPED and not deleted_row:
            waiting.extend(element)
    return count

"""Word documents, read by mammoth after their container was found to be harmless."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError

import mammoth

from markdesk.core.errors import EssayUnreadable
from markdesk.core.essay import normalise
from markdesk.desk.ports import EssayDraft
from markdesk.formats.blocks import sort_blocks
from markdesk.formats.files import finish, refuse_too_many
from markdesk.formats.html import document_blocks
from markdesk.formats.seen import Block

MAX_PART = 32 * 1024 * 1024
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 100
MAX_MEMBERS = 2_000
_SMALL = 8 * 1024 * 1024
"""Below this many bytes unpacked the ratio says nothing: an honest table shrinks to a hundredth."""

_NOTE_PREFIX = "note-"
_STYLES = """
p[style-name='Title'] => h1:fresh
br[type='page'] => br
br[type='column'] => br
"""
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, KeyError, IndexError, ValueError, TypeError, AttributeError,
    NotImplementedError, RuntimeError, OSError, ExpatError, ElementTree.ParseError, AssertionError,
)  # fmt: skip
"""What the zip reader, the XML reader and mammoth are known to raise on damaged files."""
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT_WORD = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = frozenset(("del", "moveFrom", "delText", "instrText", "pPr", "rPr", "sectPr", "sdtPr", "Choice"))


@dataclass(frozen=True, slots=True)
class DocxImporter:
    """Reads ``.docx`` files of Word, Google Docs, LibreOffice and Pages."""

    name: str = "docx"
    suffixes: tuple[str, ...] = (".docx", ".docm", ".dotx")

    def read(self, data: bytes, file_name: str) -> EssayDraft:
        """Everything the student wrote, footnotes and text boxes included, tracked deletions left out.

        Raises EssayUnreadable for a file that is damaged, protected, harmful or without words.
        """
        try:
            return _read(data, file_name)
        except RecursionError as error:
            raise EssayUnreadable(
                f"{file_name} is nested too deeply to be an essay.", "Save it again in Word."
            ) from error
        except _DAMAGE as error:
            raise EssayUnreadable(
                f"{file_name} is damaged and can't be read as a Word document.",
                "Open it in Word, let Word repair it, and save it again; or ask for the file again.",
            ) from error


def word_html(data: bytes, file_name: str) -> str:
    """A document as HTML, for what reads its tables. Raises EssayUnreadable as the importer does."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            parts = _checked_parts(container, len(data), file_name)
        return _html(parts)
    except (RecursionError, *_DAMAGE) as error:
        raise EssayUnreadable(
            f"{file_name} is damaged and can't be read as a Word document.",
            "Open it in Word, let Word repair it, and save it again.",
        ) from error


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a document says about itself that its text doesn't show."""

    notes: tuple[str, ...]
    letters: int
    """Characters that a reader of the document sees, to compare with what was read."""


def _read(data: bytes, file_name: str) -> EssayDraft:
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        parts = _checked_parts(container, len(data), file_name)
    pictures = any(name.startswith("word/media/") for name in parts)
    main = _main_part(parts)
    tree = ElementTree.fromstring(parts[main])  # noqa: S314 - DOCTYPEs were refused
    if _free_text_boxes(tree):
        parts[main] = ElementTree.tostring(tree, "utf-8")
    facts = _facts(tree, parts)
    blocks = document_blocks(normalise(_html(parts)), _NOTE_PREFIX)
    refuse_too_many(file_name, len(blocks))
    found = sort_blocks(blocks, students_file=True)
    notes = [*found.notes, *facts.notes]
    if pictures:
        notes.append("The document has pictures; only its text was taken in.")
    if sum(map(_letters, blocks)) < facts.letters:
        notes.append("Some text of the document could not be read; compare it with the original.")
    return finish(file_name, found.question, found.essay, found.removed, notes)


def _html(parts: dict[str, bytes]) -> str:
    if "word/styles.xml" in parts:
        parts["word/styles.xml"] = _names_of_styles(parts["word/styles.xml"])
    html: str = mammoth.convert_to_html(
        _packed(parts),
        style_map=_STYLES,
        include_embedded_style_map=False,
        convert_image=lambda image: [],
        id_prefix=_NOTE_PREFIX,
    ).value
    return html


def _letters(block: Block) -> int:
    return sum(len(word) for word in block.text.split())


def _checked_parts(container: zipfile.ZipFile, packed: int, file_name: str) -> dict[str, bytes]:
    """The XML parts of a document (media are named but left empty). Raises EssayUnreadable for one that is a trap."""
    members = container.infolist()
    unpacked = sum(member.file_size for member in members)
    refuse = "Ask for the file again, saved as a new .docx."
    if len(members) > MAX_MEMBERS:
        raise EssayUnreadable(f"{file_name} holds {len(members):,} parts; an essay has a few dozen.", refuse)
    largest = max((member.file_size for member in members), default=0)
    if largest > MAX_PART or unpacked > MAX_UNPACKED or (unpacked > _SMALL and unpacked > packed * MAX_RATIO):
        raise EssayUnreadable(f"{file_name} unpacks to {unpacked / 1e6:,.0f} MB; that is no essay.", refuse)
    if any(member.flag_bits & 1 for member in members):
        raise EssayUnreadable(f"{file_name} is protected by a password.", "Take the password off and save it.")
    parts: dict[str, bytes] = {}
    for member in members:
        if not member.filename.lower().endswith((".xml", ".rels")):
            parts.setdefault(member.filename, b"")
            continue
        content = container.read(member)
        if any(doctype in content for doctype in _DOCTYPES):
            raise EssayUnreadable(f"{file_name} has a DOCTYPE in {member.filename}, which Word never writes.", refuse)
        parts[member.filename] = content
    return parts


def _main_part(parts: dict[str, bytes]) -> str:
    if "word/document.xml" in parts:
        return "word/document.xml"
    rels = ElementTree.fromstring(parts["_rels/.rels"])  # noqa: S314
    for relation in rels:
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    raise KeyError("no main part")


def _packed(parts: dict[str, bytes]) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    packed.seek(0)
    return packed


def _names_of_styles(content: bytes) -> bytes:
    """The styles without how they look: a template's are often 20 times the essay, and only names and lists count."""
    tree = ElementTree.fromstring(content)  # noqa: S314 - DOCTYPEs were refused
    for style in list(tree):
        if _local(style) != "style" or any(value == "table" for value in style.attrib.values()):
            tree.remove(style)
            continue
        for detail in list(style):
            if _local(detail) not in ("name", "basedOn", "pPr"):
                style.remove(detail)
    slim: bytes = ElementTree.tostring(tree, "utf-8")
    return slim


def _local(element: ElementTree.Element) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _free_text_boxes(tree: ElementTree.Element) -> bool:
    """Give text boxes the older form that mammoth reads, where Word left only the newer one. True if any was."""
    changed = False
    for parent in list(tree.iter()):
        for n, child in enumerate(list(parent)):
            name = _local(child)
            newer_only = name == "AlternateContent" and all(_local(part) != "Fallback" for part in child)
            drawing = name == "drawing" and _local(parent) != "Choice"
            if not newer_only and not drawing:
                continue
            boxes = [box for box in child.iter() if _local(box) == "txbxContent"]
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


def _facts(tree: ElementTree.Element, parts: dict[str, bytes]) -> _Facts:
    notes: list[str] = []
    names = {_local(element) for element in tree.iter()}
    if names & {"del", "moveFrom"}:
        notes.append("The document has tracked changes: insertions are kept, deletions are left out.")
    elif names & {"ins", "moveTo"}:
        notes.append("The document has tracked changes: insertions are kept.")
    hidden = sum(1 for element in tree.iter() if _local(element) == "vanish" and _is_on(element))
    if hidden:
        notes.append(f"{hidden} passage{'s are' if hidden > 1 else ' is'} formatted as hidden in Word; shown here.")
    comments = sum(
        len(re.findall(rb"<(?:\w{1,20}:)?comment[\s>]", content))
        for name, content in parts.items()
        if name.rsplit("/", 1)[-1] == "comments.xml"
    )
    if comments:
        notes.append(f"{comments} comment{'s' if comments > 1 else ''} in the margin left out.")
    if "altChunk" in names:
        notes.append("The document holds another document, which was not read; compare it with the original.")
    return _Facts(tuple(notes), _visible_letters(tree))


def _is_on(element: ElementTree.Element) -> bool:
    return all(value not in ("0", "false", "off") for value in element.attrib.values())


def _visible_letters(tree: ElementTree.Element) -> int:
    """Characters of the body's text, deletions and the second copy of text boxes not counted."""
    count = 0
    waiting = [tree]
    while waiting:
        element = waiting.pop()
        name = _local(element)
        if name == "t":
            count += sum(len(word) for word in (element.text or "").split())
        deleted_row = name == "tr" and any(_local(mark) == "del" for part in element for mark in part)
        if name not in _SKIPPED and not deleted_row:
            waiting.extend(element)
    return count

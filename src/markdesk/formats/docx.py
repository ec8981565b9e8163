"""Word documents, read by mammoth after their container was found to be harmless."""

import io
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

import mammoth

from markdesk.core.essay import MAX_PARAGRAPHS, normalise
from markdesk.desk.drafts import EssayDraft
from markdesk.formats.files import refuse_too_many
from markdesk.formats.html import document_blocks
from markdesk.formats.packed import DAMAGE, damage_is_told, refuse_too_many_pieces, refuse_traps, xml_part
from markdesk.formats.seen import Block
from markdesk.formats.word_tree import facts, local, margins, mend, notes_in, unmark
from markdesk.formats.written import students_document

_NOTE_PREFIX = "note-"
_NOTE_PARTS = ("footnotes.xml", "endnotes.xml")
_LOOKS = ("styles.xml", "numbering.xml", "comments.xml")
"""What a text can be read without."""
_NO_LOOKS = "The document's styles or lists are damaged; its text was read without them, compare it with the original."
_STYLES = """
p[style-name='Title'] => h1:fresh
br[type='page'] => br
br[type='column'] => br
"""


@dataclass(frozen=True, slots=True)
class DocxImporter:
    """Reads ``.docx`` files of Word, Google Docs, LibreOffice and Pages."""

    name: str = "docx"
    suffixes: tuple[str, ...] = (".docx", ".docm", ".dotx")

    def read(self, data: bytes, file_name: str) -> EssayDraft:
        """Everything the student wrote, footnotes and text boxes included, tracked deletions left out.

        Raises EssayUnreadable for a file that is damaged, protected, harmful or without words.
        """
        with damage_is_told(file_name, "a Word document", "Word"):
            return _read(data, file_name)


def word_html(data: bytes, file_name: str) -> str:
    """A document as HTML, for what reads its tables. Raises EssayUnreadable as the importer does."""
    with damage_is_told(file_name, "a Word document", "Word"):
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            parts = _checked_parts(container, len(data), file_name)
        _body(parts, file_name)
        return _html(parts)[0]


def _read(data: bytes, file_name: str) -> EssayDraft:
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        parts = _checked_parts(container, len(data), file_name)
    read = facts(_body(parts, file_name), parts)
    html, notes_on_it = _html(parts)
    blocks = document_blocks(normalise(html), _NOTE_PREFIX)
    notes = [*read.told.notes(), *notes_on_it]
    if sum(map(_letters, blocks)) < read.letters:
        notes.append("Some text of the document could not be read; compare it with the original.")
    return students_document(file_name, blocks, margins(parts), notes)


def _body(parts: dict[str, bytes], file_name: str) -> ElementTree.Element:
    """The XML of the text itself. Raises EssayUnreadable for more of it than mammoth can take."""
    body = ElementTree.fromstring(parts[_main_part(parts)])  # noqa: S314 - DOCTYPEs were refused
    _refuse_too_large(body, file_name)
    return body


def _refuse_too_large(body: ElementTree.Element, file_name: str) -> None:
    """Raises EssayUnreadable, in a second, for what mammoth would need minutes or gigabytes for."""
    pieces = paragraphs = with_text = 0
    is_fresh = False
    for element in body.iter():
        pieces += 1
        name = local(element)
        if name == "p":
            paragraphs += 1
            is_fresh = True
        elif is_fresh and name == "t" and (element.text or "").strip():
            with_text += 1
            is_fresh = False
    refuse_too_many(file_name, with_text, MAX_PARAGRAPHS)
    refuse_too_many(file_name, paragraphs, MAX_PARAGRAPHS * 2)
    refuse_too_many_pieces(file_name, pieces)


def _html(parts: dict[str, bytes]) -> tuple[str, list[str]]:
    """The document as HTML, and what has to be told of how it was read."""
    named = (_main_part(parts), *(name for name in parts if name.rsplit("/", 1)[-1] in _NOTE_PARTS))
    trees = {name: ElementTree.fromstring(parts[name]) for name in named}  # noqa: S314 - DOCTYPEs were refused
    notes = notes_in(trees.values())
    unmarked = 0
    for name, tree in trees.items():
        gone = unmark(tree, notes)
        unmarked += gone
        if mend(tree, _targets(parts, name)) or gone:
            parts[name] = ElementTree.tostring(tree, "utf-8")
    told = []
    if unmarked:
        told.append(
            f"{unmarked} note{'s are' if unmarked > 1 else ' is'} marked in the text but missing from the file."
        )
    try:
        if "word/styles.xml" in parts:
            parts["word/styles.xml"] = _names_of_styles(parts["word/styles.xml"])
        return _converted(parts), told
    except DAMAGE:
        text = {name: content for name, content in parts.items() if name.rsplit("/", 1)[-1] not in _LOOKS}
        if len(text) == len(parts):
            raise
    # The text may be sound where a list rests on a style that is gone; Word opens such a document too.
    return _converted(text), [*told, _NO_LOOKS]


def _converted(parts: dict[str, bytes]) -> str:
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
    refuse_traps(container, packed, file_name, ".docx")
    parts: dict[str, bytes] = {}
    for member in container.infolist():
        if member.filename.lower().endswith((".xml", ".rels")):
            parts[member.filename] = xml_part(container, member, file_name, ".docx")
        else:
            parts.setdefault(member.filename, b"")
    return parts


def _main_part(parts: dict[str, bytes]) -> str:
    if "word/document.xml" in parts:
        return "word/document.xml"
    rels = ElementTree.fromstring(parts["_rels/.rels"])  # noqa: S314
    for relation in rels:
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", "").lstrip("/")
    raise KeyError("no main part")


def _targets(parts: dict[str, bytes], name: str) -> frozenset[str]:
    """The ids of what a part links to."""
    folder, _, file = name.rpartition("/")
    rels = parts.get(f"{folder}/_rels/{file}.rels".lstrip("/"))
    if not rels:
        return frozenset()
    return frozenset(relation.get("Id", "") for relation in ElementTree.fromstring(rels))  # noqa: S314


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
        if local(style) != "style" or any(value == "table" for value in style.attrib.values()):
            tree.remove(style)
            continue
        for detail in list(style):
            if local(detail) not in ("name", "basedOn", "pPr"):
                style.remove(detail)
    slim: bytes = ElementTree.tostring(tree, "utf-8")
    return slim

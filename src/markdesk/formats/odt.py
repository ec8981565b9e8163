"""OpenDocument texts, read by odfdo's elements after their container was found to be harmless."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from odfdo.container import Container
from odfdo.element import Element
from odfdo.xmlpart import XmlPart

from markdesk.core.errors import EssayUnreadable
from markdesk.desk.drafts import EssayDraft
from markdesk.formats.files import refusal
from markdesk.formats.odt_body import BodyReader, Styles, attribute, tag_of
from markdesk.formats.packed import damage_is_told, refuse_too_many_pieces, refuse_traps, xml_part
from markdesk.formats.written import students_document

_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_MARGINS = frozenset(f"style:{edge}{pages}" for edge in ("header", "footer") for pages in ("", "-left", "-first"))
_NO_TEXTS = {"office:spreadsheet": "spreadsheet", "office:presentation": "slides", "office:drawing": "picture"}


@dataclass(frozen=True, slots=True)
class OdtImporter:
    """Reads ``.odt`` files of LibreOffice, Word, Google Docs and others."""

    name: str = "odt"
    suffixes: tuple[str, ...] = (".odt", ".ott")

    def read(self, data: bytes, file_name: str) -> EssayDraft:
        """Everything the student wrote, footnotes and text boxes included, tracked deletions left out.

        Raises EssayUnreadable for a file that is damaged, protected, harmful or without words.
        """
        with damage_is_told(file_name, "an OpenDocument text", "LibreOffice"):
            return _read(data, file_name)


def _read(data: bytes, file_name: str) -> EssayDraft:
    container = Container()
    parts = _checked_parts(data, file_name)
    for name, content in parts.items():
        container.set_part(name, content)
    roots = [XmlPart(name, container).root for name in parts]
    kinds = [kind for body in roots[0].get_elements("office:body") for kind in body.children if tag_of(kind)]
    if not kinds:
        raise ValueError("a document without a body")
    if tag_of(kinds[0]) in _NO_TEXTS:
        raise refusal(file_name, _NO_TEXTS[tag_of(kinds[0])])
    styles = Styles(roots)
    reader = BodyReader(file_name, styles)
    blocks = reader.blocks(kinds[0])
    margins = dict.fromkeys(line for root in roots[1:] for line in _margins(root, styles, file_name))
    return students_document(file_name, blocks, margins, reader.told.notes())


def _checked_parts(data: bytes, file_name: str) -> dict[str, bytes]:
    """The parts that hold text or say how it looks. Raises EssayUnreadable for a file that is a trap or protected."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        refuse_traps(packed, len(data), file_name, ".odt")
        names = packed.namelist()
        # Newer LibreOffices lock the whole document into one part; older ones encrypt it part by part.
        if "encrypted-package" in names or (_MANIFEST in names and b"encryption-data" in packed.read(_MANIFEST)):
            raise EssayUnreadable(
                f"{file_name} is protected by a password.", "Open it in LibreOffice and save it without the password."
            )
        wanted = [_CONTENT, *(name for name in (_STYLES,) if name in names)]
        parts = {name: xml_part(packed, name, file_name, ".odt") for name in wanted}
    refuse_too_many_pieces(file_name, sum(map(_pieces, parts.values())))
    return parts


def _pieces(content: bytes) -> int:
    """How many elements there are in a part, before anything is built of them; UTF-16 has NULs between its letters."""
    letters = content.replace(b"\0", b"")
    return letters.count(b"</") + letters.count(b"/>")


def _margins(root: Element, styles: Styles, file_name: str) -> Iterator[str]:
    """The lines in the heads and feet of the document's pages."""
    for page in root.get_elements("office:master-styles/style:master-page"):
        for edge in page.children:
            if tag_of(edge) in _MARGINS and attribute(edge, "style:display") != "false":
                for block in BodyReader(file_name, styles).blocks(edge):
                    yield " ".join(block.text.split())

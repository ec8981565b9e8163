"""An empty Word file with the styles of a sheet and nothing else, for python-docx to fill.

The one that python-docx brings has 840 kB of styles that no sheet uses, and a date and an author of its own.
"""

import io
import zipfile
from xml.sax.saxutils import quoteattr

from markdesk.formats.documents.docx_styles import ACCENT, MARGINS, PAGE, QUIET, styles_xml

BULLETS, ESSAY_NUMBERS, NUMBERS, IN_PANELS = 0, 1, 2, 3
"""The kinds of list, as ``numbering.xml`` counts them. Each list of the last two begins at 1 anew."""

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def empty_file(language: str) -> bytes:
    """The bytes of a .docx with styles, lists and an A4 page, and an empty body."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            (f"{_RELATIONS}/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "word/_rels/document.xml.rels": _relations(
            *((f"{_RELATIONS}/{name}", f"{name}.xml") for name in ("styles", "numbering", "settings"))
        ),
        "word/document.xml": _part("document", f"<w:body>{_section()}</w:body>"),
        "word/styles.xml": _part("styles", styles_xml(quoteattr(language)[1:-1])),
        "word/numbering.xml": _part("numbering", _numbering()),
        "word/settings.xml": _part("settings", _SETTINGS),
        "docProps/core.xml": (
            f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"/>'
        ),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, text in parts.items():
            file.writestr(name, _HEAD + text)
    return packed.getvalue()


def _part(root: str, inside: str) -> str:
    return f'<w:{root} xmlns:w="{_WORD}" xmlns:r="{_RELATIONS}">{inside}</w:{root}>'


def _content_types() -> str:
    kinds = {"document": "document.main", "styles": "styles", "numbering": "numbering", "settings": "settings"}
    words = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_OFFICE}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{words}<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{at}" Type="{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _section() -> str:
    """A4, and page numbers that begin at 1 in each sheet of a merged file."""
    margins = " ".join(f'w:{side}="{length}"' for side, length in MARGINS.items())
    return (
        f'<w:sectPr><w:pgSz w:w="{PAGE[0]}" w:h="{PAGE[1]}"/><w:pgMar {margins}/><w:pgNumType w:start="1"/></w:sectPr>'
    )


def _numbering() -> str:
    kinds = (
        (BULLETS, "bullet", "•", ACCENT, 340),
        (ESSAY_NUMBERS, "decimal", "¶%1", QUIET, 567),
        (NUMBERS, "decimal", "%1.", ACCENT, 397),
        (IN_PANELS, "bullet", "•", ACCENT, 454),
    )
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{at}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{indent}"/></w:tabs><w:ind w:left="{indent}" w:hanging="{indent}"/>'
        f'</w:pPr><w:rPr><w:b w:val="0"/><w:i w:val="0"/><w:color w:val="{color}"/><w:sz w:val="19"/></w:rPr></w:lvl>'
        "</w:abstractNum>"
        for at, kind, sign, color, indent in kinds
    )
    return lists + "".join(f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{at}"/></w:num>' for at, *_ in kinds)


# 15 is every Word since 2013: without it Word shows the file in "compatibility mode".
_SETTINGS = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat>'
)

"""Documents made by hand, for what python-docx can't write: Word's, OpenDocument texts, RTF."""

import io
import zipfile
from collections.abc import Mapping

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = (
    f'xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def part(root: str, body: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_NAMES}>{body}</w:{root}>'


def docx(body: str, **parts: str) -> bytes:
    """A document with this body, and parts such as ``footnotes`` or ``comments`` by name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("[Content_Types].xml", _TYPES)
        container.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        links = "".join(
            f'<Relationship Id="r{n}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>' for n, name in enumerate(parts, 2)
        )
        container.writestr(
            "word/_rels/document.xml.rels", f'<Relationships xmlns="{_RELATIONS}">{links}</Relationships>'
        )
        container.writestr("word/document.xml", part("document", f"<w:body>{body}</w:body>"))
        for name, content in parts.items():
            container.writestr(f"word/{name}.xml", content)
    return packed.getvalue()


_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_ODF_PREFIXES = {
    "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing", "manifest": "manifest",
    "svg": "svg-compatible",
}  # fmt: skip
_ODF_NAMES = " ".join(
    (
        *(f'xmlns:{prefix}="{_ODF}{name}:1.0"' for prefix, name in _ODF_PREFIXES.items()),
        'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:odd="urn:odd"',
    )
)


def p(text: str, style: str = "Standard") -> str:
    """A paragraph of an OpenDocument text; ``text`` may hold markup."""
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def hidden_style(name: str, family: str = "text") -> str:
    properties = '<style:text-properties text:display="none"/>'
    return f'<style:style style:name="{name}" style:family="{family}">{properties}</style:style>'


def odt(
    body: str, automatic: str = "", masters: str = "", kind: str = "text", parts: Mapping[str, bytes] | None = None
) -> bytes:
    """An OpenDocument text with this body, automatic styles and master pages; other parts by name."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODF_NAMES}><office:automatic-styles>'
        f"{automatic}</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}></office:body>"
        "</office:document-content>"
    )
    styles = (
        f"<office:document-styles {_ODF_NAMES}><office:master-styles>{masters}</office:master-styles>"
        "</office:document-styles>"
    )
    manifest = f'<manifest:manifest {_ODF_NAMES}><manifest:file-entry manifest:full-path="/"/></manifest:manifest>'
    whole = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(),
        "content.xml": content.encode(),
        "styles.xml": styles.encode(),
        "META-INF/manifest.xml": manifest.encode(),
        **(parts or {}),
    }
    return packed(whole)


def packed(parts: dict[str, bytes]) -> bytes:
    """Parts as a zip, the type first and not compressed, as OpenDocument asks."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            container.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def rtf(body: str, head: str = "\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fswiss\\fcharset0 Arial;}}") -> bytes:
    """An RTF document; characters that aren't ASCII go in as bytes of Windows' code page."""
    return f"{{\\rtf1{head}\n{body}}}".encode("cp1252")

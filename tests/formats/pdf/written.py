"""PDFs written by hand, for what no word processor writes, and for the places of every letter to be known."""

import textwrap
import zlib
from collections.abc import Mapping, Sequence

_ESCAPED = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)"})
HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
GLYPH_NUMBERS = (
    b"<</Type/Font/Subtype/Type0/BaseFont/Unknown/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2"
    b"/BaseFont/Unknown/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 500>>]>>"
)
"""A font whose codes are numbers of shapes, and nothing says of which letters."""
_PICTURE = (
    b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
    b"stream\n0\nendstream"
)


def drawn(lines: Sequence[tuple[float, float, str]], size: float = 12, extra: str = "") -> bytes:
    """Commands that draw each line at its place, counted from the lower left corner."""
    shown = "".join(f"BT /F1 {size:g} Tf {x:g} {y:g} Td ({text.translate(_ESCAPED)}) Tj ET\n" for x, y, text in lines)
    return (extra + shown).encode("cp1252")


def pdf(
    pages: Sequence[bytes],
    *,
    page: str = "/MediaBox[0 0 595 842]",
    font: bytes = HELVETICA,
    resources: str = "",
    objects: Mapping[int, bytes] | None = None,
) -> bytes:
    """A file of pages with these commands. ``objects`` are more of them by number, from 10,000 on."""
    made: dict[int, bytes] = {1: b"<</Type/Catalog/Pages 2 0 R>>", 3: font}
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(len(pages)))
    made[2] = f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode()
    for n, commands in enumerate(pages):
        at = 10 + 2 * n
        entries = f"/Type/Page/Parent 2 0 R{page}/Contents {at + 1} 0 R/Resources<</Font<</F1 3 0 R>>{resources}>>"
        made[at] = f"<<{entries}>>".encode()
        packed = zlib.compress(commands)
        made[at + 1] = b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed)
    made.update(objects or {})
    out = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, content in sorted(made.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in sorted(places.items()):
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (max(places) + 1, table)
    return bytes(out)


def set_out(
    paragraphs: Sequence[str], *, width: int = 80, top: float = 770, left: float = 72
) -> list[tuple[float, float, str]]:
    """Paragraphs as lines of so many letters, with a gap between two paragraphs."""
    lines: list[tuple[float, float, str]] = []
    for paragraph in paragraphs:
        for line in textwrap.wrap(paragraph, width):
            lines.append((left, top, line))
            top -= 15
        top -= 9
    return lines


def scanned(commands: bytes, *, pages: int = 1, before: Sequence[bytes] = ()) -> bytes:
    """Pages that a picture covers, with these commands drawn over it, after the pages ``before``."""
    return pdf(
        [*before, *[b"q 595 0 0 842 0 0 cm /I Do Q\n" + commands] * pages],
        resources="/XObject<</I 10000 0 R>>",
        objects={10000: _PICTURE},
    )


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """An object that holds bytes."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)

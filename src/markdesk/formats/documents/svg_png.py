"""A drawing as PNG, for files that hold no SVG: drawn by the typesetter, where it is installed."""

from functools import lru_cache

from markdesk.core.errors import MarkdeskError
from markdesk.formats.documents.pdf import letters

DOTS = 150.0
"""To an inch: sharp enough on paper, in less than 20 KB a chart."""
_PAGE = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.drawing), format: "svg", width: 160mm)
"""


@lru_cache(64)  # a class's records are written one by one, and then together
def png_of(drawing: str) -> bytes | None:
    """The picture; None where nothing here can draw it."""
    try:
        typst = letters.typesetter()
    except MarkdeskError:
        return None
    content: bytes = typst.compile(
        _PAGE, format="png", ppi=DOTS, font_paths=letters.fonts(False), sys_inputs={"drawing": drawing}
    )
    return content

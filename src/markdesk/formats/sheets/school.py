"""The school as it stands at the head of a page: its name, its number at the board, its sign from a file."""

import stat
from dataclasses import dataclass
from pathlib import Path

from markdesk.core.errors import UsageProblem
from markdesk.core.plain import show_line
from markdesk.formats.documents.document import NO_SCHOOL, Logo, School

LARGEST = 1_000_000
"""Bytes. A logo on a page is a few centimetres wide, and stands on every sheet of a class."""
MOST_PIXELS = 4_000
"""Along either side: a small file can unfold to gigabytes."""

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_SIZED = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The parts of a JPEG that tell how large the picture is."""


@dataclass(frozen=True, slots=True)
class Centre:
    """A school as a board knows it."""

    school: School = NO_SCHOOL
    number: str = ""


def read_school(name: str, logo: Path | None) -> School:
    """The school of the settings. Raises UsageProblem that names the logo's file, and what to do."""
    return School(
        name, None if logo is None else read_logo(logo, f"The sign of {name}" if name else "The school's sign")
    )


def read_logo(path: Path, alt: str) -> Logo:
    """A picture in a file, known by its bytes. Raises UsageProblem for what a page can't hold."""
    content = _content(path)
    kind = "png" if content.startswith(_PNG) else "jpg" if content.startswith(_JPEG) else ""
    if not kind:
        is_svg = b"<svg" in content[:2_000].lower()
        told = "is an SVG, which a word processor can't show on a sheet" if is_svg else "is neither a PNG nor a JPEG"
        raise _refused(path, told, "Save it as a PNG.")
    size = _png_size(content) if kind == "png" else _jpeg_size(content)
    if size is None:
        raise _refused(path, "is damaged: the picture ends too early", "Save it again.")
    if max(size) > MOST_PIXELS:
        told = f"is {size[0]:,} by {size[1]:,} pixels; at most {MOST_PIXELS:,} either way are taken"
        raise _refused(path, told, "Save a smaller one.")
    return Logo(content, kind, alt)


def _content(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise _refused(path, "is not a file", "Name a PNG or a JPEG.")
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or "its name is not valid"
        raise _refused(path, f"can't be read: {reason}", "Correct the setting, or take it out.") from error
    if len(content) > LARGEST:
        raise _refused(path, f"is larger than {LARGEST:,} bytes", "Save a smaller one.")
    return content


def _png_size(content: bytes) -> tuple[int, int] | None:
    """Width and height; None where the picture is cut off."""
    if content[12:16] != b"IHDR" or b"IEND" not in content[-64:]:
        return None
    size = int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
    return size if all(size) else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Width and height; None where the picture is cut off."""
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        sign = content[at + 1]
        if sign in _SIZED:
            size = int.from_bytes(content[at + 7 : at + 9]), int.from_bytes(content[at + 5 : at + 7])
            return size if all(size) and b"\xff\xd9" in content[at:] else None
        at += 1 if sign == 0xFF else 2 + int.from_bytes(content[at + 2 : at + 4])
    return None


def _refused(path: Path, told: str, hint: str) -> UsageProblem:
    return UsageProblem(f"The logo {show_line(str(path))} {told}.", hint)

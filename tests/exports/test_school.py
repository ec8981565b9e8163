"""The school's sign is known by its bytes, and whatever a page can't hold is refused by name."""

import struct
import zlib
from pathlib import Path

import pytest

from markdesk.core.errors import UsageProblem
from markdesk.formats.documents.document import NO_SCHOOL, Logo
from markdesk.formats.sheets.school import LARGEST, read_logo, read_school


def png(width: int = 2, height: int = 1) -> bytes:
    """A picture that any program can open; its pixels are all of one grey."""

    def part(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = part(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = zlib.compress((b"\x00" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + head + part(b"IDAT", rows) + part(b"IEND", b"")


def jpeg(width: int = 2, height: int = 1) -> bytes:
    """As much of a JPEG as tells how large it is."""
    name = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    size = b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00"
    return b"\xff\xd8" + name + size + b"\xff\xda\x00\x00\xff\xd9"


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(("content", "kind"), [(png(), "png"), (jpeg(), "jpg")])
def test_a_picture_is_known_by_its_bytes_and_not_by_its_name(tmp_path: Path, content: bytes, kind: str) -> None:
    file = tmp_path / "sign.gif"
    file.write_bytes(content)
    school = read_school("Northgate School", file)
    assert school.name == "Northgate School"
    assert school.logo == Logo(content, kind, "The sign of Northgate School")


def test_without_a_setting_there_is_no_school() -> None:
    assert read_school("", None) == NO_SCHOOL


@pytest.mark.parametrize(
    ("content", "says", "do"),
    [
        (SVG, "is an SVG", "Save it as a PNG."),
        (b"GIF89a", "is neither a PNG nor a JPEG", "Save it as a PNG."),
        (b"", "is neither a PNG nor a JPEG", "Save it as a PNG."),
        (png()[:-20], "is damaged", "Save it again."),
        (b"\x89PNG\r\n\x1a\n", "is damaged", "Save it again."),
        (jpeg()[:-2], "is damaged", "Save it again."),
        (jpeg()[:22], "is damaged", "Save it again."),
        (b"\xff\xd8\xff", "is damaged", "Save it again."),
        (png(0, 5), "is damaged", "Save it again."),
        (png(1, 1)[:16] + struct.pack(">II", 60_000, 60_000) + png(1, 1)[24:], "60,000 by 60,000", "smaller"),
        (jpeg(4_001, 10), "4,001 by 10 pixels", "smaller"),
        (png() + b"\x00" * LARGEST, "is larger than 1,000,000 bytes", "smaller"),
    ],
)
def test_what_a_page_can_t_hold_is_refused_by_name(tmp_path: Path, content: bytes, says: str, do: str) -> None:
    file = tmp_path / "sign.png"
    file.write_bytes(content)
    with pytest.raises(UsageProblem) as refused:
        read_logo(file, "")
    assert str(file) in refused.value.message
    assert says in refused.value.message
    assert do in refused.value.hint


def test_a_file_that_isn_t_there_or_is_none_is_refused(tmp_path: Path) -> None:
    for path, says in ((tmp_path / "none.png", "can't be read"), (tmp_path, "is not a file")):
        with pytest.raises(UsageProblem, match=says):
            read_logo(path, "")
    with pytest.raises(UsageProblem, match="can't be read"):
        read_logo(tmp_path / "a\0b", "")

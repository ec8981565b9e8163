"""The bytes of a worksheet as text, and back to the very same bytes."""

from dataclasses import dataclass

from markdesk.core.errors import WorksheetUnreadable
from markdesk.formats.files import CP1252, decode

_MARKS = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
_CALLED = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
    "mac_roman": "Mac Roman",
}
_TO_BYTES = {ord(letter): byte for byte, letter in CP1252.items()}


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file writes its letters. Each letter's bytes stand for themselves, whatever is beside them."""

    codec: str
    mark: bytes = b""
    """The byte order mark that it begins with."""

    @property
    def called(self) -> str:
        """What a teacher calls it."""
        sign = " with a byte order mark" if self.mark and self.codec == "utf-8" else ""
        return f"{_CALLED[self.codec]}{sign}"

    def decode(self, body: bytes) -> str:
        """The text of the bytes after the mark. A byte that is no UTF-8 is carried through as it is."""
        if self.codec == "cp1252":
            return body.decode("latin-1").translate(CP1252)
        return body.decode(self.codec, "surrogateescape" if self.codec == "utf-8" else "strict")

    def encode(self, text: str) -> bytes:
        """The bytes of a text. Raises UnicodeEncodeError for a letter that the encoding doesn't have."""
        if self.codec == "cp1252":
            return text.translate(_TO_BYTES).encode("latin-1")
        return text.encode(self.codec, "surrogateescape" if self.codec == "utf-8" else "strict")

    def lost(self, text: str) -> str:
        """The letters of a text that the encoding can't hold, each once; empty where it holds them all."""
        if self.codec != "cp1252" and self.codec != "mac_roman":
            return "".join(letter for letter in dict.fromkeys(text) if "\ud800" <= letter <= "\udfff")
        return "".join(letter for letter in dict.fromkeys(text) if not self._holds(letter))

    def _holds(self, letter: str) -> bool:
        try:
            return self.decode(self.encode(letter)) == letter
        except UnicodeEncodeError:
            return False


def opened(data: bytes) -> tuple[Encoding, str]:
    """The encoding of a file and its text. Raises WorksheetUnreadable where its bytes wouldn't come back the same."""
    codec = decode(data).encoding
    mark = _MARKS.get(codec, b"")
    encoding = Encoding(codec, mark if mark and data.startswith(mark) else b"")
    body = data[len(encoding.mark) :]
    try:
        text = encoding.decode(body)
        if codec in _CALLED and encoding.encode(text) == body:
            return encoding, text
    except (UnicodeDecodeError, UnicodeEncodeError):
        pass
    raise WorksheetUnreadable("Its letters are damaged, or in an encoding that isn't known.", "Download it again.")

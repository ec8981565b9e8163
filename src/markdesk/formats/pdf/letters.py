"""What the codes of a font mean and how wide they are drawn."""

from dataclasses import dataclass

from pypdf.generic import DictionaryObject
from pypdf.generic._font import Font

_SHORT = 8
"""Bytes: strings so short come again and again where a program sets every pair of letters by hand."""
_FORMS_OF_LETTERS = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
    "\uf0b7": "•", "\uf0a7": "▪", "\t": " ", "\n": " ", "\r": " ",
}  # fmt: skip
"""Ligatures are the printer's, not the student's; so are the bullets of Word's symbol font."""
_SWAPPED = frozenset((*(chr(n << 8) for n in range(0x61, 0x7B)), "\ucf00", "\ud200"))
"""What some printers' programs write for the letters of a ligature: the bytes the wrong way round, or even added up."""
PLAIN_LETTERS = str.maketrans({**{chr(n): "\ufffd" for n in range(32)}, **_FORMS_OF_LETTERS})


@dataclass(frozen=True, slots=True)
class Piece:
    """What a string of codes shows in one font: its letters, their width in thousandths of an em, and their count."""

    text: str
    width: float
    codes: int
    spaces: int
    """One-byte spaces, which the setting of word gaps makes wider."""


class Letters:
    """A font: what its codes mean and how wide they are."""

    def __init__(self, resource: DictionaryObject) -> None:
        font = Font.from_font_resource(resource)
        self.font = font
        self.bold = any(word in font.name.lower() for word in ("bold", "black", "heavy", "semibold", "demi"))
        self._names: dict[int, str] = {} if isinstance(font.encoding, str) else font.encoding
        codec = font.encoding if isinstance(font.encoding, str) else ""
        if resource.get("/Subtype") == "/Type0" and not codec:
            # A table of its own says which codes there are; pypdf doesn't know it for one of two bytes each.
            codec, self._names = "utf-16-be", {}
        # Glyph numbers that nothing turns into letters: pypdf would hand them over as if they were Unicode.
        self.unreadable = not font.interpretable or (bool(codec) and not font.character_map)
        self._codec = codec
        self._known: dict[str, tuple[str, float]] = {}
        self._pieces: dict[bytes, Piece] = {}

    def read(self, data: bytes) -> "Piece":
        """What a string of codes shows."""
        known = self._pieces.get(data)
        if known is None:
            known = self._read(data)
            if len(data) <= _SHORT:
                self._pieces[data] = known
        return known

    def _read(self, data: bytes) -> "Piece":
        letters: list[str] = []
        width = 0.0
        codes = data.decode(self._codec, "replace") if self._codec else data.decode("latin-1")
        for code in codes:
            found = self._known.get(code)
            if found is None:
                found = self._known[code] = (self._letter(code), self._width(code))
            letters.append(found[0])
            width += found[1]
        return Piece("".join(letters), width, len(codes), 0 if self._codec else codes.count(" "))

    def _letter(self, code: str) -> str:
        if self.unreadable:
            return "\ufffd"
        name = self._names.get(ord(code), code)
        letter = str(self.font.character_map.get(name, name))
        if len(letter) > 1 and _SWAPPED.issuperset(letter):
            letter = "".join(map(_unswapped, letter))
        return letter.translate(PLAIN_LETTERS)

    def _width(self, code: str) -> float:
        return float(self.font.space_width if code == self.font.space_char else self.font.get_text_width(code))


Fonts = dict[int, Letters]
"""The fonts of a file by their number in it, read once."""


def _unswapped(letter: str) -> str:
    return {"\ucf00": "fi", "\ud200": "fl"}.get(letter) or chr(ord(letter) >> 8)

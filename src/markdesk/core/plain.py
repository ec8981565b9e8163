"""The one function that makes text from outside safe to show.

Essays, names, comments and file names are stored as they were written. On a screen, in a terminal or on a
sheet, a character that could act (an escape code, a bidirectional override, a zero-width or tag character)
becomes a visible sign instead, and a letter carries at most four combining marks.
"""

import re
import unicodedata
from collections.abc import Sequence

MAX_COMBINING = 4
"""How many combining marks one letter may carry on a screen; the rest are counted in a sign."""

_HIDDEN = (
    "\x00-\x08\x0b-\x1f\x7f"  # C0 but tab and newline, and DEL
    "\x80-\x9f"  # C1, which some terminals obey as if they began with ESC
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, joiner, Arabic letter mark, fillers
    "\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f"  # zero width, separators, bidirectional controls
    "\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb"  # fillers, selectors but emoji's, byte order mark, interlinear
    "\ufffe\uffff"  # no characters, which no XML can hold
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # shorthand and musical controls, tags, selectors
    "\ud800-\udfff"  # half a pair, which no terminal can show
)
# A zero-width joiner between two pictures is part of the sign that the student typed; anywhere else it hides.
_PICTURES = "\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\U0001f1e6-\U0001faff"
_UNSAFE = re.compile(f"[{_HIDDEN}]|(?<![{_PICTURES}\ufe0f])\u200d|\u200d(?![{_PICTURES}])")
_STACKED = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{5,}")


def _sign(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return f"\u27e8U+{code:04X}\u27e9"


def _unstack(match: re.Match[str]) -> str:
    marks = match.group()
    return f"{marks[:MAX_COMBINING]}\u27e8+{len(marks) - MAX_COMBINING}\u27e9"


def is_plain(text: str) -> bool:
    """True when the text can be shown exactly as it is."""
    if text.isascii() and text.isprintable():
        return True
    return _UNSAFE.search(text) is None and _STACKED.search(text) is None and "\t" not in text


def show(text: str) -> str:
    """The text with every character that could act made visible; a tab becomes four spaces. Newlines stay."""
    if is_plain(text):
        return text
    return _STACKED.sub(_unstack, _UNSAFE.sub(_sign, text)).replace("\t", "    ")


def show_line(text: str) -> str:
    """``show`` for a place that has one line: newlines become spaces."""
    return show(text).replace("\n", " ")


def hidden_characters(text: str) -> int:
    """How many characters of the text can't be seen, as a student or a program may have hidden them."""
    return sum(1 for _ in _UNSAFE.finditer(text))


def fold(text: str) -> str:
    """A name for comparing: no accents, no case, one space between words."""
    letters = text.replace("’", "'").translate(UNDECOMPOSED)
    bare = "".join(c for c in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())


SPELT = {"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"}
"""Letters that no accent makes, as they are compared: who looks for Łódź types Lodz."""
UNDECOMPOSED = str.maketrans(SPELT | {letter.upper(): plain for letter, plain in SPELT.items() if letter not in "ßı"})
"""The same for ``str.translate``, their capitals too: those of the last two are written with other letters."""


def listed(words: Sequence[str]) -> str:
    """``one``, ``one and two``, ``one, two and three``."""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last

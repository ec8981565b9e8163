"""What an RTF file's groups hand on to each other, and the tables at its head."""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from striprtf.striprtf import charset_map

from markdesk.formats.written import ELSEWHERE

_LINK = re.compile(r"HYPERLINK\s{1,9}\"?([^\s\"]{1,2000})")
_STYLE_NAME = re.compile(r"\s*(?:heading (\d)|title)\s*(?:;|$)", re.I)
_MAC_PAGES = {"10000": "mac_roman", "10006": "mac_greek", "10007": "mac_cyrillic", "10029": "mac_latin2"}
_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_DEFAULT_PAGE = "cp1252"


@dataclass(slots=True)
class Piece:
    """A paragraph in the making: its text as flat RTF."""

    source: list[str] = field(default_factory=list)
    font: str = ""
    """The font of what was written last; only a change is written."""
    level: int = 0
    listed: bool = False
    boxes: list["Piece"] = field(default_factory=list)


@dataclass(slots=True)
class Story:
    """A run of paragraphs: the essay, one note, one text box, the head of a page."""

    pieces: list[Piece] = field(default_factory=list)
    open: Piece = field(default_factory=Piece)
    was_hidden: bool = False


@dataclass(slots=True)
class Field:
    """A field: what its instruction says."""

    instruction: str = ""

    def add(self, text: str) -> None:
        """More of the instruction; an address has at most 2,000 characters."""
        if len(self.instruction) < 4_000:
            self.instruction += text[:4_000]

    def leads_out(self) -> bool:
        """Whether it is a link to somewhere outside the document."""
        target = _LINK.search(self.instruction)
        return target is not None and target[1].lower().startswith(ELSEWHERE)


@dataclass(slots=True)
class State:
    """What a group inherits, and gives back when it closes."""

    story: Story | None
    """Where text goes; None where it is nobody's."""
    held: Story | None = None
    """Where the text of an inner group goes that is shown though the group around it isn't."""
    field: Field | None = None
    instructs: bool = False
    """Its text is the field's instruction."""
    table: str = ""
    """Its text belongs to that table at the file's head."""
    quiet: bool = False
    """A picture in it is none of the document's."""
    uc: int = 1
    """How many characters after one of Unicode's stand there for programs that don't know it."""
    font: str = "0"
    deleted: bool = False
    hidden: bool = False
    level: int = 0
    listed: bool = False
    starts: bool = False
    """Nothing but a star came since the brace, so that the next word may say what the group is for."""
    starred: bool = False
    ends: Callable[[], None] | None = None

    def inside(self) -> "State":
        """The state in a group that opens here."""
        return replace(self, starts=True, starred=False, ends=None)

    def close(self) -> None:
        """Nothing of the group, nor of what is inside it, is on the page."""
        self.story = self.held = None


class Tables:
    """Fonts, styles and the code page, from the file's head."""

    def __init__(self) -> None:
        self.default_font = "0"
        self.levels: dict[str, int] = {}
        """The heading's level of each paragraph style that is one, by the style's number."""
        self._charsets: dict[str, str] = {}
        self._page = _DEFAULT_PAGE
        self._number = "0"
        self._is_paragraph = True

    def word(self, table: str, word: str, number: str | None) -> None:
        """A word inside a table."""
        if table == "fonttbl" and word == "f":
            self._number = number or "0"
        elif table == "fonttbl" and word == "fcharset":
            self._charsets[self._number] = number or "0"
        elif table == "stylesheet" and word in ("s", "cs", "ds", "ts"):
            self._number, self._is_paragraph = number or "0", word == "s"

    def text(self, table: str, text: str) -> None:
        """A name inside a table, with its semicolon."""
        heading = _STYLE_NAME.match(text) if table == "stylesheet" and self._is_paragraph else None
        if heading:
            self.levels[self._number] = min(6, int(heading[1] or 1)) or 1

    def set_code_page(self, word: str, number: str | None) -> None:
        """What the file says its letters are in; the last word counts, and one that nobody knows does not."""
        name = _PAGES.get(word) or _MAC_PAGES.get(number or "") or f"cp{number}"
        if _is_known(name):
            self._page = name

    @property
    def code_page(self) -> str:
        """The code page of text in a font that has none of its own."""
        return self._page

    def fonts(self) -> str:
        """The table of fonts for striprtf: only numbers, and character sets that can be decoded."""
        known = (
            f"{{\\f{font}\\fcharset{charset} A;}}"
            for font, charset in self._charsets.items()
            if _is_known(charset_map.get(int(charset), ""))
        )
        return "".join(known)


def _is_known(encoding: str) -> bool:
    try:
        codecs.lookup(encoding)
    except LookupError:
        return False
    return True

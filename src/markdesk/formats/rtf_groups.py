"""The groups of an RTF file: which text is the essay, a note, a page's head, or nobody's, before it is decoded.

RTF nests everything in braces and says only at its end what a paragraph was. One pass over the file gives each piece
of text to its paragraph, in a flat form that striprtf decodes: no groups, no fallback characters, fonts by number.
"""

import re

from striprtf.striprtf import destinations, specialchars

from markdesk.core.errors import EssayUnreadable
from markdesk.core.essay import MAX_PARAGRAPHS
from markdesk.formats.files import refuse_too_long, refuse_too_many
from markdesk.formats.packed import refuse_too_many_pieces
from markdesk.formats.rtf_state import Field, Piece, State, Story, Tables
from markdesk.formats.written import Told

MAX_TOKENS = 1_000_000
"""Words, groups and signs of the markup; LibreOffice writes 2 to 5 for each word of an essay."""

PARAGRAPH_END, LINK_BEGINS, LINK_ENDS = "\ufdd0", "\ufdd1", "\ufdd2"
"""Signs that Unicode keeps out of texts, for what has to be found again after decoding."""
_OURS = frozenset(map(ord, (PARAGRAPH_END, LINK_BEGINS, LINK_ENDS)))
_UNKNOWN = 0xFFFD
_LINE_SEPARATOR = 0x2028
"""What TextEdit writes for a line break inside a paragraph."""

_TOKEN = re.compile(r"\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\(.?)|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.S)
_HIGH = re.compile("[\x80-\xff]+")
_SIGNS_BY_NUMBER = {"zwj": 0x200D, "zwnj": 0x200C, "ltrmark": 0x200E, "rtlmark": 0x200F, "zwbo": 0x200B}
_MARGINS = frozenset(f"{edge}{pages}" for edge in ("header", "footer") for pages in ("", "l", "r", "f"))
_OUTLINE = {str(level - 1): level for level in range(1, 7)}
_BREAKS = frozenset(("line", "lbr", "page", "column"))
_ENDS = frozenset(("par", "sect", "cell", "nestcell", "row", "nestrow"))
_SIGNS = frozenset(word for word in specialchars if len(word) > 1) - _ENDS - _BREAKS
_HOLDS = frozenset(("object", "shp", "shpinst", "shpgrp", "do", "upr"))
"""Groups that aren't shown but for one group inside them, which is."""
_QUIET = frozenset(("listpicture", "listtable", "background", "shprslt"))
"""Where a picture is no picture of the document's, or the same one again."""


class Groups:
    """One RTF file, given to its paragraphs. ``read`` is called once."""

    def __init__(self, text: str, file_name: str) -> None:
        self.told = Told()
        self.tables = Tables()
        self.main = Story()
        self.notes: list[Story] = []
        self.margins: list[Story] = []
        self.goes_on = False
        """Whether something stands after the end of the document."""
        self._text = text
        self._file_name = file_name
        self._state = State(None)
        self._outer: list[State] = []
        self._skip = 0
        self._tokens = self._length = self._paragraphs = 0

    def read(self) -> None:
        """Raises EssayUnreadable for a file that ends too early, or is larger than an essay can be."""
        text, at = self._text, 0
        scan = _TOKEN.match
        while token := scan(text, at):
            at = token.end()
            self._tokens += 1
            word, number, hexed, sign, brace, plain = token.groups()
            if plain is not None:
                self._plain(plain)
            elif word is not None:
                if word == "bin":
                    at += max(0, int(number or 0))
                    if at > len(text):
                        break
                else:
                    self._word(word, number)
            elif brace == "{":
                self._open()
            elif brace == "}":
                self._close()
                if not self._outer:
                    break
            elif hexed is not None:
                self._hexed(hexed)
            elif sign is not None:
                self._sign(sign)
            if not self._tokens & 0xFFFF:
                self._check_size()
        self._check_size()
        if self._outer or at > len(text):
            raise EssayUnreadable(
                f"{self._file_name} is cut off before its end.",
                "Ask for the file again; what is left of it opens in Word.",
            )
        self.goes_on = bool(re.search(r"\w", text[at:]))

    def _check_size(self) -> None:
        refuse_too_many_pieces(self._file_name, self._tokens, MAX_TOKENS)
        refuse_too_long(self._file_name, self._length)

    # Groups

    def _open(self) -> None:
        self._skip = 0
        self._outer.append(self._state)
        self._state = self._state.inside()

    def _close(self) -> None:
        self._skip = 0
        if self._state.ends is not None:
            self._state.ends()
        if self._outer:
            self._state = self._outer.pop()

    def _destination(self, word: str) -> bool:
        """Take a group's first word. True if it says what the group is for."""
        state = self._state
        host = state.story or state.held
        if word == "rtf":
            state.story = self.main
            state.ends = lambda: self._end_paragraph(self.main)
        elif word in _MARGINS:
            self._begin(self.margins)
        elif word == "footnote":
            self._note()
        elif word in ("shptxt", "dptxbxtext"):
            self._box()
        elif word in ("result", "ud", "mr"):
            state.story, state.held = host, None
        elif word in _HOLDS or (word.startswith("m") and word in destinations and not word.endswith("Pr")):
            state.story, state.held = None, host
        elif word in ("listtext", "pntext"):
            if state.story is not None:
                state.story.open.listed = True
            state.close()
        elif word == "field":
            state.field = Field()
        elif word == "fldinst":
            state.close()
            state.instructs = True
        elif word == "fldrslt":
            self._field_result()
        elif word in ("fonttbl", "stylesheet"):
            state.close()
            state.table = word
        elif word in destinations or state.starred:
            self._unread(word)
        else:
            return False
        return True

    def _unread(self, word: str) -> None:
        state = self._state
        if word == "annotation" and state.story is not None:
            self.told.comments += 1
        if word == "pict" and not state.quiet:
            self.told.pictures = True
        state.quiet = state.quiet or word in _QUIET
        state.close()

    def _begin(self, stories: list[Story]) -> None:
        """What is in this group is a story of its own, if it is on the page at all."""
        state = self._state
        if state.story is None:
            state.close()
            return
        story = Story()
        stories.append(story)
        state.story, state.level, state.listed = story, 0, False
        state.ends = lambda: self._end_paragraph(story)

    def _note(self) -> None:
        host = self._state.story
        self._begin(self.notes)
        if host is not None:
            self._put(host.open, f"[{len(self.notes)}]")

    def _box(self) -> None:
        """A text box: its paragraphs follow the one that it hangs on."""
        state = self._state
        host = state.story or state.held
        if host is None:
            state.close()
            return
        story = Story()
        state.story, state.held, state.level, state.listed = story, None, 0, False

        def ends() -> None:
            self._end_paragraph(story)
            host.open.boxes.extend(story.pieces)

        state.ends = ends

    def _field_result(self) -> None:
        state = self._state
        story = state.story
        if story is not None and state.field is not None and state.field.leads_out():
            self._put(story.open, f"\\u{ord(LINK_BEGINS)} ")
            state.ends = lambda: self._put(story.open, f"\\u{ord(LINK_ENDS)} ")

    def _end_paragraph(self, story: Story, *, in_cell: bool = False) -> None:
        piece, state = story.open, self._state
        if not piece.source and not piece.boxes:
            piece.listed = False
            return
        piece.level = state.level
        piece.listed = piece.listed or state.listed or in_cell
        story.pieces.append(piece)
        story.open = Piece()
        self._paragraphs += 1
        refuse_too_many(self._file_name, self._paragraphs, MAX_PARAGRAPHS * 2)

    # Words

    def _word(self, word: str, number: str | None) -> None:
        state = self._state
        if state.starts:
            state.starts = False
            if self._destination(word):
                return
        if state.table:
            self.tables.word(state.table, word, number)
        skipped, self._skip = self._skip, 0
        if word == "u":
            self._unicode(int(number or 0))
        elif word == "uc":
            state.uc = max(0, int(number or 1))
        elif word in _SIGNS:
            if skipped:
                self._skip = skipped - 1
            else:
                self._write(f"\\{word} ")
        elif word in _ENDS:
            self._end(word)
        elif word in _BREAKS:
            self._write("\\line ")
        elif word in _SIGNS_BY_NUMBER:
            self._write(f"\\u{_SIGNS_BY_NUMBER[word]} ")
        else:
            self._formatting(word, number)

    def _end(self, word: str) -> None:
        state = self._state
        if state.story is None:
            return
        if state.deleted and word == "par":
            self.told.deleted = True  # the two paragraphs were joined
            return
        self._end_paragraph(state.story, in_cell=word in ("cell", "nestcell"))

    def _formatting(self, word: str, number: str | None) -> None:
        state = self._state
        is_on = number != "0"
        match word:
            case "f":
                state.font = number or "0"
            case "plain":
                state.font = self.tables.default_font
                state.deleted = state.hidden = False
            case "deleted" | "mvf":
                state.deleted = is_on
            case "revised" | "mvt":
                self.told.inserted = self.told.inserted or is_on
            case "v":
                state.hidden = is_on
            case "pard":
                state.level, state.listed = 0, False
            case "s":
                state.level = self.tables.levels.get(number or "0", 0)
            case "outlinelevel":
                state.level = _OUTLINE.get(number or "0", state.level)
            case "ls" | "intbl":
                state.listed = True
            case "deff":
                self.tables.default_font = state.font = number or "0"
            case "ansicpg" | "mac" | "pc" | "pca":
                self.tables.set_code_page(word, number)
            case _:
                pass

    # Text

    def _sign(self, sign: str) -> None:
        state = self._state
        if sign == "*":
            state.starred = state.starts
            return
        state.starts = False
        if sign in ("\r", "\n", ""):
            self._end("par")
        elif sign in "\\{}":
            self._skip_or(f"\\'{ord(sign):02x}")
        elif sign in "~-_":
            self._skip_or(f"\\{sign}")
        elif sign == "\t":
            self._skip_or("\\tab ")

    def _skip_or(self, source: str) -> None:
        if self._skip:
            self._skip -= 1
        else:
            self._write(source)

    def _hexed(self, digits: str) -> None:
        self._state.starts = False
        if self._skip:
            self._skip -= 1
        else:
            self._write(f"\\'{digits}", in_font=True)

    def _unicode(self, number: int) -> None:
        number += 0x10000 if number < 0 else 0
        is_text = 0 <= number <= 0x10FFFF and number not in _OURS
        if number == _LINE_SEPARATOR:
            self._write("\\line ")
        else:
            self._write(f"\\u{number if is_text else _UNKNOWN} ")
        self._skip = self._state.uc

    def _plain(self, text: str) -> None:
        state = self._state
        state.starts = False
        if self._skip:
            text, self._skip = text[self._skip :], max(0, self._skip - len(text))
        if not text:
            return
        if state.instructs and state.field is not None:
            state.field.add(text)
        elif state.table:
            self.tables.text(state.table, text)
        elif state.story is not None:
            if _HIGH.search(text):
                self._write(_HIGH.sub(_eight_bits, text), in_font=True)
            else:
                self._write(text)

    def _write(self, source: str, *, in_font: bool = False) -> None:
        """Text of the story that is being read, if it is one that is on the page."""
        state = self._state
        story = state.story
        if story is None:
            return
        if state.deleted:
            self.told.deleted = True
            return
        if state.hidden and not story.was_hidden:
            self.told.hidden += 1
        story.was_hidden = state.hidden
        if in_font and story.open.font != state.font:
            story.open.font = state.font
            source = f"\\f{state.font} {source}"
        self._put(story.open, source)

    def _put(self, piece: Piece, source: str) -> None:
        piece.source.append(source)
        self._length += len(source)


def _eight_bits(high: re.Match[str]) -> str:
    """Characters that should have been escaped: those of UTF-8, as careless programs write, or of the code page."""
    try:
        found = high[0].encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return "".join(f"\\'{ord(character):02x}" for character in high[0])
    return "".join(f"\\u{ord(character) if ord(character) not in _OURS else _UNKNOWN} " for character in found)

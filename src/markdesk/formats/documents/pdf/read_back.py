"""A PDF read again before it is given out: its pages, and every letter and word that was to stand on them.

pypdf opens the file and unpacks its pages. What is drawn on them is read here, since we know whose drawing it is:
pypdf's own reading of any PDF at all takes longer than drawing it.
"""

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import IndirectObject

from markdesk.core.errors import MarkdeskError
from markdesk.formats.documents.pdf.plain import BREAK, Plain

_STRING = rb"\((?:[^\\()]++|\\.)*+\)"
_STRINGS = re.compile(rb"\(((?:[^\\()]++|\\.)*+)\)", re.DOTALL)
_LINE = rb"(?:[^\[\]()<]++|" + _STRING + rb")*+"
_TOKEN = re.compile(
    # What nearly every piece of text looks like, as one; then what the others are made of.
    rb"/\w+<</MCID \d+(?:/Lang\([\w-]+\))?>>BDC\s*q 1 0 0 -1 (?P<left>-?[\d.]+) (?P<low>-?[\d.]+) cm"
    rb"/c\d+ cs[\d. ]++scn\s+BT 0 Tr/(?P<face>\w+) [\d.]+ Tf [-\d. ]+Tm\s*\[?(?P<whole>"
    + _LINE
    + rb")\]?\s*T[jJ]\s*ET\s*Q\s*EMC\b|"
    rb"/Artifact(?:<<[^<>()]*>>BDC| BMC)(?:[^()<\[/]|/c\d+ (?:cs|CS))*EMC\b|"  # mere lines and shades
    rb"/(?P<tag>\w+)\s*(?P<about><<(?:[^<>()]|<[^>]*>|" + _STRING + rb")*>>|/\w+)?\s*B(?:DC|MC)\b"
    rb"|1 0 0 -1 (?P<x>-?[\d.]+) (?P<y>-?[\d.]+) cm\b|(?P<end>\bEMC\b)|/(?P<font>\w+) [\d.]+ Tf|<(?P<hex>[0-9A-Fa-f]+)>"
    rb"|\[(?P<line>" + _LINE + rb")\]\s*TJ"
    rb"|\((?P<plain>(?:[^\\()]|\\.)*)\)|(?P<nested>\()",
    re.DOTALL,
)
_ACTUAL = re.compile(rb"/ActualText\s*(?:<(?P<hex>[0-9A-Fa-f]*)>|\((?P<plain>(?:[^\\()]|\\.)*)\))", re.DOTALL)
_MAPPED = re.compile(rb"<([0-9A-Fa-f]+)> ?<([0-9A-Fa-f]*)>")
_CHARACTERS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_PARENTHESIS = re.compile(rb"\\.|[()]", re.DOTALL)
_SHOWN = re.compile(rb"\s*\]?\s*T[jJ]")
_UNDRAWN = re.compile("[\\s\u00ad\u200b-\u200d\u2060\ufe0e\ufe0f]+")
"""What leaves no ink, or joins what does."""
_ORDERED = re.compile("[\u0020-\u058f\u1e00-\u2bff\\s]*")
"""Scripts that are drawn letter after letter from the left: of others the letters are counted, not their order."""
_NOT_DRAWN = frozenset(["kind", "weight", "tone", "language", "region", "logo", "first-word", "foot", "svg"])
_AT_THE_FOOT = frozenset(["whose", "foot"])
_NOTHING = "No file was given out. Please report this; choose another format in the meantime."


class _Letters(dict[int, str]):
    """What each code of a font stands for; nothing for one that the font doesn't explain."""

    encoding = "utf-16-be"  # two bytes a code; a font of drawn letters has one

    def __missing__(self, code: int) -> str:
        return ""


def check(content: bytes, documents: Sequence[Plain]) -> None:
    """Raises MarkdeskError unless each document has its pages, and every letter and word of it is drawn on them.

    Letters are counted; words are looked for one by one, so that none is torn or in disorder. A drawing's description
    for those who can't see it isn't on the page and is left out.
    """
    file = PdfReader(io.BytesIO(content))
    begins = _first_pages(file)
    if len(begins) != len(documents):
        raise MarkdeskError(f"The PDF begins {len(begins)} sheets, where {len(documents)} were written.", _NOTHING)
    pages = [*file.pages]
    fonts: dict[int, _Letters] = {}
    for document, (start, end) in zip(documents, pairwise([*begins, len(pages)]), strict=True):
        drawn = "".join(_drawn(page, fonts) for page in pages[start:end])
        _check_texts(drawn, [*_texts({key: document[key] for key in document if key not in _AT_THE_FOOT})])


def _first_pages(file: PdfReader) -> list[int]:
    """The pages on which documents begin, from 0: those that the file's bookmarks of the first rank lead to."""
    places = {page.indirect_reference.idnum: at for at, page in enumerate(file.pages) if page.indirect_reference}
    found: list[int] = []
    bookmark: Any = file.root_object["/Outlines"]
    bookmark = bookmark.get("/First")
    while bookmark is not None:
        found.append(places[bookmark.get_object()["/Dest"][0].idnum])
        bookmark = bookmark.get_object().get("/Next")
    return found


def _check_texts(drawn: str, texts: Sequence[str]) -> None:
    drawn = unicodedata.normalize("NFKD", drawn)
    wanted = unicodedata.normalize("NFKD", "\n".join(texts))
    joined = _UNDRAWN.sub("", drawn)
    lost = Counter(_UNDRAWN.sub("", wanted)) - Counter(joined)
    if lost:
        raise MarkdeskError(f"{lost.total():,} letters are missing in the PDF that was written.", _NOTHING)
    there = set(drawn.split())
    torn = [word for word in {*wanted.replace(BREAK, " ").split()} - there if not _holds(joined, word)]
    if torn:
        raise MarkdeskError(f"{len(torn):,} words don't read back from the PDF as they were written.", _NOTHING)


def _holds(joined: str, word: str) -> bool:
    return _UNDRAWN.sub("", word) in joined or not _ORDERED.fullmatch(word)


def _texts(value: Any) -> Iterator[str]:
    """Every text of a document that stands on its pages; what stands at their feet is not counted."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict) and value.get("kind") != "ruled":
        for key, item in value.items():
            if key not in _NOT_DRAWN:
                yield from _texts(item)


def _drawn(page: PageObject, fonts: dict[int, _Letters]) -> str:
    """What is drawn on a page and is no mere decoration, a space between two pieces."""
    stream = page.get_contents()
    data = b"" if stream is None else stream.get_data()
    resources: Any = page["/Resources"]
    named = {name[1:].encode(): _letters(font, fonts) for name, font in resources.get("/Font", {}).items()}
    found: list[str] = []
    marked: list[str] = []  # what the open marks say of what they hold: "decoration", "replaced", ""
    letters = _Letters()
    size = (float(page.mediabox.width), float(page.mediabox.height))
    where = (0.0, 0.0)
    at = 0
    while (token := _TOKEN.search(data, at)) is not None:
        at = token.end()
        if token.lastgroup is None:  # mere lines and shades
            continue
        if token["whole"] is not None:
            if not any(marked):
                _refuse_outside((float(token["left"]), float(token["low"])), size)
                found.append(_read_line(token["whole"], named.get(token["face"], letters)))
            continue
        if token["tag"]:
            actual = _ACTUAL.search(token["about"] or b"")
            marked.append("decoration" if token["tag"] == b"Artifact" else "replaced" if actual else "")
            if actual and "decoration" not in marked:
                found.append(_actual(actual))
        elif token["x"]:
            where = (float(token["x"]), float(token["y"]))
        elif token["end"]:
            marked.pop()
        elif token["font"]:
            letters = named.get(token["font"], _Letters())
        elif token["line"] is not None:
            if not any(marked):
                found.append(_read_line(token["line"], letters))
                _refuse_outside(where, size)
        else:
            codes, at = _codes(token, data)
            if not any(marked):
                found.append(_read(codes, letters))
                _refuse_outside(where, size)
                if _SHOWN.match(data, at):
                    found.append(" ")
    return "".join(found)


def _refuse_outside(where: tuple[float, float], size: tuple[float, float]) -> None:
    if not (0 <= where[0] <= size[0] and 0 <= where[1] <= size[1]):
        raise MarkdeskError("Words of the PDF that was written lie outside its pages.", _NOTHING)


def _letters(font: Any, known: dict[int, _Letters]) -> _Letters:
    """A font's letters, as the file tells them to whoever copies text out of it."""
    place = font.idnum if isinstance(font, IndirectObject) else id(font)
    if place not in known:
        table = font.get_object()["/ToUnicode"].get_object().get_data()
        pairs = [pair for part in _CHARACTERS.findall(table) for pair in _MAPPED.findall(part)]
        found = _Letters({int(code, 16): _utf16(bytes.fromhex(text.decode())) for code, text in pairs})
        if pairs and len(pairs[0][0]) == 2:
            found.encoding = "latin-1"
        known[place] = found
    return known[place]


def _read_line(line: bytes, letters: _Letters) -> str:
    """The strings of a line, between which stand the distances that they are moved."""
    return _read(_unescaped(b"".join(_STRINGS.findall(line))), letters) + " "


def _read(codes: bytes, letters: _Letters) -> str:
    return codes.decode(letters.encoding, "replace").translate(letters)


def _codes(token: re.Match[bytes], data: bytes) -> tuple[bytes, int]:
    """The codes in a string of the stream, and where it ends."""
    if token["hex"] is not None:
        return bytes.fromhex(token["hex"].decode()), token.end()
    if token["plain"] is not None:
        return _unescaped(token["plain"]), token.end()
    depth, at = 1, token.end()  # parentheses in pairs stand in it as they are
    while depth:
        found = _PARENTHESIS.search(data, at)
        if found is None:
            return b"", len(data)
        depth += {b"(": 1, b")": -1}.get(found.group(), 0)
        at = found.end()
    return _unescaped(data[token.end() : at - 1]), at


def _unescaped(text: bytes) -> bytes:
    """The bytes of a string. PDF's escapes are Python's too, but for the parentheses."""
    if b"\\" not in text:
        return text
    text = text.replace(b"\\\\", b"\\134").replace(b"\\(", b"\\050").replace(b"\\)", b"\\051")
    return text.decode("unicode_escape").encode("latin-1")


def _actual(found: re.Match[bytes]) -> str:
    """The text that a mark gives for what it holds, where letters and signs don't correspond one by one."""
    if found["hex"] is None:
        return _unescaped(found["plain"]).decode("latin-1")
    return _utf16(bytes.fromhex(found["hex"].decode()).removeprefix(b"\xfe\xff"))


def _utf16(text: bytes) -> str:
    return text.decode("utf-16-be", "replace")

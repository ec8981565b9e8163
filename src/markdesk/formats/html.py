"""Saved web pages, and the HTML that a Word document is turned into: from markup to blocks of text."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser, LexborNode

from markdesk.core.essay import normalise
from markdesk.desk.drafts import EssayDraft
from markdesk.formats.blocks import sort_blocks
from markdesk.formats.files import Decoded, decode, finish, refuse_too_many, trim
from markdesk.formats.page_limits import refuse_tangles
from markdesk.formats.page_signs import SILENT, Sign, lines_of, sign_of, told
from markdesk.formats.seen import Block
from markdesk.formats.text import unwrap, wrap_width
from markdesk.formats.written import ELSEWHERE

LONG_LINE = 100
"""A line of so many characters is a paragraph, and a line break beside it divides two."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BLOCK_TAGS = _words(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav noscript ol optgroup option"
    " p pre search section select summary table tbody td textarea tfoot th thead tr ul"
)
_NO_TEXT = _words("script style template svg head title iframe object canvas audio video map datalist")
_FURNITURE_TAGS = _words("nav footer aside button noscript select dialog")
_FURNITURE_ROLES = _words("navigation banner contentinfo complementary search dialog alertdialog menu menubar")
_FURNITURE_CLASSES = _words(
    "nav navbar navigation breadcrumb breadcrumbs sidebar footer site-footer site-header cookie-banner cookie-notice"
    " cookie-consent cookies share social social-share sharing related related-posts related-questions comments"
    " related-articles comment-list newsletter advert advertisement ads promo author-bio skip-link pagination"
)
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_PRE_STYLE = re.compile(r"white-space\s*:\s*(?:pre|pre-wrap|pre-line|break-spaces)\b", re.I)
_CLASS_NAME = re.compile(r"\.([\w-]+)")
_SPACES = re.compile(r"[ \t\n\r\f]+")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w-]{3,20})", re.I)
_CHARSETS = ("utf", "windows-", "cp", "iso-8859", "mac", "latin", "us-ascii")
_NUL_SIGNS = "\ue000\ue001\uf8fe\U000f0000"


@dataclass(frozen=True, slots=True)
class HtmlImporter:
    """Reads pages saved by a browser and what word processors export as HTML."""

    name: str = "html"
    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml")

    def read(self, data: bytes, file_name: str) -> EssayDraft:
        """The essay on a page, without the site around it.

        Raises EssayUnreadable where there are no words or too many, or tags nested thousands deep.
        """
        decoded = page_text(data, file_name)
        page = read_page(normalise(decoded.text))
        refuse_too_many(file_name, len(page.blocks))
        found = sort_blocks(page.blocks)
        notes = (*decoded.notes, *page.notes)
        return finish(file_name, found.question, found.essay, (*found.removed, *page.edges), notes, found.whole)


def page_text(data: bytes, file_name: str, declared: str = "") -> Decoded:
    """A page's markup, by the encoding that its sender or the page itself declares.

    Raises EssayUnreadable for tags nested thousands deep, and for one with thousands of attributes.
    """
    refuse_tangles(data, file_name)
    inside = _CHARSET.search(data[:4096])
    charset = declared.lower() or (inside[1].decode("ascii", "replace").lower() if inside else "")
    return decode(data, declared=charset if charset.startswith(_CHARSETS) else "")


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page."""

    blocks: list[Block]
    edges: tuple[str, ...] = ()
    """The lines at the head and foot of the printed page, each once."""
    notes: tuple[str, ...] = ()
    """What a teacher should be told: tracked changes, and comments that were left out."""


def page_blocks(html: str) -> list[Block]:
    """The blocks of text on a page, in order, with what the markup says about each."""
    return read_page(html).blocks


def read_page(html: str) -> Page:
    """A page's blocks, and what a program wrote on it beside them."""
    nul_sign = next((sign for sign in _NUL_SIGNS if sign not in html), "")
    if "\0" in html and nul_sign:
        # HTML parsers drop NULs; what a student's file holds is not to vanish unseen.
        page = read_page(html.replace("\0", nul_sign))
        return replace(page, blocks=[_with_nuls(block, nul_sign) for block in page.blocks])
    parser = LexborHTMLParser(html)
    reader = _PageReader(_pre_classes(parser))
    for node, entering in _walk(parser.root):
        if entering:
            reader.enter(node)
        else:
            reader.leave(node)
    return Page(reader.finished(), tuple(dict.fromkeys(reader.edges)), told(reader.signs))


def document_blocks(html: str, note_prefix: str) -> list[Block]:
    """The blocks of a Word document's HTML: spaces as they are, line breaks inside paragraphs, notes numbered."""
    parser = LexborHTMLParser(html)
    reader = _PageReader(frozenset(), document=True, note_prefix=note_prefix)
    for node, entering in _walk(parser.body):
        if entering:
            reader.enter(node)
        else:
            reader.leave(node)
    return reader.finished()


def _with_nuls(block: Block, sign: str) -> Block:
    return replace(block, text=block.text.replace(sign, "\0"))


def _walk(root: LexborNode | None) -> Iterator[tuple[LexborNode, bool]]:
    """Every node on the way in and every element on the way out, without recursion."""
    if root is None:
        return
    stack: list[LexborNode] = []
    node: LexborNode | None = root
    while node is not None:
        yield node, True
        child = None if (node.tag or "") in _NO_TEXT else node.first_child
        if child is not None:
            stack.append(node)
            node = child
            continue
        yield node, False
        while node is not None and (node.next is None or node is root):
            node = stack.pop() if stack else None
            if node is not None:
                yield node, False
        node = node.next if node is not None else None


def _pre_classes(parser: LexborHTMLParser) -> frozenset[str]:
    """Classes whose style keeps line ends, as far as the page carries its style with it."""
    found: set[str] = set()
    for style in parser.css("style"):
        for rule in style.text()[:500_000].split("}"):
            before, _, how = rule.rpartition("{")
            if _PRE_STYLE.search(how[:8_000]):
                found.update(_CLASS_NAME.findall(before[-2_000:]))
    return frozenset(found)


@dataclass(slots=True)
class _Line:
    """Text between two boundaries of a block."""

    parts: list[str] = field(default_factory=list)
    linked: int = 0
    length: int = 0
    level: int = 0
    marked: bool = False
    listed: bool = False
    divides: bool = False
    """A line end that the page shows as one, and not a <br> inside something shorter."""


@dataclass(slots=True)
class _Open:
    """What an open element adds to the text inside it; undone when it closes."""

    block: bool
    link: bool = False
    marked: bool = False
    pre: bool = False
    level: int = 0
    silent: bool = False
    item: bool = False
    sign: Sign = Sign.NONE


class _PageReader:
    """Collects lines of text while the tree is walked, and closes them into blocks."""

    def __init__(self, pre_classes: frozenset[str], *, document: bool = False, note_prefix: str = "") -> None:
        self.pre_classes = pre_classes
        self.document = document
        self.note_prefix = note_prefix
        self.note = 0
        self.label = ""
        self.blocks: list[Block] = []
        self.lines: list[_Line] = [_Line()]
        self.open: list[_Open] = []
        self.links = self.marks = self.pres = self.silences = 0
        self.levels: list[int] = []
        self.items = 0
        self.edges: list[str] = []
        self.signs: Counter[Sign] = Counter()

    def enter(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag == "-text":
            self._add(node.text_content or "")
            return
        if tag == "br":
            self.lines.append(_Line())
        state = self._state(node, tag)
        if state.block:
            self._close()
        self.open.append(state)
        self.links += state.link
        self.marks += state.marked
        self.pres += state.pre
        self.items += state.item
        self.silences += state.silent
        if state.level:
            self.levels.append(state.level)
        if state.sign is not Sign.NONE:
            self._begin(state.sign, node)

    def leave(self, node: LexborNode) -> None:
        if node.tag == "-text":
            return
        state = self.open.pop()
        if state.sign is Sign.NOTE_MARK:
            self._add("]")
        if state.block:
            self._close()
        self.links -= state.link
        self.marks -= state.marked
        self.pres -= state.pre
        self.items -= state.item
        self.silences -= state.silent
        if state.level:
            self.levels.pop()

    def finished(self) -> list[Block]:
        self._close()
        return self.blocks

    def _begin(self, sign: Sign, node: LexborNode) -> None:
        self.signs[sign] += 1
        if sign is Sign.NOTE_MARK:
            self._add("[")
        elif sign is Sign.NOTE:
            self.note += 1
            self.label = f"[{self.note}] "
        elif sign is Sign.EDGE:
            self.edges += lines_of(node)

    def _state(self, node: LexborNode, tag: str) -> _Open:
        if tag.startswith("-"):
            return _Open(block=False, silent=tag in ("-comment", "-doctype"))
        level = int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456" else 0
        if self.document:
            return self._document_state(node, tag, level)
        attributes = node.attributes
        classes = frozenset((attributes.get("class") or "").lower().split())
        style = attributes.get("style") or ""
        sign = sign_of(node, tag)
        return _Open(
            block=tag in _BLOCK_TAGS,
            link=tag == "a" and sign is not Sign.NOTE_MARK,
            marked=tag in _FURNITURE_TAGS
            or "hidden" in attributes
            or (attributes.get("role") or "").lower() in _FURNITURE_ROLES
            or (tag not in ("html", "body", "main", "article") and bool(classes & _FURNITURE_CLASSES))
            or (bool(style) and bool(_HIDING.search(style))),
            pre=tag in ("pre", "textarea")
            or bool(classes & self.pre_classes)
            or (bool(style) and bool(_PRE_STYLE.search(style))),
            level=level,
            silent=sign in SILENT,
            item=tag == "li",
            sign=sign,
        )

    def _document_state(self, node: LexborNode, tag: str, level: int) -> _Open:
        target = node.attributes.get("href") or "" if tag == "a" else ""
        name = node.attributes.get("id") or ""
        back = target.startswith((f"#{self.note_prefix}footnote-ref", f"#{self.note_prefix}endnote-ref")) and not name
        if tag == "li" and name.startswith((f"{self.note_prefix}footnote-", f"{self.note_prefix}endnote-")):
            self._close()
            self.note += 1
            self.label = f"[{self.note}] "
        return _Open(
            block=tag in _BLOCK_TAGS,
            link=target.startswith(ELSEWHERE),
            level=level,
            silent=back,
            item=tag in ("li", "td", "th"),
        )

    def _add(self, text: str) -> None:
        if self.silences or not text:
            return
        if self.pres:
            for n, piece in enumerate(text.split("\n")):
                if n:
                    self.lines.append(_Line(divides=True))
                self._append(piece)
        elif self.document:
            self._append(text.replace("\n", " "))
        elif "\n" in text and _keeps_lines(text):
            for n, piece in enumerate(text.split("\n")):
                if n:
                    self.lines.append(_Line(divides=True))
                self._append(_SPACES.sub(" ", piece))
        else:
            self._append(_SPACES.sub(" ", text))

    def _append(self, text: str) -> None:
        line = self.lines[-1]
        if not self.document and not self.pres and text.startswith(" ") and line.parts and line.parts[-1].endswith(" "):
            text = text[1:]
        if not text:
            return
        line.parts.append(text)
        line.length += len(text.strip())
        line.linked += len(text.strip()) if self.links else 0
        line.level = self.levels[-1] if self.levels else 0
        line.marked = line.marked or bool(self.marks)
        line.listed = bool(self.items)

    def _close(self) -> None:
        lines, self.lines = self.lines, [_Line()]
        texts = [trim("".join(line.parts)) for line in lines]
        if not any(text.strip() for text in texts):
            return
        if not self.document and wrap_width(texts):
            share = sum(line.linked for line in lines) / max(1, sum(line.length for line in lines))
            self.blocks.extend(Block(text, lines[0].level, share, lines[0].marked) for text in unwrap(texts))
            return
        fresh = True
        before = ""
        # Where most of the text is in long lines, a line end closes a paragraph, as it does in a text file.
        long = sum(len(text) for text in texts if len(text) >= LONG_LINE) * 2 > sum(map(len, texts))
        # But where empty lines stand around every long one, it is they that close a paragraph, and verse is verse.
        long = long and any(
            before.strip() and after.strip() and max(len(before), len(after)) >= LONG_LINE
            for before, after in pairwise(texts)
        )
        for line, text in zip(lines, texts, strict=True):
            if not text.strip():
                fresh = True
                continue
            near = self.document or (not long and len(text) < LONG_LINE and len(before) < LONG_LINE)
            share = line.linked / max(1, line.length)
            self.blocks.append(
                Block(
                    self.label + text,
                    line.level,
                    share,
                    line.marked,
                    glued=near and not (fresh or line.divides),
                    listed=line.listed,
                )
            )
            self.label = ""
            fresh, before = False, text


def _keeps_lines(text: str) -> bool:
    """Whether line ends in a page's source are the student's: long lines, where a source would have been wrapped."""
    lines = [line.strip() for line in text.split("\n")]
    long = [line for line in lines if len(line) >= 2 * LONG_LINE and line[-1] in ".!?…\"'”’)"]
    return len(long) >= 2 and sum(map(len, long)) * 10 >= sum(map(len, lines)) * 6

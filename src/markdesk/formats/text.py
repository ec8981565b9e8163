"""Plain text and Markdown: where one paragraph ends and the next begins, in files that say it in different ways."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdesk.core.essay import normalise
from markdesk.desk.drafts import EssayDraft
from markdesk.formats.blocks import sort_blocks
from markdesk.formats.files import EDGE_SPACE, Decoded, decode, finish, refuse_too_many, trim
from markdesk.formats.furniture import markdown_link_share
from markdesk.formats.seen import Block, running_lines

NARROWEST, WIDEST = 40, 140
"""Lines between these widths may be wrapped by a program; longer ones are paragraphs."""

_PAGE_SPACE = EDGE_SPACE + "\f"

_LIST_ITEM = re.compile(r"\s{0,12}(?:[-*•‣◦▪·]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s)", re.I)
_INITIAL = re.compile(r"[A-Z]\. ?[A-Z]")
"""``E. P. Thompson`` at the beginning of a line is no fifth item of a list."""
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+\S")
_ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’)\]]{0,3}$")
_HALF_WORD = re.compile(r"([^\W\d_]{2,})-$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_AND = {"and", "or", "to", "nor", "but"}
_PREFIXES = {
    "anti",
    "co",
    "counter",
    "de",
    "ex",
    "inter",
    "mid",
    "neo",
    "non",
    "over",
    "post",
    "pre",
    "pro",
    "re",
    "self",
    "semi",
}
_RULED = re.compile(r"\s{0,12}_{8,}\s*$")
"""A line drawn by underscores: Google Docs draws one above the notes and at the end of each page."""
_FRONT_KEY = re.compile(r"[\w-]{1,40}\s?:|\s*-\s|\s+\S|#|$")


@dataclass(frozen=True, slots=True)
class PlainTextImporter:
    """Reads ``.txt`` files, whatever their encoding and line ends."""

    name: str = "txt"
    suffixes: tuple[str, ...] = (".txt", ".text")

    def read(self, data: bytes, file_name: str) -> EssayDraft:
        """The essay in a text file. Raises EssayUnreadable where it has no words or too many."""
        return _read(decode(data), file_name, markdown=False)


@dataclass(frozen=True, slots=True)
class MarkdownImporter:
    """Reads ``.md`` files. The marks stay in the text as the student typed them; headings end paragraphs."""

    name: str = "md"
    suffixes: tuple[str, ...] = (".md", ".markdown")

    def read(self, data: bytes, file_name: str) -> EssayDraft:
        """The essay in a Markdown file. Raises EssayUnreadable where it has no words or too many."""
        return _read(decode(data), file_name, markdown=True)


def _read(decoded: Decoded, file_name: str, *, markdown: bool) -> EssayDraft:
    lines = normalise(decoded.text).split("\n")
    front = _front_matter(lines) if markdown else 0
    body, printed = without_running_lines(lines[front:])
    if not markdown:
        printed += [line.strip() for line in body if _RULED.match(line)]
        body = ["" if _RULED.match(line) else line for line in body]
    blocks = text_blocks(body, markdown=markdown)
    refuse_too_many(file_name, len(blocks))
    found = sort_blocks(blocks)
    removed = (*(trim(line) for line in lines[:front] if line.strip()), *printed, *found.removed)
    return finish(file_name, found.question, found.essay, removed, decoded.notes, found.whole)


def _front_matter(lines: Sequence[str]) -> int:
    """How many lines at the top are settings between two rows of dashes."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    for n, line in enumerate(lines[1:80], start=1):
        if line.rstrip() in ("---", "..."):
            return n + 1 if n > 1 else 0
        if not _FRONT_KEY.match(line):
            return 0
    return 0


def text_blocks(lines: Sequence[str], *, markdown: bool = False) -> list[Block]:
    """The paragraphs of a text: its lines, or where lines were wrapped by a program, what they were before."""
    if not markdown:
        return [Block(text) for text in unwrap(lines)]
    return [Block(text, _level(text), markdown_link_share(text)) for text in unwrap(lines)]


def without_running_lines(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines without what was printed at the head and foot of every page, and that by itself.

    Where a page ended inside a sentence, the gap that the printer left there closes too.
    """
    full = [n for n, line in enumerate(lines) if line.strip(_PAGE_SPACE)]
    running = running_lines([lines[n].strip(_PAGE_SPACE) for n in full])
    if not running:
        return list(lines), []
    kept: list[str] = []
    printed: list[str] = []
    gap = False
    taken = {full[i] for i in running}
    for n, line in enumerate(lines):
        if n in taken:
            printed.append(line.strip(_PAGE_SPACE))
            gap = True
        elif line.strip(_PAGE_SPACE):
            if gap and any(map(str.strip, kept)) and line.lstrip()[:1].islower():
                while not kept[-1].strip():
                    kept.pop()
            elif gap:
                kept.append("")
            kept.append(line.strip("\f"))
            gap = False
        elif not (gap and kept and not kept[-1].strip()):
            kept.append("")
    return kept, printed


def _level(text: str) -> int:
    heading = _HEADING.match(text)
    return len(heading[1]) if heading else 0


def unwrap(lines: Sequence[str]) -> list[str]:
    """The paragraphs of lines that may be hard-wrapped: a wrapped line's end becomes a space, any other stays one.

    A line counts as wrapped if the next line's first word would not have fitted on it. So verse, lists and headings
    inside a wrapped file keep their own lines.
    """
    width = wrap_width(lines)
    if not width:
        return [text for text in map(trim, lines) if text.strip()]
    known = _hyphenated_or_not(lines)
    paragraphs: list[str] = []
    before = ""
    for line in lines:
        if not line.strip():
            before = ""
        elif before and _goes_on(before, line, width):
            paragraphs[-1] = _join(paragraphs[-1], trim(line), known)
            before = line
        else:
            paragraphs.append(trim(line))
            before = line
    return paragraphs


def wrap_width(lines: Sequence[str]) -> int:
    """The width at which a program wrapped these lines; 0 if none did."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    if len(lengths) < 4:
        return 0
    pairs = [
        (before.rstrip(), after.strip())
        for before, after in pairwise(lines)
        if before.strip() and after.strip() and not _LIST_ITEM.match(after)
    ]
    candidates = sorted(len(before) for before, _ in pairs)
    if not candidates:
        return 0
    width = candidates[len(candidates) * 19 // 20]
    if not NARROWEST <= width <= WIDEST:
        return 0
    if sum(length for length in lengths if length > width + 10) * 5 > sum(lengths):
        return 0
    full = [after for before, after in pairs if _is_full(before, after, width)]
    # Sentences typed one to a line are long and full too, but then every line begins with a capital.
    running_on = sum(1 for after in full if after[0].islower())
    return width if len(full) >= 2 and running_on * 2 >= len(full) else 0


def _is_full(line: str, after: str, width: int) -> bool:
    return len(line.rstrip()) + 1 + len(after.split(None, 1)[0]) > width


def _goes_on(before: str, line: str, width: int) -> bool:
    start = line.lstrip()
    ended = bool(_ENDS_SENTENCE.search(before.rstrip()))
    if _HEADING.match(line) or _HEADING.match(before):
        return False
    if _INITIAL.match(line) and not _LIST_ITEM.match(before) and _is_full(before, line, width):
        return True
    if _LIST_ITEM.match(line) and (ended or not _is_full(before, line, width) or _LIST_ITEM.match(before)):
        return False
    indented = len(line) - len(start) - (len(before) - len(before.lstrip()))
    if indented >= 2 and ended:
        return False
    if _is_full(before, line, width):
        return True
    return start[0].islower() and not ended and len(before.rstrip()) * 10 >= width * 6


def _hyphenated_or_not(lines: Sequence[str]) -> frozenset[str]:
    """Every whole word of the text; the two halves at a divided line's end are not words."""
    known: set[str] = set()
    divided = False
    for line in lines:
        words = [word.lower() for word in _WORD.findall(line)]
        ends_divided = bool(_HALF_WORD.search(line.rstrip()[-60:]))
        known.update(words[1 if divided else 0 : -1 if ends_divided else None])
        divided = ends_divided
    return frozenset(known)


def _join(paragraph: str, line: str, known: frozenset[str]) -> str:
    half = _HALF_WORD.search(paragraph[-60:])
    if not half:
        dash = paragraph.endswith("-") and len(paragraph) > 1 and not paragraph[-2].isspace()
        return paragraph + line if dash and line[0].isdigit() else f"{paragraph} {line}"
    rest = _WORD.match(line)
    if not rest or rest[0].lower() in _AND:
        return f"{paragraph} {line}"
    # "govern-/ment" is mended only where "government" stands elsewhere and "ment" doesn't; "de-/centralisation" may be
    # the student's own spelling, and keeps its hyphen.
    whole, parted = (half[1] + rest[0]).lower(), f"{half[1]}-{rest[0]}".lower()
    clear = whole in known and parted not in known and rest[0].lower() not in known
    return paragraph[:-1] + line if clear and half[1].lower() not in _PREFIXES else paragraph + line

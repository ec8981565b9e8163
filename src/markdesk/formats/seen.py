"""One block of a page, what it looks like, and whether the blocks together look like a site's page or a student's file.

Shape comes before words here: a site speaks in labels (a few words that end no sentence), above and below the essay.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from markdesk.formats.furniture import Furniture, bare, furniture, is_details
from markdesk.formats.questions import question_score

PROSE_WORDS = 25
SURE_OF_A_PAGE = 3
"""So many unmistakable lines make a page of a file, where a stray label above them is the page's too."""
_LABEL_WORDS = 12
_RUNNING_CHARACTERS = 100
SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]*_]{0,4}(?:\s|$|\[\d)")
_ENDS = re.compile(r"[.!?…,;][\"'”’)\]*_]{0,4}(?:\[\d{1,3}\])?$|[\"”’']$")
_FINISHED = re.compile(r"[.!?…][\"'”’)\]*_]{0,4}(?:\[\d{1,3}\]|[¹²³⁰⁴-⁹*†‡]|\d{1,3}){0,3}$")
_ADDRESS = re.compile(r"https?://|www\.", re.I)
_SOURCES = re.compile(
    r"^[\s#*_]{0,6}(?:(?:select |selected )?bibliography|references|sources?|notes"
    r"|(?:works|books|texts|sources?|websites|archives) (?:used|consulted|cited|read|referred to)"
    r"|footnotes"
    r"|endnotes|further reading|(?:primary|secondary) sources)\W{0,4}$",
    re.I,
)
_SOURCE = re.compile(r"\b(?:1[4-9]|20)\d\d\b|https?://|www\.|\bpp?\. ?\d|\bibid\b|^\W{0,2}\d{1,3}\W|^[¹²³⁴-⁹]", re.I)
_LISTED = re.compile(r"\s{0,4}(?:[-*•‣▪·>\"'“‘]|\(?[\da-z]{1,2}[.)])\s?", re.I)
_MAIL = re.compile(r"(?:from|to|sent|date|subject|cc|reply-to|attachments?)\s?:\s?\S", re.I)
_USER_NAME = re.compile(r"[a-z]\w*[\d_]\w*$")
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.|slide|sheet)\s?(\d{1,3})(?:\s?(?:of|/)\s?\d{1,3})?$|(\d{1,3})\s?(?:/|of)\s?\d{1,3}$"
    r"|[-–—]\s?(\d{1,3})\s?[-–—]$|(\d{1,3})$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a file that stands by itself: a paragraph, heading, list item, cell or line."""

    text: str
    level: int = 0
    """The heading's level, 1 to 6; 0 for text."""
    link_share: float = 0.0
    """How much of the text is inside links, 0 to 1."""
    marked: bool = False
    """The page's own markup says that it is furniture or hidden."""
    glued: bool = False
    """Only a line break stands between this and the block before: they are one paragraph if both are kept."""
    listed: bool = False
    """The page's own markup says that it is an item of a list."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A block with what the sorting asks about it."""

    block: Block
    plain: str
    """The text without the signs of Markdown and with plain spaces: what the rules look at."""
    words: int
    kind: Furniture
    prose: bool
    links: bool
    asks: int
    """How clearly it asks an examination question; 2 and more is a question."""
    running: bool = False
    """It stands at the head or foot of every page, so that the essay goes on below it."""

    @property
    def strong(self) -> bool:
        return self.block.marked or self.kind in (Furniture.LINE, Furniture.SECTION)

    @property
    def odd(self) -> bool:
        return self.strong or self.kind is Furniture.WEAK or self.links

    @property
    def short(self) -> bool:
        return self.words < PROSE_WORDS and not SENTENCE_END.search(self.plain)

    @property
    def label(self) -> bool:
        """A few words that end nothing: what sites are made of, and no verse, list, quotation or source."""
        return (
            self.words <= _LABEL_WORDS
            and not _ENDS.search(self.plain)
            and not (self.block.listed and not self.links)
            and not _LISTED.match(self.plain)
            and (not self.plain[:1].islower() or bool(_USER_NAME.match(self.plain)))
            and not self.source
            and not self.heads_sources
        )

    @property
    def source(self) -> bool:
        """An entry of a bibliography or a note, as far as a year, a page or an address tells."""
        return bool(_SOURCE.search(self.plain))

    @property
    def heads_sources(self) -> bool:
        return bool(_SOURCES.match(self.plain))

    @property
    def details(self) -> bool:
        return is_details(self.plain)


def look(block: Block) -> Seen:
    """A block by itself; what its neighbours make of it comes later."""
    plain = bare(block.text)
    words = len(plain.split())
    kind = furniture(plain)
    links = block.link_share >= 0.5 and words <= 30 and not _ADDRESS.search(plain)
    prose = kind is Furniture.NONE and not block.marked and block.link_share < 0.4
    prose = prose and (words >= 60 or (words >= PROSE_WORDS and bool(SENTENCE_END.search(plain))))
    return Seen(block, plain, words, kind, prose, links, question_score(plain))


def look_at_all(blocks: Sequence[Block]) -> list[Seen]:
    """Every block, with the lines that a printer put on every page known for what they are."""
    seen = [look(block) for block in blocks]
    if not any(each.prose for each in seen) and any(each.block.marked for each in seen):
        # A page that puts the essay itself into an aside or a footer: then the marks mean nothing.
        unmarked = [each if each.links else look(replace(each.block, marked=False)) for each in seen]
        seen = unmarked if any(each.prose for each in unmarked) else seen
    for i in running_lines([each.plain for each in seen]):
        seen[i] = replace(seen[i], kind=Furniture.LINE, prose=False, running=True)
    for i in _above_and_below(seen) | _mail_head(seen):
        seen[i] = replace(seen[i], kind=Furniture.LINE)
    return seen


def _above_and_below(seen: Sequence[Seen]) -> set[int]:
    """Labels that stand above the essay and again below it: a title that the site repeats."""
    prose = [i for i, each in enumerate(seen) if each.prose]
    if not prose:
        return set()
    edges = (range(prose[0]), range(prose[-1] + 1, len(seen)))
    above, below = (
        {seen[i].plain.casefold() for i in edge if seen[i].short and any(map(str.isalnum, seen[i].plain))}
        for edge in edges
    )
    return {i for edge in edges for i in edge if seen[i].plain.casefold() in above & below}


def _mail_head(seen: Sequence[Seen]) -> set[int]:
    """``From:``, ``To:``, ``Sent:``, ``Subject:`` above an essay that came by mail; three of them are a head."""
    first = next((i for i, each in enumerate(seen) if each.prose), len(seen))
    lines = {i for i in range(min(first, 20)) if _MAIL.match(seen[i].plain)}
    return lines if len(lines) >= SURE_OF_A_PAGE else set()


def running_lines(texts: Sequence[str]) -> frozenset[int]:
    """Which of these non-empty texts a printer put at the head and foot of every page.

    They are page numbers that count on, and the lines beside them that are the same on every page but for digits.
    """
    running: set[int] = set()
    for style in range(1, _PAGE_NUMBER.groups + 1):
        numbers: dict[int, int] = {}
        for i, text in enumerate(texts):
            match = _PAGE_NUMBER.match(text) if len(text) <= 20 else None
            if match and match[style]:
                numbers[i] = int(match[style])
        if len(numbers) >= 2 and all(after == before + 1 for before, after in pairwise(numbers.values())):
            same = _same_on_every_page(texts, set(numbers))
            if style < _PAGE_NUMBER.groups or len(same) > len(numbers):  # bare numbers may be a table's
                running |= same
    return frozenset(running)


def _same_on_every_page(texts: Sequence[str], numbers: set[int]) -> set[int]:
    """The lines above and below page numbers that are the same on most pages but for their digits; at most three."""
    running = set(numbers)
    for _ in range(3):
        beside = {i for n in running for i in (n - 1, n + 1)} | {0, len(texts) - 1}
        keys = {
            i: re.sub(r"\d+", "0", texts[i])
            for i in beside - running
            if 0 <= i < len(texts) and len(texts[i]) <= _RUNNING_CHARACTERS
        }
        often = Counter(keys.values())
        new = {i for i, key in keys.items() if often[key] > 1 and often[key] * 2 >= len(numbers)}
        if not new:
            break
        running |= new
    return running


def is_furnished(seen: Sequence[Seen], *, students_file: bool) -> bool:
    """Whether there is a site around the essay at all: by lines that only sites have, or by labels above and below."""
    strong, odd = sum(each.strong for each in seen), sum(each.odd for each in seen)
    if strong >= SURE_OF_A_PAGE or (not students_file and (strong >= 1 or odd >= 3)):
        return True
    above, below = _labels_at_the_edges(seen)
    if not students_file:
        return (above >= 2 and below >= 2 and above + below >= 6) or _one_edge_tells(seen)
    if below >= 3 and ((above >= 2 and (strong >= 1 or odd >= 2)) or (above >= 3 and odd >= 1)):
        return True
    first = next((i for i, each in enumerate(seen) if each.prose), len(seen))
    return above >= 2 and strong >= 2 and odd >= 4 and any(each.strong for each in seen[first:])


def _one_edge_tells(seen: Sequence[Seen]) -> bool:
    """Labels above the question, or nothing but labels below the essay: more of them, or fewer with an odd line."""
    asked = next((i for i, each in enumerate(seen) if each.asks >= 2), 0)
    head = [each for each in seen[:asked] if not each.details]
    labels, odd = sum(each.label for each in head), sum(each.odd for each in head)
    if not any(each.prose for each in head) and (labels >= 3 or (labels >= 2 and odd)):
        return True
    last = next((i for i in range(len(seen) - 1, -1, -1) if not (seen[i].label or seen[i].odd)), -1)
    tail = seen[last + 1 :]
    return (
        any(each.prose for each in seen[: last + 1])
        and ends_a_sentence(seen[last])
        and (len(tail) >= 3 or (len(tail) >= 2 and any(each.odd for each in tail)))
    )


def ends_a_sentence(each: Seen) -> bool:
    """Whether what stands below a block is no list or verse that it announces."""
    return bool(_FINISHED.search(each.plain))


def _labels_at_the_edges(seen: Sequence[Seen]) -> tuple[int, int]:
    prose = [i for i, each in enumerate(seen) if each.prose]
    if not prose:
        return 0, 0
    first = next(i for i, each in enumerate(seen) if each.prose or each.asks >= 2)
    end = next((i for i in range(prose[-1] + 1, len(seen)) if seen[i].heads_sources), len(seen))
    above = sum(each.label and not each.details for each in seen[:first])
    return above, sum(each.label for each in seen[prose[-1] + 1 : end])
